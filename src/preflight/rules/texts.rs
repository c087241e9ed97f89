//! The rules for text: safety zone, black, small sizes, missing glyphs.

use tiny_skia::Rect;

use super::lines::{lets_through, scale};
use super::{Rules, SHOWN, set_text};
use crate::diag::{Code, Diagnostic};
use crate::preflight::colour::Space;
use crate::preflight::content::Run;
use crate::preflight::inks::PROCESS;
use crate::preflight::state::{Overprint, Paint, State};

/// GWG 2022: text of several inks is legible from this size on, in points.
const SMALL: f32 = 8.0;
/// White text in several inks fills up below this size, in points.
const REVERSED: f32 = 6.0;
/// Text below this size, in points, is not read.
const TINY: f32 = 5.0;
/// A plate with less than this prints too little to blur anything.
const NOTHING: f32 = 0.05;
/// Rich black: black from this and more total ink than that (press sheet).
const RICH_K: f32 = 0.85;
const RICH_TOTAL: f32 = 2.80;
/// Text larger than this is decoration, which a cut may touch, in points.
const DECORATION: f32 = 100.0;

impl<const N: usize> Rules<'_, N> {
    /// Judges a run of text.
    pub(super) fn judge_text(
        &mut self,
        run: &Run,
        area: Rect,
        (fills, strokes): (bool, bool),
        state: &State,
    ) {
        let text: String = run.text.chars().take(SHOWN).collect();
        let what = set_text(&text);
        let painted = [
            (fills, &state.fill, state.fill_overprint()),
            (strokes, &state.stroke, state.stroke_overprint()),
        ];
        for (_, paint, _) in painted.iter().filter(|(on, ..)| *on && !run.drawn) {
            self.used(&paint.space, &what, area);
        }
        let Some(at) = self.seen(area, state) else { return };
        if run.size <= DECORATION {
            self.safety(area, &text);
        }
        if run.size < TINY - 0.01 {
            let diagnostic = Diagnostic::new(Code::TinyText).arg("size", format!("{:.1}", run.size));
            self.tell(diagnostic.arg("text", text.as_str()), at);
        }
        if run.missing {
            self.tell(Diagnostic::new(Code::MissingGlyph).arg("text", text.as_str()), at);
        }
        if run.drawn && !run.plain {
            return;
        }
        for (_, paint, over) in painted.into_iter().filter(|(on, ..)| *on) {
            self.paint(paint, over, &what, at, state);
            self.text_colour(run, paint, over, &text, at);
        }
        if strokes {
            self.hairline(state.line.width * scale(state.ctm), at);
        }
    }

    /// Distance of text from the trim.
    fn safety(&mut self, area: Rect, text: &str) {
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

    fn text_colour(&mut self, run: &Run, paint: &Paint, over: Overprint, text: &str, at: Rect) {
        let Some(inks) = paint.inks() else { return };
        let size = format!("{:.1}", run.size);
        let required = self.job.overprint.text_required;
        let gray = matches!(paint.space, Space::Gray);
        if gray && inks.amounts[3] > NOTHING && !over.on {
            self.tell(Diagnostic::new(Code::GrayBlack).arg("what", set_text(text)), at);
        } else if inks.is_black()
            && !gray
            && f64::from(run.size) < required - 0.01
            && !lets_through(paint, over)
        {
            let diagnostic = Diagnostic::new(Code::BlackTextKnocksOut).arg("size", size.as_str());
            self.tell(diagnostic.arg("text", text).arg("limit", format!("{required}")), at);
        }
        let total = inks.total();
        if inks.amounts[3] >= RICH_K && total > RICH_TOTAL {
            let diagnostic = Diagnostic::new(Code::RichBlackText).arg("text", text);
            self.tell(diagnostic.arg("ink", format!("{:.0}", total * 100.0)), at);
        }
        let count = inks.amounts.iter().filter(|v| **v >= NOTHING).count();
        if run.size < SMALL - 0.01 && count > 1 {
            let diagnostic =
                Diagnostic::new(Code::SmallMultiInk).arg("size", size.as_str()).arg("text", text);
            self.tell(diagnostic.arg("inks", count.to_string()), at);
        }
        if run.size < REVERSED - 0.01 && inks.is_white() && !over.on {
            let under = self.plates.under(at);
            let count = under[..PROCESS].iter().filter(|v| f32::from(**v) >= NOTHING * 255.0).count();
            if count > 1 {
                let diagnostic = Diagnostic::new(Code::SmallReversed).arg("size", size).arg("text", text);
                self.tell(diagnostic.arg("inks", count.to_string()), at);
            }
        }
    }
}
