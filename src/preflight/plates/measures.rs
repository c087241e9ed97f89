//! What is measured on finished plates.

use super::Plates;
use super::layers::Layer;

/// Side of the square over which mean ink is taken: 15 mm in points.
const SQUARE: usize = 43;

impl<const N: usize> Plates<N> {
    /// Total ink of a pixel, of 255 a plate; none outside.
    pub(in crate::preflight) fn total(&self, x: isize, y: isize) -> Option<u32> {
        let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        (x < self.width && y < self.height).then(|| sum(&self.layer.ink[y * self.width + x]))
    }

    /// Whether a picture or a pattern lies on a pixel.
    pub(in crate::preflight) fn pictured(&self, x: isize, y: isize) -> bool {
        let inside = x >= 0 && y >= 0 && (x as usize) < self.width && (y as usize) < self.height;
        inside && self.pictured.get(y as usize * self.width + x as usize).is_some_and(|p| *p)
    }

    /// The heaviest pixel: percent and place.
    pub(in crate::preflight) fn peak(&self) -> (f64, (usize, usize)) {
        let mut heaviest = (0, 0);
        // Most of a page is like what is beside it.
        let mut last = [0; N];
        for (index, ink) in self.layer.ink.iter().enumerate() {
            if *ink != last {
                last = *ink;
                let total = sum(ink);
                if total > heaviest.0 {
                    heaviest = (total, index);
                }
            }
        }
        (percent(heaviest.0.into()), (heaviest.1 % self.width, heaviest.1 / self.width))
    }

    /// The heaviest square of 15 mm: mean percent and its middle.
    pub(in crate::preflight) fn heaviest_square(&self) -> (f64, (usize, usize)) {
        let (w, h) = (SQUARE.min(self.width), SQUARE.min(self.height));
        let mut columns = vec![0_u32; self.width];
        let mut heaviest = (0, (0, 0));
        for y in 0..self.height {
            for (x, column) in columns.iter_mut().enumerate() {
                *column += sum(&self.layer.ink[y * self.width + x]);
                if y >= h {
                    *column -= sum(&self.layer.ink[(y - h) * self.width + x]);
                }
            }
            if y + 1 < h {
                continue;
            }
            let mut square: u32 = columns[..w].iter().sum();
            for x in 0..=self.width - w {
                if square > heaviest.0 {
                    heaviest = (square, (x + w / 2, y + 1 - h / 2));
                }
                if x + w < self.width {
                    square = square + columns[x + w] - columns[x];
                }
            }
        }
        (percent(f64::from(heaviest.0) / (w * h) as f64), heaviest.1)
    }
}

/// Total ink of a pixel.
fn sum<const N: usize>(ink: &[u8; N]) -> u32 {
    ink.iter().map(|v| u32::from(*v)).sum()
}

fn percent(total: f64) -> f64 {
    total / 2.55
}

impl<const N: usize> Plates<N> {
    /// One plate, a byte a pixel, 255 full ink, rows from the top.
    pub(in crate::preflight) fn plate(&self, plate: usize) -> Vec<u8> {
        let Layer { ink, .. } = &self.layer;
        ink.iter().map(|pixel| pixel.get(plate).copied().unwrap_or(0)).collect()
    }
}
