//! The plates of a page at 72 pixels an inch: what ink lies where, groups and
//! masks included (ISO 32000-1, 11.3 and 11.4).

mod area;
mod areas;
mod blend;
mod clips;
mod coverage;
mod groups;
mod layers;
mod measures;

use tiny_skia::{Path, PathBuilder, Rect, Transform};

pub(super) use blend::Blend;
pub(super) use clips::Clip;
pub(super) use groups::{Group, Mask};
pub(super) use layers::lightness;

use super::inks::{ALL, MOST, Set};
use area::{Area, Coverage};
use clips::is_box;
use groups::Below;
use layers::{Layer, by};

/// Ink of a page within its bleed, a pixel a point, 255 a full plate. `N` of the
/// plates are computed.
pub(super) struct Plates<const N: usize> {
    /// Left edge and top edge in page space.
    left: f32,
    top: f32,
    pub(super) width: usize,
    pub(super) height: usize,
    layer: Layer<N>,
    below: Vec<Below<N>>,
    /// Where pictures and patterns lie, which may be white.
    pictured: Vec<bool>,
    /// Work that was done, in units of about a nanosecond.
    pub(super) spent: u64,
}

/// How far a soft mask lets paint through.
pub(super) struct SoftMask {
    area: Area,
    values: Vec<u8>,
    outside: u8,
}

impl SoftMask {
    fn at(&self, x: usize, y: usize) -> u32 {
        let inside = self.area.index(x, y).and_then(|index| self.values.get(index));
        u32::from(inside.copied().unwrap_or(self.outside))
    }
}

/// How something is painted.
pub(super) struct Coat<'c> {
    pub(super) inks: [u8; MOST],
    /// Plates that are written on.
    pub(super) plates: Set,
    pub(super) alpha: f32,
    pub(super) blend: Blend,
    pub(super) mask: Option<&'c SoftMask>,
    pub(super) clip: &'c Clip,
}

/// Ink at a point of a picture or a gradient.
#[derive(Clone, Copy)]
pub(super) struct Dab {
    pub(super) inks: [u8; MOST],
    pub(super) alpha: u8,
    /// Total ink of the heaviest sample that the pixel covers, of 255 a plate.
    pub(super) heaviest: u32,
}

/// Largest side and area of a page that are computed, in points: two hundred
/// inches, the most of a PDF page (ISO 32000-1, Annex C), and 2 m by 2 m.
const SIDE: f32 = 14_400.0;
const AREA: usize = 5_700 * 5_700;
/// Ink of a picture at a point of page space.
pub(super) type Sample<'a> = &'a dyn Fn(f32, f32) -> Option<Dab>;

impl<const N: usize> Plates<N> {
    /// Bare plates of an area of page space. Where the file `blends`, what was
    /// not painted yet counts as nothing there to blend with: a page is a group
    /// of its own before it comes on paper (ISO 32000-1, 11.4.7).
    pub(super) fn new([left, bottom, right, top]: [f32; 4], blends: bool) -> Self {
        let side = |length: f32| length.ceil().clamp(1.0, SIDE) as usize;
        let width = side(right - left);
        let height = side(top - bottom).min(AREA / width).max(1);
        let alpha = blends.then(|| vec![0; width * height]);
        let layer = Layer { ink: vec![[0; N]; width * height], alpha };
        Self { left, top, width, height, layer, below: vec![], pictured: vec![], spent: 0 }
    }

    /// Whether part of the area is not computed.
    pub(super) fn is_cut(&self, bottom: f32, right: f32) -> bool {
        (self.width as f32) < right - self.left || (self.height as f32) < self.top - bottom
    }

    /// Pixels per unit across and down: page space, y downwards.
    fn place(&self) -> Transform {
        Transform::from_row(1.0, 0.0, 0.0, -1.0, -self.left, self.top)
    }

