//! Pictures: what a file is, its pixels, and renditions of a piece of it at
//! the size it is printed. Nothing but pixels leaves this room, so no
//! rendition carries a camera's metadata.

mod budget;
mod decode;
mod develop;
mod format;
mod jpeg;
mod orientation;
mod rendition;
mod space;
#[cfg(test)]
mod tests;
mod tiff;

pub(crate) use decode::{Header, decode, header, whole};
pub(crate) use develop::{develop, stand_in};
pub(crate) use rendition::{Ground, How, Kind, Limits, Rendition};

use image::metadata::Orientation;
use orientation::upright;

use crate::colour::{Output, PixelSpace};
use crate::diag::Phrase;

/// Tells apart what different versions of this room make of the same picture.
pub(crate) const MAKER: &str = env!("FENGCAI_PICTURES");

/// Alpha from which on nobody sees what lies under a pixel.
const OPAQUE: u8 = 250;

/// Largest picture, in pixels.
pub(crate) const PIXELS: u64 = 200_000_000;

/// SHA-256 over what of a file decides how it looks.
pub(crate) fn essence(bytes: &[u8]) -> String {
    jpeg::essence(bytes, decode::orientation(bytes).to_exif())
}

/// The whole picture without a camera's notes, in a format that Typst reads:
/// a JPEG as it was, another as sRGB.
pub(crate) fn clean(bytes: &[u8], output: &Output) -> Result<(&'static str, Vec<u8>), Phrase> {
    if jpeg::is_jpeg(bytes) {
        return Ok(("jpg", jpeg::without_notes(bytes, decode::orientation(bytes).to_exif())));
    }
    Ok(("png", decode(bytes)?.into_png(output)?))
}

/// The pixels of a picture as they are stored, 8 bits a channel.
pub(crate) struct Picture {
    /// Width and height as stored, before the orientation.
    width: u32,
    height: u32,
    /// Rows from the top, channels beside each other.
    pixels: Vec<u8>,
    source: PixelSpace,
    /// Whether a last channel is alpha.
    alpha: bool,
    orientation: Orientation,
    /// Its share of the memory for pictures.
    #[expect(dead_code, reason = "held until the pixels go")]
    share: budget::Share,
}

impl Picture {
    /// Whether something would show through it.
    fn is_see_through(&self) -> bool {
        let channels = self.pixels.len() / (self.width as usize * self.height as usize).max(1);
        let mut last = self.pixels.iter().skip(channels.saturating_sub(1)).step_by(channels.max(1));
        self.alpha && last.any(|alpha| *alpha < OPAQUE)
    }

    /// The picture whole, upright, as an sRGB PNG.
    fn into_png(self, output: &Output) -> Result<Vec<u8>, Phrase> {
        let (width, height) = upright(self.orientation, self.width, self.height);
        let (pixels, alpha) =
            develop::scaled(&self, &Crop::WHOLE, Limits { width, height }).ok_or(Phrase::PictureBroken)?;
        let rgb = develop::shown(&pixels, alpha.as_deref(), &self.source, &Ground::paper(), output);
        let mut png = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_raw(pixels.width, pixels.height, rgb.into_flattened());
        let written = picture.and_then(|picture| picture.write_to(&mut png, image::ImageFormat::Png).ok());
        written.ok_or(Phrase::PictureBroken)?;
        Ok(png.into_inner())
    }
}

/// Part of an upright picture, as fractions of its width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Crop {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Crop {
    pub(crate) const WHOLE: Self = Self { left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 };
}

/// Pixels of a rendition.
struct Pixels {
    width: u32,
    height: u32,
    data: Vec<u8>,
}
