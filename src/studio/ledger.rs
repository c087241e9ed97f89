//! Everything that was done, in order, with time and who: what undo goes back
//! through, and the history of every field.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::steps::Step;
use crate::project::{Project, append_below, read_tail};

/// Where it is kept: a line of JSON an entry.
pub(super) const FILE: &str = "data/history/edits.jsonl";
/// Newest part of it that is read, in bytes.
const READ: u64 = 32 << 20;
/// Seconds of typing in one field that are one entry.
const STROKE: i64 = 20;
/// Bits of a number that count the entries of a run; those above are the run's,
/// and all of them fit a number of JavaScript.
const COUNT: u32 = 20;
/// Entries that are told of at a time.
const TOLD: usize = 200;

/// Something that was done.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Its number, from 1.
    pub(super) n: u64,
    /// Seconds since 1970.
    pub(super) at: i64,
    /// Who did it.
    #[serde(default)]
    pub(super) by: String,
    /// What kind of act.
    pub(super) act: String,
    /// The person it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) person: Option<String>,
    pub(super) steps: Vec<Step>,
    /// The entry that it took back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) undoes: Option<u64>,
    /// The entry that it did again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) redoes: Option<u64>,
}

/// A field's value at a time.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Told<'a> {
    n: u64,
    at: i64,
    by: &'a str,
    act: &'a str,
    person: Option<&'a str>,
    file: &'a str,
    field: &'a str,
    before: Option<&'a Json>,
    after: Option<&'a Json>,
}

/// The entries, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    entries: Vec<Entry>,
    /// Entries that are in the file.
    written: usize,
    /// Whether the file ends within a line, as a killed run leaves it.
    torn: bool,
    /// The number of the next entry.
    next: u64,
}

impl Ledger {
    /// Reads what was kept. A line that is none is left out.
    pub(super) fn read(project: &Project) -> Self {
        let bytes = read_tail(project.root(), FILE, READ).unwrap_or_default();
        let torn = bytes.last().is_some_and(|byte| *byte != b'\n');
        let lines = bytes.split(|byte| *byte == b'\n');
        let entries: Vec<Entry> = lines.filter_map(|line| serde_json::from_slice(line).ok()).collect();
        // Two programs at once give no number twice.
        let run = u64::from(getrandom::u32().unwrap_or_default());
        Self { written: entries.len(), entries, torn, next: run << COUNT }
    }

    /// Adds an entry; typing on in the same field makes the last one longer.
    /// The entries before it are written.
    pub(super) fn add(&mut self, mut entry: Entry, project: &Project) -> u64 {
        if let Some(n) = self.lengthen(&entry) {
            return n;
        }
        self.flush(project);
        self.next += 1;
        entry.n = self.next;
        self.entries.push(entry);
        self.next
    }

    fn lengthen(&mut self, entry: &Entry) -> Option<u64> {
        let open = self.entries.len() > self.written;
        let last = self.entries.last_mut().filter(|last| {
            let typed = entry.undoes.is_none()
                && entry.redoes.is_none()
                && last.undoes.is_none()
                && last.redoes.is_none();
            open && typed
                && entry.act == "edit"
                && entry.act == last.act
                && entry.by == last.by
                && (0..STROKE).contains(&(entry.at - last.at))
        })?;
        match (&mut last.steps[..], &entry.steps[..]) {
            (
                [Step::Field { file, field, after, gone, .. }],
                [Step::Field { file: same, field: and, before, after: new, gone: then }],
            ) if file == same && field == and && after == before => {
                after.clone_from(new);
                gone.clone_from(then);
                Some(last.n)
            }
            _ => None,
        }
    }

    /// Writes what is not written yet. What cannot be written now is written the
    /// next time.
    pub(super) fn flush(&mut self, project: &Project) {
        let open = &self.entries[self.written..];
        if open.is_empty() {
            return;
        }
        let mut lines = if self.torn { b"\n".to_vec() } else { vec![] };
        for entry in open {
            // Plain texts and numbers always serialise.
            lines.extend(serde_json::to_vec(entry).unwrap_or_default());
            lines.push(b'\n');
        }
        match append_below(project.root(), FILE, &lines) {
            Ok(()) => (self.written, self.torn) = (self.entries.len(), false),
            Err(_) => self.torn = true,
        }
    }

