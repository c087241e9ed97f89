//! Page numbers: those that pages bear, and those of the contents with the
//! links under them.

use std::collections::HashMap;
use std::sync::Arc;
use typst::introspection::Introspector;
use typst::model::Destination;

use super::Trace;
use super::pages::{Page, Words};
use crate::check::Manuscript;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::templates::Times;
use crate::typeset::Book;

pub(super) fn check(
    book: &Book,
    pages: &[Arc<Page>],
    manuscript: &Manuscript,
    source: &Trace,
    found: &mut Vec<Diagnostic>,
) {
    // While somebody is missing, numbers mean nothing.
    if !source.numbered {
        return;
    }
    rows(book, pages, manuscript, source, found);
    lacking(book, pages, found);
    for (i, page) in pages.iter().enumerate() {
        let number = i + 1;
        if !page.folio.is_empty() && first_number(&page.folio) != Some(number) {
            let told = Diagnostic::new(Code::WrongFolio).page(Some(number));
            found.push(told.arg("shown", page.folio.as_str()).arg("number", number));
        }
        for words in page.slots.iter().filter(|words| words.field == "page") {
            let Some(id) = words.person.as_deref() else { continue };
            let Some(first) = book.map.persons.get(id).and_then(|pages| pages.first()) else { continue };
            let mut told = |shown: Phrase| {
                let wrong = Diagnostic::new(Code::WrongEntry).arg("shown", shown).arg("number", *first);
                found.push(source.locate(wrong, Some(id), "name", number));
            };
            if first_number(&words.text) != Some(*first) {
                told(Phrase::Numbered(words.text.clone()));
                continue;
            }
            let Some(area) = words.area else { continue };
            for (place, to) in &page.links {
                let leads = target(book, to).filter(|_| !place.and(area).is_empty());
                if let Some(page) = leads.filter(|page| page != first) {
                    told(Phrase::LinkTo(page));
                    break;
                }
            }
        }
    }
}

/// Pages of persons without a number, where the others of their kind bear one;
/// a bare number that no label tells of is one too, and must be right.
fn lacking(book: &Book, pages: &[Arc<Page>], found: &mut Vec<Diagnostic>) {
    let bare = |page: &Page| page.own.iter().find_map(|line| line.trim().parse::<usize>().ok());
    let mut wrong = |number: usize, shown: Phrase| {
        let told = Diagnostic::new(Code::WrongFolio).page(Some(number));
        found.push(told.arg("shown", shown).arg("number", number));
    };
    let mut kinds: HashMap<&str, [Vec<usize>; 2]> = HashMap::new();
    for ((i, page), used) in pages.iter().enumerate().zip(&book.map.pages) {
        let number = i + 1;
        let shown = bare(page).filter(|_| page.folio.is_empty());
        if let Some(other) = shown.filter(|shown| *shown != number && used.person.is_some()) {
            wrong(number, Phrase::Verbatim(other.to_string()));
        }
        if used.person.is_some() {
            let bears = !page.folio.is_empty() || shown.is_some();
            kinds.entry(&used.kind).or_default()[usize::from(bears)].push(number);
        }
    }
    for [without, with] in kinds.into_values() {
        if with.len() > without.len() {
            without.into_iter().for_each(|number| wrong(number, Phrase::Either("空的", "none")));
        }
    }
}

/// The first number in a text such as 第4页 or 4 / 24.
fn first_number(text: &str) -> Option<usize> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty())?;
    digits.parse().ok()
}

/// The number in a table of contents that stands beside each name is that of
/// the person, and there is one for everybody.
fn rows(
    book: &Book,
    pages: &[Arc<Page>],
    manuscript: &Manuscript,
    source: &Trace,
    found: &mut Vec<Diagnostic>,
) {
    let Some(Times::Exactly(times)) = manuscript.contract().fields.get("page").map(|stands| stands.book)
    else {
        return;
    };
    let mut listed: HashMap<&str, usize> = HashMap::new();
    for (i, page) in pages.iter().enumerate() {
        let middle = |words: &Words| words.area.map(|area| (area.top + area.bottom) / 2.0);
        for number in page.slots.iter().filter(|words| words.field == "page") {
            let Some(id) = number.person.as_deref() else { continue };
            *listed.entry(id).or_default() += 1;
            let Some(at) = middle(number) else { continue };
            let names = page.slots.iter().filter(|words| words.field == "name");
            let apart = |words: &Words| middle(words).map_or(f64::INFINITY, |other| (other - at).abs());
            let beside = names.min_by(|a, b| apart(a).total_cmp(&apart(b)));
            let other = beside.and_then(|words| words.person.as_deref()).filter(|other| *other != id);
            let page_of = |id: &str| book.map.persons.get(id)?.first().copied();
            if let Some((other, first)) = other.and_then(|other| Some((other, page_of(other)?))) {
                let shown = Phrase::Numbered(number.text.clone());
                let wrong = Diagnostic::new(Code::WrongEntry).arg("shown", shown).arg("number", first);
                found.push(source.locate(wrong, Some(other), "name", i + 1));
            }
        }
    }
    for entry in manuscript.entries() {
        let Some(first) = book.map.persons.get(&entry.id).and_then(|pages| pages.first()) else { continue };
        if listed.get(entry.id.as_str()).copied().unwrap_or_default() != times {
            let wrong = Diagnostic::new(Code::WrongEntry).arg("shown", Phrase::Numbered(String::new()));
            found.push(source.locate(wrong.arg("number", *first), Some(&entry.id), "name", *first));
        }
    }
}

/// The page that a link leads to, if it stays in the document.
fn target(book: &Book, to: &Destination) -> Option<usize> {
    match to {
        Destination::Position(position) => Some(position.page.get()),
        Destination::Location(location) => Some(book.document.introspector().page(*location)?.get()),
        Destination::Url(_) => None,
    }
}
