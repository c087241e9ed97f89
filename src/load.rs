//! Bytes → [`Draft`]: JSON with the byte range of every value, and the files
//! that the data name, read and decoded. Nothing is judged yet but syntax.

mod attachments;
mod delivered;
mod json;
mod node;
mod patch;
mod portrait;
mod slips;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

pub use attachments::Attachments;
pub use delivered::Delivered;
pub use node::{Node, Value};
pub use patch::{rewrite, written_like};
pub(crate) use portrait::read as portrait;
pub use portrait::{Portrait, PortraitProblem};

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Person, Phrase, Place, Tally};
use crate::documents;
use crate::project::Project;

/// Where the profiles are.
const PROFILES: &str = "data/profiles";
/// How long a file that is being saved may stay half-written.
const SAVING: Duration = Duration::from_millis(40);

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
        let id = self.path.strip_prefix(PROFILES)?.strip_prefix('/')?.strip_suffix(".json")?;
        let name = self.root.as_ref().and_then(|root| root.get("name")?.as_str());
        let name = name.filter(|name| !name.trim().is_empty()).map(Into::into);
        Some(Person { id: id.into(), name })
    }
}

/// The data of a project.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Draft {
    /// `data/booklet.json`.
    pub booklet: Document,
    /// `data/press.json`, if there is one.
    pub press: Option<Document>,
    /// `data/profiles/*.json` by file name without `.json`.
    pub profiles: BTreeMap<String, Document>,
    /// The files that these name.
    pub attachments: Attachments,
}

impl Draft {
    /// The persons in the book's order, as far as it can be read.
    pub fn order(&self) -> Vec<&str> {
        let order = self.booklet.root.as_ref().and_then(|root| root.get("order"));
        match order.map(|node| &node.value) {
            Some(Value::Array(ids)) => ids.iter().filter_map(Node::as_str).collect(),
            _ => vec![],
        }
    }

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

/// Reads the booklet and the profiles alone, by file name without `.json`.
///
/// # Errors
/// When `data/booklet.json` cannot be read at all.
pub fn texts(
    project: &Project,
    diagnostics: &mut Vec<Diagnostic>,
) -> io::Result<(Document, BTreeMap<String, Document>)> {
    let booklet = document("data/booklet.json", project, diagnostics)?;
    let names = project.list(PROFILES, ".json").unwrap_or_else(|error| {
        diagnostics.push(unreadable(PROFILES, &error));
        vec![]
    });
    let read = |name: &String| {
        let mut found = Vec::new();
        let path = format!("{PROFILES}/{name}");
        let profile = document(&path, project, &mut found);
        let id = name.strip_suffix(".json").unwrap_or(name).to_owned();
        (id, profile.map_err(|error| unreadable(&path, &error)), found)
    };
    let mut profiles = BTreeMap::new();
    for (id, profile, found) in names.par_iter().map(read).collect::<Vec<_>>() {
        diagnostics.extend(found);
        match profile {
            Ok(profile) => drop(profiles.insert(id, profile)),
            Err(problem) => diagnostics.push(problem),
        }
    }
    Ok((booklet, profiles))
}

/// Reads the data of a project.
///
/// # Errors
/// When `data/booklet.json` cannot be read at all. Any other file that cannot
/// be read is a finding, like wrong syntax.
pub fn load(project: &Project) -> io::Result<(Draft, Vec<Diagnostic>)> {
    let mut diagnostics = Vec::new();
    let (booklet, profiles) = texts(project, &mut diagnostics)?;
    let press = match document("data/press.json", project, &mut diagnostics) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            diagnostics.push(unreadable("data/press.json", &error));
            None
        }
        Ok(document) => Some(document),
    };
    let attachments = Attachments::read(project, &booklet, press.as_ref(), profiles.values());
    let unnamed = project.unnamed().into_iter();
    diagnostics.extend(unnamed.map(|file| {
        Diagnostic::new(Code::UnnamedFile).at(Some(Place::new(&file, "", 0..0))).arg("file", file)
    }));
    Ok((Draft { booklet, press, profiles, attachments }, diagnostics))
}

/// A finding about a file that cannot be read.
fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let place = Place::new(path, "", 0..0);
    let problem = Phrase::Io(error.kind(), error.to_string());
    Diagnostic::new(Code::FileUnreadable).at(Some(place)).arg("file", path).arg("problem", problem)
}

/// Reads and parses a data file. One whose syntax is wrong may be in the
/// middle of a save, so it is read once more before it is judged.
fn document(path: &str, project: &Project, sink: &mut Vec<Diagnostic>) -> io::Result<Document> {
    let bytes = project.read(path)?;
    let mut found = Vec::new();
    let mut document = parse(path, &bytes, &mut found);
    if document.root.is_none() {
        std::thread::sleep(SAVING);
        if let Ok(later) = project.read(path)
            && later != bytes
        {
            found.clear();
            document = parse(path, &later, &mut found);
        }
    }
    sink.append(&mut found);
    Ok(document)
}

/// Parses one data file.
pub fn parse(path: &str, bytes: &[u8], sink: &mut Vec<Diagnostic>) -> Document {
    let mut document = Document { path: path.into(), text: "".into(), root: None };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = bytes.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count() + 1;
            let place = Place { line, ..Place::new(path, "", 0..0) };
            let unread = Diagnostic::new(Code::NotUtf8).person(document.person()).at(Some(place));
            let guess = documents::decode(bytes).is_ok();
            sink.push(unread.arg("problem", Phrase::NotUtf8 { line, guess }));
            return document;
        }
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
    let mut tally = Tally::new(sink);
    for (range, key) in document.root.iter().flat_map(Node::duplicate_keys) {
        tally.push(Code::DuplicateKey, || {
            let place = Place::new(path, text, range);
            Diagnostic::new(Code::DuplicateKey).person(document.person()).at(Some(place)).arg("key", key)
        });
    }
    document
}
