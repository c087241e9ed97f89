//! Whether black that overprints prints otherwise than black that knocks out:
//! only where another ink lies under it.

use typst::layout::{Point, Size, Transform};
use typst::visualize::{Color, Geometry, Paint, ProcessColor, Shape};

use crate::pictures::Area;

/// What was painted so far on a page.
#[derive(Default)]
pub(super) struct Ground(Vec<Painted>);

struct Painted {
    area: Area,
    /// Whether it puts ink on a plate other than black.
    coloured: bool,
    /// Whether nothing under its area shows through.
    covers: bool,
}

impl Ground {
    pub(super) fn put(&mut self, area: Area, coloured: bool, covers: bool) {
        self.0.push(Painted { area, coloured, covers });
    }

    /// Whether another ink than black lies under an area.
    pub(super) fn is_coloured(&self, area: Area) -> bool {
        for painted in self.0.iter().rev().filter(|painted| !painted.area.and(area).is_empty()) {
            if painted.coloured {
                return true;
            }
            if painted.covers && painted.area.contains(area) {
                return false;
            }
        }
        false
    }
}

/// Pure black, as the press writes it.
pub(super) fn is_black(paint: &Paint) -> bool {
    match paint {
        Paint::Solid(Color::Process(ProcessColor::Cmyk(c))) => {
            [c.c, c.m, c.y, 1.0 - c.k].iter().all(|v| *v < 0.002)
        }
        Paint::Solid(Color::Process(ProcessColor::Luma(c))) => c.luma < 0.002,
        Paint::Solid(Color::Process(ProcessColor::Rgb(c))) => {
            [c.red, c.green, c.blue].iter().all(|v| *v < 0.002)
        }
        _ => false,
    }
}

/// Whether a paint puts ink on a plate other than black, as far as is known.
pub(super) fn is_coloured(paint: &Paint) -> bool {
    match paint {
        Paint::Solid(Color::Process(ProcessColor::Cmyk(c))) => [c.c, c.m, c.y].iter().any(|v| *v > 0.002),
        Paint::Solid(Color::Process(ProcessColor::Luma(_))) => false,
        Paint::Solid(Color::Process(ProcessColor::Rgb(c))) => c.red != c.green || c.green != c.blue,
        _ => true,
    }
}

/// The area that a shape takes.
pub(super) fn area_of(shape: &Shape, ts: Transform) -> Area {
    let bounds = shape.bbox(true);
    let corner = ts.pre_concat(Transform::translate(bounds.min.x, bounds.min.y));
    Area::of(Size::new(bounds.max.x - bounds.min.x, bounds.max.y - bounds.min.y), corner)
}

/// The smaller side of a rectangle or the thickness of a line, in points.
pub(super) fn thin(geometry: &Geometry, scale: f64) -> f64 {
    match geometry {
        Geometry::Rect(size) => size.x.to_pt().abs().min(size.y.to_pt().abs()) * scale,
        Geometry::Line(to) => to.x.to_pt().abs().min(to.y.to_pt().abs()) * scale,
        Geometry::Curve(curve) => {
            let bounds = curve.bbox(None);
            let Point { x, y } = bounds.max - bounds.min;
            x.to_pt().min(y.to_pt()) * scale
        }
    }
}
