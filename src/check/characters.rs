//! Characters that cannot be set: controls, and what no embedded font has.

use crate::diag::{Code, Diagnostic, Place};
use crate::fonts;
use crate::load::Document;

pub(super) fn check(document: &Document, sink: &mut Vec<Diagnostic>) {
    let Some(root) = &document.root else { return };
    for (field, node) in root.strings() {
        if field.starts_with('$') {
            continue;
        }
        for (index, c) in node.as_str().unwrap_or_default().char_indices() {
            let code = match c {
                c if c.is_control() => Code::ControlCharacter,
                c if !fonts::covered(c) => Code::NoGlyph,
                _ => continue,
            };
            let place = Place::new(&document.path, &document.text, node.character(&document.text, index));
            let finding = Diagnostic::new(code).person(document.person()).field(&field).at(Some(place));
            sink.push(finding.arg("char", c).arg("point", format!("{:04X}", u32::from(c))));
        }
    }
}
