//! Small text as filled outlines of the embedded sans-serif face.

use std::fmt::Write;
use std::sync::LazyLock;

use ttf_parser::{Face, OutlineBuilder};

use crate::fonts;

static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(fonts::sans(), 0).expect("an embedded face is well formed"));

/// Fills the outlines of a line of text with black ink, its baseline starting
/// at a point.
pub(crate) fn lettering(text: &str, at: (f32, f32), size: f32) -> String {
    let scale = size / f32::from(FACE.units_per_em());
    let mut pen = Pen { ops: "q 0 0 0 1 k\n".into(), x: at.0, y: at.1, scale, last: (0.0, 0.0) };
    for c in text.chars() {
        let glyph = FACE.glyph_index(c).unwrap_or_default();
        if FACE.outline_glyph(glyph, &mut pen).is_some() {
            pen.ops += "f\n";
        }
        pen.x += f32::from(FACE.glyph_hor_advance(glyph).unwrap_or_default()) * scale;
    }
    pen.ops + "Q\n"
}

struct Pen {
    ops: String,
    x: f32,
    y: f32,
    scale: f32,
    last: (f32, f32),
}

impl Pen {
    fn put(&mut self, points: &[(f32, f32)], operator: &str) {
        for (x, y) in points {
            let (x, y) = (self.x + x * self.scale, self.y + y * self.scale);
            write!(self.ops, "{x:.3} {y:.3} ").expect("memory does not fail");
        }
        self.ops += operator;
        self.ops += "\n";
        self.last = points.last().copied().unwrap_or(self.last);
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put(&[(x, y)], "m");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put(&[(x, y)], "l");
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (x0, y0) = self.last;
        let third = |a: f32, b: f32| a + (b - a) * 2.0 / 3.0;
        self.put(&[(third(x0, x1), third(y0, y1)), (third(x, x1), third(y, y1)), (x, y)], "c");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.put(&[(x1, y1), (x2, y2), (x, y)], "c");
    }

    fn close(&mut self) {
        self.ops += "h\n";
    }
}
