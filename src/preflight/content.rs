//! Reads the contents of a page, forms included, and hands everything that is
//! painted to an [`Inspector`], in page space.

use std::collections::HashMap;

use flate2::read::ZlibDecoder;
use hayro_syntax::Filter;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};
use tiny_skia::{Path, PathBuilder, Rect, Transform};

use super::colour::Space;
use super::fonts::Font;
use super::state::{GraphicsState, Paint};
use crate::diag::Phrase;

mod geometry;
mod text;

/// Looks at what is painted.
pub(super) trait Inspector {
    /// A run of text.
    fn text(&mut self, run: &Run, state: &GraphicsState);
    /// A filled path.
    fn fill(&mut self, path: &Path, even_odd: bool, state: &GraphicsState);
    /// A stroked path in user space, to be transformed.
    fn stroke(&mut self, path: &Path, state: &GraphicsState);
    /// A picture on the unit square.
    fn image(&mut self, image: &Stream, space: Option<Space>, state: &GraphicsState);
    /// A gradient.
    fn shading(&mut self, space: Option<Space>, state: &GraphicsState);
    /// Whether what follows is inside a tiling or a mask.
    fn tile(&mut self, inside: bool);
    /// Something that cannot be read.
    fn broken(&mut self, problem: Phrase);
}

/// Text shown by one operator.
pub(super) struct Run {
    pub(super) text: String,
    /// Size in points as printed.
    pub(super) size: f32,
    /// Boxes of its characters: advance by em.
    pub(super) boxes: Vec<Rect>,
    /// Outlines of large text.
    pub(super) outlines: Vec<Path>,
}

/// Forms nested deeper than this are not followed.
const DEPTH: usize = 24;

pub(super) struct Reader<'f, 'i> {
    fonts: &'f HashMap<ObjectIdentifier, Font<'f>>,
    inspector: &'i mut dyn Inspector,
    state: GraphicsState,
    saved: Vec<GraphicsState>,
    path: PathBuilder,
    pending_clip: Option<bool>,
    depth: usize,
    /// Operators that may still be read; the rest would take too long.
    budget: usize,
}

/// Operators of a page, its forms each time they are shown.
const BUDGET: usize = 2_000_000;

/// Reads a page.
pub(super) fn read(page: &Page, fonts: &HashMap<ObjectIdentifier, Font>, inspector: &mut dyn Inspector) {
    let contents = page.raw().get::<Object>(b"Contents");
    let sound = match &contents {
        Some(Object::Stream(stream)) => is_whole(stream),
        Some(Object::Array(parts)) => parts.iter::<Stream>().all(|stream| is_whole(&stream)),
        _ => true,
    };
    if contents.is_some() && (page.page_stream().is_none() || !sound) {
        inspector.broken(Phrase::NoContents);
    }
    let mut reader = Reader {
        fonts,
        inspector,
        state: GraphicsState::new(),
        saved: vec![],
        path: PathBuilder::new(),
        pending_clip: None,
        depth: 0,
        budget: BUDGET,
    };
    let defaults: [&[u8]; 3] = [b"DefaultRGB", b"DefaultCMYK", b"DefaultGray"];
    for name in defaults.into_iter().filter(|name| page.resources().color_spaces.contains_key(name)) {
        let space = Space::Foreign(String::from_utf8_lossy(name).into_owned(), 0);
        reader.inspector.shading(Some(space), &reader.state);
    }
    reader.run(page.operations(), page.resources());
}

impl Reader<'_, '_> {
    fn run(&mut self, mut operations: UntypedIter, resources: &Resources) {
        let floor = self.saved.len();
        while let Some(instruction) = operations.next() {
            self.budget = self.budget.saturating_sub(1);
            if self.budget == 0 {
                return self.inspector.broken(Phrase::TooMuch);
            }
            let operands: Vec<Object> = instruction.operands().cloned().collect();
            let operands = operands.as_slice();
            let numbers: Vec<f32> = operands
                .iter()
                .filter_map(|o| if let Object::Number(n) = o { Some(n.as_f32()) } else { None })
                .collect();
            let operator: &[u8] = instruction.operator;
            match operator {
                b"q" => self.saved.push(self.state.clone()),
                b"Q" if self.saved.len() > floor => self.state = self.saved.pop().expect("above the floor"),
                b"gs" => match named(operands).and_then(|name| resources.get_ext_g_state(name)) {
                    Some(dict) => {
                        self.state.set(&dict);
                        let mask = dict.get::<Dict>(b"SMask").and_then(|mask| mask.get::<Stream>(b"G"));
                        if let Some(mask) = mask {
                            self.tiled(&mask, resources);
                        }
                    }
                    None => self.inspector.broken(Phrase::ResourceMissing),
                },
                b"Do" => match named(operands).and_then(|name| resources.get_x_object(name)) {
                    Some(object) => self.object(&object, resources),
                    None => self.inspector.broken(Phrase::ResourceMissing),
                },
                b"BI" => {
                    if let Some(Object::Stream(image)) = operands.last() {
                        self.image(image, resources);
                    }
                }
                b"sh" => {
                    let shading = named(operands).and_then(|name| resources.get_shading(name));
                    let dict = shading.and_then(|s| match s {
                        Object::Stream(stream) => Some(stream.dict().clone()),
                        other => other.into_dict(),
                    });
                    self.shade(dict.as_ref(), resources);
                }
                _ => {
                    let taken = self.geometry(operator, &numbers, operands)
                        || self.colour(operator, &numbers, operands, resources);
                    if !taken {
                        self.text(operator, &numbers, operands, resources);
                    }
                }
            }
        }
        if let Some(state) = self.saved.get(floor).cloned() {
            self.saved.truncate(floor);
            self.state = state;
        }
    }

