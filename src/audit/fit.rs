//! Whether the text of each slot fits it, measured in lines and characters,
//! and keeps clear of the trim.

use typst::layout::{Abs, Frame};

use super::Trace;
use super::slots::{self, Line, Slot};
use crate::diag::{Code, Diagnostic, Phrase};

/// Rounding that is no overflow, in points.
const TOLERANCE: f64 = 0.5;
/// Text larger than this is decoration, like the monogram, in points.
const DECORATION: f64 = 100.0;

pub(super) fn check(slot: &Slot, number: usize, sources: &Trace, found: &mut Vec<Diagnostic>) {
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
    }
}

/// Text anywhere on a page that leaves it or comes too near the trim, in a slot
/// or not.
pub(super) fn outside(
    frame: &Frame,
    person: Option<&str>,
    number: usize,
    sources: &Trace,
    found: &mut Vec<Diagnostic>,
) {
    let safety = Abs::mm(sources.safety.0);
    let size = frame.size();
    for (at, run) in slots::texts(frame) {
        if run.size > Abs::pt(DECORATION) {
            continue;
        }
        let (left, right) = (at.x, at.x + run.width());
        let (top, bottom) = (at.y - run.size * 0.88, at.y + run.size * 0.12);
        if left < safety || top < safety || right > size.x - safety || bottom > size.y - safety {
            let diagnostic = Diagnostic::new(Code::OutsideSlots)
                .arg("text", run.text.chars().take(12).collect::<String>())
                .arg("mm", sources.safety.0.to_string());
            found.push(sources.locate(diagnostic, person, "", number));
            return;
        }
    }
}
