//! How a camera was held: parts and pixels of a picture between the way it is
//! stored and upright.

use image::metadata::Orientation;

use super::{Crop, Pixels};

/// Width and height once a picture is turned upright.
pub(super) fn upright(orientation: Orientation, width: u32, height: u32) -> (u32, u32) {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    match orientation {
        Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH => (height, width),
        _ => (width, height),
    }
}

impl Crop {
    /// The same part of the picture as it is stored.
    pub(super) fn stored(self, orientation: Orientation) -> Self {
        let turn = |x: f64, y: f64| match orientation {
            Orientation::NoTransforms => (x, y),
            Orientation::FlipHorizontal => (1.0 - x, y),
            Orientation::Rotate180 => (1.0 - x, 1.0 - y),
            Orientation::FlipVertical => (x, 1.0 - y),
            Orientation::Rotate90FlipH => (y, x),
            Orientation::Rotate90 => (y, 1.0 - x),
            Orientation::Rotate270FlipH => (1.0 - y, 1.0 - x),
            Orientation::Rotate270 => (1.0 - y, x),
        };
        let (a, b) = (turn(self.left, self.top), turn(self.right, self.bottom));
        Self { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) }
    }
}

/// Turns stored pixels upright.
pub(super) fn turn(
    pixels: &[u8],
    width: u32,
    height: u32,
    channels: usize,
    orientation: Orientation,
) -> Pixels {
    let (to_w, to_h) = upright(orientation, width, height);
    let (last_x, last_y) = (width - 1, height - 1);
    let mut data = Vec::with_capacity(pixels.len());
    for y in 0..to_h {
        for x in 0..to_w {
            let (from_x, from_y) = match orientation {
                Orientation::NoTransforms => (x, y),
                Orientation::FlipHorizontal => (last_x - x, y),
                Orientation::Rotate180 => (last_x - x, last_y - y),
                Orientation::FlipVertical => (x, last_y - y),
                Orientation::Rotate90FlipH => (y, x),
                Orientation::Rotate90 => (y, last_y - x),
                Orientation::Rotate270FlipH => (last_x - y, last_y - x),
                Orientation::Rotate270 => (last_x - y, x),
            };
            let at = (from_y as usize * width as usize + from_x as usize) * channels;
            data.extend_from_slice(&pixels[at..at + channels]);
        }
    }
    Pixels { width: to_w, height: to_h, data }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A 2 × 3 picture, numbered row by row, seen upright in all eight ways.
    #[test]
    fn every_orientation_is_undone() {
        let upright = [1, 2, 3, 4, 5, 6];
        let stored: [(u8, u32, [u8; 6]); 8] = [
            (1, 2, [1, 2, 3, 4, 5, 6]),
            (2, 2, [2, 1, 4, 3, 6, 5]),
            (3, 2, [6, 5, 4, 3, 2, 1]),
            (4, 2, [5, 6, 3, 4, 1, 2]),
            (5, 3, [1, 3, 5, 2, 4, 6]),
            (6, 3, [2, 4, 6, 1, 3, 5]),
            (7, 3, [6, 4, 2, 5, 3, 1]),
            (8, 3, [5, 3, 1, 6, 4, 2]),
        ];
        for (exif, width, pixels) in stored {
            let orientation = Orientation::from_exif(exif).expect("one of eight");
            let turned = turn(&pixels, width, 6 / width, 1, orientation);
            assert_eq!((turned.width, turned.height, &turned.data[..]), (2, 3, &upright[..]), "{exif}");
            let corner = Crop { left: 0.0, top: 0.0, right: 0.5, bottom: 1.0 / 3.0 }.stored(orientation);
            let (x, y) = (corner.left * f64::from(width), corner.top * f64::from(6 / width));
            let at = y.round() as usize * width as usize + x.round() as usize;
            assert_eq!(pixels[at], 1, "{exif}");
        }
    }
}
