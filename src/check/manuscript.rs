//! Checked data, ready to be laid out.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::{Emblem, Exhibit, Extra, edition};
use crate::colour::Output;
use crate::model::{Booklet, Group, PrintJob, Profile};
use crate::project::Cache;
use crate::templates::{Contract, Template, TextSetting};

/// Data that can be laid out.
#[derive(Debug, Clone)]
pub struct Manuscript {
    parts: Parts,
    gallery: Vec<Exhibit>,
    /// Where in the gallery the photographs of each person are, and those of
    /// the edition.
    exhibits: HashMap<Option<String>, Range<usize>>,
    /// The chapter of each person that stands in one.
    chapters: HashMap<String, usize>,
}

/// What a manuscript is put together from.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    pub(super) booklet: Booklet,
    pub(super) entries: Vec<Entry>,
    pub(super) extras: Vec<Extra>,
    pub(super) job: PrintJob,
    pub(super) output: Output,
    pub(super) template: Arc<Template>,
    pub(super) emblem: Option<Emblem>,
    pub(super) cache: Cache,
}

/// One person of the book.
#[derive(Debug, Clone)]
pub struct Entry {
    /// File name of the profile without `.json`.
    pub id: String,
    /// The data.
    pub profile: Profile,
}

impl Manuscript {
    /// Puts a manuscript together: the photographs of each entry, in order,
    /// and those of the edition.
    pub(super) fn new(parts: Parts, persons: Vec<Vec<Exhibit>>, of_edition: Vec<Exhibit>) -> Self {
        let chapters = edition::chapters(&parts.booklet);
        let mut gallery = Vec::new();
        let mut exhibits = HashMap::new();
        let ids = parts.entries.iter().map(|entry| Some(entry.id.clone()));
        for (whose, shown) in ids.zip(persons).chain([(None, of_edition)]) {
            let start = gallery.len();
            gallery.extend(shown);
            exhibits.insert(whose, start..gallery.len());
        }
        Self { parts, gallery, exhibits, chapters }
    }

    /// The edition.
    pub fn booklet(&self) -> &Booklet {
        &self.parts.booklet
    }

    /// The persons in the book's order.
    pub fn entries(&self) -> &[Entry] {
        &self.parts.entries
    }

    /// Fonts that the project adds.
    pub fn extras(&self) -> &[Extra] {
        &self.parts.extras
    }

    /// The print shop's sheet.
    pub fn job(&self) -> &PrintJob {
        &self.parts.job
    }

    /// The output profile.
    pub(crate) fn output(&self) -> &Output {
        &self.parts.output
    }

    /// What was made of its pictures before.
    pub(crate) fn cache(&self) -> &Cache {
        &self.parts.cache
    }

    /// The template that the book is set in.
    pub fn template(&self) -> &Template {
        &self.parts.template
    }

    /// What the template agrees on.
    pub fn contract(&self) -> &Contract {
        &self.parts.template.contract
    }

    /// The text setting of the book.
    pub fn setting(&self) -> &TextSetting {
        self.contract().setting(self.parts.booklet.setting.as_deref())
    }

    /// All photographs.
    pub fn gallery(&self) -> &[Exhibit] {
        &self.gallery
    }

    /// The photographs of a person, or of the edition, each with its place in
    /// the gallery.
    pub fn exhibits_of(&self, person: Option<&str>) -> impl Iterator<Item = (usize, &Exhibit)> {
        let range = self.exhibits.get(&person.map(ToOwned::to_owned)).cloned().unwrap_or_default();
        range.filter_map(|index| Some((index, self.gallery.get(index)?)))
    }

    /// The emblem of the cover.
    pub fn emblem(&self) -> Option<&Emblem> {
        self.parts.emblem.as_ref()
    }

    /// The chapter that a person stands in, with its place.
    pub fn chapter_of(&self, person: &str) -> Option<(usize, &Group)> {
        let place = *self.chapters.get(person)?;
        Some((place, self.parts.booklet.groups.get(place)?))
    }

    /// Whether every person in the order is here. When some could not be
    /// read, the others are still laid out to find what does not fit, but
    /// page numbers mean nothing.
    pub fn complete(&self) -> bool {
        self.parts.entries.len() == self.parts.booklet.order.len()
    }
}
