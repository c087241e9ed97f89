//! All objects that a file's catalog leads to, each seen once: what no press
//! file may hold, groups, fonts, inks. What nothing leads to is not printed.

use std::collections::{BTreeSet, HashSet};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};

use super::colour::name_of;
use super::inks::Spots;
use super::names;
use super::plates::Blend;
use crate::diag::{Code, Diagnostic, Phrase};

/// What the pages need of the walk.
pub(super) struct Objects<'a> {
    /// Font dictionaries.
    pub(super) fonts: Vec<Dict<'a>>,
    /// Spot inks.
    pub(super) spots: Spots,
    /// Whether anything blends by another mode than the normal one.
    pub(super) blends: bool,
}

/// Objects that are looked at, direct ones as well.
const OBJECTS: usize = 8_000_000;

pub(super) fn check<'a>(
    pdf: &'a Pdf,
    roots: Vec<ObjectIdentifier>,
    found: &mut Vec<Diagnostic>,
) -> Objects<'a> {
    let mut walk = Walk {
        fonts: vec![],
        spots: BTreeSet::new(),
        blends: false,
        told: BTreeSet::new(),
        groups: vec![],
        masks: HashSet::new(),
        known: HashSet::new(),
        next: roots.into_iter().map(Step::Reference).collect(),
        found,
    };
    let mut left = OBJECTS;
    while let Some(step) = walk.next.pop() {
        left -= 1;
        if left == 0 {
            walk.found.push(Diagnostic::new(Code::NotJudged).arg("what", Phrase::TooMuch));
            break;
        }
        match step {
            Step::Reference(id) => {
                if walk.known.insert(id)
                    && let Some(object) = pdf.xref().get::<Object>(id)
                {
                    walk.object(&object, Some(id));
                }
            }
            Step::Object(object) => walk.object(&object, None),
        }
    }
    walk.judge_groups();
    let Walk { fonts, spots, blends, .. } = walk;
    Objects { fonts, spots: Spots(spots.into_iter().collect()), blends }
}

enum Step<'a> {
    Reference(ObjectIdentifier),
    Object(Object<'a>),
}

struct Walk<'a, 'f> {
    fonts: Vec<Dict<'a>>,
    spots: BTreeSet<String>,
    blends: bool,
    told: BTreeSet<String>,
    /// Colour spaces of groups, by the form or page that they belong to.
    groups: Vec<(Option<ObjectIdentifier>, String)>,
    /// Forms that are masks.
    masks: HashSet<ObjectIdentifier>,
    known: HashSet<ObjectIdentifier>,
    next: Vec<Step<'a>>,
    found: &'f mut Vec<Diagnostic>,
}

