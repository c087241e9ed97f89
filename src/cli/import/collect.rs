//! Files and folders that were named → documents and photos.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use fengcai::catalogue::{DocumentProblem, Phrase};
use fengcai::intake::is_photo_name;
use fengcai::project::{LARGEST, read_regular};
use fengcai::session::Error;

use super::super::Failure;
use super::super::ui::Ui;

/// Folders within folders that are looked into.
const DEPTH: usize = 8;
/// Files that are looked at.
const FILES: usize = 50_000;
/// Largest document, in bytes.
const DOCUMENT: u64 = 128 << 20;
/// All documents together, in bytes.
const TOGETHER: u64 = 256 << 20;
/// Endings of documents, those that cannot be read too, so that it is said.
const ENDINGS: [&str; 28] = [
    "docx", "docm", "dotx", "doc", "wps", "wpt", "odt", "rtf", "pdf", "txt", "md", "markdown", "text",
    "xlsx", "xlsm", "xltx", "xls", "xlsb", "et", "ett", "ods", "csv", "tsv", "tab", "html", "htm", "pptx",
    "zip",
];
/// Files of systems and programs.
const RUBBISH: [&str; 4] = ["thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"];

/// What was found.
#[derive(Default)]
pub(in crate::cli) struct Collected {
    /// Name → file.
    documents: BTreeMap<String, PathBuf>,
    photos: BTreeMap<String, PathBuf>,
    /// Order in which documents were named.
    order: Vec<String>,
    /// Files that are neither, with the reason.
    pub(super) skipped: Vec<(String, String)>,
    count: usize,
    paths: HashSet<PathBuf>,
    folders: HashSet<PathBuf>,
}

/// Looks at everything that was named. Data of the project itself are not
/// imported into it.
pub(in crate::cli) fn collect(files: &[PathBuf], project: &Path, ui: &Ui) -> Result<Collected, Failure> {
    let mut found = Collected::default();
    let own = project.canonicalize().unwrap_or_else(|_| project.to_owned());
    for file in files {
        let metadata = fs::metadata(file)
            .map_err(|error| ui.failed(&Error::Unreadable { file: file.clone(), error }))?;
        if metadata.is_dir() {
            let walked = found.folder(file, "", &own, 0, ui);
            walked.map_err(|error| ui.failed(&Error::Unreadable { file: file.clone(), error }))?;
        } else {
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            found.add(&name, file.clone());
        }
    }
    Ok(found)
}

impl Collected {
    fn folder(&mut self, folder: &Path, below: &str, own: &Path, depth: usize, ui: &Ui) -> io::Result<()> {
        // Links may lead back to where they came from.
        if !self.folders.insert(folder.canonicalize()?) {
            return Ok(());
        }
        let mut entries: Vec<PathBuf> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for path in entries {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                let reason = ui.pick("文件名的编码不对，改个名字", "its name is no text; rename it");
                self.skipped.push((path.display().to_string(), reason.to_owned()));
                continue;
            };
            let hidden = name.starts_with(['.', '~'])
                || name.starts_with("__MACOSX")
                || RUBBISH.contains(&name.to_lowercase().as_str());
            let of_project = ["data", "out", "templates", "fonts"]
                .iter()
                .any(|part| path.canonicalize().is_ok_and(|path| path == own.join(part)));
            self.count += 1;
            if hidden || of_project || self.count > FILES {
                continue;
            }
            let named = if below.is_empty() { name.to_owned() } else { format!("{below}/{name}") };
            if path.is_dir() {
                if depth < DEPTH
                    && let Err(error) = self.folder(&path, &named, own, depth + 1, ui)
                {
                    self.skipped.push((named, Phrase::Io(error.kind(), error.to_string()).text(ui.lang())));
                }
                continue;
            }
            let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
            if is_photo_name(name) || ENDINGS.contains(&ending.as_str()) {
                self.add(&named, path);
            } else {
                let reason = ui.pick(
                    "不是文章、表格或照片，没有看",
                    "neither a text, a table nor a photo; not looked at",
                );
                self.skipped.push((named, reason.to_owned()));
            }
        }
        Ok(())
    }

    /// Puts a file under its name, or one like it that is free.
    fn add(&mut self, name: &str, path: PathBuf) {
        let photo = is_photo_name(name);
        let map = if photo { &mut self.photos } else { &mut self.documents };
        if !self.paths.insert(path.clone()) {
            return;
        }
        let names = std::iter::once(name.to_owned()).chain((2..).map(|n| format!("{n}-{name}")));
        let Some(free) = names.into_iter().find(|name| !map.contains_key(name)) else { return };
        map.insert(free.clone(), path);
        if !photo {
            self.order.push(free);
        }
    }

    /// The photos, by name.
    pub(super) fn photos(&self) -> Vec<String> {
        self.photos.keys().cloned().collect()
    }

    /// Reads a photo.
    pub(super) fn photo(&self, name: &str) -> io::Result<Vec<u8>> {
        let path = self.photos.get(name).ok_or(io::ErrorKind::NotFound)?;
        read_regular(path, LARGEST)
    }

    /// Reads the documents. One that cannot be read is told of, and the others
    /// are read all the same.
    pub(super) fn documents(&mut self, ui: &Ui) -> Vec<(String, Vec<u8>)> {
        let (mut read, mut left) = (Vec::new(), TOGETHER);
        for name in std::mem::take(&mut self.order) {
            match read_regular(&self.documents[&name], DOCUMENT.min(left)) {
                Ok(bytes) => {
                    left -= bytes.len() as u64;
                    read.push((name, bytes));
                }
                Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                    self.skipped.push((name, DocumentProblem::TooLarge.text(ui.lang()).to_owned()));
                }
                Err(error) => {
                    self.skipped.push((name, Phrase::Io(error.kind(), error.to_string()).text(ui.lang())))
                }
            }
        }
        read
    }
}
