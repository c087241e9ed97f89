//! Pictures: resolution as printed, and the ink of their pixels.

mod masks;
mod samples;

use hayro_syntax::object::stream::{ImageColorSpace, ImageDecodeParams};
use hayro_syntax::object::{Array, Number, Stream};
use tiny_skia::{Point, Transform};

pub(super) use masks::{Masks, own_mask};

use super::colour::Space;
use super::inks::MOST;
use super::plates::Dab;
use super::streams::fits;

/// Samples of a picture, a byte each: as many as its space has channels.
pub(super) struct Pixels {
    pub(super) width: usize,
    pub(super) height: usize,
    channels: usize,
    samples: Vec<u8>,
    pub(super) space: Space,
    /// Ink by index, of a palette.
    palette: Vec<[u8; MOST]>,
}

/// Why a picture is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unread {
    /// Its data are broken.
    Broken,
    /// It is larger than is read.
    TooMuch,
}

/// Pictures with more samples than this are not decoded for their ink.
const SAMPLES: u64 = 1 << 28;
/// Most samples across and down that a pixel of the plates is made of.
const FINE: usize = 5;

/// Width, height and bits of a sample.
pub(super) fn size(image: &Stream) -> Option<(u32, u32, u8)> {
    let dict = image.dict();
    let side = |long: &[u8], short: &[u8]| {
        dict.get::<u32>(long).or_else(|| dict.get::<u32>(short)).filter(|side| *side > 0)
    };
    let (width, height) = (side(b"Width", b"W")?, side(b"Height", b"H")?);
    let bits = dict.get::<u8>(b"BitsPerComponent").or_else(|| dict.get::<u8>(b"BPC"));
    let bits = if is_stencil(image) { 1 } else { bits.unwrap_or(8) };
    Some((width, height, bits))
}

