//! Whether words that are set can be read: large enough, within the trim, in
//! another colour than what lies under them, under nothing that hides them.

use typst::foundations::Smart;
use typst::layout::Frame;
use typst::text::TextItem;
use typst::visualize::{Cmyk, Color, Paint, ProcessColor};

use super::rendered;
use super::sheet::{Home, Item, Sheet, What, opaque};
use crate::check::is_han;
use crate::diag::Phrase;
use crate::pictures::Area;

/// Smallest size that can be read, in points.
const SMALLEST: f64 = 4.0;
/// Rounding, in points.
const SLACK: f64 = 0.75;
/// Least ratio of luminances that tells words from their ground.
const CONTRAST: f64 = 1.5;
/// Shorter side of a page for which the smallest size is meant, in points: what
/// is larger is read from farther away.
const PAGE: f64 = 700.0;

/// Words of a slot, or a page number, that cannot be read: which, the words, why.
pub(super) fn hidden(
    frame: &Frame,
    fill: &Smart<Option<Paint>>,
    sheet: &Sheet,
) -> Vec<(Home, String, Phrase)> {
    let mut found = Vec::new();
    let mut doubtful = Vec::new();
    let smallest = SMALLEST * (sheet.trim.width().min(sheet.trim.height()) / PAGE).max(1.0);
    for (i, item) in sheet.items.iter().enumerate() {
        let What::Words { run, size, distorted, home, .. } = &item.what else { continue };
        if *home == Home::Template || run.text.trim().is_empty() {
            continue;
        }
        let mut tell = |why| found.push((*home, run.text.to_string(), why));
        if *size < smallest {
            tell(Phrase::TooSmall(format!("{size:.1}")));
        } else if *distorted || is_crowded(run) {
            tell(Phrase::Distorted);
        } else if collides(sheet, i) {
            tell(Phrase::Collides);
        } else if !within(item.area, sheet.trim) {
            tell(Phrase::OutsideTrim);
        } else if let Some(why) = judged(sheet, i, run.stroke.is_some(), &run.fill) {
            match why {
                Doubt::Same => tell(Phrase::SameColour),
                Doubt::Look => doubtful.push((i, glyphs(run, item.area))),
            }
        }
    }
    let shown = rendered::shown(frame, fill, &doubtful);
    for ((item, _), part) in doubtful.into_iter().zip(shown) {
        let What::Words { run, home, .. } = &sheet.items[item].what else { continue };
        if part < rendered::ENOUGH {
            found.push((*home, run.text.to_string(), Phrase::Covered));
        }
    }
    found
}

/// Fewest characters of a run that can be crowded, or run into another line of
/// its own slot, and their least mean advance in em: marks at half width and all.
const LINE: usize = 6;
const CROWDED: f64 = 0.72;

/// Whether the characters of a line stand on one another.
fn is_crowded(run: &TextItem) -> bool {
    let count = run.glyphs.len();
    count >= LINE
        && run.text.chars().all(|c| is_han(c) || "，。、；：！？“”‘’（）《》".contains(c))
        && run.width().to_pt() < CROWDED * run.size.to_pt() * count as f64
}

/// Part of words over which others may reach, as marks and tight lines do.
const REACH: f64 = 0.3;
/// Size from which words are an ornament, in points.
const ORNAMENT: f64 = 100.0;

/// Whether other words stand on these: neither their own shadow nor an ornament
/// behind them.
fn collides(sheet: &Sheet, i: usize) -> bool {
    let What::Words { run, size, home, .. } = &sheet.items[i].what else { return false };
    let area = sheet.items[i].visible();
    let surface = |area: Area| area.width().max(0.0) * area.height().max(0.0);
    sheet.items.iter().enumerate().filter(|(at, _)| *at != i).any(|(_, item)| {
        let What::Words { run: other, size: large, home: whose, .. } = &item.what else { return false };
        let common = item.visible().and(area);
        let apart = common.width() <= SLACK || common.height() <= SLACK;
        // One mark alone is an ornament, such as a large quotation mark.
        let mark = *whose == Home::Template && other.text.chars().count() == 1;
        let short = [run, other].iter().any(|run| run.text.chars().count() < LINE);
        let own = home == whose && short;
        let alike = mark || other.text == run.text || *large > ORNAMENT.max(3.0 * size) || own;
        !apart && !alike && surface(common) > REACH * surface(area).min(surface(item.visible()))
    })
}

