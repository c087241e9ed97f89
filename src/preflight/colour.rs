//! Colour spaces of a file, and the ink their colours make.

use hayro_syntax::object::{Array, Name, Object, Stream};
use hayro_syntax::page::Resources;

/// A colour space as far as printing asks.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Space {
    Cmyk,
    Gray,
    /// Named as a person reads it, with the number of channels.
    Foreign(String, usize),
    Separation(String),
    DeviceN(Vec<String>),
    /// A palette: the space of its colours, and their samples.
    Indexed(Box<Space>, Vec<u8>),
    Pattern,
}

/// Spaces defined by spaces deeper than this are not followed.
const DEPTH: usize = 8;

impl Space {
    /// Reads a space, through the resources where it is named.
    pub(super) fn read(object: &Object, resources: &Resources) -> Option<Self> {
        Self::at_depth(object, resources, 0)
    }

    fn at_depth(object: &Object, resources: &Resources, depth: usize) -> Option<Self> {
        if depth > DEPTH {
            return None;
        }
        match object {
            Object::Name(name) => match name.as_ref() {
                b"DeviceCMYK" | b"CMYK" => Some(Self::Cmyk),
                b"DeviceGray" | b"G" => Some(Self::Gray),
                b"DeviceRGB" | b"RGB" => Some(Self::Foreign("DeviceRGB".into(), 3)),
                b"Pattern" => Some(Self::Pattern),
                _ => Self::at_depth(&resources.get_color_space(name)?, resources, depth + 1),
            },
            Object::Array(parts) => Self::array(parts, resources, depth),
            _ => None,
        }
    }

    fn array(parts: &Array, resources: &Resources, depth: usize) -> Option<Self> {
        let mut parts = parts.flex_iter();
        let kind = parts.next::<Name>()?;
        Some(match kind.as_ref() {
            b"ICCBased" => {
                let n = parts.next::<Stream>()?.dict().get::<usize>(b"N").unwrap_or(3);
                let kind = match n {
                    1 => "ICC Gray",
                    4 => "ICC CMYK",
                    _ => "ICC RGB",
                };
                Self::Foreign(kind.into(), n)
            }
            b"CalRGB" | b"Lab" => Self::Foreign(kind.as_str().into(), 3),
            b"CalGray" => Self::Foreign("CalGray".into(), 1),
            b"Separation" => Self::Separation(parts.next::<Name>()?.as_str().into()),
            b"DeviceN" => {
                let names = parts.next::<Array>()?;
                Self::DeviceN(names.iter::<Name>().map(|name| name.as_str().to_owned()).collect())
            }
            b"Indexed" | b"I" => {
                let base = parts.next::<Object>()?;
                let base = Self::at_depth(&base, resources, depth + 1)?;
                let _highest = parts.next::<Object>();
                let palette = match parts.next::<Object>() {
                    Some(Object::String(bytes)) => bytes.to_vec(),
                    Some(Object::Stream(stream)) => {
                        stream.decoded().map(|d| d.into_owned()).unwrap_or_default()
                    }
                    _ => vec![],
                };
                Self::Indexed(Box::new(base), palette)
            }
            b"Pattern" => Self::Pattern,
            _ => return Self::at_depth(&Object::Name(kind), resources, depth + 1),
        })
    }

    /// Channels of a colour.
    pub(super) fn channels(&self) -> usize {
        match self {
            Self::Cmyk => 4,
            Self::Gray | Self::Separation(_) | Self::Indexed(..) => 1,
            Self::Foreign(_, n) => *n,
            Self::DeviceN(names) => names.len(),
            Self::Pattern => 0,
        }
    }

    /// The colour a space starts with (ISO 32000-1, 8.6.8).
    pub(super) fn initial(&self) -> Vec<f32> {
        match self {
            Self::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
            Self::Separation(_) | Self::DeviceN(_) => vec![1.0; self.channels()],
            _ => vec![0.0; self.channels()],
        }
    }

