//! What pages are made from: data, portraits, template, fonts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::check::Manuscript;
use crate::digest;
use crate::fonts;
use crate::load::{Document, Draft};
use crate::templates::TemplateFiles;

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
    /// SHA-256 of what is picture in the portraits, by person.
    pub photos: BTreeMap<String, String>,
    /// SHA-256 over the template's files.
    pub template: String,
    /// SHA-256 over the fonts.
    pub fonts: String,
}

impl Inputs {
    pub(super) fn new(draft: &Draft, manuscript: &Manuscript, template: &TemplateFiles) -> Self {
        let json = |document: &Document| document.root.as_ref().map_or(Value::Null, |root| root.to_json());
        let entries = manuscript.entries();
        let photos = entries.iter().filter_map(|e| Some((e.id.clone(), e.photo.as_ref()?.essence.clone())));
        let extras = manuscript.extras().iter().map(|extra| (extra.family.as_str(), extra.bytes.as_slice()));
        let profiles = entries.iter().filter_map(|e| Some((e.id.clone(), json(draft.profiles.get(&e.id)?))));
        Self {
            booklet: json(&draft.booklet),
            press: draft.press.as_ref().map_or(Value::Null, json),
            profiles: profiles.collect(),
            photos: photos.collect(),
            template: digest::of_pieces(template.iter().map(|(path, bytes)| (path.as_str(), &**bytes))),
            fonts: fonts::digest(extras),
        }
    }

    /// Short hashes of the fields of a person's data that are printed; the
    /// portrait counts as its field.
    pub fn of_person(&self, person: &str) -> BTreeMap<String, String> {
        let mut hashes = fields(self.profiles.get(person).unwrap_or(&Value::Null));
        if let Some(photo) = self.photos.get(person) {
            hashes.insert("photo.file".into(), short(photo.as_bytes()));
        }
        hashes
    }

    /// The same of `data/booklet.json`.
    pub fn of_booklet(&self) -> BTreeMap<String, String> {
        fields(&self.booklet)
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
