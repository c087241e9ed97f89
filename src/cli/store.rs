//! Writes files whole or not at all. All go into a folder beside their places
//! and are synced; the folder is renamed, which decides; then each file is
//! moved to its place. A run that is killed before the rename leaves nothing
//! but a folder that the next run removes; one that is killed after it leaves
//! a decided folder that the next run finishes.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Failure;
use super::ui::Ui;

/// Files that are being written.
const WRITING: &str = ".fengcai-writing";
/// Files that only have to be moved.
const DECIDED: &str = ".fengcai-decided";
/// Beginning of the names of all temporary things.
const TEMPORARY: &str = ".fengcai-";

/// Files on their way into a folder.
pub(super) struct Store {
    root: PathBuf,
    waiting: Vec<PathBuf>,
    /// Holds other runs off while it lives.
    _lock: File,
}

impl Store {
    /// Opens the folder, making it if need be, waits for another run that
    /// writes there, and settles what a killed one left.
    pub(super) fn open(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        let root = root.canonicalize()?;
        let lock = lock(&root)?;
        recover(&root)?;
        fs::create_dir(root.join(WRITING))?;
        Ok(Self { root, waiting: vec![], _lock: lock })
    }

    /// Writes and syncs a file, not yet in its place.
    pub(super) fn add(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let place = self.root.join(path);
        if place.is_dir() {
            let problem = format!("{} is a folder", place.display());
            return Err(io::Error::new(io::ErrorKind::IsADirectory, problem));
        }
        if let Some(folder) = place.parent().filter(|folder| folder.exists())
            && !folder.canonicalize()?.starts_with(&self.root)
        {
            let problem = format!("{} is a link that leads out of the folder", folder.display());
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, problem));
        }
        let waiting = self.root.join(WRITING).join(path);
        fs::create_dir_all(waiting.parent().expect("a place below the root"))?;
        let mut file = File::create_new(&waiting)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        self.waiting.push(path.to_owned());
        Ok(())
    }

    /// Puts all files into their places.
    pub(super) fn commit(self) -> io::Result<()> {
        let writing = self.root.join(WRITING);
        let mut folders: Vec<_> = self.waiting.iter().filter_map(|path| path.parent()).collect();
        folders.sort();
        folders.dedup();
        for folder in folders {
            sync_dir(&writing.join(folder))?;
        }
        fs::rename(writing, self.root.join(DECIDED))?;
        sync_dir(&self.root)?;
        finish(&self.root)
    }
}

impl Drop for Store {
    /// A run that fails takes along what it wrote.
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next run.
        let _ = fs::remove_dir_all(self.root.join(WRITING));
    }
}

/// Finishes or removes what killed runs left in a folder.
fn recover(root: &Path) -> io::Result<()> {
    if root.join(DECIDED).is_dir() {
        finish(root)?;
    }
    for entry in fs::read_dir(root)? {
        let path = entry?.path();
        if name(&path).starts_with(TEMPORARY) && name(&path) != LOCK {
            if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
        }
    }
    Ok(())
}

/// Moves decided files to their places. A numbered picture whose number is
/// beyond those of this run is an earlier run's and goes.
fn finish(root: &Path) -> io::Result<()> {
    let decided = root.join(DECIDED);
    move_all(&decided, root)?;
    fs::remove_dir_all(&decided)?;
    sync_dir(root)
}

fn move_all(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    let mut entries = fs::read_dir(from)?.map(|e| e.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let last = entries.iter().filter_map(|path| number(path)).max();
    for path in entries {
        let place = to.join(path.file_name().expect("listed"));
        if path.is_dir() {
            move_all(&path, &place)?;
        } else {
            fs::rename(path, place)?;
        }
    }
    if let Some(last) = last {
        remove_beyond(to, last)?;
    }
    sync_dir(to)
}

fn remove_beyond(dir: &Path, last: (usize, usize)) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        let stale = number(&path).is_some_and(|(digits, n)| digits != last.0 || n > last.1);
        if stale && path.is_file() {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Digits and number of one of our numbered pictures, `page-12.png`.
fn number(path: &Path) -> Option<(usize, usize)> {
    let digits = name(path).strip_prefix("page-")?.strip_suffix(".png")?;
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    Some((digits.len(), digits.parse().ok()?)).filter(|_| plain)
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// Where a folder cannot be locked itself, this file in it is.
const LOCK: &str = ".fengcai-lock";

/// Waits until no other run writes into the folder. The system lets go of the
/// lock when its holder dies, so no clock and no process number is asked.
fn lock(root: &Path) -> io::Result<File> {
    if cfg!(unix) {
        let folder = File::open(root)?;
        if folder.lock().is_ok() {
            return Ok(folder);
        }
    }
    let file = File::create(root.join(LOCK))?;
    file.lock()?;
    Ok(file)
}

/// Writes one file, whole or not at all.
pub(super) fn write_file(path: &Path, bytes: &[u8], ui: &Ui) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let put = || {
        let mut store = Store::open(folder)?;
        store.add(Path::new(path.file_name().unwrap_or_default()), bytes)?;
        store.commit()
    };
    put().map_err(|error: io::Error| cannot_write(path, &error, ui))
}

/// Why files could not be written, and that the earlier ones are still there.
pub(super) fn cannot_write(path: &Path, error: &io::Error, ui: &Ui) -> Failure {
    let shown = path.display();
    let (zh, en) = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            ("磁盘满了；腾出空间再试".into(), "the disk is full; make room and try again".into())
        }
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
            (format!("没有写入的权限（{error}）"), format!("writing is not allowed there ({error})"))
        }
        _ => (error.to_string(), error.to_string()),
    };
    Failure(ui.pick(
        format!("写不进“{shown}”：{zh}。上次生成的文件原样未动。"),
        format!("cannot write to \"{shown}\": {en}. Earlier files are untouched."),
    ))
}

/// A rename is durable only when its folder is synced; Windows has no such call.
fn sync_dir(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}
