//! Who writes: one act at a time, into the project's files, whole or not at
//! all, and into the ledger.

use std::collections::HashMap;

use serde_json::Value as Json;

use super::ledger::{Entry, Ledger};
use super::refusal::Refusal;
use super::steps::{self, Applied, Step};
use crate::digest::sha256;
use crate::project::{Input, Project, Store, StoreError};
use crate::session::Error;

/// Seconds to wait for another program that writes.
const PATIENCE: usize = 5;
/// How often an act is worked out anew where another program saves meanwhile.
const TRIES: usize = 5;

/// An act.
pub(super) struct Act {
    /// What kind.
    pub(super) name: &'static str,
    pub(super) person: Option<String>,
    pub(super) by: String,
    /// Seconds since 1970.
    pub(super) at: i64,
    pub(super) steps: Vec<Step>,
    /// Files that are no data, such as photos: paths and bytes.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// What came of an act.
#[derive(Debug)]
pub(super) struct Done {
    /// Whether somebody else's edit was there and was kept.
    pub(super) merged: bool,
    /// What the files are now, by path; nothing for one that went away.
    pub(super) files: Vec<(String, Option<Json>)>,
    /// Number of the entry; none where nothing changed.
    pub(super) entry: Option<u64>,
}

/// An open project with its ledger.
pub(super) struct Desk {
    project: Project,
    pub(super) ledger: Ledger,
    /// SHA-256 of what was written here last, by path.
    own: HashMap<String, Option<String>>,
}

impl Desk {
    pub(super) fn new(project: &Project) -> Self {
        let project = project.anew();
        Self { ledger: Ledger::read(&project), project, own: HashMap::new() }
    }

    /// The project's files as they are now.
    pub(super) fn project(&self) -> Project {
        self.project.anew()
    }

    /// Does something.
    pub(super) fn act(&mut self, act: Act) -> Result<Done, Refusal> {
        self.put(act, None, None)
    }

    fn put(&mut self, act: Act, undoes: Option<u64>, redoes: Option<u64>) -> Result<Done, Refusal> {
        let mut applied = None;
        for _ in 0..TRIES {
            applied = self.written(&act)?;
            if applied.is_some() {
                break;
            }
        }
        let applied = applied.ok_or_else(|| Refusal::Changed("data".into()))?;
        let files = act.files.iter().map(|(path, bytes)| (path.clone(), Some(sha256(bytes))));
        let texts = applied.files.iter();
        let texts =
            texts.map(|(path, text)| (path.clone(), text.as_ref().map(|text| sha256(text.as_bytes()))));
        self.own.extend(files.chain(texts));
        let mut entry = None;
        // What is taken back counts as taken back, though others had undone it.
        if !applied.steps.is_empty() || undoes.is_some() || redoes.is_some() {
            let Act { name, person, by, at, .. } = act;
            let steps = applied.steps;
            let new = Entry { n: 0, at, by, act: name.into(), person, steps, undoes, redoes };
            entry = Some(self.ledger.add(new, &self.project));
        }
        let value = |text: &Option<String>, path: &str| {
            let document = steps::parsed(path, text.as_ref()?).ok()?;
            Some(document.root.as_ref()?.to_json())
        };
        let files = applied.files.iter().map(|(path, text)| (path.clone(), value(text, path))).collect();
        Ok(Done { merged: applied.merged, files, entry })
    }

