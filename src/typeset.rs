//! Manuscript → [`Book`]: the pages, laid out once in press colours, and who
//! stands on which.

mod budget;
mod joiners;
mod numbers;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use typst::foundations::Label;
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, Point};
use typst::model::Document;
use typst_layout::PagedDocument;

use crate::diag::{self, Diagnostic};
use crate::world::{self, BookWorld, Files, PAGES};

pub(crate) use numbers::Numbers;

/// Times that a remembered result survives without being used.
const CACHE_AGE: usize = 10;

/// A laid-out book.
pub struct Book {
    /// What it was made from, to trace errors of an export.
    pub(crate) world: BookWorld,
    /// Pages in press colours.
    pub(crate) document: PagedDocument,
    /// What each page is.
    pub(crate) map: PageMap,
}

impl Book {
    /// What each page is.
    pub fn map(&self) -> &PageMap {
        &self.map
    }

    /// What stands on which page, to begin the next layout with.
    pub(crate) fn numbers(&self) -> Numbers {
        Numbers::of(&self.document)
    }

    /// Notes what the cover that belongs to the book is.
    pub fn bind(&mut self, cover: &Self) {
        self.map.cover = cover.map.pages.first().cloned();
    }

    /// Number of pages.
    pub fn len(&self) -> usize {
        self.document.pages().len()
    }

    /// Whether there is no page, which no template should bring about.
    pub fn is_empty(&self) -> bool {
        self.document.pages().is_empty()
    }
}

/// The kinds of pages in order, and the pages of each person.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PageMap {
    /// One entry a physical page.
    pub pages: Vec<PageUse>,
    /// Person → physical pages, from 1.
    pub persons: BTreeMap<String, Vec<usize>>,
    /// The cover: back, spine and front in one piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<PageUse>,
}

/// What a page is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageUse {
    /// `title`, `contents`, `verso`, `recto`, `blank`, `colophon`, or what
    /// else a template names it.
    pub kind: String,
    /// The person it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Fields and where they stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// A field of the data on a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    pub field: String,
    /// Whose it is; nobody's where it is of the edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// Left, top, right, bottom in points from the trim's top left.
    pub area: [f64; 4],
}

impl Field {
    /// Whether it prints something of a field of the data, given by its first
    /// member: a slot may be for a part of it, or for several, joined by `+`.
    pub(crate) fn prints(&self, head: &str) -> bool {
        self.field.split('+').any(|part| part.split(['.', '[']).next() == Some(head))
    }
}

/// Forgets what no layout of late has used. Who lays out again and again calls
/// it when there is time.
pub fn forget() {
    comemo::evict(CACHE_AGE);
}

/// Lays out a book from its main file. Typst's errors and warnings come back
/// as findings, and so does a template that asks for more than a book can need.
/// Files without page numbers are those of a book whose pages are not known yet.
pub fn typeset(files: Files, main: &str) -> (Option<Book>, Vec<Diagnostic>) {
    typeset_again(files, main, None)
}

/// The same for a book that was laid out before.
pub(crate) fn typeset_again(
    files: Files,
    main: &str,
    earlier: Option<Numbers>,
) -> (Option<Book>, Vec<Diagnostic>) {
    let bytes = files.get(world::DATA).map_or(0, |data| data.len() as u64);
    let (book, found) = {
        let main = main.to_owned();
        budget::within(bytes, move || compile(files, &main, earlier))
    };
    match book.as_ref().and_then(|book| budget::exceeded(&book.document)) {
        Some(exceeded) => (None, [found, vec![exceeded]].concat()),
        None => (book, found),
    }
}

fn compile(files: Files, main: &str, earlier: Option<Numbers>) -> (Option<Book>, Vec<Diagnostic>) {
    let (world, compiled) = if files.contains_key(PAGES) {
        let world = BookWorld::new(files, main);
        let compiled = typst::compile(&world);
        (world, compiled)
    } else {
        numbers::compile(&files, main, earlier)
    };
    let mut found: Vec<_> = compiled.warnings.iter().map(|w| diag::from_typst(&world, w)).collect();
    match compiled.output {
        Ok(document) => {
            let document = without_joiners(&document);
            (Some(Book { map: map(&document), document, world }), found)
        }
        Err(errors) => {
            found.extend(errors.iter().map(|e| diag::from_typst(&world, e)));
            (None, found)
        }
    }
}

fn without_joiners(document: &PagedDocument) -> PagedDocument {
    let mut pages = document.pages().to_vec();
    pages.par_iter_mut().for_each(|page| page.frame = joiners::without(&page.frame));
    PagedDocument::new(pages.into(), document.info().clone())
}

fn map(document: &PagedDocument) -> PageMap {
    let mut map = PageMap::default();
    for (i, page) in document.pages().iter().enumerate() {
        let mut fields = Vec::new();
        find_fields(&page.frame, Point::zero(), &mut fields);
        let label = first_label(&page.frame, "page:").map(|label| label.resolve().as_str().to_owned());
        let (kind, person) = match (&label, map.pages.last()) {
            (Some(label), _) => {
                let mut parts = label.splitn(3, ':').skip(1);
                (parts.next().unwrap_or("unknown").to_owned(), parts.next().map(ToOwned::to_owned))
            }
            // What runs over goes on; a page that Typst put in is blank.
            (None, Some(before)) if !fields.is_empty() => (before.kind.clone(), before.person.clone()),
            (None, _) if is_bare(&page.frame) => ("blank".to_owned(), None),
            (None, _) => ("unknown".to_owned(), None),
        };
        if let Some(person) = &person {
            map.persons.entry(person.clone()).or_default().push(i + 1);
        }
        map.pages.push(PageUse { kind, person, fields });
    }
    map
}

/// Whether nothing is drawn in a frame.
fn is_bare(frame: &Frame) -> bool {
    frame.items().all(|(_, item)| match item {
        FrameItem::Group(group) => is_bare(&group.frame),
        FrameItem::Tag(_) | FrameItem::Link(..) => true,
        _ => false,
    })
}

/// The blocks that a template labels `slot:FIELD`, with their places.
fn find_fields(frame: &Frame, origin: Point, found: &mut Vec<Field>) {
    for (at, item) in frame.items() {
        let FrameItem::Group(group) = item else { continue };
        let at = origin + *at + Point::new(group.transform.tx, group.transform.ty);
        let label = group.label.map(|label| label.resolve());
        match label.as_ref().and_then(|label| label.as_str().strip_prefix("slot:")) {
            Some(name) => {
                let (field, person) = match name.split_once(':') {
                    Some((field, person)) => (field.to_owned(), Some(person.to_owned())),
                    None => (name.to_owned(), None),
                };
                let size = group.frame.size();
                let area =
                    [at.x, at.y, at.x + size.x, at.y + size.y].map(|v| (v.to_pt() * 10.0).round() / 10.0);
                found.push(Field { field, person, area });
            }
            None => find_fields(&group.frame, at, found),
        }
    }
}

/// The first label of a page that begins so, set by the template's `leaf`.
fn first_label(frame: &Frame, beginning: &str) -> Option<Label> {
    frame.items().find_map(|(_, item)| match item {
        FrameItem::Tag(Tag::Start(content, _)) => {
            content.label().filter(|l| l.resolve().as_str().starts_with(beginning))
        }
        FrameItem::Group(group) => first_label(&group.frame, beginning),
        _ => None,
    })
}
