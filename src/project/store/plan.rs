//! What goes where and what goes away, and carrying it out: also for a run
//! that was killed.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{DECIDED, StoreError, WRITING, sync_dir};
use crate::digest::sha256;
use crate::project::{LARGEST, place, read_regular};

/// The plan among the staged files.
pub(super) const PLAN: &str = "plan.json";
/// Largest plan that is read, in bytes: a million files.
const LARGEST_PLAN: u64 = 256 << 20;

/// What a run decided.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plan {
    puts: Vec<Put>,
    removes: Vec<String>,
}

/// A staged file and its place.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Put {
    file: String,
    bytes: u64,
    sha256: String,
}

impl Plan {
    pub(super) fn is_empty(&self) -> bool {
        self.puts.is_empty() && self.removes.is_empty()
    }

    pub(super) fn puts_nothing(&self) -> bool {
        self.puts.is_empty()
    }

    /// Adds a file, and says under which name it is staged.
    pub(super) fn put(&mut self, file: &str, bytes: &[u8]) -> String {
        self.puts.push(Put { file: file.into(), bytes: bytes.len() as u64, sha256: sha256(bytes) });
        (self.puts.len() - 1).to_string()
    }

    pub(super) fn remove(&mut self, file: &str) {
        self.removes.push(file.into());
    }

    pub(super) fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// Settles what killed runs left: carries out what was decided, removes what
/// was not. Returns whether anything was carried out.
pub(super) fn recover(root: &Path) -> Result<bool, StoreError> {
    discard(&root.join(WRITING))?;
    let decided = root.join(DECIDED);
    if !is_folder(&decided)? {
        return Ok(false);
    }
    let foreign = || StoreError::InTheWay(decided.clone());
    let json = match read_regular(&decided.join(PLAN), LARGEST_PLAN) {
        // The plan goes last, once all is done.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::remove_dir(&decided).map_err(|_| foreign())?;
            return Ok(false);
        }
        read => read.map_err(|_| foreign())?,
    };
    let plan: Plan = serde_json::from_slice(&json).map_err(|_| foreign())?;
    for (i, put) in plan.puts.iter().enumerate() {
        let staged = decided.join(i.to_string());
        let sound = match fs::symlink_metadata(&staged) {
            Ok(metadata) if metadata.is_file() => {
                read_regular(&staged, LARGEST.min(put.bytes)).is_ok_and(|bytes| sha256(&bytes) == put.sha256)
            }
            Ok(_) => false,
            // In its place already.
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        if !sound {
            return Err(foreign());
        }
    }
    carry_out(root, &plan)?;
    Ok(true)
}

/// Puts every staged file into its place and takes away what has to go.
pub(super) fn carry_out(root: &Path, plan: &Plan) -> Result<(), StoreError> {
    let decided = root.join(DECIDED);
    let stopped = |file: &Path, error| StoreError::Unfinished { file: file.to_owned(), error };
    sync_dir(root).map_err(|error| stopped(root, error))?;
    for (i, put) in plan.puts.iter().enumerate() {
        let staged = decided.join(i.to_string());
        let place = root.join(&put.file);
        let move_there = || -> io::Result<()> {
            let place = place::for_writing(root, &put.file)?;
            match fs::symlink_metadata(&staged) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
                other => drop(other?),
            }
            if let Some(folder) = place.parent().filter(|folder| !folder.is_dir()) {
                fs::create_dir_all(folder)?;
            }
            fs::rename(&staged, place)
        };
        move_there().map_err(|error| stopped(&place, error))?;
    }
    for file in &plan.removes {
        take_away(root, file).map_err(|error| stopped(&root.join(file), error))?;
    }
    let end = || -> io::Result<()> {
        for folder in folders(plan) {
            let folder = root.join(folder);
            if folder.is_dir() {
                sync_dir(&folder)?;
            }
        }
        sync_dir(root)?;
        fs::remove_file(decided.join(PLAN))?;
        fs::remove_dir(&decided)?;
        sync_dir(root)
    };
    end().map_err(|error| stopped(&decided, error))
}

/// Removes a file of ours, and its folder when nothing is left in it. What
/// stands there and is no file is somebody's.
fn take_away(root: &Path, file: &str) -> io::Result<()> {
    let place = place::for_writing(root, file)?;
    match fs::symlink_metadata(&place) {
        Ok(metadata) if metadata.is_file() => fs::remove_file(&place)?,
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    if let Some(folder) = place.parent().filter(|folder| *folder != root) {
        // Fails while something is in it, as it should.
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

/// The folders below the root that a plan changes, each once.
fn folders(plan: &Plan) -> Vec<&str> {
    let files = plan.puts.iter().map(|put| put.file.as_str()).chain(plan.removes.iter().map(String::as_str));
    let mut folders: Vec<&str> = files.filter_map(|file| Some(file.rsplit_once('/')?.0)).collect();
    folders.sort_unstable();
    folders.dedup();
    folders
}

/// Removes a folder of staged files by their names; anything else in it is not
/// ours, and then nothing is removed.
pub(super) fn discard(folder: &Path) -> Result<(), StoreError> {
    if !is_folder(folder)? {
        return Ok(());
    }
    let foreign = || StoreError::InTheWay(folder.to_owned());
    let mut staged = Vec::new();
    for entry in fs::read_dir(folder).map_err(StoreError::Untouched)? {
        let entry = entry.map_err(StoreError::Untouched)?;
        let name = entry.file_name().into_string().map_err(|_| foreign())?;
        let ours = name == PLAN || name.bytes().all(|b| b.is_ascii_digit());
        if !ours || !entry.file_type().map_err(StoreError::Untouched)?.is_file() {
            return Err(foreign());
        }
        staged.push(entry.path());
    }
    let remove = || -> io::Result<()> {
        staged.iter().try_for_each(fs::remove_file)?;
        fs::remove_dir(folder)
    };
    remove().map_err(StoreError::Untouched)
}

/// Whether a real folder stands there; a link, a file or a device in its place
/// is in the way.
fn is_folder(path: &Path) -> Result<bool, StoreError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(true),
        Ok(_) => Err(StoreError::InTheWay(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(StoreError::Untouched(error)),
    }
}
