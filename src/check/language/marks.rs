//! Punctuation (GB/T 15834-2011): full-width, single, of the right shape.

use super::{Hit, Text, is_chinese, is_han, runs, windows};
use crate::diag::Code;

/// Half-width marks and what stands in Chinese text instead.
const FULL: &[(char, char)] =
    &[(',', '，'), (':', '：'), (';', '；'), ('?', '？'), ('!', '！'), ('(', '（'), (')', '）'), ('.', '。')];

/// The mark that stands in Chinese text instead of a half-width one.
pub(super) fn full(half: char) -> Option<char> {
    FULL.iter().find(|(known, _)| *known == half).map(|(_, full)| *full)
}

/// Half-width marks with Chinese on a side. Between digits or Latin letters
/// they stay: 3:2, 1,200, v2.0.
pub(super) fn half_width(text: &Text) -> Vec<Hit> {
    let hit = |(i, before, c, after): (usize, Option<char>, char, Option<char>)| {
        let full = full(c)?;
        let chinese = |c: Option<char>| c.is_some_and(is_chinese);
        let wrong = match c {
            // 1. at the start numbers a paragraph; 2.5 and v2.0 are Latin.
            '.' => {
                let ends = chinese(before)
                    && after != Some('.')
                    && !after.is_some_and(|c| c.is_ascii_alphanumeric());
                let numbering = text.text[..i].chars().all(|c| c.is_ascii_digit());
                ends || before != Some('.') && after.is_some_and(is_han) && !numbering
            }
            '(' if before.is_none() => true,
            _ => chinese(before) || chinese(after),
        };
        wrong.then(|| Hit::new(Code::HalfWidthMark, text.text, i..i + 1).arg("right", full))
    };
    windows(text.text).filter_map(hit).collect()
}

/// ASCII quotes; an apostrophe within a Latin word stays.
pub(super) fn straight_quotes(text: &Text) -> Vec<Hit> {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let wrong = |before, c, after| matches!(c, '"' | '`') || c == '\'' && !(latin(before) && latin(after));
    let hits = windows(text.text).filter(|&(_, before, c, after)| wrong(before, c, after));
    hits.map(|(i, ..)| Hit::new(Code::StraightQuote, text.text, i..i + 1)).collect()
}

/// Two stops in a row, also across a closing quote. Repeated ！ and ？ are
/// allowed (GB/T 15834, 4.3.3.3).
pub(super) fn doubled(text: &Text) -> Vec<Hit> {
    let stops = runs(text.text, |c| "，。、；：！？".contains(c));
    let doubled = stops.into_iter().filter(|run| {
        let run = &text.text[run.clone()];
        // 。。。 is an ellipsis gone wrong and told of there.
        run.chars().count() > 1 && run.contains(['，', '。', '、', '；', '：']) && !run.starts_with("。。。")
    });
    let quoted = text.text.match_indices("。”。").map(|(at, both)| at..at + both.len());
    doubled.chain(quoted).map(|run| Hit::new(Code::DoubledMark, text.text, run)).collect()
}

/// `...`, `。。。` or a single … for ……
pub(super) fn ellipsis(text: &Text) -> Vec<Hit> {
    let dots = |mark: char, wrong: fn(usize) -> bool| {
        let runs = runs(text.text, move |c| c == mark);
        runs.into_iter().filter(move |run| wrong(text.text[run.clone()].chars().count()))
    };
    let found = dots('…', |n| n != 2)
        .chain(dots('.', |n| n > 1))
        .chain(dots('。', |n| n > 2))
        .chain(dots('·', |n| n > 1))
        .chain(dots('⋯', |_| true))
        .chain(dots('‥', |_| true));
    found.map(|run| Hit::new(Code::WrongEllipsis, text.text, run)).collect()
}

/// `--`, a single —, or another line for ——. Between dates and numbers a single
/// — is a range (GB/T 15834, 4.13).
pub(super) fn dash(text: &Text) -> Vec<Hit> {
    let wrong = |run: &std::ops::Range<usize>| {
        let (before, after) =
            (text.text[..run.start].chars().next_back(), text.text[run.end..].chars().next());
        let piece = &text.text[run.clone()];
        match piece.chars().next() {
            Some('—') if piece.chars().count() == 1 => !after.is_some_and(|c| c.is_ascii_digit()),
            Some('—') => piece.chars().count() != 2,
            Some('-') => piece.len() > 1 || before.is_some_and(is_han) && after.is_some_and(is_han),
            _ => true,
        }
    };
    let lines = ['—', '-', '–', '―', '─', '━', '－', '‒', '‐', '‑', '−', '⸺', '⸻', 'ー'];
    let found = lines.iter().flat_map(|line| runs(text.text, |c| c == *line)).filter(wrong);
    found.map(|run| Hit::new(Code::WrongDash, text.text, run)).collect()
}

/// Look-alikes of the separator dot.
pub(super) fn middle_dot(text: &Text) -> Vec<Hit> {
    let dots = windows(text.text).filter(|(_, _, c, _)| "•‧∙⋅・･．●▪◦｡⸱᛫ꞏ∘".contains(*c));
    let hit = |(i, _, c, _): (usize, _, char, _)| {
        Hit::new(Code::WrongMiddleDot, text.text, i..i + c.len_utf8())
            .arg("point", format!("{:04X}", u32::from(c)))
    };
    dots.map(hit).collect()
}
