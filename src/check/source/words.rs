//! Pieces of text as findings show them, and as `checks` settles them.

use super::letters::Letter;
use crate::digest;

/// Longest piece that is shown whole, in characters.
const SHOWN: usize = 48;
/// Longest piece that is settled by its own words, in characters.
const SETTLED: usize = 120;

/// The text that letters stand for, from the pieces they are of.
pub(super) fn spelled<'a>(letters: &[Letter], text: impl Fn(usize) -> Option<&'a str>) -> String {
    let mut out = String::new();
    let mut rest = letters;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|letter| letter.piece == first.piece).count();
        let (here, after) = rest.split_at(count);
        let end = here.last().map_or(first.at.end, |last| last.at.end);
        out += text(first.piece).and_then(|text| text.get(first.at.start..end)).unwrap_or_default();
        rest = after;
    }
    out
}

/// As much of a text as people need to know it again.
pub(super) fn shown(text: &str) -> String {
    // What has no shape of its own is named.
    let odd = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}');
    let named = |c: char| if odd(c) { format!("〔U+{:04X}〕", u32::from(c)) } else { c.to_string() };
    let text = &text.chars().map(named).collect::<String>();
    let count = text.chars().count();
    if count <= SHOWN {
        return text.to_owned();
    }
    let start: String = text.chars().take(SHOWN / 2).collect();
    let end: String = text.chars().skip(count - SHOWN / 4).collect();
    format!("{start}……{end}")
}

/// The words by which a difference is settled: for exactly this text. A long
/// one is told by its ends, its length and a digest of all of it.
pub(super) fn settled(text: &str) -> String {
    let count = text.chars().count();
    if count <= SETTLED {
        return text.to_owned();
    }
    let start: String = text.chars().take(20).collect();
    let end: String = text.chars().skip(count - 20).collect();
    let digest = digest::sha256(text.as_bytes());
    format!("{start}……{end}（{count} 字，{}）", digest.get(..8).unwrap_or_default())
}
