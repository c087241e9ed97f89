//! What is painted, as it comes: judged, and put on the plates.

use std::rc::Rc;

use hayro_syntax::object::Stream;
use tiny_skia::{Path, PathBuilder, Point, Rect, Transform};

use super::{Rules, TRIANGLE, around, lines, pictures};
use crate::diag::{Code, Diagnostic, Phrase};
use crate::preflight::colour::Space;
use crate::preflight::content::{Inspector, Run, outline};
use crate::preflight::plates::{Dab, Group, Mask, SoftMask};
use crate::preflight::shadings::Shading;
use crate::preflight::state::State;

impl<const N: usize> Inspector for Rules<'_, N> {
    fn text(&mut self, run: &Run, state: &State) {
        let areas = run.boxes.iter().copied().chain(run.outlines.iter().map(Path::bounds));
        let Some(area) = areas.reduce(around) else { return };
        let mode = state.text.mode;
        let (fills, strokes) = (!matches!(mode, 1 | 5), matches!(mode, 1 | 2 | 5 | 6));
        if !self.again {
            self.fonts.insert(run.font);
        }
        // What only clips is not painted, but has to be there.
        if mode == 7 {
            return;
        }
        if self.judges() {
            self.judge_text(run, area, (fills, strokes), state);
        }
        if run.drawn || self.seen(area, state).is_none() {
            return;
        }
        if fills && let Some(inks) = state.fill.inks() {
            self.inked |= inks.total() > 0.0 && state.alpha > 0.0;
            let coat = self.coat(&state.fill, &inks, false, state);
            run.outlines.iter().for_each(|outline| self.plates.paint_letter(outline, &coat));
            run.inked.iter().for_each(|(area, full)| self.plates.paint_box(*area, *full, &coat));
        }
        if strokes && let Some(inks) = state.stroke.inks() {
            self.inked |= inks.total() > 0.0 && state.stroke_alpha > 0.0;
            let coat = self.coat(&state.stroke, &inks, true, state);
            for path in &run.outlines {
                let mut pen = State::new();
                pen.line.width = state.line.width * lines::scale(state.ctm);
                if let Some(outline) = outline(path, &pen, Transform::identity()) {
                    self.plates.paint(&outline, false, &coat);
                }
            }
            if !fills {
                run.inked.iter().for_each(|(area, full)| self.plates.paint_box(*area, *full, &coat));
            }
        }
    }

    fn fill(&mut self, path: &Path, even_odd: bool, state: &State) {
        let bounds = path.bounds();
        self.used(&state.fill.space, &Phrase::AShape.into(), bounds);
        let Some(at) = self.seen(bounds, state) else { return };
        if self.judges() && state.alpha > 0.0 {
            let over = state.fill_overprint();
            self.paint(&state.fill, over, &Phrase::AShape.into(), at, state);
            self.thin_boxes(path, &state.fill, over, state);
            self.thin_clip(&state.fill, state, at);
        }
        if let Some(inks) = state.fill.inks() {
            self.inked |= inks.total() > 0.0 && state.alpha > 0.0;
            let coat = self.coat(&state.fill, &inks, false, state);
            self.plates.paint(path, even_odd, &coat);
        }
    }

    fn stroke(&mut self, path: &Path, state: &State) {
        let Some(outline) = outline(path, state, state.ctm) else { return };
        let bounds = outline.bounds();
        self.used(&state.stroke.space, &Phrase::AShape.into(), bounds);
        let Some(at) = self.seen(bounds, state) else { return };
        if self.judges() && state.stroke_alpha > 0.0 {
            let over = state.stroke_overprint();
            self.paint(&state.stroke, over, &Phrase::AShape.into(), at, state);
            self.line(lines::thinnest(path, state), &state.stroke, over, at);
        }
        if let Some(inks) = state.stroke.inks() {
            self.inked |= inks.total() > 0.0 && state.stroke_alpha > 0.0;
            let coat = self.coat(&state.stroke, &inks, true, state);
            self.plates.paint(&outline, false, &coat);
        }
    }

    fn image(&mut self, image: &Stream, space: Option<Space>, state: &State) {
        self.picture(image, space, state);
    }

    fn shading(&mut self, shading: &Shading, to_page: Transform, ground: bool, state: &State) {
        let Some(bleed) = self.bleed() else { return };
        let bounds = state.clip.bounds.unwrap_or(bleed);
        self.used(&shading.space, &Phrase::AShading.into(), bounds);
        let Some(at) = self.seen(bounds, state) else { return };
        if self.judges() {
            self.space(&shading.space, at);
        }
        let mut clip = state.clip.clone();
        if let Some(own) = shading.bounds().and_then(|own| PathBuilder::from_rect(own).transform(to_page)) {
            clip.add(own, false);
        }
        let coat = self.coat_of(&shading.space, &clip, state);
        let area = PathBuilder::from_rect(at);
        let plain = |inks| Dab { inks, alpha: 255, heaviest: 0 };
        let ground = shading.ground().filter(|_| ground);
        self.inked = true;
        if let Some(triangles) = shading.triangles() {
            self.spent += triangles.len() as u64 * TRIANGLE;
            let Some(mesh) = pictures::raster(triangles, to_page, at) else {
                return self.unjudged(Phrase::TooMuch);
            };
            self.plates.paint_by(&area, &coat, &|x, y| mesh.at(x, y).or(ground).map(plain));
        } else if let Some(back) = to_page.invert() {
            self.plates.paint_by(&area, &coat, &|x, y| {
                let mut at = Point::from_xy(x, y);
                back.map_point(&mut at);
                shading.at(at).or(ground).map(plain)
            });
        }
    }

    fn again(&mut self, on: bool) {
        self.again = on;
    }

    fn textured(&mut self, area: Rect) {
        self.plates.texture(area);
    }

    fn begin_group(&mut self, group: &Group) {
        self.partial |= !self.plates.begin(group);
    }

    fn end_group(&mut self) {
        self.plates.end();
    }

    fn begin_mask(&mut self) {
        self.masks += 1;
        self.plates.begin_mask();
    }

    fn end_mask(&mut self, mask: &Mask) -> Option<Rc<SoftMask>> {
        self.masks -= 1;
        self.plates.end_mask(mask).map(Rc::new)
    }

    fn space(&mut self, space: &Space, _: &State) {
        if let Some(at) = self.bleed() {
            self.used(space, &Phrase::AShape.into(), at);
        }
    }

    fn broken(&mut self, problem: Phrase) {
        self.noted(Diagnostic::new(Code::BrokenContent).arg("problem", problem));
    }

    fn unjudged(&mut self, what: Phrase) {
        self.partial = true;
        self.noted(Diagnostic::new(Code::NotJudged).arg("what", what));
    }

    fn noted(&mut self, diagnostic: Diagnostic) {
        if !self.again {
            self.found.push((diagnostic, None));
        }
    }

    fn spent(&mut self) -> u64 {
        std::mem::take(&mut self.spent) + std::mem::take(&mut self.plates.spent)
    }
}
