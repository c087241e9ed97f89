//! Characters that look right and are not.

use std::collections::HashMap;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::{Hit, Text, is_han, windows};
use crate::assets;
use crate::diag::{Code, Phrase};

/// 通用规范汉字表.
static STANDARD: LazyLock<HashSet<char>> =
    LazyLock::new(|| assets::STANDARD.chars().filter(|c| *c != '\n').collect());

/// Radicals and compatibility ideographs → ordinary characters.
static ORDINARY: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let chars: Vec<char> = assets::ORDINARY.chars().filter(|c| *c != '\n').collect();
    chars.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
});

fn hits(text: &Text, wrong: impl Fn(char) -> Option<(Code, Option<char>)>) -> Vec<Hit> {
    let hit = |(i, _, c, _): (usize, _, char, _)| {
        let (code, right) = wrong(c)?;
        let hit =
            Hit::new(code, text.text, i..i + c.len_utf8()).arg("point", format!("{:04X}", u32::from(c)));
        Some(hit.arg("right", right.map(String::from).unwrap_or_default()))
    };
    windows(text.text).filter_map(hit).collect()
}

/// Full-width digits, letters and signs (U+FF01–FF5E) other than Chinese marks.
pub(super) fn full_width(text: &Text) -> Vec<Hit> {
    hits(text, |c| {
        let half = char::from_u32(u32::from(c).checked_sub(0xFEE0)?)?;
        let wrong = matches!(c, '！'..='～') && !"！（），：；？～－．".contains(c);
        wrong.then_some((Code::FullWidthCharacter, Some(half)))
    })
}

/// Zero-width and bidirectional controls, variation selectors, soft hyphens,
/// replacement characters, private use, non-characters.
pub(super) fn invisible(text: &Text) -> Vec<Hit> {
    let found = windows(text.text).filter(|(_, _, c, _)| is_invisible(*c));
    let hit = |(i, _, c, _): (usize, _, char, _)| {
        Hit::new(Code::Invisible, text.text, i..i + c.len_utf8())
            .arg("point", format!("{:04X}", u32::from(c)))
            .phrase("mend", Phrase::Unseen { c, meant: of_gbk(c) })
    };
    found.map(hit).collect()
}

pub(super) fn is_invisible(c: char) -> bool {
    is_unseen(c) || is_unreadable(c)
}

/// Characters that stand for others, lost or of somebody's own.
fn is_unreadable(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Characters that show nothing.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{2800}' | '\u{FFA0}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character is a radical or a compatibility ideograph.
pub(super) fn is_variant(c: char) -> bool {
    ORDINARY.contains_key(&c)
}

/// Radicals and compatibility ideographs, with the character that is meant.
pub(super) fn ordinary(text: &Text) -> Vec<Hit> {
    hits(text, |c| {
        let right = ORDINARY.get(&c)?;
        let radical = matches!(c, '\u{2E80}'..='\u{2FD5}');
        Some((if radical { Code::Radical } else { Code::Compatibility }, Some(*right)))
    })
}

/// The character that is meant by another.
pub(super) fn meant(c: char) -> Option<char> {
    ORDINARY.get(&c).copied().or_else(|| of_gbk(c))
}

/// GBK had 80 characters that Unicode did not have then and put them into its
/// private use area, U+E815 to U+E864, where old programs still keep them: they
/// are the two-byte codes FE50 to FEA0 of GB 18030, whose mapping today is that
/// of its newest edition.
fn of_gbk(c: char) -> Option<char> {
    let index = u32::from(c).checked_sub(0xE815).filter(|index| *index < 80)?;
    let second = 0x50 + index as u8 + u8::from(index >= 0x2F);
    let code = [0xFE, second];
    let (text, _) = encoding_rs::GB18030.decode_without_bom_handling(&code);
    let mut chars = text.chars();
    let meant = chars.next().filter(|meant| *meant != c && !is_invisible(*meant))?;
    let meant = ORDINARY.get(&meant).copied().unwrap_or(meant);
    chars.next().is_none().then_some(meant)
}

/// What kind of character stands in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// In 通用规范汉字表.
    Standard,
    /// Any other character.
    Rare,
    /// A radical or a compatibility ideograph.
    Compatibility,
    /// Private use, controls and other characters that are no text.
    Unusable,
}

impl Kind {
    /// The kind of a character.
    pub fn of(c: char) -> Self {
        match c {
            c if is_invisible(c) || c.is_control() => Self::Unusable,
            c if is_variant(c) => Self::Compatibility,
            c if STANDARD.contains(&c) || c == '·' => Self::Standard,
            _ => Self::Rare,
        }
    }
}

/// Han outside 通用规范汉字表.
pub(super) fn standard(text: &Text) -> Vec<Hit> {
    hits(text, |c| {
        let wrong = is_han(c) && c != '〇' && !STANDARD.contains(&c) && !is_variant(c);
        wrong.then_some((Code::NotStandard, None))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        assert_eq!(STANDARD.len(), 8105);
        assert_eq!(ORDINARY[&'\u{2F42}'], '文');
        assert_eq!(ORDINARY[&'\u{F9DC}'], '隆');
        assert!(!ORDINARY.contains_key(&'\u{FA0E}'));
        assert_eq!(meant('\u{E863}'), Some('䶮'));
        assert_eq!(meant('\u{E81A}'), Some('㑳'));
        assert_eq!((meant('\u{E814}'), meant('\u{E865}')), (None, None));
    }
}
