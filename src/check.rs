//! Draft → [`Manuscript`]: structure, order, evidence, characters, photos.
//! Only this room makes a manuscript, so whoever holds one holds checked data.

mod causes;
mod characters;
mod edition;
mod evidence;
mod extra;
mod facts;
mod gallery;
mod job;
mod language;
mod manuscript;
mod near;
mod policy;
mod source;
mod structure;
mod template;
mod words;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;

pub use causes::{keeps_out, without_effects};
pub use extra::Extra;
pub use gallery::{Emblem, Exhibit};
pub(crate) use language::is_han;
pub use language::{Kind, Mend, OwnTables, mended, own_words, unseen as is_unseen};
use manuscript::Parts;
pub use manuscript::{Entry, Manuscript};
pub(crate) use near::nearest;
pub use policy::settle;
pub(crate) use template::unknown_family;

use rayon::prelude::*;

use crate::diag::{Code, Diagnostic, Phrase};
use crate::load::{Document, Draft, Node, Value};
use crate::model::{Booklet, PrintJob, Profile};
use crate::templates::{self, Template};

/// Judges the data and their texts. All findings come back, not the first; without
/// a readable `booklet.json` and at least one readable profile there is no
/// manuscript.
pub fn check(draft: &Draft) -> (Option<Manuscript>, Vec<Diagnostic>) {
    let (manuscript, mut found) = check_data(draft);
    if let Some(manuscript) = &manuscript {
        found.extend(check_texts(draft, manuscript));
    }
    (manuscript, found)
}

/// The same without the texts of a manuscript, which [`check_texts`] judges.
pub fn check_data(draft: &Draft) -> (Option<Manuscript>, Vec<Diagnostic>) {
    let mut sink = Vec::new();
    let template = draft.attachments.template.clone();
    let contract = template.as_ref().map_or_else(templates::first, |template| template.contract.clone());
    let schema = structure::profile(&contract);
    let booklet: Option<Booklet> = typed(&draft.booklet, &structure::BOOKLET, &mut sink);
    if let Some(booklet) = &booklet {
        edition::check(draft, booklet, &mut sink);
    }
    let unknown = booklet.as_ref().and_then(|booklet| template::unknown_name(draft, booklet));
    let order = booklet.iter().flat_map(|b| &b.order).enumerate();
    let positions: HashMap<&str, usize> = order.map(|(position, id)| (id.as_str(), position)).collect();
    let judged: Vec<_> = draft
        .profiles
        .par_iter()
        .map(|(id, document)| {
            let (profile, mut sink) = profile(document, &schema);
            let entry = profile.map(|profile| {
                let exhibits = gallery::of_person(draft, document, id, &profile, &mut sink);
                (positions.get(id.as_str()).copied(), Entry { id: id.clone(), profile }, exhibits)
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
    if let (Some(booklet), Some(template)) = (&booklet, &template) {
        template::check(draft, booklet, &job, template, &extras, &mut sink);
    }
    entries.retain(|(position, ..)| position.is_some());
    entries.sort_by_key(|(position, ..)| *position);
    let (entries, persons): (Vec<_>, Vec<_>) =
        entries.into_iter().map(|(_, entry, exhibits)| (entry, exhibits)).unzip();
    if let Some(booklet) = booklet {
        gallery::unused(draft, &booklet, &entries, &mut sink);
        let of_edition = gallery::of_edition(draft, &booklet, &mut sink);
        let emblem = gallery::emblem(draft, &booklet, &mut sink);
        let stand_in = unknown.map(|told| Arc::new(Template::stand_in(told)));
        sink.extend(stand_in.iter().flat_map(|template| template.found.iter().cloned()));
        if let Some(template) = stand_in.or(template).filter(|_| !entries.is_empty()) {
            let cache = draft.attachments.cache.clone();
            let parts = Parts { booklet, entries, extras, job, output, template, emblem, cache };
            return (Some(Manuscript::new(parts, persons, of_edition)), sink);
        }
        sink.extend(read(draft, Some((&booklet, &entries)), &extras));
    } else {
        sink.extend(read(draft, None, &extras));
    }
    (None, sink)
}

/// What the texts of a manuscript have wrong: words, facts, what differs from the
/// delivered text. It takes a while, and the layout does not hang on it.
pub fn check_texts(draft: &Draft, manuscript: &Manuscript) -> Vec<Diagnostic> {
    read(draft, Some((manuscript.booklet(), manuscript.entries())), manuscript.extras())
}

fn read(draft: &Draft, book: Option<(&Booklet, &[Entry])>, extras: &[Extra]) -> Vec<Diagnostic> {
    let mut sink = Vec::new();
    let added: String = extras.iter().map(|extra| extra.characters.as_str()).collect();
    let own = OwnTables::read(&draft.attachments.tables, &mut sink);
    let texts: Vec<_> = draft.texts().collect();
    sink.extend(texts.par_iter().flat_map_iter(|document| words(document, &added, &own)).collect::<Vec<_>>());
    if let Some((booklet, entries)) = book {
        facts::check(draft, booklet, entries, &mut sink);
        source::check(draft, booklet, entries, &mut sink);
    }
    sink
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
fn profile(document: &Document, schema: &structure::Schema) -> (Option<Profile>, Vec<Diagnostic>) {
    let mut sink = Vec::new();
    let profile: Option<Profile> = typed(document, schema, &mut sink);
    if let Some(profile) = &profile {
        evidence::check(document, profile, &mut sink);
    }
    (profile, sink)
}

/// What the words of one document have wrong; `added` are characters that the
/// project's own fonts have, `own` its tables. Remembered, since an edit changes one document.
#[comemo::memoize]
fn words(document: &Document, added: &str, own: &OwnTables) -> Vec<Diagnostic> {
    let mut sink = Vec::new();
    characters::check(document, added, &mut sink);
    language::check(document, own, &mut sink);
    sink
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
