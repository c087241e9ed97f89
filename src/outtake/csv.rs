//! The roster as values with commas (RFC 4180), with the mark by which Excel
//! knows UTF-8.

use super::person::Shape;
use super::{Book, MARK};
use crate::documents::is_formula;

pub(super) fn write(book: &Book) -> Vec<u8> {
    let shape = Shape::of(&book.persons);
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    let heads: Vec<String> = shape.heads().into_iter().map(|(head, _)| head).collect();
    let rows = book.persons.iter().map(|person| person.row(&shape).into_iter().map(harmless).collect());
    for row in std::iter::once(heads).chain(rows) {
        // Memory does not fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

/// A text that no program takes for a formula.
fn harmless(text: String) -> String {
    if is_formula(&text) { format!("'{text}") } else { text }
}