    /// Ink of a colour from 0 to 1 a plate; for spaces that are no ink, what a
    /// plain conversion gives. None where it cannot be told.
    pub(super) fn ink(&self, colour: &[f32]) -> Option<[f32; 4]> {
        match (self, colour) {
            (Self::Cmyk, [c, m, y, k]) => Some([*c, *m, *y, *k]),
            (Self::Gray, [v]) => Some([0.0, 0.0, 0.0, 1.0 - v]),
            (Self::Foreign(_, 1), [v]) => Some([0.0, 0.0, 0.0, 1.0 - v]),
            (Self::Foreign(_, 4), [c, m, y, k]) => Some([*c, *m, *y, *k]),
            (Self::Foreign(name, 3), [r, g, b]) if name != "Lab" => {
                let k = 1.0 - r.max(*g).max(*b);
                Some([1.0 - r - k, 1.0 - g - k, 1.0 - b - k, k])
            }
            (Self::Separation(name), [tint]) => Some(colorant(name, *tint)),
            (Self::DeviceN(names), tints) if names.len() == tints.len() => {
                let mut sum = [0.0_f32; 4];
                for (name, tint) in names.iter().zip(tints) {
                    for (plate, ink) in sum.iter_mut().zip(colorant(name, *tint)) {
                        *plate = (*plate + ink).min(1.0);
                    }
                }
                Some(sum)
            }
            _ => None,
        }
    }

    /// The heaviest colour of a palette, in percent of a plate.
    pub(super) fn palette_peak(&self) -> f64 {
        let Self::Indexed(base, palette) = self else { return 0.0 };
        let colours = palette.chunks_exact(base.channels().max(1));
        let inks = colours.filter_map(|colour| {
            let colour: Vec<f32> = colour.iter().map(|v| f32::from(*v) / 255.0).collect();
            base.ink(&colour)
        });
        let totals = inks.map(|ink| f64::from(ink.iter().sum::<f32>()) * 100.0);
        // RGB palettes are told of as RGB; their ink is anybody's guess.
        if **base == Self::Cmyk { totals.fold(0.0, f64::max) } else { 0.0 }
    }

    /// Names of the spot inks it prints with.
    pub(super) fn spots(&self) -> Vec<&str> {
        let process = ["Cyan", "Magenta", "Yellow", "Black", "All", "None"];
        let names: Vec<&str> = match self {
            Self::Separation(name) => vec![name],
            Self::DeviceN(names) => names.iter().map(String::as_str).collect(),
            Self::Indexed(base, _) => base.spots(),
            _ => vec![],
        };
        names.into_iter().filter(|name| !process.contains(name)).collect()
    }

    /// What it is called, if it is no ink.
    pub(super) fn foreign(&self) -> Option<&str> {
        match self {
            Self::Foreign(name, _) => Some(name),
            Self::Indexed(base, _) => base.foreign(),
            _ => None,
        }
    }
}

/// Process ink of one colorant; a spot ink is no process ink.
fn colorant(name: &str, tint: f32) -> [f32; 4] {
    match name {
        "Cyan" => [tint, 0.0, 0.0, 0.0],
        "Magenta" => [0.0, tint, 0.0, 0.0],
        "Yellow" => [0.0, 0.0, tint, 0.0],
        "Black" => [0.0, 0.0, 0.0, tint],
        "All" => [tint; 4],
        _ => [0.0; 4],
    }
}

/// The name of a space for a message.
pub(super) fn name_of(space: &Object) -> String {
    match space {
        Object::Name(name) => name.as_str().to_owned(),
        Object::Array(parts) => {
            let mut parts = parts.flex_iter();
            let kind = parts.next::<Name>().map(|n| n.as_str().to_owned()).unwrap_or_default();
            let n = parts.next::<Stream>().and_then(|s| s.dict().get::<i32>(b"N"));
            n.map_or(kind.clone(), |n| format!("{kind} ({n})"))
        }
        _ => "?".into(),
    }
}
