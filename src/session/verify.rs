//! What was written against what the same data make now.

use std::path::Path;

use super::build::Build;
use super::current::{NoManifest, read_manifest};
use super::{Error, Examination, Session};
use crate::digest::sha256;
use crate::manifest::{self, Difference, Folder, Manifest, OnDisk};
use crate::project::{LARGEST, Store, leftover, read_below};
use crate::report::Output;

impl Session {
    /// Reads the manifest of a folder that a build wrote.
    ///
    /// # Errors
    /// When there is none, or it is none.
    pub fn manifest(&self, out: &Path) -> Result<Manifest, Error> {
        let file = out.join(manifest::FILE);
        read_manifest(out).map_err(|problem| match problem {
            NoManifest::Unreadable(error) => Error::Unreadable { file, error },
            NoManifest::Other(problem) => Error::NoBuild { file, problem },
        })
    }

    /// Makes the files of a manifest again, in memory.
    pub fn build_again(&self, examination: &mut Examination, manifest: &Manifest) -> Option<Build> {
        self.build(examination, &manifest.wishes)
    }
}

/// What differs between a manifest, a build of the same book made anew, and
/// the folder where the files lie.
///
/// # Errors
/// When the folder cannot be listed.
pub fn differences(manifest: &Manifest, anew: &Manifest, out: &Path) -> Result<Vec<Difference>, Error> {
    let look = |output: &Output| match read_below(out, &output.file, LARGEST.min(output.bytes as u64)) {
        Ok(bytes) => OnDisk::File(sha256(&bytes)),
        Err(error) => match error.kind() {
            std::io::ErrorKind::PermissionDenied => OnDisk::Outside,
            // More bytes than were written are another file.
            std::io::ErrorKind::FileTooLarge => OnDisk::File(String::new()),
            _ => OnDisk::Missing,
        },
    };
    let files = Store::list(out).map_err(|error| Error::Unreadable { file: out.to_owned(), error })?;
    Ok(manifest.differences(anew, &Folder { look: &look, files, leftover: leftover(out) }))
}
