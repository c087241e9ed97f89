//! Amounts in a text: a number, its measure word, and the words about it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::language::is_han;

static AMOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(近|约|超过|超|逾|上|数)?([0-9]+(?:[, ][0-9]{3})*(?:\.[0-9]+)?|[〇零一二三四五六七八九十百千两]+)(百|千|万|亿)?(余|多|几)?(万|亿)?",
        "(平方米|公里|人次|小时|周年|万元|元|个|年|名|人|位|户|家|支|队|场|次|件|起|项|条|种|处|座|栋|幢|间|台|辆|部|盏",
        "|棵|张|篇|册|本|份|亩|届|岁)"
    ))
    .ok()
});

/// Most characters of the words on either side.
const WORDS: usize = 6;
/// What stands between the words and the number and says nothing.
const FILLERS: &str = "了共达约近超有为计过的已就仅总";

/// An amount and the words right before and after it.
#[derive(Debug)]
pub(super) struct Amount<'a> {
    pub(super) range: Range<usize>,
    pub(super) value: f64,
    /// Whether it is about so many: 近, 约, 余, 多.
    pub(super) vague: bool,
    pub(super) measure: &'a str,
    pub(super) before: Vec<char>,
    pub(super) after: Vec<char>,
}

/// The amounts of a text that are counts: no ordinals, no years of the calendar,
/// no small numbers in Han, which are words: 一个, 两次.
pub(super) fn amounts(text: &str) -> Vec<Amount<'_>> {
    AMOUNT
        .iter()
        .flat_map(|pattern| pattern.captures_iter(text))
        .filter_map(|found| amount(text, &found))
        .collect()
}

fn amount<'a>(text: &'a str, found: &regex::Captures<'a>) -> Option<Amount<'a>> {
    let (whole, number, measure) = (found.get(0)?, found.get(2)?, found.get(6)?);
    let before = &text[..whole.start()];
    let ordinal = before.ends_with(|c: char| c == '第' || c.is_ascii_digit() || ".—～-~–/".contains(c));
    // A threshold or a term of a rule is no count.
    let behind = text[whole.end()..].trim_start_matches('的');
    let rule = ["以上", "以下", "以内", "罚款"].iter().any(|word| behind.starts_with(word))
        || before.ends_with('起');
    let scale = |group| match found.get(group).map(|scale: regex::Match| scale.as_str()) {
        Some("百") => 1e2,
        Some("千") => 1e3,
        Some("万") => 1e4,
        Some("亿") => 1e8,
        _ => 1.0,
    };
    let digits = number.as_str().starts_with(|c: char| c.is_ascii_digit());
    let value =
        if digits { number.as_str().replace([',', ' '], "").parse().ok()? } else { in_han(number.as_str())? };
    let value = value * scale(3) * scale(5);
    let calendar = measure.as_str() == "年" && digits && number.len() == 4;
    // 千家万户 and 百家事 count nothing.
    let figure_of_speech = number.as_str().chars().all(|c| "十百千万亿".contains(c)) && value > 10.0;
    (!ordinal && !rule && !figure_of_speech && !calendar && (digits || value >= 10.0)).then(|| Amount {
        range: whole.range(),
        value,
        vague: found.get(1).is_some() || found.get(4).is_some(),
        measure: measure.as_str(),
        before: nearest(before.trim_end_matches(|c| FILLERS.contains(c)).chars().rev()),
        after: nearest(text[whole.end()..].trim_start_matches(['的', '“', '《']).chars()),
    })
}

/// The Han up to the next mark.
fn nearest(text: impl Iterator<Item = char>) -> Vec<char> {
    text.filter(|c| !"“”《》".contains(*c)).take_while(|c| is_han(*c)).take(WORDS).collect()
}

/// A number in Han.
fn in_han(number: &str) -> Option<f64> {
    let digit = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).map(|d| d as f64);
    let (mut sum, mut last) = (0.0, None);
    for c in number.chars() {
        let unit = match c {
            '十' => 10.0,
            '百' => 100.0,
            '千' => 1000.0,
            _ => {
                // 二三十 is about so many, and 二〇二四 is a year.
                let value = digit(if c == '两' {
                    '二'
                } else if c == '〇' {
                    '零'
                } else {
                    c
                })?;
                if last.is_some_and(|last| last > 0.0) {
                    return None;
                }
                last = Some(value);
                continue;
            }
        };
        sum += last.take().unwrap_or(1.0) * unit;
    }
    Some(sum + last.unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_value_measure_and_words() {
        let read = |text| {
            amounts(text).into_iter().map(|a| (a.value, a.measure.to_owned(), a.vague)).collect::<Vec<_>>()
        };
        assert_eq!(read("安装路灯20盏"), [(20.0, "盏".into(), false)]);
        assert_eq!(read("近1.5万余人次"), [(15_000.0, "人次".into(), true)]);
        assert_eq!(read("居民3 862户"), [(3862.0, "户".into(), false)]);
        assert_eq!(read("千家万户、百家事"), []);
        assert_eq!(read("二十一年如一日"), [(21.0, "年".into(), false)]);
        assert_eq!(read("第3届、2024年、一个、5—6元、二三十名"), []);
        let one = &amounts("他安装了路灯共20盏的")[0];
        assert_eq!((one.before.iter().collect::<String>(), one.after.len()), ("灯路了装安他".into(), 0));
    }
}
