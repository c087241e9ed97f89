//! One way of writing amounts throughout a book (GB/T 15835-2011, 4).

use std::ops::Range;

use super::super::{Entry, finding_in};
use crate::diag::{Code, Diagnostic};
use crate::load::Draft;

const HAN_DIGITS: &str = "一二三四五六七八九十百千万两零";
const MEASURES: &str = "人对个名位户家支场次件起项条种面处所座栋间套台辆部块张篇册本份封元米亩吨";

/// Amounts from eleven up in Han, in a book that writes such amounts in digits.
pub(super) fn check(draft: &Draft, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let articles =
        || entries.iter().flat_map(|e| e.profile.article.iter().enumerate().map(move |(i, p)| (e, i, p)));
    if !articles().any(|(_, _, paragraph)| has_digits(paragraph)) {
        return;
    }
    for (entry, i, paragraph) in articles() {
        for range in in_han(paragraph) {
            let document = &draft.profiles[&entry.id];
            let found = finding_in(Code::MixedNumerals, document, &format!("article[{i}]"), range.clone());
            sink.push(found.arg("text", &paragraph[range]));
        }
    }
}

fn has_digits(text: &str) -> bool {
    let after = |n: usize, rest: &str| n > 1 && rest.starts_with(|c| MEASURES.contains(c));
    let mut digits = 0;
    text.char_indices().any(|(at, c)| {
        let hit = after(digits, &text[at..]);
        digits = if c.is_ascii_digit() { digits + 1 } else { 0 };
        hit
    })
}

fn in_han(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        if HAN_DIGITS.contains(c) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            let number = &text[from..at];
            let digits: Vec<bool> = number.chars().map(|c| "一二三四五六七八九两".contains(c)).collect();
            // 二三十, 十七八 and 三五十 are approximate; 千万家 is many, and round
            // tens of thousands are written either way (GB/T 15835, 4.2.4).
            let approximate = digits.windows(2).any(|pair| pair[0] && pair[1]);
            let large = number.contains(['十', '百', '千', '万'])
                && number.chars().count() > 1
                && digits.contains(&true)
                && !approximate
                && !number.contains('万');
            let ordinal = text[..from].ends_with(['第', '数', '几', '近', '上']);
            // Terms and spans of time are no counts: “十四个坚持”, 十二个月.
            let rest = &text[at..];
            let quoted = text[..from].ends_with('“');
            let span = ["个月", "个百分点", "个小时", "个半"].iter().any(|span| rest.starts_with(span));
            if large && !ordinal && !quoted && !span && MEASURES.contains(c) {
                found.push(from..at + c.len_utf8());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_from_other_words() {
        assert_eq!(in_han("共二十五名党员").first(), Some(&(3..15)));
        for text in [
            "四个小组",
            "十几年如一日",
            "第十二个",
            "百余次",
            "十年如一日",
            "三讲工作法",
            "走进千万家",
            "二三十名",
            "十七八个",
        ] {
            assert!(in_han(text).is_empty(), "{text}");
        }
        assert!(has_digits("25名") && !has_digits("5名") && !has_digits("2024年"));
    }
}
