//! A text as the comparison reads it: without what never counts.
//!
//! White space and line ends, characters that show nothing, the width of
//! characters, straight and curly quotes, the length of dashes and ellipses,
//! the shape of separator dots, radicals and compatibility forms: an editor
//! mends them, and no word changes by it.

use std::ops::Range;

use super::align::changes;
use crate::check::language;

/// Longest text that is looked for in paragraphs, in letters.
const LONGEST: usize = 600;

/// A character that counts, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Letter {
    /// Folded: equal letters are the same character to a reader.
    pub(super) c: char,
    /// Index of the field or line.
    pub(super) piece: usize,
    /// Bytes in the field or line.
    pub(super) at: Range<usize>,
    /// Its place among all letters of the text.
    pub(super) n: usize,
}

/// Adds the letters of a text.
pub(super) fn add(text: &str, piece: usize, letters: &mut Vec<Letter>) {
    let mut chars = text.char_indices().peekable();
    while let Some((at, original)) = chars.next() {
        let Some(c) = fold(original) else { continue };
        let mut end = at + original.len_utf8();
        if matches!(c, '.' | '-' | '…') {
            let mut length = 1;
            while let Some((next, again)) = chars.next_if(|(_, again)| fold(*again) == Some(c)) {
                end = next + again.len_utf8();
                length += 1;
            }
            // A dash or an ellipsis may be parted by a line end.
            if c != '.' && letters.last().is_some_and(|last| last.c == c) {
                continue;
            }
            let ellipsis = c == '.' && length > 2;
            letters
                .push(Letter { c: if ellipsis { '…' } else { c }, piece, at: at..end, n: letters.len() });
        } else {
            letters.push(Letter { c, piece, at: at..end, n: letters.len() });
        }
    }
}

/// The letters of a text alone.
pub(in crate::check) fn of(text: &str) -> Vec<char> {
    let mut letters = Vec::new();
    add(text, 0, &mut letters);
    letters.into_iter().map(|letter| letter.c).collect()
}

/// How a text, or one that is nearly the same, is written in one of the
/// paragraphs.
pub(in crate::check) fn written(text: &str, paragraphs: &[String]) -> Option<String> {
    let wanted = of(text);
    if !(4..=LONGEST).contains(&wanted.len()) {
        return None;
    }
    let near = paragraphs.iter().filter_map(|paragraph| {
        let mut letters = Vec::new();
        add(paragraph, 0, &mut letters);
        let chars: Vec<char> = letters.iter().map(|letter| letter.c).collect();
        let (window, common) = closest(&chars, &wanted);
        let near = 5 * common >= 4 * wanted.len() && 4 * window.len() <= 5 * wanted.len();
        let window = letters.get(window).filter(|_| near)?;
        let written = paragraph.get(window.first()?.at.start..window.last()?.at.end)?;
        Some((common, written.trim_end_matches(['，', '、', '；', '：']).to_owned()))
    });
    near.max_by_key(|(common, _)| *common).map(|(_, written)| written)
}

/// The part of a text that is most like a piece, and how many letters they
/// share in order: around the longest run that both have.
pub(super) fn closest(text: &[char], piece: &[char]) -> (Range<usize>, usize) {
    let mut longest = (0, 0, 0);
    let (mut s, mut d) = (0, 0);
    let all = changes(text, piece);
    let ends = all.iter().map(|c| (c.source.start, c.source.end, c.data.end)).chain([(text.len(), 0, 0)]);
    for (start, next, data) in ends {
        if start - s > longest.2 {
            longest = (s, d, start - s);
        }
        (s, d) = (next, data);
    }
    let slack = piece.len() / 8 + 1;
    let from = longest.0.saturating_sub(longest.1 + slack);
    let to = (longest.0 + piece.len() - longest.1 + slack).min(text.len());
    let near = changes(&text[from..to], piece);
    let lost: usize = near.iter().map(|change| change.data.len()).sum();
    // At the ends as many letters as the piece has there.
    let start = near.first().filter(|c| c.source.start == 0);
    let start = start.map_or(0, |c| c.source.end - c.data.len().min(c.source.len()));
    let end = near.last().filter(|c| c.source.end == to - from);
    let end = end.map_or(to - from, |c| c.source.start + c.data.len().min(c.source.len())).max(start);
    (from + start..from + end, piece.len() - lost.min(piece.len()))
}

/// The character as it is compared; nothing for one that never counts.
fn fold(c: char) -> Option<char> {
    let c = language::meant(c).unwrap_or(c);
    let c = match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    };
    Some(match c {
        c if c.is_whitespace() || c.is_control() || language::unseen(c) => return None,
        '。' | '｡' => '.',
        '“' | '”' | '„' | '‟' | '〝' | '〞' | '「' | '」' => '"',
        '『' | '』' => '\'',
        '‘' | '’' | '‚' | '‛' | '`' | '´' => '\'',
        '—' | '–' | '―' | '─' | '━' | '‒' | '‐' | '‑' | '−' | '⸺' | '⸻' => '-',
        '⋯' | '‥' => '…',
        '•' | '‧' | '∙' | '⋅' | '・' | '･' | '●' | '▪' | '◦' => '·',
        '〜' | '∼' => '~',
        '､' => '、',
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_counts_is_left_out() {
        for (one, other) in [
            ("98％，", "98%,"),
            ("他说：“好。”", "他 说:\"好.\""),
            ("等等……", "等等..."),
            ("等等……", "等等。。。。。。"),
            ("王——李", "王--李"),
            ("文", "\u{2F42}"),
            ("䶮", "\u{E863}"),
            ("王\u{200B}琦\u{AD}", "王琦"),
            ("葛\u{E0100}", "葛"),
            ("Ａ１", "A1"),
        ] {
            assert_eq!(of(one), of(other), "{one} {other}");
        }
        assert_ne!(of("3.5"), of("35"));
        // What cannot be read may be a character of a name.
        for odd in ['\u{E123}', '\u{FFFD}', '\u{F0001}'] {
            assert_eq!(of(&format!("在{odd}化街")).len(), 4);
        }
    }
}
