//! TIFFs that other readers refuse, or turn into RGB without a profile: those in
//! ink (TIFF 6.0, section 16), and grey ones with one more channel.

use std::io::Cursor;

use ::tiff::decoder::{Decoder, DecodingResult, Limits};
use ::tiff::tags::Tag;
use ::tiff::{ColorType, TiffError};
use image::metadata::Orientation;

use super::PIXELS;
use crate::diag::Phrase;

/// What a TIFF is by its tags.
pub(super) struct Tagged<'a> {
    decoder: Decoder<Cursor<&'a [u8]>>,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) orientation: Orientation,
    pub(super) icc: Option<Vec<u8>>,
    /// Channels of a pixel, as stored and as read.
    stored: usize,
    pub(super) channels: usize,
    more: More,
}

/// What the last channel is (section 18, ExtraSamples).
#[derive(Clone, Copy, PartialEq)]
enum More {
    /// Nothing, or a mask that was saved along.
    Nothing,
    /// Alpha that the others were multiplied by.
    Associated,
    /// Alpha.
    Alpha,
}

/// Opens such a TIFF. Nothing comes of one that is for other readers.
pub(super) fn open(bytes: &[u8]) -> Result<Option<Tagged<'_>>, Phrase> {
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(told)?.with_limits(Limits::unlimited());
    let (width, height) = decoder.dimensions().map_err(told)?;
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(Phrase::TooManyPixels);
    }
    let number = |value: ::tiff::decoder::ifd::Value| value.into_u16().ok();
    let planes = decoder.find_tag(Tag::PlanarConfiguration).ok().flatten().and_then(number);
    let samples = decoder.find_tag(Tag::SamplesPerPixel).ok().flatten().and_then(number);
    if planes.is_some_and(|planes| planes != 1) && samples.unwrap_or(1) > 1 {
        return Err(Phrase::PlanarTiff);
    }
    let (stored, channels) = match decoder.colortype().map_err(told)? {
        ColorType::CMYK(8 | 16) => (4, 4),
        ColorType::CMYKA(8 | 16) => (5, 4),
        ColorType::GrayA(8 | 16) | ColorType::Multiband { bit_depth: 8 | 16, num_samples: 2 } => (2, 2),
        ColorType::Gray(1 | 8 | 16) | ColorType::RGB(8 | 16) | ColorType::RGBA(8 | 16) => return Ok(None),
        _ => return Err(Phrase::UnusualTiff),
    };
    let turned = decoder.find_tag(Tag::Orientation).ok().flatten().and_then(number);
    let orientation = turned.and_then(|turned| Orientation::from_exif(u8::try_from(turned).ok()?));
    let icc = decoder.get_tag_u8_vec(Tag::IccProfile).ok().filter(|icc| !icc.is_empty());
    let extra = decoder.find_tag(Tag::ExtraSamples).ok().flatten();
    let more = match extra.and_then(|extra| extra.into_u16_vec().ok()?.first().copied()) {
        Some(1) => More::Associated,
        Some(2) => More::Alpha,
        _ => More::Nothing,
    };
    let orientation = orientation.unwrap_or(Orientation::NoTransforms);
    Ok(Some(Tagged { decoder, width, height, orientation, icc, stored, channels, more }))
}

impl Tagged<'_> {
    /// Whether it is in ink; else it is grey with alpha.
    pub(super) fn is_inked(&self) -> bool {
        self.channels == 4
    }

    /// The four inks of each pixel, over bare paper; or grey and alpha.
    pub(super) fn pixels(mut self) -> Result<Vec<u8>, Phrase> {
        let mut samples = match self.decoder.read_image().map_err(told)? {
            DecodingResult::U8(samples) => samples,
            DecodingResult::U16(samples) => samples.iter().map(|v| (v >> 8) as u8).collect(),
            _ => return Err(Phrase::UnusualTiff),
        };
        if self.stored == 5 {
            let over = |ink: u8, cover: u8| ((u32::from(ink) * u32::from(cover) + 127) / 255) as u8;
            let inks = |[c, m, y, k, cover]: &[u8; 5]| {
                [*c, *m, *y, *k].map(|ink| if self.more == More::Alpha { over(ink, *cover) } else { ink })
            };
            return Ok(samples.as_chunks::<5>().0.iter().flat_map(inks).collect());
        }
        if self.stored == 2 {
            for [grey, cover] in samples.as_chunks_mut::<2>().0 {
                match self.more {
                    More::Nothing => *cover = 255,
                    More::Alpha => {}
                    More::Associated => {
                        *grey = (u32::from(*grey) * 255 / u32::from(*cover).max(1)).min(255) as u8;
                    }
                }
            }
        }
        Ok(samples)
    }
}

