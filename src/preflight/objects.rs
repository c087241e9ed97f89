//! All objects of a file, each seen once: what no press file may hold, groups,
//! and the fonts.

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object};

use super::colour::name_of;
use crate::diag::{Code, Diagnostic, Phrase};

/// What the pages need of the walk.
pub(super) struct Objects<'a> {
    /// Font dictionaries.
    pub(super) fonts: Vec<Dict<'a>>,
    /// Names of embedded fonts.
    pub(super) names: Vec<String>,
}

/// Objects nested deeper than this are not looked into.
const DEPTH: usize = 32;

pub(super) fn check<'a>(pdf: &'a Pdf, found: &mut Vec<Diagnostic>) -> Objects<'a> {
    let mut walk = Walk { fonts: vec![], names: BTreeSet::new(), told: BTreeSet::new(), found };
    for object in pdf.objects() {
        walk.object(&object, 0);
    }
    let Walk { fonts, names, .. } = walk;
    Objects { fonts, names: names.into_iter().collect() }
}

struct Walk<'a, 'f> {
    fonts: Vec<Dict<'a>>,
    names: BTreeSet<String>,
    told: BTreeSet<String>,
    found: &'f mut Vec<Diagnostic>,
}

impl<'a> Walk<'a, '_> {
    fn object(&mut self, object: &Object<'a>, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match object {
            Object::Dict(dict) => self.dict(dict, depth),
            Object::Stream(stream) => self.dict(stream.dict(), depth),
            Object::Array(items) => {
                for item in items.raw_iter() {
                    if let MaybeRef::NotRef(item) = item {
                        self.object(&item, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn dict(&mut self, dict: &Dict<'a>, depth: usize) {
        let is = |key: &[u8], value: &[u8]| dict.get::<Name>(key).is_some_and(|name| name.as_ref() == value);
        if is(b"S", b"Transparency") && dict.contains_key(b"CS") {
            self.group(dict);
        }
        if is(b"Type", b"Font") || dict.contains_key(b"BaseFont") && dict.contains_key(b"Subtype") {
            self.font(dict);
        }
        let filters = dict.get::<Name>(b"Filter").into_iter().map(|n| n.as_ref().to_vec());
        let listed = dict.get::<Array>(b"Filter").unwrap_or_default();
        let listed = listed.iter::<Name>().map(|n| n.as_ref().to_vec());
        let lzw = filters.chain(listed).any(|f| f == b"LZWDecode" || f == b"LZW");
        let form = is(b"Subtype", b"Form");
        let image = is(b"Subtype", b"Image");
        let forbidden = [
            (lzw, Phrase::Lzw),
            (is(b"Subtype", b"PS") || form && is(b"Subtype2", b"PS"), Phrase::PostScriptXObjects),
            (dict.contains_key(b"OPI"), Phrase::Opi),
            (image && dict.contains_key(b"Alternates"), Phrase::AlternateImages),
            (form && dict.contains_key(b"Ref"), Phrase::ReferenceXObjects),
            (transfers(dict), Phrase::TransferFunctions),
        ];
        for (_, what) in forbidden.into_iter().filter(|(wrong, _)| *wrong) {
            self.tell(Diagnostic::new(Code::NotAllowed).arg("what", what));
        }
        let interactive = [
            (is(b"S", b"JavaScript") && dict.contains_key(b"JS"), Phrase::JavaScript),
            (dict.contains_key(b"EF"), Phrase::EmbeddedFiles),
        ];
        for (_, what) in interactive.into_iter().filter(|(wrong, _)| *wrong) {
            self.tell(Diagnostic::new(Code::Interactive).arg("what", what));
        }
        for (_, value) in dict.entries() {
            if let MaybeRef::NotRef(value) = value {
                self.object(&value, depth + 1);
            }
        }
    }

    fn group(&mut self, dict: &Dict<'a>) {
        let space = dict.get::<Object>(b"CS").map(|space| name_of(&space)).unwrap_or_default();
        if space != "DeviceCMYK" {
            self.tell(Diagnostic::new(Code::GroupSpace).arg("space", format!(" {space} ")));
        }
    }

    fn font(&mut self, dict: &Dict<'a>) {
        let kind = dict.get::<Name>(b"Subtype").map(|n| n.as_ref().to_vec()).unwrap_or_default();
        self.fonts.push(dict.clone());
        // A composite font is embedded by its descendant, a Type 3 font is drawn.
        if kind == b"Type0" || kind == b"Type3" {
            return;
        }
        let name = dict.get::<Name>(b"BaseFont").map_or_else(|| "?".into(), |name| name.as_str().to_owned());
        let descriptor = dict.get::<Dict>(b"FontDescriptor").unwrap_or_default();
        let files: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];
        if files.iter().any(|key| descriptor.contains_key(key)) {
            self.names.insert(name);
        } else {
            self.tell(Diagnostic::new(Code::FontNotEmbedded).arg("font", name));
        }
    }

    /// Tells each thing once a file.
    fn tell(&mut self, diagnostic: Diagnostic) {
        if self.told.insert(format!("{:?} {:?}", diagnostic.code, diagnostic.args)) {
            self.found.push(diagnostic);
        }
    }
}

/// A transfer function other than the device's own.
fn transfers(dict: &Dict) -> bool {
    let given = |key: &[u8]| {
        dict.get::<Object>(key).is_some_and(|value| {
            !matches!(&value, Object::Name(name) if matches!(name.as_ref(), b"Default" | b"Identity"))
        })
    };
    given(b"TR") || given(b"TR2")
}
