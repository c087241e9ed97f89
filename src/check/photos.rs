//! Portraits: inside the project, there, whole, and readable.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io;
use std::path::{Component, Path};

use super::{Entry, finding};
use crate::colour::Output;
use crate::diag::{Arg, Code, Diagnostic, Phrase};
use crate::digest::sha256;
use crate::load::{Document, Draft};
use crate::photo;
use crate::profile::Profile;
use crate::project::Project;

/// A portrait that can be decoded.
#[derive(Debug, Clone)]
pub struct Portrait {
    /// The file as it is.
    pub bytes: Vec<u8>,
    /// File name extension of what it really is, whatever its name says.
    pub extension: &'static str,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// SHA-256 of the file.
    pub sha256: String,
}

impl Portrait {
    /// The picture in a format that Typst reads: the file as it is, or a TIFF
    /// as PNG.
    pub(crate) fn readable(&self, output: &Output) -> Cow<'_, [u8]> {
        if self.extension != "tif" {
            return Cow::Borrowed(&self.bytes);
        }
        let picture = photo::decode(&self.bytes).expect("decoded when it was read");
        Cow::Owned(picture.into_png(output))
    }
}

/// Reads the portrait of a profile; what is wrong with it is a finding.
pub(super) fn read(
    project: &Project,
    document: &Document,
    profile: &Profile,
    sink: &mut Vec<Diagnostic>,
) -> Option<Portrait> {
    let file = profile.photo.as_ref()?.file.as_str();
    let mut report = |code, problem: Arg| {
        sink.push(finding(code, document, "photo.file").arg("file", file).arg("problem", problem));
        None
    };
    if file.contains('\\') {
        return report(Code::PhotoUnreadable, Phrase::Backslash.into());
    }
    let inside = |c: Component| matches!(c, Component::Normal(_) | Component::CurDir);
    if !Path::new(file).components().all(inside) {
        return report(Code::PhotoOutside, "".into());
    }
    let bytes = match project.read(&format!("data/{file}")) {
        Ok(bytes) => bytes,
        Err(error) => {
            return match error.kind() {
                io::ErrorKind::NotFound => report(Code::PhotoMissing, "".into()),
                io::ErrorKind::PermissionDenied => report(Code::PhotoOutside, "".into()),
                _ => report(Code::PhotoUnreadable, error.to_string().into()),
            };
        }
    };
    // Decoded once, to be sure that it can be.
    let header = photo::header(&bytes).and_then(|header| photo::decode(&bytes).map(|_| header));
    match header {
        Ok(photo::Header { extension, width, height, .. }) => {
            let sha256 = sha256(&bytes);
            Some(Portrait { bytes, extension, width, height, sha256 })
        }
        Err(problem) => report(Code::PhotoUnreadable, problem),
    }
}

/// Pictures in `data/photos/` that no profile names.
pub(super) fn unused(project: &Project, draft: &Draft, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let named: HashSet<&str> = entries
        .iter()
        .filter_map(|entry| entry.profile.photo.as_ref())
        .filter_map(|photo| photo.file.rsplit('/').next())
        .collect();
    let pictures = ["jpg", "jpeg", "png", "webp", "tif", "tiff", "heic", "gif", "bmp"];
    let files = project.list("data/photos", "").unwrap_or_default();
    for file in files.iter().filter(|file| !named.contains(file.as_str())) {
        let extension = file.rsplit('.').next().unwrap_or_default().to_lowercase();
        if pictures.contains(&extension.as_str()) {
            sink.push(finding(Code::PhotoUnused, &draft.booklet, "order").arg("file", file.as_str()));
        }
    }
}
