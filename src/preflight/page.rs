//! One page: its boxes, what is painted on it, and its plates.

use std::collections::{HashMap, HashSet};

use hayro_syntax::object::{Array, Dict, Name, Rect};
use hayro_syntax::page::Page;

use super::content::{self, Shared};
use super::fonts;
use super::geometry::{self, Boxes};
use super::plates::Plates;
use super::rules::{Painted, Placed, Rules, over_limit};
use super::{Expected, KnownPage, Part};
use crate::diag::{Arg, Code, Diagnostic, Phrase};

/// Findings of one kind that a page tells of; more would hide the others.
const MOST: usize = 3;
/// Part of full ink, of 255, that counts as painted.
const TRACE: u32 = 5;
/// Length of an edge without bleed that may be a matter of rounding, in points:
/// 1 mm.
const NICK: usize = 3;

/// What came of a page.
pub(super) struct Judged {
    /// Its greatest ink in percent, and whether that is no more than a bound
    /// from below.
    pub(super) ink: f64,
    pub(super) partial: bool,
    pub(super) findings: Vec<Diagnostic>,
    /// Where each finding is, in points from the trim's top left.
    pub(super) places: Vec<Option<(f64, f64)>>,
    /// Fonts whose glyphs are seen.
    pub(super) fonts: HashSet<fonts::Key>,
}

impl Judged {
    /// A page that broke the reader.
    pub(super) fn broken(index: usize) -> Self {
        let what = Diagnostic::new(Code::NotJudged).arg("what", Phrase::ReaderBroke);
        let (findings, places) = (vec![what.page(Some(index + 1))], vec![None]);
        Self { ink: 0.0, partial: true, findings, places, fonts: HashSet::new() }
    }
}

/// Judges a page, on `N` plates.
pub(super) fn check<'a, const N: usize>(
    page: &'a Page<'a>,
    index: usize,
    shared: Shared<'a>,
    expected: &Expected,
) -> Judged {
    let boxes = Boxes::read(page);
    let none = KnownPage::default();
    let known = expected.pages.get(index).unwrap_or(&none);
    let mut rules = Rules::<N>::new(expected.job, boxes, shared.blends, false);
    content::read(page, shared, &mut rules);
    let Painted { mut found, plates, partial, inked, fonts } = rules.done();
    found.extend(geometry::check(page, expected).into_iter().map(|d| (d, None)));
    found.extend(annotations(page, &boxes));
    found.extend(bleed(&plates, &boxes, index, expected));
    let peak = plates.peak();
    found.extend(ink(&plates, peak, expected));
    let read = !found.iter().any(|(d, _)| matches!(d.code, Code::BrokenContent | Code::NotJudged));
    if peak.0 < 0.5 && !inked && read && !known.blank {
        found.push((Diagnostic::new(Code::EmptyPage), None));
    }
    let located = merged(found).into_iter().map(|(diagnostic, at)| {
        // From page space to the trim's top left.
        let at = at.map(|(x, y)| (f64::from(x) - boxes.trim.x0, boxes.trim.y1 - f64::from(y)));
        let field = at.and_then(|at| known.field(at)).map(ToOwned::to_owned);
        let diagnostic = diagnostic.page(Some(index + 1)).person(known.person.clone());
        let diagnostic = match field {
            Some(field) => diagnostic.field(field),
            None => diagnostic,
        };
        (diagnostic, at)
    });
    let (findings, places) = located.unzip();
    Judged { ink: peak.0, partial, findings, places, fonts }
}

