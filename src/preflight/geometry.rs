//! Page boxes (ISO 15930-7; ISO 32000-1, 14.11.2).

use hayro_syntax::Pdf;
use hayro_syntax::object::{Number, Rect};
use hayro_syntax::page::{Page, Rotation};

use super::{Expected, Part};
use crate::diag::{Code, Diagnostic, Phrase};

/// Lengths closer than this are equal, in points: writers round.
const SLACK: f64 = 0.05;
/// How far a trim may be off what was asked for, in points: 0.1 mm.
const TRIM_SLACK: f64 = 0.3;

/// The boxes of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Boxes {
    pub(super) media: Rect,
    pub(super) bleed: Rect,
    pub(super) trim: Rect,
}

impl Boxes {
    /// Reads the boxes; what is missing is the next larger one.
    pub(super) fn read(page: &Page) -> Self {
        let media = page.media_box();
        let own = |key: &[u8]| page.raw().get::<Rect>(key);
        let bleed = own(b"BleedBox").unwrap_or_else(|| page.crop_box());
        let trim = own(b"TrimBox").or_else(|| own(b"ArtBox")).unwrap_or(bleed);
        Self { media: sane(media), bleed: sane(bleed), trim: sane(trim) }
    }
}

pub(super) fn check(page: &Page, expected: &Expected) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut wrong = |problem: Phrase| found.push(Diagnostic::new(Code::PageBoxes).arg("problem", problem));
    let raw = page.raw();
    let boxes = Boxes::read(page);
    for key in [&b"MediaBox"[..], b"CropBox", b"BleedBox", b"TrimBox", b"ArtBox"] {
        if raw.contains_key(key) && raw.get::<Rect>(key).is_none() {
            wrong(Phrase::BadBox(String::from_utf8_lossy(key).into_owned()));
        }
    }
    match (raw.contains_key(b"TrimBox"), raw.contains_key(b"ArtBox")) {
        (true, true) => wrong(Phrase::TrimAndArt),
        (false, false) => wrong(Phrase::NoTrimBox),
        _ => {}
    }
    if !holds(boxes.media, boxes.bleed) || !holds(boxes.bleed, boxes.trim) {
        wrong(Phrase::BoxesNotNested);
    }
    if !holds(page.crop_box(), boxes.bleed) {
        wrong(Phrase::CropCutsBleed);
    }
    let turned = match page.rotation() {
        Rotation::None => 0,
        Rotation::Horizontal => 90,
        Rotation::Flipped => 180,
        Rotation::FlippedHorizontal => 270,
    };
    let told = raw.get::<Number>(b"Rotate").map_or(0.0, |turn| turn.as_f64());
    let turned = if told.rem_euclid(90.0) != 0.0 { told } else { f64::from(turned) };
    let unit = raw.get::<Number>(b"UserUnit").map_or(1.0, |unit| unit.as_f64());
    let odd = [("Rotate", turned, 0.0), ("UserUnit", unit, 1.0)];
    for (key, value, _) in odd.into_iter().filter(|(_, value, plain)| value != plain) {
        found.push(Diagnostic::new(Code::PageRotated).arg("key", format!("/{key} {value}")));
    }
    let job = expected.job;
    let (width, height) = (boxes.trim.width(), boxes.trim.height());
    let (page_width, page_height) = (job.trim.width.pt(), job.trim.height.pt());
    let spread = 2.0 * page_width;
    // A cover is two pages and a spine of any thickness.
    let fits = match expected.part {
        Part::Interior => (width - page_width).abs() < TRIM_SLACK,
        Part::Cover => width > spread - TRIM_SLACK && width < spread + 60.0 * 72.0 / 25.4,
    };
    if !fits || (height - page_height).abs() > TRIM_SLACK {
        let mm = |pt: f64| pt * 25.4 / 72.0;
        let wanted = match expected.part {
            Part::Interior => job.trim.width.0,
            Part::Cover => 2.0 * job.trim.width.0,
        };
        let diagnostic = Diagnostic::new(Code::TrimSize)
            .arg("size", format!("{:.1} × {:.1}", mm(width), mm(height)))
            .arg("wanted", format!("{wanted} × {}", job.trim.height.0));
        found.push(diagnostic);
    }
    found
}

/// Largest coordinate that is computed with, in points: 7 m.
const FAR: f64 = 20_000.0;

fn sane(area: Rect) -> Rect {
    let near = |v: f64| if v.is_finite() { v.clamp(-FAR, FAR) } else { 0.0 };
    Rect::new(near(area.x0), near(area.y0), near(area.x1), near(area.y1))
}

fn holds(outer: Rect, inner: Rect) -> bool {
    outer.x0 <= inner.x0 + SLACK
        && outer.y0 <= inner.y0 + SLACK
        && outer.x1 >= inner.x1 - SLACK
        && outer.y1 >= inner.y1 - SLACK
}

/// What a file looks like whose pages are all far wider than those of the job:
/// a cover, or sheets.
pub(super) fn other_kind(pdf: &Pdf, expected: &Expected) -> Option<Diagnostic> {
    let (width, height) = (expected.job.trim.width.pt(), expected.job.trim.height.pt());
    let trims: Vec<Rect> = pdf.pages().iter().map(|page| Boxes::read(page).trim).collect();
    let wide = |trim: &Rect| trim.width().max(trim.height()) > 1.9 * width.min(height);
    let larger = |trim: &Rect| trim.width() * trim.height() > 1.8 * width * height && wide(trim);
    if expected.part == Part::Cover || trims.is_empty() || !trims.iter().all(larger) {
        return None;
    }
    let as_high = (trims[0].height() - height).abs() < 4.0 * TRIM_SLACK;
    let (what, to_do) = match trims.len() == 1 && as_high {
        true => (Phrase::LikeCover, Phrase::JudgeAsCover),
        false => (Phrase::LikeSheet, Phrase::JudgePages),
    };
    Some(Diagnostic::new(Code::OtherKind).arg("what", what).arg("what_to_do", to_do))
}

/// Whether all pages have one trim; told once, on the first that differs.
pub(super) fn across(pdf: &Pdf, expected: &Expected, found: &mut Vec<Diagnostic>) {
    if expected.part == Part::Cover || found.iter().any(|d| d.code == Code::TrimSize) {
        return;
    }
    let sizes = pdf.pages().iter().map(|page| Boxes::read(page).trim);
    let sizes: Vec<(f64, f64)> = sizes.map(|trim| (trim.width(), trim.height())).collect();
    let Some((first, rest)) = sizes.split_first() else { return };
    let differs = |size: &(f64, f64)| (size.0 - first.0).abs() > SLACK || (size.1 - first.1).abs() > SLACK;
    if let Some(at) = rest.iter().position(differs) {
        let mm = |size: (f64, f64)| format!("{:.2} × {:.2}", size.0 * 25.4 / 72.0, size.1 * 25.4 / 72.0);
        let diagnostic = Diagnostic::new(Code::TrimSize).arg("size", mm(rest[at])).arg("wanted", mm(*first));
        found.push(diagnostic.page(Some(at + 2)));
    }
}
