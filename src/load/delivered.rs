//! A delivered text: its characters and where they stand, whatever program
//! wrote it.

use crate::diag::Phrase;
use crate::documents::{self, Kind, Spot};

/// A text as the customer delivered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Path below the project.
    pub file: String,
    /// Its text, or why there is none.
    pub text: Result<String, Phrase>,
    /// Where each line of it stands in a document; empty for a plain text,
    /// whose lines have numbers.
    pub spots: Vec<Spot>,
}

/// Reads a text, or the text of a document.
pub(super) fn read(file: &str, bytes: &[u8]) -> (Result<String, Phrase>, Vec<Spot>) {
    let read = match documents::kind(file, bytes) {
        Ok(Kind::Text) => documents::decode(bytes).map(|text| (text, vec![])),
        Ok(_) => documents::read(file, bytes).map(|document| document.plain()),
        Err(documents::DocumentProblem::Empty) => return (Err(Phrase::EmptyManuscript), vec![]),
        Err(problem) => Err(problem),
    };
    match read {
        Ok((text, _)) if text.trim().is_empty() => (Err(Phrase::EmptyManuscript), vec![]),
        Ok((text, spots)) => (Ok(text), spots),
        Err(problem) => (Err(Phrase::Document(problem)), vec![]),
    }
}
