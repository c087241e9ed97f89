//! Punctuation (GB/T 15834-2011): full-width, single, of the right shape.

use super::{Hit, Text, is_chinese, is_han, is_mark, runs, windows};
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
                let numbering = numbers(&text.text[..i]);
                ends || before != Some('.') && after.is_some_and(is_han) && !numbering
            }
            '(' if before.is_none() => true,
            // “Good!” is Latin to its end.
            '!' | '?' | ',' if matches!(after, Some('”' | '’')) => chinese(before),
            _ => chinese(before) || chinese(after),
        };
        wrong.then(|| Hit::new(Code::HalfWidthMark, text.text, i..i + 1).arg("right", full))
    };
    windows(text.text).filter_map(hit).collect()
}

/// Whether a text ends in the number or letter of a list: at its start, or after
/// a mark.
fn numbers(before: &str) -> bool {
    let listed = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let listed = if listed.len() == before.len() {
        before.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(before)
    } else {
        listed
    };
    listed.len() < before.len() && listed.chars().next_back().is_none_or(is_mark)
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

/// What begins the words after a dash, not a name that is joined to another.
const AFTER_DASH: &str = "让是即也就那这我他她它你您从把为在不有一以对将用被给都才要会能可只还又再最请谁哪怎";
/// What ends the words before a dash.
const BEFORE_DASH: &str = "的了着过是吗呢吧啊";

/// `--`, a single —, or another line for ——. Between words and numbers a single
/// — or a hyphen connects: 中国—东盟, 吐鲁番-哈密 (GB/T 15834, 4.13).
pub(super) fn dash(text: &Text) -> Vec<Hit> {
    let wrong = |run: &std::ops::Range<usize>| {
        let (before, after) =
            (text.text[..run.start].chars().next_back(), text.text[run.end..].chars().next());
        let piece = &text.text[run.clone()];
        let word = |c: Option<char>| {
            c.is_some_and(|c| is_han(c) || c.is_alphanumeric() || "“”《》（）%℃‰".contains(c))
        };
        let words = word(before) && word(after);
        let clauses =
            before.is_some_and(|c| BEFORE_DASH.contains(c)) || after.is_some_and(|c| AFTER_DASH.contains(c));
        match piece.chars().next() {
            Some('—') if piece.chars().count() == 1 => !words || clauses,
            Some('—') => piece.chars().count() != 2,
            Some('-') if piece.len() == 1 => {
                let han = |c: Option<char>| c.is_some_and(is_han);
                han(before) && han(after) && clauses
            }
            Some('－') if piece.chars().count() == 1 => !words || clauses,
            // The sign of a number: −5℃.
            Some('−') if piece.chars().count() == 1 => !after.is_some_and(|c| c.is_ascii_digit()),
            _ => true,
        }
    };
    let lines = ['—', '-', '–', '―', '─', '━', '－', '‒', '‐', '‑', '−', '⸺', '⸻', 'ー'];
    let found = lines.iter().flat_map(|line| runs(text.text, |c| c == *line)).filter(wrong);
    found.map(|run| Hit::new(Code::WrongDash, text.text, run)).collect()
}

/// Look-alikes of the separator dot.
pub(super) fn middle_dot(text: &Text) -> Vec<Hit> {
    let dots = windows(text.text).filter(|(at, _, c, _)| {
        "•‧∙⋅・･．●▪◦｡⸱᛫ꞏ∘".contains(*c) && !(*c == '．' && numbers(&text.text[..*at]))
    });
    let hit = |(i, _, c, _): (usize, _, char, _)| {
        Hit::new(Code::WrongMiddleDot, text.text, i..i + c.len_utf8())
            .arg("point", format!("{:04X}", u32::from(c)))
    };
    dots.map(hit).collect()
}
