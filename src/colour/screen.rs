//! Paints that are more than one colour, as a screen shows them.

use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Size};
use typst::syntax::Span;
use typst::visualize::{Color, Curve, Geometry, Paint, Shape, Tiling};

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

/// A shape with its pattern drawn cell by cell, since no pattern can be given
/// other colours: the cells cut to the outline, and over them its stroke.
/// Nothing for other shapes, and for patterns too fine to be seen.
pub(super) fn drawn(shape: &Shape) -> Option<Frame> {
    let Some(Paint::Tiling(tiling)) = &shape.fill else { return None };
    let outline = match &shape.geometry {
        Geometry::Rect(size) => Curve::rect(*size),
        Geometry::Curve(curve) => curve.clone(),
        Geometry::Line(_) => return None,
    };
    let bounds = shape.bbox(false);
    let cells = cells(tiling, bounds.min, bounds.size())?;
    let mut frame = Frame::soft(bounds.size());
    frame.push(Point::zero(), FrameItem::Group(GroupItem { clip: Some(outline), ..GroupItem::new(cells) }));
    if shape.stroke.is_some() {
        let stroke = Shape { fill: None, ..shape.clone() };
        frame.push(Point::zero(), FrameItem::Shape(stroke, Span::detached()));
    }
    Some(frame)
}

/// The cells of a pattern over an area.
pub(super) fn cells(tiling: &Tiling, from: Point, size: Size) -> Option<Frame> {
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
