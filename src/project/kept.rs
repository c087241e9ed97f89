//! Large files that a project looks at again and again, such as photographs:
//! their hashes, as long as the system says that they are the same.

use std::collections::HashMap;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::{Input, LARGEST, Project, place, read_regular};
use crate::digest::sha256;

/// Sizes and SHA-256 of files by where they are.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept(Arc<Mutex<HashMap<PathBuf, (Stamp, String)>>>);

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
    /// Size and SHA-256 of the file at a place. Those of one that changes while
    /// it is read are not kept.
    fn identify(&self, path: &Path) -> io::Result<(usize, String)> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = Stamp::of(&std::fs::metadata(path)?);
        if let Some((known, hash)) = lock().get(path)
            && *known == stamp
        {
            return Ok((stamp.length as usize, hash.clone()));
        }
        let bytes = read_regular(path, LARGEST)?;
        let hash = sha256(&bytes);
        if std::fs::metadata(path).is_ok_and(|metadata| Stamp::of(&metadata) == stamp) {
            lock().insert(path.to_owned(), (stamp, hash.clone()));
        } else {
            lock().remove(path);
        }
        Ok((bytes.len(), hash))
    }
}

impl Project {
    /// SHA-256 of a file that [`Project::read`] would read, known without
    /// reading it again for as long as the project is open and the file stays
    /// what it is.
    ///
    /// # Errors
    /// Those of [`Project::read`].
    pub fn identify(&self, path: &str) -> io::Result<String> {
        let edit = self.seen().edits.get(path).cloned();
        let (bytes, hash) = match edit {
            Some(edit) => {
                let edit = edit.ok_or(io::ErrorKind::NotFound)?;
                (edit.len(), sha256(&edit))
            }
            None => self.kept.identify(&place::inside(&self.root, path)?)?,
        };
        let input = Input { file: path.into(), bytes, sha256: hash.clone() };
        self.seen().inputs.insert(path.into(), input);
        Ok(hash)
    }
}
