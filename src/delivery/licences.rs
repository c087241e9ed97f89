//! Licences of the fonts in a file, as the fonts themselves state them.

use ttf_parser::{Face, name_id};

use crate::check::Extra;
use crate::fonts;

/// Longest statement that is quoted, in characters.
const LONGEST: usize = 80;

/// What is known of the licence of a font, by its PostScript name.
pub(super) fn of(name: &str, extras: &[Extra]) -> String {
    if fonts::is_embedded(name) {
        return fonts::LICENCE.into();
    }
    let extra = extras.iter().find(|extra| named(extra, name_id::POST_SCRIPT_NAME).as_deref() == Some(name));
    let stated =
        extra.and_then(|extra| named(extra, name_id::LICENSE_URL).or_else(|| named(extra, name_id::LICENSE)));
    match stated {
        Some(text) => format!("项目自带，许可：{}", text.chars().take(LONGEST).collect::<String>()),
        None => "项目自带，字体里没有写明许可".into(),
    }
}

/// An entry of a font's name table.
fn named(font: &Extra, id: u16) -> Option<String> {
    let face = Face::parse(&font.bytes, font.index).ok()?;
    let mut names = face.names().into_iter().filter(|name| name.name_id == id && name.is_unicode());
    names.find_map(|name| name.to_string()).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
