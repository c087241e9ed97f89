//! A portrait: inside the project, there, whole, and decoded once.

use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Component, Path};

use typst::foundations::Bytes;

use crate::diag::{Arg, Phrase};
use crate::photo::{self, Header};
use crate::project::Project;

/// A portrait that can be decoded.
#[derive(Debug, Clone)]
pub struct Portrait {
    /// The file as it is.
    pub(crate) bytes: Bytes,
    /// File name extension of what it really is, whatever its name says.
    pub extension: &'static str,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// SHA-256 of the file.
    pub sha256: String,
    /// SHA-256 of what of the file is picture: its pixels and how to show
    /// them, without what a camera or a program noted beside them.
    pub(crate) essence: String,
}

/// Why there is no portrait.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PortraitProblem {
    /// The file is not there.
    Missing,
    /// The path has backslashes.
    Backslash,
    /// The path leads out of `data/`.
    Outside,
    /// It is there and no picture that can be printed.
    Unreadable(Arg),
}

impl Portrait {
    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Reads a portrait, given by its path below `data/`.
pub(super) fn read(project: &Project, file: &str) -> Result<Portrait, PortraitProblem> {
    let unreadable = |problem: Phrase| PortraitProblem::Unreadable(problem.into());
    // "photos\new.jpg" is, in JSON, a line end in the middle of a name.
    if file.contains(|c: char| c == '\\' || c.is_control()) {
        return Err(PortraitProblem::Backslash);
    }
    let inside = |c: Component| matches!(c, Component::Normal(_) | Component::CurDir);
    if !Path::new(file).components().all(inside) {
        return Err(PortraitProblem::Outside);
    }
    let read = project.read_shared(&format!("data/{file}"));
    let (bytes, sha256) = read.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => PortraitProblem::Missing,
        io::ErrorKind::PermissionDenied => PortraitProblem::Outside,
        kind => unreadable(Phrase::Io(kind, error.to_string())),
    })?;
    let bytes = Bytes::new(bytes);
    let known = Known { sha256: &sha256, bytes: &bytes };
    let Header { extension, width, height, .. } = decoded(&known).map_err(PortraitProblem::Unreadable)?;
    let essence = essence(&known);
    Ok(Portrait { bytes, extension, width, height, sha256, essence })
}

/// A file with its hash.
struct Known<'a> {
    sha256: &'a str,
    bytes: &'a [u8],
}

impl Hash for Known<'_> {
    /// By the hash, from which all else follows.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sha256.hash(state);
    }
}

/// What of a file is picture. Remembered, since an edit changes few pictures.
#[comemo::memoize]
fn essence(file: &Known) -> String {
    photo::essence(file.bytes)
}

/// What a file is, decoded to the end to be sure that it can be. Remembered,
/// since an edit changes few pictures.
#[comemo::memoize]
fn decoded(file: &Known) -> Result<Header, Arg> {
    let header = photo::header(file.bytes)?;
    photo::decode(file.bytes)?;
    Ok(header)
}
