//! Names: the person's own, the other persons', and those that must be exact.

use std::collections::{HashMap, HashSet};

use super::super::{Entry, finding, finding_in};
use super::almost::almost;
use crate::diag::{Code, Diagnostic};
use crate::load::Draft;
use crate::model::{Booklet, Profile};

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
            booklet.exact.iter().chain([&post.community, &post.street]).map(String::as_str).filter(|name| !name.is_empty()).collect();
        for (field, text) in texts(&entry.profile) {
            for (at, name) in others(text, own, &index) {
                let found = finding_in(Code::OtherName, document, &field, at..at + name.len());
                sink.push(found.arg("text", name));
            }
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