    /// Writes what an act comes to; nothing where somebody else saved one of the
    /// files meanwhile.
    fn written(&self, act: &Act) -> Result<Option<Applied>, Refusal> {
        let folder = self.project.folder("data").map_err(|_| Refusal::Forbidden("data".into()))?;
        let failed = |error: StoreError| Refusal::Session(Error::Store { folder: folder.clone(), error });
        let mut store = Store::open(&folder, &mut |hold| hold.seconds < PATIENCE).map_err(failed)?;
        let project = self.project.anew();
        let applied = steps::apply(&project, &act.steps)?;
        let below = |path: &str| path.strip_prefix("data/").map(ToOwned::to_owned);
        let below = |path: &str| below(path).ok_or_else(|| Refusal::Forbidden(path.to_owned()));
        for (path, bytes) in &act.files {
            store.add(&below(path)?, bytes).map_err(failed)?;
        }
        for (from, to) in &applied.moved {
            let read = project.read(from).map_err(|error| Refusal::Unreadable(from.clone(), error))?;
            store.add(&below(to)?, &read).map_err(failed)?;
            store.remove(&below(from)?);
        }
        for (path, text) in &applied.files {
            match text {
                Some(text) => store.add(&below(path)?, text.as_bytes()).map_err(failed)?,
                None => drop(store.remove(&below(path)?)),
            }
        }
        let same = |(path, text): (&String, &Option<String>)| {
            steps::read(&project, path).is_ok_and(|now| now == *text)
        };
        let done = store.commit_if(&|| applied.seen.iter().all(same)).map_err(failed)?;
        Ok(done.then_some(applied))
    }

    /// Writes down what was done to the files by other means, such as an import.
    pub(super) fn note(&mut self, name: &'static str, by: String, at: i64, steps: Vec<Step>) {
        if !steps.is_empty() {
            let new =
                Entry { n: 0, at, by, act: name.into(), person: None, steps, undoes: None, redoes: None };
            self.ledger.add(new, &self.project);
        }
    }

    /// Takes the last act back; or passes over it, where others changed the same
    /// since.
    pub(super) fn undo(&mut self, pass: bool, by: String, at: i64) -> Result<Done, Refusal> {
        let entry = self.ledger.to_undo().ok_or(Refusal::NothingLeft)?;
        let steps = if pass { vec![] } else { entry.steps.iter().rev().map(Step::reversed).collect() };
        let (n, person) = (entry.n, entry.person.clone());
        self.put(Act { name: "undo", person, by, at, steps, files: vec![] }, Some(n), None)
    }

    /// Does the last one that was taken back again.
    pub(super) fn redo(&mut self, by: String, at: i64) -> Result<Done, Refusal> {
        let entry = self.ledger.to_redo().ok_or(Refusal::NothingLeft)?;
        let (n, person, steps) = (entry.n, entry.person.clone(), entry.steps.clone());
        self.put(Act { name: "redo", person, by, at, steps, files: vec![] }, None, Some(n))
    }

    /// Gives a field the value that it had before an entry.
    pub(super) fn revert(&mut self, n: u64, field: &str, by: String, at: i64) -> Result<Done, Refusal> {
        let entry = self.ledger.entry(n).ok_or(Refusal::NothingLeft)?;
        let of_field = |step: &&Step| matches!(step, Step::Field { field: known, .. } if known == field);
        let Some(Step::Field { file, before, .. }) = entry.steps.iter().find(of_field) else {
            return Err(Refusal::NothingLeft);
        };
        let (person, wanted, file) = (entry.person.clone(), before.clone(), file.clone());
        let text = steps::read(&self.project(), &file)?.ok_or_else(|| Refusal::Gone(file.clone()))?;
        let before = steps::member(&steps::parsed(&file, &text)?, field);
        let step = Step::Field { file, field: field.into(), before, after: wanted, gone: None };
        self.act(Act { name: "revert", person, by, at, steps: vec![step], files: vec![] })
    }

    /// Whether a file is as it was last written here. One that is not is
    /// somebody else's from then on.
    pub(super) fn wrote(&mut self, file: &str) -> bool {
        let Some(own) = self.own.get(file) else { return false };
        let own = self.project.anew().read(file).ok().map(|bytes| sha256(&bytes)) == *own;
        if !own {
            self.own.remove(file);
        }
        own
    }

    /// What a round read. Says whether a file was not as it was written here.
    pub(super) fn was_read(&mut self, inputs: &[Input]) -> bool {
        let before = self.own.len();
        for Input { file, sha256, .. } in inputs {
            if self.own.get(file).is_some_and(|own| own.as_ref() != Some(sha256)) {
                self.own.remove(file);
            }
        }
        self.own.len() < before
    }

    /// Writes what of the ledger is not written yet.
    pub(super) fn rest(&mut self) {
        self.ledger.flush(&self.project);
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.rest();
    }
}
