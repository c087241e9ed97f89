//! Small text as filled outlines of the embedded sans-serif face.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use ttf_parser::{Face, OutlineBuilder};

use crate::fonts;

static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(fonts::sans(), 0).expect("an embedded face is well formed"));

/// The characters of slugs as form XObjects, each drawn once a file however
/// often it is used: a thousandth of an em a unit.
pub(crate) struct Letters(BTreeMap<char, ObjectId>);

/// Units of an em in the forms.
const EM: f32 = 1000.0;

impl Letters {
    /// Draws every character of the texts.
    pub(crate) fn new<'a>(document: &mut Document, texts: impl Iterator<Item = &'a str>) -> Self {
        let characters: BTreeSet<char> = texts.flat_map(str::chars).collect();
        let scale = EM / f32::from(FACE.units_per_em());
        let forms = characters.into_iter().filter_map(|c| {
            let mut pen = Pen { ops: String::new(), scale, last: (0.0, 0.0) };
            FACE.outline_glyph(FACE.glyph_index(c)?, &mut pen)?;
            let bounds = vec![
                (-EM as i64).into(),
                (-EM as i64).into(),
                (2 * EM as i64).into(),
                (2 * EM as i64).into(),
            ];
            let dict = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => bounds };
            let mut form = Stream::new(dict, (pen.ops + "f").into_bytes());
            form.compress().expect("memory does not fail");
            Some((c, document.add_object(form)))
        });
        Self(forms.collect())
    }

    /// Names and forms, for the resources of a page.
    pub(crate) fn resources(&self) -> Dictionary {
        self.0.iter().map(|(c, id)| (name(*c), Object::Reference(*id))).collect()
    }

    /// Sets a line in black ink, its baseline starting at a point.
    pub(crate) fn set(&self, text: &str, at: (f32, f32), size: f32) -> String {
        let (mut x, scale) = (at.0, size / EM);
        let mut ops = String::from("q 0 0 0 1 k\n");
        for c in text.chars() {
            if self.0.contains_key(&c) {
                ops += &format!("q {scale:.5} 0 0 {scale:.5} {x:.2} {:.2} cm /{} Do Q\n", at.1, name(c));
            }
            let advance = FACE.glyph_index(c).and_then(|glyph| FACE.glyph_hor_advance(glyph));
            x += f32::from(advance.unwrap_or_default()) * size / f32::from(FACE.units_per_em());
        }
        ops + "Q\n"
    }
}

fn name(c: char) -> String {
    format!("FcU{:X}", u32::from(c))
}

struct Pen {
    ops: String,
    scale: f32,
    last: (f32, f32),
}

impl Pen {
    fn put(&mut self, points: &[(f32, f32)], operator: &str) {
        for (x, y) in points {
            let (x, y) = (x * self.scale, y * self.scale);
            write!(self.ops, "{x:.0} {y:.0} ").expect("memory does not fail");
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
