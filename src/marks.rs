//! Printer's marks around a page: content operators in points, all outside the
//! bleed (ISO 15930-7). Trim marks and registration targets are on every
//! plate; the colour bar shows each ink; the slug is drawn as outlines, so
//! that no font has to be embedded for it.

mod lettering;

use lopdf::{Dictionary, Document, Object, dictionary};

use crate::model::Marks;
use lettering::Letters;
pub(crate) use lettering::Used;

/// What marks take beyond the bleed on every side, in points: 10 mm.
pub(crate) const MARGIN: f32 = mm(10.0);
/// Distance of trim marks from the bleed.
const OFFSET: f32 = mm(1.0);
/// Length of trim marks.
const LENGTH: f32 = mm(5.0);
/// Width of trim marks and targets, in points.
const HAIR: f32 = 0.25;
/// Side of a patch of the colour bar.
const PATCH: f32 = mm(5.0);

pub(crate) const fn mm(length: f32) -> f32 {
    length * 72.0 / 25.4
}

/// The bar: inks alone, at half, on each other, and two greys to compare with
/// black (ISO 12647-2 grey balance 50 40 40 and 75 66 66).
const BAR: &[[f32; 4]] = &[
    [1.0, 0.0, 0.0, 0.0],
    [0.0, 1.0, 0.0, 0.0],
    [0.0, 0.0, 1.0, 0.0],
    [0.0, 0.0, 0.0, 1.0],
    [0.5, 0.0, 0.0, 0.0],
    [0.0, 0.5, 0.0, 0.0],
    [0.0, 0.0, 0.5, 0.0],
    [0.0, 0.0, 0.0, 0.5],
    [0.0, 1.0, 1.0, 0.0],
    [1.0, 0.0, 1.0, 0.0],
    [1.0, 1.0, 0.0, 0.0],
    [0.5, 0.4, 0.4, 0.0],
    [0.75, 0.66, 0.66, 0.0],
];

/// Where a page ends, in the coordinates of the sheet, y upwards: left,
/// bottom, right, top.
pub(crate) struct Frame {
    pub(crate) bleed: [f32; 4],
    pub(crate) trim: [f32; 4],
    /// Where a cover is folded, from the trim's left.
    pub(crate) folds: Vec<f32>,
}

/// What marks are drawn with, shared by all pages of a file.
pub(crate) struct Kit {
    letters: Letters,
    /// The colour space of all plates.
    pub(crate) plates: Dictionary,
}

impl Kit {
    /// The kit for the slugs of a file.
    pub(crate) fn new<'a>(document: &mut Document, slugs: impl Iterator<Item = &'a str>) -> Self {
        Self { letters: Letters::new(document, slugs), plates: plates(document) }
    }

    /// Sets a line of a slug.
    pub(crate) fn letter(&self, text: &str, at: (f32, f32), size: f32) -> (String, Used) {
        self.letters.set(text, at, size)
    }
}

/// The colour space of all plates, as `FcAll`.
fn plates(document: &mut Document) -> Dictionary {
    let full = |v: i64| Object::Array(vec![v.into(), v.into(), v.into(), v.into()]);
    let tint = document.add_object(dictionary! {
        "FunctionType" => 2, "N" => 1,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => full(0), "C1" => full(1),
    });
    let all: Vec<Object> = vec!["Separation".into(), "All".into(), "DeviceCMYK".into(), tint.into()];
    let all = document.add_object(all);
    dictionary! { "ColorSpace" => dictionary! { "FcAll" => all } }
}

/// Draws the marks of one page; tells the forms it uses.
pub(crate) fn draw(frame: &Frame, marks: Marks, words: &str, kit: &Kit) -> (String, Used) {
    let mut used = Used::new();
    let mut ops = format!("q /FcAll CS 1 SCN {HAIR} w\n");
    if marks.trim {
        ops += &trim_marks(frame);
    }
    if marks.registration {
        let [left, bottom, right, top] = frame.bleed;
        let (x, y, out) = ((left + right) / 2.0, (bottom + top) / 2.0, MARGIN / 2.0);
        for (x, y) in [(x, bottom - out), (x, top + out), (left - out, y), (right + out, y)] {
            ops += &target(x, y);
        }
    }
    ops += "Q\n";
    if marks.bar {
        ops += &colour_bar((frame.bleed[0] + frame.bleed[2]) / 2.0 + mm(8.0), frame.bleed[1] - mm(8.0));
    }
    if marks.slug {
        let at = (frame.trim[0] + mm(2.0), frame.bleed[3] + mm(3.5));
        let (slug, forms) = kit.letter(words, at, 6.5);
        ops += &slug;
        used = forms;
    }
    (ops, used)
}

