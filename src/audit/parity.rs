//! The spread contract: each person has a verso and the recto facing it.

use super::Sources;
use crate::diag::{Code, Diagnostic};
use crate::typeset::Book;

pub(super) fn check(book: &Book, sources: &Sources, found: &mut Vec<Diagnostic>) {
    for (person, pages) in &book.map.persons {
        let spread = matches!(pages[..], [verso, recto] if verso % 2 == 0 && recto == verso + 1);
        if !spread {
            let list: Vec<_> = pages.iter().map(ToString::to_string).collect();
            let diagnostic = Diagnostic::new(Code::NotASpread).arg("pages", list.join(", "));
            found.push(sources.locate(diagnostic, Some(person), "name", pages[0]));
        }
    }
}
