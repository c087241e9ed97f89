//! How far outlines of letters cover pixels: by the signed areas that their
//! edges cut off (as in Levien's font-rs), many times faster than by samples.
//! Contours that lie on each other count once; those that turn against each
//! other make holes, as letters are drawn.

use tiny_skia::{Path, PathSegment, Point};

use super::area::{Area, Coverage};

/// Pixels of a curve that a chord may stand for, about.
const CHORD: f32 = 2.0;
/// Most chords of a curve.
const CHORDS: f32 = 24.0;

/// The coverage of an outline, given in pixels, within an area.
pub(super) fn covered(path: &Path, area: Area) -> Coverage {
    let mut edges =
        Edges { area, width: area.width() + 2, sums: vec![0.0; (area.width() + 2) * area.height()] };
    let (mut start, mut last) = (Point::zero(), Point::zero());
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => {
                edges.line(last, start);
                (start, last) = (p, p);
            }
            PathSegment::LineTo(p) => {
                edges.line(last, p);
                last = p;
            }
            PathSegment::QuadTo(c, p) => {
                edges.curve(last, p, chords(&[last, c, p]), |t, s| {
                    [
                        s * s * last.x + 2.0 * s * t * c.x + t * t * p.x,
                        s * s * last.y + 2.0 * s * t * c.y + t * t * p.y,
                    ]
                });
                last = p;
            }
            PathSegment::CubicTo(a, b, p) => {
                edges.curve(last, p, chords(&[last, a, b, p]), |t, s| {
                    let (u, v, w, x) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
                    [u * last.x + v * a.x + w * b.x + x * p.x, u * last.y + v * a.y + w * b.y + x * p.y]
                });
                last = p;
            }
            PathSegment::Close => {
                edges.line(last, start);
                last = start;
            }
        }
    }
    edges.line(last, start);
    edges.done()
}

/// Chords that a curve with these control points is drawn by.
fn chords(points: &[Point]) -> usize {
    let length: f32 =
        points.windows(2).map(|pair| (pair[0].x - pair[1].x).hypot(pair[0].y - pair[1].y)).sum();
    (length / CHORD).ceil().clamp(1.0, CHORDS) as usize
}

struct Edges {
    area: Area,
    width: usize,
    /// What each pixel adds to the coverage of those at its right.
    sums: Vec<f32>,
}

impl Edges {
    fn curve(&mut self, from: Point, to: Point, chords: usize, at: impl Fn(f32, f32) -> [f32; 2]) {
        let mut last = from;
        for step in 1..chords {
            let t = step as f32 / chords as f32;
            let [x, y] = at(t, 1.0 - t);
            let next = Point::from_xy(x, y);
            self.line(last, next);
            last = next;
        }
        self.line(last, to);
    }

    fn line(&mut self, from: Point, to: Point) {
        if from.y == to.y || !(from.x + from.y + to.x + to.y).is_finite() {
            return;
        }
        let (sign, top, bottom) = if from.y < to.y { (1.0, from, to) } else { (-1.0, to, from) };
        let slope = (bottom.x - top.x) / (bottom.y - top.y);
        let (low, high) = (self.area.y0 as f32, self.area.y1 as f32);
        let (first, end) = (top.y.max(low), bottom.y.min(high));
        if first >= end {
            return;
        }
        let most = (self.width - 1) as f32;
        let left = self.area.x0 as f32;
        let column = |y: f32| (top.x + (y - top.y) * slope - left).clamp(0.0, most);
        let mut y = first;
        for row in (first - low) as usize..(end - low).ceil() as usize {
            let next = end.min(low + row as f32 + 1.0);
            self.span(row, sign * (next - y), column(y), column(next));
            y = next;
        }
    }

    /// The part of an edge in one row: how high it is, and where it runs.
    fn span(&mut self, row: usize, height: f32, from: f32, to: f32) {
        let (x0, x1) = if from < to { (from, to) } else { (to, from) };
        let (first, last) = (x0.floor(), x1.ceil());
        let at = row * self.width + first as usize;
        let Some(sums) = self.sums.get_mut(at..(row + 1) * self.width) else { return };
        if last <= first + 1.0 {
            // Within one pixel: what is at its right is covered, of itself the part
            // that is at the right of the middle.
            let part = height * ((x0 + x1) / 2.0 - first);
            add(sums, 0, height - part);
            add(sums, 1, part);
            return;
        }
        let per = height / (x1 - x0);
        let mut left = x0;
        let mut index = 0;
        while left < x1 {
            let right = (first + index as f32 + 1.0).min(x1);
            let own = per * (right - left);
            let part = own * ((left + right) / 2.0 - first - index as f32);
            add(sums, index, own - part);
            add(sums, index + 1, part);
            left = right;
            index += 1;
        }
    }

    fn done(self) -> Coverage {
        let own = self.area.width();
        let mut values = Vec::with_capacity(self.area.size());
        for row in self.sums.chunks_exact(self.width) {
            let mut sum = 0.0_f32;
            values.extend(row.iter().take(own).map(|add| {
                sum += add;
                (sum.abs().min(1.0) * 255.0 + 0.5) as u8
            }));
        }
        Coverage { area: self.area, values }
    }
}

fn add(sums: &mut [f32], index: usize, value: f32) {
    if let Some(sum) = sums.get_mut(index) {
        *sum += value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiny_skia::{PathBuilder, Rect};

    fn total(path: &Path) -> f32 {
        let area = Area { x0: 0, y0: 0, x1: 40, y1: 40 };
        covered(path, area).values.iter().map(|v| f32::from(*v) / 255.0).sum()
    }

    #[test]
    fn areas_are_covered_exactly() {
        let square = PathBuilder::from_rect(Rect::from_xywh(3.25, 4.5, 10.5, 7.25).unwrap());
        assert!((total(&square) - 10.5 * 7.25).abs() < 0.3, "{}", total(&square));
        let round = PathBuilder::from_circle(20.0, 20.0, 10.0).unwrap();
        assert!((total(&round) - 314.16).abs() < 3.0, "{}", total(&round));
        // Partly outside.
        let half = PathBuilder::from_circle(0.0, 20.0, 10.0).unwrap();
        assert!((total(&half) - 157.08).abs() < 3.0, "{}", total(&half));
        let far = PathBuilder::from_circle(200.0, 20.0, 10.0).unwrap();
        assert_eq!(total(&far), 0.0);
    }

    #[test]
    fn contours_that_turn_back_are_holes() {
        let mut ring = PathBuilder::new();
        for (points, _) in [
            ([(0.0, 0.0), (20.0, 0.0), (20.0, 20.0), (0.0, 20.0)], 1),
            ([(5.0, 5.0), (5.0, 15.0), (15.0, 15.0), (15.0, 5.0)], -1),
        ] {
            ring.move_to(points[0].0, points[0].1);
            points[1..].iter().for_each(|(x, y)| ring.line_to(*x, *y));
            ring.close();
        }
        assert!((total(&ring.finish().unwrap()) - 300.0).abs() < 0.5);
    }
}
