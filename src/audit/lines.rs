//! The lines of articles and headlines against the rules of Chinese setting:
//! proved on the frames, not trusted.

use typst::layout::{Abs, Em};

use super::Trace;
use super::slots::{Line, Slot};
use crate::diag::{Code, Diagnostic};
use crate::view::{may_end, may_start, parts};

/// Fields of continuous text, and of display lines that were broken before.
const PROSE: &[&str] = &["article", "paragraphs"];
const DISPLAY: &[&str] = &["headline", "quote", "subtitle", "back", "caption"];
/// Marks whose width is watched.
const STOPS: &str = "，。、；：！？·";
/// Narrowest mark within a line, of its own width: the marks of a full square
/// are 0.6 em wide at least, the dot, which is half a square, 0.45 em.
const NARROWEST: &[(&str, f64)] = &[("·", 0.45), (STOPS, 0.6)];
/// Widest pitch of Han, in em.
const WIDEST: f64 = 1.06;
/// Widest space between Latin words, in em: three times that of the faces.
const WIDEST_SPACE: f64 = 0.75;
/// How much longer one headline line may be than another.
const UNEVEN: f64 = 2.0;
/// Rounding of baselines, in points.
const OFF_GRID: f64 = 0.05;

pub(super) fn check(slot: &Slot, number: usize, sources: &Trace, found: &mut Vec<Diagnostic>) {
    let is = |fields: &[&str]| slot.field.rsplit('.').next().is_some_and(|field| fields.contains(&field));
    let (prose, headline) = (is(PROSE), slot.field == "headline");
    if !prose && !is(DISPLAY) {
        return;
    }
    let lines = slot.lines();
    let mut report = |code, text: String| {
        let diagnostic = Diagnostic::new(code).arg("text", text);
        found.push(sources.locate(diagnostic, slot.person.as_deref(), &slot.field, number));
    };
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.characters() > 0) {
        let text = line.text();
        let first = if prose { starts_paragraph(line) } else { i == 0 };
        if !may_start(&text, first) || !may_end(&text) {
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
    }
    if !prose {
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
    let start = before.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
    parts(&before, &after).then(|| (both[start..].chars().take(8).collect(), false))
}

/// The first mark within the line that is squeezed though no mark is beside it.
fn squeezed(line: &Line) -> Option<String> {
    let beside = |c: char| STOPS.contains(c) || "“”‘’（）《》".contains(c);
    let least = |c: char| NARROWEST.iter().find(|(marks, _)| marks.contains(c)).map(|(_, least)| *least);
    let narrow = line.marks.windows(3).find(|w| {
        let alone = !beside(w[0].c) && !beside(w[2].c);
        alone && least(w[1].c).is_some_and(|least| w[1].advance < Em::new(least))
    });
    narrow.map(|w| w.iter().map(|mark| mark.c).collect())
}

/// Whether the line's Han stand too far apart, or the words of one that has none.
fn loose(line: &Line) -> bool {
    let han = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
    let pairs = line.marks.windows(2).filter(|w| han(w[0].c) && han(w[1].c));
    let pitches: Vec<f64> = pairs.map(|w| (w[1].x - w[0].x) / w[0].size).collect();
    if !pitches.is_empty() {
        return mean(&pitches) > WIDEST;
    }
    let spaces = line.marks.windows(2).filter(|w| w[0].c == ' ').map(|w| w[0].advance.get());
    let spaces: Vec<f64> = spaces.collect();
    !spaces.is_empty() && mean(&spaces) > WIDEST_SPACE
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
