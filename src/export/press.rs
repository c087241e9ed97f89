//! The base of a press file: the pages in ink with their bleed, as plain PDF
//! 1.6. What PDF/X-4 wants beyond it is added by `press`.

use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::Stamp;
use crate::check::Manuscript;
use crate::colour;
use crate::diag::{self, Diagnostic};
use crate::photo::{self, Ground, Limits};
use crate::pictures::{self, Placed};
use crate::typeset::Book;

/// Writes the pages in press colours, pictures as inks at their printed size.
///
/// # Errors
/// What Typst's PDF export refuses.
pub fn press_base(book: &Book, manuscript: &Manuscript, stamp: Stamp) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let (document, _) = colour::for_press(&book.document, manuscript.output());
    let sheet = manuscript.sheet();
    let document = pictures::rendered(document, manuscript, |picture, placed| {
        let ground = pictures::ground(placed, |_| Ground::paper().rgb);
        let limits = limits(placed, sheet.ppi.most);
        photo::plate(picture, &placed.crop, limits, &ground, sheet.ink.limit, manuscript.output())
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
    drop(document);
    // Typst keeps every picture decoded; nothing needs these again.
    comemo::evict(0);
    pdf.map_err(|errors| errors.iter().map(|e| diag::from_typst(&book.world, e)).collect())
}

/// Pixels of a picture at its printed size.
pub(super) fn limits(placed: &Placed, ppi: f64) -> Limits {
    let pixels = |length: f64| (length / 72.0 * ppi).round().max(1.0) as u32;
    Limits { width: pixels(placed.area.width()), height: pixels(placed.area.height()) }
}
