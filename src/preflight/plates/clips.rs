//! What clips: a box, and outlines that are no boxes, each inside the one
//! before it.

use std::cell::OnceCell;
use std::rc::Rc;

use tiny_skia::{Path, PathSegment, Rect};

use super::area::Coverage;

/// What clips.
#[derive(Clone, Default)]
pub(in crate::preflight) struct Clip {
    /// What lies within all of it.
    pub(in crate::preflight) bounds: Option<Rect>,
    pub(super) outline: Option<Rc<Outline>>,
}

/// An outline that clips, in page space.
pub(super) struct Outline {
    pub(super) path: Path,
    pub(super) even_odd: bool,
    pub(super) inside: Option<Rc<Outline>>,
    pub(super) bounds: Option<Rect>,
    /// Its pixels, once something was painted through it.
    pub(super) coverage: OnceCell<Option<Coverage>>,
}

impl Clip {
    /// Clips by a path in page space as well.
    pub(in crate::preflight) fn add(&mut self, path: Path, even_odd: bool) {
        let own = path.bounds();
        self.bounds = match self.bounds {
            Some(outer) => Some(meet(outer, own)),
            None => Some(own),
        };
        if !is_box(&path) {
            let (inside, bounds) = (self.outline.take(), self.bounds);
            let coverage = OnceCell::new();
            self.outline = Some(Rc::new(Outline { path, even_odd, inside, bounds, coverage }));
        }
    }

    /// Lets nothing through.
    pub(in crate::preflight) fn shut(&mut self) {
        self.bounds = Rect::from_xywh(0.0, 0.0, 0.0, 0.0);
    }
}

impl Drop for Outline {
    /// Deep chains are let go of one by one, not by recursion.
    fn drop(&mut self) {
        let mut next = self.inside.take();
        while let Some(outline) = next {
            next = Rc::into_inner(outline).and_then(|mut outline| outline.inside.take());
        }
    }
}

/// What two boxes have in common; a box without area where that is nothing.
fn meet(a: Rect, b: Rect) -> Rect {
    a.intersect(&b).or(Rect::from_xywh(b.x(), b.y(), 0.0, 0.0)).unwrap_or(b)
}

/// Whether a path is nothing but its own bounds.
pub(super) fn is_box(path: &Path) -> bool {
    let bounds = path.bounds();
    let on_edge = |p: &tiny_skia::Point| {
        let near = |a: f32, b: f32| (a - b).abs() < 0.01;
        (near(p.x, bounds.left()) || near(p.x, bounds.right()))
            && (near(p.y, bounds.top()) || near(p.y, bounds.bottom()))
    };
    let points = path.points();
    let straight = path.segments().all(|segment| {
        matches!(segment, PathSegment::MoveTo(_) | PathSegment::LineTo(_) | PathSegment::Close)
    });
    straight && (4..=6).contains(&points.len()) && points.iter().all(on_edge) && turns(points)
}

/// Whether successive corners differ in one direction at a time, so that the
/// path goes around its bounds and not across them.
fn turns(points: &[tiny_skia::Point]) -> bool {
    points.windows(2).all(|pair| {
        let (x, y) = ((pair[0].x - pair[1].x).abs() < 0.01, (pair[0].y - pair[1].y).abs() < 0.01);
        x || y
    })
}
