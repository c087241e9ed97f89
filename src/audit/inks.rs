//! Colours of the template that are no ink.

use super::Trace;
use crate::check::Manuscript;
use crate::colour;
use crate::diag::{Code, Diagnostic};
use crate::typeset::Book;

/// Tells each colour once, on its first page.
pub(super) fn check(book: &Book, manuscript: &Manuscript, source: &Trace, found: &mut Vec<Diagnostic>) {
    let (_, converted) = colour::for_press(&book.document, manuscript.output());
    let mut told = Vec::new();
    for colour in converted {
        if !told.contains(&colour.from) {
            let [c, m, y, k] = colour.to;
            let diagnostic = Diagnostic::new(Code::ConvertedColour)
                .arg("from", colour.from.as_str())
                .arg("to", format!("C{c} M{m} Y{y} K{k}"))
                .page(source.numbered.then_some(colour.page));
            found.push(diagnostic);
            told.push(colour.from);
        }
    }
}
