//! Completeness: what the contract prints stands on paper, all of it, as often
//! as it says, on the pages where it belongs.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Trace;
use super::compare::problem;
use super::expected::{Expected, of_edition, of_person};
use super::order::{SET_OFF, goes_back};
use super::pages::{Page, Words};
use crate::check::{Entry, Manuscript};
use crate::diag::{Code, Diagnostic, Phrase};
use crate::pictures::Area;
use crate::templates::{Stands, Times};
use crate::typeset::Book;

/// Characters shown of what is missing or wrong.
const SHOWN: usize = 24;

/// Judges the interior, and the cover if there is one.
pub(super) fn check(
    book: &Book,
    pages: &[Arc<Page>],
    cover: Option<&Page>,
    manuscript: &Manuscript,
    source: &Trace,
    found: &mut Vec<Diagnostic>,
) {
    let judge = Judge { book, manuscript, source, fields: &manuscript.contract().fields };
    let mut places = Places::default();
    for (i, page) in pages.iter().enumerate() {
        places.add(i + 1, page);
    }
    let mut on_cover = Places::default();
    if let Some(cover) = cover {
        on_cover.add(0, cover);
    }
    judge.unknown_slots(pages, cover, found);
    let nobody = Vec::new();
    for entry in manuscript.entries() {
        let words = places.of.get(&Some(entry.id.as_str())).unwrap_or(&nobody);
        judge.person(entry, words, found);
        if cover.is_some() {
            let words = on_cover.of.get(&Some(entry.id.as_str())).unwrap_or(&nobody);
            judge.on_cover(Some(entry), words, found);
        }
    }
    judge.edition(places.of.get(&None).unwrap_or(&nobody), found);
    if cover.is_some() {
        judge.on_cover(None, on_cover.of.get(&None).unwrap_or(&nobody), found);
    }
}

/// Words of slots by whose they are, with the page, from 1; 0 is the cover.
#[derive(Default)]
struct Places<'a> {
    of: HashMap<Option<&'a str>, Vec<(usize, &'a Words)>>,
}

impl<'a> Places<'a> {
    fn add(&mut self, number: usize, page: &'a Page) {
        for words in &page.slots {
            self.of.entry(words.person.as_deref()).or_default().push((number, words));
        }
    }
}

struct Judge<'a> {
    book: &'a Book,
    manuscript: &'a Manuscript,
    source: &'a Trace<'a>,
    fields: &'a BTreeMap<String, Stands>,
}

