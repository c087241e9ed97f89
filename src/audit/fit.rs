//! Whether the text of each slot fits it, measured in lines and characters.

use typst::layout::Abs;

use super::Sources;
use super::slots::Slot;
use crate::diag::{Code, Diagnostic, Phrase};

/// Rounding that is no overflow, in points.
const TOLERANCE: f64 = 0.5;

pub(super) fn check(slot: &Slot, page: usize, sources: &Sources, found: &mut Vec<Diagnostic>) {
    let lines = slot.lines();
    let tolerance = Abs::pt(TOLERANCE);
    let report = |diagnostic: Diagnostic| {
        let diagnostic = diagnostic.arg("block", Phrase::Block(slot.field.clone()));
        sources.locate(diagnostic, slot.person.as_deref(), &slot.field, page)
    };
    let below: Vec<_> = lines.iter().filter(|line| line.bottom > slot.size.y + tolerance).collect();
    if !below.is_empty() {
        let characters: usize = below.iter().map(|line| line.characters).sum();
        found
            .push(report(Diagnostic::new(Code::Overflow).arg("lines", below.len()).arg("chars", characters)));
    }
    let right = lines.iter().map(|line| line.right).max().unwrap_or_default();
    if right > slot.size.x + tolerance {
        let points = (right - slot.size.x).to_pt().ceil();
        found.push(report(Diagnostic::new(Code::TooWide).arg("points", points.to_string())));
    }
}
