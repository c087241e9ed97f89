//! Portraits: inside the project, there, whole, and readable.

use std::collections::HashSet;

use super::{Entry, finding, near};
use crate::diag::{Arg, Code, Diagnostic, Phrase};
use crate::load::{Document, Draft, Portrait, PortraitProblem};
use crate::model::Profile;

/// The portrait of a profile; what is wrong with it is a finding.
pub(super) fn of(
    draft: &Draft,
    document: &Document,
    profile: &Profile,
    sink: &mut Vec<Diagnostic>,
) -> Option<Portrait> {
    let file = profile.photo.as_ref()?.file.as_str();
    let (code, problem) = match draft.attachments.portraits.get(file)? {
        Ok(portrait) => return Some(portrait.clone()),
        Err(PortraitProblem::Missing | PortraitProblem::Backslash) => (Code::PhotoMissing, Arg::from("")),
        Err(PortraitProblem::Outside) => (Code::PhotoOutside, Arg::from("")),
        Err(PortraitProblem::Unreadable(problem)) => (Code::PhotoUnreadable, problem.clone()),
    };
    let there = draft.attachments.photos.iter().map(String::as_str);
    let plain = with_slashes(file);
    let few = draft.attachments.photos.len() < MANY;
    let nearest = near::nearest(plain.rsplit('/').next().unwrap_or(file), there.filter(|_| few));
    let meant = Phrase::DidYouMean(nearest.as_ref().map(|name| format!("photos/{name}")));
    let found = finding(code, document, "photo.file").arg("file", file).arg("problem", problem);
    sink.push(found.arg("meant", meant).arg("nearest", nearest.unwrap_or_default()));
    None
}

/// Photos up to which the one that is meant is looked for.
const MANY: usize = 2_000;

/// The path that was meant by one with backslashes, which JSON may have taken
/// for escapes: "photos\new.jpg" holds a line end.
fn with_slashes(path: &str) -> String {
    let escapes = [('\n', "/n"), ('\t', "/t"), ('\r', "/r"), ('\u{8}', "/b"), ('\u{C}', "/f"), ('\\', "/")];
    escapes.iter().fold(path.to_owned(), |path, (escape, meant)| path.replace(*escape, meant))
}

/// Pictures in `data/photos/` that no profile names.
pub(super) fn unused(draft: &Draft, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let named: HashSet<&str> = entries
        .iter()
        .filter_map(|entry| entry.profile.photo.as_ref())
        .filter_map(|photo| photo.file.rsplit('/').next())
        .collect();
    let pictures = ["jpg", "jpeg", "png", "webp", "tif", "tiff", "heic", "gif", "bmp"];
    for file in draft.attachments.photos.iter().filter(|file| !named.contains(file.as_str())) {
        let extension = file.rsplit('.').next().unwrap_or_default().to_lowercase();
        if pictures.contains(&extension.as_str()) {
            sink.push(finding(Code::PhotoUnused, &draft.booklet, "order").arg("file", file.as_str()));
        }
    }
}
