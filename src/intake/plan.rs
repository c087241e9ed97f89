//! What the documents say, laid over what the project has: which fields change,
//! which stay because somebody edited them, which have to be asked about. The
//! last import, or the export that comes back, is the base of both sides.

mod booklet;
mod fields;
mod known;
mod person;
mod sides;

use std::collections::{BTreeMap, BTreeSet};

use self::known::Who;
pub use self::known::file_name;
use self::person::Overlay;
use super::doubt::{Answers, Ask, Doubt};
use super::record::Record;
use super::{Place, Understood};
use crate::catalogue::Lang;
use crate::load::Document;

pub use self::fields::FIELDS_OF_PERSONS;
pub(super) use self::fields::value_of;
pub(super) use self::sides::differing;

/// What the project has.
#[derive(Debug, Clone, Copy)]
pub struct Current<'a> {
    /// `data/booklet.json`, if there is one.
    pub booklet: Option<&'a Document>,
    /// The profiles, by file name without `.json`.
    pub profiles: &'a BTreeMap<String, Document>,
    /// What the last import wrote.
    pub record: &'a Record,
}

/// What somebody chose.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Answers to doubts, those of earlier runs too.
    pub answers: Answers,
    /// Which of them were given now.
    pub named: BTreeSet<String>,
    /// Suggestions that are taken, by their identifiers.
    pub accepted: BTreeSet<String>,
    /// Whether all suggestions are taken for which there is room.
    pub all: bool,
}

/// A photo of a person, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Ending of its file.
    pub ending: &'static str,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// A document that is kept in the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Name of the document.
    pub name: String,
    /// Its path in the project.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Whether the project's texts are compared with it.
    pub compared: bool,
    /// Whether that is with the words of it that were used, kept beside it.
    pub drawn: bool,
    /// Where the version is kept that it takes the place of.
    pub earlier: Option<String>,
}

impl Source {
    /// The path of what the project's texts are compared with.
    pub fn text(&self) -> String {
        if self.drawn { format!("{}.txt", self.path) } else { self.path.clone() }
    }
}

/// A field that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The person, or nothing for the book.
    pub name: Option<String>,
    /// The field's path.
    pub field: String,
    /// What the project has; nothing for a field that is new.
    pub before: Option<String>,
    /// What it will have.
    pub after: String,
    /// Where that stands.
    pub place: Option<Place>,
}

/// What is to be done.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Plan {
    /// Files to write, by their paths in the project.
    pub files: BTreeMap<String, String>,
    /// Fields that change, of persons that were there.
    pub changes: Vec<Change>,
    /// Persons that are new.
    pub added: Vec<String>,
    /// Names of persons, and fields, in which the project's own edits stay.
    pub kept: Vec<(String, String)>,
    /// What has to be asked because both sides changed, or somebody is gone.
    pub doubts: Vec<Doubt>,
    /// Photos to copy: place of the person in the list, and path.
    pub photos: Vec<(usize, String)>,
    /// Suggestions that are taken.
    pub taken: Vec<String>,
    /// Suggestions that the project has no use for: it has the field.
    pub needless: Vec<String>,
    /// Answers to nothing that is asked.
    pub unasked: Vec<String>,
    /// Files of the project that cannot be understood and stay as they are.
    pub unreadable: Vec<String>,
    /// The record that is kept.
    pub record: Record,
}

impl Plan {
    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.photos.is_empty()
    }
}

/// Lays what was understood over what the project has. `photos` are those that
/// were read, by the person's place in the list.
pub fn plan(
    understood: &Understood,
    current: Current,
    choices: &Choices,
    photos: &BTreeMap<usize, Photo>,
    sources: &[Source],
    lang: Lang,
) -> Plan {
    let mut plan = Plan { record: current.record.clone(), ..Plan::default() };
    let mut ids: Vec<String> = Vec::new();
    let mut who = Who::new(current, &understood.persons);
    for (i, person) in understood.persons.iter().enumerate() {
        let (id, document) = who.is(person);
        if let Some(broken) = document.filter(|document| document.root.is_none()) {
            if !plan.unreadable.contains(&broken.path) {
                plan.unreadable.push(broken.path.clone());
            }
            ids.push(id);
            continue;
        }
        Overlay::new(&mut plan, choices, (i, person), &id, document).lay(current, photos.get(&i), understood);
        ids.push(id);
    }
    let gone = gone(&mut plan, understood, current, &ids, sources, choices);
    booklet::lay_over(&mut plan, understood, current, choices, &ids, &gone, sources, lang);
    for source in sources {
        plan.record.files.insert(source.name.clone(), source.sha256.clone());
    }
    plan.unasked = unasked(&plan, understood, choices);
    plan
}

/// Persons that a document told of and no longer does, and who are taken out:
/// of a document that was imported before, or of an export that came back.
fn gone(
    plan: &mut Plan,
    understood: &Understood,
    current: Current,
    ids: &[String],
    sources: &[Source],
    choices: &Choices,
) -> Vec<String> {
    let mut out = Vec::new();
    let order = booklet::order_of(current.booklet);
    let told = |id: &String| {
        let kept = current.record.persons.get(id)?;
        let file = kept.places.get("name").map(|(file, _)| file)?;
        sources.iter().find(|source| source.name == *file).map(|source| source.name.clone())
    };
    let exported = |id: &String| {
        let (file, _) = understood.exported.iter().find(|(_, known)| known == id)?;
        Some(file.clone())
    };
    for id in order.iter().filter(|id| !ids.contains(id)) {
        let Some(document) = current.profiles.get(id) else { continue };
        let Some(file) = exported(id).or_else(|| told(id)) else { continue };
        let name = document.person().and_then(|person| person.name).unwrap_or_else(|| id.clone());
        // Whoever was left out by an answer is not asked about again.
        if understood.left_out.contains(&name) {
            out.push(id.clone());
            continue;
        }
        let doubt = Doubt::new(Ask::Gone { name, file }, None, &choices.answers);
        if doubt.choice == 2 {
            out.push(id.clone());
        }
        plan.doubts.push(doubt);
    }
    out
}

/// Answers and suggestions that somebody named and that are not asked.
fn unasked(plan: &Plan, understood: &Understood, choices: &Choices) -> Vec<String> {
    let doubts: BTreeSet<&str> =
        understood.doubts.iter().chain(&plan.doubts).map(|doubt| doubt.id.as_str()).collect();
    let answered = understood.doubts.iter().chain(&plan.doubts).filter(|doubt| doubt.answered);
    let answered: BTreeSet<&str> = answered.map(|doubt| doubt.id.as_str()).collect();
    let wrong = |id: &&String| !doubts.contains(id.as_str()) || !answered.contains(id.as_str());
    let answers = choices.named.iter().filter(wrong);
    let known = |id: &&String| !understood.suggestions.iter().any(|suggestion| suggestion.id == **id);
    answers.chain(choices.accepted.iter().filter(known)).cloned().collect()
}
