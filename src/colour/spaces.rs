//! Profiles of pictures that say in a few numbers what their colours are.

use lcms2::{CIExyY, CIExyYTRIPLE, Profile, ToneCurve};

/// How numbers grow with light.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Curve {
    /// Light is a power of the number.
    Gamma(f64),
    /// IEC 61966-2-1.
    Srgb,
    /// Rec. ITU-R BT.709, 1.2, undone.
    Video,
}

impl Curve {
    fn tone(self) -> Option<ToneCurve> {
        match self {
            Self::Gamma(gamma) => Some(ToneCurve::new(gamma)),
            Self::Srgb => {
                ToneCurve::new_parametric(4, &[2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.040_45]).ok()
            }
            Self::Video => {
                ToneCurve::new_parametric(4, &[1.0 / 0.45, 1.0 / 1.099, 0.099 / 1.099, 1.0 / 4.5, 0.081]).ok()
            }
        }
    }
}

/// Chromaticities x, y of white, red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Primaries(pub(crate) [[f64; 2]; 4]);

/// CIE standard illuminant D65.
const D65: [f64; 2] = [0.3127, 0.3290];

impl Primaries {
    /// Rec. ITU-R BT.709, those of sRGB.
    pub(crate) const SRGB: Self = Self([D65, [0.64, 0.33], [0.30, 0.60], [0.15, 0.06]]);
    /// Rec. ITU-R BT.2020.
    pub(crate) const WIDE: Self = Self([D65, [0.708, 0.292], [0.170, 0.797], [0.131, 0.046]]);
    /// SMPTE EG 432-1, those of Display P3.
    pub(crate) const P3: Self = Self([D65, [0.680, 0.320], [0.265, 0.690], [0.150, 0.060]]);
    /// Adobe RGB (1998), 4.3.1.
    pub(crate) const ADOBE: Self = Self([D65, [0.64, 0.33], [0.21, 0.71], [0.15, 0.06]]);
}

/// The profile of a picture in colour; none where the numbers make none.
pub(crate) fn rgb(primaries: Primaries, curve: Curve) -> Option<Vec<u8>> {
    let [white, red, green, blue] = primaries.0.map(|[x, y]| CIExyY { x, y, Y: 1.0 });
    let curve = curve.tone()?;
    let triple = CIExyYTRIPLE { Red: red, Green: green, Blue: blue };
    Profile::new_rgb(&white, &triple, &[&curve; 3]).ok()?.icc().ok()
}

/// The profile of a grey picture.
pub(crate) fn grey(curve: Curve) -> Option<Vec<u8>> {
    let white = CIExyY { x: D65[0], y: D65[1], Y: 1.0 };
    Profile::new_gray(&white, &curve.tone()?).ok()?.icc().ok()
}
