//! Press colours seen on a screen: every paint of a page goes from CMYK to
//! sRGB through the output profile.

use lcms2::{Flags, Intent, PixelFormat, Profile, Transform};
use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem, Sides};
use typst::model::Document;
use typst::visualize::{Color, FixedStroke, Paint, ProcessColor};
use typst_layout::PagedDocument;

use crate::assets;

/// The output profile, seen on an sRGB screen.
struct Screen(Transform<[u16; 4], [u16; 3]>);

impl Screen {
    /// Relative colorimetric with black-point compensation: paper is white,
    /// and the deepest ink is black. Without optimisation lcms2 sets up in
    /// half a millisecond, which the few colours of a book never earn back.
    fn new() -> Self {
        let press = Profile::new_icc(assets::FOGRA39).expect("the embedded profile is well formed");
        let (from, to) = (PixelFormat::CMYK_16, PixelFormat::RGB_16);
        let flags = Flags::NO_OPTIMIZE | Flags::BLACKPOINT_COMPENSATION;
        let intent = Intent::RelativeColorimetric;
        let transform = Transform::new_flags(&press, from, &Profile::new_srgb(), to, intent, flags);
        Self(transform.expect("the embedded profile has the colorimetric table"))
    }

    /// Converts one colour; what is not CMYK stays as it is.
    fn convert(&self, color: &Color) -> Color {
        let Color::Process(ProcessColor::Cmyk(cmyk)) = color else { return color.clone() };
        let ink = [cmyk.c, cmyk.m, cmyk.y, cmyk.k].map(|v| (v.clamp(0.0, 1.0) * 65535.0).round() as u16);
        let mut rgb = [[0; 3]];
        self.0.transform_pixels(&[ink], &mut rgb);
        let [r, g, b] = rgb[0].map(|v| (f32::from(v) / 257.0).round() as u8);
        Color::from_u8(r, g, b, 255)
    }

    fn frame(&self, frame: &mut Frame) {
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

    fn stroke(&self, stroke: Option<&mut FixedStroke>) {
        if let Some(stroke) = stroke {
            self.paint(&mut stroke.paint);
        }
    }

    fn paint(&self, paint: &mut Paint) {
        if let Paint::Solid(color) = paint {
            *color = self.convert(color);
        }
    }
}

/// The document with all solid paints in sRGB, cut to the trim: a screen wants
/// no bleed. Templates use no other paint;
/// a CMYK gradient would be refused by the PDF/A export.
pub(crate) fn for_screen(document: &PagedDocument) -> PagedDocument {
    let screen = Screen::new();
    let mut pages = document.pages().to_vec();
    for page in &mut pages {
        if let Smart::Custom(Some(fill)) = &mut page.fill {
            screen.paint(fill);
        }
        screen.frame(&mut page.frame);
        page.bleed = Sides::default();
    }
    PagedDocument::new(pages.into(), document.info().clone())
}

#[cfg(test)]
mod tests {
    use typst::visualize::Cmyk;

    use super::*;

    fn screen(c: f32, m: f32, y: f32, k: f32) -> [u8; 4] {
        let cmyk = Color::Process(ProcessColor::Cmyk(Cmyk { c, m, y, k }));
        Screen::new().convert(&cmyk).to_vec4_u8()
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
