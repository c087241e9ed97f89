//! The base of a press file: the pages in ink with their bleed, as plain PDF
//! 1.6. What PDF/X-4 wants beyond it is added by `finish`.

use std::collections::BTreeMap;

use typst::foundations::{Bytes, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::check::Manuscript;
use crate::colour;
use crate::diag::{self, Diagnostic};
use crate::fingerprint;
use crate::photo::{self, Ground, How, Kind, Rendition};
use crate::pictures::{self, Placement};
use crate::stamp::Stamp;
use crate::typeset::Book;

/// A plain PDF in ink, its pictures apart.
pub struct Base {
    /// The file, with a picture of one pixel for each.
    pub(crate) pdf: Vec<u8>,
    /// Each stand-in as it is in the file, and what belongs in its place.
    pub(crate) plates: Vec<(Vec<u8>, Rendition)>,
    /// Physical pages, from 1, of the stand-ins.
    pages: Vec<usize>,
}

impl Base {
    /// Fingerprints of the pictures by page, from 1.
    pub fn renditions(&self) -> BTreeMap<usize, String> {
        let mut pages: BTreeMap<usize, Vec<&[u8]>> = BTreeMap::new();
        for (page, (_, plate)) in self.pages.iter().zip(&self.plates) {
            pages.entry(*page).or_default().push(plate.jpeg());
        }
        pages.into_iter().map(|(page, plates)| (page, fingerprint::print(&plates))).collect()
    }
}

/// What the press wants of a picture.
pub(crate) fn how(placed: &Placement, manuscript: &Manuscript) -> How {
    let job = manuscript.job();
    let ground = pictures::ground(placed, |_| Ground::paper().rgb);
    let kind = Kind::Plate { total: job.ink.limit };
    How { crop: placed.crop, limits: placed.limits(job.ppi.most), ground, kind }
}

/// Writes the pages in press colours, pictures as inks at their printed size.
///
/// # Errors
/// What Typst's PDF export refuses.
pub fn press_base(book: &Book, manuscript: &Manuscript, stamp: Stamp) -> Result<Base, Vec<Diagnostic>> {
    let (document, _) = colour::for_press(&book.document, manuscript.output());
    // Typst would decode and copy each picture several times over.
    let mut plates = Vec::new();
    let pages = pictures::placed(&document).iter().map(|placed| placed.page).collect();
    let how = |placed: &Placement| how(placed, manuscript);
    let document = pictures::rendered(document, manuscript, how, |rendition| {
        let stand_in = photo::stand_in(plates.len());
        plates.push((stand_in.clone(), rendition));
        Bytes::new(stand_in)
    })?;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some(crate::TOOL.into())),
        timestamp: Some(Timestamp::new_utc(stamp.datetime())),
        standards: PdfStandards::new(&[PdfStandard::V_1_6]).expect("a version alone"),
        tagged: false,
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options);
    match pdf {
        Ok(pdf) => Ok(Base { pdf, plates, pages }),
        Err(errors) => Err(errors.iter().map(|e| diag::from_typst(&book.world, e)).collect()),
    }
}
