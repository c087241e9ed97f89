//! A project folder: the only door to files. What is read comes from below
//! it or from an edit that is not saved yet; what is written goes below a
//! folder that was named, whole or not at all.

mod cache;
mod journal;
mod kept;
mod place;
mod reading;
mod single;
mod store;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::digest::sha256;

pub use cache::Cache;
pub use journal::{append_below, read_tail};
use kept::Kept;
pub use place::leads_out_of_its_project;
pub use reading::{folders_in, read_below, read_inside, read_regular};
pub use single::write_file;
pub use store::{Hold, Store, StoreError, abandon_all, leftover};

/// A folder with `data/booklet.json`.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
    seen: Arc<Mutex<Seen>>,
    kept: Kept,
    cache: Cache,
}

/// What was edited and what was read so far.
#[derive(Debug, Default)]
struct Seen {
    /// Unsaved edits by path; nothing stands for a file taken away.
    edits: BTreeMap<String, Option<Vec<u8>>>,
    inputs: BTreeMap<String, Input>,
    /// Names that are no text, as far as they can be shown.
    unnamed: BTreeSet<String>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Path below the project, with forward slashes.
    pub file: String,
    /// Size.
    pub bytes: usize,
    /// SHA-256 of the bytes.
    pub sha256: String,
}

/// Files larger than this are refused, in bytes: data files are small, photos
/// bounded.
pub const LARGEST: u64 = 512 << 20;

/// What an editor edits; the tool's own words are no place for its outputs.
const DATA: &str = "data/booklet.json";
/// Folders of a project that no output may go into.
const RESERVED: [&str; 4] = ["data", "templates", "fonts", ".fengcai"];

impl Project {
    /// Opens a folder.
    ///
    /// # Errors
    /// When the folder does not exist or has no `data/booklet.json`.
    pub fn open(root: &Path) -> io::Result<Self> {
        let root = root.canonicalize()?;
        if !place::inside(&root, DATA)?.is_file() {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(Self { root, seen: Arc::default(), kept: Kept::default(), cache: Cache::default() })
    }

    /// Whether a folder that is no project has profiles all the same.
    pub fn holds_data(folder: &Path) -> bool {
        fs::read_dir(folder.join("data/profiles")).is_ok_and(|mut entries| entries.next().is_some())
    }

    /// The folder, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The same folder and edits, with nothing read yet.
    pub fn anew(&self) -> Self {
        let edits = self.seen().edits.clone();
        let seen = Arc::new(Mutex::new(Seen { edits, ..Seen::default() }));
        Self { seen, ..self.clone() }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lays an edit that is not saved over a file: later reads see it. `None`
    /// takes the file away.
    pub fn edit(&self, path: &str, bytes: Option<Vec<u8>>) {
        self.seen().edits.insert(path.into(), bytes);
    }

    /// Forgets the edit of a file, for when it was saved or given up.
    pub fn unedit(&self, path: &str) {
        self.seen().edits.remove(path);
    }

    /// Reads a file below the project. The path has forward slashes; `..`,
    /// absolute paths and links that lead out are refused. A name that differs
    /// from the one on the disk in its Unicode normalisation alone is found.
    ///
    /// # Errors
    /// `PermissionDenied` for a path that leads out, `InvalidInput` for what is
    /// no file, `FileTooLarge` over [`LARGEST`], else what the system says.
    pub fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let edit = self.seen().edits.get(path).cloned();
        let bytes = match edit {
            Some(bytes) => bytes.ok_or(io::ErrorKind::NotFound)?,
            None => read_regular(&place::inside(&self.root, path)?, LARGEST)?,
        };
        let input = Input { file: path.into(), bytes: bytes.len(), sha256: sha256(&bytes) };
        self.seen().inputs.insert(path.into(), input);
        Ok(bytes)
    }

    /// The files that were read so far, by path.
    pub fn inputs(&self) -> Vec<Input> {
        self.seen().inputs.values().cloned().collect()
    }

    /// Names of files in listed folders that are no Unicode, as far as they
    /// can be shown.
    pub fn unnamed(&self) -> Vec<String> {
        self.seen().unnamed.iter().cloned().collect()
    }

    /// Names of the files in a folder below the project that end in
    /// `extension` (with its dot), sorted and in normal form C. An absent
    /// folder has none; one that leads out of the project neither.
    ///
    /// # Errors
    /// What the system says of a folder that cannot be listed.
    pub fn list(&self, dir: &str, extension: &str) -> io::Result<Vec<String>> {
        Ok(self
            .listed(dir)?
            .into_iter()
            .filter(|(name, file)| *file && name.ends_with(extension))
            .map(|(name, _)| name)
            .collect())
    }

    /// Names of the folders in a folder below the project, as [`Project::list`]
    /// gives files.
    ///
    /// # Errors
    /// What the system says of a folder that cannot be listed.
    pub fn folders(&self, dir: &str) -> io::Result<Vec<String>> {
        Ok(self.listed(dir)?.into_iter().filter(|(_, file)| !file).map(|(name, _)| name).collect())
    }

    /// Names in a folder, each with whether it is a file.
    fn listed(&self, dir: &str) -> io::Result<BTreeMap<String, bool>> {
        let mut found = BTreeMap::new();
        let entries = match place::inside(&self.root, dir).and_then(fs::read_dir) {
            Err(error)
                if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied) =>
            {
                None
            }
            entries => Some(entries?),
        };
        let dir = dir.trim_end_matches('/');
        for entry in entries.into_iter().flatten() {
            let entry = entry?;
            let Some(name) = entry.file_name().to_str().map(|name| name.nfc().collect::<String>()) else {
                let shown = entry.file_name().to_string_lossy().into_owned();
                self.seen().unnamed.insert(format!("{dir}/{shown}"));
                continue;
            };
            // `~$` begins the lock files of office programs.
            if !name.starts_with(['.', '~']) {
                let file =
                    place::inside(&self.root, &format!("{dir}/{name}")).is_ok_and(|path| path.is_file());
                if file || entry.path().is_dir() {
                    found.insert(name, file);
                }
            }
        }
        for (path, bytes) in &self.seen().edits {
            if let Some(name) = path
                .strip_prefix(dir)
                .and_then(|rest| rest.strip_prefix('/'))
                .filter(|name| !name.contains('/'))
            {
                match bytes {
                    Some(_) => drop(found.insert(name.into(), true)),
                    None => drop(found.remove(name)),
                }
            }
        }
        Ok(found)
    }

