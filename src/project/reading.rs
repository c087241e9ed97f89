//! Reading one file, within its budget.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::{LARGEST, place};

/// Reads a regular file that is no larger than `most` bytes.
///
/// # Errors
/// `InvalidInput` for what is no regular file, such as a pipe or a device,
/// `FileTooLarge`, else what the system says.
pub fn read_regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(most)).unwrap_or_default());
    // One byte more tells a file that is too large, and one that grows.
    File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// Reads a file below a folder, given by its name there: a regular one that no
/// link on the way leads to.
///
/// # Errors
/// `PermissionDenied` for a name that leads out or through a link, and what
/// [`read_regular`] says.
pub fn read_below(folder: &Path, name: &str, most: u64) -> io::Result<Vec<u8>> {
    read_regular(&place::for_writing(&folder.canonicalize()?, name)?, most)
}

/// Names of the folders in a folder, sorted; hidden ones left out.
pub fn folders_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut names: Vec<String> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

/// Reads a file of a folder that may be a project: links may lead about inside
/// the folder, never out of it.
///
/// # Errors
/// `NotFound` only where nothing has that name; `PermissionDenied` for a link
/// that leads out or nowhere, and what [`read_regular`] says.
pub fn read_inside(folder: &Path, name: &str) -> io::Result<Vec<u8>> {
    let root = folder.canonicalize()?;
    match place::inside(&root, name) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && root.join(name).is_symlink() => {
            Err(io::ErrorKind::PermissionDenied.into())
        }
        place => read_regular(&place?, LARGEST),
    }
}
