//! The rules for what is painted: overprint, black, small text, lines,
//! pictures, colour spaces, the safety zone.

mod pictures;

use hayro_syntax::object::Stream;
use tiny_skia::{Path, PathBuilder, Rect, Transform};

use super::colour::Space;
use super::content::{Inspector, Run};
use super::geometry::Boxes;
use super::images::{self, Pixels};
use super::plates::Plates;
use super::state::{Overprint, Paint, State};
use crate::diag::{Arg, Code, Diagnostic, Phrase};
use crate::profile::Sheet;

/// GWG 2022: text of several inks is legible from this size on, in points.
const SMALL: f32 = 8.0;
/// A plate with less than this prints too little to blur anything.
const NOTHING: f32 = 0.05;
/// Rich black: black from this and more total ink than that (press sheet).
const RICH_K: f32 = 0.85;
const RICH_TOTAL: f32 = 2.80;
/// Thinnest line in points, less what rounding takes.
const HAIRLINE: f32 = 0.25 - 0.005;
/// Part of a small character's box that is ink.
const TEXT_INK: f32 = 0.33;
/// Text larger than this is decoration, which a cut may touch, in points.
const DECORATION: f32 = 100.0;
/// Characters of a text that a finding shows.
const SHOWN: usize = 12;

/// A finding and where it is in page space.
pub(super) type Placed = (Diagnostic, Option<(f32, f32)>);

pub(super) struct Rules<'a> {
    sheet: &'a Sheet,
    boxes: Boxes,
    plates: Plates,
    found: Vec<Placed>,
}

impl<'a> Rules<'a> {
    pub(super) fn new(sheet: &'a Sheet, boxes: Boxes) -> Self {
        let [left, bottom, right, top] = [boxes.bleed.x0, boxes.bleed.y0, boxes.bleed.x1, boxes.bleed.y1];
        let plates = Plates::new(left as f32, bottom as f32, right as f32, top as f32);
        Self { sheet, boxes, plates, found: vec![] }
    }

    pub(super) fn done(self) -> (Vec<Placed>, Plates) {
        (self.found, self.plates)
    }

    fn tell(&mut self, diagnostic: Diagnostic, at: Rect) {
        let middle = ((at.left() + at.right()) / 2.0, (at.top() + at.bottom()) / 2.0);
        self.found.push((diagnostic, Some(middle)));
    }

