//! What counts and what does not.

use typst::layout::{GroupItem, Point};
use typst::visualize::Cmyk;

use super::*;

fn ink(c: f32, k: f32) -> Paint {
    Paint::Solid(Color::Process(ProcessColor::Cmyk(Cmyk { c, m: 0.0, y: 0.0, k })))
}

fn rect(width: f64, height: f64, paint: Paint) -> FrameItem {
    let size = Size::new(Abs::pt(width), Abs::pt(height));
    FrameItem::Shape(Geometry::Rect(size).filled(paint), typst::syntax::Span::detached())
}

fn page(items: Vec<(Point, FrameItem)>) -> Frame {
    let mut frame = Frame::hard(Size::new(Abs::pt(100.0), Abs::pt(100.0)));
    items.into_iter().for_each(|(at, item)| frame.push(at, item));
    frame
}

fn at(x: f64, y: f64) -> Point {
    Point::new(Abs::pt(x), Abs::pt(y))
}

fn of(frame: &Frame, rules: f64) -> Drawing {
    drawn(frame, false, &LazyHash::new((vec![], 24f64.to_bits(), rules.to_bits())))
}

#[test]
fn grouping_does_not_count_and_places_do() {
    let plain = page(vec![(at(10.0, 10.0), rect(5.0, 5.0, ink(1.0, 0.0)))]);
    let mut inner = Frame::hard(Size::zero());
    inner.push(at(4.0, 4.0), rect(5.0, 5.0, ink(1.0, 0.0)));
    let grouped = page(vec![(at(6.0, 6.0), FrameItem::Group(GroupItem::new(inner)))]);
    let moved = page(vec![(at(10.0, 10.01), rect(5.0, 5.0, ink(1.0, 0.0)))]);
    assert_eq!(of(&plain, 2.0).plated, of(&grouped, 2.0).plated);
    assert_ne!(of(&plain, 2.0).plated, of(&moved, 2.0).plated);
}

#[test]
fn the_bleed_is_plated_and_not_seen() {
    let three = page(vec![(at(-3.0, 0.0), rect(103.0, 9.0, ink(1.0, 0.0)))]);
    let five = page(vec![(at(-5.0, 0.0), rect(105.0, 9.0, ink(1.0, 0.0)))]);
    assert_eq!(of(&three, 2.0).seen, of(&five, 2.0).seen);
    assert_ne!(of(&three, 2.0).plated, of(&five, 2.0).plated);
}

#[test]
fn overprint_counts_over_other_inks_alone() {
    let rule = || (at(10.0, 10.0), rect(50.0, 1.0, ink(0.0, 1.0)));
    let on_paper = page(vec![rule()]);
    let on_cyan = page(vec![(at(0.0, 0.0), rect(90.0, 90.0, ink(0.1, 0.0))), rule()]);
    assert_eq!(of(&on_paper, 2.0).plated, of(&on_paper, 0.5).plated);
    assert_ne!(of(&on_cyan, 2.0).plated, of(&on_cyan, 0.5).plated);
    assert_eq!(of(&on_cyan, 2.0).seen, of(&on_cyan, 0.5).seen);
}
