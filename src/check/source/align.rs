//! Two texts laid beside each other: what only one of them has, in order.
//!
//! Pieces that stand once in both are anchors; between them the texts are
//! compared letter by letter. So the work grows with the length, not with its
//! square (the idea is that of patience diff).

use std::collections::HashMap;
use std::ops::Range;

/// Lengths of anchors, tried in turn.
const ANCHORS: [usize; 4] = [16, 8, 4, 2];
/// Most cells of a comparison letter by letter.
const CELLS: usize = 1 << 16;
/// How often what lies between anchors is searched for anchors again.
const DEPTH: usize = 12;

/// Where the texts differ: what stands there in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) source: Range<usize>,
    pub(super) data: Range<usize>,
}

impl Change {
    fn size(&self) -> usize {
        self.source.len() + self.data.len()
    }
}

/// The changes from one text to the other, in order.
pub(super) fn changes(source: &[char], data: &[char]) -> Vec<Change> {
    let mut found = Vec::new();
    align(source, data, (0, 0), DEPTH, &mut found);
    joined(found)
}

fn align(source: &[char], data: &[char], at: (usize, usize), depth: usize, found: &mut Vec<Change>) {
    let same = |a: &[char], b: &[char]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let start = same(source, data);
    let (source, data) = (&source[start..], &data[start..]);
    let end = source.iter().rev().zip(data.iter().rev()).take_while(|(a, b)| a == b).count();
    let (source, data) = (&source[..source.len() - end], &data[..data.len() - end]);
    let at = (at.0 + start, at.1 + start);
    if source.is_empty() && data.is_empty() {
        return;
    }
    if !source.is_empty() && !data.is_empty() {
        if source.len() * data.len() <= CELLS {
            return letter_by_letter(source, data, at, found);
        }
        let anchors = ANCHORS.into_iter().map(|length| anchors(source, data, length));
        if let Some(anchors) = anchors.filter(|_| depth > 0).find(|anchors| !anchors.is_empty()) {
            let (mut i, mut j) = (0, 0);
            for (a, b) in anchors {
                if a < i || b < j {
                    continue;
                }
                align(&source[i..a], &data[j..b], (at.0 + i, at.1 + j), depth - 1, found);
                let length = same(&source[a..], &data[b..]);
                (i, j) = (a + length, b + length);
            }
            return align(&source[i..], &data[j..], (at.0 + i, at.1 + j), depth - 1, found);
        }
    }
    found.push(Change { source: at.0..at.0 + source.len(), data: at.1..at.1 + data.len() });
}

/// Pieces that stand once in each text, as many as come in the same order.
fn anchors(source: &[char], data: &[char], length: usize) -> Vec<(usize, usize)> {
    let there = once(data, length);
    let mut pairs: Vec<(usize, usize)> = once(source, length)
        .into_iter()
        .filter_map(|(piece, place)| Some((place?, (*there.get(&piece)?)?)))
        .collect();
    pairs.sort_unstable();
    rising(&pairs)
}

/// Pieces of a text with their place; without one where they stand again.
fn once(text: &[char], length: usize) -> HashMap<&[char], Option<usize>> {
    let mut places: HashMap<&[char], Option<usize>> = HashMap::new();
    for (at, piece) in text.windows(length).enumerate() {
        places.entry(piece).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places
}

/// The longest part of the pairs whose second numbers rise too.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (i, (_, second)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *second);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = i,
            None => ends.push(i),
        }
    }
    let mut chain: Vec<(usize, usize)> =
        std::iter::successors(ends.last().copied(), |i| before[*i]).map(|i| pairs[i]).collect();
    chain.reverse();
    chain
}

/// The longest common subsequence of two short texts.
fn letter_by_letter(source: &[char], data: &[char], at: (usize, usize), found: &mut Vec<Change>) {
    let width = data.len() + 1;
    let mut table = vec![0_u32; (source.len() + 1) * width];
    for i in (0..source.len()).rev() {
        for j in (0..data.len()).rev() {
            table[i * width + j] = if source[i] == data[j] {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < source.len() || j < data.len() {
        let (from_i, from_j) = (i, j);
        while i < source.len() || j < data.len() {
            if i < source.len() && j < data.len() && source[i] == data[j] {
                break;
            }
            let skip_source =
                j == data.len() || i < source.len() && table[(i + 1) * width + j] >= table[i * width + j + 1];
            if skip_source { i += 1 } else { j += 1 }
        }
        if (i, j) != (from_i, from_j) {
            found.push(Change { source: at.0 + from_i..at.0 + i, data: at.1 + from_j..at.1 + j });
        }
        while i < source.len() && j < data.len() && source[i] == data[j] {
            (i, j) = (i + 1, j + 1);
        }
    }
}

/// Changes with next to nothing between them are one: a word put in another's
/// place may share a letter with it.
fn joined(changes: Vec<Change>) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    for change in changes {
        let near = found.last_mut().filter(|last| {
            let gap = change.source.start - last.source.end;
            let replaces = !(last.source.is_empty() && change.source.is_empty()
                || last.data.is_empty() && change.data.is_empty());
            gap == 0 || gap <= 1 && replaces || gap <= 4 && 2 * gap < last.size().min(change.size())
        });
        match near {
            Some(last) => {
                last.source.end = change.source.end;
                last.data.end = change.data.end;
            }
            None => found.push(change),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(source: &str, data: &str) -> Vec<(String, String)> {
        let (source, data): (Vec<char>, Vec<char>) = (source.chars().collect(), data.chars().collect());
        let text = |letters: &[char]| letters.iter().collect();
        changes(&source, &data).into_iter().map(|c| (text(&source[c.source]), text(&data[c.data]))).collect()
    }

    #[test]
    fn differences_are_pieces_that_people_see() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(told("安装车棚17个", "安装车棚71个"), [pair("17", "71")]);
        assert_eq!(told("一二三四五", "一二四五"), [pair("三", "")]);
        assert_eq!(told("一二三", "一二三"), []);
        assert_eq!(told("", "一"), [pair("", "一")]);
    }

    /// Whatever changes: the changes put into one text give the other, and the
    /// work does not grow with the square.
    #[test]
    fn changes_lead_from_one_text_to_the_other() {
        let mut seed = 7_u64;
        let mut next = move |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for round in 0..300 {
            let alphabet = [3, 40, 2_000][round % 3];
            let length = next(3_000);
            let source: Vec<char> =
                (0..length).filter_map(|_| char::from_u32(0x4E00 + next(alphabet) as u32)).collect();
            let mut data = source.clone();
            for _ in 0..next(6) {
                let (from, to) = (next(data.len() + 1), next(data.len() + 1));
                let (from, to) = (from.min(to), from.max(to));
                let piece: Vec<char> = data.splice(from..to.min(from + next(200)), []).collect();
                if next(2) == 0 {
                    let at = next(data.len() + 1);
                    data.splice(at..at, piece);
                }
            }
            let mut made = Vec::new();
            let mut past = 0;
            for change in changes(&source, &data) {
                made.extend_from_slice(&source[past..change.source.start]);
                made.extend_from_slice(&data[change.data.clone()]);
                past = change.source.end;
            }
            made.extend_from_slice(&source[past..]);
            assert!(made == data, "{round}");
        }
    }
}
