//! Signing off, and taking it back.

use super::{Error, Examination, Session};
use crate::approval::{self, Approval, Signature};
use crate::catalogue::Phrase;
use crate::diag::{Code, Diagnostic, Severity};
use crate::project::Store;
use crate::report::{Snapshot, part};

/// What is signed, or taken back.
#[derive(Debug, Clone)]
pub struct Signing<'a> {
    /// Persons and parts, by their ids.
    pub ids: Vec<String>,
    /// Who signs, or takes back.
    pub by: &'a str,
    /// The day, `YYYY-MM-DD`.
    pub on: &'a str,
    /// The round; the next one, or the newest, where none is named.
    pub round: Option<u8>,
}

impl Session {
    /// Signs spreads and parts. Returns, for each that was signed, its id and
    /// the round.
    ///
    /// # Errors
    /// When the files of signatures cannot be written.
    pub fn sign(&self, snapshot: &Snapshot, signing: &Signing) -> Result<Vec<(String, u8)>, Error> {
        self.change(signing, |id, approval, finished| {
            // What an interrupted run had decided is this signature already.
            let same = |last: &&Signature| {
                last.by == signing.by && last.on == signing.on && last.holds(snapshot, id)
            };
            if let Some(last) = approval.last().filter(|_| finished).filter(same) {
                return Some(last.round);
            }
            let round = signing.round.or_else(|| approval.next_round(snapshot, id))?;
            approval.signed.push(Signature::new(round, signing.by, signing.on, snapshot, id));
            Some(round)
        })
    }

    /// Names, in Chinese and English, of persons and parts that are not signed
    /// off, or no longer.
    pub fn unsigned(&self, snapshot: &Snapshot) -> Vec<[String; 2]> {
        let (approvals, _) = approval::read(&self.project.anew());
        let name = |id: &String| match part(id) {
            Some(kind) => Phrase::Part(kind.into()).both(),
            None => [snapshot.name(id).to_owned(), snapshot.name(id).to_owned()],
        };
        approval::unsigned(&approvals, snapshot).iter().map(name).collect()
    }

    /// Takes signatures back. Returns, for each, the id and the round.
    ///
    /// # Errors
    /// When somebody has no such signature, or the files cannot be written.
    pub fn withdraw(&self, signing: &Signing) -> Result<Vec<(String, u8)>, Error> {
        let taken = self.change(signing, |_, approval, _| {
            let signature = approval.withdraw(signing.round, signing.by, signing.on)?;
            Some(signature.round)
        })?;
        match signing.ids.iter().find(|id| !taken.iter().any(|(done, _)| done == *id)) {
            Some(id) if taken.is_empty() => Err(Error::NothingSigned(id.clone())),
            _ => Ok(taken),
        }
    }

    /// Changes the signatures of each, where there is anything to change.
    fn change(
        &self,
        signing: &Signing,
        change: impl Fn(&str, &mut Approval, bool) -> Option<u8>,
    ) -> Result<Vec<(String, u8)>, Error> {
        let folder = self.project.folder(approval::FOLDER);
        let folder = folder.map_err(|_| Error::LeadsOut(self.project.root().join(approval::FOLDER)))?;
        let failed = |error| Error::Store { folder: folder.clone(), error };
        // Opened before reading: two who sign at once sign one after the other.
        let mut store = Store::open(&folder, &mut self.wait()).map_err(failed)?;
        let (approvals, _) = approval::read(&self.project.anew());
        let mut changed = Vec::new();
        for id in &signing.ids {
            let mut approval = approvals.get(id).cloned().unwrap_or_default();
            if let Some(round) = change(id, &mut approval, store.finished_another()) {
                store.add(&approval::file_name(id), &approval.to_json()).map_err(failed)?;
                changed.push((id.clone(), round));
            }
        }
        store.commit().map_err(failed)?;
        Ok(changed)
    }
}

impl Examination {
    /// Ids of the persons and parts that people name: a person by name or file
    /// name, a part such as the cover by what it is called in either language.
    ///
    /// # Errors
    /// When nobody, or several persons, are meant.
    pub fn named(&self, snapshot: &Snapshot, names: &[String]) -> Result<Vec<String>, Error> {
        let parts = snapshot.parts();
        let mut found: Vec<String> = Vec::new();
        for wanted in names {
            let is_part = |id: &&String| {
                let kind = part(id).unwrap_or_default();
                let called = Phrase::Part(kind.into()).both();
                kind == wanted || *id == wanted || called.iter().any(|name| name == wanted)
            };
            let persons: Vec<&String> = snapshot
                .names
                .iter()
                .filter(|(id, name)| *id == wanted || *name == wanted)
                .map(|(id, _)| id)
                .collect();
            let id = match (&persons[..], parts.iter().find(is_part)) {
                ([id], _) => *id,
                ([], Some(part)) => part,
                ([], None) => return Err(Error::NobodyNamed(wanted.clone())),
                (several, _) => {
                    let ids = several.iter().map(|id| (*id).clone()).collect();
                    return Err(Error::SeveralNamed { name: wanted.clone(), ids });
                }
            };
            if !found.contains(id) {
                found.push(id.clone());
            }
        }
        Ok(found)
    }

    /// Errors that keep these from being signed: theirs and the book's, other
    /// than that they changed.
    pub fn unsignable(&self, ids: &[String]) -> Vec<Diagnostic> {
        let theirs = |d: &&Diagnostic| d.person.as_ref().is_none_or(|person| ids.contains(&person.id));
        let errors = self
            .found
            .iter()
            .filter(|d| d.severity == Severity::Error && d.code != Code::SignedSpreadChanged);
        errors.filter(theirs).cloned().collect()
    }
}
