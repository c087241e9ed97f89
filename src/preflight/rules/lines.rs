//! The rules for lines: hairlines, black that knocks out.

use tiny_skia::{Path, PathSegment, Point, Rect, Transform};

use super::Rules;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::preflight::colour::Space;
use crate::preflight::state::{Overprint, Paint, State};

/// A plate with less than this prints too little to be seen.
const NOTHING: f32 = 0.05;
/// Thinnest line in points, less what rounding takes.
const HAIRLINE: f32 = 0.25 - 0.005;
/// A box so much longer than wide is a rule.
const LONG: f32 = 8.0;
/// Boxes of a path that are looked at.
const BOXES: usize = 2_000;

impl<const N: usize> Rules<'_, N> {
    /// A line, drawn as a stroke or as a thin area.
    pub(super) fn line(&mut self, width: f32, paint: &Paint, over: Overprint, at: Rect) {
        // Paper on paper is no line.
        let white = paint.inks().is_some_and(|inks| inks.is_white());
        if white && self.plates.under(at).iter().all(|ink| *ink == 0) {
            return;
        }
        self.hairline(width, at);
        let required = self.job.overprint.rules_required;
        if f64::from(width) >= required - 0.01 {
            return;
        }
        let Some(inks) = paint.inks() else { return };
        if matches!(paint.space, Space::Gray) && inks.amounts[3] > NOTHING && !over.on {
            self.tell(Diagnostic::new(Code::GrayBlack).arg("what", Phrase::AShape), at);
        } else if inks.is_black() && !matches!(paint.space, Space::Gray) && !lets_through(paint, over) {
            let diagnostic = Diagnostic::new(Code::BlackRuleKnocksOut).arg("width", format!("{width:.2}"));
            self.tell(diagnostic.arg("limit", format!("{required}")), at);
        }
    }

    /// A line as thin as this.
    pub(super) fn hairline(&mut self, width: f32, at: Rect) {
        if width < HAIRLINE {
            self.tell(Diagnostic::new(Code::Hairline).arg("width", format!("{width:.2}")), at);
        }
    }

    /// What is painted through a clip as thin as a line.
    pub(super) fn thin_clip(&mut self, paint: &Paint, state: &State, at: Rect) {
        let Some(clip) = state.clip.bounds else { return };
        let (thin, long) = (clip.width().min(clip.height()), clip.width().max(clip.height()));
        if thin > 0.0 && thin < HAIRLINE && is_long(thin, long) {
            self.line(thin, paint, state.fill_overprint(), at);
        }
    }

    /// A picture as thin as a line.
    pub(super) fn thin_picture(&mut self, stencil: bool, state: &State, at: Rect) {
        let m = state.ctm;
        let (across, down) = (m.sx.hypot(m.ky), m.kx.hypot(m.sy));
        let (thin, long) = (across.min(down), across.max(down));
        if is_long(thin, long) {
            match stencil {
                true => self.line(thin, &state.fill, state.fill_overprint(), at),
                false => self.hairline(thin, at),
            }
        }
    }

    /// Thin boxes that are filled, each part of a path on its own.
    pub(super) fn thin_boxes(&mut self, path: &Path, paint: &Paint, over: Overprint, state: &State) {
        for (thin, bounds) in boxes(path).into_iter().take(BOXES) {
            if let Some(at) = self.seen(bounds, state) {
                self.line(thin, paint, over, at);
            }
        }
    }
}

/// Whether something is much longer than wide.
fn is_long(thin: f32, long: f32) -> bool {
    long > LONG * thin
}

/// Whether black leaves the other plates as they are.
pub(super) fn lets_through(paint: &Paint, over: Overprint) -> bool {
    over.on && (over.nonzero || matches!(paint.space, Space::Tints(..)))
}

/// Mean scale of a transform.
pub(super) fn scale(m: Transform) -> f32 {
    (m.sx * m.sy - m.kx * m.ky).abs().sqrt()
}

