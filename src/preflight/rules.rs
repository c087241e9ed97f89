//! The rules for what is painted: overprint, black, small text, lines,
//! pictures, colour spaces, the safety zone.

mod inks;
mod lines;
mod looks;
mod pictures;
mod texts;

pub(super) use inks::over_limit;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use tiny_skia::Rect;

use super::colour::Space;
use super::fonts;
use super::geometry::Boxes;
use super::images::{Masks, Pixels};
use super::inks::{ALL, Inks, MOST, PROCESS_SET, Set};
use super::plates::{Clip, Coat, Plates};
use super::state::{Overprint, Paint, State};
use crate::diag::{Arg, Diagnostic, Phrase};
use crate::model::PrintJob;

/// Characters of a text that a finding shows.
const SHOWN: usize = 12;
/// Triangles' share of a page's budget, each.
const TRIANGLE: u64 = 80;

/// A finding and where it is in page space.
pub(super) type Placed = (Diagnostic, Option<(f32, f32)>);

pub(super) struct Rules<'a, const N: usize> {
    job: &'a PrintJob,
    boxes: Boxes,
    plates: Plates<N>,
    found: Vec<Placed>,
    /// What is painted was looked at before.
    again: bool,
    /// Masks that are drawn: what they paint is not seen.
    masks: usize,
    /// Whether some ink is not computed as it will be printed.
    partial: bool,
    /// Whether something was painted that is more than paper.
    inked: bool,
    /// Whether overprint is taken away, to see what it does.
    flat: bool,
    fonts: HashSet<fonts::Key>,
    pictures: HashMap<usize, Rc<(Pixels, Masks)>>,
    kept: usize,
    spent: u64,
}

/// What came of a page.
pub(super) struct Painted<const N: usize> {
    pub(super) found: Vec<Placed>,
    pub(super) plates: Plates<N>,
    pub(super) partial: bool,
    /// Whether there is more on it than paper.
    pub(super) inked: bool,
    /// Fonts whose glyphs are seen.
    pub(super) fonts: HashSet<fonts::Key>,
}

impl<'a, const N: usize> Rules<'a, N> {
    pub(super) fn new(job: &'a PrintJob, boxes: Boxes, blends: bool, flat: bool) -> Self {
        let b = boxes.bleed;
        let area = [b.x0, b.y0, b.x1, b.y1].map(|v| v as f32);
        let plates = Plates::new(area, blends);
        let partial = plates.is_cut(area[1], area[2]);
        Self {
            job,
            boxes,
            plates,
            found: vec![],
            again: false,
            masks: 0,
            partial,
            inked: false,
            flat,
            fonts: HashSet::new(),
            pictures: HashMap::new(),
            kept: 0,
            spent: 0,
        }
    }

    pub(super) fn done(self) -> Painted<N> {
        let Self { found, plates, partial, inked, fonts, .. } = self;
        Painted { found, plates, partial, inked, fonts }
    }

    /// Tells of something within an area, once for all cells of a pattern.
    fn tell(&mut self, diagnostic: Diagnostic, at: Rect) {
        if !self.again {
            let middle = ((at.left() + at.right()) / 2.0, (at.top() + at.bottom()) / 2.0);
            self.found.push((diagnostic, Some(middle)));
        }
    }

    /// Whether what is painted is to be judged: seen, and for the first time.
    fn judges(&self) -> bool {
        !self.again && self.masks == 0
    }

    fn bleed(&self) -> Option<Rect> {
        let b = self.boxes.bleed;
        Rect::from_ltrb(b.x0 as f32, b.y0 as f32, b.x1 as f32, b.y1 as f32)
    }

    /// The part of an area within the bleed; marks outside are no concern.
    fn seen(&self, area: Rect, state: &State) -> Option<Rect> {
        // A line has no area, but can be seen.
        let area = Rect::from_ltrb(
            area.left(),
            area.top(),
            area.right().max(area.left() + 0.01),
            area.bottom().max(area.top() + 0.01),
        )?;
        let seen = area.intersect(&self.bleed()?)?;
        match state.clip.bounds {
            Some(clip) if clip.width() <= 0.0 || clip.height() <= 0.0 => None,
            Some(clip) => seen.intersect(&clip),
            None => Some(seen),
        }
    }

    fn over(&self, over: Overprint) -> Overprint {
        if self.flat { Overprint::default() } else { over }
    }

    /// How a colour is painted.
    fn coat<'c>(&self, paint: &Paint, inks: &Inks, stroke: bool, state: &'c State) -> Coat<'c> {
        let over = if stroke { state.stroke_overprint() } else { state.fill_overprint() };
        Coat {
            inks: inks.bytes(),
            plates: paint.plates(inks, self.over(over)),
            alpha: if stroke { state.stroke_alpha } else { state.alpha },
            blend: state.blend,
            mask: state.mask.as_deref(),
            clip: &state.clip,
        }
    }

    /// How a picture or a gradient is painted: overprint mode 1 is for plain
    /// colours alone (ISO 32000-1, table 148).
    fn coat_of<'c>(&self, space: &Space, clip: &'c Clip, state: &'c State) -> Coat<'c> {
        let over = self.over(state.fill_overprint()).on;
        let of: Set = match space.colorants() {
            [] => PROCESS_SET,
            colorants => Inks::tints(colorants.iter().map(|(_, plate)| (*plate, &1.0))).of,
        };
        Coat {
            inks: [0; MOST],
            plates: if over || space.is_none() { of } else { ALL },
            alpha: state.alpha,
            blend: state.blend,
            mask: state.mask.as_deref(),
            clip,
        }
    }
}

fn around(a: Rect, b: Rect) -> Rect {
    let (left, top) = (a.left().min(b.left()), a.top().min(b.top()));
    Rect::from_ltrb(left, top, a.right().max(b.right()), a.bottom().max(b.bottom())).unwrap_or(a)
}

/// What something is called that shows a text.
fn set_text(text: &str) -> Arg {
    Phrase::SetText(text.chars().take(SHOWN).collect()).into()
}
