//! The rules for what is painted: overprint, black, small text, lines,
//! pictures, colour spaces, the safety zone.

mod lines;
mod pictures;

pub(super) use pictures::over_limit;

use hayro_syntax::object::Stream;
use tiny_skia::{Path, PathBuilder, Rect, Transform};

use super::colour::Space;
use super::content::{Inspector, Run};
use super::geometry::Boxes;
use super::images::{self, Pixels};
use super::plates::Plates;
use super::state::{GraphicsState, Overprint, Paint};
use crate::diag::{Arg, Code, Diagnostic, Phrase};
use crate::model::PrintJob;

/// Part of a small character's box that is ink.
const TEXT_INK: f32 = 0.33;
/// Text larger than this is decoration, which a cut may touch, in points.
const DECORATION: f32 = 100.0;
/// Characters of a text that a finding shows.
const SHOWN: usize = 12;

/// A finding and where it is in page space.
pub(super) type Placed = (Diagnostic, Option<(f32, f32)>);

pub(super) struct Rules<'a> {
    job: &'a PrintJob,
    boxes: Boxes,
    plates: Plates,
    found: Vec<Placed>,
    /// Inside a tiling or a mask, whose places on the page are many: colours
    /// are judged, sizes and places are not.
    tile: usize,
    /// Whether something was painted whose ink is not computed.
    partial: bool,
}

impl<'a> Rules<'a> {
    pub(super) fn new(job: &'a PrintJob, boxes: Boxes) -> Self {
        let [left, bottom, right, top] = [boxes.bleed.x0, boxes.bleed.y0, boxes.bleed.x1, boxes.bleed.y1];
        let plates = Plates::new(left as f32, bottom as f32, right as f32, top as f32);
        Self { job, boxes, plates, found: vec![], tile: 0, partial: false }
    }

    pub(super) fn done(self) -> (Vec<Placed>, Plates, bool) {
        (self.found, self.plates, self.partial)
    }

    fn tell(&mut self, diagnostic: Diagnostic, at: Rect) {
        let middle = ((at.left() + at.right()) / 2.0, (at.top() + at.bottom()) / 2.0);
        self.found.push((diagnostic, Some(middle)));
    }

    /// The part of an area within the bleed; marks outside are no concern.
    fn seen(&self, area: Rect, state: &GraphicsState) -> Option<Rect> {
        let b = self.boxes.bleed;
        let page = Rect::from_ltrb(b.x0 as f32, b.y0 as f32, b.x1 as f32, b.y1 as f32)?;
        if self.tile > 0 {
            return Some(page);
        }
        // A line has no area, but can be seen.
        let area = Rect::from_ltrb(
            area.left(),
            area.top(),
            area.right().max(area.left() + 0.01),
            area.bottom().max(area.top() + 0.01),
        )?;
        let seen = area.intersect(&page)?;
        match state.clip.bounds {
            Some(clip) => seen.intersect(&clip),
            None => Some(seen),
        }
    }

    /// Colour space, spots and white: what every paint has to obey.
    fn paint(&mut self, paint: &Paint, over: Overprint, what: &Arg, at: Rect) {
        self.space(&paint.space, what, at);
        let white = paint.ink().is_some_and(|ink| ink.iter().all(|v| *v == 0.0));
        if white && over.on && matches!(paint.space, Space::Cmyk | Space::Gray) {
            self.tell(Diagnostic::new(Code::WhiteOverprints).arg("what", what.clone()), at);
        }
    }

    /// Ink of a colour inside a tiling, which is nowhere on the plates.
    fn tile_ink(&mut self, paint: &Paint, at: Rect) {
        let total: f32 = paint.ink().map_or(0.0, |ink| ink.iter().sum());
        self.heavy(f64::from(total) * 100.0, Phrase::InkTile, at);
    }

    fn space(&mut self, space: &Space, what: &Arg, at: Rect) {
        if let Some(name) = space.foreign() {
            let diagnostic = Diagnostic::new(Code::ForeignColour).arg("space", name);
            self.tell(diagnostic.arg("what", what.clone()), at);
        }
        for name in space.spots() {
            if !self.job.spots.iter().any(|spot| spot == name) {
                self.tell(Diagnostic::new(Code::SpotColour).arg("name", name), at);
            }
        }
    }
}

