//! Paths, clips, transforms and line styles (ISO 32000-1, 8.4, 8.5).

use std::rc::Rc;

use hayro_syntax::object::Object;
use tiny_skia::{LineCap, LineJoin, Path, Rect};

use super::{Reader, matrix};
use crate::preflight::plates::is_box;
use crate::preflight::state::Clip;

/// Outlines of clips that are kept.
const CLIPS: usize = 16;

impl Reader<'_, '_> {
    /// Paths, clips, transforms and line styles.
    pub(super) fn geometry(&mut self, operator: &[u8], numbers: &[f32], operands: &[Object]) -> bool {
        let p = &mut self.path;
        match (operator, numbers) {
            (b"cm", _) => {
                if let Some(matrix) = matrix(numbers) {
                    self.state.ctm = self.state.ctm.pre_concat(matrix);
                }
            }
            (b"w", [width]) => self.state.line.width = *width,
            (b"J", [cap]) => {
                self.state.line.line_cap = match *cap as i32 {
                    1 => LineCap::Round,
                    2 => LineCap::Square,
                    _ => LineCap::Butt,
                };
            }
            (b"j", [join]) => {
                self.state.line.line_join = match *join as i32 {
                    1 => LineJoin::Round,
                    2 => LineJoin::Bevel,
                    _ => LineJoin::Miter,
                };
            }
            (b"d", _) => {
                let lengths = operands.first().cloned().and_then(Object::into_array);
                let mut lengths = lengths.map(|array| super::numbers(&array)).unwrap_or_default();
                if lengths.len() % 2 == 1 {
                    lengths = lengths.repeat(2);
                }
                self.state.line.dash =
                    tiny_skia::StrokeDash::new(lengths, numbers.last().copied().unwrap_or(0.0));
            }
            (b"m", [x, y]) => p.move_to(*x, *y),
            (b"l", [x, y]) => p.line_to(*x, *y),
            (b"c", [a, b, c, d, x, y]) => p.cubic_to(*a, *b, *c, *d, *x, *y),
            (b"v", [c, d, x, y]) => {
                let at = p.last_point().unwrap_or_default();
                p.cubic_to(at.x, at.y, *c, *d, *x, *y);
            }
            (b"y", [a, b, x, y]) => p.cubic_to(*a, *b, *x, *y, *x, *y),
            (b"h", _) => p.close(),
            (b"re", [x, y, w, h]) => {
                p.move_to(*x, *y);
                p.line_to(x + w, *y);
                p.line_to(x + w, y + h);
                p.line_to(*x, y + h);
                p.close();
            }
            (b"W" | b"W*", _) => self.pending_clip = Some(operator == b"W*"),
            (b"n", _) => self.paint(None, false, false),
            (b"S", _) => self.paint(None, true, false),
            (b"s", _) => self.paint(None, true, true),
            (b"f" | b"F", _) => self.paint(Some(false), false, false),
            (b"f*", _) => self.paint(Some(true), false, false),
            (b"B", _) => self.paint(Some(false), true, false),
            (b"B*", _) => self.paint(Some(true), true, false),
            (b"b", _) => self.paint(Some(false), true, true),
            (b"b*", _) => self.paint(Some(true), true, true),
            _ => return false,
        }
        true
    }

    /// Ends a path: fills it by a rule (whether even-odd), strokes it, clips.
    fn paint(&mut self, fill: Option<bool>, stroke: bool, close: bool) {
        if close {
            self.path.close();
        }
        let clip = self.pending_clip.take();
        let Some(path) = std::mem::take(&mut self.path).finish() else { return };
        if let Some(even_odd) = fill
            && let Some(path) = path.clone().transform(self.state.ctm)
        {
            self.inspector.fill(&path, even_odd, &self.state);
        }
        if stroke {
            self.inspector.stroke(&path, &self.state);
        }
        if let Some(even_odd) = clip {
            self.clip(path, even_odd);
        }
    }

    pub(super) fn clip(&mut self, path: Path, even_odd: bool) {
        let Some(path) = path.transform(self.state.ctm) else { return };
        let Clip { bounds, paths } = &mut self.state.clip;
        let own = path.bounds();
        *bounds = match bounds {
            Some(outer) => outer.intersect(&own).or(Rect::from_xywh(own.x(), own.y(), 0.0, 0.0)),
            None => Some(own),
        };
        // Clips inside clips beyond these count by their bounds.
        if !is_box(&path) && paths.len() < CLIPS {
            paths.push(Rc::new((path, even_odd)));
        }
    }
}