fn line(x: f32, y: f32, to_x: f32, to_y: f32) -> String {
    format!("{x:.3} {y:.3} m {to_x:.3} {to_y:.3} l S\n")
}

fn trim_marks(frame: &Frame) -> String {
    let ([left, bottom, right, top], trim) = (frame.bleed, frame.trim);
    let mut ops = String::new();
    for x in [trim[0], trim[2]] {
        ops += &line(x, bottom - OFFSET, x, bottom - OFFSET - LENGTH);
        ops += &line(x, top + OFFSET, x, top + OFFSET + LENGTH);
    }
    for x in frame.folds.iter().map(|fold| trim[0] + fold) {
        ops += "q [3 2] 0 d\n";
        ops += &line(x, bottom - OFFSET, x, bottom - OFFSET - LENGTH);
        ops += &line(x, top + OFFSET, x, top + OFFSET + LENGTH);
        ops += "Q\n";
    }
    for y in [trim[1], trim[3]] {
        ops += &line(left - OFFSET, y, left - OFFSET - LENGTH, y);
        ops += &line(right + OFFSET, y, right + OFFSET + LENGTH, y);
    }
    ops
}

/// A registration target: a circle of 2 mm radius with a cross.
pub(crate) fn target(x: f32, y: f32) -> String {
    let (r, arm) = (mm(2.0), mm(3.5));
    // Four cubic arcs, each control point 0.5523 of the radius along.
    let k = r * 0.552_3;
    let circle = format!(
        "{:.3} {y:.3} m {:.3} {:.3} {:.3} {:.3} {x:.3} {:.3} c {:.3} {:.3} {:.3} {:.3} {:.3} {y:.3} c \
         {:.3} {:.3} {:.3} {:.3} {x:.3} {:.3} c {:.3} {:.3} {:.3} {:.3} {:.3} {y:.3} c S\n",
        x + r,
        x + r,
        y + k,
        x + k,
        y + r,
        y + r,
        x - k,
        y + r,
        x - r,
        y + k,
        x - r,
        x - r,
        y - k,
        x - k,
        y - r,
        y - r,
        x + k,
        y - r,
        x + r,
        y - k,
        x + r,
    );
    circle + &line(x - arm, y, x + arm, y) + &line(x, y - arm, x, y + arm)
}

pub(crate) fn colour_bar(x: f32, y: f32) -> String {
    let patches = BAR.iter().enumerate().map(|(i, [c, m, ye, k])| {
        let x = x + i as f32 * PATCH;
        format!("{c} {m} {ye} {k} k {x:.3} {y:.3} {PATCH:.3} {PATCH:.3} re f\n")
    });
    format!("q\n{}Q\n", patches.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_drawn_inside_the_bleed() {
        let frame =
            Frame { bleed: [28.0, 28.0, 640.0, 853.0], trim: [36.5, 36.5, 631.5, 844.5], folds: vec![300.0] };
        let marks = Marks { slug: false, ..Marks::ALL };
        let kit = Kit::new(&mut Document::new(), std::iter::empty());
        let (drawn, _) = draw(&frame, marks, "", &kit);
        let mut seen = 0;
        for operation in drawn.split('\n').filter(|l| l.ends_with('S') || l.ends_with("re f")) {
            let numbers: Vec<f32> = operation.split(' ').filter_map(|w| w.parse().ok()).collect();
            let numbers = if operation.ends_with('f') { &numbers[4..6] } else { &numbers[..] };
            for at in numbers.chunks(2) {
                let inside = at[0] > 28.0 && at[0] < 640.0 && at[1] > 28.0 && at[1] < 853.0;
                assert!(!inside, "{operation}");
                seen += 1;
            }
        }
        assert!(seen > 50, "{drawn}");
    }
}
