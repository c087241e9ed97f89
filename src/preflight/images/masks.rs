//! What of a picture is seen: its soft mask, its stencil, colours that are none
//! (ISO 32000-1, 8.9.6 and 11.6.5.3).

use hayro_syntax::object::{Number, Object, Stream};
use tiny_skia::Transform;

use super::{Pixels, is_stencil};
use crate::preflight::colour::Space;

/// The masks of a picture.
pub(in crate::preflight) enum Masks {
    /// All of it is seen.
    None,
    /// As much as a picture of gray says.
    Soft(Pixels),
    /// Where a stencil is 0.
    Stencil(Pixels),
    /// But for pixels whose samples all lie within these.
    Colours(Vec<(u8, u8)>),
}

/// The picture that masks another, if there is one.
pub(in crate::preflight) fn own_mask<'a>(image: &Stream<'a>) -> Option<Stream<'a>> {
    image.dict().get::<Stream>(b"SMask").or_else(|| image.dict().get::<Stream>(b"Mask"))
}

impl Masks {
    /// Reads them; also the number of samples that this took.
    pub(in crate::preflight) fn read(image: &Stream, bits: u8, indexed: bool) -> (Self, usize) {
        let gray = |mask: &Stream| Pixels::decode(mask, Some(Space::Gray)).ok();
        let dict = image.dict();
        if let Some(pixels) = dict.get::<Stream>(b"SMask").as_ref().and_then(gray) {
            let took = pixels.len();
            return (Self::Soft(pixels), took);
        }
        match dict.get::<Object>(b"Mask") {
            Some(Object::Stream(mask)) if is_stencil(&mask) => match gray(&mask) {
                Some(pixels) => {
                    let took = pixels.len();
                    (Self::Stencil(pixels), took)
                }
                None => (Self::None, 0),
            },
            Some(Object::Array(ranges)) => {
                let values: Vec<u32> =
                    ranges.iter::<Number>().take(64).map(|n| n.as_i64().clamp(0, 65_535) as u32).collect();
                let most = (1_u32 << bits.clamp(1, 16)) - 1;
                let byte = |value: u32| match indexed {
                    true => value.min(255) as u8,
                    false => (value.min(most) * 255 / most) as u8,
                };
                let pairs = values.chunks_exact(2).map(|pair| (byte(pair[0]), byte(pair[1])));
                (Self::Colours(pairs.collect()), 0)
            }
            _ => (Self::None, 0),
        }
    }

    /// How much of a picture is seen at a point of the page, but for what its key
    /// takes away.
    pub(in crate::preflight) fn at(&self, x: f32, y: f32, back: Transform) -> u8 {
        match self {
            Self::None | Self::Colours(_) => 255,
            Self::Soft(mask) => mask.mean(x, y, back),
            Self::Stencil(mask) => 255 - mask.mean(x, y, back),
        }
    }

    /// The samples of pixels that are not there.
    pub(in crate::preflight) fn key(&self) -> &[(u8, u8)] {
        if let Self::Colours(ranges) = self { ranges } else { &[] }
    }
}
