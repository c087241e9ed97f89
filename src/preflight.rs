//! Finished bytes → [`Report`]: judges any PDF by the print shop's sheet. It
//! reads the file anew, with a reader that no writer of ours uses, and knows
//! nothing of how it was made. Thresholds are those of `data/press.json`,
//! which are from the GWG 2022 specification for sheet-fed CMYK printing.
//!
//! Everything has a budget; what is beyond it is told as not judged, never left
//! out in silence.

mod colour;
mod content;
mod dates;
mod document;
mod fonts;
mod geometry;
mod images;
mod inks;
mod metadata;
mod names;
mod objects;
mod page;
mod plates;
mod rules;
mod separations;
mod shadings;
mod state;
mod streams;
mod structure;
mod syntax;
mod unpack;

use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use hayro_syntax::object::ObjectIdentifier;
use hayro_syntax::{LoadPdfError, Pdf};
use rayon::prelude::*;

use crate::diag::{self, Code, Diagnostic, Person, Phrase};
use crate::model::PrintJob;
use crate::quiet::quietly;
use content::Shared;
use inks::{MOST, PROCESS};
use page::Judged;
use structure::Structure;

pub use separations::{Separations, separations};

/// What a file ought to be.
#[derive(Clone, Copy)]
pub struct Expected<'a> {
    /// The print shop's sheet.
    pub job: &'a PrintJob,
    /// Whether the file is the interior or a cover.
    pub part: Part,
    /// What is known of its pages, if the file is ours.
    pub pages: &'a [KnownPage],
}

/// Which part of a book a file is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part {
    /// Single pages of the sheet's trim.
    Interior,
    /// Back, spine and front in one piece.
    Cover,
}

/// What is known of a page of ours.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KnownPage {
    /// Whether it is meant to be empty.
    pub blank: bool,
    /// Whose page it is.
    pub person: Option<Person>,
    /// Fields with their areas in points from the trim's top left: left, top,
    /// right, bottom.
    pub fields: Vec<(String, [f64; 4])>,
}

impl KnownPage {
    /// The field at a point.
    fn field(&self, at: (f64, f64)) -> Option<&str> {
        let inside = |[l, t, r, b]: &[f64; 4]| (*l..=*r).contains(&at.0) && (*t..=*b).contains(&at.1);
        self.fields.iter().find(|(_, area)| inside(area)).map(|(field, _)| field.as_str())
    }
}

/// What was found in a file.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Number of pages.
    pub pages: usize,
    /// What is wrong, by page.
    pub findings: Vec<Diagnostic>,
    /// Where each of them is, in points from the left and from the top of the
    /// trim; nothing for what is nowhere.
    pub places: Vec<Option<(f64, f64)>>,
    /// Greatest total ink of a page anywhere, in percent.
    pub ink: f64,
    /// Whether there may be more ink than that.
    pub ink_is_partial: bool,
    /// Names of the fonts that are seen and embedded.
    pub fonts: Vec<String>,
}

/// What a judgement comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// All of it was judged, and nothing forbids printing.
    Sound,
    /// Something forbids printing.
    Wrong,
    /// Nothing that was judged forbids printing, but not all of it was judged.
    NotJudged,
}

impl Report {
    /// What it comes to.
    pub fn verdict(&self) -> Verdict {
        let (unjudged, judged): (Vec<Diagnostic>, Vec<Diagnostic>) =
            self.findings.iter().cloned().partition(|finding| finding.code == Code::NotJudged);
        match (diag::has_errors(&judged), unjudged.is_empty()) {
            (true, _) => Verdict::Wrong,
            (false, false) => Verdict::NotJudged,
            (false, true) => Verdict::Sound,
        }
    }

    /// Whether all of it was judged and nothing is wrong that forbids printing.
    pub fn passes(&self) -> bool {
        self.verdict() == Verdict::Sound
    }
}

/// The bytes are no PDF, or one that cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// What all pages of a file together may cost, in units of about a nanosecond,
/// and what each of its bytes adds: great files are great for a reason.
const LEAST_BUDGET: u64 = 12_000_000_000;
const BUDGET_OF_BYTE: u64 = 1_000;
/// Text from this size on, in points, is judged by its outlines.
const LETTERS: f32 = 20.0;
/// Stack of the threads that read, in bytes: contents in contents.
const STACK: usize = 32 << 20;

