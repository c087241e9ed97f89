//! The screen edition: sRGB, tagged, PDF/UA-1 and PDF/A-2a, facing pages.

use typst::foundations::Smart;
use typst::visualize::Color;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::{Stamp, facing, press};
use crate::check::Manuscript;
use crate::colour;
use crate::diag::{self, Diagnostic};
use crate::photo;
use crate::pictures;
use crate::typeset::Book;

/// Pixels per inch of pictures on a screen.
const PPI: f64 = 200.0;

/// The book as a screen shows it: sRGB, cut to the trim.
pub struct Shown(pub(super) PagedDocument);

impl Shown {
    /// The pages.
    pub(crate) fn document(&self) -> &PagedDocument {
        &self.0
    }
}

/// Turns the book's colours and pictures into those of a screen.
pub fn shown(book: &Book, manuscript: &Manuscript) -> Shown {
    Shown(in_screen_colours(book.document.clone(), manuscript))
}

/// Pages with the colours and pictures of a screen, cut to the trim.
pub(super) fn in_screen_colours(document: PagedDocument, manuscript: &Manuscript) -> PagedDocument {
    let output = manuscript.output();
    let render = |picture, placed: &pictures::Placed| {
        let ground = pictures::ground(placed, |color: &Color| colour::rgb(color, output));
        photo::show(picture, &placed.crop, press::limits(placed, PPI), &ground, output)
    };
    let document = pictures::rendered(document, manuscript, render, |rendition| rendition.jpeg);
    colour::for_screen(&document, output)
}

/// Makes `booklet.pdf`. Pages are cut to the trim: a reader wants no bleed.
///
/// # Errors
/// What Typst's PDF export refuses, such as an image without a description.
pub fn screen(book: &Book, shown: &Shown, stamp: Stamp) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some(crate::TOOL.into())),
        timestamp: Some(Timestamp::new_utc(stamp.datetime())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).expect("the two go together"),
        ..PdfOptions::default()
    };
    let pdf = typst_pdf::pdf(&shown.0, &options);
    let pdf =
        pdf.map_err(|errors| errors.iter().map(|e| diag::from_typst(&book.world, e)).collect::<Vec<_>>())?;
    Ok(facing::open_as_facing_pages(pdf))
}
