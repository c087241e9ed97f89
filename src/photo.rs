//! Pictures: what a file is, its pixels, and renditions of a piece of it at
//! the size it is printed. Nothing but pixels leaves this room, so no
//! rendition carries a camera's metadata.

mod decode;
mod orientation;
mod rendition;

pub(crate) use decode::{Header, decode, header};
pub(crate) use rendition::Rendition;
pub(crate) use rendition::{Crop, Ground, Limits, plate, show, stand_in};

use image::metadata::Orientation;
use orientation::upright;

use crate::colour::Source;

/// Largest picture, in pixels.
pub(crate) const PIXELS: u64 = 200_000_000;

/// The pixels of a picture as they are stored, 8 bits a channel.
pub(crate) struct Picture {
    /// Width and height as stored, before the orientation.
    width: u32,
    height: u32,
    /// Rows from the top, channels beside each other.
    pixels: Vec<u8>,
    source: Source,
    /// Whether a last channel is alpha.
    alpha: bool,
    orientation: Orientation,
}

impl Picture {
    /// The picture whole, upright, as an sRGB PNG.
    pub(crate) fn into_png(self, output: &crate::colour::Output) -> Vec<u8> {
        let (width, height) = upright(self.orientation, self.width, self.height);
        let limits = Limits { width, height };
        let pixels = rendition::shown(self, &Crop::WHOLE, limits, &Ground::paper(), output);
        let picture =
            image::RgbImage::from_raw(pixels.width, pixels.height, pixels.data).expect("whole rows");
        let mut png = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut png, image::ImageFormat::Png).expect("a picture in memory");
        png.into_inner()
    }
}