    /// Where a pixel is in page space.
    pub(super) fn at(&self, x: usize, y: usize) -> (f32, f32) {
        (self.left + x as f32 + 0.5, self.top - y as f32 - 0.5)
    }

    /// Paints an area given by its outline in page space.
    pub(super) fn paint(&mut self, path: &Path, even_odd: bool, coat: &Coat) {
        if is_box(path) {
            return self.paint_box(path.bounds(), 1.0, coat);
        }
        self.paint_outline(path, even_odd, 1.0, coat);
    }

    /// Paints the outline of a letter in page space.
    pub(super) fn paint_letter(&mut self, path: &Path, coat: &Coat) {
        if let Some(coverage) = self.letter_coverage(path, coat.clip) {
            self.put_on(&coverage, 1.0, coat);
        }
    }

    fn paint_outline(&mut self, path: &Path, even_odd: bool, full: f32, coat: &Coat) {
        if let Some(coverage) = self.coverage(path, even_odd, coat.clip) {
            self.put_on(&coverage, full, coat);
        }
    }

    fn put_on(&mut self, coverage: &Coverage, full: f32, coat: &Coat) {
        let strength = (coat.alpha * full * 255.0).round() as u32;
        for (row, line) in coverage.values.chunks(coverage.area.width()).enumerate() {
            for (column, covered) in line.iter().enumerate().filter(|(_, covered)| **covered > 0) {
                let (x, y) = (coverage.area.x0 + column, coverage.area.y0 + row);
                let through = coat.mask.map_or(255, |mask| mask.at(x, y));
                let alpha = by(by(u32::from(*covered), strength), through);
                self.layer.put(y * self.width + x, &coat.inks, coat.plates, coat.blend, alpha);
            }
        }
    }

    /// Paints a box, of which a part is inked: most of what is on a page. Its
    /// edges are rounded to whole pixels; one narrower than a pixel is lighter
    /// instead.
    pub(super) fn paint_box(&mut self, area: Rect, full: f32, coat: &Coat) {
        if coat.clip.outline.is_some() || coat.mask.is_some() || coat.blend != Blend::Normal {
            return self.paint_outline(&PathBuilder::from_rect(area), false, full, coat);
        }
        let area = match coat.clip.bounds {
            Some(bounds) => area.intersect(&bounds),
            None => Some(area),
        };
        let Some(area) = area else { return };
        let across = span(area.left() - self.left, area.right() - self.left, self.width);
        let down = span(self.top - area.bottom(), self.top - area.top(), self.height);
        let alpha = (coat.alpha * full * across.1 * down.1 * 255.0).round() as u32;
        if across.0.is_empty() || down.0.is_empty() || alpha == 0 {
            return;
        }
        self.spent += (across.0.len() * down.0.len()) as u64 / 4;
        let mut inks = [0; N];
        inks.copy_from_slice(&coat.inks[..N]);
        for y in down.0 {
            let from = y * self.width + across.0.start;
            let to = from + across.0.len();
            if alpha >= 255 && coat.plates == ALL {
                self.layer.ink[from..to].fill(inks);
                if let Some(covers) = &mut self.layer.alpha {
                    covers[from..to].fill(255);
                }
            } else {
                self.layer.put_row(from..to, &coat.inks, coat.plates, alpha.min(255));
            }
        }
    }

