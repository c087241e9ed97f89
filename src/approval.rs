//! Sign-off: who signed which spread in which round, and whether it is still
//! what was signed. One file a person, `data/approvals/ID.json`, so that
//! signatures of two people for two persons merge without a conflict.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};

use crate::diag::{Code, Diagnostic, Person, Phrase, Place};
use crate::load::{self, Draft};
use crate::project::Project;
use crate::report::Snapshot;

/// Where the files are.
pub const FOLDER: &str = "data/approvals";
/// 一校, 二校, 三校.
pub const ROUNDS: u8 = 3;

/// Signatures by person.
pub type Approvals = BTreeMap<String, Approval>;

/// The signatures for one person, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The signatures.
    pub signed: Vec<Signature>,
}

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Round of proofreading, from 1 to [`ROUNDS`].
    pub round: u8,
    /// Who signed.
    pub by: String,
    /// Day, `YYYY-MM-DD`.
    pub on: String,
    /// What the pages showed, apart from folios.
    pub spread: String,
    /// SHA-256 over the template's files.
    pub template: String,
    /// SHA-256 over the fonts.
    pub fonts: String,
    /// Hash of each field of the data.
    pub data: BTreeMap<String, String>,
}

impl Signature {
    /// The signature of a spread as it is laid out.
    pub fn new(round: u8, by: &str, on: &str, snapshot: &Snapshot, person: &str) -> Self {
        Self {
            round,
            by: by.into(),
            on: on.into(),
            spread: snapshot.spread(person),
            template: snapshot.inputs.template.clone(),
            fonts: snapshot.inputs.fonts.clone(),
            data: snapshot.inputs.fields(person),
        }
    }

    /// Whether the spread is still what was signed.
    pub fn holds(&self, snapshot: &Snapshot, person: &str) -> bool {
        self.spread == snapshot.spread(person)
    }

    /// What changed since.
    fn causes(&self, snapshot: &Snapshot, person: &str) -> Phrase {
        let now = snapshot.inputs.fields(person);
        let fields = self.data.keys().chain(now.keys().filter(|key| !self.data.contains_key(*key)));
        Phrase::ChangedSince {
            fields: fields.filter(|key| self.data.get(*key) != now.get(*key)).cloned().collect(),
            template: self.template != snapshot.inputs.template,
            fonts: self.fonts != snapshot.inputs.fonts,
        }
    }
}

impl Approval {
    /// The newest signature of a round.
    pub fn round(&self, round: u8) -> Option<&Signature> {
        self.signed.iter().rfind(|signature| signature.round == round)
    }

    /// The round to sign next: the last one anew when the spread changed
    /// since, else the one after it; nothing when all are signed.
    pub fn next_round(&self, snapshot: &Snapshot, person: &str) -> Option<u8> {
        match self.signed.last() {
            None => Some(1),
            Some(last) if !last.holds(snapshot, person) => Some(last.round),
            Some(last) => Some(last.round + 1).filter(|round| *round <= ROUNDS),
        }
    }

    /// The file, as JSON text.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).expect("plain data serialises");
        json.push(b'\n');
        json
    }
}

/// Path of a person's file below the project.
pub fn path(person: &str) -> String {
    format!("{FOLDER}/{person}.json")
}

/// Reads the signatures of a project; a file that is none is a finding.
///
/// # Errors
/// When a file cannot be read at all.
pub fn read(project: &Project, sink: &mut Vec<Diagnostic>) -> io::Result<Approvals> {
    let mut approvals = Approvals::new();
    for name in project.list(FOLDER, ".json")? {
        let id = name.trim_end_matches(".json");
        let document = load::parse(&path(id), &project.read(&path(id))?, sink);
        let Some(root) = &document.root else { continue };
        let whole = Place::new(&document.path, &document.text, root.range.clone());
        let approval = serde_json::from_value::<Approval>(root.to_json());
        let sound = |a: &Approval| a.signed.iter().all(|s| (1..=ROUNDS).contains(&s.round));
        match approval {
            Ok(approval) if sound(&approval) => drop(approvals.insert(id.into(), approval)),
            Ok(_) => sink.push(unreadable(whole, format!("round ≠ 1–{ROUNDS}"))),
            Err(error) => sink.push(unreadable(whole, error.to_string())),
        }
    }
    Ok(approvals)
}

fn unreadable(place: Place, problem: String) -> Diagnostic {
    Diagnostic::new(Code::SignaturesUnreadable).at(Some(place)).arg("problem", problem)
}

/// What is signed and no longer what was signed, and signatures for nobody.
pub fn judge(approvals: &Approvals, snapshot: &Snapshot, draft: &Draft) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (id, approval) in approvals {
        let Some(last) = approval.signed.last() else { continue };
        let Some(pages) = snapshot.page_map.persons.get(id) else {
            let place = Place::new(&path(id), "", 0..0);
            found.push(Diagnostic::new(Code::SignedPersonGone).at(Some(place)).arg("id", id.as_str()));
            continue;
        };
        if last.holds(snapshot, id) {
            continue;
        }
        let document = draft.profiles.get(id);
        let place = document.and_then(|document| document.place(document.root.as_ref()?));
        let person = Person { id: id.clone(), name: snapshot.names.get(id).cloned() };
        found.push(
            Diagnostic::new(Code::SignedSpreadChanged)
                .person(Some(person))
                .at(place.map(|place| Place { range: place.range.start..place.range.start, ..place }))
                .page(pages.first().copied())
                .arg("round", Phrase::Round(last.round))
                .arg("by", last.by.as_str())
                .arg("on", last.on.as_str())
                .arg("causes", last.causes(snapshot, id)),
        );
    }
    found
}