fn told(error: TiffError) -> Phrase {
    match error {
        TiffError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Phrase::Truncated,
        TiffError::UnsupportedError(_) => Phrase::UnusualTiff,
        TiffError::LimitsExceeded | TiffError::IntSizeError => Phrase::TooManyPixels,
        _ => Phrase::PictureBroken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::{decode, header};

    /// A TIFF of 4 × 2 pixels, all alike, in one strip, or one a plane.
    fn tiff(photometric: u16, pixel: &[u8], extra: Option<u16>, planes: u16) -> Vec<u8> {
        let data = pixel.repeat(8);
        let bits = [8_u16; 6];
        let samples = pixel.len() as u16;
        let mut entries: Vec<(u16, u16, u32, u32)> = vec![
            (256, 3, 1, 4),
            (257, 3, 1, 2),
            (258, 3, samples.into(), 8),
            (259, 3, 1, 1),
            (262, 3, 1, photometric.into()),
            (273, 4, if planes == 2 { samples.into() } else { 1 }, 20),
            (277, 3, 1, samples.into()),
            (278, 3, 1, 2),
            (279, 4, if planes == 2 { samples.into() } else { 1 }, data.len() as u32),
            (284, 3, 1, planes.into()),
        ];
        if samples <= 2 {
            entries[2].3 = 8 | 8 << 16;
        }
        entries.extend(extra.map(|extra| (338, 3, 1, u32::from(extra))));
        let directory = 20 + data.len().next_multiple_of(2) as u32;
        let mut file = b"II\x2A\0".to_vec();
        file.extend(directory.to_le_bytes());
        bits.iter().for_each(|bits| file.extend(bits.to_le_bytes()));
        file.extend(data);
        file.resize(directory as usize, 0);
        file.extend((entries.len() as u16).to_le_bytes());
        for (tag, kind, count, value) in entries {
            file.extend([tag, kind].map(u16::to_le_bytes).as_flattened());
            file.extend([count, value].map(u32::to_le_bytes).as_flattened());
        }
        file.extend([0; 4]);
        file
    }

    fn first(file: &[u8]) -> Vec<u8> {
        let picture = decode(file).unwrap();
        picture.pixels[..picture.pixels.len() / 8].to_vec()
    }

    #[test]
    fn inks_are_read_with_and_without_more_channels() {
        assert_eq!(first(&tiff(5, &[10, 20, 30, 40], None, 1)), [10, 20, 30, 40]);
        // A mask that was saved along covers nothing; alpha does.
        assert_eq!(first(&tiff(5, &[100, 20, 30, 40, 0], Some(0), 1)), [100, 20, 30, 40]);
        assert_eq!(first(&tiff(5, &[100, 20, 30, 40, 51], Some(2), 1)), [20, 4, 6, 8]);
        assert_eq!(first(&tiff(1, &[77, 51], Some(2), 1)), [77, 51]);
        assert_eq!(first(&tiff(1, &[15, 51], Some(1), 1)), [75, 51]);
        assert_eq!(first(&tiff(1, &[77, 0], Some(0), 1)), [77, 255]);
        assert_eq!(header(&tiff(1, &[77, 51], Some(2), 1)).map(|header| header.alpha), Ok(true));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_a_way_out() {
        assert_eq!(header(&tiff(8, &[100, 0, 0], None, 1)), Err(Phrase::UnusualTiff));
        assert_eq!(header(&tiff(5, &[1, 2, 3, 4], None, 2)), Err(Phrase::PlanarTiff));
        let whole = tiff(5, &[10, 20, 30, 40], None, 1);
        for length in 0..whole.len() {
            assert!(decode(&whole[..length]).is_err(), "{length}");
        }
    }
}
