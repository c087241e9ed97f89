//! One page: its boxes, what is painted on it, and its plates.

use std::collections::HashMap;

use hayro_syntax::object::{Array, ObjectIdentifier};
use hayro_syntax::page::Page;

use super::fonts::Font;
use super::geometry::{self, Boxes};
use super::plates::Plates;
use super::rules::{Placed, Rules, over_limit};
use super::{Expected, KnownPage, Part, content};
use crate::diag::{Code, Diagnostic, Phrase};

/// Findings of one code that a page tells of; more would hide the others.
const MOST: usize = 3;
/// Part of full ink, of 255, that counts as painted.
const TRACE: u32 = 5;
/// Length of an edge without bleed that is let pass, in points: 1 mm.
const NICK: usize = 3;

/// Judges a page; tells its greatest ink, and whether some was not computed.
pub(super) fn check(
    page: &Page,
    index: usize,
    fonts: &HashMap<ObjectIdentifier, Font>,
    expected: &Expected,
) -> (f64, bool, Vec<Diagnostic>) {
    let boxes = Boxes::read(page);
    let none = KnownPage::default();
    let known = expected.pages.get(index).unwrap_or(&none);
    let mut rules = Rules::new(expected.job, boxes);
    content::read(page, fonts, &mut rules);
    let (mut found, plates, partial) = rules.done();
    found.extend(geometry::check(page, expected).into_iter().map(|d| (d, None)));
    if page.raw().get::<Array>(b"Annots").is_some_and(|all| all.raw_iter().next().is_some()) {
        found.push((Diagnostic::new(Code::Interactive).arg("what", Phrase::Annotations), None));
    }
    if page.raw().contains_key(b"AA") {
        found.push((Diagnostic::new(Code::Interactive).arg("what", Phrase::Actions), None));
    }
    found.extend(bleed(&plates, &boxes, index, expected));
    let peak = plates.peak();
    found.extend(ink(&plates, peak, expected));
    if peak.0 < 0.5 && !known.blank {
        found.push((Diagnostic::new(Code::EmptyPage), None));
    }
    let mut counts: HashMap<Code, usize> = HashMap::new();
    found.retain(|(d, _)| {
        let count = counts.entry(d.code).or_default();
        *count += 1;
        *count <= MOST
    });
    let located = found.into_iter().map(|(diagnostic, at)| {
        // From page space to the trim's top left.
        let at = at.map(|(x, y)| (f64::from(x) - boxes.trim.x0, boxes.trim.y1 - f64::from(y)));
        let field = at.and_then(|at| known.field(at)).map(ToOwned::to_owned);
        let diagnostic = diagnostic.page(Some(index + 1)).person(known.person.clone());
        match field {
            Some(field) => diagnostic.field(field),
            None => diagnostic,
        }
    });
    (peak.0, partial, located.collect())
}

/// Bleed wherever ink reaches the trim: along each edge, what is inked just
/// inside must be inked all the way to the bleed.
fn bleed(plates: &Plates, boxes: &Boxes, index: usize, expected: &Expected) -> Vec<Placed> {
    let wanted = expected.job.bleed;
    // A recto has the spine at its left; a cover has none at its edges.
    let (left_edge, right_edge) = match (expected.part, index.is_multiple_of(2)) {
        (Part::Cover, _) => (wanted.outside, wanted.outside),
        (Part::Interior, true) => (wanted.inside, wanted.outside),
        (Part::Interior, false) => (wanted.outside, wanted.inside),
    };
    let (left, top) = (boxes.trim.x0 - boxes.bleed.x0, boxes.bleed.y1 - boxes.trim.y1);
    let (width, height) = (boxes.trim.width() as isize, boxes.trim.height() as isize);
    let (left, top) = (left.round() as isize, top.round() as isize);
    let (right, bottom) = (left + width, top + height);
    let edges = [
        (Phrase::EdgeTop, width, wanted.top.pt()),
        (Phrase::EdgeBottom, width, wanted.bottom.pt()),
        (Phrase::EdgeLeft, height, left_edge.pt()),
        (Phrase::EdgeRight, height, right_edge.pt()),
    ];
    let mut found = Vec::new();
    for (edge, length, wanted) in edges {
        // Along the edge, out of it by a number of points; negative is inside.
        let at = |along: isize, out: isize| match edge {
            Phrase::EdgeTop => (left + along, top - 1 - out),
            Phrase::EdgeBottom => (left + along, bottom + out),
            Phrase::EdgeLeft => (left - 1 - out, top + along),
            _ => (right + out, top + along),
        };
        let inked = |along: isize, out: isize| {
            let (x, y) = at(along, out);
            plates.total(x, y).is_some_and(|total| total > TRACE)
        };
        // A picture is bleed wherever it lies, also where it is white.
        let pictured = |along: isize, out: isize| {
            let (x, y) = at(along, out);
            plates.pictured(x, y)
        };
        // The outermost pixel may be cut by the box.
        let reach = (wanted.floor() as isize - 1).max(0);
        let bare = |along: &isize| {
            inked(*along, -2) && (0..reach).any(|out| !inked(*along, out) && !pictured(*along, out))
        };
        let missing: Vec<isize> = (2..length - 2).filter(bare).collect();
        if missing.len() > NICK {
            let mm = format!("{:.0}", missing.len() as f64 * 25.4 / 72.0);
            let (x, y) = at(missing[missing.len() / 2], -2);
            let place = plates.at(x.max(0) as usize, y.max(0) as usize);
            let diagnostic = Diagnostic::new(Code::BleedMissing)
                .arg("edge", edge)
                .arg("problem", Phrase::InkEdge(mm))
                .arg("wanted", format!("{:.1}", wanted * 25.4 / 72.0));
            found.push((diagnostic, Some(place)));
        }
    }
    found
}

fn ink(plates: &Plates, peak: (f64, (usize, usize)), expected: &Expected) -> Option<Placed> {
    let judge = |percent: f64, at: (usize, usize), place: Phrase| {
        Some((over_limit(percent, place, expected.job.ink)?, Some(plates.at(at.0, at.1))))
    };
    // A square is never heavier than its heaviest point.
    let told = judge(peak.0, peak.1, Phrase::InkPeak)?;
    let (mean, at) = plates.heaviest_square();
    judge(mean, at, Phrase::InkMean).or(Some(told))
}
