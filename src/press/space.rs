//! Colour spaces of contents, and ink as it was meant.

/// A colour space as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    Cmyk,
    Rgb,
    Gray,
    /// Patterns and spot colours, which stay as they are.
    Other,
}

impl Space {
    pub(super) fn named(name: &[u8]) -> Self {
        match name {
            b"DeviceCMYK" => Self::Cmyk,
            b"DeviceRGB" => Self::Rgb,
            b"DeviceGray" => Self::Gray,
            _ => Self::Other,
        }
    }
}

/// Ink as the template wrote it: krilla keeps a colour in 255 steps, and a
/// whole percentage comes back from its step unharmed.
pub(super) fn as_written(ink: f32) -> f32 {
    let percent = (ink * 100.0).round();
    let step = (percent * 2.55).round();
    if (step - (ink * 255.0).round()).abs() < 0.5 { percent / 100.0 } else { ink }
}
