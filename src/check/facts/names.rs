//! Names: the person's own, the other persons', and those that must be exact.

use std::collections::{HashMap, HashSet};

use super::super::{Entry, finding, finding_in};
use crate::diag::{Code, Diagnostic};
use crate::load::Draft;
use crate::profile::{Booklet, Profile};

/// First two characters of a name → the names.
type Index<'a> = HashMap<(char, char), Vec<&'a str>>;

pub(super) fn check(draft: &Draft, booklet: &Booklet, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let all: HashSet<&str> = entries.iter().map(|e| e.profile.name.as_str()).collect();
    let mut index = Index::new();
    for name in &all {
        let mut chars = name.chars();
        if let (Some(first), Some(second)) = (chars.next(), chars.next()) {
            index.entry((first, second)).or_default().push(name);
        }
    }
    for entry in entries {
        let document = &draft.profiles[&entry.id];
        let own = entry.profile.name.as_str();
        if !entry.profile.article.iter().any(|p| p.contains(own)) {
            sink.push(finding(Code::NameNotInArticle, document, "name").arg("text", own));
        }
        let post = &entry.profile.post;
        let exact: Vec<&str> =
            booklet.exact.iter().chain([&post.community, &post.street]).map(String::as_str).collect();
        for (i, paragraph) in entry.profile.article.iter().enumerate() {
            for (at, name) in others(paragraph, own, &index) {
                let place =
                    finding_in(Code::OtherName, document, &format!("article[{i}]"), at..at + name.len());
                sink.push(place.arg("text", name));
            }
        }
        for (field, text) in texts(&entry.profile) {
            for (range, name) in almost(text, own, &exact, &all) {
                let found = finding_in(Code::AlmostExactName, document, &field, range.clone());
                sink.push(found.arg("text", &text[range]).arg("name", name));
            }
        }
    }
}

/// The texts in which exact names may stand.
fn texts(profile: &Profile) -> impl Iterator<Item = (String, &str)> {
    let lines =
        profile.headline.iter().enumerate().map(|(i, line)| (format!("headline[{i}]"), line.as_str()));
    let paragraphs =
        profile.article.iter().enumerate().map(|(i, text)| (format!("article[{i}]"), text.as_str()));
    lines.chain(paragraphs).chain([("post.role".to_owned(), profile.post.role.as_str())])
}

/// Names of other persons in a text.
fn others<'a>(text: &str, own: &str, index: &Index<'a>) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    for ((at, first), second) in text.char_indices().zip(text.chars().skip(1)) {
        let names = index.get(&(first, second)).into_iter().flatten();
        // 王芳 inside the own name 王芳芳 is no other person.
        found.extend(names.filter(|n| text[at..].starts_with(**n) && !own.contains(**n)).map(|n| (at, *n)));
    }
    found
}

/// Pieces of a text that are one character off a name: one exchanged, two
/// neighbours swapped, one missing or one too many. The shorter the name, the
/// less counts, or ordinary words would.
fn almost<'a>(
    text: &str,
    own: &'a str,
    exact: &[&'a str],
    all: &HashSet<&str>,
) -> Vec<(std::ops::Range<usize>, &'a str)> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    for (name, person) in exact.iter().map(|n| (*n, false)).chain([(own, true)]) {
        let wanted: Vec<char> = name.chars().collect();
        let n = wanted.len();
        let mut taken = 0;
        for start in 0..chars.len() {
            if start < taken {
                continue;
            }
            let window = |len: usize| {
                chars.get(start..start + len).map(|w| w.iter().map(|(_, c)| *c).collect::<Vec<_>>())
            };
            if window(n).is_some_and(|w| w == wanted) {
                taken = start + n;
                continue;
            }
            let close = |w: &Vec<char>| match w.len().cmp(&n) {
                std::cmp::Ordering::Equal => swapped(w, &wanted) || exchanged(w, &wanted, person),
                std::cmp::Ordering::Less => n >= 5 && w[0] == wanted[0] && missing(&wanted, w),
                std::cmp::Ordering::Greater => n >= 5 && w[0] == wanted[0] && missing(w, &wanted),
            };
            let hit = [n, n + 1, n - 1].into_iter().filter_map(window).find(close);
            let Some(hit) = hit else { continue };
            let word: String = hit.iter().collect();
            let known = all.contains(word.as_str()) || exact.iter().any(|e| e.contains(&word));
            // 习习近平总书记 in 学习习近平总书记 holds the name itself.
            if !known && !holds(&chars[start..(start + hit.len() + n).min(chars.len())], hit.len(), &wanted) {
                let end = chars[start + hit.len() - 1];
                found.push((chars[start].0..end.0 + end.1.len_utf8(), name));
                taken = start + hit.len();
            }
        }
    }
    found
}

/// Whether the name itself starts within the first `length` characters.
fn holds(chars: &[(usize, char)], length: usize, wanted: &[char]) -> bool {
    let starts = (0..length).filter_map(|i| chars.get(i..i + wanted.len()));
    starts.into_iter().any(|window| window.iter().map(|(_, c)| c).eq(wanted))
}

/// Two neighbours swapped.
fn swapped(word: &[char], wanted: &[char]) -> bool {
    let first = word.iter().zip(wanted).position(|(a, b)| a != b);
    first.is_some_and(|i| {
        i + 1 < word.len()
            && word[i] == wanted[i + 1]
            && word[i + 1] == wanted[i]
            && word[i + 2..] == wanted[i + 2..]
    })
}

/// One character exchanged. A person's surname must be right, and a name of
/// two or three characters must belong to a person, not to an organisation.
fn exchanged(word: &[char], wanted: &[char], person: bool) -> bool {
    let wrong = word.iter().zip(wanted).filter(|(a, b)| a != b).count();
    let long = wanted.len() > 3 || person && wanted.len() == 3 && word[0] == wanted[0];
    wrong == 1 && long && word.iter().all(|c| super::super::language::is_han(*c) || *c == '·')
}

/// Whether `short` is `long` with one character left out.
fn missing(long: &[char], short: &[char]) -> bool {
    let i = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    long[i + 1..] == short[i..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, own: &str, exact: &[&str]) -> Vec<String> {
        almost(text, own, exact, &HashSet::new()).into_iter().map(|(r, _)| text[r].to_owned()).collect()
    }

    #[test]
    fn one_character_off_is_found() {
        assert_eq!(found("王风荣长期", "王凤荣", &[]), ["王风荣"]);
        assert_eq!(found("王荣凤长期", "王凤荣", &[]), ["王荣凤"]);
        assert_eq!(found("洋王说", "王洋", &[]), ["洋王"]);
        assert_eq!(found("习近平总书计说", "某某", &["习近平总书记"]), ["习近平总书计"]);
        assert_eq!(found("习近平书记说", "某某", &["习近平总书记"]), ["习近平书记"]);
        assert_eq!(found("福汇园园社区", "某某", &["福汇园社区"]), ["福汇园园社区"]);
    }

    #[test]
    fn what_is_right_or_another_word_is_not() {
        for text in
            ["王凤荣，王凤荣", "王洋和王进祥", "学习近年来的", "学习习近平总书记的话", "望海楼街道望海楼社区"]
        {
            assert_eq!(
                found(text, "王凤荣", &["习近平总书记", "望海楼社区", "望海楼街道"]),
                [""; 0],
                "{text}"
            );
        }
    }
}
