//! `report.json`: what was made from what, who stands where, what was found.

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::check::Manuscript;
use crate::diag::{Diagnostic, Lang, Person, Severity};
use crate::load::Draft;
use crate::typeset::{Book, PageMap};

/// Version of the report's shape.
pub const VERSION: u32 = 1;

/// The report of a build.
#[derive(Debug, Serialize)]
pub struct Report {
    /// [`VERSION`].
    pub version: u32,
    /// Name and version of the tool.
    pub tool: &'static str,
    /// SHA-256 over the data files and portraits that the book is made from.
    pub data_hash: String,
    /// Number of pages.
    pub page_count: usize,
    /// Pages left blank, from 1.
    pub blank_pages: Vec<usize>,
    /// What each page is, and the pages of each person.
    pub page_map: PageMap,
    /// What was found.
    pub diagnostics: Vec<Record>,
    /// What was written beside the report.
    pub outputs: Vec<Output>,
}

/// A file that was written.
#[derive(Debug, Serialize)]
pub struct Output {
    /// Path below the output folder.
    pub file: String,
    /// Size.
    pub bytes: usize,
    /// SHA-256 of the bytes.
    pub sha256: String,
}

/// A finding as JSON, in both languages, so that the report does not depend
/// on the language of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(
    title = "Finding",
    description = "One finding of fengcai: a line of --format json, an entry of report.json."
)]
pub struct Record {
    code: &'static str,
    severity: Severity,
    person: Option<Person>,
    field: Option<String>,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    page: Option<usize>,
    message: Texts,
    hint: Texts,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
struct Texts {
    zh: String,
    en: String,
}

/// The JSON Schema of a finding.
pub fn finding_schema() -> String {
    let schema = schemars::schema_for!(Record);
    format!("{}\n", serde_json::to_string_pretty(&schema).expect("plain data"))
}

impl Record {
    /// The facts of a finding.
    pub fn new(diagnostic: &Diagnostic) -> Self {
        let texts = |text: &dyn Fn(Lang) -> String| Texts { zh: text(Lang::Zh), en: text(Lang::En) };
        let place = diagnostic.place.as_ref();
        Self {
            code: diagnostic.code.id(),
            severity: diagnostic.severity,
            person: diagnostic.person.clone(),
            field: diagnostic.field.clone(),
            file: place.map(|p| p.file.clone()),
            line: place.map(|p| p.line),
            column: place.map(|p| p.column),
            page: diagnostic.page,
            message: texts(&|lang| diagnostic.message(lang)),
            hint: texts(&|lang| diagnostic.hint(lang)),
        }
    }
}

impl Report {
    /// Puts the report of a build together.
    pub fn new(
        draft: &Draft,
        manuscript: &Manuscript,
        book: &Book,
        found: &[Diagnostic],
        outputs: Vec<Output>,
    ) -> Self {
        let map = book.map().clone();
        let blank = map.pages.iter().enumerate().filter(|(_, page)| page.kind == "blank");
        Self {
            version: VERSION,
            tool: crate::TOOL,
            data_hash: data_hash(draft, manuscript),
            page_count: book.len(),
            blank_pages: blank.map(|(i, _)| i + 1).collect(),
            page_map: map,
            diagnostics: found.iter().map(Record::new).collect(),
            outputs,
        }
    }

    /// The report as JSON text.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).expect("plain data serialises");
        json.push(b'\n');
        json
    }
}

impl Output {
    /// Describes a file.
    pub fn new(file: &Path, bytes: &[u8]) -> Self {
        let file = file.to_string_lossy().replace('\\', "/");
        Self { file, bytes: bytes.len(), sha256: hex(&Sha256::digest(bytes)) }
    }
}

/// SHA-256 over path, length and bytes of `booklet.json`, the profiles in the
/// book's order, and their portraits.
fn data_hash(draft: &Draft, manuscript: &Manuscript) -> String {
    let mut hash = Sha256::new();
    let mut add = |path: &str, bytes: &[u8]| {
        hash.update((path.len() as u64).to_be_bytes());
        hash.update(path);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    add(&draft.booklet.path, draft.booklet.text.as_bytes());
    for entry in manuscript.entries() {
        let document = &draft.profiles[&entry.id];
        add(&document.path, document.text.as_bytes());
        if let (Some(photo), Some(portrait)) = (&entry.profile.photo, &entry.photo) {
            add(&photo.file, &portrait.bytes);
        }
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
