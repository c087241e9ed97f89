//! The parts of lists and objects, with what stands around them, and which of
//! them are kept.

use std::ops::Range;

use serde_json::Value as Json;

use super::Node;

/// Longest list whose entries are matched with each other one by one.
const MATCHED: usize = 2_000;

/// A part of a list or object: what is kept of it, and the space around it.
pub(super) struct Part<'a> {
    /// From the bracket or comma before it up to the part.
    pub(super) lead: &'a str,
    /// From the part up to the comma or bracket after it.
    pub(super) tail: &'a str,
}

/// The indentation within a list or object: its own where its parts stand on
/// lines.
pub(super) fn inner(parts: &[Part], indent: &str, step: &str) -> String {
    let own = parts.first().and_then(|part| part.lead.rsplit_once('\n'));
    own.map_or_else(|| format!("{indent}{step}"), |(_, own)| own.to_owned())
}

/// What stands around each part.
pub(super) fn parts<'a>(text: &'a str, node: &Node, ranges: &[Range<usize>]) -> Vec<Part<'a>> {
    let end = node.range.end - 1;
    let part = |(i, range): (usize, &Range<usize>)| {
        let before = if i == 0 { node.range.start + 1 } else { ranges[i - 1].end };
        let after = ranges.get(i + 1).map_or(end, |next| next.start);
        let (gap, rest) = (&text[before..range.start], &text[range.end..after]);
        Part {
            lead: gap.split_once(',').map_or(gap, |(_, lead)| lead),
            tail: rest.split_once(',').map_or(rest, |(tail, _)| tail),
        }
    };
    ranges.iter().enumerate().map(part).collect()
}

/// For each new entry the old one that it keeps: an equal one, wherever it
/// stood, else the one that stood in its place.
pub(super) fn matched(olds: &[Json], news: &[Json]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; news.len()];
    let mut taken = vec![false; olds.len()];
    let same_start = olds.iter().zip(news).take_while(|(old, new)| old == new).count();
    let most = olds.len().min(news.len()) - same_start;
    let same_end =
        olds.iter().rev().zip(news.iter().rev()).take(most).take_while(|(old, new)| old == new).count();
    for i in 0..same_start {
        (found[i], taken[i]) = (Some(i), true);
    }
    for i in 1..=same_end {
        (found[news.len() - i], taken[olds.len() - i]) = (Some(olds.len() - i), true);
    }
    if olds.len().max(news.len()) <= MATCHED {
        for (i, new) in
            news.iter().enumerate().filter(|(i, _)| *i >= same_start && *i < news.len() - same_end)
        {
            let equal = (0..olds.len()).find(|old| !taken[*old] && olds[*old] == *new);
            if let Some(old) = equal {
                (found[i], taken[old]) = (Some(old), true);
            }
        }
    }
    // As many as were changed in place, in order.
    let mut free = (0..olds.len()).filter(|old| !taken[*old]);
    for place in &mut found {
        if place.is_none() {
            *place = free.next();
        }
    }
    found
}
