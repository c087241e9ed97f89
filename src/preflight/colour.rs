//! Colour spaces of a file, and the ink their colours make.

use hayro_syntax::object::{Array, Name, Object, Stream};
use hayro_syntax::page::Resources;

use super::inks::{Inks, Plate, Spots};
use super::names;
use super::streams::decoded;

/// A colour space as far as printing asks.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Space {
    Cmyk,
    Gray,
    /// Named as a person reads it, with the number of channels.
    Foreign(String, usize),
    /// Colorants with their plates, and what stands in for them, if that is no
    /// ink.
    Tints(Vec<(String, Plate)>, Option<String>),
    /// A palette: the space of its colours, and their samples.
    Indexed(Box<Space>, Vec<u8>),
    /// Patterns; the space of those that have no colour of their own.
    Pattern(Option<Box<Space>>),
}

/// Spaces defined by spaces deeper than this are not followed.
const DEPTH: usize = 8;
/// Most channels of a space (ISO 32000-1, Annex C: colorants of `DeviceN`).
const CHANNELS: usize = 32;
/// Most bytes of a palette: 256 colours of that many channels.
const PALETTE: usize = 256 * CHANNELS;

impl Space {
    /// Reads a space, through the resources where it is named.
    pub(super) fn read(object: &Object, resources: &Resources, spots: &Spots) -> Option<Self> {
        Self::at_depth(object, resources, spots, 0)
    }

    fn at_depth(object: &Object, resources: &Resources, spots: &Spots, depth: usize) -> Option<Self> {
        if depth > DEPTH {
            return None;
        }
        match object {
            Object::Name(name) => match name.as_ref() {
                b"DeviceCMYK" | b"CMYK" => Some(Self::Cmyk),
                b"DeviceGray" | b"G" => Some(Self::Gray),
                b"DeviceRGB" | b"RGB" => Some(Self::Foreign("DeviceRGB".into(), 3)),
                b"Pattern" => Some(Self::Pattern(None)),
                _ => Self::at_depth(&resources.get_color_space(name)?, resources, spots, depth + 1),
            },
            Object::Array(parts) => Self::array(parts, resources, spots, depth),
            _ => None,
        }
    }

    fn array(parts: &Array, resources: &Resources, spots: &Spots, depth: usize) -> Option<Self> {
        let mut parts = parts.flex_iter();
        let kind = parts.next::<Name>()?;
        let inner = |parts: &mut hayro_syntax::object::array::FlexArrayIter| {
            Self::at_depth(&parts.next::<Object>()?, resources, spots, depth + 1)
        };
        Some(match kind.as_ref() {
            b"ICCBased" => match parts.next::<Stream>()?.dict().get::<i64>(b"N") {
                Some(1) => Self::Foreign("ICC Gray".into(), 1),
                Some(4) => Self::Foreign("ICC CMYK".into(), 4),
                // Other numbers of channels are none (ISO 32000-1, table 66).
                None | Some(3) => Self::Foreign("ICC RGB".into(), 3),
                Some(_) => return None,
            },
            b"CalRGB" | b"Lab" => Self::Foreign(kind.as_str().into(), 3),
            b"CalGray" => Self::Foreign("CalGray".into(), 1),
            b"Separation" => {
                let name = names::read(parts.next::<Name>()?.as_ref());
                let base = inner(&mut parts);
                Self::Tints(vec![(name.clone(), spots.plate(&name))], Self::stand_in(base))
            }
            b"DeviceN" => {
                let listed = parts.next::<Array>()?;
                let colorants: Vec<_> = listed
                    .iter::<Name>()
                    .take(CHANNELS + 1)
                    .map(|name| names::read(name.as_ref()))
                    .map(|name| (name.clone(), spots.plate(&name)))
                    .collect();
                if colorants.len() > CHANNELS {
                    return None;
                }
                let base = inner(&mut parts);
                Self::Tints(colorants, Self::stand_in(base))
            }
            b"Indexed" | b"I" => {
                let base = inner(&mut parts)?;
                let highest = parts.next::<Object>().and_then(Object::into_number);
                let colours = highest.map_or(256, |n| n.as_i64().clamp(0, 255) as usize + 1);
                let mut palette = match parts.next::<Object>() {
                    Some(Object::String(bytes)) => bytes.to_vec(),
                    Some(Object::Stream(stream)) => {
                        decoded(&stream).map(|d| d.into_owned()).unwrap_or_default()
                    }
                    _ => vec![],
                };
                palette.truncate((colours * base.channels()).min(PALETTE));
                if palette.len() < colours * base.channels() {
                    return None;
                }
                Self::Indexed(Box::new(base), palette)
            }
            b"Pattern" => Self::Pattern(inner(&mut parts).map(Box::new)),
            _ => return Self::at_depth(&Object::Name(kind), resources, spots, depth + 1),
        })
    }

