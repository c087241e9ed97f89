//! Pictures: resolution as printed, and the ink of their pixels.

use hayro_syntax::object::stream::ImageDecodeParams;
use hayro_syntax::object::{Array, Number, Stream};
use tiny_skia::Transform;

use super::colour::Space;

/// Samples of a picture, 8 bits a channel, `Decode` applied.
pub(super) struct Pixels {
    width: usize,
    height: usize,
    channels: usize,
    samples: Vec<u8>,
    space: Space,
}

/// Pictures with more samples than this are not decoded for their ink.
const SAMPLES: u64 = 1 << 29;

/// Width, height and bits of a sample.
pub(super) fn size(image: &Stream) -> Option<(u32, u32, u8)> {
    let dict = image.dict();
    let side = |long: &[u8], short: &[u8]| dict.get::<u32>(long).or_else(|| dict.get::<u32>(short));
    let (width, height) = (side(b"Width", b"W")?, side(b"Height", b"H")?);
    let bits = dict.get::<u8>(b"BitsPerComponent").or_else(|| dict.get::<u8>(b"BPC"));
    let bits = if is_mask(image) { 1 } else { bits.unwrap_or(8) };
    Some((width, height, bits))
}

/// Whether a picture is a stencil for the current colour.
pub(super) fn is_mask(image: &Stream) -> bool {
    let dict = image.dict();
    dict.get::<bool>(b"ImageMask").or_else(|| dict.get::<bool>(b"IM")).unwrap_or(false)
}

/// Pixels an inch of a picture on the transformed unit square.
pub(super) fn ppi(width: u32, height: u32, place: Transform) -> f64 {
    let across = f64::from(place.sx.hypot(place.ky));
    let down = f64::from(place.kx.hypot(place.sy));
    let ppi = |pixels: u32, points: f64| {
        if points > 0.0 { f64::from(pixels) / points * 72.0 } else { f64::INFINITY }
    };
    ppi(width, across).min(ppi(height, down))
}

impl Pixels {
    /// Decodes a picture; none if its data are broken or its space is not one
    /// of plain channels.
    pub(super) fn decode(image: &Stream, space: Space) -> Option<Result<Self, ()>> {
        let (width, height, bits) = size(image)?;
        let channels = space.channels();
        let plain = matches!(space, Space::Cmyk | Space::Gray | Space::Foreign(..));
        if !plain || u64::from(width) * u64::from(height) * channels as u64 > SAMPLES {
            return None;
        }
        let params = ImageDecodeParams {
            is_indexed: false,
            bpc: Some(bits),
            num_components: u8::try_from(channels).ok(),
            target_dimension: None,
            width,
            height,
        };
        let Ok(decoded) = image.decoded_image(&params) else { return Some(Err(())) };
        let bits = decoded.image_data.as_ref().map_or(bits, |data| data.bits_per_component);
        let (width, height) = (width as usize, height as usize);
        let mut samples = unpack(&decoded.data, width * channels, height, bits);
        if samples.len() < width * height * channels {
            return Some(Err(()));
        }
        if inverted(image) {
            samples.iter_mut().for_each(|sample| *sample = 255 - *sample);
        }
        Some(Ok(Self { width, height, channels, samples, space }))
    }

    /// Ink at a point of the unit square, y upwards.
    pub(super) fn ink(&self, x: f32, y: f32) -> Option<[u8; 4]> {
        let column = ((x * self.width as f32) as usize).min(self.width - 1);
        let row = (((1.0 - y) * self.height as f32) as usize).min(self.height - 1);
        let at = (row * self.width + column) * self.channels;
        self.of(&self.samples[at..at + self.channels])
    }

    fn of(&self, samples: &[u8]) -> Option<[u8; 4]> {
        if let (Space::Cmyk, [c, m, y, k]) = (&self.space, samples) {
            return Some([*c, *m, *y, *k]);
        }
        let colour: Vec<f32> = samples.iter().map(|v| f32::from(*v) / 255.0).collect();
        Some(self.space.ink(&colour)?.map(|v| (v * 255.0).round() as u8))
    }

    /// The heaviest pixel, in percent of a plate; only pictures in ink.
    pub(super) fn peak(&self) -> f64 {
        if self.space != Space::Cmyk {
            return 0.0;
        }
        let sums =
            self.samples.as_chunks::<4>().0.iter().map(|p| p.iter().map(|v| u32::from(*v)).sum::<u32>());
        f64::from(sums.max().unwrap_or(0)) / 2.55
    }
}

/// Whether `Decode` turns light into dark, as for pictures of Adobe's.
fn inverted(image: &Stream) -> bool {
    let dict = image.dict();
    let decode = dict.get::<Array>(b"Decode").or_else(|| dict.get::<Array>(b"D")).unwrap_or_default();
    let values: Vec<f32> = decode.iter::<Number>().map(|n| n.as_f32()).collect();
    matches!(values.as_slice(), [first, second, ..] if first > second)
}

/// Samples of any width as bytes; rows start on a byte (ISO 32000-1, 8.9.3).
fn unpack(data: &[u8], row: usize, rows: usize, bits: u8) -> Vec<u8> {
    match bits {
        8 => data.to_vec(),
        16 => data.iter().step_by(2).copied().collect(),
        1 | 2 | 4 => {
            let bits = usize::from(bits);
            let most = (1_u16 << bits) - 1;
            let stride = (row * bits).div_ceil(8);
            let sample = |line: &[u8], i: usize| {
                let at = i * bits;
                let byte = u16::from(line.get(at / 8).copied().unwrap_or(0));
                let value = byte >> (8 - bits - at % 8) & most;
                (value * 255 / most) as u8
            };
            let lines = data.chunks(stride.max(1)).take(rows);
            lines.flat_map(|line| (0..row).map(move |i| sample(line, i))).collect()
        }
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_become_bytes_row_by_row() {
        assert_eq!(unpack(&[0b1010_0000, 0b0100_0000], 3, 2, 1), [255, 0, 255, 0, 255, 0]);
        assert_eq!(unpack(&[0xF0], 2, 1, 4), [255, 0]);
        assert_eq!(unpack(&[7, 1, 9, 2], 2, 1, 16), [7, 9]);
    }

    #[test]
    fn resolution_is_that_of_the_coarser_side() {
        assert_eq!(ppi(300, 300, Transform::from_row(72.0, 0.0, 0.0, 144.0, 0.0, 0.0)), 150.0);
    }
}
