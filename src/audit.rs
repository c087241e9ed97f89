//! Reads the laid-out frames: what stands where, and whether it may.

mod compare;
mod expected;
mod fit;
mod glyphs;
mod inks;
mod lines;
mod numbers;
mod order;
mod own;
mod pages;
mod parity;
mod photos;
mod pictured;
mod rendered;
mod room;
mod seen;
mod sheet;
mod slots;
mod whole;
mod words;

use std::collections::{BTreeMap, HashSet};
use std::hash::{Hash, Hasher};

use rayon::prelude::*;
use typst::layout::{Frame, Size};
use typst::utils::hash128;

pub use self::photos::{Printed, printed};
pub use self::room::{Room, room};
use self::sheet::Home;
pub use self::words::{Words, find_words, words_at};
use crate::check::Manuscript;
use crate::diag::{Code, Diagnostic, Person, Phrase, Place};
use crate::load::{Document, Draft, Value};
use crate::model::Mm;
use crate::templates::TextSetting;
use crate::typeset::Book;

/// Audits a book. While persons are missing, findings have no page numbers:
/// they would mislead.
pub fn audit(book: &Book, cover: Option<&Book>, draft: &Draft, manuscript: &Manuscript) -> Vec<Diagnostic> {
    let source = Trace::new(draft, manuscript);
    let pages = book.document.pages().par_iter().zip(&book.map.pages).enumerate();
    let judged = pages.flat_map_iter(|(i, (page, used))| {
        let mut persons = slots::persons(&page.frame);
        persons.extend(used.person.clone());
        let source = source.for_persons(&persons);
        page_alone(&page.frame, used.person.as_deref(), i + 1, &source)
    });
    let mut found: Vec<_> = judged.collect();
    once(&mut found);
    complete(book, cover, manuscript, &source, &mut found);
    photos::check(book, manuscript, &source, &mut found);
    inks::check(book, manuscript, &source, &mut found);
    parity::check(book, manuscript, &source, &mut found);
    found
}

/// What of the data is not on paper as it should be, and what is there besides.
fn complete(
    book: &Book,
    cover: Option<&Book>,
    manuscript: &Manuscript,
    source: &Trace,
    found: &mut Vec<Diagnostic>,
) {
    let read: Vec<_> = book.document.pages().par_iter().map(pages::page).collect();
    let outside = cover.and_then(|cover| cover.document.pages().first()).map(pages::page);
    for (page, about) in
        read.iter().enumerate().map(|(i, page)| (i + 1, page)).chain(outside.iter().map(|page| (0, page)))
    {
        for (home, text, why) in &about.hidden {
            let Home::Slot(slot) = *home else {
                let told =
                    Diagnostic::new(Code::Unreadable).arg("shown", text.as_str()).arg("why", why.clone());
                let told = told.arg("block", Phrase::Either("页码", "the page number"));
                found.push(told.page((page > 0 && source.numbered).then_some(page)));
                continue;
            };
            let words = &about.slots[slot];
            let field = data_field(&words.field);
            // What is too long runs out of its place, and onto what stands below.
            let overflows = |d: &Diagnostic| {
                let same = d.person.as_ref().map(|person| &person.id) == words.person.as_ref();
                matches!(d.code, Code::Overflow | Code::TooWide) && same
            };
            if found.iter().any(overflows) {
                continue;
            }
            let told = Diagnostic::new(Code::Unreadable).arg("shown", text.as_str()).arg("why", why.clone());
            let told = told.arg("block", Phrase::Block(field.clone()));
            let told = source.locate(told, words.person.as_deref(), &field, page.max(1));
            found.push(if page == 0 { told.page(None) } else { told });
        }
    }
    whole::check(book, &read, outside.as_deref(), manuscript, source, found);
    photos::missing(book, manuscript, source, found);
    photos::seen(book, &read, outside.as_deref(), manuscript, source, found);
    numbers::check(book, &read, manuscript, source, found);
    own::check(book, &read, manuscript, source, found);
}

/// The field of the data that a slot is for: of several that are joined, what
/// they have in common.
fn data_field(slot: &str) -> String {
    match slot.split_once('+') {
        Some((first, _)) => first.rsplit_once('.').map_or(first, |(head, _)| head).to_owned(),
        None => slot.to_owned(),
    }
}

/// What one page has wrong, whatever the others are. Remembered, since an edit
/// changes few pages.
#[comemo::memoize]
fn page_alone(frame: &Frame, person: Option<&str>, number: usize, source: &Trace) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let slots = slots::slots(frame);
    for (i, slot) in slots.iter().enumerate() {
        fit::check(slot, &place_of(&slots, i), number, source, &mut found);
        lines::check(slot, number, source, &mut found);
        glyphs::check(slot, number, source, &mut found);
        glyphs::name(slot, number, source, &mut found);
    }
    // Where a slot tells of itself, the page need not.
    if !found.iter().any(|d| matches!(d.code, Code::Overflow | Code::TooWide)) {
        fit::outside(frame, person, number, source, &mut found);
    }
    found
}

