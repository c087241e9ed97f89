//! Large files that a project reads again and again, such as photographs: kept,
//! with their hash, as long as the system says that they are the same.

use std::collections::{HashMap, HashSet};
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::{Input, LARGEST, Project, place, read_regular};
use crate::digest::sha256;

/// A file's bytes and their SHA-256.
pub type Shared = (Arc<[u8]>, String);

/// Files by where they are.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept(Arc<Mutex<HashMap<PathBuf, (Stamp, Shared)>>>);

/// What changes with a file: its length, when its contents and it itself were
/// changed, and which one it is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    changed: (i64, i64, u64),
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let changed = {
            use std::os::unix::fs::MetadataExt;
            (metadata.ctime(), metadata.ctime_nsec(), metadata.ino())
        };
        #[cfg(not(unix))]
        let changed = (0, 0, 0);
        Self { length: metadata.len(), modified: metadata.modified().ok(), changed }
    }
}

impl Kept {
    fn files(&self) -> MutexGuard<'_, HashMap<PathBuf, (Stamp, Shared)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file at a place. One that changes while it is read is not kept.
    pub(super) fn read(&self, path: &Path) -> io::Result<Shared> {
        let stamp = Stamp::of(&std::fs::metadata(path)?);
        if let Some((known, shared)) = self.files().get(path)
            && *known == stamp
        {
            return Ok(shared.clone());
        }
        let bytes = read_regular(path, LARGEST)?;
        let hash = sha256(&bytes);
        let shared: Shared = (bytes.into(), hash);
        if std::fs::metadata(path).is_ok_and(|metadata| Stamp::of(&metadata) == stamp) {
            self.files().insert(path.to_owned(), (stamp, shared.clone()));
        } else {
            self.files().remove(path);
        }
        Ok(shared)
    }
}

impl Project {
    /// Keeps of the files that are kept only those among some that were read.
    pub fn keep_only(&self, inputs: &[Input]) {
        let inputs: HashSet<&str> = inputs.iter().map(|input| input.sha256.as_str()).collect();
        self.kept.files().retain(|_, (_, (_, hash))| inputs.contains(hash.as_str()));
    }

    /// Reads a file as [`Project::read`] does, and keeps it with its hash for the
    /// next time, for as long as the project is open.
    ///
    /// # Errors
    /// Those of [`Project::read`].
    pub fn read_shared(&self, path: &str) -> io::Result<Shared> {
        let edit = self.seen().edits.get(path).cloned();
        let shared = match edit {
            Some(bytes) => {
                let bytes = bytes.ok_or(io::ErrorKind::NotFound)?;
                let hash = sha256(&bytes);
                (bytes.into(), hash)
            }
            None => self.kept.read(&place::inside(&self.root, path)?)?,
        };
        let input = Input { file: path.into(), bytes: shared.0.len(), sha256: shared.1.clone() };
        self.seen().inputs.insert(path.into(), input);
        Ok(shared)
    }
}
