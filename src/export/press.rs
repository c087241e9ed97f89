//! The base of a press file: the pages in ink with their bleed, as plain PDF
//! 1.6. What PDF/X-4 wants beyond it is added by `press`.

use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::Stamp;
use crate::check::Manuscript;
use crate::colour;
use crate::diag::{self, Diagnostic};
use crate::photo::{self, Ground, Limits, Rendition};
use crate::pictures::{self, Placed};
use crate::typeset::Book;

/// A plain PDF in ink, its pictures apart.
pub struct Base {
    /// The file, with a picture of one pixel for each.
    pub(crate) pdf: Vec<u8>,
    /// Each stand-in as it is in the file, and what belongs in its place.
    pub(crate) plates: Vec<(Vec<u8>, Rendition)>,
}

/// Writes the pages in press colours, pictures as inks at their printed size.
///
/// # Errors
/// What Typst's PDF export refuses.
pub fn press_base(book: &Book, manuscript: &Manuscript, stamp: Stamp) -> Result<Base, Vec<Diagnostic>> {
    let (document, _) = colour::for_press(&book.document, manuscript.output());
    let sheet = manuscript.sheet();
    let render = |picture, placed: &Placed| {
        let ground = pictures::ground(placed, |_| Ground::paper().rgb);
        let limits = limits(placed, sheet.ppi.most);
        photo::plate(picture, &placed.crop, limits, &ground, sheet.ink.limit, manuscript.output())
    };
    // Typst would decode and copy each picture several times over.
    let mut plates = Vec::new();
    let document = pictures::rendered(document, manuscript, render, |rendition| {
        let stand_in = photo::stand_in(plates.len());
        plates.push((stand_in.clone(), rendition));
        stand_in
    });
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
        Ok(pdf) => Ok(Base { pdf, plates }),
        Err(errors) => Err(errors.iter().map(|e| diag::from_typst(&book.world, e)).collect()),
    }
}

/// Pixels of a picture at its printed size.
pub(super) fn limits(placed: &Placed, ppi: f64) -> Limits {
    let pixels = |length: f64| (length / 72.0 * ppi).round().max(1.0) as u32;
    Limits { width: pixels(placed.area.width()), height: pixels(placed.area.height()) }
}
