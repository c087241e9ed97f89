//! The paints of laid-out pages: from ink to sRGB for the screen, and whatever
//! is not ink to ink for the press.

use lcms2::Transform;
use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem, GroupItem, Point, Sides};
use typst::model::Document;
use typst::visualize::{Cmyk, Color, FixedStroke, Geometry, Paint, ProcessColor};
use typst_layout::{Page, PagedDocument};

use super::{Inks, Output, gradients, screen};

/// Applies a conversion to every paint of a page.
struct Recolour<F>(F);

impl<F: FnMut(&mut Paint)> Recolour<F> {
    fn frame(&mut self, frame: &mut Frame) {
        frame.retain(|item| {
            match item {
                FrameItem::Group(group) => self.frame(&mut group.frame),
                FrameItem::Text(text) => {
                    self.paint(&mut text.fill);
                    self.stroke(text.stroke.as_mut());
                }
                FrameItem::Shape(shape, _) => {
                    if let Some(fill) = &mut shape.fill {
                        self.paint(fill);
                    }
                    self.stroke(shape.stroke.as_mut());
                }
                FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
            true
        });
    }

    fn stroke(&mut self, stroke: Option<&mut FixedStroke>) {
        if let Some(stroke) = stroke {
            self.paint(&mut stroke.paint);
        }
    }

    fn paint(&mut self, paint: &mut Paint) {
        self.0(paint);
    }
}

/// The document with all solid paints in sRGB, cut to the trim: a screen wants
/// no bleed.
pub(crate) fn for_screen(document: &PagedDocument, output: &Output) -> PagedDocument {
    let transform = output.to_screen();
    let mut recolour = Recolour(|paint: &mut Paint| screen::show(paint, &|color| shown(color, &transform)));
    let mut pages = document.pages().to_vec();
    for page in &mut pages {
        if let Smart::Custom(Some(fill)) = &page.fill
            && screen::is_pieced(fill)
        {
            let ground = Geometry::Rect(page.frame.size()).filled(fill.clone());
            if let Some(pieces) = screen::drawn(&ground) {
                page.frame.prepend(Point::zero(), FrameItem::Group(GroupItem::new(pieces)));
                page.fill = Smart::Custom(None);
            }
        }
        if has_paint(&page.frame, &screen::is_pieced) {
            draw_pieces(&mut page.frame);
        }
        if let Smart::Custom(Some(fill)) = &mut page.fill {
            recolour.paint(fill);
        }
        recolour.frame(&mut page.frame);
        page.bleed = Sides::default();
    }
    PagedDocument::new(pages.into(), document.info().clone())
}

/// Draws fills of shapes piece by piece where that is needed.
fn draw_pieces(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => draw_pieces(&mut group.frame),
            FrameItem::Shape(shape, _) => {
                if let Some(cells) = screen::drawn(shape) {
                    *item = FrameItem::Group(GroupItem::new(cells));
                }
            }
            _ => {}
        }
        true
    });
}

/// One colour as sRGB: ink through the profile, a spot colour as its
/// alternate; what is no ink stays as it is.
fn shown(color: &Color, transform: &Transform<[u16; 4], [u16; 3]>) -> Color {
    let ProcessColor::Cmyk(cmyk) = color.to_process() else { return Color::Process(color.to_process()) };
    let ink = [cmyk.c, cmyk.m, cmyk.y, cmyk.k].map(|v| (v.clamp(0.0, 1.0) * 65535.0).round() as u16);
    let mut rgb = [[0; 3]];
    transform.transform_pixels(&[ink], &mut rgb);
    let [r, g, b] = rgb[0].map(|v| (f32::from(v) / 257.0).round() as u8);
    Color::from_u8(r, g, b, 255)
}

/// One colour as 8-bit sRGB.
pub(crate) fn rgb(color: &Color, output: &Output) -> [u8; 3] {
    let [r, g, b, _] = shown(color, &output.to_screen()).to_vec4_u8();
    [r, g, b]
}

/// A paint that was no ink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Converted {
    /// Physical page, from 1.
    pub(crate) page: usize,
    /// The colour as it was, such as `#1a2b3c`.
    pub(crate) from: String,
    /// Ink in percent.
    pub(crate) to: [u8; 4],
}

/// Whether a colour is opaque and neither ink nor a spot colour.
fn is_convertible(color: &Color) -> bool {
    let opaque = color.alpha().is_none_or(|alpha| alpha >= 1.0);
    opaque && matches!(color, Color::Process(process) if !matches!(process, ProcessColor::Cmyk(_)))
}

