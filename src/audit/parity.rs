//! The page contract: each person has a verso and the recto facing it, and
//! the page count is a multiple of what the sheet says.

use super::Trace;
use crate::check::Manuscript;
use crate::diag::{Code, Diagnostic};
use crate::typeset::Book;

pub(super) fn check(book: &Book, manuscript: &Manuscript, sources: &Trace, found: &mut Vec<Diagnostic>) {
    for person in manuscript.entries().iter().map(|entry| entry.id.as_str()) {
        let pages = book.map.persons.get(person).map_or(&[][..], Vec::as_slice);
        let spread = matches!(*pages, [verso, recto] if verso % 2 == 0 && recto == verso + 1);
        if !spread {
            let list: Vec<_> = pages.iter().map(ToString::to_string).collect();
            let list = if list.is_empty() { "—".to_owned() } else { list.join(", ") };
            let diagnostic = Diagnostic::new(Code::NotASpread).arg("pages", list);
            found.push(sources.locate(diagnostic, Some(person), "name", pages.first().copied().unwrap_or(1)));
        }
    }
    let multiple = manuscript.job().page_multiple;
    if !book.len().is_multiple_of(multiple) {
        found.push(Diagnostic::new(Code::PageMultiple).arg("pages", book.len()).arg("multiple", multiple));
    }
}