impl Judge<'_> {
    /// Slots for what the contract does not name, each told of once.
    fn unknown_slots(&self, pages: &[Arc<Page>], cover: Option<&Page>, found: &mut Vec<Diagnostic>) {
        let mut told: Vec<&str> = Vec::new();
        let numbered = pages.iter().enumerate().map(|(i, page)| (Some(i + 1), &**page));
        for (number, page) in numbered.chain(cover.map(|page| (None, page))) {
            for Words { field, .. } in &page.slots {
                let keys = self.fields.keys().map(|key| key.trim_start_matches("edition."));
                let known = keys.into_iter().any(|key| key == field || is_part(field, key));
                if !known && !told.contains(&field.as_str()) {
                    told.push(field);
                    let place = self.manuscript.template().place("fields");
                    let unknown = Diagnostic::new(Code::TemplateContract).at(place).page(number);
                    found.push(unknown.arg("problem", Phrase::UnknownSlot(field.clone())));
                }
            }
        }
    }

    fn person(&self, entry: &Entry, words: &[(usize, &Words)], found: &mut Vec<Diagnostic>) {
        let own = self.book.map.persons.get(&entry.id).map_or(&[][..], Vec::as_slice);
        let Some(first) = own.first() else { return };
        let whose = |page: usize| self.book.map.pages.get(page - 1).and_then(|page| page.person.as_deref());
        for (key, stands) in self.fields {
            for expected in of_person(key, &entry.profile, self.manuscript.booklet()) {
                let mine = || words.iter().filter(|(_, words)| belongs(&words.field, &expected.field));
                for (page, words) in mine().filter(|(page, _)| !own.contains(page)) {
                    let Some(other) = whose(*page) else { continue };
                    let name = self.source.name(Some(other)).unwrap_or(other);
                    let told = Diagnostic::new(Code::OnOthersPage).arg("whose", name);
                    let told = told.arg("shown", shown(&words.text));
                    found.push(self.told(told, Some(&entry.id), &expected.field, *page));
                }
                let here = mine().filter(|(page, _)| own.contains(page));
                self.compare(Some(&entry.id), &expected, here, stands.person, *first, found);
                let elsewhere = mine().filter(|(page, _)| whose(*page).is_none());
                self.compare(Some(&entry.id), &expected, elsewhere, stands.book, *first, found);
            }
        }
    }

    /// The edition's own words: on pages of nobody, and where the contract says
    /// so on those of every person, as on a certificate.
    fn edition(&self, words: &[(usize, &Words)], found: &mut Vec<Diagnostic>) {
        let whose = |page: usize| self.book.map.pages.get(page - 1).and_then(|page| page.person.as_deref());
        for (key, stands) in self.fields {
            for expected in of_edition(key, self.manuscript.booklet()) {
                let mine = || words.iter().filter(|(_, words)| belongs(&words.field, &expected.field));
                let on_nobodys = mine().filter(|(page, _)| whose(*page).is_none());
                self.compare(None, &expected, on_nobodys, stands.book, 1, found);
                for (person, pages) in &self.book.map.persons {
                    let here = mine().filter(|(page, _)| whose(*page) == Some(person));
                    self.compare(None, &expected, here, stands.person, pages[0], found);
                }
            }
        }
    }

    fn on_cover(&self, entry: Option<&Entry>, words: &[(usize, &Words)], found: &mut Vec<Diagnostic>) {
        let booklet = self.manuscript.booklet();
        for (key, stands) in self.fields {
            let all = match entry {
                Some(entry) => of_person(key, &entry.profile, booklet),
                None => of_edition(key, booklet),
            };
            for expected in all {
                let mine = words.iter().filter(|(_, words)| belongs(&words.field, &expected.field));
                self.compare(entry.map(|e| e.id.as_str()), &expected, mine, stands.cover, 0, found);
            }
        }
    }

    /// What stands in some slots against what has to; `page` is where it would
    /// be if there were a slot.
    fn compare<'w>(
        &self,
        person: Option<&str>,
        expected: &Expected,
        slots: impl Iterator<Item = &'w (usize, &'w Words)>,
        times: Times,
        page: usize,
        found: &mut Vec<Diagnostic>,
    ) {
        let slots: Vec<_> = slots.collect();
        let page = slots.first().map_or(page, |(page, _)| *page);
        let text: String = slots.iter().map(|(_, words)| words.text.as_str()).collect();
        let set_off = SET_OFF.contains(&expected.field.split(['.', '[']).next().unwrap_or_default());
        let Some(problem) = problem(&text, &expected.texts, times, set_off) else {
            self.in_order(person, expected, &slots, found);
            return;
        };
        let field = match (&problem.code, expected.field.as_str()) {
            (Code::NotOnPaper | Code::PrintedOtherwise, "article") if !text.is_empty() => {
                self.paragraph(person, problem.at).unwrap_or_else(|| expected.field.clone())
            }
            (_, field) => field.to_owned(),
        };
        let told = Diagnostic::new(problem.code)
            .arg("shown", shown(if problem.want.is_empty() { &problem.here } else { &problem.want }))
            .arg("want", shown(&problem.want))
            .arg("here", shown(&problem.here));
        found.push(self.told(told, person, &field, page));
    }

    /// Whether what stands in slots is read from left to right and down: in the
    /// order of the frames each piece follows the one before it.
    fn in_order(
        &self,
        person: Option<&str>,
        expected: &Expected,
        slots: &[&(usize, &Words)],
        found: &mut Vec<Diagnostic>,
    ) {
        let mut last: Option<(usize, Area)> = None;
        // Slots that hold the whole text each stand where they like.
        let whole = slots.iter().all(|(_, words)| expected.texts.contains(&words.text));
        for (page, words) in slots {
            last = last.filter(|_| !whole);
            for piece in &words.pieces {
                if last.is_some_and(|(before, area)| before == *page && goes_back(area, *piece)) {
                    let told = Diagnostic::new(Code::OutOfOrder).arg("shown", shown(&words.text));
                    found.push(self.told(told, person, &expected.field, *page));
                    return;
                }
                last = Some((*page, *piece));
            }
        }
    }

    /// The paragraph of an article in which a character stands.
    fn paragraph(&self, person: Option<&str>, at: usize) -> Option<String> {
        let entry = self.manuscript.entries().iter().find(|entry| Some(entry.id.as_str()) == person)?;
        let mut end = 0;
        let paragraphs =
            entry.profile.article.iter().map(|text| super::expected::plain(text).chars().count());
        let place = paragraphs.map(|length| {
            end += length;
            end
        });
        let place = place.collect::<Vec<_>>().into_iter().position(|end| at < end)?;
        Some(format!("article[{place}]"))
    }

    fn told(&self, told: Diagnostic, person: Option<&str>, field: &str, page: usize) -> Diagnostic {
        let data = super::data_field(field);
        let told =
            self.source.locate(told.arg("block", Phrase::Block(data.clone())), person, &data, page.max(1));
        if page == 0 { told.page(None) } else { told }
    }
}

/// Whether a slot is for a field or for a part of it.
fn belongs(slot: &str, field: &str) -> bool {
    slot == field || is_part(slot, field)
}

fn is_part(slot: &str, field: &str) -> bool {
    slot.strip_prefix(field).is_some_and(|rest| rest.starts_with(['[', '.']) && !rest.contains('+'))
}

/// The beginning of a text.
fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        shown.push('…');
    }
    shown
}
