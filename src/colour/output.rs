//! The output profile and the ways to and from it.

use std::borrow::Cow;

use lcms2::{
    CIExyY, ColorSpaceSignature, DisallowCache, Flags, GlobalContext, InfoType, Intent, Locale, PixelFormat,
    Profile, ProfileClassSignature,
};
use lcms2::{Pod, Transform};
use sha2::{Digest, Sha256};

use crate::assets;
use crate::diag::Phrase;

/// Relative colorimetric with black-point compensation, everywhere: paper is
/// white and the deepest ink is black.
const INTENT: Intent = Intent::RelativeColorimetric;
/// For the few colours of a book: without optimisation lcms2 sets up in half
/// a millisecond, which they never earn back.
const FEW: Flags = Flags::NO_OPTIMIZE;

/// From the pixels of a picture to others.
type Way<P, Q> = Transform<P, Q, GlobalContext, DisallowCache>;

/// An output profile.
#[derive(Debug, Clone)]
pub(crate) struct Output(Cow<'static, [u8]>);

impl Output {
    /// The embedded FOGRA39 profile.
    pub(crate) fn embedded() -> Self {
        Self(Cow::Borrowed(assets::FOGRA39))
    }

    /// A profile of the project's own: class `prtr`, space CMYK
    /// (ISO 15930-7), with tables both ways.
    pub(crate) fn read(bytes: Vec<u8>) -> Result<Self, Phrase> {
        let profile = Profile::new_icc(&bytes).map_err(|_| Phrase::NoProfile)?;
        if profile.device_class() != ProfileClassSignature::OutputClass
            || profile.color_space() != ColorSpaceSignature::CmykData
        {
            return Err(Phrase::NoCmykProfile);
        }
        let output = Self(Cow::Owned(bytes));
        if output.is_usable() { Ok(output) } else { Err(Phrase::NoProfile) }
    }

    /// Whether every way that is taken later can be set up.
    fn is_usable(&self) -> bool {
        let (Ok(own), srgb) = (Profile::new_icc(&self.0), Profile::new_srgb()) else { return false };
        let few = FEW | Flags::BLACKPOINT_COMPENSATION;
        let (ink, rgb) = (PixelFormat::CMYK_16, PixelFormat::RGB_16);
        let to_screen = Transform::<[u16; 4], [u16; 3]>::new_flags(&own, ink, &srgb, rgb, INTENT, few);
        let to_ink = Transform::<[u16; 3], [u16; 4]>::new_flags(&srgb, rgb, &own, ink, INTENT, few);
        let lab = lab().and_then(|lab| {
            let lightness = PixelFormat::Lab_DBL;
            Transform::<[u16; 4], [f64; 3]>::new_flags(&own, ink, &lab, lightness, INTENT, FEW).ok()
        });
        let (ink, rgb) = (PixelFormat::CMYK_8, PixelFormat::RGB_8);
        let plate = Self::way::<[u8; 3], [u8; 4]>(&srgb, rgb, &own, ink);
        let show = Self::way::<[u8; 4], [u8; 3]>(&own, ink, &srgb, rgb);
        to_screen.is_ok() && to_ink.is_ok() && lab.is_some() && plate.is_some() && show.is_some()
    }

    /// SHA-256 of the profile.
    pub(crate) fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }

    /// What the profile calls itself.
    pub(crate) fn description(&self) -> Option<String> {
        let text = self.profile().info(InfoType::Description, Locale::none())?;
        let text = text.trim_matches(['\0', ' ']).to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// The profile as it is embedded.
    pub(crate) fn icc(&self) -> &[u8] {
        &self.0
    }

    fn profile(&self) -> Profile {
        Profile::new_icc(&self.0).expect("tried when it was read")
    }

    /// From ink to sRGB, for single colours.
    pub(super) fn to_screen(&self) -> Transform<[u16; 4], [u16; 3]> {
        let (from, to) = (PixelFormat::CMYK_16, PixelFormat::RGB_16);
        let flags = FEW | Flags::BLACKPOINT_COMPENSATION;
        Transform::new_flags(&self.profile(), from, &Profile::new_srgb(), to, INTENT, flags)
            .expect("tried when it was read")
    }

    /// From sRGB to ink, for single colours.
    pub(super) fn ink(&self) -> Transform<[u16; 3], [u16; 4]> {
        let (from, to) = (PixelFormat::RGB_16, PixelFormat::CMYK_16);
        let flags = FEW | Flags::BLACKPOINT_COMPENSATION;
        Transform::new_flags(&Profile::new_srgb(), from, &self.profile(), to, INTENT, flags)
            .expect("tried when it was read")
    }

    /// From the pixels of a picture, 8 bits a channel, to ink; none for a
    /// picture that is this ink already.
    pub(crate) fn plate<P: Pod>(&self, source: &PixelSpace) -> Option<Way<P, [u8; 4]>> {
        let to = |from: &Profile| Self::way(from, source.format(), &self.profile(), PixelFormat::CMYK_8);
        let own = source.profile().and_then(|own| to(&own));
        match source {
            PixelSpace::Cmyk(_) => own,
            _ => own.or_else(|| to(&Profile::new_srgb())),
        }
    }

    /// From the coloured pixels of a picture to sRGB.
    pub(crate) fn show<P: Pod>(&self, source: &PixelSpace) -> Way<P, [u8; 3]> {
        let to = |from: &Profile| Self::way(from, source.format(), &Profile::new_srgb(), PixelFormat::RGB_8);
        let own = source.profile().and_then(|own| to(&own));
        let plain = || match source {
            PixelSpace::Cmyk(_) => to(&self.profile()),
            _ => to(&Profile::new_srgb()),
        };
        own.or_else(plain).expect("tried when it was read")
    }

    /// sRGB of a picture's grey, for each of 256.
    pub(crate) fn grey_to_screen(source: &PixelSpace) -> [u8; 256] {
        let plain = std::array::from_fn(|grey| grey as u8);
        let srgb = Profile::new_srgb();
        let way = source
            .profile()
            .and_then(|own| Self::way::<[u8; 1], [u8; 3]>(&own, source.format(), &srgb, PixelFormat::RGB_8));
        way.map_or(plain, |way| {
            let mut shown = [[0; 3]; 256];
            way.transform_pixels(&plain.map(|grey| [grey]), &mut shown);
            shown.map(|[_, green, _]| green)
        })
    }

    /// The way of pixels between two profiles; none if one of them is broken.
    fn way<P: Pod, Q: Pod>(
        from: &Profile,
        format: PixelFormat,
        to: &Profile,
        into: PixelFormat,
    ) -> Option<Way<P, Q>> {
        // Neighbours in a photograph are seldom the same.
        let flags = Flags::BLACKPOINT_COMPENSATION | Flags::NO_CACHE;
        Transform::new_flags_context(GlobalContext::new(), from, format, to, into, INTENT, flags).ok()
    }

    /// Black ink that shows the lightness of a picture's grey, for each of 256:
    /// white is none, black is full, and between them lightness keeps its
    /// place between that of the paper and that of full black.
    pub(crate) fn grey_to_black(&self, source: &PixelSpace) -> [u8; 256] {
        let lab = lab().expect("built into lcms2");
        let (ink, to) = (PixelFormat::CMYK_16, PixelFormat::Lab_DBL);
        let of_ink: Transform<[u16; 4], [f64; 3]> =
            Transform::new_flags(&self.profile(), ink, &lab, to, INTENT, FEW)
                .expect("tried when it was read");
        let srgb = || {
            let grey: Transform<[u8; 3], [f64; 3]> =
                Transform::new_flags(&Profile::new_srgb(), PixelFormat::RGB_8, &lab, to, INTENT, FEW)
                    .expect("built into lcms2");
            ramp(&grey, |grey| [grey; 3])
        };
        let own = source.profile().and_then(|own| {
            let grey: Transform<[u8; 1], [f64; 3]> =
                Transform::new_flags(&own, PixelFormat::GRAY_8, &lab, to, INTENT, FEW).ok()?;
            Some(ramp(&grey, |grey| [grey]))
        });
        let light = own.unwrap_or_else(srgb);
        let lightness = |k: u16| {
            let mut lab = [[0.0; 3]];
            of_ink.transform_pixels(&[[0, 0, 0, k * 257]], &mut lab);
            lab[0][0]
        };
        let ladder: Vec<f64> = (0..=255).map(lightness).collect();
        let (paper, black) = (ladder[0], ladder[255]);
        std::array::from_fn(|grey| {
            let wanted = black + light[grey] / 100.0 * (paper - black);
            ladder.partition_point(|l| *l > wanted).min(255) as u8
        })
    }
}

/// Lightness from 0 to 100 of each of 256 greys.
fn ramp<P: Pod>(way: &Transform<P, [f64; 3]>, grey: impl Fn(u8) -> P) -> [f64; 256] {
    let greys: Vec<P> = (0..=255).map(grey).collect();
    let mut lab = [[0.0; 3]; 256];
    way.transform_pixels(&greys, &mut lab);
    lab.map(|lab| lab[0])
}

/// Lightness and colour as they are seen under the light of a print.
fn lab() -> Option<Profile<GlobalContext>> {
    let d50 = CIExyY { x: 0.3457, y: 0.3585, Y: 1.0 };
    Profile::new_lab4_context(GlobalContext::new(), &d50).ok()
}

/// The way of single colours from the screen to ink.
pub(crate) struct Inks {
    grey: [u8; 256],
    colour: Transform<[u16; 3], [u16; 4]>,
}

impl Inks {
    pub(crate) fn new(output: &Output) -> Self {
        Self { grey: output.grey_to_black(&PixelSpace::Gray(None)), colour: output.ink() }
    }

    /// Ink from 0 to 1: neutrals on the black plate alone, colours through the
    /// profile.
    pub(crate) fn of(&self, rgb: [u8; 3]) -> [f32; 4] {
        let [r, g, b] = rgb;
        if r == g && g == b {
            return [0.0, 0.0, 0.0, f32::from(self.grey[usize::from(r)]) / 255.0];
        }
        let mut ink = [[0; 4]];
        self.colour.transform_pixels(&[rgb.map(|v| u16::from(v) * 257)], &mut ink);
        ink[0].map(|v| f32::from(v) / 65535.0)
    }
}

/// What the numbers of a picture mean, with its own profile if it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PixelSpace {
    /// One channel.
    Gray(Option<Vec<u8>>),
    /// Three channels.
    Rgb(Option<Vec<u8>>),
    /// Four inks.
    Cmyk(Option<Vec<u8>>),
}

