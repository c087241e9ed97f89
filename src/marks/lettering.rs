//! Small text as filled outlines of the embedded sans-serif face.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::LazyLock;

use lopdf::{Document, Object, ObjectId, Stream, dictionary};
use ttf_parser::{Face, OutlineBuilder};

use crate::fonts;

static FACE: LazyLock<Face<'static>> =
    LazyLock::new(|| Face::parse(fonts::sans(), 0).expect("an embedded face is well formed"));

/// The words of slugs as form XObjects, a thousandth of an em a unit: each
/// word, and each digit, is drawn once a file however often it is used.
pub(crate) struct Letters(BTreeMap<String, Word>);

struct Word {
    form: ObjectId,
    name: String,
    /// In em.
    advance: f32,
}

/// Names and forms that a page uses.
pub(crate) type Used = Vec<(String, ObjectId)>;

/// Units of an em in the forms.
const EM: f32 = 1000.0;

impl Letters {
    /// Draws every word of the texts.
    pub(crate) fn new<'a>(document: &mut Document, texts: impl Iterator<Item = &'a str>) -> Self {
        let words: BTreeSet<String> = texts.flat_map(words).collect();
        let drawn = words.into_iter().enumerate().map(|(i, text)| {
            let (form, advance) = draw(&text);
            let form = document.add_object(form);
            (text, Word { form, name: format!("W{i}"), advance })
        });
        Self(drawn.collect())
    }

    /// Sets a line in black ink, its baseline starting at a point.
    pub(crate) fn set(&self, text: &str, at: (f32, f32), size: f32) -> (String, Used) {
        let (mut x, scale) = (at.0, size / EM);
        let mut ops = String::from("q 0 0 0 1 k\n");
        let mut used = Vec::new();
        for word in words(text).iter().filter_map(|word| self.0.get(word)) {
            ops += &format!("q {scale} 0 0 {scale} {x:.2} {:.2} cm /{} Do Q\n", at.1, word.name);
            used.push((word.name.clone(), word.form));
            x += word.advance * size;
        }
        (ops + "Q\n", used)
    }
}

/// A text in words: digits alone, what is between them together.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for c in text.chars() {
        match words.last_mut() {
            Some(word) if !c.is_ascii_digit() && !word.ends_with(|c: char| c.is_ascii_digit()) => {
                word.push(c)
            }
            _ => words.push(c.into()),
        }
    }
    words
}

/// The outlines of a word and its advance in em.
fn draw(text: &str) -> (Stream, f32) {
    let units = f32::from(FACE.units_per_em());
    let mut pen = Pen { ops: String::new(), x: 0.0, scale: EM / units, last: (0.0, 0.0) };
    for glyph in text.chars().filter_map(|c| FACE.glyph_index(c)) {
        // An outline that is not there is a space.
        let _ = FACE.outline_glyph(glyph, &mut pen);
        pen.x += f32::from(FACE.glyph_hor_advance(glyph).unwrap_or_default()) * pen.scale;
    }
    let advance = pen.x / EM;
    let bounds = [-EM, -EM, pen.x + EM, 2.0 * EM].map(|v| Object::Integer(v as i64));
    let dict = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => bounds.to_vec() };
    let mut form = Stream::new(dict, (pen.ops + "f").into_bytes());
    form.compress().expect("memory does not fail");
    (form, advance)
}

struct Pen {
    ops: String,
    x: f32,
    scale: f32,
    last: (f32, f32),
}

impl Pen {
    fn put(&mut self, points: &[(f32, f32)], operator: &str) {
        for (x, y) in points {
            let (x, y) = (self.x + x * self.scale, y * self.scale);
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
