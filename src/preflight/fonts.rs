//! Fonts of a file: codes, advances, what characters codes stand for, and
//! outlines.

use std::collections::HashMap;

use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, WritingMode, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream, String as Bytes};
use tiny_skia::{Path, Rect};

mod advances;
mod programs;
mod type3;

use super::names;
use super::streams::decoded;
use crate::diag::{self, Diagnostic, Phrase};
pub(super) use programs::Program;
pub(super) use type3::Drawn;

/// Which font: where its dictionary stands in the file.
pub(super) type Key = usize;

/// The key of a font.
pub(super) fn key(dict: &Dict) -> Key {
    dict.data().as_ptr() as usize
}

/// A code of a string: its number and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code {
    number: u32,
    bytes: u8,
}

/// The data of a font, decoded.
pub(super) struct Loaded<'a> {
    /// Its name without the subset's tag.
    pub(super) name: String,
    program: Vec<u8>,
    /// Whether the file holds its outlines.
    pub(super) embedded: bool,
    /// Code → text, from `ToUnicode`.
    text: Option<CMap>,
    /// How codes become CIDs; none for simple fonts.
    codes: Option<CMap>,
    /// Whether that is said in a way that is known.
    codes_known: bool,
    /// Code or CID → advance in thousandths of an em.
    advances: HashMap<u32, f32>,
    default_advance: f32,
    /// CID → glyph, where it is not the identity.
    glyphs: Option<Vec<u8>>,
    drawn: Option<Drawn<'a>>,
}

/// A font to set text in.
pub(super) struct Font<'a> {
    loaded: &'a Loaded<'a>,
    program: Program<'a>,
}

/// Reads the fonts of a file, each once.
pub(super) fn load<'a>(dicts: &[Dict<'a>]) -> HashMap<Key, Loaded<'a>> {
    dicts.iter().map(|dict| (key(dict), Loaded::read(dict))).collect()
}

/// Opens the loaded fonts.
pub(super) fn open<'a>(loaded: &'a HashMap<Key, Loaded<'a>>) -> HashMap<Key, Font<'a>> {
    loaded.iter().map(|(id, loaded)| (*id, Font::new(loaded))).collect()
}

impl<'a> Loaded<'a> {
    fn read(dict: &Dict<'a>) -> Self {
        let descendant = dict.get::<Array>(b"DescendantFonts").and_then(|fonts| fonts.iter::<Dict>().next());
        let inner = descendant.as_ref().unwrap_or(dict);
        let descriptor = inner.get::<Dict>(b"FontDescriptor").unwrap_or_default();
        let files: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];
        let file = files.iter().find_map(|key| descriptor.get::<Stream>(key));
        let program = file.as_ref().and_then(|file| {
            let program = decoded(file).ok()?.into_owned();
            programs::is_whole(&program, file.dict()).then_some(program)
        });
        let map = dict.get::<Stream>(b"ToUnicode").and_then(|map| decoded(&map).ok());
        let (advances, default_advance) =
            if descendant.is_some() { advances::of_cids(inner) } else { advances::simple(inner) };
        let glyphs =
            inner.get::<Stream>(b"CIDToGIDMap").and_then(|map| Some(decoded(&map).ok()?.into_owned()));
        let codes = descendant.as_ref().and_then(|_| codes(dict));
        let name = dict.get::<Name>(b"BaseFont").map_or_else(|| "?".into(), |n| names::read(n.as_ref()));
        Self {
            name,
            embedded: file.is_some(),
            program: program.unwrap_or_default(),
            text: map.and_then(|map| CMap::parse(&map, |_| None)),
            codes_known: descendant.is_none() || codes.is_some(),
            codes: descendant.is_some().then(|| codes.unwrap_or_else(CMap::identity_h)),
            advances,
            default_advance,
            glyphs,
            drawn: Drawn::read(dict),
        }
    }
}

/// How the codes of a composite font become CIDs.
fn codes(dict: &Dict) -> Option<CMap> {
    let predefined = |name: CMapName<'_>| load_embedded(name);
    match dict.get::<Object>(b"Encoding") {
        Some(Object::Name(name)) => match name.as_ref() {
            b"Identity-V" => Some(CMap::identity_v()),
            b"Identity-H" => Some(CMap::identity_h()),
            other => {
                load_embedded(CMapName::from_bytes(other)).and_then(|bytes| CMap::parse(bytes, predefined))
            }
        },
        Some(Object::Stream(stream)) => decoded(&stream).ok().and_then(|map| CMap::parse(&map, predefined)),
        _ => None,
    }
}

impl<'a> Font<'a> {
    fn new(loaded: &'a Loaded<'a>) -> Self {
        Self { loaded, program: Program::open(&loaded.program) }
    }