/// The field of a slot; where a person has several slots of it, as of figures,
/// the item that this one is for.
fn place_of(slots: &[slots::Slot], i: usize) -> String {
    let slot = &slots[i];
    let like = |other: &&slots::Slot| other.field == slot.field && other.person == slot.person;
    match slots.iter().filter(like).count() {
        _ if slot.field.contains('+') => data_field(&slot.field),
        1 if slot.field != "figures" => slot.field.clone(),
        _ => format!("{}[{}]", slot.field, slots[..i].iter().filter(like).count()),
    }
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
    let source = Trace { numbered: false, ..Trace::new(draft, manuscript) };
    for page in cover.document.pages() {
        let slots = slots::slots(&page.frame);
        for (i, slot) in slots.iter().enumerate() {
            fit::check(slot, &place_of(&slots, i), 1, &source, &mut found);
            glyphs::check(slot, 1, &source, &mut found);
        }
    }
    found
}

/// A field that stands on several pages is told of once, on the person's own
/// spread, which comes after the contents.
fn once(found: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    let mut kept: Vec<_> = std::mem::take(found).into_iter().rev().collect();
    kept.retain(|d| seen.insert((d.code, d.person.clone(), d.field.clone(), d.args.clone())));
    found.extend(kept.into_iter().rev());
}

/// Leads from the page back to the data.
#[derive(Clone)]
struct Trace<'a> {
    booklet: &'a Document,
    /// Hash of all that is the same for every page.
    common: u128,
    profiles: BTreeMap<&'a str, &'a Document>,
    phrases: &'a [String],
    /// The distance that text keeps from the trim.
    safety: Mm,
    /// The tightest setting of the template.
    tight: Option<&'a TextSetting>,
    numbered: bool,
}

impl Hash for Trace<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.common, &self.profiles).hash(state);
    }
}

impl<'a> Trace<'a> {
    fn new(draft: &'a Draft, manuscript: &'a Manuscript) -> Self {
        let phrases = &manuscript.booklet().keep_together;
        let (safety, numbered) = (manuscript.job().safety, manuscript.complete());
        let settings = format!("{:?}", manuscript.contract().settings);
        Self {
            booklet: &draft.booklet,
            // The setting is in the booklet.
            common: hash128(&(&draft.booklet, phrases, safety.0.to_bits(), numbered, settings)),
            tight: manuscript.contract().tighter(manuscript.setting()),
            profiles: draft.profiles.iter().map(|(id, document)| (id.as_str(), document)).collect(),
            phrases,
            safety,
            numbered,
        }
    }

    /// The same for a page where only these persons stand.
    fn for_persons(&self, persons: &[String]) -> Self {
        let theirs = persons.iter().filter_map(|id| self.profiles.get_key_value(id.as_str()));
        let profiles = theirs.map(|(id, document)| (*id, *document)).collect();
        Self { booklet: self.booklet, profiles, ..*self }
    }

    /// How many characters of a field that is a list of lines are beyond what a
    /// line holds.
    fn beyond(&self, id: Option<&str>, field: &str, fits: usize) -> Option<usize> {
        let document = id.map_or(Some(self.booklet), |id| self.profiles.get(id).copied())?;
        let Value::Array(lines) = &document.root.as_ref()?.get(field)?.value else { return None };
        let lengths = lines.iter().filter_map(|line| Some(line.as_str()?.chars().count()));
        Some(lengths.map(|length| length.saturating_sub(fits)).sum()).filter(|more| *more > 0)
    }

    /// Whether an article that is too long for its slot fits in a tighter
    /// setting, by its paragraphs' lengths and with a line to spare.
    fn fits_tighter(&self, lines: &[slots::Line], slot: Size) -> bool {
        let Some(tight) = self.tight else { return false };
        let mut paragraphs: Vec<usize> = Vec::new();
        for line in lines {
            match paragraphs.last_mut().filter(|_| !lines::starts_paragraph(line)) {
                Some(length) => *length += line.characters(),
                None => paragraphs.push(line.characters() + 2),
            }
        }
        let han = (slot.x.to_pt() / tight.size).floor().max(2.0);
        let room = ((slot.y.to_pt() + tight.pitch - tight.size) / tight.pitch) as usize;
        // Marks that may not start a line cost a little of each.
        let lines = |length: &usize| (*length as f64 / (han - 0.5)).ceil() as usize;
        paragraphs.iter().map(lines).sum::<usize>() <= room
    }

    /// The name of a person.
    fn name(&self, id: Option<&str>) -> Option<&str> {
        self.profiles.get(id?)?.root.as_ref()?.get("name")?.as_str()
    }

    /// Gives a finding its person, place and page.
    fn locate(&self, diagnostic: Diagnostic, id: Option<&str>, field: &str, page: usize) -> Diagnostic {
        let document = match id {
            Some(id) => self.profiles.get(id).copied(),
            None => Some(self.booklet),
        };
        let field = &data_field(field);
        let diagnostic = diagnostic.field(field).page(self.numbered.then_some(page));
        if id.is_none() && field.is_empty() {
            return diagnostic;
        }
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
