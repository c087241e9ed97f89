//! The one rule of containment: where a name below a folder leads, for reading
//! and for writing.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

fn outside() -> io::Error {
    io::ErrorKind::PermissionDenied.into()
}

/// The steps of a plain relative path.
fn steps(path: &str) -> io::Result<Vec<&str>> {
    let mut steps = Vec::new();
    for component in Path::new(path).components() {
        match component {
            Component::Normal(step) => steps.push(step.to_str().ok_or_else(outside)?),
            Component::CurDir => {}
            _ => return Err(outside()),
        }
    }
    Ok(steps)
}

/// Where a path to read leads, without links. Links may lead about inside the
/// folder, never out of it; a step that is not there as it is written may
/// stand there in another Unicode normalisation.
pub(super) fn inside(root: &Path, path: &str) -> io::Result<PathBuf> {
    let mut at = root.to_owned();
    for step in steps(path)? {
        let next = match at.join(step).canonicalize() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                same_name(&at, step).ok_or(error)?.canonicalize()?
            }
            next => next?,
        };
        if !next.starts_with(root) {
            return Err(outside());
        }
        at = next;
    }
    Ok(at)
}

/// The entry of a folder whose name is the same characters, composed
/// otherwise: macOS takes accents apart that others keep together.
fn same_name(folder: &Path, name: &str) -> Option<PathBuf> {
    if name.is_ascii() {
        return None;
    }
    let plain: String = name.nfc().collect();
    let entries = fs::read_dir(folder).ok()?.flatten();
    let mut same =
        entries.filter(|entry| entry.file_name().to_str().is_some_and(|found| found.nfc().eq(plain.chars())));
    same.next().map(|entry| entry.path())
}

/// Where a path to write leads. No step of it may be a link, so that nothing
/// is written, moved or removed anywhere but below the folder.
pub(super) fn for_writing(root: &Path, path: &str) -> io::Result<PathBuf> {
    let mut at = root.to_owned();
    let steps = steps(path)?;
    if steps.is_empty() {
        return Err(outside());
    }
    for step in steps {
        at.push(step);
        match fs::symlink_metadata(&at) {
            Ok(metadata) if metadata.is_symlink() => return Err(outside()),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(at)
}

/// Where a folder to write into is, without links; it need not be there yet.
/// Links may lead about inside the root, never out of it.
pub(super) fn folder(root: &Path, path: &str) -> io::Result<PathBuf> {
    let folder = whole(&steps(path)?.iter().fold(root.to_owned(), |at, step| at.join(step)));
    let dangling = folder.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    if folder == root || !folder.starts_with(root) || dangling { Err(outside()) } else { Ok(folder) }
}

/// Whether a path lies in a project as it is written and, through a link on
/// the way, outside of it.
pub fn leads_out_of_its_project(path: &Path) -> bool {
    let written = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    // Who writes `..` means what lies outside.
    if path.components().any(|step| step == Component::ParentDir) {
        return false;
    }
    let Some(parent) = written.parent() else { return false };
    let mut projects = parent.ancestors().filter(|folder| folder.join(super::DATA).is_file());
    projects.any(|root| root.canonicalize().is_ok_and(|root| !whole(parent).starts_with(root)))
}

/// A path without links, as far as it exists.
pub(super) fn whole(path: &Path) -> PathBuf {
    for folder in path.ancestors() {
        if let (Ok(known), Ok(rest)) = (folder.canonicalize(), path.strip_prefix(folder)) {
            return if rest.as_os_str().is_empty() { known } else { known.join(rest) };
        }
    }
    match std::path::absolute(path) {
        Ok(absolute) if absolute != path => whole(&absolute),
        _ => path.to_owned(),
    }
}
