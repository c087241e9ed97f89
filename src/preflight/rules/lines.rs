//! The rules for text and lines: safety zone, black, small sizes, hairlines.

use tiny_skia::Rect;

use super::Rules;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::preflight::colour::Space;
use crate::preflight::content::Run;
use crate::preflight::state::{Overprint, Paint};

/// GWG 2022: text of several inks is legible from this size on, in points.
const SMALL: f32 = 8.0;
/// A plate with less than this prints too little to blur anything.
const NOTHING: f32 = 0.05;
/// Rich black: black from this and more total ink than that (press sheet).
const RICH_K: f32 = 0.85;
const RICH_TOTAL: f32 = 2.80;
/// Thinnest line in points, less what rounding takes.
const HAIRLINE: f32 = 0.25 - 0.005;
impl Rules<'_> {
    /// Distance of text from the trim.
    pub(super) fn safety(&mut self, area: Rect, text: &str) {
        let t = self.boxes.trim;
        let inside = [
            f64::from(area.left()) - t.x0,
            t.x1 - f64::from(area.right()),
            f64::from(area.top()) - t.y0,
            t.y1 - f64::from(area.bottom()),
        ];
        let nearest = inside.into_iter().fold(f64::INFINITY, f64::min);
        // Text wholly outside the trim is a slug.
        let outside = f64::from(area.right()) < t.x0
            || f64::from(area.left()) > t.x1
            || f64::from(area.bottom()) < t.y0
            || f64::from(area.top()) > t.y1;
        if !outside && nearest < self.job.safety.pt() - 0.5 {
            let diagnostic = Diagnostic::new(Code::OutsideSafety)
                .arg("text", text)
                .arg("mm", format!("{:.1}", nearest * 25.4 / 72.0))
                .arg("wanted", format!("{}", self.job.safety.0));
            self.tell(diagnostic, area);
        }
    }

    pub(super) fn text_colour(&mut self, run: &Run, paint: &Paint, over: Overprint, text: &str, at: Rect) {
        let Some(ink) = paint.ink() else { return };
        let size = format!("{:.1}", run.size);
        let required = self.job.overprint.text_required;
        if matches!(paint.space, Space::Gray) && ink[3] > NOTHING {
            let what = Phrase::SetText(text.into());
            self.tell(Diagnostic::new(Code::GrayBlack).arg("what", what), at);
        } else if is_black(paint) && f64::from(run.size) < required - 0.01 && !(over.on && over.nonzero) {
            let diagnostic = Diagnostic::new(Code::BlackTextKnocksOut).arg("size", size.as_str());
            self.tell(diagnostic.arg("text", text).arg("limit", format!("{required}")), at);
        }
        let total: f32 = ink.iter().sum();
        if ink[3] >= RICH_K && total > RICH_TOTAL {
            let diagnostic = Diagnostic::new(Code::RichBlackText).arg("text", text);
            self.tell(diagnostic.arg("ink", format!("{:.0}", total * 100.0)), at);
        }
        let inks = ink.iter().filter(|v| **v >= NOTHING).count();
        if run.size < SMALL - 0.01 && inks > 1 {
            let diagnostic = Diagnostic::new(Code::SmallMultiInk).arg("size", size).arg("text", text);
            self.tell(diagnostic.arg("inks", inks.to_string()), at);
        }
    }

    /// A line, drawn as a stroke or as a thin area.
    pub(super) fn line(&mut self, width: f32, paint: &Paint, over: Overprint, at: Rect) {
        if width < HAIRLINE {
            self.tell(Diagnostic::new(Code::Hairline).arg("width", format!("{width:.2}")), at);
        }
        let required = self.job.overprint.rules_required;
        if f64::from(width) >= required - 0.01 {
            return;
        }
        if matches!(paint.space, Space::Gray) && paint.ink().is_some_and(|ink| ink[3] > NOTHING) {
            self.tell(Diagnostic::new(Code::GrayBlack).arg("what", Phrase::AShape), at);
        } else if is_black(paint) && !(over.on && over.nonzero) {
            let diagnostic = Diagnostic::new(Code::BlackRuleKnocksOut).arg("width", format!("{width:.2}"));
            self.tell(diagnostic.arg("limit", format!("{required}")), at);
        }
    }
}

/// Pure black of one plate.
fn is_black(paint: &Paint) -> bool {
    match (&paint.space, paint.colour.as_slice()) {
        (Space::Cmyk, [c, m, y, k]) => *c + *m + *y == 0.0 && *k >= 0.995,
        (Space::Separation(name), [tint]) => name == "Black" && *tint >= 0.995,
        _ => false,
    }
}
