//! Writes files whole or not at all: each goes to a temporary file beside its
//! place and is synced; only when all are there are they renamed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Failure;
use super::ui::Ui;

/// Files on their way into a folder.
pub(super) struct Store {
    root: PathBuf,
    waiting: Vec<(NamedTempFile, PathBuf)>,
}

impl Store {
    /// Opens the folder, making it if need be.
    pub(super) fn open(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        Ok(Self { root: root.to_owned(), waiting: vec![] })
    }

    /// Writes and syncs a file beside its place.
    pub(super) fn add(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let place = self.root.join(path);
        let dir = place.parent().expect("a place below the root");
        fs::create_dir_all(dir)?;
        let mut file = tempfile::Builder::new().prefix(".fengcai-").tempfile_in(dir)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        self.waiting.push((file, place));
        Ok(())
    }

    /// Puts all files into their places, and takes away what an earlier run
    /// left of numbered pictures that this one no longer has.
    pub(super) fn commit(self) -> io::Result<()> {
        if let Some((_, place)) = self.waiting.iter().find(|(_, place)| place.is_dir()) {
            return Err(io::Error::new(
                io::ErrorKind::IsADirectory,
                format!("{} is a folder", place.display()),
            ));
        }
        let mut dirs: Vec<PathBuf> = Vec::new();
        let mut places = Vec::new();
        for (file, place) in self.waiting {
            set_permissions(file.as_file())?;
            file.persist(&place).map_err(|error| error.error)?;
            let dir = place.parent().expect("a place below the root").to_owned();
            if !dirs.contains(&dir) {
                dirs.push(dir);
            }
            places.push(place);
        }
        for dir in &dirs {
            if *dir != self.root {
                remove_others(dir, &places)?;
            }
            sync_dir(dir)?;
        }
        Ok(())
    }
}

/// Writes one file, whole or not at all.
pub(super) fn write_file(path: &Path, bytes: &[u8], ui: &Ui) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let put = || {
        let mut store = Store::open(folder)?;
        store.add(Path::new(path.file_name().unwrap_or_default()), bytes)?;
        store.commit()
    };
    let shown = path.display();
    put().map_err(|error: io::Error| {
        Failure(ui.pick(format!("写不进“{shown}”：{error}"), format!("cannot write \"{shown}\": {error}")))
    })
}

/// Temporary files are private; outputs are for everyone.
#[cfg(unix)]
fn set_permissions(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_permissions(_: &File) -> io::Result<()> {
    Ok(())
}

fn remove_others(dir: &Path, places: &[PathBuf]) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if is_numbered(&path) && path.is_file() && !places.contains(&path) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Whether a file is one of our numbered pictures, `page-12.png`.
fn is_numbered(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let number = name.strip_prefix("page-").and_then(|rest| rest.strip_suffix(".png"));
    number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// A rename is durable only when its folder is synced; Windows has no such call.
fn sync_dir(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}
