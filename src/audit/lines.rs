//! The lines of articles and headlines against the rules of Chinese setting:
//! proved on the frames, not trusted.

use typst::layout::{Abs, Em};

use super::Trace;
use super::slots::{Line, Slot};
use crate::diag::{Code, Diagnostic};
use crate::view::continues_number;

/// May not start a line (GB/T 15834-2011, 5.1.1–7; CLREQ 3.1.3).
const NO_START: &str = "，。、；：！？”’）》〉】…—·～%";
/// May not end a line.
const NO_END: &str = "“‘（《〈【";
/// Marks whose width is watched.
const STOPS: &str = "，。、；：！？";
/// Narrowest mark within a line, in em.
const NARROWEST: f64 = 0.6;
/// Widest pitch of Han, in em.
const WIDEST: f64 = 1.06;
/// How much longer one headline line may be than another.
const UNEVEN: f64 = 2.0;
/// Rounding of baselines, in points.
const OFF_GRID: f64 = 0.05;

pub(super) fn check(slot: &Slot, number: usize, sources: &Trace, found: &mut Vec<Diagnostic>) {
    let (article, headline) = (slot.field == "article", slot.field == "headline");
    if !article && !headline {
        return;
    }
    let lines = slot.lines();
    let mut report = |code, text: String| {
        let diagnostic = Diagnostic::new(code).arg("text", text);
        found.push(sources.locate(diagnostic, slot.person.as_deref(), &slot.field, number));
    };
    for line in lines.iter().filter(|line| line.characters() > 0) {
        let text = line.text();
        if text.starts_with(|c| NO_START.contains(c)) || text.ends_with(|c| NO_END.contains(c)) {
            report(Code::LineBan, text);
        }
    }
    for pair in lines.windows(2) {
        let name = sources.name(slot.person.as_deref());
        if let Some(phrase) = broken(&pair[0], &pair[1], name, sources.phrases) {
            report(if phrase.1 { Code::NameBroken } else { Code::PhraseBroken }, phrase.0);
        }
    }
    if headline {
        let widths = || lines.iter().map(|line| line.right().to_pt());
        if widths().fold(0.0, f64::max) > UNEVEN * widths().fold(f64::MAX, f64::min) {
            report(Code::UnevenHeadline, lines.iter().map(Line::text).collect::<Vec<_>>().join(" / "));
        }
        if let Some(short) = lines.iter().find(|line| lines.len() > 1 && line.characters() < 3) {
            report(Code::ShortLastLine, short.text());
        }
        return;
    }
    let pitch = lines.get(1).map_or(Abs::zero(), |second| second.baseline - lines[0].baseline);
    // Blank lines are whole ones.
    let off = |pair: &[Line]| {
        let (step, pitch) = ((pair[1].baseline - pair[0].baseline).to_pt(), pitch.to_pt());
        pitch <= 0.0 || (step - (step / pitch).round().max(1.0) * pitch).abs() > OFF_GRID
    };
    if lines.windows(2).any(off) {
        report(Code::OffGrid, lines.first().map(Line::text).unwrap_or_default());
    }
    for (i, line) in lines.iter().enumerate() {
        let ends = lines.get(i + 1).is_none_or(starts_paragraph);
        if ends && !starts_paragraph(line) && line.text().chars().filter(|c| !STOPS.contains(*c)).count() < 2
        {
            report(Code::ShortLastLine, line.text());
        }
        if let Some(text) = squeezed(line) {
            report(Code::NarrowMark, text);
        }
        if !ends && loose(line) {
            report(Code::LooseLine, line.text());
        }
    }
}

/// A first line is indented.
pub(super) fn starts_paragraph(line: &Line) -> bool {
    line.marks.first().is_some_and(|mark| mark.x > line.size)
}

/// The phrase that two lines part, and whether it is the person's name.
fn broken(first: &Line, second: &Line, name: Option<&str>, phrases: &[String]) -> Option<(String, bool)> {
    let (before, after) = (first.text(), second.text());
    let both = format!("{before}{after}");
    if starts_paragraph(second) {
        return None;
    }
    let parted = |phrase: &&str| {
        both.match_indices(*phrase).any(|(at, _)| at < before.len() && at + phrase.len() > before.len())
    };
    if let Some(name) = name.filter(parted) {
        return Some((name.into(), true));
    }
    if let Some(phrase) = phrases.iter().map(String::as_str).find(parted) {
        return Some((phrase.into(), false));
    }
    let digit = before.ends_with(|c: char| c.is_ascii_digit());
    (digit && continues_number(&after)).then(|| {
        (both[before.floor_char_boundary(before.len().saturating_sub(4))..].chars().take(8).collect(), false)
    })
}

/// The first mark within the line that is squeezed though no mark is beside it.
fn squeezed(line: &Line) -> Option<String> {
    let beside = |c: char| STOPS.contains(c) || "“”‘’（）《》".contains(c);
    let inner =
        line.marks.windows(3).filter(|w| STOPS.contains(w[1].c) && !beside(w[0].c) && !beside(w[2].c));
    let narrow = inner.into_iter().find(|w| w[1].advance < Em::new(NARROWEST));
    narrow.map(|w| w.iter().map(|mark| mark.c).collect())
}

/// Whether the line's Han stand too far apart.
fn loose(line: &Line) -> bool {
    let han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
    let pairs = line.marks.windows(2).filter(|w| han(w[0].c) && han(w[1].c));
    let advances: Vec<f64> = pairs.map(|w| (w[1].x - w[0].x) / w[0].size).collect();
    !advances.is_empty() && advances.iter().sum::<f64>() / advances.len() as f64 > WIDEST
}
