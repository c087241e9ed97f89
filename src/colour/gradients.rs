//! Gradients: mixed as ink on the plates, and shown as that.

use std::sync::Arc;

use typst::layout::Ratio;
use typst::visualize::{Color, ColorSpace, Gradient, ProcessColor, ProcessColorSpace, RatioOrAngle};

/// Places at which a gradient is looked at between two stops: inks mix
/// otherwise than light.
const BETWEEN: usize = 8;

/// The gradient with every stop in ink, mixed plate by plate.
pub(super) fn in_ink(gradient: &Gradient, to_ink: &mut dyn FnMut(&mut Color)) -> Gradient {
    let mut stops = gradient.stops_ref().to_vec();
    stops.iter_mut().for_each(|(color, _)| to_ink(color));
    with(gradient, stops, ProcessColorSpace::Cmyk)
}

/// The gradient for a screen: stops so close that light mixes between them as
/// ink does.
pub(super) fn of_light(gradient: &Gradient, shown: &dyn Fn(&Color) -> Color) -> Gradient {
    let ink = |color: &Color| matches!(color.to_process(), ProcessColor::Cmyk(_));
    let inked = gradient.stops_ref().iter().any(|(color, _)| ink(color));
    let plated = if inked { in_ink(gradient, &mut |_| {}) } else { gradient.clone() };
    let given = plated.stops_ref();
    let mut stops = Vec::new();
    for pair in given.windows(2) {
        let (from, to) = (pair[0].1.get(), pair[1].1.get());
        stops.push((shown(&pair[0].0), pair[0].1));
        for i in 1..BETWEEN {
            let at = Ratio::new(from + (to - from) * i as f64 / BETWEEN as f64);
            stops.push((shown(&plated.sample(RatioOrAngle::Ratio(at))), at));
        }
    }
    stops.extend(given.last().map(|(color, at)| (shown(color), *at)));
    with(gradient, stops, ProcessColorSpace::Srgb)
}

/// The same gradient with other stops, mixed in another space.
fn with(gradient: &Gradient, stops: Vec<(Color, Ratio)>, space: ProcessColorSpace) -> Gradient {
    let space = ColorSpace::Process(space);
    match gradient {
        Gradient::Linear(linear) => {
            let mut linear = (**linear).clone();
            (linear.stops, linear.space) = (stops, space);
            Gradient::Linear(Arc::new(linear))
        }
        Gradient::Radial(radial) => {
            let mut radial = (**radial).clone();
            (radial.stops, radial.space) = (stops, space);
            Gradient::Radial(Arc::new(radial))
        }
        Gradient::Conic(conic) => {
            let mut conic = (**conic).clone();
            (conic.stops, conic.space) = (stops, space);
            Gradient::Conic(Arc::new(conic))
        }
    }
}
