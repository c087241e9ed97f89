//! Upright rectangles on a page, and what colour lies where.

use typst::foundations::Smart;
use typst::layout::{Point, Size, Transform};
use typst::visualize::{Color, Curve, CurveItem, Geometry, Paint, Shape};
use typst_layout::Page;

use crate::photo::Crop;

/// An upright rectangle in points, y downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Area {
    /// The box around transformed points.
    pub(crate) fn around(points: impl IntoIterator<Item = Point>, ts: Transform) -> Self {
        let none = f64::INFINITY;
        let mut area = Self { left: none, top: none, right: -none, bottom: -none };
        for point in points {
            let at = point.transform(ts);
            let (x, y) = (at.x.to_pt(), at.y.to_pt());
            area.left = area.left.min(x);
            area.top = area.top.min(y);
            area.right = area.right.max(x);
            area.bottom = area.bottom.max(y);
        }
        area
    }

    /// The box around a transformed rectangle at the origin.
    pub(crate) fn of(size: Size, ts: Transform) -> Self {
        Self::around([Point::zero(), Point::with_x(size.x), Point::with_y(size.y), size.to_point()], ts)
    }

    pub(crate) fn of_curve(curve: &Curve, ts: Transform) -> Self {
        let points = curve.0.iter().flat_map(|item| match item {
            CurveItem::Move(p) | CurveItem::Line(p) => vec![*p],
            CurveItem::Cubic(a, b, c) => vec![*a, *b, *c],
            CurveItem::Close => vec![],
        });
        Self::around(points, ts)
    }

    pub(crate) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn is_empty(self) -> bool {
        self.width() <= 0.01 || self.height() <= 0.01
    }

    /// The common part.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// What is left within two clips, either of which may be absent.
    pub(crate) fn clipped(outer: Option<Self>, own: Option<Self>) -> Option<Self> {
        match (outer, own) {
            (Some(outer), Some(own)) => Some(outer.and(own)),
            (outer, own) => outer.or(own),
        }
    }

    /// This part of a whole, in fractions.
    pub(crate) fn within(self, whole: Self) -> Crop {
        let x = |x: f64| ((x - whole.left) / whole.width()).clamp(0.0, 1.0);
        let y = |y: f64| ((y - whole.top) / whole.height()).clamp(0.0, 1.0);
        Crop { left: x(self.left), top: y(self.top), right: x(self.right), bottom: y(self.bottom) }
    }

    /// Whether another area lies in this one.
    pub(crate) fn contains(self, other: Self) -> bool {
        let slack = 0.1;
        self.left <= other.left + slack
            && self.top <= other.top + slack
            && self.right >= other.right - slack
            && self.bottom >= other.bottom - slack
    }
}

/// What was painted so far on a page, as far as it is plain rectangles.
pub(super) struct Stage {
    /// The page with its bleed.
    pub(super) page: Area,
    /// What was painted where; no colour for what is no plain rectangle.
    painted: Vec<(Area, Option<Color>)>,
}

/// What lies under a picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Underlay {
    /// Nothing but paper.
    Paper,
    /// One colour all over.
    Colour(Color),
    /// Several things.
    Mixed,
}

impl Stage {
    pub(super) fn new(page: &Page) -> Self {
        let (size, bleed) = (page.frame.size(), page.bleed);
        let area = Area {
            left: -bleed.left.to_pt(),
            top: -bleed.top.to_pt(),
            right: (size.x + bleed.right).to_pt(),
            bottom: (size.y + bleed.bottom).to_pt(),
        };
        let fill = match &page.fill {
            Smart::Custom(Some(Paint::Solid(color))) => Some((area, Some(color.clone()))),
            _ => None,
        };
        Self { page: area, painted: fill.into_iter().collect() }
    }

    pub(super) fn paint(&mut self, shape: &Shape, ts: Transform, clip: Option<Area>) {
        let area = match &shape.geometry {
            Geometry::Line(to) => Area::around([Point::zero(), *to], ts),
            Geometry::Rect(size) => Area::of(*size, ts),
            Geometry::Curve(curve) => Area::of_curve(curve, ts),
        };
        let colour = match (&shape.geometry, &shape.fill, &shape.stroke) {
            (Geometry::Rect(_), Some(Paint::Solid(color)), None) => Some(color.clone()),
            _ => None,
        };
        self.put(area, clip, colour);
    }

    /// Something that is no plain rectangle: text, a picture.
    pub(super) fn cover(&mut self, size: Size, ts: Transform, clip: Option<Area>) {
        self.put(Area::of(size, ts), clip, None);
    }

    fn put(&mut self, area: Area, clip: Option<Area>, colour: Option<Color>) {
        self.painted.push((clip.map_or(area, |clip| area.and(clip)), colour));
    }

    /// What is under an area.
    pub(super) fn ground(&self, area: Area) -> Underlay {
        let touching = self.painted.iter().rev().find(|(painted, _)| !painted.and(area).is_empty());
        match touching {
            None => Underlay::Paper,
            Some((painted, Some(color))) if painted.contains(area) => Underlay::Colour(color.clone()),
            Some(_) => Underlay::Mixed,
        }
    }
}
