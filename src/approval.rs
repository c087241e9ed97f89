//! Sign-off: who signed which spread or part of the book in which round, and
//! whether it is still what was signed. One file each,
//! `data/approvals/ID.json`, so that signatures of two people for two persons
//! merge without a conflict.

mod file;
mod judge;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diag::Phrase;
use crate::fingerprint;
use crate::report::{COVER, Snapshot, part};

pub use file::{FOLDER, file_name, read};
pub use judge::{judge, unsigned};

/// 一校, 二校, 三校.
pub const ROUNDS: u8 = 3;

/// Signatures by person or part.
pub type Approvals = BTreeMap<String, Approval>;

/// The signatures for one person or part, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Approval {
    /// The signatures.
    pub signed: Vec<Signature>,
    /// Signatures that were taken back, with who took them and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<Withdrawal>,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Signature {
    /// Round of proofreading, from 1 to [`ROUNDS`].
    pub round: u8,
    /// Who signed.
    pub by: String,
    /// Day, `YYYY-MM-DD`.
    pub on: String,
    /// Version of the encoding of `spread`; none in signatures of 0.1.0.
    #[serde(default)]
    pub encoding: u32,
    /// What the pages showed, apart from folios.
    pub spread: String,
    /// With which settings their pictures were plated.
    #[serde(default)]
    pub plates: String,
    /// Name and version of the tool.
    #[serde(default)]
    pub tool: String,
    /// SHA-256 over the template's files.
    pub template: String,
    /// SHA-256 over the fonts.
    pub fonts: String,
    /// Hash of each printed field of the person's data.
    pub data: BTreeMap<String, String>,
    /// Hash of each printed field of `data/booklet.json`.
    #[serde(default)]
    pub booklet: BTreeMap<String, String>,
    /// Hash of each field of `data/press.json`.
    #[serde(default)]
    pub press: BTreeMap<String, String>,
}

/// A signature that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Withdrawal {
    /// Round of proofreading.
    pub round: u8,
    /// Who had signed.
    pub signed_by: String,
    /// Who took it back.
    pub by: String,
    /// Day, `YYYY-MM-DD`.
    pub on: String,
}

impl Signature {
    /// The signature of a spread or part as it is laid out.
    pub fn new(round: u8, by: &str, on: &str, snapshot: &Snapshot, id: &str) -> Self {
        Self {
            round,
            by: by.into(),
            on: on.into(),
            encoding: fingerprint::VERSION,
            spread: snapshot.seen(id),
            plates: snapshot.plated(id),
            tool: snapshot.tool.clone(),
            template: snapshot.inputs.template.clone(),
            fonts: snapshot.inputs.fonts.clone(),
            data: data(snapshot, id),
            booklet: snapshot.inputs.of_booklet(),
            press: snapshot.inputs.of_press(),
        }
    }

    /// Whether it can be compared with what is laid out now.
    pub fn is_comparable(&self) -> bool {
        self.encoding == fingerprint::VERSION
    }

    /// Whether the spread or part is still what was signed.
    pub fn holds(&self, snapshot: &Snapshot, id: &str) -> bool {
        self.is_comparable() && self.spread == snapshot.seen(id) && self.plates == snapshot.plated(id)
    }

    /// What changed since, of what the spread or part is made from.
    fn causes(&self, snapshot: &Snapshot, id: &str) -> Phrase {
        let now = &snapshot.inputs;
        let plated = self.plates != snapshot.plated(id);
        let mut booklet = differing(&self.booklet, &now.of_booklet());
        booklet.retain(|field| concerns(snapshot, id, field));
        let mut press = differing(&self.press, &now.of_press());
        press.retain(|field| match field.as_str() {
            "ink" | "overprint" => plated,
            // How far photographs are enlarged, too.
            "ppi" => plated || part(id).is_none(),
            "paper" => part(id).is_some(),
            "binding" | "cover" | "spine_allowance" => id == COVER,
            field => !["safety", "spots", "marks", "page_multiple", "blanks"].contains(&field),
        });
        Phrase::ChangedSince {
            fields: differing(&self.data, &data(snapshot, id)),
            booklet,
            press,
            template: self.template != now.template,
            fonts: self.fonts != now.fonts,
            tool: self.tool != snapshot.tool,
        }
    }
}

/// Hashes of what is printed of the data: of a person every field, of a part
/// that lists persons whatever it may print of each.
fn data(snapshot: &Snapshot, id: &str) -> BTreeMap<String, String> {
    match part(id) {
        None => snapshot.inputs.of_person(id),
        Some(_) if snapshot.lists_persons(id) => snapshot.listed(),
        Some(_) => BTreeMap::new(),
    }
}

/// Whether a field of `data/booklet.json` is one that a spread or a part is
/// made from: a text of the book is where it is printed, how articles are set
/// concerns persons, and all else everybody.
fn concerns(snapshot: &Snapshot, id: &str, field: &str) -> bool {
    let person = part(id).is_none();
    match field {
        "series" | "subtitle" | "facts" | "sections" | "past" => snapshot.prints_field(id, field),
        "back" | "emblem" => id == COVER,
        "photos" => !person,
        // It stands over every article.
        "title" => person || snapshot.prints_field(id, field),
        "setting" | "keep_together" => person,
        _ => true,
    }
}

/// Keys whose values differ, or that only one side has.
fn differing(before: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<String> {
    let keys = before.keys().chain(now.keys().filter(|key| !before.contains_key(*key)));
    keys.filter(|key| before.get(*key) != now.get(*key)).cloned().collect()
}

impl Approval {
    /// The newest signature of a round.
    pub fn round(&self, round: u8) -> Option<&Signature> {
        self.signed.iter().rfind(|signature| signature.round == round)
    }

    /// The last signature, unless it is of a version that says nothing now.
    pub fn last(&self) -> Option<&Signature> {
        self.signed.last().filter(|signature| signature.is_comparable())
    }

    /// The round to sign next: the last one anew when the spread changed
    /// since, else the one after it; nothing when all are signed.
    pub fn next_round(&self, snapshot: &Snapshot, id: &str) -> Option<u8> {
        match self.signed.last() {
            None => Some(1),
            Some(last) if !last.holds(snapshot, id) => Some(last.round),
            Some(last) => Some(last.round + 1).filter(|round| *round <= ROUNDS),
        }
    }

    /// Takes the newest signature of a round back, or the newest of all.
    pub fn withdraw(&mut self, round: Option<u8>, by: &str, on: &str) -> Option<Signature> {
        let at = match round {
            Some(round) => self.signed.iter().rposition(|signature| signature.round == round)?,
            None => self.signed.len().checked_sub(1)?,
        };
        let signature = self.signed.remove(at);
        let (signed_by, round) = (signature.by.clone(), signature.round);
        self.withdrawn.push(Withdrawal { round, signed_by, by: by.into(), on: on.into() });
        Some(signature)
    }

    /// Rounds before one that nobody signed.
    pub fn skipped(&self, round: u8) -> Vec<u8> {
        (1..round).filter(|earlier| self.round(*earlier).is_none()).collect()
    }
}
