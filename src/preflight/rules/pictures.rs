//! The rules for pictures: resolution and ink.

use hayro_syntax::object::Stream;
use tiny_skia::Rect;

use super::Rules;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::model::Ink;
use crate::preflight::images;
use crate::preflight::state::GraphicsState;

impl Rules<'_> {
    pub(super) fn resolution(&mut self, image: &Stream, state: &GraphicsState, at: Rect) {
        let Some((width, height, bits)) = images::size(image) else { return };
        let ppi = images::ppi(width, height, state.ctm);
        let floors = self.job.ppi;
        let (warn, error) =
            if bits == 1 { (floors.line_warn, floors.line_error) } else { (floors.warn, floors.error) };
        let (code, wanted) = match ppi + 0.5 {
            p if p < error => (Code::TooCoarsePicture, error),
            p if p < warn => (Code::CoarsePicture, warn),
            _ => return,
        };
        let diagnostic = Diagnostic::new(code).arg("ppi", format!("{ppi:.0}"));
        self.tell(diagnostic.arg("wanted", format!("{wanted}")), at);
    }

    /// Ink that the plates do not show: between their points, or in a tiling.
    pub(super) fn heavy(&mut self, percent: f64, place: Phrase, at: Rect) {
        if let Some(diagnostic) = over_limit(percent, place, self.job.ink) {
            self.tell(diagnostic, at);
        }
    }
}

/// Total ink may be over by what rounding to bytes adds, in percent.
const ROUNDING: f64 = 1.0;

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
