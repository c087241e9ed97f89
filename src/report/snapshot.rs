//! What a book was made from and how its pages came out: enough to tell two
//! builds apart, person by person and page by page, to the eye and on the
//! plates.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use typst::utils::LazyHash;

use super::{Inputs, Output};
use crate::check::Manuscript;
use crate::digest;
use crate::fingerprint::{self, Fingerprint, Setting};
use crate::load::Draft;
use crate::render::{self, Side};
use crate::typeset::{Book, PageMap};

/// Begins the names of what is signed like a person and is none.
const PART: char = '_';
/// The cover among these.
pub const COVER: &str = "_cover";

/// The comparable part of a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Snapshot {
    /// Name and version of the tool.
    pub tool: String,
    /// Version of the fingerprints' encoding.
    pub encoding: u32,
    /// SHA-256 over the data files and portraits that the book is made from.
    pub data_hash: String,
    /// What each page is, and the pages of each person.
    pub page_map: PageMap,
    /// Fingerprints of the pages, as many as the map has.
    pub fingerprints: Vec<Fingerprint>,
    /// Fingerprint of the cover: back, spine and front in one piece.
    pub cover: Option<Fingerprint>,
    /// Names of the persons.
    pub names: BTreeMap<String, String>,
    /// What the pages were made from.
    pub inputs: Inputs,
    /// What is drawn outside the bleed; empty for nothing.
    pub around: String,
    /// Fingerprints of the pictures as they were plated, by page; absent while
    /// no press file of the interior was made.
    pub renditions: Option<Vec<(usize, String)>>,
    /// The same of the cover.
    pub cover_rendition: Option<String>,
}

impl Snapshot {
    /// Takes the snapshot of a laid-out book.
    pub fn new(draft: &Draft, manuscript: &Manuscript, book: &Book, cover: Option<&Book>) -> Self {
        let (profile, job) = (manuscript.output().digest(), manuscript.job());
        let essences = manuscript.gallery().iter().map(|exhibit| exhibit.portrait.essence.clone()).collect();
        let setting: Setting =
            LazyHash::new((essences, job.overprint.text.to_bits(), job.overprint.rules.to_bits()));
        let print = |page: &typst_layout::Page| Fingerprint::of(page, &setting, job, &profile);
        Self {
            tool: crate::TOOL.into(),
            encoding: fingerprint::VERSION,
            data_hash: super::data_hash(draft, manuscript),
            page_map: book.map().clone(),
            fingerprints: book.document.pages().par_iter().map(print).collect(),
            cover: cover.and_then(|cover| cover.document.pages().first()).map(|page| {
                let sides = [Side::Front, Side::Back].map(|side| print(&render::side(page, job, side)));
                Fingerprint::of_parts(print(page), &sides)
            }),
            names: manuscript.entries().iter().map(|e| (e.id.clone(), e.profile.name.clone())).collect(),
            inputs: Inputs::new(draft, manuscript),
            around: String::new(),
            renditions: None,
            cover_rendition: None,
        }
    }

