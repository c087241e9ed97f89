//! Whether the pictures of the data can be seen: upright, large enough, within
//! the trim, with what they are for in the part that shows, under nothing.

use std::sync::Arc;

use typst::foundations::Smart;
use typst::layout::Frame;
use typst::visualize::Paint;

use super::pages::Page;
use super::sheet::{Item, Sheet, What};
use super::{Trace, rendered};
use crate::check::Manuscript;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::model::Role;
use crate::photo::Crop;
use crate::pictures::{Area, Subject};
use crate::templates::Times;
use crate::typeset::Book;

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
    /// Why it cannot be seen.
    why: Option<Phrase>,
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

/// Judges the photographs and the emblem of a book.
pub(super) fn check(
    book: &Book,
    pages: &[Arc<Page>],
    cover: Option<&Page>,
    manuscript: &Manuscript,
    source: &Trace,
    found: &mut Vec<Diagnostic>,
) {
    let numbered = pages.iter().enumerate().map(|(i, page)| (i + 1, &**page));
    for (number, page) in numbered.chain(cover.map(|page| (0, page))) {
        for (index, exhibit) in manuscript.gallery().iter().enumerate() {
            let here = || page.pictures.iter().filter(|picture| picture.subject == Subject::Exhibit(index));
            let portrait = exhibit.photo.role == Role::Portrait;
            let [x, y] = exhibit.photo.focus;
            let why = |picture: &Pictured| {
                let crop = picture.crop;
                let face = (crop.left..=crop.right).contains(&x) && (crop.top..=crop.bottom).contains(&y);
                let scrap = (crop.right - crop.left) * (crop.bottom - crop.top) < SCRAP;
                let cut = scrap || portrait && !face;
                picture.why.clone().or(cut.then_some(Phrase::CutAway))
            };
            let Some(why) = here().map(why).reduce(|one, other| one.and(other)).flatten() else { continue };
            let told = Diagnostic::new(Code::Unreadable).arg("shown", exhibit.photo.file.as_str());
            let told = told.arg("why", why).arg("block", Phrase::Block(exhibit.field.clone()));
            let field = format!("{}.file", exhibit.field);
            let told = source.locate(told, exhibit.person.as_deref(), &field, number.max(1));
            found.push(if number == 0 { told.page(None) } else { told });
        }
    }
    emblem(book, pages, cover, manuscript, source, found);
}

/// The emblem, as often as the contract says in the book and on the cover.
fn emblem(
    book: &Book,
    pages: &[Arc<Page>],
    cover: Option<&Page>,
    manuscript: &Manuscript,
    source: &Trace,
    found: &mut Vec<Diagnostic>,
) {
    let (Some(emblem), Some(stands)) = (manuscript.emblem(), manuscript.contract().fields.get("emblem"))
    else {
        return;
    };
    let file = manuscript.booklet().emblem.clone().unwrap_or_default();
    let mut tell = |told: Diagnostic, page: Option<usize>| {
        let told = told.arg("shown", file.as_str()).arg("block", Phrase::Block("emblem".into()));
        found.push(source.locate(told, None, "emblem", 1).page(page.filter(|_| source.numbered)));
    };
    let nobodys = |page: usize| book.map.pages.get(page).is_some_and(|used| used.person.is_none());
    let inside: Vec<(Option<usize>, &Page)> = (pages.iter().enumerate())
        .filter(|(page, _)| nobodys(*page))
        .map(|(page, about)| (Some(page + 1), &**about))
        .collect();
    let outside: Vec<(Option<usize>, &Page)> = cover.map(|about| (None, about)).into_iter().collect();
    for (places, times) in [(inside, stands.book), (outside, stands.cover)] {
        let is_emblem = |picture: &&Pictured| matches!(&picture.subject, Subject::Other(bytes) if **bytes == *emblem.bytes);
        let shown: Vec<_> = (places.iter())
            .flat_map(|(page, about)| {
                about.pictures.iter().filter(is_emblem).map(move |picture| (*page, picture))
            })
            .collect();
        for (page, picture) in &shown {
            if let Some(why) = &picture.why {
                tell(Diagnostic::new(Code::Unreadable).arg("why", why.clone()), *page);
            }
        }
        if matches!(times, Times::Exactly(times) if times > 0) && shown.is_empty() && !places.is_empty() {
            tell(Diagnostic::new(Code::NotOnPaper), None);
        }
    }
}
