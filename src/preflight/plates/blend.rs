//! Blend modes (ISO 32000-1, 11.3.5). Inks are subtractive: a mode works on
//! what is left of the paper's light.

use hayro_syntax::object::{Array, Name, Object};

/// A blend mode.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::preflight) enum Blend {
    #[default]
    Normal,
    Multiply,
    Screen,
    Overlay,
    Darken,
    Lighten,
    ColorDodge,
    ColorBurn,
    HardLight,
    SoftLight,
    Difference,
    Exclusion,
    Hue,
    Saturation,
    Color,
    Luminosity,
}

impl Blend {
    /// The mode of a name, or the first known one of several.
    pub(in crate::preflight) fn read(object: &Object) -> Option<Self> {
        match object {
            Object::Name(name) => Self::named(name.as_ref()),
            Object::Array(names) => Self::listed(names),
            _ => None,
        }
    }

    fn listed(names: &Array) -> Option<Self> {
        names.iter::<Name>().take(32).find_map(|name| Self::named(name.as_ref()))
    }

    fn named(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"Normal" | b"Compatible" => Self::Normal,
            b"Multiply" => Self::Multiply,
            b"Screen" => Self::Screen,
            b"Overlay" => Self::Overlay,
            b"Darken" => Self::Darken,
            b"Lighten" => Self::Lighten,
            b"ColorDodge" => Self::ColorDodge,
            b"ColorBurn" => Self::ColorBurn,
            b"HardLight" => Self::HardLight,
            b"SoftLight" => Self::SoftLight,
            b"Difference" => Self::Difference,
            b"Exclusion" => Self::Exclusion,
            b"Hue" => Self::Hue,
            b"Saturation" => Self::Saturation,
            b"Color" => Self::Color,
            b"Luminosity" => Self::Luminosity,
            _ => return None,
        })
    }

    /// Whether white stays white under it, and each plate is on its own; spot
    /// inks know no other modes (11.7.4.2).
    fn suits_spots(self) -> bool {
        !matches!(
            self,
            Self::Difference
                | Self::Exclusion
                | Self::Hue
                | Self::Saturation
                | Self::Color
                | Self::Luminosity
        )
    }

    /// Blends inks from 0 to 1 a plate.
    pub(super) fn mix<const N: usize>(self, below: [f32; N], above: [f32; N]) -> [f32; N] {
        let mut mixed = above;
        for i in 0..N {
            if i < 4 || self.suits_spots() {
                mixed[i] = 1.0 - self.channel(1.0 - below[i], 1.0 - above[i]);
            }
        }
        if matches!(self, Self::Hue | Self::Saturation | Self::Color | Self::Luminosity) {
            let light = |inks: &[f32; N]| [1.0 - inks[0], 1.0 - inks[1], 1.0 - inks[2]];
            let (b, s) = (light(&below), light(&above));
            let (colour, black) = match self {
                Self::Hue => (weighted(saturated(s, saturation(b)), luminosity(b)), below[3]),
                Self::Saturation => (weighted(saturated(b, saturation(s)), luminosity(b)), below[3]),
                Self::Color => (weighted(s, luminosity(b)), below[3]),
                _ => (weighted(b, luminosity(s)), above[3]),
            };
            (mixed[0], mixed[1], mixed[2], mixed[3]) =
                (1.0 - colour[0], 1.0 - colour[1], 1.0 - colour[2], black);
        }
        mixed
    }

    /// Blends light from 0 to 1 of one channel: backdrop, source.
    fn channel(self, b: f32, s: f32) -> f32 {
        match self {
            Self::Multiply => b * s,
            Self::Screen => b + s - b * s,
            Self::Overlay => Self::HardLight.channel(s, b),
            Self::Darken => b.min(s),
            Self::Lighten => b.max(s),
            Self::ColorDodge if b <= 0.0 => 0.0,
            Self::ColorDodge if s >= 1.0 => 1.0,
            Self::ColorDodge => (b / (1.0 - s)).min(1.0),
            Self::ColorBurn if b >= 1.0 => 1.0,
            Self::ColorBurn if s <= 0.0 => 0.0,
            Self::ColorBurn => 1.0 - ((1.0 - b) / s).min(1.0),
            Self::HardLight if s <= 0.5 => b * 2.0 * s,
            Self::HardLight => Self::Screen.channel(b, 2.0 * s - 1.0),
            Self::SoftLight if s <= 0.5 => b - (1.0 - 2.0 * s) * b * (1.0 - b),
            Self::SoftLight => {
                let d = if b <= 0.25 { ((16.0 * b - 12.0) * b + 4.0) * b } else { b.sqrt() };
                b + (2.0 * s - 1.0) * (d - b)
            }
            Self::Difference => (b - s).abs(),
            Self::Exclusion => b + s - 2.0 * b * s,
            _ => s,
        }
    }
}

fn luminosity([r, g, b]: [f32; 3]) -> f32 {
    0.3 * r + 0.59 * g + 0.11 * b
}

fn saturation(c: [f32; 3]) -> f32 {
    c.into_iter().fold(0.0, f32::max) - c.into_iter().fold(1.0, f32::min)
}

/// A colour with another luminosity, within bounds (11.3.5.3).
fn weighted(c: [f32; 3], wanted: f32) -> [f32; 3] {
    let by = wanted - luminosity(c);
    let c = c.map(|v| v + by);
    let l = luminosity(c);
    let (low, high) = (c.into_iter().fold(f32::MAX, f32::min), c.into_iter().fold(f32::MIN, f32::max));
    c.map(|v| match v {
        v if low < 0.0 => l + (v - l) * l / (l - low).max(1e-6),
        v if high > 1.0 => l + (v - l) * (1.0 - l) / (high - l).max(1e-6),
        v => v,
    })
}

/// A colour with another saturation.
fn saturated(c: [f32; 3], wanted: f32) -> [f32; 3] {
    let low = c.into_iter().fold(f32::MAX, f32::min);
    let range = saturation(c);
    if range <= 0.0 { [0.0; 3] } else { c.map(|v| (v - low) * wanted / range) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inks_multiply_and_never_leave_their_range() {
        let (half, full) = ([0.5_f32; 4], [1.0_f32; 4]);
        assert_eq!(Blend::Multiply.mix(half, half), [0.75; 4]);
        assert_eq!(Blend::Multiply.mix(half, full), full);
        assert_eq!(Blend::Screen.mix(full, [0.0; 4]), [0.0; 4]);
        let names =
            ["Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn", "HardLight"];
        let more = ["SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"];
        let steps = [0.0, 0.2, 0.5, 0.9, 1.0];
        for name in names.into_iter().chain(more) {
            let mode = Blend::named(name.as_bytes()).unwrap();
            for a in steps {
                for b in steps {
                    let mixed = mode.mix([a, b, 0.3, a], [b, a, 0.8, b]);
                    assert!(mixed.iter().all(|v| (-0.001..=1.001).contains(v)), "{name} {a} {b} {mixed:?}");
                }
            }
        }
    }
}
