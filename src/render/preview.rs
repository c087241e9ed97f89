//! Pages as pictures.

use rayon::prelude::*;
use typst::model::Document;
use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_render::RenderOptions;

use super::ScreenPages;
use super::covers::{self, Side};
use crate::check::Manuscript;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::typeset::Book;

/// Pixels per inch of a preview page.
const PPI: f64 = 120.0;

/// Renders every page of the interior, cut to the trim, as PNG.
///
/// # Errors
/// A finding for a page that no picture can be made of.
pub fn preview(shown: &ScreenPages) -> Result<Vec<Vec<u8>>, Vec<Diagnostic>> {
    let pages = shown.interior.pages().par_iter().enumerate();
    let refused = |i| {
        vec![Diagnostic::new(Code::TemplateBudget).page(Some(i + 1)).arg("problem", Phrase::TooLargePage)]
    };
    pages.map(|(i, page)| png(page, PPI, false).ok_or_else(|| refused(i))).collect()
}

/// Renders one page of the interior with its bleed, as PNG.
pub fn picture(book: &Book, manuscript: &Manuscript, index: usize, ppi: f64) -> Option<Vec<u8>> {
    let page = book.document.pages().get(index)?.clone();
    png(&in_screen_colours(page, book, manuscript)?, ppi, true)
}

/// Renders a side of the cover with its bleed, as PNG.
pub fn cover_picture(cover: &Book, manuscript: &Manuscript, side: Side, ppi: f64) -> Option<Vec<u8>> {
    let page = in_screen_colours(cover.document.pages().first()?.clone(), cover, manuscript)?;
    png(&covers::side(&page, manuscript.job(), side), ppi, true)
}

/// One page in screen colours, with its bleed.
fn in_screen_colours(page: Page, book: &Book, manuscript: &Manuscript) -> Option<Page> {
    let bleed = page.bleed;
    let alone = PagedDocument::new([page].into_iter().collect(), book.document.info().clone());
    let shown = super::screen::in_screen_colours(alone, manuscript).ok()?;
    Some(Page { bleed, ..shown.pages().first()?.clone() })
}

fn png(page: &Page, ppi: f64, render_bleed: bool) -> Option<Vec<u8>> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(ppi / 72.0), render_bleed };
    typst_render::render(page, &options).encode_png().ok()
}
