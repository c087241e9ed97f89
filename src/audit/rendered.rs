//! Whether words show on a picture of the page: the last judge, where what is
//! painted before and after them leaves a doubt.

use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem};
use typst::utils::Scalar;
use typst::visualize::{Color, Geometry, Paint};
use typst_layout::Page;
use typst_render::RenderOptions;

use crate::pictures::Area;

/// Part of the ink of words that must make a difference on the page.
pub(super) const ENOUGH: f64 = 0.6;
/// Pixels a point, and most pixels a side.
const SCALE: f64 = 2.0;
const LARGEST: f64 = 2400.0;
/// Difference of a channel, of 255, that can be seen.
const DIFFERENCE: u8 = 20;

/// What part of the ink of each run of words shows. Runs are given by their
/// places among the painted things of the page, in the order of painting, and
/// the boxes around them.
pub(super) fn shown(page: &Page, runs: &[(usize, Area)]) -> Vec<f64> {
    if runs.is_empty() {
        return vec![];
    }
    let listed = |at: usize| runs.iter().any(|(run, _)| *run == at);
    let whole = picture(changed(page, &|_| true, None));
    let without = picture(changed(page, &|at| !listed(at), None));
    let bare = Page { fill: Smart::Custom(None), ..changed(page, &listed, Some(Color::BLACK)) };
    let alone = picture(bare);
    runs.iter().map(|(_, area)| part(&alone, &whole, &without, *area)).collect()
}

/// The part of the ink within a box by which two pictures differ.
fn part(alone: &Picture, whole: &Picture, without: &Picture, area: Area) -> f64 {
    let (mut ink, mut seen) = (0_usize, 0_usize);
    let scaled = |length: f64| (length * alone.scale).max(0.0) as usize;
    for y in scaled(area.top)..=scaled(area.bottom) {
        for x in scaled(area.left)..=scaled(area.right) {
            let (Some(alone), Some(whole), Some(without)) =
                (alone.at(x, y), whole.at(x, y), without.at(x, y))
            else {
                continue;
            };
            if alone[3] > 127 {
                ink += 1;
                seen += usize::from(whole.iter().zip(without).any(|(a, b)| a.abs_diff(*b) > DIFFERENCE));
            }
        }
    }
    if ink == 0 { 0.0 } else { seen as f64 / ink as f64 }
}

/// A page as pixels.
struct Picture {
    width: usize,
    scale: f64,
    pixels: Vec<u8>,
}

impl Picture {
    fn at(&self, x: usize, y: usize) -> Option<&[u8]> {
        let start = (y * self.width + x) * 4;
        if x < self.width { self.pixels.get(start..start + 4) } else { None }
    }
}

fn picture(page: Page) -> Picture {
    let (width, height) = (page.frame.width().to_pt(), page.frame.height().to_pt());
    // A panel two metres high needs no more pixels than a page.
    let scale = SCALE.min(LARGEST / width.max(height).max(1.0));
    let options = RenderOptions { pixel_per_pt: Scalar::new(scale), render_bleed: false };
    let pixels = typst_render::render(&page, &options);
    Picture { width: pixels.width() as usize, scale, pixels: pixels.data().to_vec() }
}

/// The page with only the painted things that are kept, by their places; in one
/// colour, if one is given.
fn changed(page: &Page, keep: &dyn Fn(usize) -> bool, colour: Option<Color>) -> Page {
    let mut page = page.clone();
    let mut at = 0;
    keep_some(&mut page.frame, &mut at, keep, colour.as_ref());
    page
}

fn keep_some(frame: &mut Frame, at: &mut usize, keep: &dyn Fn(usize) -> bool, colour: Option<&Color>) {
    frame.retain(|item| match item {
        FrameItem::Group(group) => {
            if colour.is_some() {
                group.clip = None;
            }
            keep_some(&mut group.frame, at, keep, colour);
            true
        }
        FrameItem::Link(..) | FrameItem::Tag(_) => true,
        FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) => {
            *at += 1;
            match (&mut *item, colour) {
                (FrameItem::Text(text), Some(colour)) => text.fill = Paint::Solid(colour.clone()),
                // Photographs are stand-ins here, and see-through; what is
                // behind one is hidden.
                (FrameItem::Image(_, size, span), _) => {
                    let shape = Geometry::Rect(*size).filled(Color::GRAY);
                    *item = FrameItem::Shape(shape, *span);
                }
                _ => {}
            }
            keep(*at - 1)
        }
    });
}
