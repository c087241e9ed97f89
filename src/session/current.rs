//! What lies in an output folder now, by its manifest.

use std::path::Path;

use crate::manifest::{FILE, Manifest};
use crate::project::read_below;

/// Largest manifest that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Reads the manifest of an output folder.
///
/// # Errors
/// What is wrong with it.
pub(super) fn read_manifest(out: &Path) -> Result<Manifest, String> {
    Manifest::read(&read_below(out, FILE, LARGEST).map_err(|error| error.to_string())?)
}
