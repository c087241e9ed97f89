//! What goes where and what goes away, and carrying it out: also for a run
//! that was killed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

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

/// How many names are tried where somebody's things have one.
const NAMES: usize = 10;

/// The names that a folder of ours may have.
pub(super) fn names(base: &str) -> impl Iterator<Item = String> {
    (0..NAMES).map(move |n| if n == 0 { base.to_owned() } else { format!("{base}-{n}") })
}

/// The first of the names that nothing has.
pub(super) fn free(root: &Path, base: &str) -> Result<PathBuf, StoreError> {
    let free =
        |place: &PathBuf| fs::symlink_metadata(place).is_err_and(|e| e.kind() == io::ErrorKind::NotFound);
    let free = names(base).map(|name| root.join(name)).find(free);
    free.ok_or_else(|| StoreError::InTheWay(root.join(base)))
}

/// Whether a folder holds nothing but staged files.
fn is_ours(folder: &Path) -> bool {
    staged_in(folder).is_some()
}

/// What a run that was killed left in a folder, if anything; only the next
/// run that writes there settles it.
pub fn leftover(root: &Path) -> Option<String> {
    let filled = |name: &String| root.join(name).read_dir().is_ok_and(|mut entries| entries.next().is_some());
    let settled = |name: &String| {
        let folder = root.join(name);
        is_ours(&folder) && (sound(&folder).is_some() || !folder.join(PLAN).exists())
    };
    let decided = names(DECIDED).filter(settled);
    let writing = names(WRITING).filter(|name| is_ours(&root.join(name)));
    decided.chain(writing).find(filled)
}

/// The staged files of a folder that holds nothing else; a link to a folder
/// is none.
fn staged_in(folder: &Path) -> Option<Vec<PathBuf>> {
    if !fs::symlink_metadata(folder).ok()?.is_dir() {
        return None;
    }
    let mut staged = Vec::new();
    for entry in fs::read_dir(folder).ok()? {
        let entry = entry.ok()?;
        let name = entry.file_name().into_string().ok()?;
        let ours = name == PLAN || name.bytes().all(|b| b.is_ascii_digit());
        if !ours || !entry.file_type().ok()?.is_file() {
            return None;
        }
        staged.push(entry.path());
    }
    Some(staged)
}

/// Removes a folder of staged files by their names.
pub(super) fn discard(folder: &Path) -> io::Result<()> {
    let Some(staged) = staged_in(folder) else { return Ok(()) };
    staged.iter().try_for_each(fs::remove_file)?;
    fs::remove_dir(folder)
}

/// Settles what killed runs left: carries out what was decided, removes what
/// was not. Returns whether anything was carried out.
pub(super) fn recover(root: &Path) -> Result<bool, StoreError> {
    for name in names(WRITING) {
        discard(&root.join(name)).map_err(StoreError::Untouched)?;
    }
    let mut finished = false;
    for decided in names(DECIDED).map(|name| root.join(name)).filter(|folder| is_ours(folder)) {
        match sound(&decided) {
            Some(plan) => {
                carry_out(root, &decided, &plan)?;
                finished = true;
            }
            // The plan goes last, once all is done.
            None if !decided.join(PLAN).exists() => discard(&decided).map_err(StoreError::Untouched)?,
            None => {}
        }
    }
    Ok(finished)
}

/// The plan of a decided folder, if every file that is still there is the one
/// that it names.
fn sound(decided: &Path) -> Option<Plan> {
    let json = read_regular(&decided.join(PLAN), LARGEST_PLAN).ok()?;
    let plan: Plan = serde_json::from_slice(&json).ok()?;
    let sound = |(i, put): (usize, &Put)| {
        let staged = decided.join(i.to_string());
        match fs::symlink_metadata(&staged) {
            Ok(_) => {
                read_regular(&staged, LARGEST.min(put.bytes)).is_ok_and(|bytes| sha256(&bytes) == put.sha256)
            }
            // In its place already.
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        }
    };
    plan.puts.iter().enumerate().all(sound).then_some(plan)
}

/// Puts every staged file into its place and takes away what has to go.
pub(super) fn carry_out(root: &Path, decided: &Path, plan: &Plan) -> Result<(), StoreError> {
    carry_out_if(root, decided, plan, &|| true).map(drop)
}

/// The same where it is still wanted when nothing is in its place yet; says
/// whether it was done.
pub(super) fn carry_out_if(
    root: &Path,
    decided: &Path,
    plan: &Plan,
    wanted: &dyn Fn() -> bool,
) -> Result<bool, StoreError> {
    let stopped = |file: &Path, error| StoreError::Unfinished { file: file.to_owned(), error };
    sync_dir(root).map_err(|error| stopped(root, error))?;
    if !wanted() {
        discard(decided).map_err(|error| stopped(decided, error))?;
        return Ok(false);
    }
    for (i, put) in plan.puts.iter().enumerate() {
        let staged = decided.join(i.to_string());
        let place = root.join(&put.file);
        let move_there = || -> io::Result<()> {
            let place = place::for_writing(root, &put.file)?;
            match fs::symlink_metadata(&staged) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
                other => other.map(|_| ())?,
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
        fs::remove_file(decided.join(PLAN))
    };
    end().map_err(|error| stopped(decided, error))?;
    // All is in place; an empty folder that stays is removed by the next run.
    let _ = fs::remove_dir(decided).and_then(|()| sync_dir(root));
    Ok(true)
}

/// Removes a file of ours, and its folder when nothing is left in it. What
/// stands there and is no file is somebody's, as is what a link leads to.
fn take_away(root: &Path, file: &str) -> io::Result<()> {
    let theirs = [io::ErrorKind::PermissionDenied, io::ErrorKind::NotADirectory];
    let place = match place::for_writing(root, file) {
        Err(error) if theirs.contains(&error.kind()) => return Ok(()),
        place => place?,
    };
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