/// Judges a file.
///
/// # Errors
/// When it cannot be read at all. A file that is encrypted with a password is
/// a finding, not an error.
pub fn judge(bytes: Arc<Vec<u8>>, expected: &Expected) -> Result<Report, Unreadable> {
    match rayon::ThreadPoolBuilder::new().num_threads(rayon::current_num_threads()).stack_size(STACK).build()
    {
        Ok(pool) => pool.install(|| guarded(bytes, expected)),
        // Without threads of its own it is judged on those there are.
        Err(_) => guarded(bytes, expected),
    }
}

/// A file that breaks its reader is not judged.
fn guarded(bytes: Arc<Vec<u8>>, expected: &Expected) -> Result<Report, Unreadable> {
    let broken = |_| {
        let what = Diagnostic::new(Code::NotJudged).arg("what", Phrase::FileBroke);
        Ok(Report { findings: vec![what], places: vec![None], ..Report::default() })
    };
    quietly(AssertUnwindSafe(|| judged(bytes, expected))).unwrap_or_else(broken)
}

fn judged(bytes: Arc<Vec<u8>>, expected: &Expected) -> Result<Report, Unreadable> {
    let size = bytes.len();
    let pdf = match Pdf::new(unpack::unpacked(bytes)) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(_)) => {
            let findings = vec![Diagnostic::new(Code::PdfEncrypted)];
            return Ok(Report { findings, places: vec![None], ..Report::default() });
        }
        Err(LoadPdfError::Invalid) => return Err(Unreadable),
    };
    let structure = Structure::read(&pdf);
    let mut findings = document::check(&pdf, &structure, expected);
    let count = pdf.pages().len();
    let mut report = with_shared(&pdf, &structure, size, &mut findings, |shared| {
        let judged = (0..count).into_par_iter().map(|index| {
            let page = &pdf.pages()[index];
            let on_plates = || match shared.spots.0.is_empty() {
                true => page::check::<PROCESS>(page, index, shared, expected),
                false => page::check::<MOST>(page, index, shared, expected),
            };
            // What breaks a reader is a fault of the page.
            quietly(AssertUnwindSafe(on_plates)).unwrap_or_else(|_| Judged::broken(index))
        });
        summed(judged.collect(), shared)
    });
    geometry::across(&pdf, expected, &mut findings);
    findings.splice(0..0, geometry::other_kind(&pdf, expected));
    report.places.splice(0..0, findings.iter().map(|_| None));
    report.findings.splice(0..0, findings);
    Ok(report)
}

/// What came of all pages, and of the fonts that they show.
fn summed(judged: Vec<Judged>, shared: Shared) -> Report {
    let mut report = Report { pages: judged.len(), ..Report::default() };
    let mut used = BTreeSet::new();
    for Judged { ink, partial, findings, places, fonts } in judged {
        report.ink = report.ink.max(ink);
        report.ink_is_partial |= partial;
        report.findings.extend(findings);
        report.places.extend(places);
        used.extend(fonts);
    }
    let mut seen = BTreeSet::new();
    for font in used.iter().filter_map(|key| shared.fonts.get(key)) {
        let found = font.judge();
        report.places.extend(found.iter().map(|_| None));
        report.findings.extend(found);
        if font.loaded().embedded {
            seen.insert(font.loaded().name.clone());
        }
    }
    report.fonts = seen.into_iter().collect();
    report
}

/// Walks through a file's objects, and does something with what its pages need
/// of that.
fn with_shared<T>(
    pdf: &Pdf,
    structure: &Structure,
    size: usize,
    found: &mut Vec<Diagnostic>,
    work: impl FnOnce(Shared) -> T,
) -> T {
    let mut roots = vec![pdf.xref().root_id()];
    roots.extend(structure.first(|trailer| trailer.get_ref(b"Info")).map(ObjectIdentifier::from));
    let objects = objects::check(pdf, roots, found);
    if objects.spots.overflow() {
        found.push(Diagnostic::new(Code::NotJudged).arg("what", Phrase::TooManySpots));
    }
    let loaded = fonts::load(&objects.fonts);
    let faces = fonts::open(&loaded);
    let hidden = document::hidden_layers(pdf);
    let budget = AtomicU64::new(LEAST_BUDGET + size as u64 * BUDGET_OF_BYTE);
    work(Shared {
        fonts: &faces,
        spots: &objects.spots,
        hidden: &hidden,
        blends: objects.blends,
        letters: LETTERS,
        budget: &budget,
    })
}
