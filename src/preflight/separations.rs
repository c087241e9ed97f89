//! The plates of pages, to be looked at.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use hayro_syntax::Pdf;
use hayro_syntax::page::Page;

use super::content::{self, Shared};
use super::geometry::Boxes;
use super::inks::{MOST, PROCESS};
use super::rules::{Painted, Rules};
use super::structure::Structure;
use super::{Unreadable, unpack, with_shared};
use crate::model::PrintJob;
use crate::quiet::quietly;

/// The plates of a page within its bleed, a pixel a point.
#[derive(Debug, Clone, PartialEq)]
pub struct Separations {
    /// Number of the page, from 1.
    pub page: usize,
    /// Pixels across.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// How far the trim's left and top are from those of the plates, in points.
    pub trim: (f64, f64),
    /// Inks with their pixels by row from the top, 255 for full ink.
    pub plates: Vec<(String, Vec<u8>)>,
}

/// Draws the plates of pages, by their numbers from 1. A page that cannot be
/// drawn has none. `flat` takes all overprint away.
///
/// # Errors
/// When the file cannot be read.
pub fn separations(bytes: Arc<Vec<u8>>, pages: &[usize], flat: bool) -> Result<Vec<Separations>, Unreadable> {
    let size = bytes.len();
    let drawn = || {
        let pdf = Pdf::new(unpack::unpacked(bytes)).map_err(|_| Unreadable)?;
        let structure = Structure::read(&pdf);
        Ok(with_shared(&pdf, &structure, size, &mut vec![], |shared| {
            let page = |number: &usize| Some((*number, pdf.pages().get(number.checked_sub(1)?)?));
            pages
                .iter()
                .filter_map(page)
                .map(|(number, page)| match shared.spots.0.is_empty() {
                    true => draw::<PROCESS>(page, number, shared, flat),
                    false => draw::<MOST>(page, number, shared, flat),
                })
                .collect()
        }))
    };
    quietly(AssertUnwindSafe(drawn)).unwrap_or(Err(Unreadable))
}

fn draw<'a, const N: usize>(
    page: &'a Page<'a>,
    number: usize,
    shared: Shared<'a>,
    flat: bool,
) -> Separations {
    let boxes = Boxes::read(page);
    let job = PrintJob::default();
    let mut rules = Rules::<N>::new(&job, boxes, shared.blends, flat);
    // Whoever looks wants to read.
    content::read(page, Shared { letters: 0.0, ..shared }, &mut rules);
    let Painted { plates, .. } = rules.done();
    let process = ["Cyan", "Magenta", "Yellow", "Black"].map(str::to_owned);
    let names = process.into_iter().chain(shared.spots.0.iter().cloned()).take(N);
    Separations {
        page: number,
        width: plates.width,
        height: plates.height,
        trim: (boxes.trim.x0 - boxes.bleed.x0, boxes.bleed.y1 - boxes.trim.y1),
        plates: names.enumerate().map(|(i, name)| (name, plates.plate(i))).collect(),
    }
}
