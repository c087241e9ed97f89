//! Delivered documents → persons: who is who, which text is whose, what was
//! mended on the way, what has to be asked, what may be taken over. Nothing is
//! read from a disk and nothing is written here.
//!
//! A roster (a table) gives who and which post, a text gives articles. Wording
//! is never changed: a field holds the words that stood in the document, with
//! the place where they stood.

mod book;
mod columns;
mod doubt;
mod forms;
mod heads;
mod join;
mod labels;
mod line;
mod lines;
mod names;
mod persons;
mod photos;
mod place;
mod plan;
mod post;
mod reading;
mod record;
mod roster;
mod sections;
pub(crate) mod styles;
mod suggest;

use std::collections::BTreeMap;

pub use crate::check::Mend;
pub use book::Book;
pub use doubt::{Answers, Ask, Doubt};
pub use photos::{PhotoFile, is_photo_name};
pub use plan::{Change, Choices, Current, FIELDS_OF_PERSONS, Photo, Plan, Source, file_name, plan};
pub use record::{Kept, RECORD, Record, print};
pub use suggest::{Suggestion, Taken, figures_in};

use crate::documents::{Document, Notice, Spot};

/// A document that was delivered.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// File name.
    pub name: String,
    /// What is in it.
    pub document: Document,
}

/// A place in a delivered document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// File name.
    pub file: String,
    /// Where in it.
    pub spot: Spot,
}

/// Words and where they stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The words, mended.
    pub text: String,
    /// Where they stood.
    pub place: Place,
}

/// A field of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of the data")]
pub enum Field {
    Name,
    Headline,
    District,
    Street,
    Community,
    Role,
    Photo,
    Quote,
    Value,
    Label,
    Evidence,
    Article,
    CommunityHonours,
    PersonalHonours,
}

impl Field {
    /// All fields, in the order of the data.
    pub const ALL: [Self; 14] = [
        Self::Name,
        Self::Headline,
        Self::District,
        Self::Street,
        Self::Community,
        Self::Role,
        Self::Photo,
        Self::Quote,
        Self::Value,
        Self::Label,
        Self::Evidence,
        Self::Article,
        Self::CommunityHonours,
        Self::PersonalHonours,
    ];

    /// Its path in the data; `#` stands for the place in a list.
    pub fn path(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Headline => "headline[#]",
            Self::District => "post.district",
            Self::Street => "post.street",
            Self::Community => "post.community",
            Self::Role => "post.role",
            Self::Photo => "photo.file",
            Self::Quote => "quote",
            Self::Value => "figures[#].value",
            Self::Label => "figures[#].label",
            Self::Evidence => "figures[#].evidence",
            Self::Article => "article[#]",
            Self::CommunityHonours => "honours.community[#]",
            Self::PersonalHonours => "honours.personal[#]",
        }
    }

    /// The part of the data that changes as one.
    pub fn group(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Headline => "headline",
            Self::District | Self::Street | Self::Community | Self::Role => self.path(),
            Self::Photo => "photo",
            Self::Quote => "quote",
            Self::Value | Self::Label | Self::Evidence => "figures",
            Self::Article => "article",
            Self::CommunityHonours => "honours.community",
            Self::PersonalHonours => "honours.personal",
        }
    }

    /// Whether it has several entries.
    pub fn is_list(self) -> bool {
        self.path().contains('#')
    }
}

/// A person as the documents tell of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The file name of the profile, where an export of the project says it.
    pub id: Option<String>,
    /// What was found, entry by entry.
    pub fields: BTreeMap<Field, Vec<Found>>,
    /// Pictures that stood in the person's part of a document: file and part.
    pub pictures: Vec<(String, crate::documents::Embedded)>,
    /// What an export of the project had, by field: a fingerprint each.
    pub exported: BTreeMap<String, String>,
}

impl Person {
    /// The only or first entry of a field.
    pub fn first(&self, field: Field) -> Option<&Found> {
        self.fields.get(&field)?.first()
    }

    /// The text of the only or first entry; empty where there is none.
    pub fn text(&self, field: Field) -> &str {
        self.first(field).map_or("", |found| found.text.as_str())
    }

    /// The texts of all entries.
    pub fn texts(&self, field: Field) -> Vec<&str> {
        self.fields.get(&field).into_iter().flatten().map(|found| found.text.as_str()).collect()
    }

    /// The name.
    pub fn name(&self) -> &str {
        self.text(Field::Name)
    }

    /// District, street, community and role in one.
    pub fn post(&self) -> String {
        [Field::District, Field::Street, Field::Community, Field::Role].map(|field| self.text(field)).concat()
    }

    fn has(&self, field: Field) -> bool {
        self.fields.get(&field).is_some_and(|found| !found.is_empty())
    }

    /// Puts an entry behind those that are there.
    fn add(&mut self, field: Field, found: Found) {
        self.fields.entry(field).or_default().push(found);
    }

    /// Puts a field that is not there yet.
    fn fill(&mut self, field: Field, found: Vec<Found>) {
        if !found.is_empty() && !self.has(field) {
            self.fields.insert(field, found);
        }
    }
}

/// What is known before the documents are looked at.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Names of the persons that the project has.
    pub names: Vec<String>,
    /// Districts that the project names.
    pub districts: Vec<String>,
    /// Photo files, by name.
    pub photos: Vec<PhotoFile>,
}

/// What the documents say.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Understood {
    /// The persons, in the order of the roster, else of the text.
    pub persons: Vec<Person>,
    /// The book's own titles.
    pub book: Book,
    /// What was mended, with the places.
    pub mends: BTreeMap<Mend, Vec<Place>>,
    /// What has to be asked.
    pub doubts: Vec<Doubt>,
    /// What the documents say beside their text.
    pub notices: Vec<(String, Notice)>,
    /// What may be taken over, by the person's place in the list.
    pub suggestions: Vec<Suggestion>,
    /// Words that belong to nothing: tables of contents, page numbers, columns
    /// that are not printed.
    pub left: Vec<Found>,
    /// Photos that are nobody's.
    pub spare_photos: Vec<String>,
    /// Whom exports of the project had: file and file name of the profile.
    pub exported: Vec<(String, String)>,
    /// Names of persons who were left out by an answer.
    pub left_out: Vec<String>,
}

/// Understands documents. What was answered is not asked again.
pub fn understand(deliveries: &[Delivery], known: &Known, answers: &Answers) -> Understood {
    let mut out = Understood::default();
    for delivery in deliveries {
        let ids = delivery.document.own.iter().filter(|(key, _)| !key.starts_with('='));
        out.exported.extend(ids.map(|(id, _)| (delivery.name.clone(), id.clone())));
        let notices = delivery.document.notices.iter();
        out.notices.extend(notices.map(|notice| (delivery.name.clone(), notice.clone())));
    }
    persons::find(deliveries, known, answers, &mut out);
    photos::find(known, answers, &mut out);
    for (at, person) in out.persons.iter().enumerate() {
        out.suggestions.extend(suggest::of(at, person));
    }
    out
}
