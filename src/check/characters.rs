//! Characters that cannot be set: controls, and what no embedded font has.

use super::language;
use crate::diag::{Code, Diagnostic, Tally};
use crate::fonts;
use crate::load::Document;

pub(super) fn check(document: &Document, added: &str, sink: &mut Vec<Diagnostic>) {
    let Some(root) = &document.root else { return };
    let mut tally = Tally::new(sink);
    for (field, node) in root.strings() {
        if !language::printed(&field) {
            continue;
        }
        for (index, c) in node.as_str().unwrap_or_default().char_indices() {
            let code = match c {
                c if c.is_control() => Code::ControlCharacter,
                c if !fonts::covered(c) && !language::unfit(c) && !added.contains(c) => Code::NoGlyph,
                _ => continue,
            };
            tally.push(code, || {
                let place = document.piece(node, index..index + c.len_utf8());
                let finding = Diagnostic::new(code).person(document.person()).field(&field).at(Some(place));
                finding.arg("char", c).arg("point", format!("{:04X}", u32::from(c)))
            });
        }
    }
}
