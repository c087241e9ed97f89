//! Bytes → pixels: JPEG, PNG, TIFF and WebP, told by their content.

use std::io::Cursor;
use std::panic::AssertUnwindSafe;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader};
use serde::{Deserialize, Serialize};
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::budget::Share;
use super::format::{self, Format};
use super::orientation::upright;
use super::tiff::Tagged;
use super::{PIXELS, Picture, jpeg, space, tiff};
use crate::colour::PixelSpace;
use crate::diag::Phrase;
use crate::quiet::quietly;

/// What a file says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Header {
    /// What it really is, whatever its name says.
    pub(crate) format: Format,
    /// Width in pixels, upright.
    pub(crate) width: u32,
    /// Height in pixels, upright.
    pub(crate) height: u32,
    /// Whether pixels may be see-through.
    pub(crate) alpha: bool,
    /// Whether it says that its colours are of another space than sRGB, and not
    /// of which.
    pub(crate) unknown_colours: bool,
}

/// Reads the header alone. Nothing with more than [`PIXELS`] passes.
pub(crate) fn header(bytes: &[u8]) -> Result<Header, Phrase> {
    quietly(AssertUnwindSafe(|| read_header(bytes))).unwrap_or(Err(Phrase::PictureBroken))
}

fn read_header(bytes: &[u8]) -> Result<Header, Phrase> {
    let (format, opened) = open(bytes)?;
    let (orientation, (width, height), alpha, unknown_colours) = match opened {
        Opened::Tagged(tagged) => {
            (tagged.orientation, (tagged.width, tagged.height), !tagged.is_inked(), false)
        }
        Opened::Other(mut decoder) => {
            let grey = !decoder.color_type().has_color();
            let said = space::said(bytes, format, icc(&mut *decoder)?, grey);
            let alpha = decoder.color_type().has_alpha();
            (decoder.orientation().map_err(told)?, decoder.dimensions(), alpha, said.unknown)
        }
    };
    let (width, height) = upright(orientation, width, height);
    Ok(Header { format, width, height, alpha, unknown_colours })
}

/// How the camera was held.
pub(super) fn orientation(bytes: &[u8]) -> Orientation {
    let orientation = match open(bytes) {
        Ok((_, Opened::Tagged(tagged))) => Some(tagged.orientation),
        Ok((_, Opened::Other(mut decoder))) => decoder.orientation().ok(),
        Err(_) => None,
    };
    orientation.unwrap_or(Orientation::NoTransforms)
}

/// Makes sure that a picture can be decoded to its end, and says what it is.
pub(crate) fn whole(bytes: &[u8]) -> Result<Header, Phrase> {
    let header = header(bytes)?;
    match header.format {
        Format::Jpeg if jpeg::is_whole(bytes) => {}
        Format::Jpeg => return Err(Phrase::Truncated),
        // Many have the channel and nothing see-through.
        _ => return Ok(Header { alpha: decode(bytes)?.is_see_through(), ..header }),
    }
    Ok(header)
}

/// Decodes a picture, once there is memory for it. What breaks a decoder is
/// broken itself.
pub(crate) fn decode(bytes: &[u8]) -> Result<Picture, Phrase> {
    quietly(AssertUnwindSafe(|| decoded(bytes))).unwrap_or(Err(Phrase::PictureBroken))
}

fn decoded(bytes: &[u8]) -> Result<Picture, Phrase> {
    let (format, opened) = open(bytes)?;
    let mut decoder = match opened {
        Opened::Tagged(tagged) => return tagged_pixels(*tagged),
        Opened::Other(decoder) if format == Format::Jpeg => {
            drop(decoder);
            return jpeg(bytes, Share::of);
        }
        Opened::Other(decoder) => decoder,
    };
    let orientation = decoder.orientation().map_err(told)?;
    let icc = icc(&mut *decoder)?;
    let (width, height) = decoder.dimensions();
    // The decoder's own rows, what comes of them, and both at once while the
    // depth is brought to eight bits.
    let share = Share::of(decoder.total_bytes().saturating_mul(3));
    let decoded = DynamicImage::from_decoder(decoder).map_err(told)?;
    let alpha = decoded.color().has_alpha();
    let grey = !decoded.color().has_color();
    let pixels = match (grey, alpha) {
        (true, false) => decoded.into_luma8().into_raw(),
        (true, true) => decoded.into_luma_alpha8().into_raw(),
        (false, false) => decoded.into_rgb8().into_raw(),
        (false, true) => decoded.into_rgba8().into_raw(),
    };
    let source = space::said(bytes, format, icc, grey).space(grey);
    Ok(Picture { width, height, pixels, source, alpha, orientation, share })
}

fn icc(decoder: &mut dyn ImageDecoder) -> Result<Option<Vec<u8>>, Phrase> {
    Ok(decoder.icc_profile().map_err(told)?.filter(|icc| !icc.is_empty()))
}

