//! Draft → [`Manuscript`]: structure, order, evidence, characters, photos.
//! Only this room makes a manuscript, so whoever holds one holds checked data.

mod causes;
mod characters;
mod edition;
mod evidence;
mod extra;
mod facts;
mod job;
mod language;
mod near;
mod photos;
mod policy;
mod source;
mod structure;

use std::collections::HashMap;
use std::ops::Range;

use serde::de::DeserializeOwned;

pub use causes::{keeps_out, without_effects};
pub use extra::Extra;
pub use language::{Kind, Mend, mended, unseen as is_unseen};
pub use policy::settle;

use rayon::prelude::*;

use crate::colour::Output;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::load::{Document, Draft, Node, Portrait, Value};
use crate::model::{Booklet, PrintJob, Profile};

/// Data that can be laid out.
#[derive(Debug, Clone)]
pub struct Manuscript {
    booklet: Booklet,
    entries: Vec<Entry>,
    extras: Vec<Extra>,
    job: PrintJob,
    output: Output,
    complete: bool,
}

/// One person of the book.
#[derive(Debug, Clone)]
pub struct Entry {
    /// File name of the profile without `.json`.
    pub id: String,
    /// The data.
    pub profile: Profile,
    /// The portrait.
    pub photo: Option<Portrait>,
}

impl Manuscript {
    /// The edition.
    pub fn booklet(&self) -> &Booklet {
        &self.booklet
    }

    /// The persons in the book's order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Fonts that the project adds.
    pub fn extras(&self) -> &[Extra] {
        &self.extras
    }

    /// The print shop's sheet.
    pub fn job(&self) -> &PrintJob {
        &self.job
    }

    /// The output profile.
    pub(crate) fn output(&self) -> &Output {
        &self.output
    }

    /// Whether every person in the order is here. When some could not be
    /// read, the others are still laid out to find what does not fit, but
    /// page numbers mean nothing.
    pub fn complete(&self) -> bool {
        self.complete
    }
}

/// Judges the data. All findings come back, not the first; without a readable
/// `booklet.json` and at least one readable profile there is no manuscript.
pub fn check(draft: &Draft) -> (Option<Manuscript>, Vec<Diagnostic>) {
    let mut sink = Vec::new();
    let booklet: Option<Booklet> = typed(&draft.booklet, &structure::BOOKLET, &mut sink);
    if let Some(booklet) = &booklet {
        edition::check(draft, booklet, &mut sink);
        template(draft, booklet, &mut sink);
    }
    let order = booklet.iter().flat_map(|b| &b.order).enumerate();
    let positions: HashMap<&str, usize> = order.map(|(position, id)| (id.as_str(), position)).collect();
    let judged: Vec<_> = draft
        .profiles
        .par_iter()
        .map(|(id, document)| {
            let (profile, mut sink) = profile(document);
            let entry = profile.map(|profile| {
                let photo = photos::of(draft, document, &profile, &mut sink);
                (positions.get(id.as_str()).copied(), Entry { id: id.clone(), profile, photo })
            });
            (entry, sink)
        })
        .collect();
    let mut entries = Vec::new();
    for (entry, found) in judged {
        entries.extend(entry);
        sink.extend(found);
    }
    let (job, output) = job::read(draft, &mut sink);
    let extras = booklet.as_ref().map_or(vec![], |booklet| extra::read(draft, booklet, &mut sink));
    let added: String = extras.iter().map(|extra| extra.characters.as_str()).collect();
    let texts: Vec<_> = draft.texts().collect();
    sink.extend(texts.par_iter().flat_map_iter(|document| words(document, &added)).collect::<Vec<_>>());
    entries.retain(|(position, _)| position.is_some());
    entries.sort_by_key(|(position, _)| *position);
    let entries: Vec<_> = entries.into_iter().map(|(_, entry)| entry).collect();
    if let Some(booklet) = &booklet {
        facts::check(draft, booklet, &entries, &mut sink);
        photos::unused(draft, &entries, &mut sink);
        source::check(draft, booklet, &entries, &mut sink);
    }
    let known_template = !sink.iter().any(|d| d.code == Code::UnknownTemplate);
    let manuscript = booklet.filter(|_| known_template && !entries.is_empty()).map(|booklet| {
        let complete = entries.len() == booklet.order.len();
        Manuscript { booklet, entries, extras, job, output, complete }
    });
    (manuscript, sink)
}

