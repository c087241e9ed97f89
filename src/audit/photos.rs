//! Portraits as printed: resolution, and the face clear of the trim.

use super::Trace;
use crate::check::{Entry, Manuscript};
use crate::diag::{Code, Diagnostic};
use crate::load::Portrait;
use crate::pictures::{Placement, placed};
use crate::typeset::Book;

pub(super) fn check(book: &Book, manuscript: &Manuscript, source: &Trace, found: &mut Vec<Diagnostic>) {
    for placed in placed(&book.document) {
        if placed.shows_what_is_lost(manuscript) {
            let person = placed.entry(manuscript).map(|entry| entry.id.as_str());
            let diagnostic = Diagnostic::new(Code::PictureGround);
            found.push(match person {
                Some(id) => source.locate(diagnostic, Some(id), "photo.file", placed.page),
                None => diagnostic.page(source.numbered.then_some(placed.page)),
            });
        }
        let Some(entry) = placed.entry(manuscript) else { continue };
        let Some(portrait) = &entry.photo else { continue };
        let locate = |d| source.locate(d, Some(&entry.id), "photo.file", placed.page);
        found.extend(resolution(&placed, portrait, manuscript).map(locate));
        let page = book.document.pages()[placed.page - 1].frame.size();
        let locate = |d| source.locate(d, Some(&entry.id), "photo.focus", placed.page);
        found.extend(face(&placed, entry, (page.x.to_pt(), page.y.to_pt()), manuscript).map(locate));
    }
}

/// Pixels an inch of the part that shows.
fn ppi(placed: &Placement, portrait: &Portrait) -> f64 {
    let across = f64::from(portrait.width) * (placed.crop.right - placed.crop.left) / placed.area.width();
    let down = f64::from(portrait.height) * (placed.crop.bottom - placed.crop.top) / placed.area.height();
    across.min(down) * 72.0
}

fn resolution(placed: &Placement, portrait: &Portrait, manuscript: &Manuscript) -> Option<Diagnostic> {
    let ppi = ppi(placed, portrait);
    let floors = manuscript.job().ppi;
    // A printed size is never exact to the last bit.
    let under = |floor: f64| ppi < floor - 0.5;
    let (code, floor) = match (under(floors.error), under(floors.warn)) {
        (true, _) => (Code::PhotoTooCoarse, floors.error),
        (_, true) => (Code::PhotoCoarse, floors.warn),
        _ => return None,
    };
    let needed = |pixels: u32| (f64::from(pixels) * floor / ppi).ceil().to_string();
    let told = Diagnostic::new(code).arg("ppi", format!("{ppi:.0}"));
    Some(told.arg("width", needed(portrait.width)).arg("height", needed(portrait.height)))
}

fn face(placed: &Placement, entry: &Entry, page: (f64, f64), manuscript: &Manuscript) -> Option<Diagnostic> {
    let [x, y] = entry.profile.photo.as_ref()?.focus;
    let (crop, area) = (placed.crop, placed.area);
    let x = area.left + (x - crop.left) / (crop.right - crop.left) * area.width();
    let y = area.top + (y - crop.top) / (crop.bottom - crop.top) * area.height();
    let distance = x.min(page.0 - x).min(y).min(page.1 - y);
    let safety = manuscript.job().safety;
    let mm = (distance * 25.4 / 72.0).max(0.0);
    (distance < safety.pt()).then(|| Diagnostic::new(Code::FaceNearTrim).arg("mm", format!("{mm:.1}")))
}
