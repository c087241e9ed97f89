//! The rules for colours: which spaces, spots, registration, white, gray,
//! overprint, total ink.

use tiny_skia::Rect;

use super::Rules;
use crate::diag::{Arg, Code, Diagnostic, Phrase};
use crate::model::Ink;
use crate::preflight::colour::Space;
use crate::preflight::inks::{PROCESS, Set};
use crate::preflight::plates::Blend;
use crate::preflight::state::{Overprint, Paint, State};

/// Ink below, of 255, that shows through what overprints.
const SHOWS: u8 = 13;
/// Total ink may be over by what rounding to bytes adds, in percent.
const ROUNDING: f64 = 1.0;

impl<const N: usize> Rules<'_, N> {
    /// A space that the file uses, seen or not: PDF/X-4 judges the whole page
    /// (ISO 15930-7, 6.2).
    pub(super) fn used(&mut self, space: &Space, what: &Arg, at: Rect) {
        if let Some(name) = space.foreign() {
            let diagnostic = Diagnostic::new(Code::ForeignColour).arg("space", name);
            self.tell(diagnostic.arg("what", what.clone()), at);
        }
    }

    /// Inks that are printed with.
    pub(super) fn space(&mut self, space: &Space, at: Rect) {
        for name in space.spots() {
            if !self.job.spots.iter().any(|spot| spot == name) {
                self.tell(Diagnostic::new(Code::SpotColour).arg("name", name), at);
            }
        }
        let t = self.boxes.trim;
        let trim = Rect::from_ltrb(t.x0 as f32, t.y0 as f32, t.x1 as f32, t.y1 as f32);
        let inside = trim
            .and_then(|trim| trim.intersect(&at))
            .is_some_and(|both| both.width() > 0.0 && both.height() > 0.0);
        if inside && space.is_registration() {
            self.tell(Diagnostic::new(Code::RegistrationColour), at);
        }
    }

    /// Spots, white, overprint: what every colour that is seen has to obey.
    pub(super) fn paint(&mut self, paint: &Paint, over: Overprint, what: &Arg, at: Rect, state: &State) {
        self.space(&paint.space, at);
        let Some(inks) = paint.inks() else { return };
        let darkens = matches!(state.blend, Blend::Multiply | Blend::Darken | Blend::ColorBurn);
        if inks.is_white() && over.on {
            self.tell(Diagnostic::new(Code::WhiteOverprints).arg("what", what.clone()), at);
        } else if inks.is_white() && darkens && state.mask.is_none() {
            self.tell(Diagnostic::new(Code::WhiteVanishes).arg("what", what.clone()), at);
        } else if over.on && matches!(paint.space, Space::Gray) && inks.total() > 0.0 {
            self.tell(Diagnostic::new(Code::GrayBlack).arg("what", what.clone()), at);
        } else if over.on && matches!(paint.space, Space::Cmyk) && !inks.is_black() {
            let written: Set = paint.plates(&inks, over);
            let under = self.plates.under(at);
            let shows = |plate: &usize| written >> plate & 1 == 0 && under[*plate] >= SHOWS;
            if (0..PROCESS).any(|plate| shows(&plate)) {
                self.tell(Diagnostic::new(Code::ColourOverprints).arg("what", what.clone()), at);
            }
        }
    }

    /// Ink that the plates do not show: between their points.
    pub(super) fn heavy(&mut self, percent: f64, place: Phrase, at: Rect) {
        if let Some(diagnostic) = over_limit(percent, place, self.job.ink) {
            self.tell(diagnostic, at);
        }
    }
}

/// A finding if ink is over its limits.
pub(in crate::preflight) fn over_limit(percent: f64, place: Phrase, limits: Ink) -> Option<Diagnostic> {
    let (code, limit) = match percent {
        p if p > limits.error + ROUNDING => (Code::InkOverError, limits.error),
        p if p > limits.limit + ROUNDING => (Code::InkOverLimit, limits.limit),
        _ => return None,
    };
    let diagnostic = Diagnostic::new(code).arg("where", place);
    Some(diagnostic.arg("ink", format!("{percent:.0}")).arg("limit", format!("{limit}")))
}