/// What a finding says.
type Said = (Code, Vec<(&'static str, Arg)>);

/// Equal findings as one, and of each kind no more than a few; the last of them
/// tells how many more there are.
fn merged(found: Vec<Placed>) -> Vec<Placed> {
    let mut kept: Vec<Placed> = Vec::new();
    let mut same: HashMap<Said, usize> = HashMap::new();
    let mut kinds: HashMap<String, (usize, usize)> = HashMap::new();
    for (diagnostic, at) in found {
        if let Some(index) = same.get(&(diagnostic.code, diagnostic.args.clone())) {
            kept[*index].0.more += 1;
            continue;
        }
        let (count, last) = kinds.entry(kind(&diagnostic)).or_default();
        if *count >= MOST {
            kept[*last].0.more += 1;
            continue;
        }
        (*count, *last) = (*count + 1, kept.len());
        same.insert((diagnostic.code, diagnostic.args.clone()), kept.len());
        kept.push((diagnostic, at));
    }
    kept
}

/// What kind of finding it is: its code, and what of its values is no measure
/// and no text.
fn kind(diagnostic: &Diagnostic) -> String {
    let telling = diagnostic.args.iter().filter(|(name, _)| {
        matches!(*name, "space" | "what" | "name" | "problem" | "edge" | "where" | "key" | "font")
    });
    let values = telling.map(|(name, value)| match value {
        Arg::Phrase(Phrase::SetText(_)) => format!("{name} text"),
        other => format!("{name} {other:?}"),
    });
    format!("{:?} {:?}", diagnostic.code, values.collect::<Vec<_>>())
}

/// Annotations that could be printed: those that reach into the bleed. Printers'
/// marks and traps are meant to (ISO 15930-7, 6.17).
fn annotations(page: &Page, boxes: &Boxes) -> Option<Placed> {
    let Some(annotations) = page.raw().get::<Array>(b"Annots") else {
        let other = page.raw().get::<Dict>(b"Annots").is_some();
        return other.then(|| (Diagnostic::new(Code::Interactive).arg("what", Phrase::Annotations), None));
    };
    let reaches = |annotation: Dict| {
        let kind = annotation.get::<Name>(b"Subtype");
        let meant = kind.is_some_and(|kind| matches!(kind.as_ref(), b"PrinterMark" | b"TrapNet"));
        let outside = annotation.get::<Rect>(b"Rect").is_some_and(|area| {
            area.x1.max(area.x0) <= boxes.bleed.x0
                || area.x0.min(area.x1) >= boxes.bleed.x1
                || area.y1.max(area.y0) <= boxes.bleed.y0
                || area.y0.min(area.y1) >= boxes.bleed.y1
        });
        !meant && !outside
    };
    annotations
        .iter::<Dict>()
        .any(reaches)
        .then(|| (Diagnostic::new(Code::Interactive).arg("what", Phrase::Annotations), None))
}

/// Bleed wherever ink reaches the trim: along each edge, what is inked just
/// inside must be inked all the way to the bleed.
fn bleed<const N: usize>(
    plates: &Plates<N>,
    boxes: &Boxes,
    index: usize,
    expected: &Expected,
) -> Vec<Placed> {
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
        if !missing.is_empty() {
            let mm = format!("{:.0}", (missing.len() as f64 * 25.4 / 72.0).max(1.0));
            let code = if missing.len() > NICK { Code::BleedMissing } else { Code::BleedNick };
            let (x, y) = at(missing[missing.len() / 2], -2);
            let place = plates.at(x.max(0) as usize, y.max(0) as usize);
            let diagnostic = Diagnostic::new(code)
                .arg("edge", edge)
                .arg("problem", Phrase::InkEdge(mm))
                .arg("wanted", format!("{:.1}", wanted * 25.4 / 72.0));
            found.push((diagnostic, Some(place)));
        }
    }
    found
}

fn ink<const N: usize>(
    plates: &Plates<N>,
    peak: (f64, (usize, usize)),
    expected: &Expected,
) -> Option<Placed> {
    let judge = |percent: f64, at: (usize, usize), place: Phrase| {
        Some((over_limit(percent, place, expected.job.ink)?, Some(plates.at(at.0, at.1))))
    };
    // A square is never heavier than its heaviest point.
    let told = judge(peak.0, peak.1, Phrase::InkPeak)?;
    let (mean, at) = plates.heaviest_square();
    let mean = judge(mean, at, Phrase::InkMean).filter(|(mean, _)| mean.severity == told.0.severity);
    mean.or(Some(told))
}
