//! Page numbers as data. Typst begins with knowing nothing of the pages and lays
//! a book out again once it knows them; here a sketch of it, whose pages are
//! empty, tells first what will stand on which page. A layout that comes out
//! otherwise is made again with its own numbers.

use std::collections::BTreeMap;

use typst::diag::{SourceResult, Warned};
use typst::foundations::Bytes;
use typst_layout::PagedDocument;

use super::first_label;
use crate::world::{BookWorld, Files, PAGES, UNKNOWN};

/// What a template reads while a book is sketched.
const SKETCH: &[u8] = br#"{"sketch":true}"#;
/// Layouts until the numbers must hold; then Typst finds them by itself.
const TRIES: usize = 3;

/// Which marks stand on which pages, as a template reads it.
#[derive(Clone, PartialEq)]
pub(crate) struct Numbers {
    json: Bytes,
    /// Number of pages.
    pub(crate) count: usize,
}

impl Numbers {
    /// Those of a layout.
    pub(super) fn of(document: &PagedDocument) -> Self {
        let mut marks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut blanks = 0;
        for (index, page) in document.pages().iter().enumerate() {
            let label = first_label(&page.frame, "page:").map(|label| label.resolve());
            blanks += usize::from(first_label(&page.frame, "filling").is_some());
            if let Some(mark) = label.as_ref().and_then(|label| label.as_str().strip_prefix("page:")) {
                marks.entry(mark.to_owned()).or_default().push(index + 1);
            }
        }
        let count = document.pages().len();
        let json = serde_json::json!({ "marks": marks, "count": count, "blanks": blanks });
        Self { json: Bytes::from_string(json.to_string()), count }
    }
}

type Compiled = Warned<SourceResult<PagedDocument>>;

/// Lays out a book, with the numbers that an earlier layout had for a first
/// guess; and with them again where they came out otherwise.
pub(super) fn compile(files: &Files, main: &str, earlier: Option<Numbers>) -> (BookWorld, Compiled) {
    let with = |pages: Bytes| {
        let mut files = files.clone();
        files.insert(PAGES.into(), pages);
        let world = BookWorld::new(files, main);
        let compiled = typst::compile(&world);
        (world, compiled)
    };
    let mut guess = earlier;
    for _ in 0..=TRIES {
        let tried = with(guess.as_ref().map_or(Bytes::new(SKETCH), |guess| guess.json.clone()));
        let asked = tried.0.asked().contains(PAGES);
        let Ok(document) = &tried.1.output else { break };
        let numbers = Numbers::of(document);
        if !asked || guess.as_ref() == Some(&numbers) {
            return tried;
        }
        guess = Some(numbers);
    }
    with(Bytes::new(UNKNOWN))
}
