//! Documents and photos that were dropped on the page: kept aside until it was
//! seen what they say, then imported.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json, json};

use super::paths::OF_IMPORTS;
use super::refusal::Refusal;
use super::steps::{self, Step};
use crate::catalogue::Lang;
use crate::intake::{Choices, is_photo_name};
use crate::project::{Hold, Project, StoreError, read_regular, write_file};
use crate::report::ImportLog;
use crate::session::{Error, Incoming, import};

/// Most files, largest file, and all of them together, in bytes.
const FILES: usize = 2_000;
pub(super) const LARGEST: u64 = 256 << 20;
const DOCUMENTS: u64 = 256 << 20;
const TOGETHER: u64 = 4 << 30;

/// Files that came in, in a folder of their own outside of the project.
#[derive(Default)]
pub(super) struct Staged {
    folder: Option<tempfile::TempDir>,
    /// Name as it came → file and size, in the order they came.
    files: BTreeMap<String, (PathBuf, u64)>,
    order: Vec<String>,
}

/// What is chosen of what was understood.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Chosen {
    /// Answers to doubts: number of the choice.
    pub(super) answers: BTreeMap<String, usize>,
    /// Suggestions that are taken.
    pub(super) accept: Vec<String>,
    /// Whether the best suggestions are.
    pub(super) all: bool,
    /// Whether it is written.
    pub(super) write: bool,
}

impl Staged {
    /// Keeps a file aside; one of the same name replaces it.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let name: String = name.replace('\\', "/").chars().filter(|c| !c.is_control()).take(200).collect();
        let size = bytes.len() as u64;
        let sum: u64 = self.files.values().map(|(_, size)| size).sum();
        if self.files.len() >= FILES || size > LARGEST || sum + size > TOGETHER || name.trim().is_empty() {
            return Err(Refusal::TooMuch);
        }
        let folder = match &self.folder {
            Some(folder) => folder.path().to_owned(),
            None => {
                let failed = |error| failed(Path::new("tmp"), StoreError::Untouched(error));
                let folder = tempfile::Builder::new().prefix("fengcai-").tempdir().map_err(failed)?;
                self.folder.insert(folder).path().to_owned()
            }
        };
        let path = match self.files.get(&name) {
            Some((path, _)) => path.clone(),
            None => folder.join(self.order.len().to_string()),
        };
        write_file(&path, bytes).map_err(|error| failed(&folder, error))?;
        if self.files.insert(name.clone(), (path, size)).is_none() {
            self.order.push(name);
        }
        Ok(())
    }

    /// Names of what is here.
    pub(super) fn names(&self) -> &[String] {
        &self.order
    }

    fn read(&self, name: &str, most: u64) -> io::Result<Vec<u8>> {
        let (path, _) = self.files.get(name).ok_or(io::ErrorKind::NotFound)?;
        read_regular(path, most)
    }

    /// Works the import into a folder out, and writes it if that is chosen.
    /// Returns what was understood, and whether it was written.
    pub(super) fn import(
        &self,
        folder: &Path,
        chosen: Chosen,
        lang: Lang,
    ) -> Result<(Json, Option<BTreeSet<String>>), Refusal> {
        let (photos, documents): (Vec<&String>, Vec<&String>) =
            self.order.iter().partition(|name| is_photo_name(name));
        let (mut read, mut unread, mut left) = (Vec::new(), Vec::new(), DOCUMENTS);
        for name in documents {
            match self.read(name, left) {
                Ok(bytes) => {
                    left -= bytes.len() as u64;
                    read.push((name.clone(), bytes));
                }
                Err(_) => unread.push((name.clone(), Refusal::TooMuch.sentence(lang))),
            }
        }
        let read_photo = |name: &str| self.read(name, LARGEST);
        let photos: Vec<String> = photos.into_iter().cloned().collect();
        let incoming = Incoming { documents: read, photos, read_photo: &read_photo };
        let mut choices = Choices { all: chosen.all, ..Choices::default() };
        choices.accepted.extend(chosen.accept);
        choices.answers.extend(chosen.answers);
        let import = import(folder, incoming, choices, lang)?;
        unread.extend(
            import.unread.iter().map(|(file, problem)| (file.clone(), problem.text(lang).to_owned())),
        );
        unread.extend(import.unusable.iter().map(|(file, problem)| (file.clone(), problem.text(lang))));
        let log = ImportLog::new(&import.understood, &import.plan, &import.read, unread, lang);
        let nobody = import.understood.persons.is_empty();
        let write = chosen.write && !nobody;
        if write {
            import.write(&read_photo, &mut |hold: &Hold| hold.seconds < 5, lang)?;
        }
        let said = json!({
            "ok": true, "written": write, "nobody": nobody, "nothing": import.is_nothing(),
            "fresh": import.fresh, "log": log,
        });
        // The files that it wrote, if it did.
        let files = write.then(|| import.plan.files.keys().cloned().collect());
        Ok((said, files))
    }
}

/// The texts that an import may change, by path.
pub(super) fn texts(project: &Project) -> BTreeMap<String, String> {
    let profiles = project.list("data/profiles", ".json").unwrap_or_default();
    let profiles = profiles.iter().map(|name| format!("data/profiles/{name}"));
    let others =
        ["data/booklet.json", "data/press.json"].into_iter().chain(OF_IMPORTS).map(ToOwned::to_owned);
    let read = |path: String| Some((path.clone(), steps::read(project, &path).ok()??));
    profiles.chain(others).filter_map(read).collect()
}

/// The steps of an import that wrote some files: of those that were there,
/// member by member, so that others' edits beside them stay.
pub(super) fn changes(
    files: &BTreeSet<String>,
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<Step> {
    let kept = OF_IMPORTS.map(ToOwned::to_owned);
    let paths = files.iter().chain(&kept).filter(|path| before.get(*path) != after.get(*path));
    paths.flat_map(|path| step(path, before.get(path), after.get(path))).collect()
}

fn step(path: &str, before: Option<&String>, after: Option<&String>) -> Vec<Step> {
    let members = |text: Option<&String>| -> Option<Map<String, Json>> {
        serde_json::from_str(text?).ok().filter(|_| !OF_IMPORTS.contains(&path))
    };
    let (Some(was), Some(is)) = (members(before), members(after)) else {
        let (before, after) = (before.cloned(), after.cloned());
        return vec![Step::Whole { file: path.to_owned(), before, after }];
    };
    let fields: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    let field = |field: &&String| Step::Field {
        file: path.to_owned(),
        field: (*field).clone(),
        before: was.get(*field).cloned(),
        after: is.get(*field).cloned(),
        gone: None,
    };
    fields.iter().filter(|field| was.get(**field) != is.get(**field)).map(field).collect()
}

fn failed(folder: &Path, error: StoreError) -> Refusal {
    Refusal::Session(Error::Store { folder: folder.to_owned(), error })
}
