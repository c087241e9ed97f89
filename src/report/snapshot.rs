//! What a book was made from and how its pages came out: enough to tell two
//! builds apart, person by person and page by page.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::check::{Entry, Manuscript};
use crate::digest;
use crate::fingerprint::{Fingerprint, Portraits};
use crate::fonts;
use crate::load::{Document, Draft};
use crate::templates;
use crate::typeset::{Book, PageMap};

use super::Output;

/// The comparable part of a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Snapshot {
    /// Name and version of the tool.
    pub tool: String,
    /// SHA-256 over the data files and portraits that the book is made from.
    pub data_hash: String,
    /// What each page is, and the pages of each person.
    pub page_map: PageMap,
    /// Fingerprints of the pages, as many as the map has.
    pub fingerprints: Vec<Fingerprint>,
    /// Names of the persons.
    pub names: BTreeMap<String, String>,
    /// What the pages were made from.
    pub inputs: Inputs,
}

/// What pages are made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inputs {
    /// `data/booklet.json`.
    pub booklet: Value,
    /// `data/press.json`.
    pub press: Value,
    /// Profiles in the book's order, by file name without `.json`.
    pub profiles: BTreeMap<String, Value>,
    /// SHA-256 of portraits, by person.
    pub photos: BTreeMap<String, String>,
    /// SHA-256 over the template's files.
    pub template: String,
    /// SHA-256 over the fonts.
    pub fonts: String,
}

impl Snapshot {
    /// Takes the snapshot of a laid-out book.
    pub fn new(draft: &Draft, manuscript: &Manuscript, template: &templates::Files, book: &Book) -> Self {
        let pages = book.document.pages();
        let profile = manuscript.output().digest();
        let portrait = |entry: &Entry| entry.photo.as_ref().map_or(String::new(), |p| p.sha256.clone());
        let portraits = Portraits::new(manuscript.entries().iter().map(portrait).collect());
        Self {
            tool: crate::TOOL.into(),
            data_hash: super::data_hash(draft, manuscript),
            page_map: book.map().clone(),
            fingerprints: pages.par_iter().map(|p| Fingerprint::of(p, &portraits, &profile)).collect(),
            names: manuscript.entries().iter().map(|e| (e.id.clone(), e.profile.name.clone())).collect(),
            inputs: Inputs::new(draft, manuscript, template),
        }
    }

    /// Reads the snapshot in a report, with the files that the build wrote.
    ///
    /// # Errors
    /// When the text is no report of this version.
    pub fn read(report: &[u8]) -> Result<(Self, Vec<Output>), String> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        #[derive(Deserialize)]
        struct Known {
            #[serde(flatten)]
            snapshot: Snapshot,
            outputs: Vec<Output>,
        }
        let Versioned { version } = serde_json::from_slice(report).map_err(|error| error.to_string())?;
        if version != super::VERSION {
            return Err(format!("version {version} ≠ {}", super::VERSION));
        }
        let known: Known = serde_json::from_slice(report).map_err(|error| error.to_string())?;
        if known.snapshot.fingerprints.len() != known.snapshot.page_map.pages.len() {
            return Err("fingerprints ≠ pages".into());
        }
        let count = known.snapshot.fingerprints.len();
        if known.snapshot.page_map.persons.values().flatten().any(|page| !(1..=count).contains(page)) {
            return Err(format!("pages 1–{count}"));
        }
        Ok((known.snapshot, known.outputs))
    }

    /// What a person's pages show apart from their folios.
    pub fn spread(&self, person: &str) -> String {
        let pages = self.page_map.persons.get(person).into_iter().flatten();
        let prints = pages.filter_map(|page| self.fingerprints.get(page - 1));
        digest::of_pieces(prints.map(|print| ("page", print.content.as_bytes())))
    }

    /// Name of a person, else the file name.
    pub fn name<'a>(&'a self, person: &'a str) -> &'a str {
        self.names.get(person).map_or(person, String::as_str)
    }

    /// The persons in the book's order.
    pub fn order(&self) -> Vec<&str> {
        let mut order: Vec<_> = self.page_map.persons.iter().collect();
        order.sort_by_key(|(_, pages)| pages.first().copied());
        order.into_iter().map(|(id, _)| id.as_str()).collect()
    }
}

impl Inputs {
    fn new(draft: &Draft, manuscript: &Manuscript, template: &templates::Files) -> Self {
        let json = |document: &Document| document.root.as_ref().map_or(Value::Null, |root| root.to_json());
        let entries = manuscript.entries();
        let photos = entries.iter().filter_map(|e| Some((e.id.clone(), e.photo.as_ref()?.sha256.clone())));
        let extras = manuscript.extras().iter().map(|extra| (extra.family.as_str(), extra.bytes.as_slice()));
        Self {
            booklet: json(&draft.booklet),
            press: draft.press.as_ref().map_or(Value::Null, json),
            profiles: entries.iter().map(|e| (e.id.clone(), json(&draft.profiles[&e.id]))).collect(),
            photos: photos.collect(),
            template: digest::of_pieces(template.iter().map(|(path, bytes)| (path.as_str(), &**bytes))),
            fonts: fonts::digest(extras),
        }
    }

    /// SHA-256 of each field of a person's data; the photo's file counts as
    /// its field.
    pub fn fields(&self, person: &str) -> BTreeMap<String, String> {
        let profile = self.profiles.get(person).and_then(Value::as_object);
        let fields = profile.into_iter().flatten().filter(|(key, _)| !key.starts_with('$'));
        let mut hashes: BTreeMap<String, String> = fields
            .map(|(key, value)| (key.clone(), digest::sha256(value.to_string().as_bytes())[..16].to_owned()))
            .collect();
        if let Some(photo) = self.photos.get(person) {
            hashes.insert("photo.file".into(), photo[..16].to_owned());
        }
        hashes
    }
}
