//! Forms, groups, soft masks, layers.

use std::rc::Rc;

use hayro_interpret::Function;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;
use tiny_skia::{PathBuilder, Rect, Transform};

use super::{BYTE, CONTENTS, DEPTH, Reader, layers, numbers, own_box, own_matrix};
use crate::diag::{Code, Diagnostic, Phrase};
use crate::preflight::colour::Space;
use crate::preflight::plates::{Blend, Group, Mask, SoftMask, lightness};
use crate::preflight::shadings::Shading;
use crate::preflight::state::State;
use crate::preflight::streams::decoded;

/// The rendering intents there are (ISO 32000-1, table 70).
const INTENTS: [&[u8]; 4] = [b"AbsoluteColorimetric", b"RelativeColorimetric", b"Saturation", b"Perceptual"];

impl<'a> Reader<'a, '_> {
    pub(super) fn object(&mut self, object: &Stream<'a>, resources: &Resources<'a>) {
        let kind = object.dict().get::<Name>(b"Subtype");
        match kind.as_ref().map(|kind| kind.as_ref()) {
            Some(b"Image") => self.image(object, resources),
            Some(b"Form") => self.form(object, resources),
            _ => {}
        }
    }

    pub(super) fn image(&mut self, image: &Stream, resources: &Resources<'a>) {
        if self.is_hidden() || object_hides(image.dict(), self) {
            return;
        }
        let dict = image.dict();
        if let Some(intent) = dict.get::<Name>(b"Intent") {
            self.intent(Some(&intent));
        }
        let space = dict.get::<Object>(b"ColorSpace").or_else(|| dict.get::<Object>(b"CS"));
        let space = space.and_then(|space| Space::read(&space, resources, self.spots));
        self.inspector.image(image, space, &self.state);
    }

    pub(super) fn form(&mut self, form: &Stream<'a>, resources: &Resources<'a>) {
        let dict = form.dict();
        let group = dict
            .get::<Dict>(b"Group")
            .filter(|group| group.get::<Name>(b"S").is_some_and(|kind| kind.as_ref() == b"Transparency"));
        let outer = self.state.clone();
        let place = own_matrix(dict);
        self.state.ctm = self.state.ctm.pre_concat(place);
        if let Some(bounds) = own_box(dict) {
            self.clip(PathBuilder::from_rect(bounds), false);
        }
        let hides = object_hides(dict, self);
        self.marked.push(hides);
        let own = match group {
            Some(group) => self.group(&group),
            None => None,
        };
        if let Some(group) = &own {
            self.inspector.begin_group(group);
            (self.state.alpha, self.state.stroke_alpha) = (1.0, 1.0);
            (self.state.blend, self.state.mask) = (Blend::Normal, None);
        }
        self.inner(form, resources);
        if own.is_some() {
            self.inspector.end_group();
        }
        self.marked.pop();
        self.state = outer;
    }

    /// What a group does that painting its contents one by one would not.
    fn group(&self, dict: &Dict) -> Option<Group> {
        let flag = |key: &[u8]| dict.get::<bool>(key).unwrap_or(false);
        let state = &self.state;
        let group = Group {
            isolated: flag(b"I"),
            knockout: flag(b"K"),
            blend: state.blend,
            alpha: state.alpha,
            mask: state.mask.clone(),
            bounds: state.clip.bounds,
        };
        group.matters().then_some(group)
    }

    /// Reads contents in the state as it is.
    pub(super) fn inner(&mut self, stream: &Stream<'a>, resources: &Resources<'a>) {
        if self.depth >= DEPTH {
            return self.inspector.unjudged(Phrase::NestedTooDeep);
        }
        let content = match decoded(stream) {
            Ok(content) => content,
            Err(problem) => return self.unread(&problem),
        };
        if !self.affords(CONTENTS + content.len() as u64 * BYTE) {
            return;
        }
        let own = stream.dict().get::<Dict>(b"Resources").unwrap_or_default();
        let inner = Resources::from_parent(own, resources.clone());
        let (path, clip) = (std::mem::take(&mut self.path), self.pending_clip.take());
        let text = self.text_clip.take();
        let base = std::mem::replace(&mut self.base, self.state.ctm);
        self.depth += 1;
        self.run(UntypedIter::new(&content), &inner);
        self.depth -= 1;
        self.base = base;
        (self.path, self.pending_clip, self.text_clip) = (path, clip, text);
    }

    /// An entry of `ExtGState`.
    pub(super) fn extend_state(&mut self, dict: &Dict<'a>, resources: &Resources<'a>) {
        self.state.set(dict);
        if let Some(intent) = dict.get::<Name>(b"RI") {
            self.intent(Some(&intent));
        }
        match dict.get::<Object>(b"SMask") {
            Some(Object::Name(_)) => self.state.mask = None,
            Some(Object::Dict(mask)) => {
                let place = self.state.ctm;
                let row = [place.sx, place.ky, place.kx, place.sy, place.tx, place.ty].map(f32::to_bits);
                let key = (mask.data().as_ptr() as usize, row);
                if !self.masks.contains_key(&key) {
                    let made = self.mask(&mask, resources);
                    self.masks.insert(key, made);
                }
                self.state.mask = self.masks.get(&key).cloned().flatten();
            }
            _ => {}
        }
    }

    /// Draws a soft mask.
    fn mask(&mut self, mask: &Dict<'a>, resources: &Resources<'a>) -> Option<Rc<SoftMask>> {
        let form = mask.get::<Stream>(b"G")?;
        let luminosity = mask.get::<Name>(b"S").is_some_and(|kind| kind.as_ref() == b"Luminosity");
        let group = form.dict().get::<Dict>(b"Group").unwrap_or_default();
        let space = group.get::<Object>(b"CS").and_then(|cs| Space::read(&cs, resources, self.spots));
        let backdrop = mask.get::<Array>(b"BC").map(|colour| numbers(&colour));
        let weight = |colour: Vec<f32>| {
            let inks = space.as_ref()?.inks(&colour)?;
            Some(lightness(inks.bytes()))
        };
        let backdrop = if luminosity { backdrop.and_then(weight).unwrap_or(0.0) } else { 0.0 };
        let function = mask.get::<Object>(b"TR").and_then(|tr| Function::new(&tr));
        let transfer = |value: f32| match &function {
            Some(function) => {
                function.eval([value].into_iter().collect()).and_then(|v| v.first().copied()).unwrap_or(value)
            }
            None => value,
        };
        let mut state = State::new();
        state.ctm = self.state.ctm.pre_concat(own_matrix(form.dict()));
        let outer = std::mem::replace(&mut self.state, state);
        if let Some(bounds) = own_box(form.dict()) {
            self.clip(PathBuilder::from_rect(bounds), false);
        }
        let bounds = self.state.clip.bounds;
        self.inspector.begin_mask();
        self.inner(&form, resources);
        let made = self.inspector.end_mask(&Mask { luminosity, backdrop, transfer: &transfer, bounds });
        self.state = outer;
        made
    }

    /// Begins or ends marked contents, which a layer may hide.
    pub(super) fn mark(&mut self, operator: &[u8], operands: &[Object], resources: &Resources) {
        if operator == b"EMC" {
            if self.marked.pop().is_none() {
                self.inspector.broken(Phrase::OpenBlocks);
            }
            return;
        }
        let hides = match operands {
            [Object::Name(tag), Object::Name(name)] if tag.as_ref() == b"OC" => {
                if !resources.properties.contains_key(name.as_ref()) {
                    self.inspector.broken(Phrase::ResourceMissing);
                }
                layers::hides(&resources.properties, name.as_ref(), self.hidden)
            }
            _ => false,
        };
        self.marked.push(hides);
    }

    pub(super) fn is_hidden(&self) -> bool {
        self.marked.iter().any(|hides| *hides)
    }

    /// A rendering intent.
    pub(super) fn intent(&mut self, name: Option<&Name>) {
        if let Some(name) = name.filter(|name| !INTENTS.contains(&name.as_ref())) {
            let name: String = name.as_str().chars().take(24).collect();
            self.inspector.noted(Diagnostic::new(Code::UnknownIntent).arg("name", name));
        }
    }
}