impl Inspector for Rules<'_> {
    fn text(&mut self, run: &Run, state: &GraphicsState) {
        let areas = run.boxes.iter().copied().chain(run.outlines.iter().map(Path::bounds));
        let Some(area) = areas.reduce(around) else { return };
        let Some(at) = self.seen(area, state) else { return };
        let text: String = run.text.chars().take(SHOWN).collect();
        let what: Arg = Phrase::SetText(text.clone()).into();
        let mode = state.text.mode;
        let outlined = matches!(mode, 1 | 2 | 5 | 6);
        if outlined {
            self.paint(&state.stroke, state.stroke_overprint(), &what, at);
        }
        let (paint, over) = match matches!(mode, 1 | 5) {
            true => (&state.stroke, state.stroke_overprint()),
            false => (&state.fill, state.fill_overprint()),
        };
        if self.tile > 0 {
            self.paint(paint, over, &what, at);
            return self.tile_ink(paint, at);
        }
        if run.size <= DECORATION {
            self.safety(area, &text);
        }
        self.paint(paint, over, &what, at);
        self.text_colour(run, paint, over, &text, at);
        if let Some(ink) = paint.ink() {
            for outline in &run.outlines {
                self.plates.paint(outline, false, &state.clip, state.alpha, ink, over);
            }
            for area in &run.boxes {
                self.plates.paint_box(*area, &state.clip, state.alpha * TEXT_INK, ink, over);
            }
        }
    }

    fn fill(&mut self, path: &Path, even_odd: bool, state: &GraphicsState) {
        let bounds = path.bounds();
        let Some(at) = self.seen(bounds, state) else { return };
        let over = state.fill_overprint();
        self.paint(&state.fill, over, &Phrase::AShape.into(), at);
        if self.tile > 0 {
            return self.tile_ink(&state.fill, at);
        }
        let (width, height) = (bounds.width(), bounds.height());
        let thin = width.min(height);
        // A box much longer than wide is a rule.
        if width.max(height) > 8.0 * thin && path.points().len() <= 6 {
            self.line(thin, &state.fill, over, at);
        }
        if let Some(ink) = state.fill.ink() {
            self.plates.paint(path, even_odd, &state.clip, state.alpha, ink, over);
        }
    }

    fn stroke(&mut self, path: &Path, state: &GraphicsState) {
        let m = state.ctm;
        let scale = (m.sx * m.sy - m.kx * m.ky).abs().sqrt();
        let Some(bounds) = path.clone().transform(m).map(|path| path.bounds()) else { return };
        let Some(at) = self.seen(bounds, state) else { return };
        let over = state.stroke_overprint();
        self.paint(&state.stroke, over, &Phrase::AShape.into(), at);
        if self.tile > 0 {
            return self.tile_ink(&state.stroke, at);
        }
        self.line(state.line.width * scale, &state.stroke, over, at);
        let mut pen = state.line.clone();
        pen.width = pen.width.max(0.01);
        let outline = path.stroke(&pen, scale).and_then(|outline| outline.transform(m));
        if let (Some(ink), Some(outline)) = (state.stroke.ink(), outline) {
            self.plates.paint(&outline, false, &state.clip, state.stroke_alpha, ink, over);
        }
    }

    fn image(&mut self, image: &Stream, space: Option<Space>, state: &GraphicsState) {
        let unit = Rect::from_ltrb(0.0, 0.0, 1.0, 1.0).map(PathBuilder::from_rect);
        let Some(area) = unit.and_then(|unit| unit.transform(state.ctm)) else { return };
        let Some(at) = self.seen(area.bounds(), state) else { return };
        if self.tile == 0 {
            self.resolution(image, state, at);
        }
        if images::is_mask(image) {
            self.paint(&state.fill, state.fill_overprint(), &Phrase::APicture.into(), at);
            if let Some(ink) = state.fill.ink() {
                self.plates.paint(&area, false, &state.clip, state.alpha, ink, state.fill_overprint());
            }
            return;
        }
        let Some(space) = space else { return };
        self.space(&space, &Phrase::APicture.into(), at);
        self.heavy(space.palette_peak(), Phrase::InkPicture, at);
        match (Pixels::decode(image, space), state.ctm.invert()) {
            (Some(Ok(pixels)), Some(back)) => {
                self.heavy(pixels.peak(), Phrase::InkPicture, at);
                if self.tile > 0 {
                    return;
                }
                self.plates.paint_picture(&area, &state.clip, state.alpha, &|x, y| {
                    let Transform { sx, kx, ky, sy, tx, ty } = back;
                    pixels.ink((sx * x + kx * y + tx).clamp(0.0, 1.0), (ky * x + sy * y + ty).clamp(0.0, 1.0))
                });
            }
            (Some(Err(())), _) => self.broken(Phrase::PictureBroken),
            _ => {}
        }
    }

    fn shading(&mut self, space: Option<Space>, state: &GraphicsState) {
        self.partial = true;
        let b = self.boxes.bleed;
        let page = Rect::from_ltrb(b.x0 as f32, b.y0 as f32, b.x1 as f32, b.y1 as f32);
        let Some(at) = page.and_then(|page| self.seen(state.clip.bounds.unwrap_or(page), state)) else {
            return;
        };
        match space {
            Some(space) => self.space(&space, &Phrase::AShading.into(), at),
            None => self.broken(Phrase::ResourceMissing),
        }
    }

    fn tile(&mut self, inside: bool) {
        self.partial = true;
        self.tile = if inside { self.tile + 1 } else { self.tile - 1 };
    }

    fn broken(&mut self, problem: Phrase) {
        self.found.push((Diagnostic::new(Code::BrokenContent).arg("problem", problem), None));
    }
}

fn around(a: Rect, b: Rect) -> Rect {
    let (left, top) = (a.left().min(b.left()), a.top().min(b.top()));
    Rect::from_ltrb(left, top, a.right().max(b.right()), a.bottom().max(b.bottom())).unwrap_or(a)
}
