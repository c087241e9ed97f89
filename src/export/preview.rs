//! Pages as pictures.

use rayon::prelude::*;
use typst::model::Document;
use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_render::RenderOptions;

use super::Shown;
use crate::check::Manuscript;
use crate::typeset::Book;

/// Pixels per inch of a preview page.
const PPI: f64 = 120.0;

/// Renders every page, cut to the trim, as PNG.
pub fn preview(shown: &Shown) -> Vec<Vec<u8>> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(PPI / 72.0), render_bleed: false };
    let pages = shown.0.pages().par_iter();
    pages.map(|page| typst_render::render(page, &options).encode_png().expect("a page has pixels")).collect()
}

/// Renders one page with its bleed, as PNG.
pub fn picture(book: &Book, manuscript: &Manuscript, index: usize, ppi: f64) -> Option<Vec<u8>> {
    let page = book.document.pages().get(index)?.clone();
    let bleed = page.bleed;
    let alone = PagedDocument::new([page].into_iter().collect(), book.document.info().clone());
    let mut pages = super::screen::in_screen_colours(alone, manuscript).pages().to_vec();
    pages[0].bleed = bleed;
    let options = RenderOptions { pixel_per_pt: Scalar::new(ppi / 72.0), render_bleed: true };
    typst_render::render(&pages[0], &options).encode_png().ok()
}
