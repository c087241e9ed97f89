//! Fonts of a file: advances, what characters codes stand for, and outlines.

use std::collections::HashMap;

use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use tiny_skia::{Path, PathBuilder};
use ttf_parser::{Face, GlyphId, OutlineBuilder, cff};

/// The data of a font, decoded.
pub(super) struct Loaded {
    program: Vec<u8>,
    /// Code → text, from `ToUnicode`.
    text: HashMap<u32, String>,
    /// Code or CID → advance in thousandths of an em.
    advances: HashMap<u32, f32>,
    default_advance: f32,
    /// Bytes of a code: two for composite fonts.
    bytes: usize,
    vertical: bool,
    /// CID → glyph, where it is not the identity.
    glyphs: Option<Vec<u8>>,
}

/// A font to set text in.
pub(super) struct Font<'a> {
    loaded: &'a Loaded,
    outlines: Outlines<'a>,
}

enum Outlines<'a> {
    Face(Box<Face<'a>>),
    Cff(Box<cff::Table<'a>>),
    None,
}

/// Reads the fonts of a file, each once.
pub(super) fn load(dicts: &[Dict]) -> HashMap<ObjectIdentifier, Loaded> {
    dicts.iter().filter_map(|dict| Some((dict.obj_id()?, Loaded::read(dict)))).collect()
}

/// Opens the loaded fonts.
pub(super) fn open(loaded: &HashMap<ObjectIdentifier, Loaded>) -> HashMap<ObjectIdentifier, Font<'_>> {
    loaded.iter().map(|(id, loaded)| (*id, Font::new(loaded))).collect()
}

impl Loaded {
    pub(super) fn read(dict: &Dict) -> Self {
        let descendant = dict.get::<Array>(b"DescendantFonts").and_then(|fonts| fonts.iter::<Dict>().next());
        let bytes = if descendant.is_some() { 2 } else { 1 };
        let inner = descendant.as_ref().unwrap_or(dict);
        let descriptor = inner.get::<Dict>(b"FontDescriptor").unwrap_or_default();
        let files: [&[u8]; 2] = [b"FontFile2", b"FontFile3"];
        let program = files.iter().find_map(|key| descriptor.get::<Stream>(key)?.decoded().ok());
        let text = dict.get::<Stream>(b"ToUnicode").and_then(|map| Some(unicode(&map.decoded().ok()?)));
        let (advances, default_advance) =
            if bytes == 2 { cid_advances(inner) } else { simple_advances(inner) };
        let encoding = dict.get::<Name>(b"Encoding").map(|name| name.as_ref().to_vec()).unwrap_or_default();
        let glyphs =
            inner.get::<Stream>(b"CIDToGIDMap").and_then(|map| Some(map.decoded().ok()?.into_owned()));
        Self {
            program: program.unwrap_or_default().into_owned(),
            text: text.unwrap_or_default(),
            advances,
            default_advance,
            bytes,
            vertical: encoding.ends_with(b"-V"),
            glyphs,
        }
    }
}

impl<'a> Font<'a> {
    pub(super) fn new(loaded: &'a Loaded) -> Self {
        let outlines = if loaded.program.starts_with(&[1, 0]) {
            cff::Table::parse(&loaded.program).map_or(Outlines::None, |table| Outlines::Cff(Box::new(table)))
        } else {
            Face::parse(&loaded.program, 0).map_or(Outlines::None, |face| Outlines::Face(Box::new(face)))
        };
        Self { loaded, outlines }
    }

    /// Whether lines run downwards.
    pub(super) fn vertical(&self) -> bool {
        self.loaded.vertical
    }

    /// The codes of a string.
    pub(super) fn codes(&self, string: &[u8]) -> Vec<u32> {
        let number = |bytes: &[u8]| bytes.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
        string.chunks(self.loaded.bytes).map(number).collect()
    }

    /// Whether a code is a single-byte space, which word spacing widens.
    pub(super) fn is_space(&self, code: u32) -> bool {
        self.loaded.bytes == 1 && code == 32
    }

    /// Advance in em.
    pub(super) fn advance(&self, code: u32) -> f32 {
        self.loaded.advances.get(&code).copied().unwrap_or(self.loaded.default_advance) / 1000.0
    }

    /// The text of a code; nothing where it is not known.
    pub(super) fn text(&self, code: u32) -> &str {
        self.loaded.text.get(&code).map_or("", String::as_str)
    }

    /// The outline of a code in em, y upwards.
    pub(super) fn outline(&self, code: u32) -> Option<Path> {
        let mut pen = Pen { builder: PathBuilder::new(), scale: 1.0 };
        let glyph = self.glyph(code)?;
        match &self.outlines {
            Outlines::Face(face) => {
                pen.scale = 1.0 / f32::from(face.units_per_em());
                face.outline_glyph(glyph, &mut pen)?;
            }
            Outlines::Cff(table) => {
                pen.scale = table.matrix().sx;
                table.outline(glyph, &mut pen).ok()?;
            }
            Outlines::None => return None,
        }
        pen.builder.finish()
    }

