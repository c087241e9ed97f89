//! A finished piece of a picture, and what is wanted of it.

use std::sync::Arc;

use super::{Crop, Pixels};

/// Most pixels a rendition may have; it never has more than the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limits {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// What shows through where a picture is transparent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ground {
    pub(crate) ink: [u8; 4],
    pub(crate) rgb: [u8; 3],
}

impl Ground {
    /// Bare paper.
    pub(crate) fn paper() -> Self {
        Self { ink: [0; 4], rgb: [255; 3] }
    }
}

/// A finished JPEG, behind its width and height.
#[derive(Debug, Clone)]
pub(crate) struct Rendition(Arc<[u8]>);

/// Bytes of width and height.
const SIZE: usize = 8;

impl Rendition {
    pub(super) fn new(pixels: &Pixels, jpeg: &[u8]) -> Self {
        let size = [pixels.width, pixels.height].map(u32::to_le_bytes);
        Self([size.as_flattened(), jpeg].concat().into())
    }

    /// One that was kept.
    pub(crate) fn kept(bytes: Arc<[u8]>) -> Option<Self> {
        (bytes.len() > SIZE).then_some(Self(bytes))
    }

    /// All of it, to be kept.
    pub(crate) fn whole(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn jpeg(&self) -> &[u8] {
        self.0.get(SIZE..).unwrap_or_default()
    }

    /// Width and height in pixels.
    pub(crate) fn size(&self) -> [u32; 2] {
        let side = |at: usize| self.0.get(at..at + 4).and_then(|side| side.try_into().ok());
        [0, 4].map(|at| side(at).map_or(0, u32::from_le_bytes))
    }
}

impl AsRef<[u8]> for Rendition {
    fn as_ref(&self) -> &[u8] {
        self.jpeg()
    }
}

/// What is made of a picture: a piece of it, no larger than it is printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct How {
    pub(crate) crop: Crop,
    pub(crate) limits: Limits,
    pub(crate) ground: Ground,
    pub(crate) kind: Kind,
}

/// What a rendition is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// Inks for the press, with no more of them than `total` percent anywhere.
    Plate {
        /// Percent, all inks together.
        total: f64,
    },
    /// sRGB for the screen.
    Shown,
}

impl How {
    /// Tells what is made apart from all else that could be made of a picture.
    pub(crate) fn key(&self) -> Vec<u8> {
        let Crop { left, top, right, bottom } = self.crop;
        let total = if let Kind::Plate { total } = self.kind { total } else { -1.0 };
        let numbers = [left, top, right, bottom, total].map(f64::to_le_bytes);
        let limits = [self.limits.width, self.limits.height].map(u32::to_le_bytes);
        [numbers.as_flattened(), limits.as_flattened(), &self.ground.ink, &self.ground.rgb].concat()
    }
}
