//! A file that only grows: lines are put at its end and synced, and its end is
//! read. A run that is killed leaves at most half a line.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::place;

/// Puts bytes at the end of a file below a folder, making both if need be.
///
/// # Errors
/// `PermissionDenied` for a name that leads out or through a link, else what
/// the system says.
pub fn append_below(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let path = place::for_writing(&folder.canonicalize()?, name)?;
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let length = file.metadata()?.len();
    let put = file.write_all(bytes).and_then(|()| file.sync_data());
    if put.is_err() {
        // What cannot be cut off now is half a line at most.
        let _ = file.set_len(length);
    }
    put
}

/// The last bytes of a file below a folder, at most so many, from the beginning
/// of a line on.
///
/// # Errors
/// As [`append_below`], and `InvalidInput` for what is no regular file.
pub fn read_tail(folder: &Path, name: &str, most: u64) -> io::Result<Vec<u8>> {
    let path = place::for_writing(&folder.canonicalize()?, name)?;
    let metadata = fs::metadata(&path)?;
    if !metadata.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut file = fs::File::open(path)?;
    let left_out = metadata.len().saturating_sub(most);
    file.seek(SeekFrom::Start(left_out))?;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    if left_out > 0 {
        let line = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
        bytes.drain(..line);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_read_from_a_line_on() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |bytes: &[u8]| append_below(folder.path(), "a/b.jsonl", bytes).expect("appends");
        put("第一行\n".as_bytes());
        put("第二行\n".as_bytes());
        let tail = |most| read_tail(folder.path(), "a/b.jsonl", most).expect("reads");
        assert_eq!(tail(99), "第一行\n第二行\n".as_bytes());
        assert_eq!(tail(15), "第二行\n".as_bytes());
        assert!(
            read_tail(folder.path(), "a", 9).is_err() && append_below(folder.path(), "../x", b"x").is_err()
        );
    }
}
