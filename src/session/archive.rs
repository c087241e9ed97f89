//! Builds that are kept to compare with: under a name, and the last one that
//! went to the print shop.

use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::current::read_manifest;
use super::outputs::{COVER, PRESS, SCREEN};
use super::{Error, OUT, Session};
use crate::digest::sha256;
use crate::manifest::{FILE, Manifest};
use crate::project::{LARGEST, Store, StoreError, read_below};
use crate::report;

/// Where archives are in a project.
const ARCHIVES: &str = "data/archives";
/// Where the last build for the print shop is kept once it left `out/`.
const LAST: &str = ".fengcai/last-print";
/// What is kept of a build.
const KEPT: [&str; 4] = [report::FILE, SCREEN, PRESS, COVER];
/// Longest name of an archive, in characters.
const LONGEST: usize = 60;

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
        if self.archives().iter().any(|archived| archived.name == name) {
            return Err(Error::Archived(name));
        }
        let out = self.out()?;
        let folder = self.project.folder(&format!("{ARCHIVES}/{name}"));
        let folder = folder.map_err(|_| Error::LeadsOut(self.project.root().join(ARCHIVES)))?;
        let manifest = read_manifest(&out).ok().filter(|manifest| manifest.wishes.for_print());
        let manifest = manifest.ok_or_else(|| Error::NothingToArchive(out.clone()))?;
        let files = kept(&manifest, &out).ok_or(Error::NothingToArchive(out))?;
        self.put(&folder, &files, &manifest)?;
        Ok(Archived { name, folder })
    }

    /// The archives of the project, by name.
    pub fn archives(&self) -> Vec<Archived> {
        let names = self.project.folders(ARCHIVES).unwrap_or_default();
        let archived = |name: String| {
            let folder = self.project.folder(&format!("{ARCHIVES}/{name}")).ok()?;
            Some(Archived { name, folder })
        };
        names.into_iter().filter_map(archived).collect()
    }

    /// What changes are told against unless something else is named: the last
    /// build that made what goes to the print shop, else the last build.
    pub fn baseline(&self) -> PathBuf {
        let out = self.project.root().join(OUT);
        let last = self.project.root().join(LAST);
        let current = read_manifest(&out).is_ok_and(|manifest| manifest.wishes.for_print());
        if !current && last.join(report::FILE).is_file() { last } else { out }
    }

    fn put(&self, folder: &Path, files: &[(String, Vec<u8>)], manifest: &Manifest) -> Result<(), Error> {
        let failed = |error| Error::Store { folder: folder.to_owned(), error };
        let put = || -> Result<(), StoreError> {
            let mut store = Store::open(folder, &mut self.wait())?;
            for (path, bytes) in files {
                store.add(path, bytes)?;
            }
            for gone in KEPT.iter().filter(|name| !files.iter().any(|(path, _)| path == *name)) {
                store.remove(gone);
            }
            store.add(FILE, &manifest.to_json())?;
            store.commit()
        };
        put().map_err(failed)
    }
}

/// Keeps what goes to the print shop of a build that is about to be replaced
/// by one without it. A build whose files were altered is not kept.
pub(super) fn keep(session: &Session, manifest: &Manifest, out: &Path) -> Result<(), Error> {
    let folder = session.project.folder(LAST);
    let folder = folder.map_err(|_| Error::LeadsOut(session.project.root().join(LAST)))?;
    match kept(manifest, out) {
        Some(files) => session.put(&folder, &files, manifest),
        None => Ok(()),
    }
}

/// The files to keep, if they are still those of the manifest.
fn kept(manifest: &Manifest, out: &Path) -> Option<Vec<(String, Vec<u8>)>> {
    let wanted = manifest.outputs.iter().filter(|output| KEPT.contains(&output.file.as_str()));
    wanted
        .map(|output| {
            let bytes = read_below(out, &output.file, LARGEST.min(output.bytes as u64)).ok()?;
            (sha256(&bytes) == output.sha256).then(|| (output.file.clone(), bytes))
        })
        .collect()
}

/// Whether a folder can have a name on every system.
fn is_name(name: &str) -> bool {
    let plain = |c: char| !c.is_control() && !"/\\<>:\"|?*".contains(c);
    let length = name.chars().count();
    (1..=LONGEST).contains(&length)
        && !name.starts_with('.')
        && !name.ends_with('.')
        && name.chars().all(plain)
}