/// Whether a picture is a stencil for the current colour.
pub(super) fn is_stencil(image: &Stream) -> bool {
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
    /// Decodes a picture. What it says nothing of itself, its data say: JPEG
    /// 2000 may bring its own colour space (ISO 32000-1, 7.4.9).
    pub(super) fn decode(image: &Stream, space: Option<Space>) -> Result<Self, Unread> {
        let (width, height, bits) = size(image).ok_or(Unread::Broken)?;
        let channels = space.as_ref().map_or(4, Space::channels);
        let samples = u64::from(width) * u64::from(height) * channels as u64;
        if samples > SAMPLES || !fits(image, 2 * SAMPLES) {
            return Err(Unread::TooMuch);
        }
        let params = ImageDecodeParams {
            is_indexed: matches!(space, Some(Space::Indexed(..))),
            bpc: Some(bits),
            num_components: space.as_ref().and_then(|space| u8::try_from(space.channels()).ok()),
            target_dimension: None,
            width,
            height,
        };
        let decoded = image.decoded_image(&params).map_err(|_| Unread::Broken)?;
        let own = decoded.image_data.as_ref();
        let bits = own.map_or(bits, |data| data.bits_per_component);
        let (width, height) = own.map_or((width, height), |data| (data.width, data.height));
        let space = match (space, own.and_then(|data| data.color_space)) {
            (Some(space), _) => space,
            (None, Some(ImageColorSpace::Gray)) => Space::Gray,
            (None, Some(ImageColorSpace::Cmyk)) => Space::Cmyk,
            (None, Some(ImageColorSpace::Rgb)) => Space::Foreign("JPEG 2000 RGB".into(), 3),
            (None, Some(ImageColorSpace::Unknown(n))) => Space::Foreign("JPEG 2000".into(), n.into()),
            (None, None) => return Err(Unread::Broken),
        };
        let (width, height, channels) = (width as usize, height as usize, space.channels());
        let wanted = width.checked_mul(height).and_then(|n| n.checked_mul(channels));
        let wanted = wanted.filter(|n| (1..=SAMPLES as usize).contains(n)).ok_or(Unread::Broken)?;
        let indexed = matches!(space, Space::Indexed(..));
        let mut samples = samples::unpack(decoded.data, width * channels, height, bits, indexed);
        if samples.len() < wanted {
            return Err(Unread::Broken);
        }
        samples::decode(&mut samples, &ranges(image), channels, indexed, bits);
        let palette = match &space {
            Space::Indexed(..) => {
                let ink = |index: usize| space.inks(&[index as f32]).map_or([0; MOST], |inks| inks.bytes());
                (0..256).map(ink).collect()
            }
            _ => vec![],
        };
        Ok(Self { width, height, channels, samples, space, palette })
    }

    /// Samples of the pixel at a column and row.
    fn at(&self, column: usize, row: usize) -> &[u8] {
        let at = (row.min(self.height - 1) * self.width + column.min(self.width - 1)) * self.channels;
        self.samples.get(at..at + self.channels).unwrap_or_default()
    }

    /// The ink of a pixel.
    fn inks(&self, samples: &[u8]) -> [u8; MOST] {
        match (&self.space, samples) {
            (Space::Cmyk, [c, m, y, k]) => {
                let mut inks = [0; MOST];
                inks[..4].copy_from_slice(&[*c, *m, *y, *k]);
                inks
            }
            (Space::Gray, [v]) => {
                let mut inks = [0; MOST];
                inks[3] = 255 - v;
                inks
            }
            (Space::Indexed(..), [index]) => {
                self.palette.get(usize::from(*index)).copied().unwrap_or([0; MOST])
            }
            _ => {
                let mut colour = [0.0; 32];
                for (value, sample) in colour.iter_mut().zip(samples) {
                    *value = f32::from(*sample) / 255.0;
                }
                let colour = colour.get(..samples.len()).unwrap_or_default();
                self.space.inks(colour).map_or([0; MOST], |inks| inks.bytes())
            }
        }
    }

    /// What a pixel of the plates shows: the mean of the samples that it covers,
    /// and the heaviest of them. `back` leads from page space to the unit
    /// square.
    /// Pixels whose samples all lie within a `key` are not there.
    pub(super) fn dab(&self, x: f32, y: f32, back: Transform, key: &[(u8, u8)]) -> Dab {
        let (columns, rows) = self.covered(x, y, back);
        let mut sum = [0_u32; MOST];
        let (mut count, mut all, mut heaviest) = (0, 0_u32, 0);
        let keyed = |samples: &[u8]| {
            let within = |(sample, (low, high)): (&u8, &(u8, u8))| (low..=high).contains(&sample);
            !key.is_empty() && samples.iter().zip(key).all(within)
        };
        for row in rows.clone().step_by(rows.len().div_ceil(FINE).max(1)) {
            for column in columns.clone().step_by(columns.len().div_ceil(FINE).max(1)) {
                all += 1;
                let samples = self.at(column, row);
                if keyed(samples) {
                    continue;
                }
                let inks = self.inks(samples);
                sum.iter_mut().zip(inks).for_each(|(sum, ink)| *sum += u32::from(ink));
                heaviest = heaviest.max(inks.iter().map(|ink| u32::from(*ink)).sum());
                count += 1;
            }
        }
        let alpha = (count * 255 / all.max(1)) as u8;
        Dab { inks: sum.map(|sum| (sum / count.max(1)) as u8), alpha, heaviest }
    }

    /// The mean of the first channel over the samples of a pixel of the plates.
    pub(super) fn mean(&self, x: f32, y: f32, back: Transform) -> u8 {
        let (columns, rows) = self.covered(x, y, back);
        let (mut sum, mut count) = (0_u32, 0_u32);
        for row in rows.clone().step_by(rows.len().div_ceil(FINE).max(1)) {
            for column in columns.clone().step_by(columns.len().div_ceil(FINE).max(1)) {
                sum += self.at(column, row).first().map_or(0, |sample| u32::from(*sample));
                count += 1;
            }
        }
        (sum / count.max(1)) as u8
    }

    /// Columns and rows that a pixel of the plates covers.
    fn covered(&self, x: f32, y: f32, back: Transform) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let mut corners = [Point::from_xy(x - 0.5, y - 0.5), Point::from_xy(x + 0.5, y + 0.5)];
        let mut middle = Point::from_xy(x, y);
        back.map_points(&mut corners);
        back.map_point(&mut middle);
        let range = |a: f32, b: f32, middle: f32, count: usize| {
            let at = |t: f32| (t.clamp(0.0, 1.0) * count as f32) as usize;
            // Turned pictures have corners that say little; then the middle does.
            let (from, to) = (at(a.min(b)), at(a.max(b)));
            if to > from { from..to } else { at(middle).min(count - 1)..at(middle).min(count - 1) + 1 }
        };
        let flip = |v: f32| 1.0 - v;
        (
            range(corners[0].x, corners[1].x, middle.x, self.width),
            range(flip(corners[0].y), flip(corners[1].y), flip(middle.y), self.height),
        )
    }

    /// Whether all samples are the same.
    pub(super) fn is_even(&self) -> bool {
        self.samples.iter().all(|sample| Some(sample) == self.samples.first())
    }

    /// How many pixels are looked at where so many points are covered.
    pub(super) fn looked_at(&self, points: f32) -> u64 {
        let each = (self.width * self.height) as f32 / points.max(1.0);
        (points * each.clamp(1.0, (FINE * FINE) as f32)) as u64
    }

    /// Number of samples.
    pub(super) fn len(&self) -> usize {
        self.samples.len()
    }
}

/// The `Decode` of a picture.
fn ranges(image: &Stream) -> Vec<f32> {
    let dict = image.dict();
    let decode = dict.get::<Array>(b"Decode").or_else(|| dict.get::<Array>(b"D")).unwrap_or_default();
    decode.iter::<Number>().map(|n| n.as_f32()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolution_is_that_of_the_coarser_side() {
        assert_eq!(ppi(300, 300, Transform::from_row(72.0, 0.0, 0.0, 144.0, 0.0, 0.0)), 150.0);
    }
}
