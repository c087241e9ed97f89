//! The photos of persons: files by name, else pictures out of documents.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use crate::catalogue::{Lang, Phrase};
use crate::digest::sha256;
use crate::documents::{self, DocumentProblem, Embedded};
use crate::intake::{Answers, Ask, Doubt, Field, Photo, Understood};

/// Why a photo cannot be used.
#[derive(Debug)]
pub enum PhotoProblem {
    /// It cannot be read.
    Io(io::Error),
    /// It is no picture that can be printed from.
    Kind(DocumentProblem),
}

impl PhotoProblem {
    /// The reason, in a language.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Io(error) => Phrase::Io(error.kind(), error.to_string()).text(lang),
            Self::Kind(DocumentProblem::PhonePicture) => DocumentProblem::PhonePicture.text(lang).to_owned(),
            Self::Kind(_) => Phrase::UnknownPicture.text(lang),
        }
    }
}

/// A photo and where its bytes come from.
pub(super) struct From {
    pub(super) photo: Photo,
    pub(super) bytes: Bytes,
}

/// Where bytes come from, so that not all photos are held at once.
pub(super) enum Bytes {
    /// A file, by its name.
    File(String),
    /// A part of a document, by the document's place among those kept.
    Part(usize, Embedded),
}

/// Pictures of a person that are looked at.
const CANDIDATES: usize = 8;

/// The photos of the persons, by their places, and what cannot be used.
pub(super) fn of(
    understood: &mut Understood,
    kept: &[(String, Vec<u8>)],
    read: &dyn Fn(&str) -> io::Result<Vec<u8>>,
    answers: &Answers,
) -> (BTreeMap<usize, From>, Vec<(String, PhotoProblem)>) {
    let (mut photos, mut unusable) = (BTreeMap::new(), Vec::new());
    // What stands with several persons is an emblem, no portrait.
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for person in &understood.persons {
        let own: BTreeSet<_> =
            person.pictures.iter().map(|(file, picture)| (file.clone(), picture.part.clone())).collect();
        own.into_iter().for_each(|key| *seen.entry(key).or_default() += 1);
    }
    for (at, person) in understood.persons.iter().enumerate() {
        let named = person.first(Field::Photo).filter(|found| found.text == found.place.file);
        if let Some(found) = named {
            match read(&found.text).map_err(PhotoProblem::Io).and_then(|bytes| photo(&bytes)) {
                Ok(photo) => drop(photos.insert(at, From { photo, bytes: Bytes::File(found.text.clone()) })),
                Err(problem) => unusable.push((found.text.clone(), problem)),
            }
            continue;
        }
        let usable: Vec<(usize, &Embedded, Photo)> = person
            .pictures
            .iter()
            .enumerate()
            .filter(|(i, (file, picture))| {
                let same = |(other, known): &(String, Embedded)| other == file && known.part == picture.part;
                let first = !person.pictures.iter().take(*i).any(same);
                first && seen.get(&(file.clone(), picture.part.clone())) == Some(&1)
            })
            .take(CANDIDATES)
            .map(|(_, picture)| picture)
            .filter_map(|(file, picture)| {
                let document = kept.iter().position(|(name, _)| name == file)?;
                let bytes = documents::embedded(&kept[document].1, picture).ok()?;
                Some((document, picture, photo(&bytes).ok()?))
            })
            .collect();
        let chosen = match usable.len() {
            0 => continue,
            1 => 0,
            _ => {
                let candidates = (1..).zip(&usable).map(|(n, (document, picture, _))| {
                    let step = picture.part.rsplit('/').next().unwrap_or_default();
                    format!("{} {n} ({step})", kept[*document].0)
                });
                let ask = Ask::Several {
                    name: person.name().to_owned(),
                    field: Field::Photo,
                    candidates: candidates.collect(),
                };
                let doubt = Doubt::new(ask, None, answers);
                let choice = doubt.choice - 1;
                understood.doubts.push(doubt);
                choice
            }
        };
        if let Some((document, picture, photo)) = usable.into_iter().nth(chosen) {
            photos.insert(at, From { photo, bytes: Bytes::Part(document, picture.clone()) });
        }
    }
    (photos, unusable)
}

/// A photo by its bytes.
fn photo(bytes: &[u8]) -> Result<Photo, PhotoProblem> {
    let ending = documents::picture(bytes).and_then(documents::Picture::ending);
    let heic = bytes.get(4..8) == Some(b"ftyp");
    let problem = if heic { DocumentProblem::PhonePicture } else { DocumentProblem::Picture };
    let ending = ending.ok_or(PhotoProblem::Kind(problem))?;
    Ok(Photo { ending, sha256: sha256(bytes) })
}
