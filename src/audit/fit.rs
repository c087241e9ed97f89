//! Whether the text of each slot fits it, measured in lines and characters,
//! and keeps clear of the trim.

use typst::foundations::Smart;
use typst::layout::{Abs, Frame};

use super::Trace;
use super::lines;
use super::sheet::{Sheet, What};
use super::slots::{Line, Slot};
use crate::diag::{Code, Diagnostic, Phrase};

/// Rounding that is no overflow, in points.
const TOLERANCE: f64 = 0.5;
/// Text larger than this is decoration, like the monogram, in points.
const DECORATION: f64 = 100.0;

/// `place` is the field, or the item of it that this slot is for.
pub(super) fn check(slot: &Slot, place: &str, number: usize, sources: &Trace, found: &mut Vec<Diagnostic>) {
    let lines = slot.lines();
    let tolerance = Abs::pt(TOLERANCE);
    let report = |diagnostic: Diagnostic| {
        let diagnostic = diagnostic.arg("block", Phrase::Block(super::data_field(&slot.field)));
        sources.locate(diagnostic, slot.person.as_deref(), place, number)
    };
    let is_below = |line: &&Line| line.bottom() > slot.size.y + tolerance;
    let below = lines.iter().filter(is_below).count();
    if below > 0 {
        let (characters, advice) = if slot.field == "article" {
            let cuts = cuts(&lines, below);
            let characters: usize = cuts.iter().map(|(_, characters)| characters).sum();
            (characters, Phrase::Cut { cuts, tighter: sources.fits_tighter(&lines, slot.size) })
        } else {
            let below = lines.iter().filter(is_below).map(Line::characters).sum();
            let fits = lines.iter().map(Line::characters).max().unwrap_or_default();
            let more = sources.beyond(slot.person.as_deref(), &slot.field, fits).unwrap_or(below);
            (more, Phrase::Shorten { fits, two: false })
        };
        let overflow = Diagnostic::new(Code::Overflow).arg("lines", below).arg("chars", characters);
        found.push(report(overflow.arg("advice", advice)));
    }
    let widest = lines.iter().max_by_key(|line| line.right());
    if let Some(line) = widest.filter(|line| line.right() > slot.size.x + tolerance) {
        let fits = line.fits(slot.size.x);
        let more = line.characters().saturating_sub(fits).max(1);
        let two = ["headline", "title", "subtitle"].contains(&slot.field.as_str());
        let wide = Diagnostic::new(Code::TooWide).arg("chars", more).arg("shown", line.text());
        found.push(report(wide.arg("advice", Phrase::Shorten { fits, two })));
    }
}

/// Where the fewest characters make the text so many lines shorter: paragraphs,
/// from 1, and characters. The last line of a paragraph goes first; one
/// character more makes sure that it does, whatever mark comes to its end.
fn cuts(lines: &[Line], wanted: usize) -> Vec<(usize, usize)> {
    let mut paragraphs: Vec<Vec<usize>> = Vec::new();
    for line in lines {
        match paragraphs.last_mut().filter(|_| !lines::starts_paragraph(line)) {
            Some(paragraph) => paragraph.push(line.characters()),
            None => paragraphs.push(vec![line.characters()]),
        }
    }
    let mut cuts = vec![0; paragraphs.len()];
    for _ in 0..wanted {
        // A paragraph keeps its first line.
        let next = paragraphs.iter().enumerate().filter(|(_, lines)| lines.len() > 1);
        let Some((shortest, _)) = next.min_by_key(|(_, lines)| lines.last().copied()) else { break };
        cuts[shortest] += paragraphs[shortest].pop().unwrap_or_default();
    }
    let cuts = cuts.into_iter().enumerate().filter(|(_, characters)| *characters > 0);
    cuts.map(|(i, characters)| (i + 1, characters + 1)).collect()
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
    let safety = sources.safety.pt();
    let sheet = Sheet::new(frame, &Smart::Auto);
    for item in &sheet.items {
        let What::Words { run, size, .. } = &item.what else { continue };
        let area = item.area;
        let near = area.left < sheet.trim.left + safety
            || area.top < sheet.trim.top + safety
            || area.right > sheet.trim.right - safety
            || area.bottom > sheet.trim.bottom - safety;
        if *size <= DECORATION && near {
            let diagnostic = Diagnostic::new(Code::OutsideSlots)
                .arg("text", run.text.chars().take(12).collect::<String>())
                .arg("mm", sources.safety.0.to_string());
            found.push(sources.locate(diagnostic, person, "", number));
            return;
        }
    }
}
