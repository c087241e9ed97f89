//! Areas of pixels, and how far they are covered.

use super::layers::by;

/// Pixels, half-open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    pub(super) x0: usize,
    pub(super) y0: usize,
    pub(super) x1: usize,
    pub(super) y1: usize,
}

impl Area {
    pub(super) fn width(&self) -> usize {
        self.x1 - self.x0
    }

    pub(super) fn height(&self) -> usize {
        self.y1 - self.y0
    }

    pub(super) fn size(&self) -> usize {
        self.width() * (self.y1 - self.y0)
    }

    pub(super) fn index(&self, x: usize, y: usize) -> Option<usize> {
        let inside = (self.x0..self.x1).contains(&x) && (self.y0..self.y1).contains(&y);
        inside.then(|| (y - self.y0) * self.width() + x - self.x0)
    }
}

/// How far a clip or a shape covers pixels.
pub(super) struct Coverage {
    pub(super) area: Area,
    pub(super) values: Vec<u8>,
}

impl Coverage {
    /// Narrows what covers an area by this.
    pub(super) fn narrow(&self, values: &mut [u8], area: Area) {
        for (row, line) in values.chunks_mut(area.width().max(1)).enumerate() {
            for (column, value) in line.iter_mut().enumerate() {
                let own = self.area.index(area.x0 + column, area.y0 + row).map_or(0, |i| self.values[i]);
                *value = by((*value).into(), own.into()) as u8;
            }
        }
    }
}
