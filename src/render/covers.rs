//! Front and back of a cover as pages of their own: the screen edition and
//! whatever shows the book from outside.

use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Sides, Size, Transform};
use typst_layout::Page;

use crate::model::PrintJob;

/// A side of the cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The front, right of the spine.
    Front,
    /// The back, left of the spine.
    Back,
}

/// One side of a cover that is laid out in one piece: back, spine, front. What
/// lies on the other side, and its tags, is left out.
pub(crate) fn side(cover: &Page, job: &PrintJob, side: Side) -> Page {
    let trim = Size::new(Abs::mm(job.trim.width.0), Abs::mm(job.trim.height.0));
    let from = match side {
        Side::Front => cover.frame.width() - trim.x,
        Side::Back => Abs::zero(),
    };
    let mut all = cover.frame.clone();
    keep(&mut all, Abs::zero(), (from, from + trim.x), side == Side::Front);
    let mut frame = Frame::hard(trim);
    let moved = GroupItem { transform: Transform::translate(-from, Abs::zero()), ..GroupItem::new(all) };
    frame.push(Point::zero(), FrameItem::Group(moved));
    let Sides { left, right, .. } = cover.bleed;
    let inside = Abs::mm(job.bleed.inside.0);
    let bleed = match side {
        Side::Front => Sides { left: inside, right, ..cover.bleed },
        Side::Back => Sides { left, right: inside, ..cover.bleed },
    };
    Page { frame, bleed, ..cover.clone() }
}

/// Leaves what reaches into a part of the width; tags only where they are
/// wanted, so that no text is read twice.
fn keep(frame: &mut Frame, origin: Abs, part: (Abs, Abs), tags: bool) {
    let places: Vec<Point> = frame.items().map(|(at, _)| *at).collect();
    let mut places = places.into_iter();
    frame.retain(|item| {
        let x = origin + places.next().unwrap_or_default().x;
        let reaches = |left: Abs, right: Abs| right > part.0 + Abs::pt(0.5) && left < part.1 - Abs::pt(0.5);
        match item {
            FrameItem::Tag(_) => tags,
            FrameItem::Link(..) => false,
            FrameItem::Group(group) => {
                keep(&mut group.frame, x + group.transform.tx, part, tags);
                group.frame.items().next().is_some()
            }
            FrameItem::Text(text) => reaches(x, x + text.width()),
            FrameItem::Shape(shape, _) => {
                let bounds = shape.bbox(true);
                reaches(x + bounds.min.x, x + bounds.max.x)
            }
            FrameItem::Image(_, size, _) => reaches(x, x + size.x),
        }
    });
}