    fn object(&mut self, object: &Stream, resources: &Resources) {
        let kind = object.dict().get::<Name>(b"Subtype");
        match kind.as_ref().map(|kind| kind.as_ref()) {
            Some(b"Image") => self.image(object, resources),
            Some(b"Form") if self.depth < DEPTH => {
                let dict = object.dict();
                let own = dict.get::<Dict>(b"Resources").unwrap_or_default();
                let inner = Resources::from_parent(own, resources.clone());
                let Ok(content) = object.decoded() else { return self.inspector.broken(Phrase::NoContents) };
                if !is_whole(object) {
                    self.inspector.broken(Phrase::NoContents);
                }
                let outer = self.state.clone();
                if let Some(matrix) = dict.get::<Array>(b"Matrix").and_then(|m| matrix(&numbers(&m))) {
                    self.state.ctm = self.state.ctm.pre_concat(matrix);
                }
                if let Some([x0, y0, x1, y1]) =
                    dict.get::<Array>(b"BBox").and_then(|b| <[f32; 4]>::try_from(numbers(&b)).ok())
                    && let Some(bounds) = Rect::from_ltrb(x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1))
                {
                    self.clip(PathBuilder::from_rect(bounds), false);
                }
                self.depth += 1;
                self.run(UntypedIter::new(&content), &inner);
                self.depth -= 1;
                self.state = outer;
            }
            _ => {}
        }
    }

    /// Reads what is shown many times, or only through a mask: its colours
    /// matter, its places do not.
    fn tiled(&mut self, tiling: &Stream, resources: &Resources) {
        if self.depth >= DEPTH {
            return;
        }
        let own = tiling.dict().get::<Dict>(b"Resources").unwrap_or_default();
        let inner = Resources::from_parent(own, resources.clone());
        let Ok(content) = tiling.decoded() else { return self.inspector.broken(Phrase::NoContents) };
        let outer = std::mem::replace(&mut self.state, GraphicsState::new());
        let path = std::mem::take(&mut self.path);
        self.inspector.tile(true);
        self.depth += 1;
        self.run(UntypedIter::new(&content), &inner);
        self.depth -= 1;
        self.inspector.tile(false);
        (self.state, self.path) = (outer, path);
    }

    fn image(&mut self, image: &Stream, resources: &Resources) {
        let dict = image.dict();
        let space = dict.get::<Object>(b"ColorSpace").or_else(|| dict.get::<Object>(b"CS"));
        let space = space.and_then(|space| Space::read(&space, resources));
        self.inspector.image(image, space, &self.state);
    }

    fn shade(&mut self, shading: Option<&Dict>, resources: &Resources) {
        let space = shading.and_then(|dict| Space::read(&dict.get::<Object>(b"ColorSpace")?, resources));
        self.inspector.shading(space, &self.state);
    }

    fn colour(
        &mut self,
        operator: &[u8],
        numbers: &[f32],
        operands: &[Object],
        resources: &Resources,
    ) -> bool {
        let stroke = operator.first().is_some_and(u8::is_ascii_uppercase);
        let device = match operator.to_ascii_lowercase().as_slice() {
            b"k" if numbers.len() == 4 => Some(Space::Cmyk),
            b"g" if numbers.len() == 1 => Some(Space::Gray),
            b"rg" if numbers.len() == 3 => Some(Space::Foreign("DeviceRGB".into(), 3)),
            b"cs" => {
                let space = operands.first().and_then(|object| Space::read(object, resources));
                if space.is_none() {
                    self.inspector.broken(Phrase::ResourceMissing);
                }
                let paint = Paint::initial(space.unwrap_or(Space::Pattern));
                *(if stroke { &mut self.state.stroke } else { &mut self.state.fill }) = paint;
                return true;
            }
            b"sc" | b"scn" => {
                let paint = if stroke { &mut self.state.stroke } else { &mut self.state.fill };
                paint.colour = numbers.to_vec();
                let pattern = named(operands).and_then(|name| resources.get_pattern(name));
                match pattern {
                    Some(Object::Stream(tiling)) => self.tiled(&tiling, resources),
                    Some(Object::Dict(pattern)) => self.shade(shading(&pattern).as_ref(), resources),
                    _ => {}
                }
                return true;
            }
            _ => None,
        };
        let Some(space) = device else { return false };
        let paint = Paint { space, colour: numbers.to_vec() };
        *(if stroke { &mut self.state.stroke } else { &mut self.state.fill }) = paint;
        true
    }
}

/// The shading of a shading pattern.
fn shading<'a>(pattern: &Dict<'a>) -> Option<Dict<'a>> {
    match pattern.get::<Object>(b"Shading")? {
        Object::Stream(stream) => Some(stream.dict().clone()),
        other => other.into_dict(),
    }
}

/// Whether a stream is whole. The reader takes what it gets of a damaged one.
pub(super) fn is_whole(stream: &Stream) -> bool {
    match stream.filters().as_slice() {
        [Filter::FlateDecode] => {
            std::io::copy(&mut ZlibDecoder::new(&*stream.raw_data()), &mut std::io::sink()).is_ok()
        }
        _ => true,
    }
}

fn named<'b, 'a>(operands: &'b [Object<'a>]) -> Option<&'b Name<'a>> {
    operands.iter().rev().find_map(|o| if let Object::Name(name) = o { Some(name) } else { None })
}

fn numbers(array: &Array) -> Vec<f32> {
    array.iter::<Number>().map(|n| n.as_f32()).collect()
}

fn matrix(numbers: &[f32]) -> Option<Transform> {
    let [a, b, c, d, e, f] = numbers.try_into().ok()?;
    Some(Transform::from_row(a, b, c, d, e, f))
}
