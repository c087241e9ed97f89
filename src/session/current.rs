//! What lies in an output folder now, by its manifest.

use std::io;
use std::path::Path;

use crate::manifest::{FILE, Manifest};
use crate::project::read_below;

/// Largest manifest that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Why a folder has no manifest.
#[derive(Debug)]
pub(super) enum NoManifest {
    /// It cannot be read, or is not there.
    Unreadable(io::Error),
    /// It is none that this version knows.
    Other(String),
}

/// Reads the manifest of an output folder.
pub(super) fn read_manifest(out: &Path) -> Result<Manifest, NoManifest> {
    let json = read_below(out, FILE, LARGEST).map_err(NoManifest::Unreadable)?;
    Manifest::read(&json).map_err(NoManifest::Other)
}
