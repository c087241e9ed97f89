//! An import is written as a whole or not at all.

use std::io;

use super::photos::Bytes;
use super::{ANSWERS, Import, answers};
use crate::catalogue::Lang;
use crate::documents;
use crate::intake::RECORD;
use crate::project::{Hold, Project, Store};
use crate::session::Error;
use crate::starter;

/// Folder that everything is written into.
const DATA: &str = "data";

impl Import {
    /// Writes what changed, the documents as they came, and the record.
    ///
    /// # Errors
    /// When somebody changed a file meanwhile, a photo can no longer be read,
    /// or the files cannot be written: then nothing is.
    pub fn write(
        &self,
        read_photo: &dyn Fn(&str) -> io::Result<Vec<u8>>,
        wait: &mut dyn FnMut(&Hold) -> bool,
        lang: Lang,
    ) -> Result<(), Error> {
        let folder = self.folder.join(DATA);
        let failed = |error| Error::Store { folder: folder.clone(), error };
        // Opened before reading again: who saves now is noticed.
        let mut store = Store::open(&folder, wait).map_err(failed)?;
        self.unchanged()?;
        let mut add = |path: &str, bytes: &[u8]| {
            let below = path.strip_prefix("data/").unwrap_or(path);
            store.add(below, bytes).map_err(failed)
        };
        if self.fresh {
            for (path, text) in starter::frame() {
                add(path, text.as_bytes())?;
            }
        }
        for (path, text) in &self.plan.files {
            add(path, text.as_bytes())?;
        }
        for (at, path) in &self.plan.photos {
            let Some(from) = self.photos.get(at) else { continue };
            add(path, &self.photo(&from.bytes, read_photo)?)?;
        }
        for (path, bytes) in &self.kept {
            add(path, bytes)?;
        }
        add(RECORD, self.plan.record.to_json().as_bytes())?;
        if self.doubts().next().is_some() || !self.answers.is_empty() {
            add(ANSWERS, answers::to_json(self.doubts(), &self.answers, lang).as_bytes())?;
        }
        store.commit().map_err(failed)
    }

    /// Whether the data files are still those that were read.
    fn unchanged(&self) -> Result<(), Error> {
        if self.fresh {
            return Ok(());
        }
        let project = Project::open(&self.folder)
            .map_err(|error| Error::NoProject { folder: self.folder.clone(), error })?;
        let changed = |(path, text): &&(String, String)| {
            self.plan.files.contains_key(path) && project.read(path).ok().as_deref() != Some(text.as_bytes())
        };
        match self.seen.iter().find(changed) {
            Some((path, _)) => Err(Error::ChangedMeanwhile(path.into())),
            None => Ok(()),
        }
    }

    fn photo(&self, from: &Bytes, read: &dyn Fn(&str) -> io::Result<Vec<u8>>) -> Result<Vec<u8>, Error> {
        let unreadable = |file: &str, error| Error::Unreadable { file: file.into(), error };
        match from {
            Bytes::File(name) => read(name).map_err(|error| unreadable(name, error)),
            Bytes::Part(document, picture) => {
                let Some((path, bytes)) = self.kept.get(*document) else { return Ok(vec![]) };
                let broken = |_| unreadable(path, io::ErrorKind::InvalidData.into());
                documents::embedded(bytes, picture).map_err(broken)
            }
        }
    }
}
