//! Delivered documents → blocks of text with their places, whatever program
//! wrote them. Nothing is understood here: who is who is for `intake`.
//!
//! Every reader has the budgets of [`budget`]; what is over them, damaged or of
//! a kind that cannot be read is a [`DocumentProblem`], never a panic.

mod budget;
mod docx;
mod kind;
mod package;
mod sheets;
mod text;

use crate::quiet::quietly;

pub use crate::catalogue::{DocumentProblem, Spot};
pub use kind::{Kind, Picture, kind, picture};
pub use text::decode;

/// A document that was read.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Document {
    /// Its text, in reading order.
    pub blocks: Vec<Block>,
    /// What an editor has to know of it beside its text.
    pub notices: Vec<Notice>,
    /// Pictures in it.
    pub pictures: Vec<Embedded>,
    /// Texts by their keys that an export of this project put there.
    pub own: Vec<(String, String)>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// A new page.
    Break,
}

/// A paragraph, or a line of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Where it stands.
    pub spot: Spot,
    /// Its text; line breaks within it are line ends.
    pub text: String,
    /// Its style.
    pub style: Style,
    /// Whether it begins with an indent.
    pub indented: bool,
}

/// What a paragraph is meant as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Style {
    /// Text.
    Body,
    /// A heading, from 1; the title of a document is 0.
    Heading(u8),
    /// Named by an export of this project.
    Own(String),
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Name of its sheet, in a workbook.
    pub sheet: Option<String>,
    /// Rows of cells; each has as many cells as it has columns, up to the last
    /// that is not empty.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub spot: Spot,
    /// Its text; paragraphs are parted by line ends.
    pub text: String,
    /// Whether a merged cell above or to the left reaches here; then the text
    /// is that one's where it is above, and empty where it is to the left.
    pub merged: bool,
}

/// What an editor has to know of a document beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Where.
    pub spot: Spot,
    /// What.
    pub kind: NoticeKind,
    /// The words.
    pub text: String,
    /// Who wrote them, if that is known.
    pub by: Option<String>,
}

/// Kinds of notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoticeKind {
    /// Words put in by a tracked change, taken as accepted.
    Inserted,
    /// Words taken out by a tracked change, taken as accepted.
    Deleted,
    /// A comment.
    Comment,
    /// Hidden words, left out.
    Hidden,
    /// A footnote or endnote, left out.
    Note,
    /// A hidden sheet, left out.
    HiddenSheet,
    /// Hidden rows or columns, read all the same.
    HiddenRows,
    /// A sign of a symbol font, which has no character of its own.
    Symbol,
}

/// A picture in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embedded {
    /// Name of the part in the document's package.
    pub part: String,
    /// Number of the block before which it stands.
    pub block: usize,
    /// Where.
    pub spot: Spot,
}

impl Document {
    /// The text alone, a line a paragraph or row, with the place of each line.
    pub fn plain(&self) -> (String, Vec<Spot>) {
        let mut lines: Vec<(String, Spot)> = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    lines.extend(paragraph.text.split('\n').map(|l| (l.to_owned(), paragraph.spot.clone())));
                }
                Block::Table(table) => lines.extend(table.rows.iter().flat_map(|row| row_lines(row))),
                Block::Break => {}
            }
        }
        let (text, spots): (Vec<String>, Vec<Spot>) = lines.into_iter().unzip();
        (text.join("\n"), spots)
    }
}

/// The lines of a row: short cells beside each other, long ones by paragraph.
fn row_lines(row: &[Cell]) -> Vec<(String, Spot)> {
    let mut lines: Vec<(String, Spot)> = Vec::new();
    let own = row.iter().filter(|cell| !cell.merged && !cell.text.trim().is_empty());
    let mut open = false;
    for cell in own {
        if cell.text.contains('\n') {
            lines.extend(cell.text.split('\n').map(|line| (line.to_owned(), cell.spot.clone())));
            open = false;
        } else if let Some((last, _)) = lines.last_mut().filter(|_| open) {
            *last += "\t";
            *last += &cell.text;
        } else {
            lines.push((cell.text.clone(), cell.spot.clone()));
            open = true;
        }
    }
    lines
}

/// Whether a program may take a value for a formula (OWASP, CSV injection):
/// whatever stands before the sign that shows nothing.
pub fn is_formula(value: &str) -> bool {
    let start = value.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_control() || "\u{FEFF}\u{200B}\u{A0}".contains(c)
    });
    start.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\''])
}

/// Reads a document. `name` is its file name, whose ending tells a list of
/// values from a text where the bytes do not.
///
/// # Errors
/// Why it cannot be read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, DocumentProblem> {
    // The libraries that open foreign packages may panic on damaged ones.
    let guarded = quietly(|| match kind(name, bytes)? {
        Kind::Docx => docx::read(bytes),
        Kind::Xlsx => sheets::xlsx(bytes),
        Kind::Ods => sheets::ods(bytes),
        Kind::Xls => sheets::xls(bytes),
        Kind::Csv => sheets::csv(bytes),
        Kind::Text => text::read(name, bytes),
    });
    guarded.unwrap_or(Err(DocumentProblem::Broken))
}

/// The bytes of a picture in a document.
///
/// # Errors
/// Why they cannot be read.
pub fn embedded(bytes: &[u8], picture: &Embedded) -> Result<Vec<u8>, DocumentProblem> {
    package::Package::open(bytes)?.picture(&picture.part)
}
