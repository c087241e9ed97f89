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

/// Traditional and variant characters → the standard ones that are meant.
static VARIANTS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let chars: Vec<char> = assets::VARIANTS.chars().filter(|c| *c != '\n').collect();
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
    let mut found = hits(text, |c| {
        let half = char::from_u32(u32::from(c).checked_sub(0xFEE0)?)?;
        let wrong = matches!(c, '！'..='～') && !"！（），：；？～－．".contains(c);
        wrong.then_some((Code::FullWidthCharacter, Some(half)))
    });
    // “党建＋” and its like are names of programmes.
    let word = |at: usize| text.text[..at].ends_with(|c| is_han(c) || c == '”');
    found.retain(|hit| !(text.text[hit.range.clone()].starts_with('＋') && word(hit.range.start)));
    found
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
    let found = hits(text, |c| {
        let wrong = is_han(c) && c != '〇' && !STANDARD.contains(&c) && !is_variant(c);
        wrong.then_some((Code::NotStandard, None))
    });
    let mended = |hit: Hit| {
        let right = text.text[hit.range.clone()].chars().next().and_then(|c| VARIANTS.get(&c));
        hit.phrase(
            "mend",
            right.map_or(Phrase::Verbatim(String::new()), |right| Phrase::MendTo(right.to_string())),
        )
    };
    found.into_iter().map(mended).collect()
}

/// Letters of other scripts that look like Latin ones or digits, like Kana and
/// Cyrillic О beside Han.
const LOOK_ALIKES: &[(char, char)] = &[
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', '0'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('х', 'x'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', '0'),
    ('ο', 'o'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('ニ', '二'),
    ('ハ', '八'),
    ('ロ', '口'),
    ('ト', '卜'),
    ('エ', '工'),
    ('カ', '力'),
    ('タ', '夕'),
    ('ミ', '三'),
    ('ー', '一'),
    ('へ', '八'),
    ('ㄧ', '一'),
];

/// One letter of another script that looks like what should stand there; in a
/// word of its own script it is right.
pub(super) fn look_alikes(text: &Text) -> Vec<Hit> {
    let other =
        |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{370}'..='\u{52F}' | '\u{3040}'..='\u{30FF}'));
    let hit = |(i, before, c, after): (usize, Option<char>, char, Option<char>)| {
        let (_, right) = LOOK_ALIKES.iter().find(|(like, _)| *like == c)?;
        let alone = !other(before) && !other(after);
        let hit = Hit::new(Code::WrongWord, text.text, i..i + c.len_utf8()).arg("right", right);
        alone.then_some(hit)
    };
    let mut found: Vec<Hit> = windows(text.text).filter_map(hit).collect();
    let marks = windows(text.text).filter(|(_, _, c, _)| matches!(c, '\u{300}'..='\u{36F}'));
    found.extend(marks.filter_map(|(i, before, c, _)| {
        let before = before?;
        let whole = unicode_normalization::char::compose(before, c)?;
        Some(
            Hit::new(Code::WrongWord, text.text, i - before.len_utf8()..i + c.len_utf8()).arg("right", whole),
        )
    }));
    found
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
