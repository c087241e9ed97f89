//! Forms of numbers, marks and phrases that are not written so: a table of
//! patterns, each with its right form and why. A pattern is made ready when the
//! letters that it needs stand in a text for the first time.

use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;
use regex::{Captures, Regex};

use super::numerals::{digits, han};
use super::{Hit, Text};
use crate::assets;
use crate::diag::{Code, Phrase};

/// Characters around a find in which what makes it right is looked for.
const AROUND: usize = 12;

/// The forms, and what finds the letters that they need in one reading.
struct Forms {
    all: Vec<Form>,
    letters: Option<AhoCorasick>,
    /// By pattern of `letters`, the forms that need it: which, and which part of
    /// which of its alternatives.
    needed: Vec<(usize, usize, u8)>,
}

struct Form {
    /// Number of parts of each alternative.
    parts: Vec<u8>,
    pattern: &'static str,
    right: &'static str,
    unless: &'static str,
    why: [&'static str; 2],
    ready: OnceLock<Option<(Regex, Option<Regex>)>>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let (mut all, mut letters, mut needed) = (Vec::new(), Vec::new(), Vec::new());
    for line in assets::FORMS.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let [keys, pattern, right, unless, zh, en] =
            std::array::from_fn(|_| columns.next().unwrap_or_default());
        let mut parts = Vec::new();
        for (alternative, key) in keys.split('|').enumerate() {
            let mut count = 0;
            for part in key.split('&') {
                letters.push(part);
                needed.push((all.len(), alternative, 1 << count));
                count += 1;
            }
            parts.push((1 << count) - 1);
        }
        all.push(Form { parts, pattern, right, unless, why: [zh, en], ready: OnceLock::new() });
    }
    Forms { all, letters: AhoCorasick::new(letters).ok(), needed }
});

impl Forms {
    /// The forms whose letters stand in a text, without which they are not there.
    fn that_may_stand(&self, text: &str) -> impl Iterator<Item = &Form> {
        let mut seen: Vec<Vec<u8>> = self.all.iter().map(|form| vec![0; form.parts.len()]).collect();
        for found in self.letters.iter().flat_map(|letters| letters.find_overlapping_iter(text)) {
            let (form, alternative, part) = self.needed[found.pattern().as_usize()];
            seen[form][alternative] |= part;
        }
        let stands =
            |(form, seen): &(&Form, Vec<u8>)| form.parts.iter().zip(seen).any(|(all, seen)| all == seen);
        self.all.iter().zip(seen).filter(stands).map(|(form, _)| form)
    }
}

impl Form {
    fn patterns(&self) -> Option<&(Regex, Option<Regex>)> {
        let made = || {
            let unless = Some(self.unless).filter(|unless| *unless != "-");
            Some((Regex::new(self.pattern).ok()?, unless.map(Regex::new).transpose().ok()?))
        };
        self.ready.get_or_init(made).as_ref()
    }

    /// The right form of a find; empty where a person has to decide.
    fn mended(&self, found: &Captures) -> String {
        if self.right == "-" {
            return String::new();
        }
        let whole = &found[0];
        if let Some(mark) = self.right.strip_prefix("{drop:").and_then(|rest| rest.strip_suffix('}')) {
            return whole.replace(mark, "");
        }
        let mut right = String::new();
        found.expand(self.right, &mut right);
        converted(&right)
    }
}

/// With {digits:…}, {han:…} and {nought:…} made what they say.
fn converted(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((inside, after)) = after.split_once('}') else { break };
        out.push_str(&match inside.split_once(':') {
            Some(("digits", number)) => digits(number),
            Some(("han", number)) => han(number),
            Some(("nought", year)) => year.replace(['零', '○', 'Ｏ', 'O', 'o', '0', '０'], "〇"),
            _ => inside.to_owned(),
        });
        rest = after;
    }
    out + rest
}

/// Every find of every form.
pub(super) fn forms(text: &Text) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    for form in FORMS.that_may_stand(text.text) {
        let Some((pattern, unless)) = form.patterns() else { continue };
        for found in pattern.captures_iter(text.text) {
            let Some(whole) = found.get(0) else { continue };
            let around = around(text.text, whole.start(), whole.end());
            if unless.as_ref().is_some_and(|unless| unless.is_match(around)) {
                continue;
            }
            let right = form.mended(&found);
            let why = Phrase::Either(form.why[0], form.why[1]);
            let mend = if right.is_empty() { Phrase::Verbatim(String::new()) } else { Phrase::MendTo(right) };
            hits.push(
                Hit::new(Code::WrongForm, text.text, whole.range()).phrase("why", why).phrase("mend", mend),
            );
        }
    }
    hits
}

/// A find with some characters on either side.
fn around(text: &str, start: usize, end: usize) -> &str {
    let from = text[..start].char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let to = text[end..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| end + at);
    &text[from..to]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A slip in the table would be a rule that never finds anything.
    #[test]
    fn every_pattern_can_be_read() {
        for form in &FORMS.all {
            assert!(form.patterns().is_some(), "{}", form.pattern);
            assert!(form.why.iter().all(|why| !why.is_empty()), "{}", form.pattern);
            let groups = form.patterns().map_or(0, |(pattern, _)| pattern.captures_len());
            let named = (1..9).filter(|n| form.right.contains(&format!("${n}"))).max().unwrap_or(0);
            assert!(named < groups, "{}", form.right);
        }
    }

    #[test]
    fn numbers_are_put_into_the_other_kind() {
        assert_eq!(converted("第{han:3}季度"), "第三季度");
        assert_eq!(converted("2024年{digits:十二}月"), "2024年12月");
    }
}
