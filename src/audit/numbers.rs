//! Page numbers: those that pages bear, and those of the contents with the
//! links under them.

use std::sync::Arc;
use typst::introspection::Introspector;
use typst::model::Destination;

use super::Trace;
use super::pages::Page;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::typeset::Book;

pub(super) fn check(book: &Book, pages: &[Arc<Page>], source: &Trace, found: &mut Vec<Diagnostic>) {
    // While somebody is missing, numbers mean nothing.
    if !source.numbered {
        return;
    }
    for (i, page) in pages.iter().enumerate() {
        let number = i + 1;
        if !page.folio.is_empty() && page.folio != number.to_string() {
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
            if words.text != first.to_string() {
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

/// The page that a link leads to, if it stays in the document.
fn target(book: &Book, to: &Destination) -> Option<usize> {
    match to {
        Destination::Position(position) => Some(position.page.get()),
        Destination::Location(location) => Some(book.document.introspector().page(*location)?.get()),
        Destination::Url(_) => None,
    }
}
