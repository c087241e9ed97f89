//! Characters that the font of their field does not have: glyph 0.

use super::Trace;
use super::slots::Slot;
use crate::diag::{Code, Diagnostic};
use crate::fonts;

pub(super) fn check(slot: &Slot, page: usize, sources: &Trace, found: &mut Vec<Diagnostic>) {
    for (_, run) in &slot.runs {
        for glyph in run.glyphs.iter().filter(|glyph| glyph.id == 0) {
            // What no font has at all is reported with its place in the data.
            for c in run.text.get(glyph.range()).unwrap_or_default().chars().filter(|c| fonts::covered(*c)) {
                let families = fonts::families_with(c).join(", ");
                let diagnostic = Diagnostic::new(Code::GlyphNotSet)
                    .arg("families", families)
                    .arg("char", c)
                    .arg("point", format!("{:04X}", u32::from(c)));
                found.push(sources.locate(diagnostic, slot.person.as_deref(), &slot.field, page));
            }
        }
    }
}

/// A name set in several fonts, in its own slot or within the article.
pub(super) fn name(slot: &Slot, page: usize, sources: &Trace, found: &mut Vec<Diagnostic>) {
    let Some(name) = sources.name(slot.person.as_deref()) else { return };
    let wanted: String = name.chars().filter(|c| *c != '·').collect();
    let mut text = String::new();
    let mut families: Vec<(usize, &str)> = Vec::new();
    for (_, run) in &slot.runs {
        families.push((text.len(), run.font.font().info().family.as_str()));
        text.extend(run.text.chars().filter(|c| !c.is_whitespace() && *c != '·'));
    }
    for (start, _) in text.match_indices(&wanted) {
        let first = families.partition_point(|(at, _)| *at <= start) - 1;
        let last = families.partition_point(|(at, _)| *at < start + wanted.len());
        let mut used: Vec<_> = families[first..last].iter().map(|(_, family)| *family).collect();
        used.dedup();
        if used.len() > 1 {
            let diagnostic =
                Diagnostic::new(Code::NameMixesFonts).arg("text", name).arg("families", used.join(", "));
            found.push(sources.locate(diagnostic, slot.person.as_deref(), "name", page));
            return;
        }
    }
}