/// Whether a page has a paint to convert. Pages without one, as a rule all,
/// need not be copied.
fn wants_ink(page: &Page) -> bool {
    let paint = |paint: &Paint| match paint {
        Paint::Solid(color) => is_convertible(color),
        Paint::Gradient(_) => true,
        Paint::Tiling(_) => false,
    };
    matches!(&page.fill, Smart::Custom(Some(fill)) if paint(fill)) || has_paint(&page.frame, &paint)
}

fn has_paint(frame: &Frame, wanted: &impl Fn(&Paint) -> bool) -> bool {
    let stroked = |stroke: &Option<FixedStroke>| stroke.as_ref().is_some_and(|stroke| wanted(&stroke.paint));
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_paint(&group.frame, wanted),
        FrameItem::Text(text) => wanted(&text.fill) || stroked(&text.stroke),
        FrameItem::Shape(shape, _) => shape.fill.as_ref().is_some_and(wanted) || stroked(&shape.stroke),
        FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => false,
    })
}

/// The document with all solid, opaque paints in ink, and what had to be
/// converted: neutrals to black alone, colours through the profile.
pub(crate) fn for_press(document: &PagedDocument, output: &Output) -> (PagedDocument, Vec<Converted>) {
    let mut inks: Option<Inks> = None;
    let mut converted: Vec<Converted> = Vec::new();
    let mut pages = document.pages().to_vec();
    for (i, page) in pages.iter_mut().enumerate().filter(|(_, page)| wants_ink(page)) {
        let mut to_ink = |color: &mut Color| {
            if !is_convertible(color) {
                return;
            }
            let from = color.to_hex().to_string();
            let [r, g, b, _] = color.to_vec4_u8();
            let ink @ [c, m, y, k] = inks.get_or_insert_with(|| Inks::new(output)).of([r, g, b]);
            let to = ink.map(|v| (v * 100.0).round() as u8);
            let told = Converted { page: i + 1, from, to };
            if !converted.contains(&told) {
                converted.push(told);
            }
            *color = Color::Process(ProcessColor::Cmyk(Cmyk { c, m, y, k }));
        };
        let mut recolour = Recolour(|paint: &mut Paint| match paint {
            Paint::Solid(color) => to_ink(color),
            Paint::Gradient(gradient) => *gradient = gradients::in_ink(gradient, &mut to_ink),
            Paint::Tiling(_) => {}
        });
        if let Smart::Custom(Some(fill)) = &mut page.fill {
            recolour.paint(fill);
        }
        recolour.frame(&mut page.frame);
    }
    (PagedDocument::new(pages.into(), document.info().clone()), converted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(c: f32, m: f32, y: f32, k: f32) -> [u8; 4] {
        let cmyk = Color::Process(ProcessColor::Cmyk(Cmyk { c, m, y, k }));
        shown(&cmyk, &Output::embedded().to_screen()).to_vec4_u8()
    }

    #[test]
    fn a_spot_colour_shows_as_its_alternate() {
        use std::sync::Arc;
        use typst::layout::Ratio;
        use typst::visualize::{SpotColor, SpotColorant};
        let gold = ProcessColor::Cmyk(Cmyk { c: 0.12, m: 0.32, y: 0.68, k: 0.1 });
        let colorant = Arc::new(SpotColorant { name: None, fallback: gold });
        let transform = Output::embedded().to_screen();
        let full = shown(&Color::Spot(SpotColor::new(colorant.clone(), Ratio::one())), &transform);
        assert_eq!(full.to_vec4_u8(), shown(&Color::Process(gold), &transform).to_vec4_u8());
        let half = shown(&Color::Spot(SpotColor::new(colorant, Ratio::new(0.5))), &transform);
        assert!(half.to_vec4_u8()[2] > full.to_vec4_u8()[2] + 40);
    }

    #[test]
    fn paper_is_white_and_black_is_dark() {
        assert_eq!(screen(0.0, 0.0, 0.0, 0.0), [255; 4]);
        let [r, g, b, _] = screen(0.0, 0.0, 0.0, 1.0);
        assert!(r.max(g).max(b) < 60 && r.abs_diff(b) < 12, "{r} {g} {b}");
        let [r, g, b, _] = screen(0.08, 1.0, 0.88, 0.12);
        assert!(r > 150 && g < 60 && b < 70, "{r} {g} {b}");
    }
}