    /// A folder below the project to write into. It need not be there yet.
    ///
    /// # Errors
    /// `PermissionDenied` where it leads out of the project.
    pub fn folder(&self, dir: &str) -> io::Result<PathBuf> {
        place::folder(&self.root, dir)
    }

    /// The same of a folder that only this tool writes: no link leads to it.
    ///
    /// # Errors
    /// `PermissionDenied` where a link is on the way.
    pub fn own_folder(&self, dir: &str) -> io::Result<PathBuf> {
        place::for_writing(&self.root, dir)
    }

    /// Whether a folder for outputs would be in the way of the project: the
    /// project itself, what holds it, or where its data, templates and fonts
    /// are.
    pub fn is_reserved(&self, folder: &Path) -> bool {
        let folder = place::whole(folder);
        let climbs = folder.components().any(|step| step == Component::ParentDir);
        climbs
            || self.root.starts_with(&folder)
            || RESERVED.iter().any(|own| folder.starts_with(self.root.join(own)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> (tempfile::TempDir, Project) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("data/photos")).expect("makes folders");
        fs::write(folder.path().join(DATA), "{}").expect("writes");
        let project = Project::open(folder.path()).expect("a project");
        (folder, project)
    }

    #[test]
    fn edits_lie_over_files() {
        let (folder, project) = project();
        fs::write(folder.path().join("data/photos/a.jpg"), "disk").expect("writes");
        project.edit("data/photos/a.jpg", Some(b"edit".to_vec()));
        project.edit("data/photos/b.jpg", Some(b"new".to_vec()));
        assert_eq!(project.read("data/photos/a.jpg").expect("reads"), b"edit");
        assert_eq!(project.list("data/photos", ".jpg").expect("lists"), ["a.jpg", "b.jpg"]);
        project.edit("data/photos/a.jpg", None);
        assert_eq!(project.anew().list("data/photos", ".jpg").expect("lists"), ["b.jpg"]);
        assert!(project.read("data/photos/a.jpg").is_err());
        project.unedit("data/photos/a.jpg");
        assert_eq!(project.read("data/photos/a.jpg").expect("reads"), b"disk");
        assert_eq!(fs::read(folder.path().join("data/photos/a.jpg")).expect("reads"), b"disk");
    }

    /// macOS takes é apart; the data may have it in one piece, or the other
    /// way round. Another case is another name.
    #[test]
    fn names_are_found_however_they_are_composed() {
        let (folder, project) = project();
        let (composed, apart) = ("data/photos/\u{E9}.jpg", "data/photos/e\u{301}.jpg");
        fs::write(folder.path().join(apart), "photo").expect("writes");
        assert_eq!(project.list("data/photos", ".jpg").expect("lists"), ["\u{E9}.jpg"]);
        for name in [composed, apart] {
            assert_eq!(project.read(name).expect("reads"), b"photo");
        }
        assert!(cfg!(not(target_os = "linux")) || project.read("data/photos/e\u{301}.JPG").is_err());
    }

    #[test]
    fn no_path_leads_out() {
        let (_folder, project) = project();
        for path in ["../x", "/etc/hostname", "data/../../x", ""] {
            assert!(project.read(path).is_err(), "{path}");
        }
        assert!(project.folder("..").is_err() && project.folder("a/../../b").is_err());
        assert!(project.folder("out").is_ok() && project.folder("").is_err());
        assert!(project.is_reserved(project.root()) && project.is_reserved(&project.root().join("data/x")));
        assert!(!project.is_reserved(&project.root().join("out")));
    }
}
