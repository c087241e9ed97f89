//! Finished bytes → [`Report`]: judges any PDF by the print shop's sheet. It
//! reads the file anew, with a reader that no writer of ours uses, and knows
//! nothing of how it was made. Thresholds are those of `data/press.json`,
//! which are from the GWG 2022 specification for sheet-fed CMYK printing.
//!
//! Limits: ink of gradients, tilings, soft masks and blend modes other than
//! Normal is not computed (masks count as opaque); text under 20 pt counts as
//! a third of its box.

mod colour;
mod content;
mod document;
mod fonts;
mod geometry;
mod images;
mod objects;
mod page;
mod plates;
mod rules;
mod state;

use std::sync::Arc;

use hayro_syntax::{LoadPdfError, Pdf};
use rayon::prelude::*;

use crate::diag::{self, Diagnostic, Person};
use crate::model::PrintJob;

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
#[derive(Debug, Clone)]
pub struct Report {
    /// Number of pages.
    pub pages: usize,
    /// What is wrong, by page.
    pub findings: Vec<Diagnostic>,
    /// Greatest total ink of a page anywhere, in percent.
    pub ink: f64,
    /// Whether gradients, tilings or masks were painted, whose ink is not in it.
    pub ink_is_partial: bool,
    /// Names of the embedded fonts.
    pub fonts: Vec<String>,
}

impl Report {
    /// Whether nothing is wrong that forbids printing.
    pub fn passes(&self) -> bool {
        !diag::has_errors(&self.findings)
    }
}

/// The bytes are no PDF, or one that cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// Judges a file.
///
/// # Errors
/// When it cannot be read at all. A file that is encrypted with a password is
/// a finding, not an error.
pub fn judge(bytes: Arc<Vec<u8>>, expected: &Expected) -> Result<Report, Unreadable> {
    let pdf = match Pdf::new(bytes) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(_)) => {
            let findings = vec![Diagnostic::new(diag::Code::PdfEncrypted)];
            return Ok(Report { pages: 0, findings, ink: 0.0, ink_is_partial: false, fonts: vec![] });
        }
        Err(LoadPdfError::Invalid) => return Err(Unreadable),
    };
    let mut findings = document::check(&pdf, expected);
    let objects = objects::check(&pdf, &mut findings);
    let loaded = fonts::load(&objects.fonts);
    let faces = fonts::open(&loaded);
    let count = pdf.pages().len();
    let judged: Vec<_> = (0..count)
        .into_par_iter()
        .map(|index| {
            let page = &pdf.pages()[index];
            page::check(page, index, &faces, expected)
        })
        .collect();
    let mut ink: f64 = 0.0;
    let mut ink_is_partial = false;
    for (peak, partial, found) in judged {
        ink = ink.max(peak);
        ink_is_partial |= partial;
        findings.extend(found);
    }
    geometry::across(&pdf, expected, &mut findings);
    Ok(Report { pages: count, findings, ink, ink_is_partial, fonts: objects.names })
}
