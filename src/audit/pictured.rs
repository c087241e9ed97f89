//! Whether the pictures of the data can be seen: upright, large enough, within
//! the trim, with what they are for in the part that shows, under nothing.

use typst::foundations::Smart;
use typst::layout::Frame;
use typst::visualize::Paint;

use super::rendered;
use super::sheet::{Item, Sheet, What};
use crate::diag::Phrase;
use crate::photo::Crop;
use crate::pictures::{Area, Subject};

/// Shorter side below which nobody is known on a picture, in points (10 mm), on
/// a page whose shorter side is this.
const SMALLEST: f64 = 28.0;
const PAGE: f64 = 700.0;
/// The same of an emblem (3 mm).
const SPECK: f64 = 8.5;
/// Least part within the trim: half of a group photo is on each of two pages.
const WITHIN: f64 = 0.4;
/// Least part of a picture that shows of it at all.
const SCRAP: f64 = 0.1;
/// How much of it may lie under boxes before a picture of the page is asked.
const UNDER: f64 = 0.2;
/// Part that must be seen of it there.
const SEEN: f64 = 0.6;

/// A picture where it stands.
#[derive(Debug)]
pub(super) struct Pictured {
    pub(super) subject: Subject,
    /// The part that shows.
    crop: Crop,
    /// Why it cannot be seen, whatever it shows.
    pub(super) why: Option<Phrase>,
}

impl Pictured {
    /// Why it cannot be seen what it shows, whose face may be at a place of it.
    pub(super) fn lost(&self, face: Option<[f64; 2]>) -> Option<Phrase> {
        let Crop { left, top, right, bottom } = self.crop;
        let cut = face.is_some_and(|[x, y]| !(left..=right).contains(&x) || !(top..=bottom).contains(&y));
        let scrap = (right - left) * (bottom - top) < SCRAP;
        self.why.clone().or((cut || scrap).then_some(Phrase::CutAway))
    }
}

/// The pictures of a page.
pub(super) fn pictured(frame: &Frame, fill: &Smart<Option<Paint>>, sheet: &Sheet) -> Vec<Pictured> {
    let pictures = sheet.items.iter().enumerate().filter_map(|(i, item)| match &item.what {
        What::Picture { subject, distorted } => {
            let seen = item.visible().and(sheet.trim);
            let why = match () {
                () if *distorted => Some(Phrase::Distorted),
                () if surface(seen) < WITHIN * surface(item.visible()) => Some(Phrase::OutsideTrim),
                () if is_small(subject, seen, sheet.trim) => Some(Phrase::TooSmallPicture(mm(seen))),
                () if is_covered(frame, fill, sheet, i) => Some(Phrase::Covered),
                () => None,
            };
            Some(Pictured { subject: subject.clone(), crop: item.visible().within(item.area), why })
        }
        _ => None,
    });
    pictures.collect()
}

fn surface(area: Area) -> f64 {
    area.width().max(0.0) * area.height().max(0.0)
}

fn is_small(subject: &Subject, seen: Area, trim: Area) -> bool {
    let smallest = match subject {
        Subject::Exhibit(_) => SMALLEST,
        Subject::Other(_) => SPECK,
    };
    seen.width().min(seen.height()) < smallest * (trim.width().min(trim.height()) / PAGE).max(1.0)
}

fn mm(seen: Area) -> String {
    let side = seen.width().min(seen.height()).max(0.0);
    format!("{:.0}", side * 25.4 / 72.0)
}

/// Whether what is painted later leaves too little of a picture.
fn is_covered(frame: &Frame, fill: &Smart<Option<Paint>>, sheet: &Sheet, i: usize) -> bool {
    let own = sheet.items[i].visible().and(sheet.trim);
    let over = |item: &&Item| !matches!(item.what, What::Hairline);
    let under: f64 =
        sheet.items[i + 1..].iter().filter(over).map(|item| surface(item.visible().and(own))).sum();
    under > UNDER * surface(own) && rendered::part_seen(frame, fill, i, own) < SEEN
}
