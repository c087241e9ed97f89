//! `report.json`: what was made from what, who stands where, what was found.

mod findings;
mod html;
mod imported;
mod inputs;
mod light_table;
mod listed;
mod page;
mod sheet;
mod snapshot;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::field_name;
use crate::check::{Exhibit, Manuscript};
use crate::diag::{Diagnostic, Lang, Person, Severity};
use crate::digest::{self, sha256};
use crate::load::Draft;
use crate::preflight::{self, KnownPage};
use crate::typeset::PageMap;

pub use findings::{Form, findings};
pub(crate) use html::escape;
pub use imported::{DoubtLog, ImportLog, MendLog, NoticeLog, PersonLog, import_page, place_name};
pub use inputs::{Inputs, is_printed};
pub use light_table::{Drawn, pages_to_draw};
pub(crate) use listed::excerpt;
pub use page::{page, section};
pub use snapshot::{COVER, Snapshot, part};

/// Name of the file that tells what a build found and where everybody stands.
pub const FILE: &str = "report.json";
/// Version of the report's shape.
pub const VERSION: u32 = 4;

/// The report of a build.
#[derive(Debug, Serialize)]
pub struct Report {
    /// [`VERSION`].
    pub version: u32,
    /// Number of pages.
    pub page_count: usize,
    /// Pages left blank, from 1.
    pub blank_pages: Vec<usize>,
    /// What the book was made from and how its pages came out.
    #[serde(flatten)]
    pub snapshot: Snapshot,
    /// What was found.
    pub diagnostics: Vec<Record>,
    /// What the preflight read in the press files.
    pub preflight: Vec<Verdict>,
    /// What was written beside the report.
    pub outputs: Vec<Output>,
}

/// What the preflight read in a press file.
#[derive(Debug, Serialize)]
pub struct Verdict {
    file: String,
    pages: usize,
    /// Greatest total ink anywhere, in percent.
    ink: f64,
    fonts: Vec<String>,
    verdict: preflight::Verdict,
    errors: usize,
    warnings: usize,
}

impl Verdict {
    /// Sums a report up.
    pub fn new(file: &str, report: &preflight::Report) -> Self {
        let errors = report.findings.iter().filter(|d| d.severity == Severity::Error).count();
        let (ink, fonts) = ((report.ink * 10.0).round() / 10.0, report.fonts.clone());
        let warnings = report.findings.len() - errors;
        Self {
            file: file.into(),
            pages: report.pages,
            ink,
            fonts,
            verdict: report.verdict(),
            errors,
            warnings,
        }
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What people call the field.
    label: Option<Texts>,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    /// Where in a delivered document what stands there came from.
    origin: Option<Texts>,
    page: Option<usize>,
    /// How many more of the same kind there are that are not told one by one.
    more: usize,
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
            label: diagnostic
                .field
                .as_deref()
                .filter(|field| !field.is_empty())
                .map(|field| texts(&|lang| field_name(field, lang))),
            file: place.map(|p| p.file.clone()),
            line: place.map(|p| p.line),
            column: place.map(|p| p.column),
            origin: diagnostic
                .origin
                .is_some()
                .then(|| texts(&|lang| diagnostic.origin(lang).unwrap_or_default())),
            page: diagnostic.page,
            more: diagnostic.more,
            message: texts(&|lang| diagnostic.message(lang)),
            hint: texts(&|lang| diagnostic.hint(lang)),
        }
    }
}

impl Record {
    /// What kept the data from being read at all, in Chinese and English.
    pub fn failure([zh, en]: [String; 2]) -> Self {
        Self {
            code: "",
            severity: Severity::Error,
            person: None,
            field: None,
            label: None,
            file: None,
            line: None,
            column: None,
            origin: None,
            page: None,
            more: 0,
            message: Texts { zh, en },
            hint: Texts { zh: String::new(), en: String::new() },
        }
    }
}

impl Report {
    /// Puts the report of a build together.
    pub fn new(snapshot: Snapshot, found: &[Diagnostic], outputs: Vec<Output>) -> Self {
        let pages = &snapshot.page_map.pages;
        let blank = pages.iter().enumerate().filter(|(_, page)| page.kind == "blank");
        Self {
            version: VERSION,
            page_count: pages.len(),
            blank_pages: blank.map(|(i, _)| i + 1).collect(),
            snapshot,
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
    pub fn new(file: &str, bytes: &[u8]) -> Self {
        Self { file: file.into(), bytes: bytes.len(), sha256: sha256(bytes) }
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
    let interior = |o: &Hash| o.sha256 == sha256 && o.file.ends_with("booklet-press.pdf");
    if !known.outputs.iter().any(interior) {
        return vec![];
    }
    let person = |id: &str| Some(Person { id: id.into(), name: known.names.get(id).cloned() });
    pages_of(&known.page_map, person)
}

/// SHA-256 over path, length and bytes of `booklet.json`, `press.json` and the
/// profiles in the book's order, and over the SHA-256 of their portraits.
pub fn data_hash<'a>(draft: &'a Draft, manuscript: &'a Manuscript) -> String {
    let photo = |(_, exhibit): (usize, &'a Exhibit)| {
        (exhibit.photo.file.as_str(), exhibit.portrait.sha256.as_bytes())
    };
    let mut pieces: Vec<(&str, &[u8])> = Vec::new();
    for document in std::iter::once(&draft.booklet).chain(&draft.press) {
        pieces.push((&document.path, document.text.as_bytes()));
    }
    for entry in manuscript.entries() {
        let document = &draft.profiles[&entry.id];
        pieces.push((&document.path, document.text.as_bytes()));
        let photos = manuscript.exhibits_of(Some(&entry.id));
        pieces.extend(photos.map(photo));
    }
    let photos = manuscript.exhibits_of(None);
    pieces.extend(photos.map(photo));
    pieces.extend(manuscript.emblem().map(|emblem| ("emblem", emblem.bytes.as_slice())));
    digest::of_pieces(pieces)
}
