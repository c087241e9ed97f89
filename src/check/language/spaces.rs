//! Spaces that Chinese text does not have.

use super::{Hit, Text, is_chinese, windows};
use crate::diag::Code;

/// Characters shown on either side.
const BESIDE: usize = 2;

/// Any space but one plain space between two Latin words or numbers.
pub(super) fn stray(text: &Text) -> Vec<Hit> {
    let latin = |c: Option<char>| c.is_some_and(|c| !is_chinese(c) && !c.is_whitespace());
    let spaces = windows(text.text).filter(|(_, _, c, _)| c.is_whitespace() && !c.is_control());
    let stray = spaces.filter(|&(_, before, c, after)| c != ' ' || !latin(before) || !latin(after));
    let hit = |(i, _, c, _): (usize, _, char, _)| {
        let (before, after) = (&text.text[..i], &text.text[i + c.len_utf8()..]);
        let before: String = before.chars().skip(before.chars().count().saturating_sub(BESIDE)).collect();
        let after: String = after.chars().take(BESIDE).collect();
        Hit::told(Code::StraySpace, i..i + c.len_utf8(), format!("{before}{c}{after}"))
            .arg("point", format!("{:04X}", u32::from(c)))
            .arg("right", format!("{before}{after}"))
    };
    stray.map(hit).collect()
}
