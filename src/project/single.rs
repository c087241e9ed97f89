//! One file at a place that a person named: whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::store::{StoreError, staged, sync_dir};
use crate::digest::sha256;

/// Writes a file beside its place, syncs it and renames it there.
///
/// # Errors
/// [`StoreError::Untouched`] while the earlier file still stands;
/// [`StoreError::InTheWay`] where something stands there that is no file.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Some(name) = path.file_name() else { return Err(StoreError::InTheWay(path.to_owned())) };
    fs::create_dir_all(folder).map_err(StoreError::Untouched)?;
    clear(path)?;
    // Named after the file, so that a run that was killed leaves one at most,
    // which the next one replaces.
    let waiting = folder.join(format!(".fengcai-new-{}", &sha256(name.as_encoded_bytes())[..16]));
    remove_file(&waiting)?;
    let _writing = staged();
    let put = || -> io::Result<()> {
        let mut file = File::create_new(&waiting)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&waiting, path)
    };
    if let Err(error) = put() {
        // What cannot be removed now is removed by the next run.
        let _ = fs::remove_file(&waiting);
        return Err(StoreError::Untouched(error));
    }
    sync_dir(folder).map_err(|error| StoreError::Unfinished { file: path.to_owned(), error })
}

/// A place for a file is free, or has a file or a link, which is replaced and
/// not followed.
fn clear(path: &Path) -> Result<(), StoreError> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_symlink() => {
            Err(StoreError::InTheWay(path.to_owned()))
        }
        _ => Ok(()),
    }
}

fn remove_file(path: &Path) -> Result<(), StoreError> {
    clear(path)?;
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::Untouched(error)),
        _ => Ok(()),
    }
}