    /// The part of an area within the bleed; marks outside are no concern.
    fn seen(&self, area: Rect, state: &State) -> Option<Rect> {
        let b = self.boxes.bleed;
        let page = Rect::from_ltrb(b.x0 as f32, b.y0 as f32, b.x1 as f32, b.y1 as f32)?;
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

    fn space(&mut self, space: &Space, what: &Arg, at: Rect) {
        if let Some(name) = space.foreign() {
            let diagnostic = Diagnostic::new(Code::ForeignColour).arg("space", name);
            self.tell(diagnostic.arg("what", what.clone()), at);
        }
        for name in space.spots() {
            if !self.sheet.spots.iter().any(|spot| spot == name) {
                self.tell(Diagnostic::new(Code::SpotColour).arg("name", name), at);
            }
        }
    }

    /// Distance of text from the trim.
    fn safety(&mut self, area: Rect, text: &str) {
        let t = self.boxes.trim;
        let inside = [
            f64::from(area.left()) - t.x0,
            t.x1 - f64::from(area.right()),
            f64::from(area.top()) - t.y0,
            t.y1 - f64::from(area.bottom()),
        ];
        let nearest = inside.into_iter().fold(f64::INFINITY, f64::min);
        // Text wholly outside the trim is a slug.
        let outside = f64::from(area.right()) < t.x0
            || f64::from(area.left()) > t.x1
            || f64::from(area.bottom()) < t.y0
            || f64::from(area.top()) > t.y1;
        if !outside && nearest < self.sheet.safety.pt() - 0.5 {
            let diagnostic = Diagnostic::new(Code::OutsideSafety)
                .arg("text", text)
                .arg("mm", format!("{:.1}", nearest * 25.4 / 72.0))
                .arg("wanted", format!("{}", self.sheet.safety.0));
            self.tell(diagnostic, area);
        }
    }

    fn text_colour(&mut self, run: &Run, paint: &Paint, over: Overprint, text: &str, at: Rect) {
        let Some(ink) = paint.ink() else { return };
        let size = format!("{:.1}", run.size);
        let required = self.sheet.overprint.text_required;
        if matches!(paint.space, Space::Gray) && ink[3] > NOTHING {
            let what = Phrase::SetText(text.into());
            self.tell(Diagnostic::new(Code::GrayBlack).arg("what", what), at);
        } else if is_black(paint) && f64::from(run.size) < required - 0.01 && !(over.on && over.nonzero) {
            let diagnostic = Diagnostic::new(Code::BlackTextKnocksOut).arg("size", size.as_str());
            self.tell(diagnostic.arg("text", text).arg("limit", format!("{required}")), at);
        }
        let total: f32 = ink.iter().sum();
        if ink[3] >= RICH_K && total > RICH_TOTAL {
            let diagnostic = Diagnostic::new(Code::RichBlackText).arg("text", text);
            self.tell(diagnostic.arg("ink", format!("{:.0}", total * 100.0)), at);
        }
        let inks = ink.iter().filter(|v| **v >= NOTHING).count();
        if run.size < SMALL - 0.01 && inks > 1 {
            let diagnostic = Diagnostic::new(Code::SmallMultiInk).arg("size", size).arg("text", text);
            self.tell(diagnostic.arg("inks", inks.to_string()), at);
        }
    }

    /// A line, drawn as a stroke or as a thin area.
    fn line(&mut self, width: f32, paint: &Paint, over: Overprint, at: Rect) {
        if width < HAIRLINE {
            self.tell(Diagnostic::new(Code::Hairline).arg("width", format!("{width:.2}")), at);
        }
        let required = self.sheet.overprint.rules_required;
        if f64::from(width) >= required - 0.01 {
            return;
        }
        if matches!(paint.space, Space::Gray) && paint.ink().is_some_and(|ink| ink[3] > NOTHING) {
            self.tell(Diagnostic::new(Code::GrayBlack).arg("what", Phrase::AShape), at);
        } else if is_black(paint) && !(over.on && over.nonzero) {
            let diagnostic = Diagnostic::new(Code::BlackRuleKnocksOut).arg("width", format!("{width:.2}"));
            self.tell(diagnostic.arg("limit", format!("{required}")), at);
        }
    }
}

/// Pure black of one plate.
fn is_black(paint: &Paint) -> bool {
    match (&paint.space, paint.colour.as_slice()) {
        (Space::Cmyk, [c, m, y, k]) => *c + *m + *y == 0.0 && *k >= 0.995,
        (Space::Separation(name), [tint]) => name == "Black" && *tint >= 0.995,
        _ => false,
    }
}

impl Inspector for Rules<'_> {
    fn text(&mut self, run: &Run, state: &State) {
        let areas = run.boxes.iter().copied().chain(run.outlines.iter().map(Path::bounds));
        let Some(area) = areas.reduce(around) else { return };
        let Some(at) = self.seen(area, state) else { return };
        let stroked = matches!(state.text.mode, 1 | 5);
        let (paint, over) = match stroked {
            true => (&state.stroke, state.stroke_overprint()),
            false => (&state.fill, state.fill_overprint()),
        };
        let text: String = run.text.chars().take(SHOWN).collect();
        if run.size <= DECORATION {
            self.safety(area, &text);
        }
        self.paint(paint, over, &Phrase::SetText(text.clone()).into(), at);
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

    fn fill(&mut self, path: &Path, even_odd: bool, state: &State) {
        let bounds = path.bounds();
        let Some(at) = self.seen(bounds, state) else { return };
        let over = state.fill_overprint();
        self.paint(&state.fill, over, &Phrase::AShape.into(), at);
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

    fn stroke(&mut self, path: &Path, state: &State) {
        let m = state.ctm;
        let scale = (m.sx * m.sy - m.kx * m.ky).abs().sqrt();
        let Some(bounds) = path.clone().transform(m).map(|path| path.bounds()) else { return };
        let Some(at) = self.seen(bounds, state) else { return };
        let over = state.stroke_overprint();
        self.paint(&state.stroke, over, &Phrase::AShape.into(), at);
        self.line(state.line.width * scale, &state.stroke, over, at);
        let mut pen = state.line.clone();
        pen.width = pen.width.max(0.01);
        let outline = path.stroke(&pen, scale).and_then(|outline| outline.transform(m));
        if let (Some(ink), Some(outline)) = (state.stroke.ink(), outline) {
            self.plates.paint(&outline, false, &state.clip, state.alpha, ink, over);
        }
    }

    fn image(&mut self, image: &Stream, space: Option<Space>, state: &State) {
        let unit = Rect::from_ltrb(0.0, 0.0, 1.0, 1.0).map(PathBuilder::from_rect);
        let Some(area) = unit.and_then(|unit| unit.transform(state.ctm)) else { return };
        let Some(at) = self.seen(area.bounds(), state) else { return };
        self.resolution(image, state, at);
        if images::is_mask(image) {
            self.paint(&state.fill, state.fill_overprint(), &Phrase::APicture.into(), at);
            if let Some(ink) = state.fill.ink() {
                self.plates.paint(&area, false, &state.clip, state.alpha, ink, state.fill_overprint());
            }
            return;
        }
        let Some(space) = space else { return };
        self.space(&space, &Phrase::APicture.into(), at);
        match (Pixels::decode(image, space), state.ctm.invert()) {
            (Some(Ok(pixels)), Some(back)) => {
                self.picture_ink(&pixels, at);
                self.plates.paint_picture(&area, &state.clip, state.alpha, &|x, y| {
                    let Transform { sx, kx, ky, sy, tx, ty } = back;
                    pixels.ink((sx * x + kx * y + tx).clamp(0.0, 1.0), (ky * x + sy * y + ty).clamp(0.0, 1.0))
                });
            }
            (Some(Err(())), _) => self.broken(Phrase::PictureBroken),
            _ => {}
        }
    }

    fn shading(&mut self, space: Option<Space>, state: &State) {
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

    fn broken(&mut self, problem: Phrase) {
        self.found.push((Diagnostic::new(Code::BrokenContent).arg("problem", problem), None));
    }
}

fn around(a: Rect, b: Rect) -> Rect {
    let (left, top) = (a.left().min(b.left()), a.top().min(b.top()));
    Rect::from_ltrb(left, top, a.right().max(b.right()), a.bottom().max(b.bottom())).unwrap_or(a)
}