/// Width of a stroked line where it prints thinnest: across a segment of
/// direction u it is w · |det M| / |M u|.
pub(super) fn thinnest(path: &Path, state: &State) -> f32 {
    let m = state.ctm;
    let area = (m.sx * m.sy - m.kx * m.ky).abs();
    let (mut start, mut last) = (Point::zero(), Point::zero());
    let mut thinnest = f32::INFINITY;
    let mut side = |last: &mut Point, next: Point| {
        let (dx, dy) = (next.x - last.x, next.y - last.y);
        let length = dx.hypot(dy);
        if length > 0.0 {
            let (x, y) = (m.sx * dx + m.kx * dy, m.ky * dx + m.sy * dy);
            thinnest = thinnest.min(area * length / x.hypot(y).max(1e-9));
        }
        *last = next;
    };
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => (start, last) = (p, p),
            PathSegment::LineTo(p) => side(&mut last, p),
            PathSegment::QuadTo(c, p) => [c, p].into_iter().for_each(|p| side(&mut last, p)),
            PathSegment::CubicTo(a, b, p) => [a, b, p].into_iter().for_each(|p| side(&mut last, p)),
            PathSegment::Close => side(&mut last, start),
        }
    }
    state.line.width * if thinnest.is_finite() { thinnest } else { scale(m) }
}

/// Widths and bounds of the parts of a path that are long boxes, turned ones as
/// well.
fn boxes(path: &Path) -> Vec<(f32, Rect)> {
    let mut found = Vec::new();
    let mut corners: Vec<Point> = Vec::new();
    let mut straight = true;
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => {
                found.extend(std::mem::replace(&mut straight, true).then(|| long_box(&corners)).flatten());
                corners = vec![p];
            }
            PathSegment::LineTo(p) if corners.len() < 16 => corners.push(p),
            PathSegment::Close => {}
            _ => straight = false,
        }
    }
    found.extend(straight.then(|| long_box(&corners)).flatten());
    found
}

/// The width of a box much longer than wide, of which these are the corners, in
/// order, some perhaps twice.
fn long_box(corners: &[Point]) -> Option<(f32, Rect)> {
    let near = |a: &Point, b: &Point| (a.x - b.x).hypot(a.y - b.y) < 1e-3;
    let mut own: Vec<Point> = Vec::new();
    for corner in corners {
        if !own.last().is_some_and(|last| near(last, corner)) {
            own.push(*corner);
        }
    }
    if own.len() > 1 && own.first().zip(own.last()).is_some_and(|(first, last)| near(first, last)) {
        own.pop();
    }
    if let [a, b] = own.as_slice() {
        // An area without area prints as thin as a device can (8.5.3.3).
        let bounds = Rect::from_ltrb(a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y))?;
        return Some((0.0, bounds));
    }
    let [a, b, c, d] = own.as_slice() else { return None };
    let side = |p: &Point, q: &Point| (p.x - q.x).hypot(p.y - q.y);
    let long = side(a, b).max(side(b, c));
    let parallel = (a.x - b.x + c.x - d.x).hypot(a.y - b.y + c.y - d.y) < long * 0.01 + 0.01;
    let whole = ((b.x - a.x) * (d.y - a.y) - (d.x - a.x) * (b.y - a.y)).abs();
    let thin = whole / long.max(1e-6);
    let xs = own.iter().map(|p| p.x);
    let ys = own.iter().map(|p| p.y);
    let bounds = Rect::from_ltrb(
        xs.clone().fold(f32::INFINITY, f32::min),
        ys.clone().fold(f32::INFINITY, f32::min),
        xs.fold(f32::NEG_INFINITY, f32::max),
        ys.fold(f32::NEG_INFINITY, f32::max),
    )?;
    (parallel && is_long(thin, long)).then_some((thin, bounds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiny_skia::PathBuilder;

    #[test]
    fn lines_are_as_thin_as_they_print() {
        let mut path = PathBuilder::new();
        path.move_to(0.0, 0.0);
        path.line_to(10.0, 0.0);
        let path = path.finish().unwrap();
        let mut state = State::new();
        state.ctm = Transform::from_scale(10.0, 0.1);
        assert!((thinnest(&path, &state) - 0.1).abs() < 1e-4);
        state.ctm = Transform::from_scale(0.1, 10.0);
        assert!((thinnest(&path, &state) - 10.0).abs() < 1e-3);
        let rule = PathBuilder::from_rect(Rect::from_xywh(0.0, 0.0, 100.0, 0.1).unwrap());
        let turned = rule.transform(Transform::from_rotate(33.0)).unwrap();
        assert!((boxes(&turned)[0].0 - 0.1).abs() < 0.01);
        assert!(boxes(&PathBuilder::from_rect(Rect::from_xywh(0.0, 0.0, 4.0, 4.0).unwrap())).is_empty());
    }
}
