//! Several files that change together. They are written into a folder beside
//! their places, with a plan of what goes where and what goes away, and
//! synced; one rename of that folder decides; then the plan is carried out.
//!
//! Crash model: a run that ends before the rename leaves the earlier files and
//! a folder that the next run removes. One that ends after it leaves a decided
//! folder, and the next run that writes there carries the plan out to its end.
//! Only a folder with a plan whose files have the hashes that it names is
//! carried out; nothing else that lies there is followed, descended into or
//! removed. Where somebody's file or link has one of these names, another name
//! is taken.

mod lock;
mod plan;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub use lock::Hold;
use plan::Plan;
pub use plan::leftover;

use super::place;

/// Folder of files that are being written.
const WRITING: &str = ".fengcai-writing";
/// Folder of files that only have to be put in their places.
const DECIDED: &str = ".fengcai-decided";

/// Why files were not written, or not to the end.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// Nothing was decided: the earlier files are as they were.
    Untouched(io::Error),
    /// Something stands where a file or folder of ours has to go.
    InTheWay(PathBuf),
    /// A place leads out of the folder or through a link.
    LeadsOut(PathBuf),
    /// It was decided, and part of it is done; the next run that writes there
    /// does the rest.
    Unfinished {
        /// Where it stopped.
        file: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Somebody gave up waiting for another program that writes there.
    GivenUp,
}

/// Folders with staged files of this process. Whoever holds it writes, so that
/// a run that ends in between ends between two files.
static STAGED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Waits for the file that is being written, and lets none follow.
pub(super) fn staged() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    STAGED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes what this process staged and has not decided, for a run that is
/// told to end. What was decided is carried out first. Nothing of this process
/// is written afterwards.
pub fn abandon_all() {
    let staged = staged();
    for folder in staged.iter() {
        // What cannot be removed now is removed by the next run.
        let _ = plan::discard(folder);
    }
    std::mem::forget(staged);
}

/// Files on their way into a folder.
#[derive(Debug)]
pub struct Store {
    root: PathBuf,
    plan: Plan,
    /// Where files are staged, once there is one.
    staging: Option<PathBuf>,
    /// Whether this run found a decided plan and carried it out.
    finished: bool,
    /// Holds other runs off while it lives.
    _lock: File,
}

impl Store {
    /// Opens the folder, making it if need be, waits for another run that
    /// writes there, and settles what a killed one left. `wait` is told who
    /// holds the folder, now and then, and says whether to go on waiting.
    ///
    /// # Errors
    /// What is in the way, what the system says, or that `wait` gave up.
    pub fn open(root: &Path, wait: &mut dyn FnMut(&Hold) -> bool) -> Result<Self, StoreError> {
        fs::create_dir_all(root).map_err(StoreError::Untouched)?;
        let root = root.canonicalize().map_err(StoreError::Untouched)?;
        let lock = lock::take(&root, wait)?;
        let finished = plan::recover(&root)?;
        Ok(Self { root, plan: Plan::default(), staging: None, finished, _lock: lock })
    }

    /// Whether a run that was killed had decided, and opening carried it out.
    pub fn finished_another(&self) -> bool {
        self.finished
    }

    /// The folder, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Paths of all files in the folder, links and others not followed.
    ///
    /// # Errors
    /// What the system says of a folder that cannot be listed.
    pub fn files(&self) -> Result<Vec<String>, StoreError> {
        Self::list(&self.root).map_err(StoreError::Untouched)
    }

    /// Paths of all files in a folder, without opening it to write.
    ///
    /// # Errors
    /// What the system says of a folder that cannot be listed.
    pub fn list(folder: &Path) -> io::Result<Vec<String>> {
        list(folder)
    }

    /// Writes and syncs a file, not yet in its place.
    ///
    /// # Errors
    /// What is in the way, or what the system says.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.free(path)?;
        let mut folders = staged();
        let staging = self.staging(&mut folders)?;
        write_new(&staging.join(self.plan.put(path, bytes)), bytes).map_err(StoreError::Untouched)
    }

    /// The folder that files are staged in, made when it is first asked for.
    fn staging(&mut self, folders: &mut BTreeSet<PathBuf>) -> Result<PathBuf, StoreError> {
        if let Some(staging) = &self.staging {
            return Ok(staging.clone());
        }
        let staging = plan::free(&self.root, WRITING)?;
        fs::create_dir(&staging).map_err(StoreError::Untouched)?;
        folders.insert(staging.clone());
        self.staging = Some(staging.clone());
        Ok(staging)
    }

    /// Takes a file away when the others are put. Says whether there is one;
    /// what a link leads to is somebody's.
    pub fn remove(&mut self, path: &str) -> bool {
        let place = place::for_writing(&self.root, path).and_then(fs::symlink_metadata);
        let there = place.is_ok_and(|metadata| metadata.is_file());
        if there {
            self.plan.remove(path);
        }
        there
    }

    /// Whether the place of a file is free, or has a file to be replaced.
    fn free(&self, path: &str) -> Result<(), StoreError> {
        let place = self.root.join(path);
        let leads_out = |_| StoreError::LeadsOut(place.clone());
        let checked = place::for_writing(&self.root, path).map_err(leads_out)?;
        let below = checked.ancestors().take_while(|at| *at != self.root);
        for (i, at) in below.enumerate() {
            match fs::symlink_metadata(at) {
                Ok(metadata) if (i == 0 && metadata.is_dir()) || (i > 0 && !metadata.is_dir()) => {
                    return Err(StoreError::InTheWay(at.to_owned()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Puts all files into their places.
    ///
    /// # Errors
    /// [`StoreError::Untouched`] before it is decided,
    /// [`StoreError::Unfinished`] after.
    pub fn commit(self) -> Result<(), StoreError> {
        self.commit_if(&|| true).map(drop)
    }

    /// The same where it is still wanted when everything is staged; says
    /// whether it was done.
    ///
    /// # Errors
    /// Those of [`Store::commit`].
    pub fn commit_if(mut self, wanted: &dyn Fn() -> bool) -> Result<bool, StoreError> {
        if self.plan.is_empty() {
            return Ok(wanted());
        }
        let mut folders = staged();
        let staging = self.staging(&mut folders)?;
        let decided = plan::free(&self.root, DECIDED)?;
        let decide = || -> io::Result<bool> {
            write_new(&staging.join(plan::PLAN), &self.plan.to_json())?;
            sync_dir(&staging)?;
            Ok(wanted() && fs::rename(&staging, &decided).map(|()| true)?)
        };
        if !decide().map_err(StoreError::Untouched)? {
            drop(folders);
            return Ok(false);
        }
        plan::carry_out_if(&self.root, &decided, &self.plan, wanted)
    }
}

impl Drop for Store {
    /// A run that fails takes along what it wrote.
    fn drop(&mut self) {
        if let Some(staging) = self.staging.take() {
            let mut folders = staged();
            // What cannot be removed now is removed by the next run.
            let _ = plan::discard(&staging);
            folders.remove(&staging);
        }
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Files below a folder, by their paths there; links are named, not followed.
fn list(root: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let name = entry.file_name();
            let path = format!("{folder}{}", name.to_string_lossy());
            // A name that is no text cannot be gone through by its text.
            if entry.file_type()?.is_dir() && name.to_str().is_some() {
                folders.push(format!("{path}/"));
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A rename is durable only when its folder is synced; Windows has no such call.
pub(super) fn sync_dir(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}
