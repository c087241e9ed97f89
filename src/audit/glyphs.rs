//! Characters that the font of their field does not have: glyph 0.

use super::Sources;
use super::slots::Slot;
use crate::diag::{Code, Diagnostic};
use crate::fonts;

pub(super) fn check(slot: &Slot, page: usize, sources: &Sources, found: &mut Vec<Diagnostic>) {
    for (_, run) in &slot.runs {
        for glyph in run.glyphs.iter().filter(|glyph| glyph.id == 0) {
            // What no font has at all is reported with its place in the data.
            for c in run.text.get(glyph.range()).unwrap_or_default().chars().filter(|c| fonts::covered(*c)) {
                let diagnostic = Diagnostic::new(Code::GlyphNotSet)
                    .arg("char", c)
                    .arg("point", format!("{:04X}", u32::from(c)));
                found.push(sources.locate(diagnostic, slot.person.as_deref(), &slot.field, page));
            }
        }
    }
}
