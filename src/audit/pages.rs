//! What is known of each page for the completeness audit, remembered by its
//! frame.

use std::sync::Arc;

use typst::foundations::Smart;
use typst::layout::Frame;
use typst::model::Destination;
use typst::visualize::Paint;

use super::expected::plain;
use super::pictured::{Pictured, pictured};
use super::seen;
use super::sheet::{Home, Sheet, What};
use crate::diag::Phrase;
use crate::pictures::Area;

/// What stands on a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The words of slots, in the order of the frames.
    pub(super) slots: Vec<Words>,
    /// Words of slots and page numbers that cannot be seen: whose, the words, why.
    pub(super) hidden: Vec<(Home, String, Phrase)>,
    /// Its page number, if it bears one.
    pub(super) folio: String,
    /// The pictures.
    pub(super) pictures: Vec<Pictured>,
    /// Links: where, and to what.
    pub(super) links: Vec<(Area, Destination)>,
    /// Lines of the template's own words.
    pub(super) own: Vec<String>,
    /// Characters of these that no font has.
    pub(super) lacking: Vec<char>,
}

/// The words of one slot.
#[derive(Debug)]
pub(super) struct Words {
    /// Its field.
    pub(super) field: String,
    /// Whose it is.
    pub(super) person: Option<String>,
    /// The words, without spaces.
    pub(super) text: String,
    /// The box around them.
    pub(super) area: Option<Area>,
    /// The boxes of its pieces, in the order in which they are read aloud.
    pub(super) pieces: Vec<Area>,
}

/// Text larger than this is decoration, like the monogram, in points.
const DECORATION: f64 = 100.0;

/// Reads a page.
pub(super) fn page(page: &typst_layout::Page) -> Arc<Page> {
    read(&page.frame, &page.fill)
}

/// The same by what is drawn: hashing all of a page takes longer than reading
/// it.
#[comemo::memoize]
fn read(frame: &Frame, fill: &Smart<Option<Paint>>) -> Arc<Page> {
    let sheet = Sheet::new(frame, fill);
    let slots = sheet.slots.iter().enumerate().map(|(i, (field, person))| {
        let home = Home::Slot(i);
        let pieces = sheet.places(home);
        let area = pieces.iter().copied().reduce(|a, b| Area {
            left: a.left.min(b.left),
            top: a.top.min(b.top),
            right: a.right.max(b.right),
            bottom: a.bottom.max(b.bottom),
        });
        Words { field: field.clone(), person: person.clone(), text: plain(&sheet.words(home)), area, pieces }
    });
    let (own, lacking) = own(&sheet);
    Arc::new(Page {
        slots: slots.collect(),
        hidden: seen::hidden(frame, fill, &sheet),
        pictures: pictured(frame, fill, &sheet),
        folio: plain(&sheet.words(Home::Folio)),
        links: sheet.links.iter().map(|(area, to)| (*area, (*to).clone())).collect(),
        own,
        lacking,
    })
}

/// The template's own words, a line for each baseline, and characters of them
/// that no font has.
fn own(sheet: &Sheet) -> (Vec<String>, Vec<char>) {
    let mut lines: Vec<(f64, String)> = Vec::new();
    let mut lacking = Vec::new();
    for item in &sheet.items {
        let What::Words { run, size, home: Home::Template, .. } = &item.what else { continue };
        for glyph in run.glyphs.iter().filter(|glyph| glyph.id == 0) {
            lacking.extend(run.text.get(glyph.range()).unwrap_or_default().chars());
        }
        // Leaders are drawn with dots.
        if *size > DECORATION || run.text.chars().all(|c| " .·…".contains(c)) {
            continue;
        }
        let baseline = item.area.top + 0.88 * size;
        match lines.last_mut().filter(|(last, _)| (*last - baseline).abs() < 1.0) {
            Some((_, line)) => line.push_str(&run.text),
            None => lines.push((baseline, run.text.to_string())),
        }
    }
    (lines.into_iter().map(|(_, line)| line).collect(), lacking)
}
