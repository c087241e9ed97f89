//! The four plates of a page at 72 pixels an inch: what ink lies where.

use tiny_skia::{FillRule, Mask, Path, Rect, Transform};

use super::state::{Clip, Overprint};

/// Ink of a page within its bleed, a pixel a point, 255 a full plate.
pub(super) struct Plates {
    /// Left edge and top edge in page space.
    left: f32,
    top: f32,
    pub(super) width: usize,
    pub(super) height: usize,
    ink: Vec<[u8; 4]>,
    /// Where pictures lie.
    pictured: Vec<bool>,
}

/// Side of the square over which mean ink is taken: 15 mm in points.
const SQUARE: usize = 43;
/// Largest side and area of a page that are computed, in points: two hundred
/// inches, the most of a PDF page (ISO 32000-1, Annex C), and 2 m by 2 m.
const SIDE: f32 = 14_400.0;
const AREA: usize = 5_700 * 5_700;

/// Ink of a picture at a point of page space.
pub(super) type Sample<'a> = &'a dyn Fn(f32, f32) -> Option<[u8; 4]>;

impl Plates {
    /// Bare plates of an area of page space.
    pub(super) fn new(left: f32, bottom: f32, right: f32, top: f32) -> Self {
        let side = |length: f32| length.ceil().clamp(1.0, SIDE) as usize;
        let width = side(right - left);
        let height = side(top - bottom).min(AREA / width);
        Self { left, top, width, height, ink: vec![[0; 4]; width * height], pictured: vec![] }
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
    pub(super) fn paint(
        &mut self,
        path: &Path,
        even_odd: bool,
        clip: &Clip,
        strength: f32,
        ink: [f32; 4],
        over: Overprint,
    ) {
        if is_box(path) {
            return self.paint_box(path.bounds(), clip, strength, ink, over);
        }
        self.paint_outline(path, even_odd, clip, strength, ink, over);
    }

    fn paint_outline(
        &mut self,
        path: &Path,
        even_odd: bool,
        clip: &Clip,
        strength: f32,
        ink: [f32; 4],
        over: Overprint,
    ) {
        let ink = ink.map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8);
        let strength = (strength * 255.0) as u32;
        self.cover(path, even_odd, clip, |pixel, coverage, _| {
            blend(pixel, ink, coverage * strength / 255, over)
        });
    }

