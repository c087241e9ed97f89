//! Press colours seen on a screen: every paint of a page goes from CMYK to
//! sRGB through the output profile.

use std::sync::{Arc, LazyLock};

use moxcms::{ColorProfile, Layout, RenderingIntent, Transform16BitExecutor, TransformOptions};
use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem};
use typst::model::Document;
use typst::visualize::{Color, FixedStroke, Paint, ProcessColor};
use typst_layout::PagedDocument;

use crate::assets;

/// CMYK → sRGB through the embedded profile, relative colorimetric: paper is
/// white, black is what one black plate gives.
static TO_SCREEN: LazyLock<Arc<Transform16BitExecutor>> = LazyLock::new(|| {
    let press = ColorProfile::new_from_slice(assets::FOGRA39).expect("the embedded profile is well formed");
    let options =
        TransformOptions { rendering_intent: RenderingIntent::RelativeColorimetric, ..Default::default() };
    press
        .create_transform_16bit(Layout::Rgba, &ColorProfile::new_srgb(), Layout::Rgb, options)
        .expect("the embedded profile has the colorimetric table")
});

/// Converts one colour; what is not CMYK stays as it is.
fn to_screen(color: &Color) -> Color {
    let Color::Process(ProcessColor::Cmyk(cmyk)) = color else { return color.clone() };
    let ink = [cmyk.c, cmyk.m, cmyk.y, cmyk.k].map(|v| (v.clamp(0.0, 1.0) * 65535.0).round() as u16);
    let mut rgb = [0; 3];
    TO_SCREEN.transform(&ink, &mut rgb).expect("one pixel in, one out");
    let [r, g, b] = rgb.map(|v| (f32::from(v) / 257.0).round() as u8);
    Color::from_u8(r, g, b, 255)
}

/// The document with all solid paints in sRGB. Templates use no other paint;
/// a CMYK gradient would be refused by the PDF/A export.
pub(crate) fn for_screen(document: &PagedDocument) -> PagedDocument {
    let mut pages = document.pages().to_vec();
    for page in &mut pages {
        if let Smart::Custom(Some(fill)) = &mut page.fill {
            recolour(fill);
        }
        recolour_frame(&mut page.frame);
    }
    PagedDocument::new(pages.into(), document.info().clone())
}

fn recolour_frame(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => recolour_frame(&mut group.frame),
            FrameItem::Text(text) => {
                recolour(&mut text.fill);
                text.stroke.as_mut().map(recolour_stroke);
            }
            FrameItem::Shape(shape, _) => {
                shape.fill.as_mut().map(recolour);
                shape.stroke.as_mut().map(recolour_stroke);
            }
            FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
        true
    });
}

fn recolour_stroke(stroke: &mut FixedStroke) {
    recolour(&mut stroke.paint);
}

fn recolour(paint: &mut Paint) {
    if let Paint::Solid(color) = paint {
        *color = to_screen(color);
    }
}

#[cfg(test)]
mod tests {
    use typst::visualize::Cmyk;

    use super::*;

    fn screen(c: f32, m: f32, y: f32, k: f32) -> [u8; 4] {
        let cmyk = Color::Process(ProcessColor::Cmyk(Cmyk { c, m, y, k }));
        to_screen(&cmyk).to_rgb().to_vec4_u8()
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
