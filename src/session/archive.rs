//! Builds that are kept to compare with: under a name, and the last one that
//! went to the print shop.

use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::current::read_manifest;
use super::outputs::{COVER, PRESS, SCREEN};
use super::{Error, Session, Target};
use crate::digest::sha256;
use crate::manifest::{FILE, Manifest};
use crate::project::{LARGEST, Store, StoreError, read_below};
use crate::report::{self, Output};

/// Where archives are in a project.
const ARCHIVES: &str = "data/archives";
/// Where the last build for the print shop is kept once it left `out/`.
const LAST: &str = ".fengcai/last-print";
/// What is kept of a build.
const KEPT: [&str; 4] = [report::FILE, SCREEN, PRESS, COVER];
/// Longest name of an archive, in characters.
const LONGEST: usize = 60;

/// What changes are told against.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Baseline {
    /// Where it is.
    pub folder: PathBuf,
    /// Whether it made what goes to the print shop.
    pub for_print: bool,
}

/// A build that was kept under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Archived {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub folder: PathBuf,
}

impl Session {
    /// Keeps the last build for the print shop under a name.
    ///
    /// # Errors
    /// When the name is taken or cannot be one, there is no whole build, or
    /// the files cannot be written.
    pub fn archive(&self, name: &str) -> Result<Archived, Error> {
        let name: String = name.trim().nfc().collect();
        if !is_name(&name) {
            return Err(Error::BadName(name));
        }
        if self.archived(&name).is_some() {
            return Err(Error::Archived(name));
        }
        let out = self.out()?;
        let folder = self.own_folder(&format!("{ARCHIVES}/{name}"))?;
        let manifest = read_manifest(&out).ok().filter(|manifest| manifest.wishes.wants(Target::Press));
        let manifest = manifest.ok_or_else(|| Error::NothingToArchive(out.clone()))?;
        let (files, whole) = kept(&manifest, &out);
        if !whole {
            return Err(Error::NothingToArchive(out));
        }
        self.put(&folder, &files, &manifest)?;
        Ok(Archived { name, folder })
    }

    /// The archives of the project, by name.
    pub fn archives(&self) -> Vec<Archived> {
        let names = self.project.folders(ARCHIVES).unwrap_or_default();
        let archived = |name: String| {
            let folder = self.own_folder(&format!("{ARCHIVES}/{name}")).ok()?;
            // One that was being made when a run was killed is none.
            folder.join(report::FILE).is_file().then_some(Archived { name, folder })
        };
        names.into_iter().filter_map(archived).collect()
    }

    /// The archive of a name.
    pub fn archived(&self, name: &str) -> Option<Archived> {
        let name: String = name.trim().nfc().collect();
        self.archives().into_iter().find(|archived| archived.name == name)
    }

    /// What changes are told against unless something else is named: the last
    /// build that made what goes to the print shop, else the last build.
    ///
    /// # Errors
    /// When there is no build, or a link in its place leads elsewhere.
    pub fn baseline(&self) -> Result<Baseline, Error> {
        let out = self.out()?;
        let current = read_manifest(&out);
        if current.as_ref().is_ok_and(|manifest| manifest.wishes.wants(Target::Press)) {
            return Ok(Baseline { folder: out, for_print: true });
        }
        let last = self.own_folder(LAST)?;
        if last.join(report::FILE).is_file() {
            return Ok(Baseline { folder: last, for_print: true });
        }
        match current {
            Ok(_) => Ok(Baseline { folder: out, for_print: false }),
            Err(_) => Err(Error::NothingToArchive(out)),
        }
    }

    /// A folder of our own in the project, to which no link leads.
    pub(super) fn own_folder(&self, path: &str) -> Result<PathBuf, Error> {
        self.project.own_folder(path).map_err(|_| Error::LeadsOut(self.project.root().join(path)))
    }

    fn put(&self, folder: &Path, files: &[(String, Vec<u8>)], manifest: &Manifest) -> Result<(), Error> {
        let failed = |error| Error::Store { folder: folder.to_owned(), error };
        let put = || -> Result<(), StoreError> {
            let mut store = Store::open(folder, &mut self.wait())?;
            for (path, bytes) in files {
                store.add(path, bytes)?;
            }
            for gone in KEPT.iter().filter(|name| !files.iter().any(|(path, _)| path == *name)) {
                let _ = store.remove(gone);
            }
            store.add(FILE, &manifest.to_json())?;
            store.commit()
        };
        put().map_err(failed)
    }
}

/// Keeps what goes to the print shop of a build that is about to be replaced
/// by one without it: its report, and the files that are still as they were.
pub(super) fn keep(session: &Session, manifest: &Manifest, out: &Path) -> Result<(), Error> {
    let (files, _) = kept(manifest, out);
    if files.iter().any(|(file, _)| file == report::FILE) {
        session.put(&session.own_folder(LAST)?, &files, manifest)?;
    }
    Ok(())
}

/// Forgets what was kept, once a newer build for the print shop is in place.
pub(super) fn forget(session: &Session) -> Result<(), Error> {
    let folder = session.own_folder(LAST)?;
    if !folder.is_dir() {
        return Ok(());
    }
    let failed = |error| Error::Store { folder: folder.clone(), error };
    let mut store = Store::open(&folder, &mut session.wait()).map_err(failed)?;
    for file in KEPT.iter().chain([&FILE]) {
        let _ = store.remove(file);
    }
    store.commit().map_err(failed)
}

/// The files to keep that are still those of the manifest, and whether all of
/// them are.
fn kept(manifest: &Manifest, out: &Path) -> (Vec<(String, Vec<u8>)>, bool) {
    let wanted: Vec<_> =
        manifest.outputs.iter().filter(|output| KEPT.contains(&output.file.as_str())).collect();
    let sound = |output: &&Output| {
        let bytes = read_below(out, &output.file, LARGEST.min(output.bytes as u64)).ok()?;
        (sha256(&bytes) == output.sha256).then(|| (output.file.clone(), bytes))
    };
    let files: Vec<_> = wanted.iter().filter_map(sound).collect();
    let whole = files.len() == wanted.len();
    (files, whole)
}

/// Whether a folder can have a name on every system.
fn is_name(name: &str) -> bool {
    let plain = |c: char| !c.is_control() && !"/\\<>:\"|?*".contains(c);
    let length = name.chars().count();
    (1..=LONGEST).contains(&length)
        && !name.starts_with(['.', '~'])
        && !name.ends_with('.')
        && name.chars().all(plain)
}
