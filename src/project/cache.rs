//! What takes long to make, kept by what it is made from: in memory while a
//! project is open, and in a folder from one run to the next. The folder is
//! outside of the project, so that no project brings results of somebody
//! else's; it may be deleted at any time.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Project;
use crate::digest::of_pieces;

/// Bytes that a project's folder may take.
const FOLDER: u64 = 1 << 30;
/// Bytes that results take in memory where a folder has them as well.
const MEMORY: usize = 64 << 20;
/// Rounds that something in memory survives without being used.
const AGE: u64 = 3;

/// Results by their keys.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    folder: Option<Arc<PathBuf>>,
    /// Bytes that the folder may take.
    most: u64,
    held: Arc<Mutex<Held>>,
}

#[derive(Debug, Default)]
struct Held {
    round: u64,
    /// What the results take.
    bytes: usize,
    /// Whether the folder has grown since it was last looked over.
    grown: bool,
    results: HashMap<String, (Arc<[u8]>, u64)>,
}

impl Cache {
    /// In a folder, which is made when there is something to keep.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder: Some(Arc::new(folder)), most: FOLDER, held: Arc::default() }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A result. One in the folder counts only with the hash that it was
    /// written with.
    pub(crate) fn get(&self, key: &str) -> Option<Arc<[u8]>> {
        let mut held = self.held();
        let round = held.round;
        if let Some((result, used)) = held.results.get_mut(key) {
            *used = round;
            return Some(result.clone());
        }
        drop(held);
        let path = self.folder.as_ref()?.join(key);
        let entry = super::read_regular(&path, super::LARGEST).ok()?;
        let sound =
            entry.split_at_checked(64).filter(|(hash, result)| sealed(key, result).as_bytes() == *hash);
        let Some((_, result)) = sound else {
            let _ = fs::remove_file(path);
            return None;
        };
        Some(self.hold(key, result.into()))
    }

    /// Keeps a result in memory as well, unless that is full and the folder has
    /// it.
    fn hold(&self, key: &str, result: Arc<[u8]>) -> Arc<[u8]> {
        let mut held = self.held();
        let round = held.round;
        held.bytes += result.len();
        if self.folder.is_some() && held.bytes > MEMORY {
            held.bytes -= result.len();
            return result;
        }
        held.results.insert(key.to_owned(), (result.clone(), round));
        result
    }

    /// Keeps a result. A folder that cannot be written keeps nothing.
    pub(crate) fn put(&self, key: &str, result: Vec<u8>) {
        if let Some(folder) = &self.folder {
            let write = || {
                fs::create_dir_all(&**folder)?;
                let mut file = tempfile::NamedTempFile::new_in(&**folder)?;
                file.write_all(sealed(key, &result).as_bytes())?;
                file.write_all(&result)?;
                file.persist(folder.join(key)).map_err(|error| error.error)
            };
            let _ = write();
            self.held().grown = true;
        }
        self.hold(key, result.into());
    }

    /// Ends a round of work: forgets what the last ones did not use, and takes
    /// the oldest away where the folder is too large.
    pub(crate) fn tidy(&self) {
        let mut held = self.held();
        held.round += 1;
        let round = held.round;
        held.results.retain(|_, (_, used)| *used + AGE >= round);
        held.bytes = held.results.values().map(|(result, _)| result.len()).sum();
        let grown = std::mem::take(&mut held.grown);
        let Some(folder) = self.folder.as_ref().filter(|_| grown) else { return };
        let Ok(entries) = fs::read_dir(&**folder) else { return };
        let mut files: Vec<_> = entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let metadata = entry.metadata().ok().filter(|metadata| metadata.is_file())?;
                let used = entry.file_name().to_str().is_some_and(|name| held.results.contains_key(name));
                Some((used, metadata.modified().ok(), metadata.len(), entry.path()))
            })
            .collect();
        let mut total: u64 = files.iter().map(|(_, _, length, _)| length).sum();
        files.sort();
        for (_, _, length, path) in files {
            if total <= self.most {
                break;
            }
            if fs::remove_file(path).is_ok() {
                total -= length;
            }
        }
    }
}

impl Project {
    /// Keeps results in a folder from one run to the next.
    #[must_use]
    pub fn with_cache(self, cache: Cache) -> Self {
        Self { cache, ..self }
    }

    /// What was made before.
    pub(crate) fn cache(&self) -> &Cache {
        &self.cache
    }
}

/// What is written before a result: whose it is and that it is whole.
fn sealed(key: &str, result: &[u8]) -> String {
    of_pieces([(key, result)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_result_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let at = || Cache::at(folder.path().join("cache"));
        let (one, other) = (of_pieces([("one", &b"1"[..])]), of_pieces([("other", &b"1"[..])]));
        assert!(at().get(&one).is_none());
        at().put(&one, b"result".to_vec());
        assert_eq!(at().get(&one).as_deref(), Some(&b"result"[..]));
        let path = folder.path().join("cache").join(&one);
        let whole = fs::read(&path).unwrap();
        // Under another's name it is not what was made for that one.
        fs::write(folder.path().join("cache").join(&other), &whole).unwrap();
        assert!(at().get(&other).is_none());
        for at_byte in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at_byte] ^= 1;
            fs::write(&path, &damaged).unwrap();
            assert!(at().get(&one).is_none() && !path.exists(), "byte {at_byte}");
        }
        fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        assert!(at().get(&one).is_none());
    }

    #[test]
    fn the_folder_stays_within_its_size() {
        let folder = tempfile::tempdir().unwrap();
        let cache = || Cache { most: 5_000, ..Cache::at(folder.path().to_owned()) };
        let size = || -> u64 {
            let files = fs::read_dir(folder.path()).unwrap();
            files.map(|file| file.unwrap().metadata().unwrap().len()).sum()
        };
        let first = cache();
        (0..10).for_each(|i| first.put(&format!("old {i}"), vec![i; 800]));
        first.tidy();
        assert!(size() <= 5_000, "{}", size());
        // What this run uses outlives what it does not.
        let second = cache();
        (0..4).for_each(|i| second.put(&format!("new {i}"), vec![i; 800]));
        second.tidy();
        assert!(size() <= 5_000 && (0..4).all(|i| cache().get(&format!("new {i}")).is_some()));
    }

    #[test]
    fn what_is_not_used_is_forgotten() {
        let cache = Cache::default();
        cache.put("a", vec![1]);
        for _ in 0..=AGE {
            assert!(cache.get("a").is_some());
            cache.tidy();
        }
        (0..AGE).for_each(|_| cache.tidy());
        assert!(cache.get("a").is_none());
    }
}
