//! Whether words show on a picture of the page: the last judge, where what is
//! painted before and after them leaves a doubt.

use std::panic::AssertUnwindSafe;

use typst::foundations::{Content, Smart};
use typst::layout::{Frame, FrameItem, Sides};
use typst::utils::Scalar;
use typst::visualize::{Color, Geometry, Image, ImageKind, Paint};
use typst_layout::Page;
use typst_render::RenderOptions;

use crate::documents::quietly;
use crate::pictures::Area;
use crate::view::stand_in_index;

/// Part of the ink of words that must make a difference on the page.
pub(super) const ENOUGH: f64 = 0.6;
/// Pixels a point, and most pixels a side.
const SCALE: f64 = 2.0;
const LARGEST: f64 = 2400.0;
/// Difference of light, of 255, that can be seen.
const DIFFERENCE: u8 = 24;
/// Fewest pixels of ink that say anything.
const SPECK: usize = 8;

/// What part of the ink of each run of words shows, where it shows least. Runs
/// are given by their places among the painted things of the page, in the order
/// of painting, and the boxes around their glyphs.
pub(super) fn shown(frame: &Frame, fill: &Smart<Option<Paint>>, runs: &[(usize, Vec<Area>)]) -> Vec<f64> {
    if runs.is_empty() {
        return vec![];
    }
    let page = &Page {
        frame: frame.clone(),
        fill: fill.clone(),
        bleed: Sides::default(),
        numbering: None,
        supplement: Content::empty(),
        number: 1,
    };
    let listed = |at: usize| runs.iter().any(|(run, _)| *run == at);
    let bare = Page { fill: Smart::Custom(None), ..changed(page, &listed, Some(Color::BLACK)) };
    let whole = picture(changed(page, &|_| true, None));
    let without = picture(changed(page, &|at| !listed(at), None));
    let (Some(whole), Some(without), Some(alone)) = (whole, without, picture(bare)) else {
        // What cannot be made a picture of is told of by the export.
        return vec![1.0; runs.len()];
    };
    let least = |areas: &Vec<Area>| {
        let parts = areas.iter().filter_map(|area| part(&alone, &whole, &without, *area));
        parts.fold(f64::INFINITY, f64::min)
    };
    runs.iter().map(|(_, areas)| least(areas)).collect()
}

/// The part of the ink within a box by which two pictures differ; nothing for a
/// box with hardly any ink, such as that of a space.
fn part(alone: &Picture, whole: &Picture, without: &Picture, area: Area) -> Option<f64> {
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
                seen += usize::from(light(whole).abs_diff(light(without)) > DIFFERENCE);
            }
        }
    }
    (ink >= SPECK).then(|| seen as f64 / ink as f64)
}

/// How light a pixel is (Rec. 601).
fn light(pixel: &[u8]) -> u8 {
    match pixel {
        [r, g, b, ..] => ((u32::from(*r) * 299 + u32::from(*g) * 587 + u32::from(*b) * 114) / 1000) as u8,
        _ => 0,
    }
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

fn picture(page: Page) -> Option<Picture> {
    let (width, height) = (page.frame.width().to_pt(), page.frame.height().to_pt());
    // A panel two metres high needs no more pixels than a page.
    let scale = SCALE.min(LARGEST / width.max(height).max(1.0));
    let options = RenderOptions { pixel_per_pt: Scalar::new(scale), render_bleed: false };
    // The renderer gives up on some patterns by a panic.
    let draw = AssertUnwindSafe(|| typst_render::render(&page, &options));
    let pixels = quietly(draw).ok()?;
    Some(Picture { width: pixels.width() as usize, scale, pixels: pixels.data().to_vec() })
}

/// The page with only the painted things that are kept, by their places; in one
/// colour, if one is given.
fn changed(page: &Page, keep: &dyn Fn(usize) -> bool, colour: Option<Color>) -> Page {
    let mut page = page.clone();
    let mut at = 0;
    keep_some(&mut page.frame, &mut at, keep, colour.as_ref());
    page
}

fn is_stand_in(image: &Image) -> bool {
    matches!(image.kind(), ImageKind::Svg(svg) if stand_in_index(svg.data()).is_some())
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
                (FrameItem::Image(image, size, span), _) if is_stand_in(image) => {
                    let shape = Geometry::Rect(*size).filled(Color::GRAY);
                    *item = FrameItem::Shape(shape, *span);
                }
                _ => {}
            }
            keep(*at - 1)
        }
    });
}
