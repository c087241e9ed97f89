//! A piece of a picture at the size it is printed: inks for the press, sRGB
//! for the screen.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::budget::Share;
use super::orientation::{turn, upright};
use super::rendition::{Ground, How, Kind, Limits, Rendition};
use super::{Crop, Picture, Pixels};
use crate::colour::{Output, PixelSpace};

/// A picture of one pixel in ink that stands in for the one of a number, so
/// that a writer need not carry the large one about.
pub(crate) fn stand_in(number: usize) -> Vec<u8> {
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, PRESS_QUALITY);
    let mark = format!("fengcai {number}");
    encoder.add_app_segment(9, mark.into_bytes()).expect("a short segment");
    encoder.encode(&[0; 4], 1, 1, ColorType::Cmyk).expect("a picture in memory");
    jpeg
}

/// JPEG quality for the press, all channels in full.
const PRESS_QUALITY: u8 = 92;
/// JPEG quality for the screen.
const SCREEN_QUALITY: u8 = 90;
/// What JPEG adds to a sum of inks at that quality in most pictures, of 255
/// each: a first try leaves so much room.
const MARGIN: u32 = 6;
/// Tries until a plate has no more ink than it may.
const TRIES: usize = 5;

/// Makes what is wanted of a picture. Nothing comes of a piece that cannot be
/// taken.
pub(crate) fn develop(picture: &Picture, how: &How, output: &Output) -> Option<Rendition> {
    let (pixels, alpha) = scaled(picture, &how.crop, how.limits)?;
    match how.kind {
        Kind::Plate { total } => {
            let mut ink = inks(&pixels, &picture.source, output)?;
            if let Some(alpha) = alpha {
                flatten(&mut ink, &alpha, how.ground.ink);
            }
            plate(ink, &pixels, (total * 2.55) as u32)
        }
        Kind::Shown => {
            let rgb = shown(&pixels, alpha.as_deref(), &picture.source, &how.ground, output);
            let jpeg = encode(rgb.as_flattened(), &pixels, ColorType::Rgb, SCREEN_QUALITY)?;
            Some(Rendition::new(&pixels, &jpeg))
        }
    }
}

/// Inks with no more of them than `most` anywhere, also after JPEG has blurred
/// them; what is left over after some tries the judge of the file tells.
fn plate(mut ink: Vec<[u8; 4]>, pixels: &Pixels, most: u32) -> Option<Rendition> {
    let heavy = ink.iter().any(|pixel| sum(pixel) > most);
    let mut bound = if heavy { most.saturating_sub(MARGIN) } else { most };
    let mut tries = 1;
    loop {
        ink.iter_mut().for_each(|pixel| limit(pixel, bound));
        let jpeg = encode(ink.as_flattened(), pixels, ColorType::Cmyk, PRESS_QUALITY)?;
        let over = heaviest(&jpeg)?.saturating_sub(most);
        if over == 0 || tries == TRIES {
            return Some(Rendition::new(pixels, &jpeg));
        }
        // Noise brings back a part of what is taken away.
        bound = bound.saturating_sub(over * 2);
        tries += 1;
    }
}

fn sum(pixel: &[u8; 4]) -> u32 {
    pixel.iter().map(|v| u32::from(*v)).sum()
}

/// sRGB of a piece.
pub(super) fn shown(
    pixels: &Pixels,
    alpha: Option<&[u8]>,
    source: &PixelSpace,
    ground: &Ground,
    output: &Output,
) -> Vec<[u8; 3]> {
    let mut rgb = vec![[0; 3]; pixels.data.len() / channels(source)];
    match source {
        PixelSpace::Gray(_) => {
            let light = Output::grey_to_screen(source);
            for (to, from) in rgb.iter_mut().zip(&pixels.data) {
                *to = [light[usize::from(*from)]; 3];
            }
        }
        PixelSpace::Rgb(_) => {
            output.show::<[u8; 3]>(source).transform_pixels(pixels.data.as_chunks().0, &mut rgb);
        }
        PixelSpace::Cmyk(_) => {
            output.show::<[u8; 4]>(source).transform_pixels(pixels.data.as_chunks().0, &mut rgb);
        }
    }
    if let Some(alpha) = alpha {
        flatten(&mut rgb, alpha, ground.rgb);
    }
    rgb
}

fn channels(source: &PixelSpace) -> usize {
    match source {
        PixelSpace::Gray(_) => 1,
        PixelSpace::Rgb(_) => 3,
        PixelSpace::Cmyk(_) => 4,
    }
}

/// Inks of plain pixels: grey on the black plate alone.
fn inks(pixels: &Pixels, source: &PixelSpace, output: &Output) -> Option<Vec<[u8; 4]>> {
    let mut ink = vec![[0; 4]; pixels.data.len() / channels(source)];
    match source {
        PixelSpace::Gray(_) => {
            let black = output.grey_to_black(source);
            for (to, from) in ink.iter_mut().zip(&pixels.data) {
                to[3] = black[usize::from(*from)];
            }
        }
        PixelSpace::Rgb(_) => {
            output.plate::<[u8; 3]>(source)?.transform_pixels(pixels.data.as_chunks().0, &mut ink);
        }
        PixelSpace::Cmyk(_) => match output.plate::<[u8; 4]>(source) {
            Some(transform) => transform.transform_pixels(pixels.data.as_chunks().0, &mut ink),
            None => ink.copy_from_slice(pixels.data.as_chunks().0),
        },
    }
    Some(ink)
}

