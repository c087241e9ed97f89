//! Pixels: ink put on ink.

use super::Blend;
use crate::preflight::inks::{MOST, Set};

/// Ink, multiplied by how far it covers what is below; a page covers all.
pub(super) struct Layer<const N: usize> {
    pub(super) ink: Vec<[u8; N]>,
    pub(super) alpha: Option<Vec<u8>>,
}

impl<const N: usize> Layer<N> {
    /// Puts the same ink on neighbours.
    pub(super) fn put_row(
        &mut self,
        pixels: std::ops::Range<usize>,
        inks: &[u8; MOST],
        plates: Set,
        alpha: u32,
    ) {
        if self.alpha.is_some() {
            return pixels.for_each(|index| self.put(index, inks, plates, Blend::Normal, alpha));
        }
        let Some(row) = self.ink.get_mut(pixels) else { return };
        for (i, ink) in inks.iter().enumerate().take(N).filter(|(i, _)| plates >> i & 1 == 1) {
            let add = u32::from(*ink) * alpha + 127;
            for pixel in row.iter_mut() {
                pixel[i] = ((u32::from(pixel[i]) * (255 - alpha) + add) / 255) as u8;
            }
        }
    }

    /// Puts ink on a pixel. Plates that are not written on are left as they are.
    #[inline]
    pub(super) fn put(&mut self, index: usize, inks: &[u8; MOST], plates: Set, blend: Blend, alpha: u32) {
        if alpha == 0 {
            return;
        }
        let pixel = &mut self.ink[index];
        if blend == Blend::Normal && self.alpha.is_none() {
            for (i, plate) in pixel.iter_mut().enumerate() {
                if plates >> i & 1 == 1 {
                    *plate = mixed(*plate, inks[i], alpha);
                }
            }
            return;
        }
        let covered = self.alpha.as_ref().map_or(255, |covers| u32::from(covers[index]));
        let inks = match blend {
            Blend::Normal => *inks,
            _ => blended(pixel, inks, blend, covered),
        };
        for (i, plate) in pixel.iter_mut().enumerate() {
            if plates >> i & 1 == 1 {
                *plate = mixed(*plate, inks[i], alpha);
            }
        }
        if let Some(covers) = &mut self.alpha {
            covers[index] = (covered + alpha - by(covered, alpha)).min(255) as u8;
        }
    }
}

/// Ink that comes of blending, as far as there is something below.
fn blended<const N: usize>(pixel: &[u8; N], inks: &[u8; MOST], blend: Blend, covered: u32) -> [u8; MOST] {
    if covered == 0 {
        return *inks;
    }
    let below = pixel.map(|v| (f32::from(v) / covered as f32).min(1.0));
    let above: [f32; N] = std::array::from_fn(|i| f32::from(inks[i]) / 255.0);
    let mixed = blend.mix(below, above);
    let part = covered as f32 / 255.0;
    let mut result = *inks;
    for i in 0..N {
        let value = above[i] * (1.0 - part) + mixed[i] * part;
        result[i] = (value.clamp(0.0, 1.0) * 255.0).round() as u8;
    }
    result
}

/// A part of a part, of 255.
pub(super) fn by(a: u32, b: u32) -> u32 {
    if a == 255 {
        b
    } else if b == 255 {
        a
    } else {
        (a * b + 127) / 255
    }
}

/// Between two values, `part` of 255 of the way.
pub(super) fn mixed(old: u8, new: u8, part: u32) -> u8 {
    ((u32::from(old) * (255 - part) + u32::from(new) * part + 127) / 255) as u8
}

/// How dark inks are, from 0 to 1 (ISO 32000-1, 10.3.5: gray from CMYK).
pub(super) fn darkness(inks: &[u8]) -> f32 {
    match inks {
        [c, m, y, k, ..] => {
            let part = |v: &u8| f32::from(*v) / 255.0;
            (0.3 * part(c) + 0.59 * part(m) + 0.11 * part(y) + part(k)).min(1.0)
        }
        _ => 0.0,
    }
}

/// How light inks are, from 0 to 1.
pub(in crate::preflight) fn lightness(inks: [u8; MOST]) -> f32 {
    1.0 - darkness(&inks)
}