fn told(error: ImageError) -> Phrase {
    match error {
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Phrase::Truncated,
        ImageError::Unsupported(_) => Phrase::UnusualPicture,
        ImageError::Limits(_) => Phrase::TooManyPixels,
        _ => Phrase::PictureBroken,
    }
}

/// A file whose header was read.
enum Opened<'a> {
    Tagged(Box<Tagged<'a>>),
    Other(Box<dyn ImageDecoder + 'a>),
}

/// The decoder of a file that is within the limits.
fn open(bytes: &[u8]) -> Result<(Format, Opened<'_>), Phrase> {
    if bytes.is_empty() {
        return Err(Phrase::EmptyPicture);
    }
    let format = format::guessed(bytes)?;
    if format == Format::Tiff
        && let Some(tagged) = tiff::open(bytes)?
    {
        return Ok((format, Opened::Tagged(Box::new(tagged))));
    }
    // One rule for all kinds: the number of pixels.
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format.read_as());
    reader.no_limits();
    let decoder = reader.into_decoder().map_err(told)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(Phrase::TooManyPixels);
    }
    Ok((format, Opened::Other(Box::new(decoder))))
}

fn tagged_pixels(tagged: Tagged) -> Result<Picture, Phrase> {
    let (width, height, orientation) = (tagged.width, tagged.height, tagged.orientation);
    let (channels, alpha) = (tagged.channels, !tagged.is_inked());
    let size = u64::from(width) * u64::from(height) * channels as u64;
    let share = Share::of(size * 3);
    let icc = tagged.icc.clone();
    let source = if alpha { PixelSpace::Gray(icc) } else { PixelSpace::Cmyk(icc) };
    let pixels = tagged.pixels()?;
    if size != pixels.len() as u64 {
        return Err(Phrase::Truncated);
    }
    Ok(Picture { width, height, pixels, source, alpha, orientation, share })
}

/// Decodes a JPEG, given the memory that it takes. Inks with Adobe's marker
/// (APP14) are stored inverted, as Adobe's programs write them; YCCK is undone
/// here.
pub(super) fn jpeg(bytes: &[u8], share: impl FnOnce(u64) -> Share) -> Result<Picture, Phrase> {
    let failed = |error: DecodeErrors| match error {
        DecodeErrors::ExhaustedData | DecodeErrors::IoErrors(_) => Phrase::Truncated,
        DecodeErrors::Unsupported(_) => Phrase::UnusualPicture,
        _ => Phrase::PictureBroken,
    };
    let side = 65_535;
    let options = DecoderOptions::default().set_max_width(side).set_max_height(side);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(failed)?;
    let (width, height) = decoder.dimensions().ok_or(Phrase::PictureBroken)?;
    let stored = decoder.input_colorspace().ok_or(Phrase::PictureBroken)?;
    let wanted = match stored {
        ColorSpace::Luma => ColorSpace::Luma,
        ColorSpace::CMYK | ColorSpace::YCCK => stored,
        _ => ColorSpace::RGB,
    };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let icc = decoder.icc_profile().filter(|icc| !icc.is_empty());
    let size = (width * height * wanted.num_components()) as u64;
    // Progressive ones keep all coefficients.
    let share = share(if jpeg::is_progressive(bytes) { size * 3 } else { size });
    let mut pixels = decoder.decode().map_err(failed)?;
    if pixels.len() as u64 != size {
        return Err(Phrase::Truncated);
    }
    let source = match wanted {
        ColorSpace::Luma | ColorSpace::RGB => {
            let grey = wanted == ColorSpace::Luma;
            space::said(bytes, Format::Jpeg, icc, grey).space(grey)
        }
        _ => {
            inked(&mut pixels, stored == ColorSpace::YCCK, jpeg::has_adobe_mark(bytes));
            PixelSpace::Cmyk(icc)
        }
    };
    let orientation = orientation(bytes);
    let [width, height] = [width, height].map(|side| side as u32);
    Ok(Picture { width, height, pixels, source, alpha: false, orientation, share })
}

/// Brings stored inks to 0 for none and 255 for all.
fn inked(pixels: &mut [u8], ycck: bool, inverted: bool) {
    for pixel in pixels.as_chunks_mut::<4>().0 {
        if ycck {
            let [y, cb, cr] = [pixel[0], pixel[1], pixel[2]].map(f32::from);
            let (cb, cr) = (cb - 128.0, cr - 128.0);
            // ITU-T T.871, 7, gives red, green, blue; the inks are their opposites.
            let rgb = [y + 1.402 * cr, y - 0.344_14 * cb - 0.714_14 * cr, y + 1.772 * cb];
            for (ink, v) in pixel.iter_mut().zip(rgb) {
                *ink = 255 - v.round().clamp(0.0, 255.0) as u8;
            }
        }
        if inverted {
            *pixel = pixel.map(|v| 255 - v);
        }
    }
}
