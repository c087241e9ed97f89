//! Whether words show on a picture of the page: the last judge, where what is
//! painted before and after them leaves a doubt.

use std::panic::AssertUnwindSafe;

use typst::foundations::{Content, Smart};
use typst::layout::{Frame, FrameItem, Sides};
use typst::utils::Scalar;
use typst::visualize::{Color, Geometry, Paint};
use typst_layout::Page;
use typst_render::RenderOptions;

use crate::pictures::{Area, Subject, subject};
use crate::quiet::quietly;

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
    let page = &page(frame, fill);
    let grey = |_| Color::GRAY;
    let listed = |at: usize| runs.iter().any(|(run, _)| *run == at);
    let bare = Page { fill: Smart::Custom(None), ..changed(page, &listed, Some(Color::BLACK), &grey) };
    let whole = picture(changed(page, &|_| true, None, &grey));
    let without = picture(changed(page, &|at| !listed(at), None, &grey));
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

fn page(frame: &Frame, fill: &Smart<Option<Paint>>) -> Page {
    Page {
        frame: frame.clone(),
        fill: fill.clone(),
        bleed: Sides::default(),
        numbering: None,
        supplement: Content::empty(),
        number: 1,
    }
}

/// What part of a picture makes a difference on the page, within an area. It is
/// given by its place among the painted things.
pub(super) fn part_seen(frame: &Frame, fill: &Smart<Option<Paint>>, at: usize, area: Area) -> f64 {
    let page = page(frame, fill);
    let with = |colour: Color| {
        picture(changed(&page, &|_| true, None, &|other| {
            if other == at { colour.clone() } else { Color::GRAY }
        }))
    };
    let (Some(dark), Some(light)) = (with(Color::BLACK), with(Color::WHITE)) else { return 1.0 };
    let (mut all, mut seen) = (0_usize, 0_usize);
    for (x, y) in dark.pixels_of(area) {
        if let (Some(dark), Some(bright)) = (dark.at(x, y), light.at(x, y)) {
            all += 1;
            seen += usize::from(lightness(dark).abs_diff(lightness(bright)) > 2 * DIFFERENCE);
        }
    }
    if all == 0 { 1.0 } else { seen as f64 / all as f64 }
}

/// The part of the ink within a box by which two pictures differ; nothing for a
/// box with hardly any ink, such as that of a space.
fn part(alone: &Picture, whole: &Picture, without: &Picture, area: Area) -> Option<f64> {
    let (mut ink, mut seen) = (0_usize, 0_usize);
    for (x, y) in alone.pixels_of(area) {
        let (Some(alone), Some(whole), Some(without)) = (alone.at(x, y), whole.at(x, y), without.at(x, y))
        else {
            continue;
        };
        if alone[3] > 127 {
            ink += 1;
            seen += usize::from(lightness(whole).abs_diff(lightness(without)) > DIFFERENCE);
        }
    }
    (ink >= SPECK).then(|| seen as f64 / ink as f64)
}

/// How light a pixel is (Rec. 601).
fn lightness(pixel: &[u8]) -> u8 {
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
    /// The pixels of an area.
    fn pixels_of(&self, area: Area) -> impl Iterator<Item = (usize, usize)> {
        let scaled = |length: f64| (length * self.scale).max(0.0) as usize;
        let across = scaled(area.left)..=scaled(area.right);
        (scaled(area.top)..=scaled(area.bottom)).flat_map(move |y| across.clone().map(move |x| (x, y)))
    }

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

/// The page with only the painted things that are kept, by their places; words
/// in one colour, if one is given. Photographs are stand-ins here, and
/// see-through: they become rectangles, since what is behind one is hidden.
fn changed(
    page: &Page,
    keep: &dyn Fn(usize) -> bool,
    words: Option<Color>,
    pictures: &dyn Fn(usize) -> Color,
) -> Page {
    let mut page = page.clone();
    Change { at: 0, keep, words, pictures }.make(&mut page.frame);
    page
}

struct Change<'a> {
    at: usize,
    keep: &'a dyn Fn(usize) -> bool,
    words: Option<Color>,
    pictures: &'a dyn Fn(usize) -> Color,
}

impl Change<'_> {
    fn make(&mut self, frame: &mut Frame) {
        frame.retain(|item| match item {
            FrameItem::Group(group) => {
                if self.words.is_some() {
                    group.clip = None;
                }
                self.make(&mut group.frame);
                true
            }
            FrameItem::Link(..) | FrameItem::Tag(_) => true,
            FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) => {
                self.at += 1;
                let at = self.at - 1;
                match (&mut *item, &self.words) {
                    (FrameItem::Text(text), Some(colour)) => text.fill = Paint::Solid(colour.clone()),
                    (FrameItem::Image(image, size, span), _)
                        if matches!(subject(image), Subject::Exhibit(_)) =>
                    {
                        let shape = Geometry::Rect(*size).filled((self.pictures)(at));
                        *item = FrameItem::Shape(shape, *span);
                    }
                    _ => {}
                }
                (self.keep)(at)
            }
        });
    }
}