    /// Judges a font whose glyphs are seen.
    pub(super) fn judge(&self) -> Vec<Diagnostic> {
        let Loaded { name, embedded, drawn, codes_known, .. } = self.loaded;
        let mut found = Vec::new();
        if drawn.is_some() {
            return found;
        }
        if !embedded {
            found.push(Diagnostic::new(diag::Code::FontNotEmbedded).arg("font", name.as_str()));
        } else if matches!(self.program, Program::None) || !codes_known {
            let problem = Phrase::FontBroken(name.clone());
            found.push(Diagnostic::new(diag::Code::BrokenContent).arg("problem", problem));
        }
        if names::untagged(name).starts_with("Courier") {
            found.push(Diagnostic::new(diag::Code::Courier).arg("font", name.as_str()));
        }
        found
    }

    /// What the file says of the font.
    pub(super) fn loaded(&self) -> &Loaded<'a> {
        self.loaded
    }

    /// Glyphs that are contents, of a Type 3 font.
    pub(super) fn drawn(&self) -> Option<&Drawn<'a>> {
        self.loaded.drawn.as_ref()
    }

    /// Size of an em beside that of the text, which glyphs that are contents
    /// bring along.
    pub(super) fn scale(&self) -> f32 {
        self.drawn().map_or(1.0, Drawn::scale)
    }

    /// Whether lines run downwards.
    pub(super) fn vertical(&self) -> bool {
        let mode = self.loaded.codes.as_ref().and_then(|codes| codes.metadata().writing_mode);
        matches!(mode, Some(WritingMode::Vertical))
    }

    /// The codes of a string (ISO 32000-1, 9.7.6.2): of as many bytes as the
    /// map has a CID for, two where it has none.
    pub(super) fn codes(&self, string: &Bytes) -> Vec<Code> {
        let string: &[u8] = string;
        let Some(map) = &self.loaded.codes else {
            return string.iter().map(|byte| Code { number: (*byte).into(), bytes: 1 }).collect();
        };
        let mut found = Vec::with_capacity(string.len() / 2);
        let mut rest = string;
        while !rest.is_empty() {
            let number = |bytes: &[u8]| bytes.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
            let fits = (1..=rest.len().min(4))
                .find(|n| map.lookup_cid_code(number(&rest[..*n]), *n as u8).is_some());
            let taken = fits.unwrap_or(2.min(rest.len()));
            found.push(Code { number: number(&rest[..taken]), bytes: taken as u8 });
            rest = &rest[taken..];
        }
        found
    }

    /// Whether a code is a single-byte space, which word spacing widens.
    pub(super) fn is_space(&self, code: Code) -> bool {
        code.bytes == 1 && code.number == 32
    }

    /// The code itself, or the CID of one of a composite font.
    fn cid(&self, code: Code) -> u32 {
        match &self.loaded.codes {
            Some(map) => map.lookup_cid_code(code.number, code.bytes).unwrap_or(0),
            None => code.number,
        }
    }

    /// Advance in em.
    pub(super) fn advance(&self, code: Code) -> f32 {
        let listed = self.loaded.advances.get(&self.cid(code)).copied();
        let advance = listed.unwrap_or(self.loaded.default_advance);
        advance * self.drawn().map_or(0.001, |drawn| drawn.matrix().sx)
    }

    /// The text of a code; nothing where it is not known.
    pub(super) fn text(&self, code: Code) -> String {
        match self.loaded.text.as_ref().and_then(|map| map.lookup_bf_string(code.number)) {
            Some(BfString::Char(c)) => c.into(),
            Some(BfString::String(text)) => text,
            None => String::new(),
        }
    }

    /// Whether a code is more than a space.
    pub(super) fn is_visible(&self, code: Code) -> bool {
        match self.ink(code) {
            Some((_, full)) => full > 0.0,
            None => self.text(code) != " ",
        }
    }

    /// Whether a code leads to the glyph that stands for those that are missing.
    pub(super) fn is_missing(&self, code: Code) -> bool {
        self.loaded.embedded && self.drawn().is_none() && self.glyph(code) == Some(0) && self.is_visible(code)
    }

    /// The outline of a code in em, y upwards.
    pub(super) fn outline(&self, code: Code) -> Option<Path> {
        self.program.outline(self.glyph(code)?)
    }

    /// The box that a glyph is inked in, in em, and how much of it is.
    pub(super) fn ink(&self, code: Code) -> Option<(Rect, f32)> {
        self.program.ink(self.glyph(code)?)
    }

    fn glyph(&self, code: Code) -> Option<u16> {
        let cid = u16::try_from(self.cid(code)).ok()?;
        if let Some(map) = &self.loaded.glyphs {
            let at = usize::from(cid) * 2;
            return Some(u16::from_be_bytes([*map.get(at)?, *map.get(at + 1)?]));
        }
        match self.loaded.codes {
            Some(_) => self.program.by_cid(cid),
            None => {
                let text = self.text(code);
                self.program.by_code(u8::try_from(code.number).ok()?, text.chars().next())
            }
        }
    }
}

/// The numbers of an array.
pub(super) fn listed(dict: &Dict, key: &[u8]) -> Vec<f32> {
    dict.get::<Array>(key).map(|all| all.iter::<Number>().map(|n| n.as_f32()).collect()).unwrap_or_default()
}