/// Whether a form or a picture belongs to a layer that is not printed.
fn object_hides(dict: &Dict, reader: &Reader) -> bool {
    layers::hides(dict, b"OC", reader.hidden)
}

impl<'a> Reader<'a, '_> {
    /// Hands a gradient on, if it can be afforded.
    pub(super) fn gradient(&mut self, shading: &Shading, place: Transform, ground: bool) {
        let area = self.state.clip.bounds.map_or(1e6, |bounds| bounds.width() * bounds.height());
        if self.affords((area.min(4e6) * shading.cost()) as u64) {
            self.inspector.shading(shading, place, ground, &self.state);
        }
    }

    /// Paints a gradient over all that is not clipped away.
    pub(super) fn shade(&mut self, name: Option<&Name>, resources: &Resources<'a>) {
        let Some(object) = name.and_then(|name| resources.get_shading(name)) else {
            return self.inspector.broken(Phrase::ResourceMissing);
        };
        match self.shading(&object, resources) {
            Some(shading) if !self.is_hidden() => self.gradient(&shading, self.state.ctm, false),
            Some(_) => {}
            None => self.inspector.broken(Phrase::ResourceMissing),
        }
    }
}

/// A box in another space: the bounds of its corners.
pub(super) fn moved(area: Rect, place: Transform) -> Option<Rect> {
    Some(PathBuilder::from_rect(area).transform(place)?.bounds())
}