impl PixelSpace {
    /// The picture's own profile, if it is one of its colour space.
    fn profile(&self) -> Option<Profile> {
        let (icc, space) = match self {
            Self::Gray(icc) => (icc, ColorSpaceSignature::GrayData),
            Self::Rgb(icc) => (icc, ColorSpaceSignature::RgbData),
            Self::Cmyk(icc) => (icc, ColorSpaceSignature::CmykData),
        };
        let own = Profile::new_icc(icc.as_ref()?).ok();
        own.filter(|profile| profile.color_space() == space)
    }

    fn format(&self) -> PixelFormat {
        match self {
            Self::Gray(_) => PixelFormat::GRAY_8,
            Self::Rgb(_) => PixelFormat::RGB_8,
            Self::Cmyk(_) => PixelFormat::CMYK_8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_becomes_black_alone() {
        let black = Output::embedded().grey_to_black(&PixelSpace::Gray(None));
        assert_eq!((black[0], black[255]), (255, 0));
        assert!(black.is_sorted_by(|a, b| a >= b));
        assert!((100..180).contains(&black[128]), "{}", black[128]);
    }

    #[test]
    fn screen_black_is_one_plate_and_red_is_red() {
        let inks = Inks::new(&Output::embedded());
        assert_eq!(inks.of([0, 0, 0]), [0.0, 0.0, 0.0, 1.0]);
        let [c, m, y, _] = inks.of([200, 20, 30]);
        assert!(m > 0.8 && y > 0.7 && c < 0.3, "{c} {m} {y}");
    }

    #[test]
    fn only_profiles_of_cmyk_printers_serve() {
        let srgb = Profile::new_srgb().icc().expect("a profile");
        assert_eq!(Output::read(srgb).unwrap_err(), Phrase::NoCmykProfile);
        assert_eq!(Output::read(b"no profile".to_vec()).unwrap_err(), Phrase::NoProfile);
        assert!(Output::read(assets::FOGRA39.to_vec()).is_ok());
    }
}