    /// Paints what differs from point to point, within an outline. Tells the
    /// heaviest sample that is seen whole.
    pub(super) fn paint_by(&mut self, path: &Path, coat: &Coat, sample: Sample) -> u32 {
        let Some(coverage) = self.coverage(path, false, coat.clip) else { return 0 };
        let strength = (coat.alpha * 255.0).round() as u32;
        self.spent += coverage.area.size() as u64 * 12;
        self.pictured.resize(self.width * self.height, false);
        let mut heaviest = 0;
        for (row, line) in coverage.values.chunks(coverage.area.width()).enumerate() {
            for (column, covered) in line.iter().enumerate().filter(|(_, covered)| **covered > 0) {
                let (x, y) = (coverage.area.x0 + column, coverage.area.y0 + row);
                let (px, py) = self.at(x, y);
                let Some(dab) = sample(px, py) else { continue };
                let through = coat.mask.map_or(255, |mask| mask.at(x, y));
                let own = by(u32::from(dab.alpha), through);
                if own > 0 && self.is_page() {
                    self.pictured[y * self.width + x] = true;
                }
                if own >= 250 && *covered > 200 && strength >= 250 {
                    heaviest = heaviest.max(dab.heaviest);
                }
                let alpha = by(by(u32::from(*covered), strength), own);
                self.layer.put(y * self.width + x, &dab.inks, coat.plates, coat.blend, alpha);
            }
        }
        heaviest
    }

    /// Marks an area that may be white and is meant to be.
    pub(super) fn texture(&mut self, area: Rect) {
        if let Some(Area { x0, y0, x1, y1 }) = self.pixels_of(area).filter(|_| self.is_page()) {
            self.pictured.resize(self.width * self.height, false);
            (y0..y1).for_each(|y| self.pictured[y * self.width + x0..y * self.width + x1].fill(true));
        }
    }

    /// Whether what is painted is no mask.
    fn is_page(&self) -> bool {
        !self.below.iter().any(|below| matches!(below, Below::Mask(_)))
    }

    /// Pixels that an area touches, as far as a clip lets it.
    fn pixels(&self, area: Rect, clip: &Clip) -> Option<Area> {
        let mut area = area;
        if let Some(bounds) = clip.bounds {
            let bounds = PathBuilder::from_rect(bounds).transform(self.place())?.bounds();
            area = area.intersect(&bounds)?;
        }
        let inside = |v: f32, most: usize| v.clamp(0.0, most as f32) as usize;
        let (x0, y0) = (inside(area.left().floor(), self.width), inside(area.top().floor(), self.height));
        let (x1, y1) = (inside(area.right().ceil(), self.width), inside(area.bottom().ceil(), self.height));
        (x0 < x1 && y0 < y1).then_some(Area { x0, y0, x1, y1 })
    }

    fn pixels_of(&self, area: Rect) -> Option<Area> {
        let area = PathBuilder::from_rect(area).transform(self.place())?.bounds();
        self.pixels(area, &Clip::default())
    }

    /// Pixels of a group or mask; all of them where it has no bounds.
    fn area_of(&self, bounds: Option<Rect>) -> Option<Area> {
        match bounds {
            Some(bounds) => self.pixels_of(bounds),
            None => Some(Area { x0: 0, y0: 0, x1: self.width, y1: self.height }),
        }
    }

    /// The most ink of each plate under an area.
    pub(super) fn under(&self, area: Rect) -> [u8; MOST] {
        let mut most = [0; MOST];
        if let Some(Area { x0, y0, x1, y1 }) = self.pixels_of(area) {
            let (across, down) = ((x1 - x0).div_ceil(32), (y1 - y0).div_ceil(32));
            for y in (y0..y1).step_by(down) {
                for x in (x0..x1).step_by(across) {
                    let ink = self.layer.ink[y * self.width + x];
                    most.iter_mut().zip(ink).for_each(|(most, ink)| *most = (*most).max(ink));
                }
            }
        }
        most
    }
}

/// Whole pixels that a length covers, at least one, and how full they are.
fn span(from: f32, to: f32, most: usize) -> (std::ops::Range<usize>, f32) {
    let (start, end) = (from.round(), to.round());
    let (start, end) = if end > start { (start, end) } else { (from.floor(), from.floor() + 1.0) };
    let full = ((to - from) / (end - start)).min(1.0);
    let inside = |v: f32| v.clamp(0.0, most as f32) as usize;
    (inside(start)..inside(end), if end - start > 1.0 { 1.0 } else { full })
}
