//! Portraits: inside the project, there, and readable.

use std::io;
use std::path::{Component, Path};

use image::ImageReader;

use super::finding;
use crate::diag::{Code, Diagnostic};
use crate::load::Document;
use crate::profile::Profile;
use crate::project::Project;

/// Reads the portrait of a profile; what is wrong with it is a finding.
pub(super) fn read(
    project: &Project,
    document: &Document,
    profile: &Profile,
    sink: &mut Vec<Diagnostic>,
) -> Option<Vec<u8>> {
    let file = profile.photo.as_ref()?.file.as_str();
    let mut report = |code, problem: String| {
        sink.push(finding(code, document, "photo.file").arg("file", file).arg("problem", problem));
        None
    };
    let inside = Path::new(file).components().all(|c| matches!(c, Component::Normal(_)));
    if !inside || file.contains('\\') {
        return report(Code::PhotoOutside, String::new());
    }
    let bytes = match project.read(&format!("data/{file}")) {
        Ok(bytes) => bytes,
        Err(error) => {
            let code = match error.kind() {
                io::ErrorKind::NotFound => Code::PhotoMissing,
                io::ErrorKind::PermissionDenied => Code::PhotoOutside,
                _ => Code::PhotoUnreadable,
            };
            return report(code, error.to_string());
        }
    };
    match dimensions(&bytes) {
        Ok(_) => Some(bytes),
        Err(problem) => report(Code::PhotoUnreadable, problem),
    }
}

/// Width and height in pixels, from the header.
fn dimensions(bytes: &[u8]) -> Result<(u32, u32), String> {
    let reader = ImageReader::new(io::Cursor::new(bytes)).with_guessed_format().map_err(|e| e.to_string())?;
    reader.into_dimensions().map_err(|e| e.to_string())
}
