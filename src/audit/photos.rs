//! Photographs as printed: there, seen, sharp enough, the face clear of the trim;
//! and the emblem.

use std::sync::Arc;

use serde::Serialize;

use super::Trace;
use super::pages::Page;
use super::pictured::Pictured;
use crate::check::{Exhibit, Manuscript};
use crate::diag::{Code, Diagnostic, Phrase};
use crate::load::Portrait;
use crate::model::{Photo, Role};
use crate::pictures::{Placement, Subject, placed};
use crate::templates::Times;
use crate::typeset::Book;

pub(super) fn check(book: &Book, manuscript: &Manuscript, source: &Trace, found: &mut Vec<Diagnostic>) {
    for placed in placed(&book.document) {
        let exhibit = placed.exhibit(manuscript);
        let locate = |d, exhibit: &Exhibit, member| {
            let field = format!("{}.{member}", exhibit.field);
            source.locate(d, exhibit.person.as_deref(), &field, placed.page)
        };
        if placed.shows_what_is_lost(manuscript) {
            let diagnostic = Diagnostic::new(Code::PictureGround);
            found.push(match exhibit {
                Some(exhibit) => locate(diagnostic, exhibit, "file"),
                None => diagnostic.page(source.numbered.then_some(placed.page)),
            });
        }
        let Some(exhibit) = exhibit else { continue };
        if exhibit.portrait.alpha && !placed.shows_what_is_lost(manuscript) {
            let told = Diagnostic::new(Code::PhotoSeeThrough).arg("file", exhibit.photo.file.as_str());
            found.push(locate(told, exhibit, "file"));
        }
        found.extend(sides(&placed, exhibit).map(|d| locate(d, exhibit, "focus")));
        found.extend(resolution(&placed, &exhibit.portrait, manuscript).map(|d| locate(d, exhibit, "file")));
        let page = book.document.pages()[placed.page - 1].frame.size();
        let face = face(&placed, exhibit, (page.x.to_pt(), page.y.to_pt()), manuscript);
        found.extend(face.map(|d| locate(d, exhibit, "focus")));
    }
}

/// Part of a portrait's width that may be cut unseen.
const SIDES: f64 = 0.2;

/// Photographs that the contract prints and that are not on the pages where
/// they belong.
pub(super) fn missing(book: &Book, manuscript: &Manuscript, source: &Trace, found: &mut Vec<Diagnostic>) {
    if manuscript.gallery().is_empty() {
        return;
    }
    let placed = placed(&book.document);
    let fields = &manuscript.contract().fields;
    for (index, exhibit) in manuscript.gallery().iter().enumerate() {
        let key = match (&exhibit.person, exhibit.field.as_str()) {
            (None, _) => "edition.photos",
            (Some(_), "photo") => "photo",
            (Some(_), _) => "photos",
        };
        let Some(stands) = fields.get(key) else { continue };
        let person = exhibit.person.as_deref();
        let wanted = if person.is_some() { stands.person } else { stands.book };
        let pages = placed.iter().filter(|p| p.subject == Subject::Exhibit(index)).map(|p| p.page);
        let whose = |page: usize| book.map.pages[page - 1].person.as_deref();
        let (own, others): (Vec<_>, Vec<_>) = pages.partition(|page| whose(*page) == person);
        let first = person.and_then(|id| book.map.persons.get(id)?.first().copied());
        let told = |code| {
            let block = Phrase::Block(exhibit.field.clone());
            Diagnostic::new(code).arg("block", block).arg("shown", exhibit.photo.file.as_str())
        };
        let locate = |d, page| source.locate(d, person, &format!("{}.file", exhibit.field), page);
        if matches!(wanted, Times::Exactly(times) if times > 0)
            && own.is_empty()
            && (person.is_none() || first.is_some())
        {
            found.push(locate(told(Code::NotOnPaper), first.unwrap_or(1)));
        }
        for page in others {
            if let Some(other) = whose(page) {
                let name = source.name(Some(other)).unwrap_or(other);
                found.push(locate(told(Code::OnOthersPage).arg("whose", name), page));
            }
        }
    }
}

/// Photographs that stand on pages and cannot be seen there, and the emblem.
pub(super) fn seen(
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
            let face = (exhibit.photo.role == Role::Portrait).then_some(exhibit.photo.focus);
            let Some(why) =
                here().map(|picture| picture.lost(face)).reduce(|one, other| one.and(other)).flatten()
            else {
                continue;
            };
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

/// How a person's portrait is printed.
#[derive(Debug, Clone, Serialize)]
pub struct Printed {
    /// The person.
    #[serde(skip)]
    pub person: String,
    /// Path below `data/`.
    pub file: String,
    /// Size of the file's picture in pixels, upright.
    pub pixels: [u32; 2],
    /// The part that shows: left, top, right, bottom, from 0 to 1.
    pub crop: [f64; 4],
    /// Printed size in millimetres.
    pub size: [f64; 2],
    /// Pixels an inch of it.
    pub ppi: f64,
}

/// How the portraits are printed.
pub fn printed(book: &Book, manuscript: &Manuscript) -> Vec<Printed> {
    if manuscript.gallery().is_empty() {
        return vec![];
    }
    let one = |placed: &Placement| {
        let exhibit = placed.exhibit(manuscript).filter(|exhibit| exhibit.field == "photo")?;
        let mm = |points: f64| (points * 25.4 / 72.0 * 10.0).round() / 10.0;
        let crop = [placed.crop.left, placed.crop.top, placed.crop.right, placed.crop.bottom];
        Some(Printed {
            person: exhibit.person.clone()?,
            file: exhibit.photo.file.clone(),
            pixels: [exhibit.portrait.width, exhibit.portrait.height],
            crop: crop.map(|part| (part * 10_000.0).round() / 10_000.0),
            size: [mm(placed.area.width()), mm(placed.area.height())],
            ppi: ppi(placed, &exhibit.portrait).round(),
        })
    };
    placed(&book.document).iter().filter_map(one).collect()
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

/// A portrait whose sides are cut while nobody said where in it the face is.
fn sides(placed: &Placement, exhibit: &Exhibit) -> Option<Diagnostic> {
    let photo = &exhibit.photo;
    let cut = 1.0 - (placed.crop.right - placed.crop.left);
    let untouched = photo.role == Role::Portrait && photo.focus == Photo::MIDDLE && photo.scale <= 1.0;
    let told = Diagnostic::new(Code::PhotoSidesCut).arg("part", format!("{:.0}", cut * 100.0));
    (untouched && cut > SIDES).then(|| told.arg("file", photo.file.as_str()))
}

fn face(
    placed: &Placement,
    exhibit: &Exhibit,
    page: (f64, f64),
    manuscript: &Manuscript,
) -> Option<Diagnostic> {
    // A group has no one face, and may stand over two pages.
    let [x, y] = exhibit.photo.focus;
    if exhibit.photo.role != Role::Portrait {
        return None;
    }
    let (crop, area) = (placed.crop, placed.area);
    let x = area.left + (x - crop.left) / (crop.right - crop.left) * area.width();
    let y = area.top + (y - crop.top) / (crop.bottom - crop.top) * area.height();
    let distance = x.min(page.0 - x).min(y).min(page.1 - y);
    let safety = manuscript.job().safety;
    let mm = (distance * 25.4 / 72.0).max(0.0);
    (distance < safety.pt()).then(|| Diagnostic::new(Code::FaceNearTrim).arg("mm", format!("{mm:.1}")))
}
