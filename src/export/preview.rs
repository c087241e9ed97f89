//! Pages as pictures.

use rayon::prelude::*;
use typst::utils::Scalar;
use typst_render::RenderOptions;

use super::Shown;

/// Pixels per inch of a preview page.
const PPI: f64 = 120.0;

/// Renders every page, cut to the trim, as PNG.
pub fn preview(shown: &Shown) -> Vec<Vec<u8>> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(PPI / 72.0), render_bleed: false };
    let pages = shown.0.pages().par_iter();
    pages.map(|page| typst_render::render(page, &options).encode_png().expect("a page has pixels")).collect()
}
