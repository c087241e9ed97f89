//! A portrait: inside the project, there, whole, and looked at once.

use std::io;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use crate::diag::{Arg, Phrase};
use crate::digest::of_pieces;
use crate::photo::{self, Header};
use crate::project::Project;

/// A portrait that can be decoded.
#[derive(Debug, Clone)]
pub struct Portrait {
    /// Where its file is. The bytes are read when they are needed: a book has
    /// more photographs than memory.
    project: Project,
    path: String,
    /// File name extension of what it really is, whatever its name says.
    pub extension: &'static str,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Whether pixels may be see-through.
    pub(crate) alpha: bool,
    /// Whether nobody knows in which space its colours are.
    pub(crate) unknown_colours: bool,
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
    /// The file, if it is still the one that was looked at.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let bytes = self.project.read(&self.path).ok()?;
        (self.project.identify(&self.path).ok()? == self.sha256).then_some(bytes)
    }
}

/// What was found when a file was looked at.
#[derive(Serialize, Deserialize)]
struct Looked {
    header: Header,
    essence: String,
}

/// Reads a portrait, given by its path below `data/`.
pub(crate) fn read(project: &Project, file: &str) -> Result<Portrait, PortraitProblem> {
    let unreadable = |problem: Phrase| PortraitProblem::Unreadable(problem.into());
    // "photos\new.jpg" is, in JSON, a line end in the middle of a name.
    if file.contains(|c: char| c == '\\' || c.is_control()) {
        return Err(PortraitProblem::Backslash);
    }
    let inside = |c: Component| matches!(c, Component::Normal(_) | Component::CurDir);
    if !Path::new(file).components().all(inside) {
        return Err(PortraitProblem::Outside);
    }
    let path = format!("data/{file}");
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => PortraitProblem::Missing,
        io::ErrorKind::PermissionDenied => PortraitProblem::Outside,
        kind => unreadable(Phrase::Io(kind, error.to_string())),
    };
    let sha256 = project.identify(&path).map_err(failed)?;
    let key = of_pieces([("looked at", sha256.as_bytes()), ("by", photo::MAKER.as_bytes())]);
    let known = project.cache().get(&key).and_then(|looked| serde_json::from_slice::<Looked>(&looked).ok());
    let Looked { header, essence } = match known {
        Some(looked) => looked,
        None => {
            let bytes = project.read(&path).map_err(failed)?;
            if project.identify(&path).map_err(failed)? != sha256 {
                return Err(unreadable(Phrase::ChangedMeanwhile));
            }
            let header = photo::whole(&bytes).map_err(unreadable)?;
            let looked = Looked { header, essence: photo::essence(&bytes) };
            project.cache().put(&key, serde_json::to_vec(&looked).unwrap_or_default());
            looked
        }
    };
    let Header { format, width, height, alpha, unknown_colours } = header;
    let (project, extension) = (project.clone(), format.extension());
    Ok(Portrait { project, path, extension, width, height, sha256, alpha, unknown_colours, essence })
}