    /// What can be taken back and what can be done again: numbers, the next one
    /// last.
    fn stacks(&self) -> (Vec<u64>, Vec<u64>) {
        let (mut done, mut undone) = (Vec::new(), Vec::new());
        for entry in &self.entries {
            match (entry.undoes, entry.redoes) {
                (Some(n), _) => {
                    done.retain(|known| *known != n);
                    undone.push(n);
                }
                (_, Some(n)) => {
                    undone.retain(|known| *known != n);
                    done.push(n);
                }
                _ => {
                    done.push(entry.n);
                    undone.clear();
                }
            }
        }
        (done, undone)
    }

    /// What undo takes back next.
    pub(super) fn to_undo(&self) -> Option<&Entry> {
        self.entry(*self.stacks().0.last()?)
    }

    /// What redo does again next.
    pub(super) fn to_redo(&self) -> Option<&Entry> {
        self.entry(*self.stacks().1.last()?)
    }

    /// The entry of a number.
    pub(super) fn entry(&self, n: u64) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.n == n)
    }

    /// The newest changes first, of one file or of all, of one field or of all.
    pub(super) fn told(&self, file: Option<&str>, field: Option<&str>) -> Vec<Told<'_>> {
        let steps =
            self.entries.iter().rev().flat_map(|entry| entry.steps.iter().map(move |step| (entry, step)));
        let told = steps.filter_map(|(entry, step)| {
            let Step::Field { file, field, before, after, .. } = step else { return None };
            Some(Told {
                n: entry.n,
                at: entry.at,
                by: &entry.by,
                act: &entry.act,
                person: entry.person.as_deref(),
                file,
                field,
                before: before.as_ref(),
                after: after.as_ref(),
            })
        });
        let wanted = |told: &Told| {
            file.is_none_or(|file| told.file == file) && field.is_none_or(|field| told.field == field)
        };
        told.filter(wanted).take(TOLD).collect()
    }

    /// How often each person was changed, for who looks at the whole.
    pub(super) fn counts(&self) -> HashMap<&str, usize> {
        let mut counts = HashMap::new();
        for person in self.entries.iter().filter_map(|entry| entry.person.as_deref()) {
            *counts.entry(person).or_default() += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(at: i64, from: &str, to: &str) -> Entry {
        let (before, after) = (Some(from.into()), Some(to.into()));
        let step = Step::Field {
            file: "data/profiles/a.json".into(),
            field: "name".into(),
            before,
            after,
            gone: None,
        };
        let (by, act) = ("编辑".to_owned(), "edit".to_owned());
        Entry { n: 0, at, by, act, person: Some("a".into()), steps: vec![step], undoes: None, redoes: None }
    }

    #[test]
    fn strokes_are_one_entry_and_undo_goes_back() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("data")).unwrap();
        std::fs::write(folder.path().join("data/booklet.json"), "{}").unwrap();
        let project = Project::open(folder.path()).unwrap();
        let mut ledger = Ledger::read(&project);
        let first = ledger.add(entry(100, "一", "二"), &project);
        assert_eq!(ledger.add(entry(105, "二", "三"), &project), first);
        let second = ledger.add(entry(300, "三", "四"), &project);
        assert_eq!(ledger.to_undo().unwrap().n, second);
        let undo = Entry { undoes: Some(second), ..entry(301, "四", "三") };
        assert!(ledger.add(undo, &project) > second);
        assert_eq!((ledger.to_undo().unwrap().n, ledger.to_redo().unwrap().n), (first, second));
        ledger.flush(&project);

        // A line that a killed run left half is left out, and the next is whole.
        let path = folder.path().join(FILE);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 9]).unwrap();
        let mut ledger = Ledger::read(&project);
        assert_eq!(ledger.to_undo().unwrap().n, second);
        ledger.add(entry(400, "四", "五"), &project);
        ledger.flush(&project);
        let ledger = Ledger::read(&project);
        assert_eq!(ledger.told(None, Some("name")).len(), 3);
        assert_eq!(ledger.counts()["a"], 3);
    }
}