enum Doubt {
    /// The colour is that of the ground.
    Same,
    /// Only a picture of the page can tell.
    Look,
}

/// What speaks against words being seen; nothing for plain words on a plain
/// ground with nothing over them.
fn judged(sheet: &Sheet, i: usize, stroked: bool, fill: &Paint) -> Option<Doubt> {
    let item = &sheet.items[i];
    let own_size = item.area.height();
    let clipped = item.clip.is_some_and(|clip| !within(item.area, clip));
    let over = sheet.items[i + 1..].iter().any(|later| {
        let hides = !matches!(later.what, What::Hairline);
        hides && paints(later, item.area)
    });
    // Words one beside the other touch; only large ones are a ground.
    let grounds = |what: &What| match what {
        What::Hairline => false,
        What::Words { size, .. } => *size >= 2.0 * own_size,
        What::Flat(_) | What::Picture { .. } | What::Other => true,
    };
    let under = sheet.items[..i].iter().rev();
    let under = under.into_iter().find(|it| grounds(&it.what) && paints(it, item.area));
    let ground = match under.map(|under| (&under.what, under.visible())) {
        None => sheet.ground.clone(),
        Some((What::Flat(color), area)) if area.contains(item.area) => Some(color.clone()),
        Some(_) => None,
    };
    match (fill, ground) {
        (Paint::Solid(color), Some(ground)) if !clipped && !over && !stroked && opaque(color) => {
            (!differs(color, &ground)).then_some(Doubt::Same)
        }
        _ => Some(Doubt::Look),
    }
}

/// Whether something leaves ink in an area.
fn paints(item: &Item, area: Area) -> bool {
    touches(item.visible(), area) && touches(item.inked(), area)
}

fn within(inner: Area, outer: Area) -> bool {
    inner.left >= outer.left - SLACK
        && inner.top >= outer.top - SLACK
        && inner.right <= outer.right + SLACK
        && inner.bottom <= outer.bottom + SLACK
}

/// Whether two areas overlap by more than rounding.
fn touches(a: Area, b: Area) -> bool {
    let common = a.and(b);
    common.width() > SLACK && common.height() > SLACK
}

/// Whether one colour can be told from the other.
fn differs(a: &Color, b: &Color) -> bool {
    let [a, b] = [a, b].map(light);
    let luminance = |[r, g, b]: [f64; 3]| {
        // Relative luminance (WCAG 2.2).
        let linear = |v: f64| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    };
    let (light, dark) = (luminance(a).max(luminance(b)), luminance(a).min(luminance(b)));
    (light + 0.05) / (dark + 0.05) >= CONTRAST
}

/// The boxes of the glyphs of words that stand upright, else one for all.
fn glyphs(run: &TextItem, area: Area) -> Vec<Area> {
    let width = run.width().to_pt();
    if width <= 0.0 || (area.width() - width).abs() > SLACK {
        return vec![area];
    }
    let mut left = area.left;
    let boxes = run.glyphs.iter().map(|glyph| {
        let right = left + glyph.x_advance.at(run.size).to_pt();
        Area { left: std::mem::replace(&mut left, right), right, ..area }
    });
    boxes.collect()
}

/// Red, green and blue of a colour, near enough to tell it from another: a
/// profile would take as long as all the rest.
fn light(color: &Color) -> [f64; 3] {
    match color.to_process() {
        ProcessColor::Cmyk(Cmyk { c, m, y, k }) => [c, m, y].map(|ink| f64::from((1.0 - ink) * (1.0 - k))),
        other => {
            let rgb = other.to_rgb();
            [rgb.color.red, rgb.color.green, rgb.color.blue].map(f64::from)
        }
    }
}
