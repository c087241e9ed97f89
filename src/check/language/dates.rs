//! Dates and times that cannot be.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Hit, Text};
use crate::diag::{Code, Phrase};

static DATE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:([0-9]{4})年)?([0-9]{1,2})月(?:([0-9]{1,2})[日号])?").ok());
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(早上|上午|中午|下午|傍晚|晚上|夜里|凌晨|深夜|晚|早)?([0-9]{1,2})[时点:：](?:([0-9]{2})分?)?",
    )
    .ok()
});

/// Months beyond twelve, days that the month does not have, hours beyond 24.
pub(super) fn impossible(text: &Text) -> Vec<Hit> {
    let mut hits = Vec::new();
    if text.text.contains('月') {
        hits.extend(DATE.iter().flat_map(|pattern| dates(pattern, text.text)));
    }
    if text.text.contains(['时', '点', '分']) {
        hits.extend(TIME.iter().flat_map(|pattern| times(pattern, text.text)));
    }
    let hit = |(range, why)| Hit::new(Code::ImpossibleDate, text.text, range).phrase("why", why);
    hits.into_iter().map(hit).collect()
}

fn dates(pattern: &Regex, text: &str) -> Vec<(Range<usize>, Phrase)> {
    let mut found = Vec::new();
    for date in pattern.captures_iter(text) {
        let part = |n: usize| date.get(n).and_then(|part| part.as_str().parse::<u32>().ok());
        let (Some(whole), Some(month)) = (date.get(0), part(2)) else { continue };
        // 18月龄 and 3月期 are spans, and so is the end of a larger number.
        let before = text[..whole.start()].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_digit() || ".、～—-".contains(c)) {
            continue;
        }
        let span = text[whole.end()..].starts_with(['龄', '期']);
        match (month, part(3)) {
            (1..=12, Some(day)) if day == 0 || day > days(month, part(1)) => {
                found.push((
                    whole.range(),
                    Phrase::ShortMonth(month.to_string(), days(month, part(1)).to_string()),
                ));
            }
            (1..=12, _) => {}
            (_, day) if !span && (part(1).is_some() || day.is_some()) => {
                found.push((whole.range(), Phrase::NoSuchMonth))
            }
            _ => {}
        }
    }
    found
}

/// Days of a month; of February in a year that is not named, its most.
fn days(month: u32, year: Option<u32>) -> u32 {
    let leap = |year: u32| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if year.is_none_or(leap) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn times(pattern: &Regex, text: &str) -> Vec<(Range<usize>, Phrase)> {
    let mut found = Vec::new();
    for time in pattern.captures_iter(text) {
        let part = |n: usize| time.get(n).and_then(|part| part.as_str().parse::<u32>().ok());
        let (Some(whole), Some(hour)) = (time.get(0), part(2)) else { continue };
        let before = text[..whole.start()].chars().next_back();
        // 3:60 may be a score; a time of day says so, or has hours and minutes.
        let named = time.get(1).is_some();
        if !named || before.is_some_and(|c| c.is_ascii_digit()) {
            continue;
        }
        if hour > 24 || part(3).is_some_and(|minutes| minutes > 59) {
            found.push((whole.range(), Phrase::NoSuchTime));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> usize {
        impossible(&Text::alone(text)).len()
    }

    #[test]
    fn what_the_calendar_has_is_right() {
        for text in [
            "2024年2月29日",
            "12月31日",
            "2000年2月29日",
            "晚上24点",
            "18月龄",
            "2023年12月",
            "早上8时30分",
            "1—13月",
        ] {
            assert_eq!(wrong(text), 0, "{text}");
        }
        for text in [
            "2023年2月29日",
            "1900年2月29日",
            "4月31日",
            "2023年13月",
            "0月1日",
            "5月0日",
            "晚上25点",
            "下午3时75分",
        ] {
            assert_eq!(wrong(text), 1, "{text}");
        }
    }
}
