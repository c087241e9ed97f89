//! Fonts of the project's own, for characters that the embedded ones lack.

use typst::text::FontInfo;

use super::{finding, language};
use crate::diag::{Code, Diagnostic, Phrase};
use crate::fonts;
use crate::load::Draft;
use crate::model::{Booklet, ExtraFont};

/// Most faces of a file that are looked at.
const FACES: u32 = 64;
/// Names that a face is known by: family, full, PostScript, typographic family
/// (OpenType, name table).
const NAMES: [u16; 4] = [1, 4, 6, 16];

/// A font that the project adds.
#[derive(Debug, Clone)]
pub struct Extra {
    /// Family name, as templates ask for it.
    pub family: String,
    /// The characters set in it.
    pub characters: String,
    /// The font file.
    pub bytes: Vec<u8>,
    /// Which face of the file.
    pub index: u32,
}

/// Reads the project's fonts; what is wrong with one is a finding.
pub(super) fn read(draft: &Draft, booklet: &Booklet, sink: &mut Vec<Diagnostic>) -> Vec<Extra> {
    let mut extras = Vec::new();
    for (i, font) in booklet.extra_fonts.iter().enumerate() {
        match open(draft.attachments.fonts.get(&font.file), font) {
            Ok(extra) => extras.push(extra),
            Err(problem) => {
                let found = finding(Code::ExtraFontUnfit, &draft.booklet, &format!("extra_fonts[{i}].file"));
                sink.push(found.arg("file", font.file.as_str()).arg("problem", problem));
            }
        }
    }
    extras
}

fn open(bytes: Option<&Vec<u8>>, font: &ExtraFont) -> Result<Extra, Phrase> {
    let bytes = bytes.ok_or(Phrase::NotThere)?.clone();
    let (index, info) = face(&bytes, font.face.as_deref())?;
    // OpenType, OS/2 fsType: a licence that forbids embedding forbids a PDF.
    let parsed = ttf_parser::Face::parse(&bytes, index).map_err(|_| Phrase::NoFont)?;
    if parsed.permissions() == Some(ttf_parser::Permissions::Restricted) {
        return Err(Phrase::NotEmbeddable);
    }
    if fonts::faces().iter().any(|face| face.family.eq_ignore_ascii_case(&info.family)) {
        return Err(Phrase::EmbeddedName);
    }
    let characters = &font.characters;
    if characters.chars().any(|c| c.is_whitespace() || c.is_control() || language::is_mark(c)) {
        return Err(Phrase::NoMarks);
    }
    match characters.chars().find(|c| !info.coverage.contains(u32::from(*c))) {
        Some(missing) => Err(Phrase::LacksCharacter(missing)),
        None => Ok(Extra { family: info.family, characters: characters.clone(), bytes, index }),
    }
}

/// The face of a font file that is wanted by its name, else the first.
fn face(bytes: &[u8], name: Option<&str>) -> Result<(u32, FontInfo), Phrase> {
    let count = ttf_parser::fonts_in_collection(bytes).unwrap_or(1);
    let mut faces = (0..count.min(FACES)).filter_map(|index| Some((index, FontInfo::new(bytes, index)?)));
    let Some(name) = name else { return faces.next().ok_or(Phrase::NoFont) };
    let faces: Vec<_> = faces.collect();
    let names = |index: u32| -> Vec<String> {
        let parsed = ttf_parser::Face::parse(bytes, index).ok();
        let names = parsed.iter().flat_map(|face| face.names()).filter(|n| NAMES.contains(&n.name_id));
        names.filter_map(|n| n.to_string()).collect()
    };
    let wanted = |index: u32| names(index).iter().any(|known| known.eq_ignore_ascii_case(name));
    if faces.is_empty() {
        return Err(Phrase::NoFont);
    }
    let shown = |index: u32| names(index).into_iter().min_by_key(|name| !name.is_ascii());
    let known: Vec<String> = faces.iter().filter_map(|(index, _)| shown(*index)).collect();
    faces.into_iter().find(|(index, _)| wanted(*index)).ok_or(Phrase::NoFace(known))
}
