//! Where words begin and end in Chinese text, by a dictionary.

use std::ops::Range;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

/// Characters on either side by which words are told apart.
const AROUND: usize = 12;

/// The edges of the words around a piece of a text, in bytes of the text.
pub(super) fn edges_around(text: &str, piece: &Range<usize>) -> Vec<usize> {
    let start =
        text[..piece.start].char_indices().rev().take(AROUND).last().map_or(piece.start, |(at, _)| at);
    let after = text[piece.end..].char_indices().nth(AROUND);
    let end = after.map_or(text.len(), |(at, _)| piece.end + at);
    edges(&text[start..end]).into_iter().map(|edge| start + edge).collect()
}

/// The edges of the words of a text, in bytes.
pub(super) fn edges(text: &str) -> Vec<usize> {
    WordSegmenter::new_auto(WordBreakInvariantOptions::default()).segment_str(text).collect()
}
