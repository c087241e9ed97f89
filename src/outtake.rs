//! A project → Word, Excel, values with commas, plain text: to be corrected by
//! whoever has no terminal, and to come back through `intake`. What is written
//! says of itself what it was, so that a correction is told from an edit that
//! the project had meanwhile.

mod csv;
mod docx;
mod person;
mod txt;
mod xlsx;

use std::collections::BTreeMap;
use std::io;

use serde_json::Value as Json;

use crate::catalogue::Lang;
use crate::intake::print;
use crate::load::{Document, Node};

use self::person::Person;

/// A form in which a project goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A roster: a row a person, a column a field.
    Xlsx,
    /// A text to be corrected, with its fields as styles.
    Docx,
    /// The roster as values with commas.
    Csv,
    /// The texts in reading order.
    Txt,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 4] = [Self::Xlsx, Self::Docx, Self::Csv, Self::Txt];

    /// The end of the file name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Csv => "csv",
            Self::Txt => "txt",
        }
    }

    /// How such a file begins.
    pub fn begins(self) -> &'static [u8] {
        match self {
            Self::Xlsx | Self::Docx => b"PK",
            Self::Csv | Self::Txt => MARK.as_bytes(),
        }
    }
}

/// The mark by which Windows programs know UTF-8.
const MARK: &str = "\u{FEFF}";

/// What goes out of a project.
struct Book {
    titles: [(&'static str, Vec<String>); 3],
    districts: Vec<String>,
    persons: Vec<Person>,
}

impl Book {
    /// What the titles are, by fingerprints.
    fn prints(&self) -> String {
        let value = |key: &str, lines: &[String]| match key {
            "series" => lines.first().map(|line| Json::from(line.as_str())),
            _ => Some(lines.iter().map(|line| Json::from(line.as_str())).collect()),
        };
        let print = |(key, lines): &(&str, Vec<String>)| {
            let value = value(key, lines).filter(|_| !lines.is_empty())?;
            Some(format!("{key}={}", print(&value)))
        };
        self.titles.iter().filter_map(print).collect::<Vec<_>>().join(";")
    }
}

/// The persons of a project, in the book's order, in a form.
///
/// # Errors
/// When there is more of something than the form has room for.
pub fn export(
    booklet: &Document,
    profiles: &BTreeMap<String, Document>,
    form: Form,
    lang: Lang,
) -> io::Result<Vec<u8>> {
    let root = booklet.root.as_ref();
    let list = |key: &str| -> Vec<String> {
        let node = root.and_then(|root| root.get(key));
        let all = node.map(Node::strings).unwrap_or_default();
        all.into_iter().filter_map(|(_, node)| node.as_str().map(ToOwned::to_owned)).collect()
    };
    let person = |id: &String| Some(Person::new(id, profiles.get(id)?.root.as_ref()?));
    let book = Book {
        titles: ["series", "title", "subtitle"].map(|key| (key, list(key))),
        districts: list("districts"),
        persons: list("order").iter().filter_map(person).collect(),
    };
    match form {
        Form::Xlsx => xlsx::write(&book, lang).map_err(io::Error::other),
        Form::Docx => docx::write(&book, lang),
        Form::Csv => Ok(csv::write(&book)),
        Form::Txt => Ok(txt::write(&book)),
    }
}
