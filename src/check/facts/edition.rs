//! What the texts of the edition say of its persons and of itself: names, how
//! many there are, which round it is.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::{Entry, finding_in};
use super::almost::almost;
use super::amounts::amounts;
use super::told;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::load::Draft;
use crate::model::Booklet;

static CHOSEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("(?:评选|推选|遴选|选树|评|选)(?:出|产生)了?|产生了|收录了?|这").ok());
static ROUND: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("第([0-9]{1,2}|[一二三四五六七八九十]{1,3})届[“《]?([㐀-鿿]{4})").ok());

/// Bytes after “chosen” in which the number of persons stands.
const CLAUSE: usize = 60;
/// What is said where another round than this one is meant.
const OTHER_ROUND: &[&str] = &["首", "上", "历", "往", "继", "曾", "自", "从", "将", "启动", "年"];
/// Whom a book like this one tells of, right behind their number.
const PERSONS: &[&str] = &["书记", "获奖", "获评", "社区党组织书记", "社区书记", "优秀书记", "十佳"];

pub(super) fn check(draft: &Draft, booklet: &Booklet, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let document = &draft.booklet;
    let texts = told::edition(booklet);
    let all: HashSet<&str> = entries.iter().map(|e| e.profile.name.as_str()).collect();
    for (field, text) in &texts {
        for entry in entries {
            for (range, name) in almost(text, &entry.profile.name, &[], &all) {
                let found = finding_in(Code::EditionDiffers, document, field, range.clone());
                sink.push(found.arg("text", &text[range]).arg("why", Phrase::NearPerson(name)));
            }
        }
        // While persons are missing, how many there are is not known.
        let complete = entries.len() == booklet.order.len();
        if let Some(range) = complete.then(|| miscounted(text, entries.len())).flatten() {
            let found = finding_in(Code::EditionDiffers, document, field, range.clone());
            let count = Phrase::PersonsInBook(entries.len());
            sink.push(found.arg("text", &text[range]).arg("why", count));
        }
    }
    let title = format!("{}{}", booklet.title.concat(), booklet.subtitle.concat());
    let Some((_, round, words)) = rounds(&title).into_iter().next() else { return };
    let articles = entries.iter().flat_map(|entry| {
        let text = |(i, text)| (&draft.profiles[&entry.id], format!("article[{i}]"), text);
        entry.profile.article.iter().map(String::as_str).enumerate().map(text)
    });
    let texts = texts.iter().map(|(field, text)| (document, field.clone(), *text));
    for (document, field, text) in texts.chain(articles) {
        for (range, other, about) in rounds(text) {
            let before = &text[..range.start];
            let clause = &before[before.rfind(['，', '。', '；']).unwrap_or(0)..];
            let meant = OTHER_ROUND.iter().any(|word| clause.contains(word));
            if other != round && about == words && !meant {
                let found = finding_in(Code::EditionDiffers, document, &field, range.clone());
                sink.push(found.arg("text", &text[range]).arg("why", Phrase::RoundOfTitle(round.to_owned())));
            }
        }
    }
}

/// Where a text says that so many were chosen, and it is not how many there are.
fn miscounted(text: &str, count: usize) -> Option<Range<usize>> {
    let chosen = CHOSEN.iter().flat_map(|pattern| pattern.find_iter(text)).map(|found| found.end());
    let persons = |amount: &super::amounts::Amount| ["名", "位", "人"].contains(&amount.measure);
    let amounts: Vec<_> = amounts(text).into_iter().filter(persons).collect();
    chosen.into_iter().find_map(|end| {
        let next = amounts.iter().find(|amount| amount.range.start >= end)?;
        let near =
            next.range.start < end + CLAUSE && !text[end..next.range.start].contains(['。', '；', '，']);
        let behind = &text[next.range.end..];
        let about = PERSONS.iter().any(|word| behind.starts_with(word));
        let sentence = &text[..end];
        let sentence = &sentence[sentence.rfind(['。', '！', '？']).unwrap_or(0)..];
        let other = sentence.contains('届') || sentence.contains("候选");
        (near && about && !other && next.value != count as f64).then(|| next.range.clone())
    })
}

/// The rounds that a text names: where, which, and the words that follow.
fn rounds<'a>(text: &'a str) -> Vec<(Range<usize>, &'a str, &'a str)> {
    let captures = ROUND.iter().flat_map(|pattern| pattern.captures_iter(text));
    let round = |found: regex::Captures<'a>| {
        let (number, about) = (found.get(1)?, found.get(2)?);
        let range = number.start() - '第'.len_utf8()..number.end() + '届'.len_utf8();
        Some((range, number.as_str(), about.as_str()))
    };
    captures.filter_map(round).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_are_counted() {
        for text in ["评选出9名书记", "本书收录了12位书记的事迹", "这9位书记"] {
            assert!(miscounted(text, 10).is_some(), "{text}");
        }
        for text in [
            "评选出10名书记",
            "推选出20名候选人，最终评选出10名书记",
            "评选出优秀社区工作者50名、最美社区书记10名",
            "由当选的25名居民代表组成评审团",
            "第一届活动评选出8名书记，本届评选出10名书记",
            "这9位居民",
        ] {
            assert_eq!(miscounted(text, 10), None, "{text}");
        }
    }
}
