//! Slips that a reader stumbles over.

use super::{Hit, Text, is_han};
use crate::diag::Code;

/// Characters that are not said twice in a row: structure words.
const FUNCTION: &str = "的了是在和与及把被为从由将而或但所着其向于";
/// Doubled pairs that are words: 讨论讨论 and the like are not listed because
/// an article has no use for them.
const PAIRS_THAT_REPEAT: &[&str] = &["一个", "一次", "一条", "一件", "一步", "一户", "一家", "一点", "慢慢"];

/// 的的, three of one character, or a pair said twice.
pub(super) fn repeated(text: &Text) -> Vec<Hit> {
    let chars: Vec<(usize, char)> = text.text.char_indices().filter(|(_, c)| is_han(*c)).collect();
    let adjacent = |i: usize, n: usize| {
        chars.get(i..i + n).filter(|w| w.windows(2).all(|p| p[0].0 + p[0].1.len_utf8() == p[1].0))
    };
    let end = |(at, c): (usize, char)| at + c.len_utf8();
    let mut hits = Vec::new();
    let mut past = 0;
    for (i, (start, _)) in chars.iter().enumerate() {
        if *start < past {
            continue;
        }
        let twice = adjacent(i, 2).filter(|w| w[0].1 == w[1].1 && FUNCTION.contains(w[0].1));
        let thrice = adjacent(i, 3).filter(|w| w[0].1 == w[1].1 && w[1].1 == w[2].1);
        let pair = adjacent(i, 4).filter(|w| {
            let word: String = w[..2].iter().map(|(_, c)| *c).collect();
            w[0].1 == w[2].1
                && w[1].1 == w[3].1
                && w[0].1 != w[1].1
                && !PAIRS_THAT_REPEAT.contains(&word.as_str())
        });
        if let Some(window) = pair.or(thrice).or(twice) {
            past = end(window[window.len() - 1]);
            hits.push(Hit::new(Code::Repeated, text.text, window[0].0..past));
        }
    }
    hits
}

/// A headline line that ends in a stop.
pub(super) fn headline_mark(text: &Text) -> Vec<Hit> {
    let last = text.text.char_indices().next_back().filter(|_| text.field.starts_with("headline"));
    let stop = last.filter(|(_, c)| "。，；、：,.;:".contains(*c));
    stop.map(|(at, c)| Hit::new(Code::HeadlineMark, text.text, at..at + c.len_utf8())).into_iter().collect()
}

/// ……等 or 等……
pub(super) fn ellipsis_and_etc(text: &Text) -> Vec<Hit> {
    let found = ["……等", "等……"].iter().flat_map(|both| text.text.match_indices(both));
    found.map(|(at, both)| Hit::new(Code::EllipsisAndEtc, text.text, at..at + both.len())).collect()
}

/// A paragraph of the article that does not end a sentence.
pub(super) fn no_full_stop(text: &Text) -> Vec<Hit> {
    let whole = text.text.trim_end_matches(['”', '’', '）', '》']);
    let open = text.field.starts_with("article[") && !whole.ends_with(['。', '！', '？', '…']);
    let start = text.text.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
    let hit = || Hit::new(Code::NoFullStop, text.text, start..text.text.len());
    if open { vec![hit()] } else { vec![] }
}