impl<'a> Walk<'a, '_> {
    fn object(&mut self, object: &Object<'a>, id: Option<ObjectIdentifier>) {
        match object {
            Object::Dict(dict) => self.dict(dict, id),
            Object::Stream(stream) => {
                self.stream(stream);
                self.dict(stream.dict(), id);
            }
            Object::Array(items) => self.array(items),
            _ => {}
        }
    }

    fn follow(&mut self, value: MaybeRef<Object<'a>>) {
        match value {
            MaybeRef::Ref(reference) => self.next.push(Step::Reference(reference.into())),
            MaybeRef::NotRef(object @ (Object::Dict(_) | Object::Array(_) | Object::Stream(_))) => {
                self.next.push(Step::Object(object));
            }
            MaybeRef::NotRef(_) => {}
        }
    }

    fn array(&mut self, items: &Array<'a>) {
        let mut parts = items.flex_iter();
        if let Some(Object::Name(kind)) = items.raw_iter().next().and_then(|first| match first {
            MaybeRef::NotRef(object) => Some(object),
            MaybeRef::Ref(_) => None,
        }) {
            let _kind = parts.next::<Name>();
            match kind.as_ref() {
                b"Separation" => {
                    let name = parts.next::<Name>();
                    self.spots
                        .extend(name.map(|name| names::read(name.as_ref())).filter(|name| is_spot(name)));
                }
                b"DeviceN" => {
                    let listed = parts.next::<Array>().unwrap_or_default();
                    let listed = listed.iter::<Name>().take(64).map(|name| names::read(name.as_ref()));
                    self.spots.extend(listed.filter(|name| is_spot(name)));
                }
                _ => {}
            }
        }
        items.raw_iter().for_each(|item| self.follow(item));
    }

    /// A stream is as long as it says (7.3.8.2).
    fn stream(&mut self, stream: &Stream<'a>) {
        let length = stream.dict().get::<u32>(b"Length");
        let own = stream.raw_data().len();
        let encrypted = matches!(stream.raw_data(), std::borrow::Cow::Owned(_));
        if !encrypted && length.is_none_or(|length| length as usize != own) {
            self.tell(Diagnostic::new(Code::BrokenContent).arg("problem", Phrase::WrongLength));
        }
    }

    fn dict(&mut self, dict: &Dict<'a>, id: Option<ObjectIdentifier>) {
        let name = |key: &[u8]| dict.get::<Name>(key);
        let is = |key: &[u8], value: &[u8]| name(key).is_some_and(|name| name.as_ref() == value);
        if super::syntax::repeats_a_key(dict.data()) {
            self.tell(Diagnostic::new(Code::BrokenContent).arg("problem", Phrase::DuplicateKey));
        }
        let masks = dict.contains_key(b"G") && (is(b"S", b"Luminosity") || is(b"S", b"Alpha"));
        if masks && let Some(form) = dict.get_ref(b"G") {
            self.masks.insert(form.into());
        }
        if let Some(group) = dict.get::<Dict>(b"Group")
            && let Some(space) = group.get::<Object>(b"CS")
        {
            self.groups.push((id, name_of(&space)));
        }
        if is(b"Type", b"Font") || dict.contains_key(b"BaseFont") && dict.contains_key(b"Subtype") {
            self.fonts.push(dict.clone());
        }
        let filters = dict.get::<Name>(b"Filter").into_iter().map(|n| n.as_ref().to_vec());
        let listed = dict.get::<Array>(b"Filter").unwrap_or_default();
        let listed = listed.iter::<Name>().map(|n| n.as_ref().to_vec());
        let lzw = filters.chain(listed).any(|f| f == b"LZWDecode" || f == b"LZW");
        let (form, image) = (is(b"Subtype", b"Form"), is(b"Subtype", b"Image"));
        let default = |key: &[u8]| name(key).is_some_and(|name| name.as_ref() == b"Default");
        let transfers = !masks && dict.contains_key(b"TR") || dict.contains_key(b"TR2") && !default(b"TR2");
        let kind = dict.get::<i32>(b"HalftoneType");
        let halftones = kind.is_some_and(|kind| kind != 1 && kind != 5)
            || kind.is_some() && dict.contains_key(b"HalftoneName");
        let blend = dict.get::<Object>(b"BM");
        let mode = blend.as_ref().map(Blend::read);
        self.blends |= mode.is_some_and(|mode| mode.is_some_and(|mode| mode != Blend::Normal));
        let forbidden = [
            (lzw, Phrase::Lzw),
            (is(b"Subtype", b"PS") || form && is(b"Subtype2", b"PS"), Phrase::PostScriptXObjects),
            (dict.contains_key(b"OPI"), Phrase::Opi),
            (image && dict.contains_key(b"Alternates"), Phrase::AlternateImages),
            (form && dict.contains_key(b"Ref"), Phrase::ReferenceXObjects),
            (transfers, Phrase::TransferFunctions),
            (halftones, Phrase::Halftones),
            (dict.contains_key(b"HTP"), Phrase::HalftonePhase),
            (dict.contains_key(b"PresSteps"), Phrase::Presentations),
            (dict.contains_key(b"AlternatePresentations"), Phrase::Presentations),
            (mode == Some(None), Phrase::UnknownBlend),
        ];
        for (_, what) in forbidden.into_iter().filter(|(wrong, _)| *wrong) {
            self.tell(Diagnostic::new(Code::NotAllowed).arg("what", what));
        }
        let acts = [b"A".as_slice(), b"AA", b"OpenAction"].into_iter().any(|key| {
            let action = dict.get::<Dict>(key);
            action.is_some_and(|action| key != b"A" || action.contains_key(b"S") && is_action(&action))
        });
        let interactive = [
            (is(b"S", b"JavaScript") && dict.contains_key(b"JS"), Phrase::JavaScript),
            (dict.contains_key(b"EF"), Phrase::EmbeddedFiles),
            (acts, Phrase::Actions),
        ];
        for (_, what) in interactive.into_iter().filter(|(wrong, _)| *wrong) {
            self.tell(Diagnostic::new(Code::Interactive).arg("what", what));
        }
        for key in dict.keys() {
            // The structure of texts paints nothing.
            if matches!(key.as_ref(), b"StructTreeRoot" | b"Parent") {
                continue;
            }
            match dict.get_raw::<Object>(key.as_ref()) {
                Some(value) => self.follow(value),
                None => self.tell(Diagnostic::new(Code::BrokenContent).arg("problem", Phrase::BadValue)),
            }
        }
    }

    /// A group blends in the inks; a mask may weigh in gray.
    fn judge_groups(&mut self) {
        let groups = std::mem::take(&mut self.groups);
        for (owner, space) in groups {
            let mask = owner.is_some_and(|owner| self.masks.contains(&owner));
            if space != "DeviceCMYK" && !(mask && space == "DeviceGray") {
                self.tell(Diagnostic::new(Code::GroupSpace).arg("space", format!(" {space} ")));
            }
        }
    }

    /// Tells each thing once a file.
    fn tell(&mut self, diagnostic: Diagnostic) {
        if self.told.insert(format!("{:?} {:?}", diagnostic.code, diagnostic.args)) {
            self.found.push(diagnostic);
        }
    }
}

/// Whether a name is that of a spot ink.
fn is_spot(name: &str) -> bool {
    !matches!(name, "Cyan" | "Magenta" | "Yellow" | "Black" | "All" | "None")
}

/// Whether a dictionary is an action (ISO 32000-1, table 198).
fn is_action(dict: &Dict) -> bool {
    let kinds: [&[u8]; 18] = [
        b"GoTo",
        b"GoToR",
        b"GoToE",
        b"Launch",
        b"Thread",
        b"URI",
        b"Sound",
        b"Movie",
        b"Hide",
        b"Named",
        b"SubmitForm",
        b"ResetForm",
        b"ImportData",
        b"JavaScript",
        b"SetOCGState",
        b"Rendition",
        b"Trans",
        b"GoTo3DView",
    ];
    dict.get::<Name>(b"S").is_some_and(|kind| kinds.contains(&kind.as_ref()))
}
