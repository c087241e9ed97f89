//! One run at a time writes into a folder.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use super::{StoreError, place};

/// How often a lock is tried again.
const PAUSE: Duration = Duration::from_millis(50);
/// Tries between two words to whoever waits: a second.
const TRIES: usize = 20;
/// Where a folder cannot be locked itself, this file in it is.
const LOCK: &str = ".fengcai-lock";

/// Who holds a folder, as far as the system tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Number of the process.
    pub process: Option<u32>,
    /// Name of the program.
    pub program: Option<String>,
    /// Seconds waited so far.
    pub seconds: usize,
}

/// Waits until no other run writes into the folder. The system lets go of the
/// lock when its holder dies, so no clock and no process number decides.
pub(super) fn take(root: &Path, wait: &mut dyn FnMut(&Hold) -> bool) -> Result<File, StoreError> {
    let file = open(root).map_err(StoreError::Untouched)?;
    for attempt in 1.. {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::Error(error)) => return Err(StoreError::Untouched(error)),
            Err(TryLockError::WouldBlock) => {}
        }
        if attempt % TRIES == 0 && !wait(&holder(root, attempt / TRIES)) {
            return Err(StoreError::GivenUp);
        }
        std::thread::sleep(PAUSE);
    }
    Ok(file)
}

/// What is locked: the folder itself where the system can, else a file in it.
fn open(root: &Path) -> io::Result<File> {
    if cfg!(unix) {
        let folder = File::open(root)?;
        match folder.try_lock() {
            Err(TryLockError::Error(_)) => {}
            _ => return Ok(folder),
        }
    }
    File::options().create(true).write(true).truncate(false).open(place::for_writing(root, LOCK)?)
}

/// Who holds the lock: Linux lists locks by device and inode.
#[cfg(target_os = "linux")]
fn holder(root: &Path, seconds: usize) -> Hold {
    use std::os::unix::fs::MetadataExt;
    let inode = std::fs::metadata(root).map(|metadata| format!(":{}", metadata.ino())).unwrap_or_default();
    let locks = std::fs::read_to_string("/proc/locks").unwrap_or_default();
    let process = locks.lines().find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let holds =
            words.get(1) == Some(&"FLOCK") && words.get(5).is_some_and(|place| place.ends_with(&inode));
        words.get(4).filter(|_| holds)?.parse().ok()
    });
    let program = process.and_then(|id: u32| std::fs::read_to_string(format!("/proc/{id}/comm")).ok());
    Hold { process, program: program.map(|name| name.trim().to_owned()), seconds }
}

#[cfg(not(target_os = "linux"))]
fn holder(_: &Path, seconds: usize) -> Hold {
    Hold { process: None, program: None, seconds }
}
