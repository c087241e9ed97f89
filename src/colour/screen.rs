//! Paints that are more than one colour, as a screen shows them.

use typst::layout::{Abs, Angle, Axes, Frame, FrameItem, GroupItem, Point, Ratio, Size};
use typst::syntax::Span;
use typst::visualize::{Color, Curve, Geometry, Gradient, Paint, Shape, Tiling};

use super::gradients;

/// Shows every colour of a paint.
pub(super) fn show(paint: &mut Paint, shown: &dyn Fn(&Color) -> Color) {
    match paint {
        Paint::Solid(color) => *color = shown(color),
        Paint::Gradient(gradient) => *gradient = gradients::of_light(gradient, shown),
        Paint::Tiling(tiling) => *paint = Paint::Solid(shown(&plain(tiling.frame()).unwrap_or(Color::GRAY))),
    }
}

/// Most cells of a pattern that are drawn one by one.
const CELLS: f64 = 20_000.0;

/// Whether a paint is drawn piece by piece: no pattern can be given other
/// colours, and PDF/A takes no conic gradient.
pub(super) fn is_pieced(paint: &Paint) -> bool {
    matches!(paint, Paint::Tiling(_) | Paint::Gradient(Gradient::Conic(_)))
}

/// A shape with what it is filled with drawn piece by piece: the pieces cut to
/// the outline, and over them its stroke. Nothing for other shapes, and for
/// patterns too fine to be seen.
pub(super) fn drawn(shape: &Shape) -> Option<Frame> {
    let fill = shape.fill.as_ref().filter(|fill| is_pieced(fill))?;
    let outline = match &shape.geometry {
        Geometry::Rect(size) => Curve::rect(*size),
        Geometry::Curve(curve) => curve.clone(),
        Geometry::Line(_) => return None,
    };
    let bounds = shape.bbox(false);
    let cells = match fill {
        Paint::Tiling(tiling) => cells(tiling, bounds.min, bounds.size())?,
        Paint::Gradient(gradient) => wedges(gradient, bounds.min, bounds.size()),
        Paint::Solid(_) => return None,
    };
    let mut frame = Frame::soft(bounds.size());
    frame.push(Point::zero(), FrameItem::Group(GroupItem { clip: Some(outline), ..GroupItem::new(cells) }));
    if shape.stroke.is_some() {
        let stroke = Shape { fill: None, ..shape.clone() };
        frame.push(Point::zero(), FrameItem::Shape(stroke, Span::detached()));
    }
    Some(frame)
}

/// Wedges of a conic gradient, as many as the eye takes for one sweep.
const WEDGES: usize = 240;

/// A conic gradient over an area.
fn wedges(gradient: &Gradient, from: Point, size: Size) -> Frame {
    let centre = gradient.center().unwrap_or(Axes::splat(Ratio::new(0.5)));
    let centre = Point::new(centre.x.of(size.x), centre.y.of(size.y));
    let reach = (size.x + size.y) * 2.0;
    let at = |wedge: f64, reach: Abs| {
        let turn = Angle::rad(std::f64::consts::TAU * wedge / WEDGES as f64);
        centre + Point::new(reach * turn.cos(), reach * turn.sin())
    };
    let mut frame = Frame::soft(size);
    for wedge in 0..WEDGES {
        let wedge = wedge as f64;
        let near = at(wedge + 0.5, (size.x + size.y) * 0.01);
        let whole = (size.x.to_pt() as f32, size.y.to_pt() as f32);
        let color = gradient.sample_at((near.x.to_pt() as f32, near.y.to_pt() as f32), whole);
        let mut curve = Curve::new();
        curve.move_(centre);
        curve.line(at(wedge, reach));
        // Over the next one, so that no seam shows.
        curve.line(at(wedge + 1.5, reach));
        curve.close();
        let shape = Geometry::Curve(curve).filled(color);
        frame.push(from, FrameItem::Shape(shape, Span::detached()));
    }
    frame
}

/// The cells of a pattern over an area.
fn cells(tiling: &Tiling, from: Point, size: Size) -> Option<Frame> {
    let step = tiling.size() + tiling.spacing();
    if step.x <= Abs::zero() || step.y <= Abs::zero() || (size.x / step.x) * (size.y / step.y) > CELLS {
        return None;
    }
    let mut frame = Frame::soft(size);
    let start = |offset: Abs, step: Abs| offset - step * (offset / step).ceil();
    let left = from.x + start(tiling.offset().x, step.x);
    let mut y = from.y + start(tiling.offset().y, step.y);
    while y < from.y + size.y {
        let mut x = left;
        while x < from.x + size.x {
            let cell = GroupItem {
                clip: Some(Curve::rect(tiling.size())),
                ..GroupItem::new(tiling.frame().clone())
            };
            frame.push(Point::new(x, y), FrameItem::Group(cell));
            x += step.x;
        }
        y += step.y;
    }
    Some(frame)
}

/// One colour for a pattern that is not drawn cell by cell: the first in it.
fn plain(frame: &Frame) -> Option<Color> {
    frame.items().find_map(|(_, item)| match item {
        FrameItem::Group(group) => plain(&group.frame),
        FrameItem::Shape(Shape { fill: Some(Paint::Solid(color)), .. }, _) => Some(color.clone()),
        FrameItem::Shape(Shape { stroke: Some(stroke), .. }, _) => match &stroke.paint {
            Paint::Solid(color) => Some(color.clone()),
            _ => None,
        },
        FrameItem::Text(text) => match &text.fill {
            Paint::Solid(color) => Some(color.clone()),
            _ => None,
        },
        _ => None,
    })
}
