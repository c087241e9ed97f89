//! The screen edition: sRGB, tagged, PDF/UA-1 and PDF/A-2a, facing pages.

use typst::foundations::Smart;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::{Stamp, facing};
use crate::colour;
use crate::diag::{self, Diagnostic};
use crate::typeset::Book;

/// Makes `booklet.pdf`. Pages are cut to the trim: a reader wants no bleed.
///
/// # Errors
/// What Typst's PDF export refuses, such as an image without a description.
pub fn screen(book: &Book, stamp: Stamp) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let document = colour::for_screen(&book.document);
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some(crate::TOOL.into())),
        timestamp: Some(Timestamp::new_utc(stamp.datetime())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).expect("the two go together"),
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&document, &options);
    let pdf =
        pdf.map_err(|errors| errors.iter().map(|e| diag::from_typst(&book.world, e)).collect::<Vec<_>>())?;
    Ok(facing::open_as_facing_pages(pdf))
}
