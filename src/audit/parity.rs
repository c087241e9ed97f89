//! The page contract: how many pages each person has and where they start, and
//! that the page count is a multiple of what the sheet says.

use super::Trace;
use crate::check::Manuscript;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::templates::{Pages, Start};
use crate::typeset::Book;

pub(super) fn check(book: &Book, manuscript: &Manuscript, sources: &Trace, found: &mut Vec<Diagnostic>) {
    let contract = manuscript.contract();
    let (wanted, start) = (contract.pages_per_person, contract.starts);
    for person in manuscript.entries().iter().map(|entry| entry.id.as_str()) {
        let pages = book.map.persons.get(person).map_or(&[][..], Vec::as_slice);
        let count = match wanted {
            Pages::Exactly(count) => pages.len() == count,
            Pages::Any => !pages.is_empty(),
        };
        let adjoining = pages.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let starts = pages.first().is_some_and(|first| match start {
            Start::Verso => first % 2 == 0,
            Start::Recto => first % 2 == 1,
            Start::Any => true,
        });
        if !(count && adjoining && starts) {
            let list: Vec<_> = pages.iter().map(ToString::to_string).collect();
            let list = if list.is_empty() { "—".to_owned() } else { list.join(", ") };
            let number = match wanted {
                Pages::Exactly(count) => Some(count),
                Pages::Any => None,
            };
            let wanted =
                Phrase::PersonPages { number, even: (start != Start::Any).then_some(start == Start::Verso) };
            let diagnostic = Diagnostic::new(Code::NotASpread).arg("pages", list).arg("wanted", wanted);
            let located =
                sources.locate(diagnostic, Some(person), "name", pages.first().copied().unwrap_or(1));
            found.push(located.at(manuscript.template().place("pages_per_person")));
        }
    }
    if !contract.fills_up {
        return;
    }
    let multiple = manuscript.job().page_multiple;
    if !book.len().is_multiple_of(multiple) {
        found.push(Diagnostic::new(Code::PageMultiple).arg("pages", book.len()).arg("multiple", multiple));
    }
}
