//! Bytes → pixels: JPEG, PNG, TIFF and WebP, told by their content.

use std::io::Cursor;

use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits};
use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::Tag;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::orientation::upright;
use super::{PIXELS, Picture, jpeg};
use crate::colour::PixelSpace;
use crate::diag::{Arg, Phrase};

/// Memory that decoding one picture may take, in bytes.
const MEMORY: u64 = 1 << 30;

/// What a file says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    /// File name extension of what it really is, whatever its name says.
    pub(crate) extension: &'static str,
    /// Width in pixels, upright.
    pub(crate) width: u32,
    /// Height in pixels, upright.
    pub(crate) height: u32,
    /// Whether pixels may be see-through.
    pub(crate) alpha: bool,
}

/// Reads the header alone. Nothing larger than the limits passes, so decoding
/// what passed is bounded.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Arg> {
    let (extension, mut decoder) = open(bytes)?;
    let (width, height) = decoder.dimensions();
    let (width, height) = upright(decoder.orientation().map_err(said)?, width, height);
    let alpha = decoder.color_type().has_alpha();
    Ok(Header { extension, width, height, alpha })
}

/// How the camera was held, by its number in EXIF; 1 where nothing is said.
pub(super) fn orientation(bytes: &[u8]) -> u8 {
    open(bytes).ok().and_then(|(_, mut decoder)| decoder.orientation().ok()).map_or(1, |o| o.to_exif())
}

/// Decodes a picture.
pub(crate) fn decode(bytes: &[u8]) -> Result<Picture, Arg> {
    let (extension, mut decoder) = open(bytes)?;
    if jpeg::is_jpeg(bytes) && !jpeg::segments(bytes).1 {
        return Err(Phrase::Truncated.into());
    }
    let orientation = decoder.orientation().map_err(said)?;
    let icc = decoder.icc_profile().map_err(said)?.filter(|icc| !icc.is_empty());
    let (width, height) = decoder.dimensions();
    let original = decoder.original_color_type();
    // The decoder of `image` turns ink into RGB without a profile.
    if matches!(original, ExtendedColorType::Cmyk8 | ExtendedColorType::Cmyk16) || four_channels(bytes) {
        drop(decoder);
        let pixels = if extension == "jpg" { cmyk_jpeg(bytes)? } else { cmyk_tiff(bytes)? };
        let whole = u64::from(width) * u64::from(height) * 4 == pixels.len() as u64;
        let picture =
            Picture { width, height, pixels, source: PixelSpace::Cmyk(icc), alpha: false, orientation };
        return whole.then_some(picture).ok_or(Phrase::Truncated.into());
    }
    let decoded = DynamicImage::from_decoder(decoder).map_err(said)?;
    let alpha = decoded.color().has_alpha();
    let (pixels, source) = match (decoded.color().has_color(), alpha) {
        (false, false) => (decoded.into_luma8().into_raw(), PixelSpace::Gray),
        (false, true) => (decoded.into_luma_alpha8().into_raw(), PixelSpace::Gray),
        (true, false) => (decoded.into_rgb8().into_raw(), PixelSpace::Rgb(icc)),
        (true, true) => (decoded.into_rgba8().into_raw(), PixelSpace::Rgb(icc)),
    };
    Ok(Picture { width, height, pixels, source, alpha, orientation })
}

fn said(error: image::ImageError) -> Arg {
    match &error {
        image::ImageError::IoError(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
            Phrase::Truncated.into()
        }
        _ => error.to_string().into(),
    }
}

/// The decoder of a file that is within the limits.
fn open(bytes: &[u8]) -> Result<(&'static str, impl ImageDecoder + '_), Arg> {
    if bytes.is_empty() {
        return Err(Phrase::EmptyPicture.into());
    }
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|e| Arg::from(e.to_string()))?;
    let extension = match reader.format() {
        Some(ImageFormat::Jpeg) => "jpg",
        Some(ImageFormat::Png) => "png",
        Some(ImageFormat::WebP) => "webp",
        Some(ImageFormat::Tiff) => "tif",
        _ if is_heic(bytes) => return Err(Phrase::HeicPicture.into()),
        _ => return Err(Phrase::UnknownPicture.into()),
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|error| match error {
        image::ImageError::Limits(_) => Phrase::TooManyPixels.into(),
        other => said(other),
    })?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS || decoder.total_bytes() > MEMORY {
        return Err(Phrase::TooManyPixels.into());
    }
    Ok((extension, decoder))
}

/// An ISO base media file whose brand is one of the HEIF family.
fn is_heic(bytes: &[u8]) -> bool {
    let brands: [&[u8]; 6] = [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"];
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| brands.contains(&brand))
}

/// Whether a JPEG's frame header (SOF) announces four channels.
fn four_channels(bytes: &[u8]) -> bool {
    let frame = |marker: u8| matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
    jpeg::is_jpeg(bytes)
        && jpeg::segments(bytes)
            .0
            .iter()
            .any(|segment| frame(segment.marker) && segment.content.get(5) == Some(&4))
}

/// The four inks of a JPEG. With Adobe's marker (APP14) they are stored
/// inverted, as Adobe's programs write them; YCCK is undone here.
fn cmyk_jpeg(bytes: &[u8]) -> Result<Vec<u8>, Arg> {
    let adobe = |segment: &jpeg::Segment| segment.marker == 0xEE && segment.content.starts_with(b"Adobe");
    let adobe = jpeg::segments(bytes).0.iter().any(adobe);
    let side = 65_535;
    let options = DecoderOptions::default().set_strict_mode(true).set_max_width(side).set_max_height(side);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let failed = |error: zune_jpeg::errors::DecodeErrors| Arg::from(error.to_string());
    decoder.decode_headers().map_err(failed)?;
    let stored = decoder.input_colorspace().ok_or(Phrase::Truncated)?;
    decoder.set_options(options.jpeg_set_out_colorspace(stored));
    let mut pixels = decoder.decode().map_err(failed)?;
    for pixel in pixels.as_chunks_mut::<4>().0 {
        if stored == ColorSpace::YCCK {
            let [y, cb, cr] = [pixel[0], pixel[1], pixel[2]].map(f32::from);
            let (cb, cr) = (cb - 128.0, cr - 128.0);
            // ITU-T T.871, 7, gives red, green, blue; the inks are their opposites.
            let rgb = [y + 1.402 * cr, y - 0.344_14 * cb - 0.714_14 * cr, y + 1.772 * cb];
            for (ink, v) in pixel.iter_mut().zip(rgb) {
                *ink = 255 - v.round().clamp(0.0, 255.0) as u8;
            }
        }
        if adobe {
            *pixel = pixel.map(|v| 255 - v);
        }
    }
    Ok(pixels)
}

fn cmyk_tiff(bytes: &[u8]) -> Result<Vec<u8>, Arg> {
    let failed = |error: tiff::TiffError| Arg::from(error.to_string());
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(failed)?;
    let separate = decoder.find_tag(Tag::PlanarConfiguration).ok().flatten();
    if separate.is_some_and(|value| value.into_u16().is_ok_and(|v| v != 1)) {
        return Err(Phrase::PlanarTiff.into());
    }
    match decoder.read_image().map_err(failed)? {
        DecodingResult::U8(pixels) => Ok(pixels),
        DecodingResult::U16(pixels) => Ok(pixels.iter().map(|v| (v >> 8) as u8).collect()),
        _ => Err(Phrase::UnknownPicture.into()),
    }
}
