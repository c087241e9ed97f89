//! Numerals (GB/T 15835-2011).

use super::{Hit, Text, runs};
use crate::diag::Code;

/// A year of two digits before a month: 24年5月.
pub(super) fn short_year(text: &Text) -> Vec<Hit> {
    let digits = runs(text.text, |c| c.is_ascii_digit());
    let years = digits.iter().zip(digits.iter().skip(1)).filter(|(year, month)| {
        year.len() == 2
            && &text.text[year.end..month.start] == "年"
            && text.text[month.end..].starts_with('月')
    });
    years
        .map(|(year, month)| Hit::new(Code::ShortYear, text.text, year.start..month.end + '月'.len_utf8()))
        .collect()
}

/// 100-150: one hyphen between two numbers, as no telephone number or date has.
pub(super) fn hyphen_range(text: &Text) -> Vec<Hit> {
    let groups = runs(text.text, |c| c.is_ascii_digit() || c == '-' || c == '.');
    let range = |piece: &str| {
        let parts: Vec<_> = piece.split('-').collect();
        parts.len() == 2 && parts.iter().all(|p| !p.is_empty() && p.len() < 7) && !piece.starts_with('0')
    };
    groups
        .into_iter()
        .filter(|g| range(&text.text[g.clone()]))
        .map(|g| Hit::new(Code::HyphenRange, text.text, g))
        .collect()
}

/// 3、4个: neighbouring digits for an approximate number.
pub(super) fn approximate(text: &Text) -> Vec<Hit> {
    let digits = runs(text.text, |c| c.is_ascii_digit());
    let pairs = digits.iter().zip(digits.iter().skip(1)).filter_map(|(low, high)| {
        let value =
            |r: &std::ops::Range<usize>| text.text[r.clone()].parse::<u8>().ok().filter(|_| r.len() == 1);
        let next = text.text[high.end..].chars().next()?;
        let close = &text.text[low.end..high.start] == "、" && value(low)? + 1 == value(high)?;
        (close && super::is_han(next)).then(|| low.start..high.end + next.len_utf8())
    });
    pairs.map(|pair| Hit::new(Code::ApproximateDigits, text.text, pair)).collect()
}
