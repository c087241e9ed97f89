//! Comments, footnotes and endnotes by their numbers, the words of a piece, and
//! what an export of ours left in a document.

use std::collections::HashMap;

use roxmltree::Node;

use super::super::package::{attribute, parse};
use super::super::{DocumentProblem, NoticeKind, budget};

/// Longest text of a notice, in characters.
const LONGEST: usize = 2_000;
/// Start of the names of an export's properties.
const OWN: &str = "fengcai:";

/// Notes by kind and number: text and author.
#[derive(Default)]
pub(super) struct Notes(HashMap<(NoticeKind, String), (String, Option<String>)>);

impl Notes {
    /// Reads the parts of comments, footnotes and endnotes.
    pub(super) fn read(parts: &[Option<String>; 3]) -> Result<Self, DocumentProblem> {
        let kinds = [
            (NoticeKind::Comment, "comment", ""),
            (NoticeKind::Note, "footnote", ""),
            (NoticeKind::Note, "endnote", "end-"),
        ];
        let mut notes = HashMap::new();
        for (part, (kind, name, prefix)) in parts.iter().zip(kinds) {
            let Some(text) = part else { continue };
            let xml = parse(text)?;
            for node in xml.root_element().children().filter(|node| node.tag_name().name() == name) {
                let Some(id) = attribute(node, "id") else { continue };
                let author = attribute(node, "author").filter(|author| !author.trim().is_empty());
                notes.insert((kind, format!("{prefix}{id}")), (words(node), author.map(short)));
            }
        }
        Ok(Self(notes))
    }

    /// A note's text and author, unless it is empty.
    pub(super) fn of(&self, kind: NoticeKind, id: &str) -> Option<(String, Option<String>)> {
        self.0.get(&(kind, id.to_owned())).filter(|(text, _)| !text.trim().is_empty()).cloned()
    }
}

/// A name, as long as names are.
pub(super) fn short(name: &str) -> String {
    name.chars().take(budget::NAME).collect()
}

/// The words of a piece, whether they stand or were taken out.
pub(super) fn words(node: Node) -> String {
    let mut text = String::new();
    for inner in node.descendants() {
        match inner.tag_name().name() {
            "t" | "delText" => text += inner.text().unwrap_or_default(),
            "p" | "br" if !text.is_empty() => text.push(' '),
            _ => {}
        }
        if text.len() > 4 * LONGEST {
            break;
        }
    }
    text.trim().chars().take(LONGEST).collect()
}

/// What an export of ours left among the document's properties.
pub(super) fn own(text: &str) -> Result<Vec<(String, String)>, DocumentProblem> {
    let xml = parse(text)?;
    let properties = xml.root_element().children().filter(|node| node.tag_name().name() == "property");
    let own = properties.filter_map(|node| {
        let key = attribute(node, "name")?.strip_prefix(OWN)?;
        let value: String =
            node.descendants().filter_map(|inner| inner.text().filter(|_| inner.is_text())).collect();
        Some((key.to_owned(), value))
    });
    Ok(own.collect())
}
