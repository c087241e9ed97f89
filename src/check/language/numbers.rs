//! Numerals (GB/T 15835-2011).

use super::{Hit, Text, runs};
use crate::diag::Code;

/// A year of two digits before a month or a part of the year: 24年5月, 24年底.
pub(super) fn short_year(text: &Text) -> Vec<Hit> {
    let digits = runs(text.text, |c| c.is_ascii_digit());
    let years = digits.iter().filter(|year| year.len() == 2).filter_map(|year| {
        let rest = text.text[year.end..].strip_prefix('年')?;
        let month = rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
        let dated = month.len() < rest.len() && month.starts_with('月');
        let part = rest.starts_with(['底', '初', '末', '度', '春', '夏', '秋', '冬']) && !is_word(rest);
        let end = text.text.len() - if dated { month.len() - '月'.len_utf8() } else { rest.len() };
        (dated || part).then_some(year.start..end)
    });
    years.map(|year| Hit::new(Code::ShortYear, text.text, year)).collect()
}

/// Words after a number of years: 24年初心不改, 24年底蕴, 15年春夏秋冬.
fn is_word(rest: &str) -> bool {
    [
        "初心", "初衷", "初级", "底蕴", "底气", "底子", "底色", "末端", "度过", "春夏", "春秋", "冬夏",
        "冬奥", "如",
    ]
    .iter()
    .any(|word| rest.starts_with(word))
}

/// What is counted or measured from so many to so many.
const COUNTED: &str = "人名位户家个次项件条年月日天周时分秒元万亿千百米公里吨斤克亩岁场种度倍层楼页";

/// 100-150人, 10%-20%: a hyphen between two amounts, as no telephone number,
/// room, score, standard or aircraft has.
pub(super) fn hyphen_range(text: &Text) -> Vec<Hit> {
    let amount = |part: &str| {
        let number = part.strip_suffix('%').unwrap_or(part);
        !number.is_empty() && number.len() < 8 && !number.contains('%')
    };
    let range = |group: &std::ops::Range<usize>| {
        let parts: Vec<_> = text.text[group.clone()].split('-').collect();
        let before = text.text[..group.start].trim_end().chars().next_back();
        let named = before.is_some_and(|c| c.is_ascii_alphanumeric() || ":/.".contains(c));
        let place = text.text[group.end..].starts_with(|c: char| "室号楼座栋幢型".contains(c) || c == ':');
        let telephone = parts[0].starts_with('0') && parts[0].len() > 2 && !parts[0].contains('.');
        let percent = parts.iter().any(|part| part.ends_with('%'));
        let counted = text.text[group.end..].starts_with(|c: char| COUNTED.contains(c) || "℃°".contains(c));
        parts.len() == 2
            && parts.iter().all(|p| amount(p))
            && (percent || counted)
            && !named
            && !place
            && !telephone
    };
    let groups = runs(text.text, |c| c.is_ascii_digit() || "-.,%".contains(c));
    groups.into_iter().filter(range).map(|group| Hit::new(Code::HyphenRange, text.text, group)).collect()
}

/// 3、4个: neighbouring digits for an approximate number.
pub(super) fn approximate(text: &Text) -> Vec<Hit> {
    let digits = runs(text.text, |c| c.is_ascii_digit());
    let pairs = digits.iter().zip(digits.iter().skip(1)).filter_map(|(low, high)| {
        let value =
            |r: &std::ops::Range<usize>| text.text[r.clone()].parse::<u8>().ok().filter(|_| r.len() == 1);
        let next = text.text[high.end..].chars().next()?;
        let listed = text.text[..low.start].ends_with('、') || "号、月层楼".contains(next);
        let close = !listed && &text.text[low.end..high.start] == "、" && value(low)? + 1 == value(high)?;
        (close && super::is_han(next)).then(|| low.start..high.end + next.len_utf8())
    });
    pairs.map(|pair| Hit::new(Code::ApproximateDigits, text.text, pair)).collect()
}
