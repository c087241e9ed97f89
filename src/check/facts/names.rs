//! Names: the person's own, the other persons', and those that must be exact.

use std::collections::{HashMap, HashSet};

use super::super::{Entry, finding, finding_in};
use super::almost::almost;
use super::edges::is_name;
use super::told::texts;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::load::Draft;
use crate::model::Booklet;

/// Shortest honour of which what is one character off is told, in characters.
const LONG_HONOUR: usize = 6;

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
    same_names(draft, entries, sink);
    for entry in entries {
        let document = &draft.profiles[&entry.id];
        let own = entry.profile.name.as_str();
        let named = entry.profile.article.iter().any(|p| p.contains(own));
        if !named {
            let near = entry.profile.article.iter().find_map(|p| {
                let (range, _) = almost(p, own, &[], &all).into_iter().next()?;
                Some(p[range].to_owned())
            });
            let missing = finding(Code::NameNotInArticle, document, "name").arg("text", own);
            sink.push(missing.arg("meant", Phrase::NameInArticle(near)));
        }
        let post = &entry.profile.post;
        let exact = booklet.exact.iter().chain([&post.community, &post.street]).map(String::as_str);
        let honours = &entry.profile.honours;
        let honours = honours.community.iter().chain(&honours.personal).map(String::as_str);
        // One that the article never has may itself be the slip.
        let stands = |honour: &&str| entry.profile.article.iter().any(|text| text.contains(*honour));
        let honours = honours.filter(|honour| honour.chars().count() >= LONG_HONOUR).filter(stands);
        let exact: Vec<&str> = exact.filter(|name| !name.is_empty()).chain(honours).collect();
        let role = ("post.role".to_owned(), post.role.as_str());
        for (field, text) in texts(&entry.profile).chain([role]) {
            for (at, name) in others(text, own, &index) {
                let found = finding_in(Code::OtherName, document, &field, at..at + name.len());
                sink.push(found.arg("text", name));
            }
            // Where the name is never right, the name is wrong, not the article.
            let almost = almost(text, own, &exact, &all);
            for (range, name) in almost.into_iter().filter(|(_, name)| named || name != own) {
                let found = finding_in(Code::AlmostExactName, document, &field, range.clone());
                sink.push(found.arg("text", &text[range]).arg("name", name));
            }
        }
    }
}

/// Persons of one name, each told of once, at the later of them.
fn same_names(draft: &Draft, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<&str, &str> = HashMap::new();
    for entry in entries {
        let name = entry.profile.name.as_str();
        if let Some(first) = seen.insert(name, &entry.id) {
            let files = format!("{first}.json, {}.json", entry.id);
            let twice = finding(Code::SameName, &draft.profiles[&entry.id], "name");
            sink.push(twice.arg("text", name).arg("files", files));
        }
    }
}

/// Names of other persons in a text.
fn others<'a>(text: &str, own: &str, index: &Index<'a>) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    for ((at, first), second) in text.char_indices().zip(text.chars().skip(1)) {
        let names = index.get(&(first, second)).into_iter().flatten();
        // 王芳 inside the own name 王芳芳 is no other person.
        let stands = |name: &&&str| {
            text[at..].starts_with(**name) && !own.contains(**name) && is_name(text, at..at + name.len())
        };
        found.extend(names.filter(stands).map(|n| (at, *n)));
    }
    found
}