    /// Reads the snapshot in a report, with the files that the build wrote.
    ///
    /// # Errors
    /// When the text is no report of this version.
    pub fn read(report: &[u8]) -> Result<(Self, Vec<Output>), String> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        #[derive(Deserialize)]
        struct Known {
            #[serde(flatten)]
            snapshot: Snapshot,
            outputs: Vec<Output>,
        }
        let Versioned { version } = serde_json::from_slice(report).map_err(|error| error.to_string())?;
        if version != super::VERSION {
            return Err(format!("version {version} ≠ {}", super::VERSION));
        }
        let known: Known = serde_json::from_slice(report).map_err(|error| error.to_string())?;
        if known.snapshot.encoding != fingerprint::VERSION {
            return Err(format!("encoding {} ≠ {}", known.snapshot.encoding, fingerprint::VERSION));
        }
        if known.snapshot.fingerprints.len() != known.snapshot.page_map.pages.len() {
            return Err("fingerprints ≠ pages".into());
        }
        let count = known.snapshot.fingerprints.len();
        if known.snapshot.page_map.persons.values().flatten().any(|page| !(1..=count).contains(page)) {
            return Err(format!("pages 1–{count}"));
        }
        Ok((known.snapshot, known.outputs))
    }

    /// The pages of a person or part, from 1; none for the cover.
    pub fn pages(&self, id: &str) -> Vec<usize> {
        let Some(kind) = id.strip_prefix(PART) else {
            return self.page_map.persons.get(id).cloned().unwrap_or_default();
        };
        let pages = self.page_map.pages.iter().enumerate();
        pages.filter(|(_, page)| page.person.is_none() && page.kind == kind).map(|(i, _)| i + 1).collect()
    }

    /// Whether there is such a person or part.
    pub fn has(&self, id: &str) -> bool {
        if id == COVER { self.cover.is_some() } else { !self.pages(id).is_empty() }
    }

    fn prints(&self, id: &str) -> Vec<&Fingerprint> {
        if id == COVER {
            return self.cover.iter().collect();
        }
        self.pages(id).into_iter().filter_map(|page| self.fingerprints.get(page - 1)).collect()
    }

    /// What the pages of a person or part show apart from their folios.
    pub fn seen(&self, id: &str) -> String {
        digest::of_pieces(self.prints(id).into_iter().map(|print| ("page", print.content.as_bytes())))
    }

    /// What their plates hold, as far as it is not seen: with which settings
    /// pictures are plated, and of the cover its spine.
    pub fn plated(&self, id: &str) -> String {
        let spine = |print: &Fingerprint| if id == COVER { print.plate.clone() } else { String::new() };
        let plates = self.prints(id).into_iter().map(|print| format!("{} {}", print.pictures, spine(print)));
        let plates: Vec<String> = plates.collect();
        digest::of_pieces(plates.iter().map(|plate| ("plate", plate.as_bytes())))
    }

    /// Name of a person, else the file name.
    pub fn name<'a>(&'a self, person: &'a str) -> &'a str {
        self.names.get(person).map_or(person, String::as_str)
    }

    /// The persons in the book's order.
    pub fn order(&self) -> Vec<&str> {
        let mut order: Vec<_> = self.page_map.persons.iter().collect();
        order.sort_by_key(|(_, pages)| pages.first().copied());
        order.into_iter().map(|(id, _)| id.as_str()).collect()
    }

    /// Whether a person's or part's pages have a slot for a field.
    pub fn prints_field(&self, id: &str, name: &str) -> bool {
        let pages = self.pages(id).into_iter().filter_map(|page| self.page_map.pages.get(page - 1));
        let cover = self.page_map.cover.iter().filter(|_| id == COVER);
        pages.chain(cover).flat_map(|page| &page.fields).any(|field| field.prints(name))
    }

    /// Whether a part prints something of every person, as contents do.
    pub fn lists_persons(&self, id: &str) -> bool {
        self.prints_field(id, "name")
    }

    /// Short hashes of what such a part prints, by name of the person.
    pub fn listed(&self) -> BTreeMap<String, String> {
        let entry = |id: &str| {
            let fields = self.inputs.of_person(id);
            let printed =
                ["name", "post", "headline"].map(|field| fields.get(field).cloned().unwrap_or_default());
            let pages = format!("{:?}", self.pages(id));
            let pieces = printed.iter().chain([&pages]).map(|piece| ("field", piece.as_bytes()));
            (self.name(id).to_owned(), digest::of_pieces(pieces)[..16].to_owned())
        };
        self.order().into_iter().map(entry).collect()
    }

    /// What is signed beside persons: the cover, then kinds of pages in the
    /// order of the book.
    pub fn parts(&self) -> Vec<String> {
        let mut parts: Vec<String> = self.cover.iter().map(|_| COVER.to_owned()).collect();
        for page in self.page_map.pages.iter().filter(|page| page.person.is_none() && page.kind != "blank") {
            let part = format!("{PART}{}", page.kind);
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts
    }
}

/// The kind of page that a part is; nothing for a person.
pub fn part(id: &str) -> Option<&str> {
    id.strip_prefix(PART)
}
