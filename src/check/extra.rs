//! Fonts of the project's own, for characters that the embedded ones lack.

use typst::text::FontInfo;

use super::{finding, language};
use crate::diag::{Code, Diagnostic, Phrase};
use crate::fonts;
use crate::load::Draft;
use crate::model::Booklet;

/// A font that the project adds.
#[derive(Debug, Clone)]
pub struct Extra {
    /// Family name, as templates ask for it.
    pub family: String,
    /// The characters set in it.
    pub characters: String,
    /// The font file.
    pub bytes: Vec<u8>,
}

/// Reads the project's fonts; what is wrong with one is a finding.
pub(super) fn read(draft: &Draft, booklet: &Booklet, sink: &mut Vec<Diagnostic>) -> Vec<Extra> {
    let mut extras = Vec::new();
    for (i, font) in booklet.extra_fonts.iter().enumerate() {
        match open(draft.attachments.fonts.get(&font.file), &font.characters) {
            Ok(extra) => extras.push(extra),
            Err(problem) => {
                let found = finding(Code::ExtraFontUnfit, &draft.booklet, &format!("extra_fonts[{i}].file"));
                sink.push(found.arg("file", font.file.as_str()).arg("problem", problem));
            }
        }
    }
    extras
}

fn open(bytes: Option<&Vec<u8>>, characters: &str) -> Result<Extra, Phrase> {
    let bytes = bytes.ok_or(Phrase::NotThere)?.clone();
    let info = FontInfo::new(&bytes, 0).ok_or(Phrase::NoFont)?;
    if fonts::faces().iter().any(|face| face.family.eq_ignore_ascii_case(&info.family)) {
        return Err(Phrase::EmbeddedName);
    }
    if !characters.chars().all(language::is_han) {
        return Err(Phrase::NotHan);
    }
    match characters.chars().find(|c| !info.coverage.contains(u32::from(*c))) {
        Some(missing) => Err(Phrase::LacksCharacter(missing)),
        None => Ok(Extra { family: info.family, characters: characters.to_owned(), bytes }),
    }
}
