//! What the numbers of a file's pixels mean: by its profile, by the few words
//! of a PNG (W3C PNG, third edition, 11.3.2), or by a camera's notes (Exif 2.32).

use std::io::Cursor;

use exif::{In, Tag, Value};

use super::format::Format;
use super::jpeg;
use crate::colour::PixelSpace;
use crate::colour::spaces::{self, Curve, Primaries};

/// Adobe RGB (1998), 4.3.1.2.
const ADOBE_GAMMA: f64 = 563.0 / 256.0;

/// What a file says of its colours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// A profile; none for sRGB.
    pub(super) icc: Option<Vec<u8>>,
    /// Whether it says that they are of another space, and not of which.
    pub(super) unknown: bool,
}

impl Said {
    pub(super) fn space(self, grey: bool) -> PixelSpace {
        if grey { PixelSpace::Gray(self.icc) } else { PixelSpace::Rgb(self.icc) }
    }
}

/// What is said of a picture's colours, given the profile in its file.
pub(super) fn said(bytes: &[u8], format: Format, icc: Option<Vec<u8>>, grey: bool) -> Said {
    match format {
        Format::Png => in_png(bytes, icc, grey),
        Format::Jpeg if icc.is_none() => by_camera(bytes, grey),
        _ => Said { icc, unknown: false },
    }
}

fn of(primaries: Primaries, curve: Curve, grey: bool) -> Said {
    let icc = if grey { spaces::grey(curve) } else { spaces::rgb(primaries, curve) };
    Said { unknown: icc.is_none(), icc }
}

/// Code points come before a profile, a profile before sRGB, sRGB before gamma
/// and chromaticities (4.3).
fn in_png(bytes: &[u8], icc: Option<Vec<u8>>, grey: bool) -> Said {
    let Ok(reader) = png::Decoder::new(Cursor::new(bytes)).read_info() else { return Said::default() };
    let info = reader.info();
    if let Some(points) = info.coding_independent_code_points {
        // Rec. ITU-T H.273, tables 2 and 3; grey has no primaries.
        let primaries = match points.color_primaries {
            1 => Some(Primaries::SRGB),
            9 => Some(Primaries::WIDE),
            12 => Some(Primaries::P3),
            _ => grey.then_some(Primaries::SRGB),
        };
        let curve = match points.transfer_function {
            1 | 6 | 14 | 15 => Some(Curve::Video),
            4 => Some(Curve::Gamma(2.2)),
            5 => Some(Curve::Gamma(2.8)),
            8 => Some(Curve::Gamma(1.0)),
            13 => Some(Curve::Srgb),
            _ => None,
        };
        return match (primaries, curve) {
            (Some(Primaries::SRGB), Some(Curve::Srgb)) => Said::default(),
            (Some(primaries), Some(curve)) => of(primaries, curve, grey),
            _ => Said { unknown: icc.is_none(), icc },
        };
    }
    if icc.is_some() || info.srgb.is_some() {
        return Said { icc, unknown: false };
    }
    let gamma = info.gama_chunk.map(|gamma| f64::from(gamma.into_value())).filter(|gamma| *gamma > 0.0);
    // 1/2.2 is how sRGB was told before there was a word for it.
    let curve =
        gamma.filter(|gamma| (gamma - 1.0 / 2.2).abs() > 0.005).map(|gamma| Curve::Gamma(1.0 / gamma));
    let pair = |(x, y): (png::ScaledFloat, png::ScaledFloat)| [x, y].map(|v| f64::from(v.into_value()));
    let primaries = info.chrm_chunk.map(|c| Primaries([c.white, c.red, c.green, c.blue].map(pair)));
    let near = |own: &Primaries| {
        let sides = own.0.as_flattened().iter().zip(Primaries::SRGB.0.as_flattened());
        sides.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) < 0.002
    };
    match (primaries.filter(|own| !near(own) && !grey), curve) {
        (None, None) => Said::default(),
        (primaries, curve) => of(primaries.unwrap_or(Primaries::SRGB), curve.unwrap_or(Curve::Srgb), grey),
    }
}

/// A camera says 1 for sRGB, and for Adobe RGB 65535 (some say 2) with the
/// interoperability rule R03 (DCF 2.0, 4.4).
fn by_camera(bytes: &[u8], grey: bool) -> Said {
    let (segments, _) = jpeg::segments(bytes);
    let mut notes = segments.iter().filter(|segment| segment.marker == 0xE1);
    let Some(notes) = notes.find_map(|segment| segment.content.strip_prefix(b"Exif\0\0")) else {
        return Said::default();
    };
    let Ok(notes) = exif::Reader::new().read_raw(notes.to_vec()) else { return Said::default() };
    let space = notes.get_field(Tag::ColorSpace, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    let rule = notes.get_field(Tag::InteroperabilityIndex, In::PRIMARY).map(|field| &field.value);
    let adobe = matches!(rule, Some(Value::Ascii(rule)) if rule.iter().any(|rule| rule.starts_with(b"R03")));
    match space {
        _ if grey => Said::default(),
        Some(2) => of(Primaries::ADOBE, Curve::Gamma(ADOBE_GAMMA), false),
        Some(0xFFFF) if adobe => of(Primaries::ADOBE, Curve::Gamma(ADOBE_GAMMA), false),
        Some(0xFFFF) => Said { icc: None, unknown: true },
        _ => Said::default(),
    }
}