/// The document as its type, if its structure is right.
fn typed<T: DeserializeOwned>(
    document: &Document,
    schema: &structure::Schema,
    sink: &mut Vec<Diagnostic>,
) -> Option<T> {
    typed_value(document, schema, |value| value, sink)
}

/// The document as its type once `prepare` has been at its value.
fn typed_value<T: DeserializeOwned>(
    document: &Document,
    schema: &structure::Schema,
    prepare: fn(serde_json::Value) -> serde_json::Value,
    sink: &mut Vec<Diagnostic>,
) -> Option<T> {
    let root = document.root.as_ref()?;
    let value = root.to_json();
    if !schema.check(document, root, &value, sink) {
        return None;
    }
    match serde_json::from_value(prepare(value)) {
        Ok(typed) => Some(typed),
        // Two judges that may disagree, such as on 4.0 for a whole number.
        Err(error) => {
            let said = error.to_string();
            let number = said.split('`').nth(1).unwrap_or_default();
            let found =
                root.numbers().into_iter().find(|(_, node)| node.value == Value::Number(number.into()));
            let (field, node, problem) = match found {
                Some((field, node)) => (field, node, Phrase::WholeNumber(number.into())),
                None => (String::new(), root, Phrase::Verbatim(said)),
            };
            let unfit = finding_at(Code::Unfit, document, &field, node).arg("problem", problem);
            sink.push(unfit.arg("example", Phrase::Example(field)));
            None
        }
    }
}

/// Judges a sheet that stands alone.
pub fn print_job(document: &Document) -> (Option<PrintJob>, Vec<Diagnostic>) {
    let mut sink = Vec::new();
    let job = job::parse(document, &mut sink);
    (job, sink)
}

/// The data of one person, judged alone. Remembered like [`words`].
#[comemo::memoize]
fn profile(document: &Document) -> (Option<Profile>, Vec<Diagnostic>) {
    let mut sink = Vec::new();
    let profile: Option<Profile> = typed(document, &structure::PROFILE, &mut sink);
    if let Some(profile) = &profile {
        evidence::check(document, profile, &mut sink);
    }
    (profile, sink)
}

/// What the words of one document have wrong; `added` are characters that the
/// project's own fonts have. Remembered, since an edit changes one document.
#[comemo::memoize]
fn words(document: &Document, added: &str) -> Vec<Diagnostic> {
    let mut sink = Vec::new();
    characters::check(document, added, &mut sink);
    language::check(document, &mut sink);
    sink
}

fn template(draft: &Draft, booklet: &Booklet, sink: &mut Vec<Diagnostic>) {
    let names = &draft.attachments.templates;
    if !names.contains(&booklet.template) {
        let diagnostic = finding(Code::UnknownTemplate, &draft.booklet, "template");
        let meant = Phrase::DidYouMean(near::nearest(&booklet.template, names.iter().map(String::as_str)));
        let diagnostic = diagnostic.arg("name", booklet.template.as_str()).arg("meant", meant);
        sink.push(diagnostic.arg("known", names.join(", ")));
    }
}

/// A finding about a field of a document.
fn finding(code: Code, document: &Document, field: &str) -> Diagnostic {
    let node = document.root.as_ref().map(|root| root.nearest(field));
    let place = node.and_then(|node| document.place(node));
    Diagnostic::new(code).person(document.person()).field(field).at(place)
}

/// A finding about a node of a document.
fn finding_at(code: Code, document: &Document, field: &str, node: &Node) -> Diagnostic {
    Diagnostic::new(code).person(document.person()).field(field).at(document.place(node))
}

/// A finding about a piece of a string field.
fn finding_in(code: Code, document: &Document, field: &str, piece: Range<usize>) -> Diagnostic {
    let node = document.root.as_ref().map(|root| root.nearest(field));
    let place = node.map(|node| document.piece(node, piece));
    Diagnostic::new(code).person(document.person()).field(field).at(place)
}
