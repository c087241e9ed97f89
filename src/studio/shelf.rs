//! Books that lie in folders of their own.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::paths::is_id;
use super::refusal::Refusal;
use crate::project::{Store, folders_in};
use crate::session::Session;

/// Books that are listed.
const MOST: usize = 60;

/// The books in the folders of a folder.
pub(super) fn books(folder: &Path) -> Vec<Json> {
    let names = folders_in(folder);
    let book = |name: &String| {
        let session = Session::open(&folder.join(name)).ok()?;
        let title = session.title();
        Some(json!({ "name": name, "title": title }))
    };
    names.iter().filter_map(book).take(MOST).collect()
}

/// The folder of a new book, which nothing is in yet.
pub(super) fn new_book(folder: &Path, several: bool, name: &str) -> Result<PathBuf, Refusal> {
    let place = match (several, name.trim()) {
        (false, _) => folder.to_owned(),
        (true, name) if is_id(name) => folder.join(name),
        (true, _) => return Err(Refusal::NoName),
    };
    let files = Store::list(&place).unwrap_or_default();
    let ours = |file: &String| file.starts_with(".fengcai");
    if several && !files.iter().all(ours) {
        return Err(Refusal::Occupied(name.into()));
    }
    Ok(place)
}

/// The folder of a book that is there.
pub(super) fn known_book(folder: &Path, name: &str) -> Result<PathBuf, Refusal> {
    if is_id(name) { Ok(folder.join(name)) } else { Err(Refusal::Gone(name.into())) }
}
