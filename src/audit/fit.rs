//! Whether the text of each slot fits it, measured in lines and characters,
//! and keeps clear of the trim.

use typst::layout::{Abs, Size};

use super::Sources;
use super::slots::{Line, Slot};
use crate::diag::{Code, Diagnostic, Phrase};

/// Rounding that is no overflow, in points.
const TOLERANCE: f64 = 0.5;
/// Text keeps this far from the trim, in millimetres (GWG 2022 sheet-fed).
const SAFETY: f64 = 5.0;

pub(super) fn check(slot: &Slot, page: Size, number: usize, sources: &Sources, found: &mut Vec<Diagnostic>) {
    let lines = slot.lines();
    let tolerance = Abs::pt(TOLERANCE);
    let report = |diagnostic: Diagnostic| {
        let diagnostic = diagnostic.arg("block", Phrase::Block(slot.field.clone()));
        sources.locate(diagnostic, slot.person.as_deref(), &slot.field, number)
    };
    let below: Vec<_> = lines.iter().filter(|line| line.bottom() > slot.size.y + tolerance).collect();
    if !below.is_empty() {
        let characters: usize = below.iter().map(|line| line.characters()).sum();
        found
            .push(report(Diagnostic::new(Code::Overflow).arg("lines", below.len()).arg("chars", characters)));
    }
    let right = lines.iter().map(Line::right).max().unwrap_or_default();
    if right > slot.size.x + tolerance {
        let points = (right - slot.size.x).to_pt().ceil();
        found.push(report(Diagnostic::new(Code::TooWide).arg("points", points.to_string())));
    } else if below.is_empty() && near_trim(slot, &lines, page) {
        found.push(report(Diagnostic::new(Code::NearTrim)));
    }
}

fn near_trim(slot: &Slot, lines: &[Line], page: Size) -> bool {
    let safety = Abs::mm(SAFETY);
    lines.iter().any(|line| {
        let left = slot.origin.x + line.marks.first().map_or(safety, |mark| mark.x);
        let top = slot.origin.y + line.baseline - line.size;
        let right = slot.origin.x + line.right();
        let bottom = slot.origin.y + line.bottom();
        left < safety || top < safety || right > page.x - safety || bottom > page.y - safety
    })
}
