//! Punctuation (GB/T 15834-2011): full-width, single, of the right shape.

use super::{Hit, Text, is_chinese, is_han, runs, windows};
use crate::diag::Code;

/// Half-width marks and what stands in Chinese text instead.
const FULL: &[(char, char)] =
    &[(',', '，'), (':', '：'), (';', '；'), ('?', '？'), ('!', '！'), ('(', '（'), (')', '）'), ('.', '。')];

/// Half-width marks with Chinese on a side. Between digits or Latin letters
/// they stay: 3:2, 1,200, v2.0.
pub(super) fn half_width(text: &Text) -> Vec<Hit> {
    let hit = |(i, before, c, after): (usize, Option<char>, char, Option<char>)| {
        let (_, full) = FULL.iter().find(|(half, _)| *half == c)?;
        let chinese = |c: Option<char>| c.is_some_and(is_chinese);
        let wrong = match c {
            // A dot after a digit or letter may end a number or a Latin word.
            '.' => {
                before.is_some_and(is_han)
                    && after != Some('.')
                    && !after.is_some_and(|c| c.is_ascii_alphanumeric())
            }
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

/// Two stops in a row. Repeated ！ and ？ are allowed (GB/T 15834, 4.3.3.3).
pub(super) fn doubled(text: &Text) -> Vec<Hit> {
    let stops = runs(text.text, |c| "，。、；：".contains(c));
    let doubled = stops.into_iter().filter(|run| text.text[run.clone()].chars().count() > 1);
    // 。。。 is an ellipsis gone wrong and told of there.
    let doubled = doubled.filter(|run| !text.text[run.clone()].starts_with("。。。"));
    doubled.map(|run| Hit::new(Code::DoubledMark, text.text, run)).collect()
}

/// `...`, `。。。` or a single … for ……
pub(super) fn ellipsis(text: &Text) -> Vec<Hit> {
    let dots = |mark: char, wrong: fn(usize) -> bool| {
        let runs = runs(text.text, move |c| c == mark);
        runs.into_iter().filter(move |run| wrong(text.text[run.clone()].chars().count()))
    };
    let found = dots('…', |n| n != 2)
        .chain(dots('.', |n| n > 2))
        .chain(dots('。', |n| n > 2))
        .chain(dots('⋯', |_| true));
    found.map(|run| Hit::new(Code::WrongEllipsis, text.text, run)).collect()
}

/// `--`, a single —, or another line for ——
pub(super) fn dash(text: &Text) -> Vec<Hit> {
    let wrong = |piece: &str| match piece.chars().next() {
        Some('—') => piece.chars().count() != 2,
        Some('-') => piece.len() > 1,
        _ => true,
    };
    let lines = ['—', '-', '–', '―', '─', '－', '‒', '‐', '‑', 'ー'];
    let found = lines.iter().flat_map(|line| runs(text.text, |c| c == *line));
    let found = found.filter(|run| wrong(&text.text[run.clone()]));
    found.map(|run| Hit::new(Code::WrongDash, text.text, run)).collect()
}

/// Look-alikes of the separator dot.
pub(super) fn middle_dot(text: &Text) -> Vec<Hit> {
    let dots = windows(text.text).filter(|(_, _, c, _)| "•‧∙⋅・･．●".contains(*c));
    let hit = |(i, _, c, _): (usize, _, char, _)| {
        Hit::new(Code::WrongMiddleDot, text.text, i..i + c.len_utf8())
            .arg("point", format!("{:04X}", u32::from(c)))
    };
    dots.map(hit).collect()
}
