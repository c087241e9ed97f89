//! Reads the laid-out frames: what stands where, and whether it may.

mod fit;
mod glyphs;
mod inks;
mod lines;
mod parity;
mod photos;
mod slots;

use crate::check::Manuscript;
use crate::diag::{Code, Diagnostic, Person, Place};
use crate::load::{Document, Draft};
use crate::profile::Sheet;
use crate::typeset::Book;

/// Audits a book. While persons are missing, findings have no page numbers:
/// they would mislead.
pub fn audit(book: &Book, draft: &Draft, manuscript: &Manuscript) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let source = Sources::new(draft, manuscript);
    for (i, page) in book.document.pages().iter().enumerate() {
        let before = found.len();
        let slots = slots::slots(&page.frame);
        for slot in &slots {
            fit::check(slot, i + 1, &source, &mut found);
            lines::check(slot, i + 1, &source, &mut found);
            glyphs::check(slot, i + 1, &source, &mut found);
            glyphs::name(slot, i + 1, &source, &mut found);
        }
        // Where a slot tells of itself, the page need not.
        if !found[before..].iter().any(|d| matches!(d.code, Code::Overflow | Code::TooWide)) {
            fit::outside(&page.frame, &book.map.pages[i], i + 1, &source, &mut found);
        }
    }
    once(&mut found);
    photos::check(book, manuscript, &source, &mut found);
    inks::check(book, manuscript, &source, &mut found);
    parity::check(book, manuscript.entries().iter().map(|e| e.id.as_str()), &source, &mut found);
    found
}

/// A line of an article as it was set.
pub(crate) struct ArticleLine {
    /// Physical page, from 1.
    pub(crate) page: usize,
    pub(crate) person: String,
    /// Baseline, in points from the page's top.
    pub(crate) baseline: f64,
    /// Its characters, without white space.
    pub(crate) text: String,
}

/// The lines of all articles, top to bottom, page by page.
pub(crate) fn article_lines(book: &Book) -> Vec<ArticleLine> {
    let mut found = Vec::new();
    for (i, page) in book.document.pages().iter().enumerate() {
        for slot in slots::slots(&page.frame).into_iter().filter(|slot| slot.field == "article") {
            let place = book.map.pages[i].fields.iter().find(|field| field.field == "article");
            let top = place.map_or(0.0, |field| field.area[1]);
            let Some(person) = slot.person.clone() else { continue };
            found.extend(slot.lines().into_iter().map(|line| ArticleLine {
                page: i + 1,
                person: person.clone(),
                baseline: top + line.baseline.to_pt(),
                text: line.text(),
            }));
        }
    }
    found
}

/// Audits a cover: what stands in its slots.
pub fn audit_cover(cover: &Book, draft: &Draft, manuscript: &Manuscript) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let source = Sources { numbered: false, ..Sources::new(draft, manuscript) };
    for page in cover.document.pages() {
        for slot in slots::slots(&page.frame) {
            fit::check(&slot, 1, &source, &mut found);
            glyphs::check(&slot, 1, &source, &mut found);
        }
    }
    found
}

/// A field that stands on several pages is told of once, on the person's own
/// spread, which comes after the contents.
fn once(found: &mut Vec<Diagnostic>) {
    let mut seen = Vec::new();
    let mut kept: Vec<_> = std::mem::take(found).into_iter().rev().collect();
    kept.retain(|d| {
        let key = (d.code, d.person.clone(), d.field.clone(), d.args.clone());
        let new = !seen.contains(&key);
        seen.push(key);
        new
    });
    found.extend(kept.into_iter().rev());
}

/// Leads from the page back to the data.
struct Sources<'a> {
    draft: &'a Draft,
    phrases: &'a [String],
    sheet: &'a Sheet,
    numbered: bool,
}

impl<'a> Sources<'a> {
    fn new(draft: &'a Draft, manuscript: &'a Manuscript) -> Self {
        let phrases = &manuscript.booklet().keep_together;
        Self { draft, phrases, sheet: manuscript.sheet(), numbered: manuscript.complete() }
    }

    /// The name of a person.
    fn name(&self, id: Option<&str>) -> Option<&str> {
        self.draft.profiles.get(id?)?.root.as_ref()?.get("name")?.as_str()
    }

    /// Gives a finding its person, place and page.
    fn locate(&self, diagnostic: Diagnostic, id: Option<&str>, field: &str, page: usize) -> Diagnostic {
        let document = match id {
            Some(id) => self.draft.profiles.get(id),
            None => Some(&self.draft.booklet),
        };
        let diagnostic = diagnostic.field(field).page(self.numbered.then_some(page));
        match document {
            Some(document) => diagnostic.person(document.person()).at(place(document, field)),
            None => diagnostic.person(id.map(|id| Person { id: id.into(), name: None })),
        }
    }
}

fn place(document: &Document, field: &str) -> Option<Place> {
    let root = document.root.as_ref()?;
    document.place(root.nearest(field))
}