    fn glyph(&self, code: u32) -> Option<GlyphId> {
        let code = u16::try_from(code).ok()?;
        if let Some(map) = &self.loaded.glyphs {
            let at = usize::from(code) * 2;
            return Some(GlyphId(u16::from_be_bytes([*map.get(at)?, *map.get(at + 1)?])));
        }
        match &self.outlines {
            _ if self.loaded.bytes == 2 => match &self.outlines {
                // A CID-keyed font names its glyphs by CID.
                Outlines::Cff(table) if table.glyph_cid(GlyphId(1)).is_some() => {
                    (0..table.number_of_glyphs()).map(GlyphId).find(|g| table.glyph_cid(*g) == Some(code))
                }
                _ => Some(GlyphId(code)),
            },
            Outlines::Cff(table) => table.glyph_index(u8::try_from(code).ok()?),
            Outlines::Face(face) => {
                let c = self.text(u32::from(code)).chars().next().or(char::from_u32(code.into()))?;
                face.glyph_index(c).or_else(|| face.glyph_index(char::from_u32(0xF000 + u32::from(code))?))
            }
            Outlines::None => None,
        }
    }
}

struct Pen {
    builder: PathBuilder,
    scale: f32,
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.builder.move_to(x * self.scale, y * self.scale);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.builder.line_to(x * self.scale, y * self.scale);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let s = self.scale;
        self.builder.quad_to(x1 * s, y1 * s, x * s, y * s);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let s = self.scale;
        self.builder.cubic_to(x1 * s, y1 * s, x2 * s, y2 * s, x * s, y * s);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}

/// Advances of a simple font (ISO 32000-1, 9.6.2).
fn simple_advances(font: &Dict) -> (HashMap<u32, f32>, f32) {
    let first = font.get::<u32>(b"FirstChar").unwrap_or(0);
    let widths = font.get::<Array>(b"Widths").unwrap_or_default();
    let widths = widths.iter::<Number>().enumerate().map(|(i, w)| (first + i as u32, w.as_f32()));
    let missing = font.get::<Dict>(b"FontDescriptor").and_then(|d| d.get::<f32>(b"MissingWidth"));
    // The standard fonts have no widths in the file; half an em is near them.
    (widths.collect(), missing.unwrap_or(500.0))
}

/// Advances by CID (ISO 32000-1, 9.7.4.3).
fn cid_advances(font: &Dict) -> (HashMap<u32, f32>, f32) {
    let mut advances = HashMap::new();
    let listed = font.get::<Array>(b"W").unwrap_or_default();
    let mut entries = listed.flex_iter();
    while let Some(first) = entries.next::<Object>().and_then(Object::into_number) {
        let first = first.as_i64() as u32;
        match entries.next::<Object>() {
            Some(Object::Array(widths)) => {
                for (i, width) in widths.iter::<Number>().enumerate() {
                    advances.insert(first.saturating_add(i as u32), width.as_f32());
                }
            }
            Some(Object::Number(last)) => {
                let Some(width) = entries.next::<Object>().and_then(Object::into_number) else { break };
                for cid in first..=(last.as_i64() as u32).min(first.saturating_add(0xFFFF)) {
                    advances.insert(cid, width.as_f32());
                }
            }
            _ => break,
        }
    }
    (advances, font.get::<f32>(b"DW").unwrap_or(1000.0))
}

/// Reads the `bfchar` and `bfrange` sections of a ToUnicode map
/// (ISO 32000-1, 9.10.3).
fn unicode(map: &[u8]) -> HashMap<u32, String> {
    let text = String::from_utf8_lossy(map);
    let mut found = HashMap::new();
    let number = |hex: &str| u32::from_str_radix(hex, 16).ok();
    let string = |hex: &str| {
        let units = hex
            .as_bytes()
            .chunks(4)
            .filter_map(|unit| u16::from_str_radix(std::str::from_utf8(unit).ok()?, 16).ok());
        char::decode_utf16(units).filter_map(Result::ok).collect::<String>()
    };
    let hexes = |section: &str| -> Vec<String> {
        section
            .split('<')
            .skip(1)
            .filter_map(|part| part.split('>').next())
            .map(|h| h.split_whitespace().collect())
            .collect()
    };
    for section in text.split("beginbfchar").skip(1) {
        for pair in hexes(section.split("endbfchar").next().unwrap_or_default()).chunks_exact(2) {
            if let Some(code) = number(&pair[0]) {
                found.insert(code, string(&pair[1]));
            }
        }
    }
    for section in text.split("beginbfrange").skip(1) {
        let section = section.split("endbfrange").next().unwrap_or_default();
        for line in section.lines() {
            let values = hexes(line);
            let [first, last, targets @ ..] = values.as_slice() else { continue };
            let (Some(first), Some(last)) = (number(first), number(last)) else { continue };
            for (i, code) in (first..=last.min(first.saturating_add(0xFFFF))).enumerate() {
                let text = match targets {
                    [one] => {
                        let mut chars: Vec<char> = string(one).chars().collect();
                        if let Some(c) = chars.last_mut() {
                            *c = char::from_u32(u32::from(*c) + i as u32).unwrap_or(*c);
                        }
                        chars.into_iter().collect()
                    }
                    many => many.get(i).map(|hex| string(hex)).unwrap_or_default(),
                };
                found.insert(code, text);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_as_text() {
        let map = "2 beginbfchar <0001> <4E00> <0002> <D842DFB7> endbfchar\n\
                   2 beginbfrange\n<0010> <0012> <0041>\n<0020> <0021> [<0061> <0062>]\nendbfrange";
        let found = unicode(map.as_bytes());
        assert_eq!(found[&1], "一");
        assert_eq!(found[&2], "\u{20bb7}");
        assert_eq!((found[&0x12].as_str(), found[&0x21].as_str()), ("C", "b"));
    }
}
