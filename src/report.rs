//! `report.json`: what was made from what, who stands where, what was found.

mod page;

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::check::Manuscript;
use crate::diag::{Diagnostic, Lang, Person, Severity};
use crate::load::Draft;
use crate::preflight::{self, KnownPage};
use crate::typeset::{Book, PageMap};

pub use page::page;

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
    /// Names of the persons.
    pub names: BTreeMap<String, String>,
    /// What was found.
    pub diagnostics: Vec<Record>,
    /// What the preflight read in the press files.
    pub preflight: Vec<Judged>,
    /// What was written beside the report.
    pub outputs: Vec<Output>,
}

/// What the preflight read in a press file.
#[derive(Debug, Serialize)]
pub struct Judged {
    file: String,
    pages: usize,
    /// Greatest total ink anywhere, in percent.
    ink: f64,
    fonts: Vec<String>,
    errors: usize,
    warnings: usize,
}

impl Judged {
    /// Sums a report up.
    pub fn new(file: &str, report: &preflight::Report) -> Self {
        let errors = report.findings.iter().filter(|d| d.severity == Severity::Error).count();
        let (ink, fonts) = ((report.ink * 10.0).round() / 10.0, report.fonts.clone());
        let warnings = report.findings.len() - errors;
        Self { file: file.into(), pages: report.pages, ink, fonts, errors, warnings }
    }
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
            names: manuscript.entries().iter().map(|e| (e.id.clone(), e.profile.name.clone())).collect(),
            diagnostics: found.iter().map(Record::new).collect(),
            preflight: vec![],
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

/// What a page map tells the preflight.
pub fn pages_of(map: &PageMap, person: impl Fn(&str) -> Option<Person>) -> Vec<KnownPage> {
    let pages = map.pages.iter().map(|page| KnownPage {
        blank: page.kind == "blank",
        person: page.person.as_deref().and_then(&person),
        fields: page.fields.iter().map(|field| (field.field.clone(), field.area)).collect(),
    });
    pages.collect()
}

/// What the report of a build, given as JSON, knows of the pages of the file
/// with a hash; nothing if it is not the report of that file's build.
pub fn known_pages(report: &[u8], sha256: &str) -> Vec<KnownPage> {
    #[derive(Deserialize)]
    struct Known {
        page_map: PageMap,
        names: BTreeMap<String, String>,
        outputs: Vec<Hash>,
    }
    #[derive(Deserialize)]
    struct Hash {
        file: String,
        sha256: String,
    }
    let Ok(known) = serde_json::from_slice::<Known>(report) else { return vec![] };
    let interior = |o: &Hash| o.sha256 == sha256 && !o.file.contains("cover");
    if !known.outputs.iter().any(interior) {
        return vec![];
    }
    let person = |id: &str| Some(Person { id: id.into(), name: known.names.get(id).cloned() });
    pages_of(&known.page_map, person)
}

/// SHA-256 over path, length and bytes of `booklet.json`, `press.json`, the
/// profiles in the book's order, and their portraits.
pub fn data_hash(draft: &Draft, manuscript: &Manuscript) -> String {
    let mut hash = Sha256::new();
    let mut add = |path: &str, bytes: &[u8]| {
        hash.update((path.len() as u64).to_be_bytes());
        hash.update(path);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    for document in std::iter::once(&draft.booklet).chain(&draft.press) {
        add(&document.path, document.text.as_bytes());
    }
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
