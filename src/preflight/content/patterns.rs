//! Patterns: cells that are repeated, gradients.

use std::rc::Rc;

use hayro_syntax::object::{Dict, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;
use tiny_skia::{Path, PathBuilder, Rect, Transform};

use super::forms::moved;
use super::{OPERATOR, Reader, own_box, own_matrix};
use crate::diag::Phrase;
use crate::preflight::shadings::Shading;
use crate::preflight::state::{Paint, Pattern, State};

/// Cells that are painted; of more, the rest is not judged.
const CELLS: usize = 40_000;

impl<'a> Reader<'a, '_> {
    /// The pattern of a name.
    pub(super) fn pattern(&mut self, name: &Name, resources: &Resources<'a>) -> Option<Rc<Pattern<'a>>> {
        match resources.get_pattern(name)? {
            Object::Stream(tiling) => {
                // A pattern lies in the space of the contents that it is set in,
                // whatever was concatenated there since (8.7.2).
                let place = self.base.pre_concat(own_matrix(tiling.dict()));
                Some(Rc::new(Pattern::Tiling(tiling, resources.clone(), place)))
            }
            Object::Dict(dict) => {
                let shading = self.shading(&dict.get::<Object>(b"Shading")?, resources)?;
                Some(Rc::new(Pattern::Shading(shading, self.base.pre_concat(own_matrix(&dict)))))
            }
            _ => None,
        }
    }

    /// A gradient, read once.
    pub(super) fn shading(&mut self, object: &Object<'a>, resources: &Resources<'a>) -> Option<Rc<Shading>> {
        let dict: &Dict = match object {
            Object::Stream(stream) => stream.dict(),
            Object::Dict(dict) => dict,
            _ => return None,
        };
        let key = dict.data().as_ptr() as usize;
        if let Some(known) = self.shadings.get(&key) {
            return known.clone();
        }
        let read = Shading::read(object, resources, self.spots).map(Rc::new);
        self.shadings.insert(key, read.clone());
        read
    }

    /// Fills a path in page space with a pattern.
    pub(super) fn fill_with(&mut self, pattern: &Pattern<'a>, path: Path, even_odd: bool, stroke: bool) {
        let outer = self.state.clone();
        self.state.clip.add(path, even_odd);
        if stroke {
            self.state.alpha = self.state.stroke_alpha;
            self.state.fill = self.state.stroke.clone();
            self.state.fill_over = self.state.stroke_over;
        }
        match pattern {
            Pattern::Shading(shading, place) => self.gradient(shading, *place, true),
            Pattern::Tiling(cell, resources, place) => self.tiles(cell, resources, *place),
        }
        self.state = outer;
    }

    /// Repeats a cell over all that the clip lets through.
    fn tiles(&mut self, cell: &Stream<'a>, resources: &Resources<'a>, place: Transform) {
        let dict = cell.dict();
        let Some(bounds) = own_box(dict) else { return self.inspector.broken(Phrase::ResourceMissing) };
        let step = |key: &[u8], least: f32| {
            let step = dict.get::<Number>(key).map_or(least, |step| step.as_f32().abs());
            if step > 0.0 && step.is_finite() { step } else { least }
        };
        let (x_step, y_step) = (step(b"XStep", bounds.width()), step(b"YStep", bounds.height()));
        let Some(clip) = self.state.clip.bounds else { return };
        self.inspector.textured(clip);
        let Some(area) = place.invert().and_then(|back| moved(clip, back)) else { return };
        if x_step <= 0.0 || y_step <= 0.0 {
            return;
        }
        let range = |from: f32, to: f32, low: f32, high: f32, step: f32| {
            (((from - high) / step).floor() as i32 as i64 + 1, ((to - low) / step).ceil() as i32 as i64)
        };
        let across = range(area.left(), area.right(), bounds.left(), bounds.right(), x_step);
        let down = range(area.top(), area.bottom(), bounds.top(), bounds.bottom(), y_step);
        let count = (across.1 - across.0).max(0).saturating_mul((down.1 - down.0).max(0));
        if count as usize > CELLS {
            self.inspector.unjudged(Phrase::TooMuch);
        }
        let uncoloured = dict.get::<i32>(b"PaintType") == Some(2);
        let outer = self.state.clone();
        let colourless = self.colourless;
        self.colourless |= uncoloured;
        let mut painted = 0;
        'rows: for row in down.0..down.1 {
            for column in across.0..across.1 {
                // A cell that is not seen costs as well.
                if painted >= CELLS || !self.affords(OPERATOR) {
                    break 'rows;
                }
                self.state = cell_state(&outer, uncoloured);
                let shift = Transform::from_translate(column as f32 * x_step, row as f32 * y_step);
                self.state.ctm = place.pre_concat(shift);
                self.clip(PathBuilder::from_rect(bounds), false);
                if self.state.clip.bounds.is_some_and(|b| b.width() <= 0.0 || b.height() <= 0.0) {
                    continue;
                }
                self.inspector.again(painted > 0);
                self.inner(cell, resources);
                self.inspector.again(false);
                painted += 1;
            }
        }
        self.colourless = colourless;
        self.state = outer;
    }
}

/// The state that a cell begins with: that of the page, but for where and
/// through what it paints, and the colour of cells that have none.
fn cell_state<'a>(outer: &State<'a>, uncoloured: bool) -> State<'a> {
    let mut state = State::new();
    state.clip = outer.clip.clone();
    (state.blend, state.mask) = (outer.blend, outer.mask.clone());
    (state.alpha, state.stroke_alpha) = (outer.alpha, outer.alpha);
    (state.fill_over, state.stroke_over, state.nonzero) = (outer.fill_over, outer.fill_over, outer.nonzero);
    if uncoloured {
        let mut paint: Paint = outer.fill.clone();
        paint.pattern = None;
        if let crate::preflight::colour::Space::Pattern(Some(base)) = paint.space {
            paint.space = *base;
        }
        (state.fill, state.stroke) = (paint.clone(), paint);
    }
    state
}

/// All boxes and outlines of a text as one path.
pub(super) fn shape(boxes: &[Rect], outlines: &[Path]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    boxes.iter().for_each(|area| builder.push_rect(*area));
    outlines.iter().for_each(|path| builder.push_path(path));
    builder.finish()
}
