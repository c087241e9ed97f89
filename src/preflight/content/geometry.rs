//! Paths, clips, transforms and line styles (ISO 32000-1, 8.4, 8.5).

use hayro_syntax::object::Object;
use tiny_skia::{LineCap, LineJoin, Path, PathBuilder};

use super::{Reader, matrix};
use crate::diag::Phrase;
use crate::preflight::state::State;

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
                self.state.dash = lengths.iter().sum();
                self.state.line.dash =
                    tiny_skia::StrokeDash::new(lengths, numbers.last().copied().unwrap_or(0.0));
            }
            (b"m", [x, y]) => p.move_to(*x, *y),
            // A path begins with a point (ISO 32000-1, 8.5.2).
            (b"l" | b"c" | b"v" | b"y", _) if p.is_empty() => {
                self.inspector.broken(Phrase::NoCurrentPoint);
            }
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
            (b"m" | b"l" | b"c" | b"v" | b"y" | b"re" | b"w" | b"J" | b"j", _) => {
                self.inspector.broken(Phrase::WrongOperands);
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
        let Some(path) = std::mem::take(&mut self.path).finish() else {
            // A clip to nothing lets nothing through.
            if clip.is_some() {
                self.state.clip.shut();
            }
            return;
        };
        if !self.is_hidden() {
            if let Some(even_odd) = fill
                && let Some(path) = path.clone().transform(self.state.ctm)
            {
                match self.state.fill.pattern.clone() {
                    Some(pattern) => self.fill_with(&pattern, path, even_odd, false),
                    None => self.inspector.fill(&path, even_odd, &self.state),
                }
            }
            if stroke {
                self.stroke(&path);
            }
        }
        if let Some(even_odd) = clip {
            self.clip(path, even_odd);
        }
    }

    /// Strokes a path in user space.
    fn stroke(&mut self, path: &Path) {
        let Some(pattern) = self.state.stroke.pattern.clone() else {
            return self.inspector.stroke(path, &self.state);
        };
        if let Some(outline) = outline(path, &self.state, self.state.ctm) {
            self.fill_with(&pattern, outline, false, true);
        }
    }

    pub(super) fn clip(&mut self, path: Path, even_odd: bool) {
        match path.transform(self.state.ctm) {
            Some(path) => self.state.clip.add(path, even_odd),
            None => self.state.clip.shut(),
        }
    }

    /// Clips by the text that was shown to clip, at its end.
    pub(super) fn clip_to_text(&mut self) {
        if let Some(path) = self.text_clip.take().map(PathBuilder::finish) {
            match path {
                Some(path) => self.state.clip.add(path, false),
                None => self.state.clip.shut(),
            }
        }
    }
}

/// Strokes made of more dashes than this are drawn whole.
const DASHES: f32 = 20_000.0;

/// The outline of a stroked path, in page space.
pub(in crate::preflight) fn outline(path: &Path, state: &State, place: tiny_skia::Transform) -> Option<Path> {
    let scale = (place.sx * place.sy - place.kx * place.ky).abs().sqrt();
    let mut pen = state.line.clone();
    // A line of no width is the thinnest that a device can draw (8.4.3.2).
    pen.width = pen.width.max(0.01);
    let reach = path.bounds().width() + path.bounds().height();
    if reach * path.len() as f32 > DASHES * state.dash {
        pen.dash = None;
    }
    path.stroke(&pen, scale.clamp(0.01, 100.0))?.transform(place)
}