    /// What stands in for a tint, if it is no ink.
    fn stand_in(base: Option<Self>) -> Option<String> {
        base.and_then(|base| base.foreign().map(|name| name.to_owned()))
    }

    /// Channels of a colour.
    pub(super) fn channels(&self) -> usize {
        match self {
            Self::Cmyk => 4,
            Self::Gray | Self::Indexed(..) => 1,
            Self::Foreign(_, n) => *n,
            Self::Tints(colorants, _) => colorants.len(),
            Self::Pattern(base) => base.as_ref().map_or(0, |base| base.channels()),
        }
    }

    /// The colour a space starts with (ISO 32000-1, 8.6.8).
    pub(super) fn initial(&self) -> Vec<f32> {
        match self {
            Self::Cmyk => vec![0.0, 0.0, 0.0, 1.0],
            Self::Tints(..) => vec![1.0; self.channels()],
            _ => vec![0.0; self.channels()],
        }
    }

    /// Ink of a colour; for spaces that are no ink, what a plain conversion
    /// gives. None where it cannot be told.
    pub(super) fn inks(&self, colour: &[f32]) -> Option<Inks> {
        match (self, colour) {
            (Self::Cmyk, [c, m, y, k]) => Some(Inks::process([*c, *m, *y, *k])),
            (Self::Gray, [v]) => Some(Inks::process([0.0, 0.0, 0.0, 1.0 - v])),
            (Self::Foreign(_, 1), [v]) => Some(Inks::process([0.0, 0.0, 0.0, 1.0 - v])),
            (Self::Foreign(_, 4), [c, m, y, k]) => Some(Inks::process([*c, *m, *y, *k])),
            (Self::Foreign(name, 3), [l, a, b]) if name == "Lab" => {
                let (l, a, b) = (l / 100.0, a / 100.0, b / 100.0);
                Some(Inks::process([(-a).max(0.0), a.max(0.0), b.max(0.0), 1.0 - l]))
            }
            (Self::Foreign(_, 3), [r, g, b]) => {
                let k = 1.0 - r.max(*g).max(*b);
                Some(Inks::process([1.0 - r - k, 1.0 - g - k, 1.0 - b - k, k]))
            }
            (Self::Tints(colorants, _), tints) if colorants.len() == tints.len() => {
                Some(Inks::tints(colorants.iter().map(|(_, plate)| *plate).zip(tints)))
            }
            (Self::Indexed(base, palette), [index]) => {
                let channels = base.channels();
                let at = (index.max(0.0) as usize).checked_mul(channels)?;
                let samples = palette.get(at..at + channels)?;
                let colour: Vec<f32> = samples.iter().map(|v| f32::from(*v) / 255.0).collect();
                base.inks(&colour)
            }
            (Self::Pattern(Some(base)), colour) => base.inks(colour),
            _ => None,
        }
    }

    /// Its colorants with their plates.
    pub(super) fn colorants(&self) -> &[(String, Plate)] {
        match self {
            Self::Tints(colorants, _) => colorants,
            Self::Indexed(base, _) => base.colorants(),
            Self::Pattern(Some(base)) => base.colorants(),
            _ => &[],
        }
    }

    /// Whether it paints nothing at all, not even paper (8.6.6.4).
    pub(super) fn is_none(&self) -> bool {
        let colorants = self.colorants();
        !colorants.is_empty() && colorants.iter().all(|(name, _)| name == "None")
    }

    /// Names of the spot inks it prints with.
    pub(super) fn spots(&self) -> impl Iterator<Item = &str> {
        let process = ["Cyan", "Magenta", "Yellow", "Black", "All", "None"];
        self.colorants().iter().map(|(name, _)| name.as_str()).filter(move |name| !process.contains(name))
    }

    /// Whether it prints on every plate.
    pub(super) fn is_registration(&self) -> bool {
        self.colorants().iter().any(|(_, plate)| matches!(plate, Plate::All(_)))
    }

    /// What it is called, if it is no ink, or stands for something that is none.
    pub(super) fn foreign(&self) -> Option<&str> {
        match self {
            Self::Foreign(name, _) => Some(name),
            Self::Tints(_, stand_in) => stand_in.as_deref(),
            Self::Indexed(base, _) => base.foreign(),
            Self::Pattern(Some(base)) => base.foreign(),
            _ => None,
        }
    }
}

/// The name of a space for a message.
pub(super) fn name_of(space: &Object) -> String {
    match space {
        Object::Name(name) => names::read(name.as_ref()),
        Object::Array(parts) => {
            let mut parts = parts.flex_iter();
            let kind = parts.next::<Name>().map(|n| names::read(n.as_ref())).unwrap_or_default();
            let n = parts.next::<Stream>().and_then(|s| s.dict().get::<i32>(b"N"));
            n.map_or(kind.clone(), |n| format!("{kind} ({n})"))
        }
        _ => "?".into(),
    }
}
