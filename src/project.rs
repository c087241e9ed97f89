//! A project folder: the only files the library reads, and never one outside.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

use crate::digest::sha256;

/// A folder with `data/booklet.json`.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
    inputs: Arc<Mutex<BTreeMap<String, Input>>>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Path below the project, with forward slashes.
    pub file: String,
    /// Size.
    pub bytes: usize,
    /// SHA-256 of the bytes.
    pub sha256: String,
}

/// Files larger than this are refused: data files are small, photos bounded.
const LIMIT: u64 = 512 << 20;

impl Project {
    /// Opens a folder.
    ///
    /// # Errors
    /// When the folder does not exist or has no `data/booklet.json`.
    pub fn open(root: &Path) -> io::Result<Self> {
        let root = root.canonicalize()?;
        fs::metadata(root.join("data/booklet.json"))?;
        Ok(Self { root, inputs: Arc::default() })
    }

    /// The folder, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Reads a file below the project. The path has forward slashes; `..`,
    /// absolute paths and links that lead out are refused.
    ///
    /// # Errors
    /// `PermissionDenied` for a path that leads out, `InvalidData` for a file
    /// over 512 MiB, else what the system says.
    pub fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let plain =
            Path::new(path).components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
        if !plain {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let file = self.root.join(path).canonicalize()?;
        if !file.starts_with(&self.root) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let metadata = fs::metadata(&file)?;
        if !metadata.is_file() || metadata.len() > LIMIT {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let bytes = fs::read(file)?;
        let input = Input { file: path.into(), bytes: bytes.len(), sha256: sha256(&bytes) };
        self.inputs.lock().expect("no reader panics").insert(path.into(), input);
        Ok(bytes)
    }

    /// The files that were read so far, by path.
    pub fn inputs(&self) -> Vec<Input> {
        self.inputs.lock().expect("no reader panics").values().cloned().collect()
    }

    /// Names of the files in a folder below the project that end in
    /// `extension` (with its dot), sorted. An absent folder has none.
    ///
    /// # Errors
    /// What the system says of a folder that cannot be listed.
    pub fn list(&self, dir: &str, extension: &str) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(self.root.join(dir)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
            entries => entries?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // `~$` begins the lock files of office programs.
            let ours = name.ends_with(extension) && !name.starts_with(['.', '~']);
            if ours && (extension.is_empty() || entry.path().is_file()) {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// Whether a folder exists below the project.
    pub fn has_folder(&self, dir: &str) -> bool {
        self.root.join(dir).is_dir()
    }
}
