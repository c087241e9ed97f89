//! Which pixels an outline covers, through a clip.

use std::rc::Rc;

use tiny_skia::{FillRule, Mask, Path, PathBuilder, Rect, Transform};

use super::area::Coverage;
use super::clips::{Clip, Outline};
use super::{Plates, areas};

impl<const N: usize> Plates<N> {
    /// How far an outline covers pixels, through a clip.
    pub(super) fn coverage(&mut self, path: &Path, even_odd: bool, clip: &Clip) -> Option<Coverage> {
        let path = path.clone().transform(self.place())?;
        let area = self.pixels(path.bounds(), clip)?;
        self.spent += area.size() as u64 * 5 + path.len() as u64 * 100 + 500;
        let mut mask = Mask::new(area.width() as u32, (area.y1 - area.y0) as u32)?;
        let shift = Transform::from_translate(-(area.x0 as f32), -(area.y0 as f32));
        mask.fill_path(&path, rule(even_odd), true, shift);
        let around = |bounds: &Rect| {
            let (left, top) = self.at(area.x0, area.y0);
            let (right, bottom) = self.at(area.x1, area.y1);
            bounds.left() <= left - 0.5
                && bounds.right() >= right - 0.5
                && bounds.top() <= bottom + 0.5
                && bounds.bottom() >= top + 0.5
        };
        if let Some(bounds) = clip.bounds.filter(|bounds| !around(bounds)) {
            let bounds = PathBuilder::from_rect(bounds);
            mask.intersect_path(&bounds, FillRule::Winding, true, shift.pre_concat(self.place()));
        }
        self.clipped(Coverage { area, values: mask.take() }, clip)
    }

    /// The same of the outline of a letter. A clip that is a box counts by whole
    /// pixels.
    pub(super) fn letter_coverage(&mut self, path: &Path, clip: &Clip) -> Option<Coverage> {
        let path = path.clone().transform(self.place())?;
        let area = self.pixels(path.bounds(), clip)?;
        self.spent += area.size() as u64 * 2 + path.len() as u64 * 30;
        self.clipped(areas::covered(&path, area), clip)
    }

    /// What a clip that is no box leaves of it.
    fn clipped(&mut self, mut coverage: Coverage, clip: &Clip) -> Option<Coverage> {
        if let Some(outline) = &clip.outline {
            self.open(outline);
            let open = outline.coverage.get().and_then(Option::as_ref)?;
            open.narrow(&mut coverage.values, coverage.area);
        }
        Some(coverage)
    }

    /// Works out the pixels of a clip and of those that it is inside of, the
    /// outermost first.
    fn open(&mut self, outline: &Rc<Outline>) {
        let mut chain = vec![];
        let mut next = Some(outline);
        while let Some(outline) = next.filter(|outline| outline.coverage.get().is_none()) {
            chain.push(outline);
            next = outline.inside.as_ref();
        }
        for outline in chain.into_iter().rev() {
            let made = self.clip_coverage(outline);
            // It was not there a moment ago.
            let _ = outline.coverage.set(made);
        }
    }

    fn clip_coverage(&mut self, outline: &Outline) -> Option<Coverage> {
        let bounds = Clip { bounds: outline.bounds, outline: None };
        let mut made = self.coverage(&outline.path, outline.even_odd, &bounds)?;
        if let Some(inside) = &outline.inside {
            match inside.coverage.get().and_then(Option::as_ref) {
                Some(outer) => outer.narrow(&mut made.values, made.area),
                None => return None,
            }
        }
        Some(made)
    }
}

fn rule(even_odd: bool) -> FillRule {
    if even_odd { FillRule::EvenOdd } else { FillRule::Winding }
}
