//! Pictures: what a file is, its pixels, and renditions of a piece of it at
//! the size it is printed. Nothing but pixels leaves this room, so no
//! rendition carries a camera's metadata.

mod decode;
mod jpeg;
mod orientation;
mod rendition;

pub(crate) use decode::{Header, decode, header};
pub(crate) use rendition::{Ground, Limits, Rendition, plate, show, stand_in};

use image::metadata::Orientation;
use orientation::upright;

use crate::colour::{Output, PixelSpace};
use crate::diag::{Arg, Phrase};

/// Largest picture, in pixels.
pub(crate) const PIXELS: u64 = 200_000_000;

/// SHA-256 over what of a file decides how it looks.
pub(crate) fn essence(bytes: &[u8]) -> String {
    jpeg::essence(bytes, decode::orientation(bytes))
}

/// The whole picture without a camera's notes, in a format that Typst reads:
/// a JPEG as it was, another as sRGB.
pub(crate) fn clean(bytes: &[u8], output: &Output) -> Result<(&'static str, Vec<u8>), Arg> {
    if jpeg::is_jpeg(bytes) {
        return Ok(("jpg", jpeg::without_notes(bytes, decode::orientation(bytes))));
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
}

impl Picture {
    /// The picture whole, upright, as an sRGB PNG.
    fn into_png(self, output: &Output) -> Result<Vec<u8>, Arg> {
        let (width, height) = upright(self.orientation, self.width, self.height);
        let limits = Limits { width, height };
        let pixels = rendition::shown(self, &Crop::WHOLE, limits, &Ground::paper(), output)
            .ok_or(Phrase::Truncated)?;
        let picture = image::RgbImage::from_raw(pixels.width, pixels.height, pixels.data);
        let mut png = std::io::Cursor::new(Vec::new());
        let picture = picture.ok_or(Phrase::Truncated)?;
        picture.write_to(&mut png, image::ImageFormat::Png).map_err(|error| Arg::from(error.to_string()))?;
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