/// Takes cyan, magenta and yellow down alike until the sum is within bounds.
fn limit(pixel: &mut [u8; 4], bound: u32) {
    let [c, m, y, k] = pixel.map(u32::from);
    let colour = c + m + y;
    if colour + k > bound && colour > 0 {
        let left = bound.saturating_sub(k);
        *pixel = [(c * left / colour) as u8, (m * left / colour) as u8, (y * left / colour) as u8, k as u8];
    }
}

/// Largest sum of inks in a finished JPEG, of 255 each.
fn heaviest(jpeg: &[u8]) -> Option<u32> {
    let inks = super::decode::jpeg(jpeg, |_| Share::held_by_another()).ok()?.pixels;
    inks.as_chunks::<4>().0.iter().map(sum).max()
}

fn flatten<const N: usize>(pixels: &mut [[u8; N]], alpha: &[u8], ground: [u8; N]) {
    for (pixel, alpha) in pixels.iter_mut().zip(alpha) {
        let a = u32::from(*alpha);
        for (channel, under) in pixel.iter_mut().zip(ground) {
            *channel = ((u32::from(*channel) * a + u32::from(under) * (255 - a) + 127) / 255) as u8;
        }
    }
}

/// The piece upright, at no more than the limits, its alpha apart.
pub(super) fn scaled(picture: &Picture, crop: &Crop, limits: Limits) -> Option<(Pixels, Option<Vec<u8>>)> {
    let channels = channels(&picture.source) + usize::from(picture.alpha);
    let part = crop.stored(picture.orientation);
    let [(left, w), (top, h)] =
        [(part.left, part.right, picture.width), (part.top, part.bottom, picture.height)].map(span);
    let (most_w, most_h) = upright(picture.orientation, limits.width, limits.height);
    let to = |own: f64, most: u32| (own.ceil().max(1.0) as u32).min(most).max(1);
    let (to_w, to_h) = (to(w, most_w), to(h, most_h));
    let kind = match channels {
        1 => PixelType::U8,
        2 => PixelType::U8x2,
        3 => PixelType::U8x3,
        _ => PixelType::U8x4,
    };
    let from = ImageRef::new(picture.width, picture.height, &picture.pixels, kind).ok()?;
    let mut into = Image::new(to_w, to_h, kind);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .crop(left, top, w, h)
        .use_alpha(picture.alpha);
    Resizer::new().resize(&from, &mut into, &options).ok()?;
    let turned = match picture.orientation {
        Orientation::NoTransforms => Pixels { width: to_w, height: to_h, data: into.into_vec() },
        orientation => turn(into.buffer(), to_w, to_h, channels, orientation),
    };
    if !picture.alpha {
        return Some((turned, None));
    }
    let alpha = turned.data.iter().skip(channels - 1).step_by(channels).copied().collect();
    let colour = turned.data.chunks_exact(channels).flat_map(|p| &p[..channels - 1]).copied().collect();
    Some((Pixels { data: colour, ..turned }, Some(alpha)))
}

/// Start and length in pixels of a part of a side. The sum of the two must not
/// come out larger than the side, as it would by rounding.
fn span((start, end, side): (f64, f64, u32)) -> (f64, f64) {
    let side = f64::from(side);
    let start = (start * side).clamp(0.0, side);
    (start, (end * side - start).min(side - start))
}

fn encode(data: &[u8], pixels: &Pixels, kind: ColorType, quality: u8) -> Option<Vec<u8>> {
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, quality);
    encoder.set_sampling_factor(SamplingFactor::R_4_4_4);
    let side = |length: u32| u16::try_from(length).ok();
    encoder.encode(data, side(pixels.width)?, side(pixels.height)?, kind).ok()?;
    jpeg.shrink_to_fit();
    Some(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inks_are_kept_under_the_limit() {
        let mut pixel = [250, 250, 240, 200];
        limit(&mut pixel, 765);
        assert!(pixel.iter().map(|v| u32::from(*v)).sum::<u32>() <= 765 && pixel[3] == 200, "{pixel:?}");
        let mut light = [10, 20, 30, 40];
        limit(&mut light, 765);
        assert_eq!(light, [10, 20, 30, 40]);
    }

    /// The slots of a crop that touches the right or lower edge, at a hundred
    /// thousand sizes and places.
    #[test]
    fn every_size_and_focus_has_a_crop() {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = |most: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state % most
        };
        for _ in 0..100_000 {
            let side = 1 + next(20_000) as u32;
            let share = (1 + next(1000)) as f64 / 1000.0;
            let focus = next(1001) as f64 / 1000.0;
            let start = (focus - share / 2.0).clamp(0.0, 1.0 - share);
            for end in [start + share, 1.0] {
                let (left, length) = span((start, end.min(1.0), side));
                let fits = left >= 0.0 && length > 0.0 && left + length <= f64::from(side);
                assert!(fits, "{left} + {length} of {side}");
            }
        }
    }

    #[test]
    fn inks_survive_their_jpeg() {
        let (width, height) = (133, 70);
        let ink: Vec<[u8; 4]> = (0..width * height)
            .map(|i| {
                let (x, y) = (i % width, i / width);
                [x as u8, (2 * y) as u8, (x + y) as u8, (200 - x) as u8]
            })
            .collect();
        let pixels = Pixels { width, height, data: vec![] };
        let jpeg = encode(ink.as_flattened(), &pixels, ColorType::Cmyk, PRESS_QUALITY).expect("encodes");
        let back = crate::photo::decode(&jpeg).expect("just encoded");
        let worst = ink.as_flattened().iter().zip(&back.pixels).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(worst < Some(12), "{worst:?}");
    }
}
