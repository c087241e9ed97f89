//! What pages are made from: data, portraits, template, fonts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::check::Manuscript;
use crate::digest;
use crate::fonts;
use crate::load::{Document, Draft};

/// What pages are made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Inputs {
    /// `data/booklet.json`.
    pub booklet: Value,
    /// `data/press.json`.
    pub press: Value,
    /// Profiles in the book's order, by file name without `.json`.
    pub profiles: BTreeMap<String, Value>,
    /// SHA-256 of what is picture in the photographs, by person (the edition's
    /// without a name) and field.
    pub photos: BTreeMap<String, BTreeMap<String, String>>,
    /// SHA-256 over the template's files.
    pub template: String,
    /// SHA-256 over the fonts.
    pub fonts: String,
}

impl Inputs {
    pub(super) fn new(draft: &Draft, manuscript: &Manuscript) -> Self {
        let json = |document: &Document| document.root.as_ref().map_or(Value::Null, |root| root.to_json());
        let entries = manuscript.entries();
        let mut photos: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for exhibit in manuscript.gallery() {
            let whose = exhibit.person.clone().unwrap_or_default();
            let essence = exhibit.portrait.essence.clone();
            photos.entry(whose).or_default().insert(format!("{}.file", exhibit.field), essence);
        }
        let template = &manuscript.template().files;
        let extras = manuscript.extras().iter().map(|extra| (extra.family.as_str(), extra.bytes.as_slice()));
        let profiles = entries.iter().filter_map(|e| Some((e.id.clone(), json(draft.profiles.get(&e.id)?))));
        Self {
            booklet: json(&draft.booklet),
            press: draft.press.as_ref().map_or(Value::Null, json),
            profiles: profiles.collect(),
            photos,
            template: digest::of_pieces(template.iter().map(|(path, bytes)| (path.as_str(), &**bytes))),
            fonts: fonts::digest(extras),
        }
    }

    /// Short hashes of the fields of a person's data that are printed; the
    /// portrait counts as its field.
    pub fn of_person(&self, person: &str) -> BTreeMap<String, String> {
        let mut hashes = fields(self.profiles.get(person).unwrap_or(&Value::Null));
        self.with_photos(person, &mut hashes);
        hashes
    }

    /// The same of `data/booklet.json`.
    pub fn of_booklet(&self) -> BTreeMap<String, String> {
        let mut hashes = fields(&self.booklet);
        self.with_photos("", &mut hashes);
        hashes
    }

    fn with_photos(&self, whose: &str, hashes: &mut BTreeMap<String, String>) {
        for (field, essence) in self.photos.get(whose).into_iter().flatten() {
            hashes.insert(field.clone(), short(essence.as_bytes()));
        }
    }

    /// The same of `data/press.json`.
    pub fn of_press(&self) -> BTreeMap<String, String> {
        fields(&self.press)
    }
}

/// Fields of `data/booklet.json` that nothing on paper comes from.
const UNPRINTED: [&str; 7] = ["checks", "source", "districts", "exact", "date", "order", "language"];

/// Whether anything on paper may come from a field, given by its path.
pub fn is_printed(field: &str) -> bool {
    let head = field.split(['.', '[']).next().unwrap_or(field);
    !head.starts_with('$') && !UNPRINTED.contains(&head) && !field.ends_with(".evidence")
}

fn fields(value: &Value) -> BTreeMap<String, String> {
    let fields = value.as_object().into_iter().flatten().filter(|(key, _)| is_printed(key));
    fields.map(|(key, value)| (key.clone(), short(value.to_string().as_bytes()))).collect()
}

fn short(bytes: &[u8]) -> String {
    digest::sha256(bytes)[..16].to_owned()
}
