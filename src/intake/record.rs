//! What the last import wrote: the base of the next one, and where each field
//! came from. Kept in the project as `data/source/import.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::Place;
use crate::check::mended;
use crate::digest::sha256;
use crate::documents::Spot;

/// Where a project keeps the record.
pub const RECORD: &str = "data/source/import.json";

/// A record of imports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// The documents, by file name: SHA-256 of what was read last.
    pub files: BTreeMap<String, String>,
    /// What was written of each person, by file name of the profile.
    pub persons: BTreeMap<String, Kept>,
    /// The same of the book's own titles.
    pub book: Kept,
}

/// What an import wrote of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The name.
    pub name: String,
    /// Fingerprint of each field.
    pub base: BTreeMap<String, String>,
    /// Fingerprints of what earlier imports said of a field: a document that says
    /// so again has not seen what came since.
    pub earlier: BTreeMap<String, BTreeSet<String>>,
    /// Fingerprints of what a correction to an export brought, by field and
    /// entry: it was delivered later than the text that it differs from.
    pub settled: BTreeMap<String, String>,
    /// File and place of each entry, by its path.
    pub places: BTreeMap<String, (String, Spot)>,
}

impl Record {
    /// Reads a record, if it can be understood.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// The record as a file.
    pub fn to_json(&self) -> String {
        // Maps with text as keys, which JSON has.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Where a field of a person came from, if its value is still the one that
    /// was imported.
    pub fn origin(&self, person: &str, field: &str, profile: &Json) -> Option<Place> {
        let kept = self.persons.get(person)?;
        let entry = |path: &str| kept.places.get(path).or_else(|| kept.places.get(&format!("{path}[0]")));
        let (file, spot) = entry(field)?;
        let group = kept.base.iter().filter(|(group, _)| field.starts_with(group.as_str()));
        let (group, base) = group.max_by_key(|(group, _)| group.len())?;
        let value = group.split('.').try_fold(profile, |value, key| value.get(key))?;
        (print(value) == *base).then(|| Place { file: file.clone(), spot: spot.clone() })
    }

    /// Whether a field of a person is as a correction brought it that came
    /// later than the text it is compared with.
    pub fn is_settled(&self, person: &str, field: &str, profile: &Json) -> bool {
        let Some(kept) = self.persons.get(person).filter(|kept| !kept.settled.is_empty()) else {
            return false;
        };
        let group = field.split('[').next().unwrap_or(field);
        let list = group.split('.').try_fold(profile, |value, key| value.get(key));
        let index = field.split('[').nth(1).and_then(|rest| rest.trim_end_matches(']').parse::<usize>().ok());
        let entry = index.and_then(|index| list?.get(index));
        let settled = |path: &str, value: Option<&Json>| {
            value.is_some_and(|value| kept.settled.get(path) == Some(&print(value)))
        };
        // Entries may have moved since.
        let any = entry.map(print).is_some_and(|print| kept.settled.values().any(|known| *known == print));
        any || settled(group, list)
    }
}

/// The fingerprint of a field's value.
fn fingerprint(value: &Json) -> String {
    let digest = sha256(value.to_string().as_bytes());
    digest.get(..10).unwrap_or_default().to_owned()
}

/// A value with its texts mended, as an import would have them.
pub(super) fn plain(value: &Json) -> Json {
    match value {
        Json::String(text) => Json::String(mended(text).0),
        Json::Array(list) => list.iter().map(plain).collect(),
        Json::Object(map) => {
            Json::Object(map.iter().map(|(key, value)| (key.clone(), plain(value))).collect())
        }
        other => other.clone(),
    }
}

/// The fingerprint of a part: slips of form do not count. That of a list has
/// one for each entry, so that two who change different entries both stay.
pub fn print(value: &Json) -> String {
    match value {
        Json::Array(list) => list.iter().map(print).collect::<Vec<_>>().join("."),
        value => fingerprint(&plain(value)),
    }
}
