//! The photographs of a book, in one order, and its emblem: inside the
//! project, there, whole, and readable.

use std::collections::HashSet;

use super::{Entry, finding, near};
use crate::diag::{Arg, Code, Diagnostic, Phrase};
use crate::load::{Document, Draft, Portrait, PortraitProblem};
use crate::model::{Booklet, Photo, Profile};

/// A photograph of a book.
#[derive(Debug, Clone)]
pub struct Exhibit {
    /// The person it is of; none for one of the edition.
    pub person: Option<String>,
    /// Field of the data, such as `photos[0]`.
    pub field: String,
    /// What the data say of it.
    pub photo: Photo,
    /// The picture.
    pub portrait: Portrait,
}

/// An official emblem, as it was given.
#[derive(Debug, Clone)]
pub struct Emblem {
    /// File name extension of what it is.
    pub extension: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Emblem {
    /// Where templates find it.
    pub fn path(&self) -> String {
        format!("/photos/emblem.{}", self.extension)
    }
}

/// Kinds of files that an emblem may be.
const EMBLEMS: [(&str, &str); 4] = [(".svg", "svg"), (".png", "png"), (".jpg", "jpg"), (".jpeg", "jpg")];

/// The photographs of a profile; what is wrong with one is a finding.
pub(super) fn of_person(
    draft: &Draft,
    document: &Document,
    id: &str,
    profile: &Profile,
    sink: &mut Vec<Diagnostic>,
) -> Vec<Exhibit> {
    let portrait = profile.photo.iter().map(|photo| ("photo".to_owned(), photo));
    let others = profile.photos.iter().enumerate().map(|(i, photo)| (format!("photos[{i}]"), photo));
    let named = portrait.chain(others);
    named.filter_map(|(field, photo)| exhibit(draft, document, Some(id), field, photo, sink)).collect()
}

/// The photographs of the edition.
pub(super) fn of_edition(draft: &Draft, booklet: &Booklet, sink: &mut Vec<Diagnostic>) -> Vec<Exhibit> {
    let named = booklet.photos.iter().enumerate().map(|(i, photo)| (format!("photos[{i}]"), photo));
    named.filter_map(|(field, photo)| exhibit(draft, &draft.booklet, None, field, photo, sink)).collect()
}

/// The emblem, if there is one that can be used.
pub(super) fn emblem(draft: &Draft, booklet: &Booklet, sink: &mut Vec<Diagnostic>) -> Option<Emblem> {
    let file = booklet.emblem.as_deref()?;
    let kind = EMBLEMS.iter().find(|(ending, _)| file.to_lowercase().ends_with(ending));
    let told = |code, problem: Arg| {
        finding(code, &draft.booklet, "emblem").arg("file", file).arg("problem", problem).arg("meant", "")
    };
    match (draft.attachments.emblem.as_ref(), kind) {
        (Some(Ok(bytes)), Some((_, extension))) => Some(Emblem { extension, bytes: bytes.clone() }),
        (Some(Ok(_)), None) => {
            sink.push(told(Code::PhotoUnreadable, Phrase::EmblemKind.into()));
            None
        }
        (Some(Err(problem)), _) => {
            sink.push(told(Code::PhotoUnreadable, problem.clone().into()));
            None
        }
        (None, _) => None,
    }
}

fn exhibit(
    draft: &Draft,
    document: &Document,
    person: Option<&str>,
    field: String,
    photo: &Photo,
    sink: &mut Vec<Diagnostic>,
) -> Option<Exhibit> {
    let file = photo.file.as_str();
    let (code, problem) = match draft.attachments.portraits.get(file)? {
        Ok(portrait) => {
            if portrait.unknown_colours {
                let field = format!("{field}.file");
                sink.push(finding(Code::PhotoColours, document, &field).arg("file", file));
            }
            let (person, portrait) = (person.map(ToOwned::to_owned), portrait.clone());
            return Some(Exhibit { person, field, photo: photo.clone(), portrait });
        }
        Err(PortraitProblem::Missing | PortraitProblem::Backslash) => (Code::PhotoMissing, Arg::from("")),
        Err(PortraitProblem::Outside) => (Code::PhotoOutside, Arg::from("")),
        Err(PortraitProblem::Unreadable(problem)) => (Code::PhotoUnreadable, problem.clone()),
    };
    let there = draft.attachments.photos.iter().map(String::as_str);
    let plain = with_slashes(file);
    let few = draft.attachments.photos.len() < MANY;
    let nearest = near::nearest(plain.rsplit('/').next().unwrap_or(file), there.filter(|_| few));
    let meant = Phrase::DidYouMean(nearest.as_ref().map(|name| format!("photos/{name}")));
    let found = finding(code, document, &format!("{field}.file")).arg("file", file).arg("problem", problem);
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

/// Pictures in `data/photos/` that nothing names.
pub(super) fn unused(draft: &Draft, booklet: &Booklet, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let persons = entries.iter().flat_map(|entry| entry.profile.photo.iter().chain(&entry.profile.photos));
    let files = persons.chain(&booklet.photos).map(|photo| photo.file.as_str());
    let named: HashSet<&str> =
        files.chain(booklet.emblem.as_deref()).filter_map(|file| file.rsplit('/').next()).collect();
    let pictures = ["jpg", "jpeg", "png", "webp", "tif", "tiff", "heic", "gif", "bmp"];
    for file in draft.attachments.photos.iter().filter(|file| !named.contains(file.as_str())) {
        let extension = file.rsplit('.').next().unwrap_or_default().to_lowercase();
        if pictures.contains(&extension.as_str()) {
            sink.push(finding(Code::PhotoUnused, &draft.booklet, "order").arg("file", file.as_str()));
        }
    }
}
