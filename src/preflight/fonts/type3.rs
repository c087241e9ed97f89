//! Type 3 fonts: glyphs that are contents (ISO 32000-1, 9.6.5).

use std::collections::{HashMap, HashSet};

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use tiny_skia::{Rect, Transform};

use super::{Code, listed};
use crate::preflight::streams::decoded;

/// The glyphs of a font.
pub(in crate::preflight) struct Drawn<'a> {
    glyphs: HashMap<u32, Stream<'a>>,
    /// Codes of glyphs that take the colour of the text (9.6.5, `d1`).
    plain: HashSet<u32>,
    resources: Option<Dict<'a>>,
    matrix: Transform,
    bounds: Option<Rect>,
}

impl<'a> Drawn<'a> {
    pub(super) fn read(font: &Dict<'a>) -> Option<Self> {
        let kind = font.get::<Name>(b"Subtype")?;
        if kind.as_ref() != b"Type3" {
            return None;
        }
        let procedures = font.get::<Dict>(b"CharProcs").unwrap_or_default();
        let (mut glyphs, mut plain) = (HashMap::new(), HashSet::new());
        let differences =
            font.get::<Dict>(b"Encoding").and_then(|e| e.get::<Array>(b"Differences")).unwrap_or_default();
        let mut code = 0_u32;
        for entry in differences.iter::<Object>().take(1024) {
            match entry {
                Object::Number(n) => code = u32::try_from(n.as_i64()).unwrap_or(0),
                Object::Name(name) => {
                    if let Some(glyph) = procedures.get::<Stream>(name.as_ref()) {
                        if decoded(&glyph).is_ok_and(|content| takes_colour(&content)) {
                            plain.insert(code);
                        }
                        glyphs.insert(code, glyph);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
        let matrix = match listed(font, b"FontMatrix").as_slice() {
            [a, b, c, d, e, f] => Transform::from_row(*a, *b, *c, *d, *e, *f),
            _ => Transform::from_scale(0.001, 0.001),
        };
        let bounds = match listed(font, b"FontBBox").as_slice() {
            [a, b, c, d] if a < c && b < d => Rect::from_ltrb(*a, *b, *c, *d),
            _ => None,
        };
        Some(Self { glyphs, plain, resources: font.get::<Dict>(b"Resources"), matrix, bounds })
    }

    /// Contents of a glyph, with the font's resources.
    pub(in crate::preflight) fn glyph(&self, code: Code) -> Option<(&Stream<'a>, Option<&Dict<'a>>)> {
        Some((self.glyphs.get(&code.number)?, self.resources.as_ref()))
    }

    /// Whether a glyph takes the colour of the text.
    pub(in crate::preflight) fn is_plain(&self, code: Code) -> bool {
        self.plain.contains(&code.number)
    }

    /// From glyph space to the em.
    pub(in crate::preflight) fn matrix(&self) -> Transform {
        self.matrix
    }

    /// The box of its glyphs in em.
    pub(in crate::preflight) fn bounds(&self) -> Option<Rect> {
        self.bounds?.transform(self.matrix)
    }

    /// Size of what is drawn in a box of its own beside that of the text.
    pub(super) fn scale(&self) -> f32 {
        self.bounds().map_or(1.0, |bounds| bounds.height())
    }
}

/// Whether a glyph begins by saying that it has no colour of its own.
fn takes_colour(content: &[u8]) -> bool {
    let head = content.get(..content.len().min(128)).unwrap_or_default();
    head.split(u8::is_ascii_whitespace).any(|word| word == b"d1")
}