    /// Paints a box: most of what is on a page. Its edges are rounded to whole
    /// pixels; one narrower than a pixel is lighter instead.
    pub(super) fn paint_box(
        &mut self,
        area: Rect,
        clip: &Clip,
        strength: f32,
        ink: [f32; 4],
        over: Overprint,
    ) {
        if !clip.paths.is_empty() {
            let path = tiny_skia::PathBuilder::from_rect(area);
            return self.paint_outline(&path, false, clip, strength, ink, over);
        }
        let area = match clip.bounds {
            Some(bounds) => area.intersect(&bounds),
            None => Some(area),
        };
        let Some(area) = area else { return };
        let across = span(area.left() - self.left, area.right() - self.left, self.width);
        let down = span(self.top - area.bottom(), self.top - area.top(), self.height);
        let strength = strength * across.1 * down.1;
        let coverage = (strength * 255.0).round() as u32;
        let ink = ink.map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8);
        if across.0.is_empty() || down.0.is_empty() || coverage == 0 {
            return;
        }
        for y in down.0 {
            let row = &mut self.ink[y * self.width..][across.0.clone()];
            if coverage >= 255 && !over.on {
                row.fill(ink);
            } else {
                row.iter_mut().for_each(|pixel| blend(pixel, ink, coverage, over));
            }
        }
    }

    /// Paints a picture whose outline is given.
    pub(super) fn paint_picture(&mut self, path: &Path, clip: &Clip, strength: f32, sample: Sample) {
        let (left, top) = (self.left, self.top);
        let strength = (strength * 255.0) as u32;
        let mut pictured = std::mem::take(&mut self.pictured);
        pictured.resize(self.width * self.height, false);
        let width = self.width;
        self.cover(path, false, clip, |pixel, coverage, (x, y)| {
            pictured[y * width + x] = true;
            if let Some(ink) = sample(left + x as f32 + 0.5, top - y as f32 - 0.5) {
                blend(pixel, ink, coverage * strength / 255, Overprint::default());
            }
        });
        self.pictured = pictured;
    }

    fn cover(
        &mut self,
        path: &Path,
        even_odd: bool,
        clip: &Clip,
        mut put: impl FnMut(&mut [u8; 4], u32, (usize, usize)),
    ) {
        let Some(path) = path.clone().transform(self.place()) else { return };
        let Some((x0, y0, x1, y1)) = self.pixels(path.bounds(), clip) else { return };
        let Some(mut mask) = Mask::new((x1 - x0) as u32, (y1 - y0) as u32) else { return };
        let shift = Transform::from_translate(-(x0 as f32), -(y0 as f32));
        mask.fill_path(&path, rule(even_odd), true, shift);
        if let Some(bounds) = clip.bounds {
            let bounds = tiny_skia::PathBuilder::from_rect(bounds);
            mask.intersect_path(&bounds, FillRule::Winding, true, shift.pre_concat(self.place()));
        }
        for clip in &clip.paths {
            mask.intersect_path(&clip.0, rule(clip.1), true, shift.pre_concat(self.place()));
        }
        for (row, line) in mask.data().chunks(x1 - x0).enumerate() {
            let start = (y0 + row) * self.width + x0;
            let pixels = &mut self.ink[start..start + line.len()];
            for (column, (pixel, coverage)) in pixels.iter_mut().zip(line).enumerate() {
                if *coverage > 0 {
                    put(pixel, u32::from(*coverage), (x0 + column, y0 + row));
                }
            }
        }
    }

    /// Pixels that an area touches, as half-open ranges.
    fn pixels(&self, area: Rect, clip: &Clip) -> Option<(usize, usize, usize, usize)> {
        let mut area = area;
        if let Some(bounds) = clip.bounds {
            let bounds = tiny_skia::PathBuilder::from_rect(bounds).transform(self.place())?.bounds();
            area = area.intersect(&bounds)?;
        }
        let inside = |v: f32, most: usize| v.clamp(0.0, most as f32) as usize;
        let (x0, y0) = (inside(area.left().floor(), self.width), inside(area.top().floor(), self.height));
        let (x1, y1) = (inside(area.right().ceil(), self.width), inside(area.bottom().ceil(), self.height));
        (x0 < x1 && y0 < y1).then_some((x0, y0, x1, y1))
    }

    /// Total ink of a pixel, of 255 a plate; none outside.
    pub(super) fn total(&self, x: isize, y: isize) -> Option<u32> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        (x < self.width && y < self.height).then(|| sum(self.ink[y * self.width + x]))
    }

    /// Whether a picture lies on a pixel.
    pub(super) fn pictured(&self, x: isize, y: isize) -> bool {
        let inside = x >= 0 && y >= 0 && (x as usize) < self.width && (y as usize) < self.height;
        inside && self.pictured.get(y as usize * self.width + x as usize).is_some_and(|p| *p)
    }

    /// The heaviest pixel: percent and place.
    pub(super) fn peak(&self) -> (f64, (usize, usize)) {
        let heaviest = self.ink.iter().map(|ink| sum(*ink)).max().expect("a page has a pixel");
        let i = self.ink.iter().position(|ink| sum(*ink) == heaviest).expect("just found");
        (percent(f64::from(heaviest)), (i % self.width, i / self.width))
    }

    /// The heaviest square of 15 mm: mean percent and its middle.
    pub(super) fn heaviest_square(&self) -> (f64, (usize, usize)) {
        let (w, h) = (SQUARE.min(self.width), SQUARE.min(self.height));
        let mut columns = vec![0_u32; self.width];
        let mut heaviest = (0, (0, 0));
        for y in 0..self.height {
            for (x, column) in columns.iter_mut().enumerate() {
                *column += sum(self.ink[y * self.width + x]);
                if y >= h {
                    *column -= sum(self.ink[(y - h) * self.width + x]);
                }
            }
            if y + 1 < h {
                continue;
            }
            let mut square: u32 = columns[..w].iter().sum();
            for x in 0..=self.width - w {
                if square > heaviest.0 {
                    heaviest = (square, (x + w / 2, y + 1 - h / 2));
                }
                if x + w < self.width {
                    square = square + columns[x + w] - columns[x];
                }
            }
        }
        (percent(f64::from(heaviest.0) / (w * h) as f64), heaviest.1)
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

/// Whether a path is nothing but its own bounds.
pub(super) fn is_box(path: &Path) -> bool {
    let bounds = path.bounds();
    let on_edge = |p: &tiny_skia::Point| {
        let near = |a: f32, b: f32| (a - b).abs() < 0.01;
        (near(p.x, bounds.left()) || near(p.x, bounds.right()))
            && (near(p.y, bounds.top()) || near(p.y, bounds.bottom()))
    };
    (4..=6).contains(&path.points().len()) && path.points().iter().all(on_edge)
}

fn rule(even_odd: bool) -> FillRule {
    if even_odd { FillRule::EvenOdd } else { FillRule::Winding }
}

fn sum(ink: [u8; 4]) -> u32 {
    ink.iter().map(|v| u32::from(*v)).sum()
}

fn percent(total: f64) -> f64 {
    total / 2.55
}

/// Puts ink on a pixel. In nonzero overprint mode, plates without ink are left
/// alone.
fn blend(pixel: &mut [u8; 4], ink: [u8; 4], coverage: u32, over: Overprint) {
    for (plate, ink) in pixel.iter_mut().zip(ink) {
        if !(over.on && over.nonzero && ink == 0) {
            let (old, new) = (u32::from(*plate), u32::from(ink));
            *plate = ((old * (255 - coverage) + new * coverage + 127) / 255) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOCK: Overprint = Overprint { on: false, nonzero: true };
    const OVER: Overprint = Overprint { on: true, nonzero: true };

    fn full(plates: &mut Plates, ink: [f32; 4], over: Overprint) {
        let area = Rect::from_xywh(0.0, 0.0, 100.0, 100.0).unwrap();
        plates.paint_box(area, &Clip::default(), 1.0, ink, over);
    }

    #[test]
    fn overprint_adds_and_knock_out_replaces() {
        let mut plates = Plates::new(0.0, 0.0, 100.0, 100.0);
        full(&mut plates, [0.5, 1.0, 0.5, 0.0], KNOCK);
        full(&mut plates, [0.0, 0.0, 0.0, 1.0], OVER);
        assert!((plates.peak().0 - 300.0).abs() < 1.0, "{:?}", plates.peak());
        full(&mut plates, [0.0, 0.0, 0.0, 1.0], KNOCK);
        assert!((plates.heaviest_square().0 - 100.0).abs() < 0.5);
    }

    #[test]
    fn a_square_finds_the_heaviest_corner() {
        let mut plates = Plates::new(0.0, 0.0, 200.0, 200.0);
        let area = Rect::from_xywh(150.0, 0.0, 50.0, 50.0).unwrap();
        plates.paint_box(area, &Clip::default(), 1.0, [1.0; 4], KNOCK);
        let (mean, (x, y)) = plates.heaviest_square();
        assert!((mean - 400.0).abs() < 1.0 && x > 160 && y > 160, "{mean} {x} {y}");
    }
}
