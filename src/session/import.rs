//! Documents and photos into a project: read, understood, laid over what is
//! there, shown; and written only then.

mod answers;
mod photos;
mod sources;
mod write;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Error, Session};
use crate::catalogue::Lang;
use crate::documents::{self, DocumentProblem};
use crate::intake::{
    self, Choices, Current, Delivery, Doubt, Known, PhotoFile, Plan, RECORD, Record, Understood, plan,
    understand,
};
use crate::load::{self, Document, Node, Value};
use crate::project::Project;

pub use photos::PhotoProblem;

/// Where answers are kept.
const ANSWERS: &str = "data/source/answers.json";

/// What comes in.
pub struct Incoming<'a> {
    /// Documents: names, with the folders they lie in, and bytes.
    pub documents: Vec<(String, Vec<u8>)>,
    /// Photos: names, with the folders they lie in.
    pub photos: Vec<String>,
    /// Reads a photo.
    pub read_photo: &'a (dyn Fn(&str) -> io::Result<Vec<u8>> + Sync),
}

/// An import that is worked out and not yet written.
#[non_exhaustive]
pub struct Import {
    /// What the documents say.
    pub understood: Understood,
    /// What would change.
    pub plan: Plan,
    /// Documents that cannot be read.
    pub unread: Vec<(String, DocumentProblem)>,
    /// Photos that cannot be used.
    pub unusable: Vec<(String, PhotoProblem)>,
    /// Whether the folder is no project yet.
    pub fresh: bool,
    /// Documents that were read.
    pub read: Vec<String>,
    folder: PathBuf,
    /// What is kept of the documents: paths and bytes, the documents first.
    kept: Vec<(String, Vec<u8>)>,
    photos: BTreeMap<usize, photos::From>,
    /// Data files as they were read.
    seen: Vec<(String, String)>,
    answers: intake::Answers,
}

impl Import {
    /// All doubts: those of the documents, and those of both sides.
    pub fn doubts(&self) -> impl Iterator<Item = &Doubt> {
        self.understood.doubts.iter().chain(&self.plan.doubts)
    }

    /// Whether there is nothing new.
    pub fn is_nothing(&self) -> bool {
        self.plan.is_empty() && !self.fresh
    }
}

/// Works an import out. The folder need not be a project, or be there.
///
/// # Errors
/// When the project's own files cannot be read.
pub fn import(folder: &Path, incoming: Incoming, mut choices: Choices, lang: Lang) -> Result<Import, Error> {
    let session = open(folder)?;
    let project = session.as_ref().map(|session| session.project().anew());
    let (booklet, profiles) = match &project {
        Some(project) => {
            let unreadable = |error| Error::Unreadable { file: "data/booklet.json".into(), error };
            let (booklet, profiles) = load::texts(project, &mut Vec::new()).map_err(unreadable)?;
            (Some(booklet), profiles)
        }
        None => (None, BTreeMap::new()),
    };
    let old = |path: &str| project.as_ref().and_then(|project| project.read(path).ok());
    let broken =
        |path: &str| Error::Unreadable { file: path.into(), error: io::ErrorKind::InvalidData.into() };
    let record = match old(RECORD) {
        Some(bytes) => Record::read(&bytes).ok_or_else(|| broken(RECORD))?,
        None => Record::default(),
    };
    choices.named = choices.answers.keys().cloned().collect();
    if let Some(bytes) = old(ANSWERS) {
        for (id, choice) in answers::read(&bytes).ok_or_else(|| broken(ANSWERS))? {
            choices.answers.entry(id).or_insert(choice);
        }
    }
    let mut deliveries = Vec::new();
    let mut unread = Vec::new();
    let mut kept = Vec::new();
    let read: Vec<_> =
        incoming.documents.par_iter().map(|(name, bytes)| documents::read(name, bytes)).collect();
    for ((name, bytes), read) in incoming.documents.into_iter().zip(read) {
        match read {
            Ok(document) => {
                kept.push((name.clone(), bytes));
                deliveries.push(Delivery { name, document });
            }
            Err(problem) => unread.push((name, problem)),
        }
    }
    let photos: Vec<PhotoFile> =
        incoming.photos.iter().map(|name| PhotoFile { name: name.clone() }).collect();
    let known = known(booklet.as_ref(), &profiles, photos);
    let mut understood = understand(&deliveries, &known, &choices.answers);
    if sources::rename(&mut deliveries, &mut kept, &understood, &record) {
        understood = understand(&deliveries, &known, &choices.answers);
    }
    let (photos, unusable) = photos::of(&mut understood, &kept, incoming.read_photo, &choices.answers);
    let compared_with = sources::compared_with(booklet.as_ref(), project.as_ref());
    let sources = sources::of(&deliveries, &kept, &understood, &compared_with, &old);
    let current = Current { booklet: booklet.as_ref(), profiles: &profiles, record: &record };
    let read_photos = photos.iter().map(|(at, from)| (*at, from.photo.clone())).collect();
    let plan = plan(&understood, current, &choices, &read_photos, &sources, lang);
    for id in &plan.unasked {
        choices.answers.remove(id);
    }
    let seen = booklet.iter().chain(profiles.values());
    let seen = seen.map(|document| (document.path.clone(), document.text.to_string())).collect();
    let read = deliveries.iter().map(|delivery| delivery.name.clone()).collect();
    let kept = sources::kept(&sources, deliveries, kept, &understood, &old);
    Ok(Import {
        understood,
        plan,
        unread,
        unusable,
        fresh: project.is_none(),
        read,
        folder: folder.to_owned(),
        kept,
        photos,
        seen,
        answers: choices.answers,
    })
}

/// The project in a folder, if it is one.
fn open(folder: &Path) -> Result<Option<Session>, Error> {
    match Session::open(folder) {
        Ok(session) => Ok(Some(session)),
        Err(Error::NoProject { error, .. }) if error.kind() == io::ErrorKind::NotFound => {
            // Profiles without a booklet are somebody's, and are not overwritten.
            let data = Project::holds_data(folder);
            if data { Err(Error::NoProject { folder: folder.to_owned(), error }) } else { Ok(None) }
        }
        Err(error) => Err(error),
    }
}

fn known(booklet: Option<&Document>, profiles: &BTreeMap<String, Document>, photos: Vec<PhotoFile>) -> Known {
    let names = profiles
        .values()
        .filter_map(|profile| profile.root.as_ref()?.get("name")?.as_str().map(ToOwned::to_owned));
    let districts = booklet.and_then(|booklet| booklet.root.as_ref()?.get("districts"));
    let districts = match districts.map(|node| &node.value) {
        Some(Value::Array(list)) => list.iter().filter_map(Node::as_str).map(ToOwned::to_owned).collect(),
        _ => vec![],
    };
    Known { names: names.collect(), districts, photos }
}
