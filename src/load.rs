//! Bytes → [`Draft`]: JSON with the byte range of every value, nothing judged
//! yet but its syntax.

mod json;
mod node;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::io;
use std::ops::Range;
use std::sync::Arc;

pub use node::{Node, Value};

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Person, Place};
use crate::project::Project;

/// One data file.
#[derive(Debug, Clone)]
pub struct Document {
    /// Path below the project.
    pub path: String,
    /// Its text; empty when it is not UTF-8.
    pub text: Arc<str>,
    /// Its value, unless its syntax is wrong.
    pub root: Option<Node>,
}

impl Hash for Document {
    /// By path and text, from which all else follows.
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.path, &self.text).hash(state);
    }
}

impl Document {
    /// The place of a node.
    pub fn place(&self, node: &Node) -> Option<Place> {
        Some(Place::new(&self.path, &self.text, node.range.clone()))
    }

    /// The place of a piece of a string, given by its bytes in the text.
    pub fn piece(&self, node: &Node, piece: Range<usize>) -> Place {
        let start = node.character(&self.text, piece.start).start;
        let end = node.character(&self.text, piece.end).start.min(node.range.end - 1);
        Place::new(&self.path, &self.text, start..end.max(start))
    }

    /// The person a profile is about: its file name and, if readable, name.
    pub fn person(&self) -> Option<Person> {
        let id = self.path.strip_prefix("data/profiles/")?.strip_suffix(".json")?;
        let name = self.root.as_ref().and_then(|root| root.get("name")?.as_str()).map(Into::into);
        Some(Person { id: id.into(), name })
    }
}

/// The data files of a project.
#[derive(Debug, Clone)]
pub struct Draft {
    /// `data/booklet.json`.
    pub booklet: Document,
    /// `data/press.json`, if there is one.
    pub press: Option<Document>,
    /// `data/profiles/*.json` by file name without `.json`.
    pub profiles: BTreeMap<String, Document>,
}

impl Draft {
    /// The documents whose text is printed.
    pub fn texts(&self) -> impl Iterator<Item = &Document> {
        std::iter::once(&self.booklet).chain(self.profiles.values())
    }

    /// The text of a data file, to show a place in it.
    pub fn text(&self, path: &str) -> Option<&str> {
        let mut documents = self.texts().chain(&self.press);
        documents.find(|d| d.path == path).map(|d| &*d.text)
    }
}

/// Reads the data files of a project.
///
/// # Errors
/// When a file cannot be read at all. Wrong syntax is a finding.
pub fn load(project: &Project) -> io::Result<(Draft, Vec<Diagnostic>)> {
    let mut diagnostics = Vec::new();
    let booklet = document("data/booklet.json", project, &mut diagnostics)?;
    let press = match document("data/press.json", project, &mut diagnostics) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        read => Some(read?),
    };
    let names = project.list("data/profiles", ".json")?;
    let read = |name: &String| {
        let mut found = Vec::new();
        let profile = document(&format!("data/profiles/{name}"), project, &mut found)?;
        Ok((name[..name.len() - ".json".len()].to_owned(), profile, found))
    };
    let read: Vec<_> = names.par_iter().map(read).collect::<io::Result<_>>()?;
    let mut profiles = BTreeMap::new();
    for (id, profile, found) in read {
        profiles.insert(id, profile);
        diagnostics.extend(found);
    }
    Ok((Draft { booklet, press, profiles }, diagnostics))
}

fn document(path: &str, project: &Project, sink: &mut Vec<Diagnostic>) -> io::Result<Document> {
    let bytes = project.read(path).map_err(|e| io::Error::new(e.kind(), format!("{path}: {e}")))?;
    Ok(parse(path, &bytes, sink))
}

/// Parses one data file.
pub fn parse(path: &str, bytes: &[u8], sink: &mut Vec<Diagnostic>) -> Document {
    let mut document = Document { path: path.into(), text: "".into(), root: None };
    let Ok(text) = std::str::from_utf8(bytes) else {
        sink.push(Diagnostic::new(Code::NotUtf8).person(document.person()).at(Some(Place::new(
            path,
            "",
            0..0,
        ))));
        return document;
    };
    document.text = text.into();
    match json::parse(text) {
        Ok(root) => document.root = Some(root),
        Err((range, problem)) => {
            let place = Place::new(path, text, range);
            sink.push(
                Diagnostic::new(Code::JsonSyntax)
                    .person(document.person())
                    .at(Some(place))
                    .arg("problem", problem),
            );
        }
    }
    for (range, key) in document.root.iter().flat_map(Node::duplicate_keys) {
        let place = Place::new(path, text, range);
        sink.push(
            Diagnostic::new(Code::DuplicateKey).person(document.person()).at(Some(place)).arg("key", key),
        );
    }
    document
}
