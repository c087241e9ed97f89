//! Programs of fonts: which glyph, its outline, and how much ink it takes.

use std::sync::OnceLock;

use hayro_syntax::object::Dict;
use tiny_skia::{Path, PathBuilder, PathSegment, Point, Rect};
use ttf_parser::{Face, GlyphId, OutlineBuilder, cff};

/// A program.
pub(in crate::preflight) enum Program<'a> {
    /// TrueType, or OpenType.
    Face(Box<Face<'a>>, Vec<OnceLock<Option<(Rect, f32)>>>),
    /// Bare CFF, and the glyphs by CID.
    Cff(Box<cff::Table<'a>>, Vec<OnceLock<Option<(Rect, f32)>>>, Vec<(u16, u16)>),
    /// Type 1, whose outlines are not read.
    Type1,
    /// None, or one that cannot be read.
    None,
}

/// Fewest bytes of the encrypted part of a Type 1 program.
const LEAST: usize = 128;

/// Whether a program is as long as it says: the tables of TrueType, the parts of
/// Type 1 (ISO 32000-1, table 127).
pub(super) fn is_whole(program: &[u8], dict: &Dict) -> bool {
    let part = |key: &[u8]| dict.get::<usize>(key).unwrap_or(0);
    if program.starts_with(b"%!") || program.starts_with(&[0x80, 1]) {
        let encrypted = program.windows(5).position(|word| word == b"eexec");
        let there = encrypted.is_some_and(|at| program.len() - at > LEAST);
        return there && part(b"Length1").saturating_add(part(b"Length2")) <= program.len();
    }
    let sfnt = [&[0, 1, 0, 0][..], b"true", b"OTTO"].iter().any(|head| program.starts_with(head));
    let word = |at: usize| {
        let bytes = program.get(at..at + 4)?;
        Some(bytes.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)))
    };
    let count = program.get(4..6).map_or(0, |n| usize::from(n[0]) << 8 | usize::from(n[1]));
    let table = |index: usize| {
        let at = 12 + 16 * index;
        word(at + 8)?.checked_add(word(at + 12)?).filter(|end| *end <= program.len())
    };
    !sfnt || (0..count).all(|index| table(index).is_some())
}

impl<'a> Program<'a> {
    pub(super) fn open(data: &'a [u8]) -> Self {
        let inks = |count: u16| (0..count).map(|_| OnceLock::new()).collect::<Vec<_>>();
        match data {
            // PFA, or PFB (Adobe Technical Note 5040).
            [b'%', b'!', ..] | [0x80, 1, ..] => match data.windows(5).any(|word| word == b"eexec") {
                true => Self::Type1,
                false => Self::None,
            },
            [1, 0, ..] if !data.starts_with(&[0, 1, 0, 0]) => match cff::Table::parse(data) {
                Some(table) => {
                    let count = table.number_of_glyphs();
                    let mut cids: Vec<(u16, u16)> = (0..count)
                        .filter_map(|glyph| Some((table.glyph_cid(GlyphId(glyph))?, glyph)))
                        .collect();
                    cids.sort_unstable();
                    Self::Cff(Box::new(table), inks(count), cids)
                }
                None => Self::None,
            },
            _ => match Face::parse(data, 0) {
                Ok(face) => {
                    let count = face.number_of_glyphs();
                    Self::Face(Box::new(face), inks(count))
                }
                Err(_) => Self::None,
            },
        }
    }

    /// The glyph of a CID.
    pub(super) fn by_cid(&self, cid: u16) -> Option<u16> {
        match self {
            Self::Cff(_, _, cids) if cids.len() > 1 => {
                let at = cids.binary_search_by_key(&cid, |(cid, _)| *cid).ok();
                // A CID that the font lacks is shown as its glyph 0.
                Some(at.map_or(0, |at| cids[at].1))
            }
            Self::Type1 | Self::None => None,
            _ => Some(cid),
        }
    }

    /// The glyph of a code of a simple font.
    pub(super) fn by_code(&self, code: u8, text: Option<char>) -> Option<u16> {
        match self {
            Self::Cff(table, ..) => table.glyph_index(code).map(|glyph| glyph.0),
            Self::Face(face, _) => {
                let c = text.unwrap_or_else(|| char::from(code));
                let symbol = char::from_u32(0xF000 + u32::from(code));
                face.glyph_index(c).or_else(|| face.glyph_index(symbol?)).map(|glyph| glyph.0)
            }
            _ => None,
        }
    }

    /// The outline of a glyph in em, y upwards.
    pub(super) fn outline(&self, glyph: u16) -> Option<Path> {
        let mut pen = Pen { builder: PathBuilder::new(), scale: 1.0 };
        let glyph = GlyphId(glyph);
        match self {
            Self::Face(face, _) => {
                pen.scale = 1.0 / f32::from(face.units_per_em());
                face.outline_glyph(glyph, &mut pen)?;
            }
            Self::Cff(table, ..) => {
                pen.scale = table.matrix().sx;
                table.outline(glyph, &mut pen).ok()?;
            }
            Self::Type1 | Self::None => return None,
        }
        pen.builder.finish()
    }

    /// The box of a glyph in em, and the part of it that is ink; none of it for
    /// a glyph without an outline.
    pub(super) fn ink(&self, glyph: u16) -> Option<(Rect, f32)> {
        let (Self::Face(_, inks) | Self::Cff(_, inks, _)) = self else { return None };
        *inks.get(usize::from(glyph))?.get_or_init(|| {
            let Some(path) = self.outline(glyph) else {
                return Some((Rect::from_xywh(0.0, 0.0, 1.0, 1.0)?, 0.0));
            };
            let bounds = path.bounds();
            let whole = bounds.width() * bounds.height();
            Some((bounds, if whole > 0.0 { (area(&path).abs() / whole).min(1.0) } else { 0.0 }))
        })
    }
}

/// The area that closed curves go around, by their chords and the middles of
/// their curves.
fn area(path: &Path) -> f32 {
    let (mut sum, mut start, mut last) = (0.0, Point::zero(), Point::zero());
    let mut to = |last: &mut Point, next: Point| {
        sum += last.x * next.y - next.x * last.y;
        *last = next;
    };
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => {
                to(&mut last, start);
                (start, last) = (p, p);
            }
            PathSegment::LineTo(p) => to(&mut last, p),
            PathSegment::QuadTo(c, p) => {
                let middle =
                    Point::from_xy((last.x + 2.0 * c.x + p.x) / 4.0, (last.y + 2.0 * c.y + p.y) / 4.0);
                to(&mut last, middle);
                to(&mut last, p);
            }
            PathSegment::CubicTo(a, b, p) => {
                let middle = Point::from_xy(
                    (last.x + 3.0 * (a.x + b.x) + p.x) / 8.0,
                    (last.y + 3.0 * (a.y + b.y) + p.y) / 8.0,
                );
                to(&mut last, middle);
                to(&mut last, p);
            }
            PathSegment::Close => to(&mut last, start),
        }
    }
    to(&mut last, start);
    sum / 2.0
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_those_within() {
        let square = PathBuilder::from_rect(Rect::from_xywh(1.0, 1.0, 2.0, 3.0).unwrap());
        assert_eq!(area(&square).abs(), 6.0);
        let round = area(&PathBuilder::from_circle(0.0, 0.0, 1.0).unwrap()).abs();
        assert!((round - std::f32::consts::PI).abs() < 0.1, "{round}");
    }
}
