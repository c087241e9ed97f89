//! Sentences that both texts have, in another order.

use std::collections::HashMap;
use std::ops::Range;

use super::letters::Letter;

/// Shortest sentence that is found again elsewhere, in letters.
const SHORTEST: usize = 6;
/// Most sentences whose order is compared: more than any article has.
const MOST: usize = 2_000;

/// A piece that stands elsewhere in the other text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) source: Range<usize>,
    pub(super) data: Range<usize>,
}

/// The fewest letters that have to be moved so that the sentences which both
/// texts have come in the same order.
pub(super) fn moves(source: &[Letter], data: &[Letter]) -> Vec<Move> {
    let both = both(source, data);
    if both.len() > MOST {
        return vec![];
    }
    let kept = heaviest_rising(&both);
    let mut found: Vec<Move> = Vec::new();
    for (_, pair) in both.into_iter().enumerate().filter(|(i, _)| kept.binary_search(i).is_err()) {
        match found
            .last_mut()
            .filter(|last| last.data.end == pair.data.start && last.source.end == pair.source.start)
        {
            Some(last) => {
                last.data.end = pair.data.end;
                last.source.end = pair.source.end;
            }
            None => found.push(pair),
        }
    }
    found
}

/// The sentences of the data that stand in the source, in the data's order,
/// each letter of the source used once.
fn both(source: &[Letter], data: &[Letter]) -> Vec<Move> {
    let mut places: HashMap<Vec<char>, Vec<usize>> = HashMap::new();
    for (at, window) in source.windows(SHORTEST).enumerate() {
        places.entry(window.iter().map(|letter| letter.c).collect()).or_default().push(at);
    }
    let mut used = vec![false; source.len()];
    let mut found = Vec::new();
    for sentence in sentences(data).into_iter().filter(|sentence| sentence.len() >= SHORTEST) {
        let letters = &data[sentence.clone()];
        let start: Vec<char> = letters.iter().take(SHORTEST).map(|letter| letter.c).collect();
        let free = |at: &&usize| {
            let window = source.get(**at..**at + letters.len());
            window.is_some_and(|window| {
                window.iter().map(|l| l.c).eq(letters.iter().map(|l| l.c))
                    && !used[**at..**at + letters.len()].contains(&true)
            })
        };
        if let Some(at) = places.get(&start).and_then(|places| places.iter().take(MOST).find(free)).copied() {
            used[at..at + letters.len()].fill(true);
            found.push(Move { source: at..at + letters.len(), data: sentence });
        }
    }
    found
}

/// Sentences, with the marks that close them.
fn sentences(letters: &[Letter]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1);
        let ends = ".!?…".contains(letter.c) || letters[start..at].iter().any(|l| ".!?…".contains(l.c));
        let closes = next.is_some_and(|next| "\"')》.!?…".contains(next.c) && next.piece == letter.piece);
        let apart = next.is_none_or(|next| next.piece != letter.piece);
        if apart || ends && !closes {
            found.push(start..at + 1);
            start = at + 1;
        }
    }
    found
}

/// The places of those pairs whose order both texts share and that have most
/// letters together.
fn heaviest_rising(pairs: &[Move]) -> Vec<usize> {
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (i, pair) in pairs.iter().enumerate() {
        let before = (0..i).filter(|j| pairs[*j].source.end <= pair.source.start).max_by_key(|j| best[*j].0);
        best.push((before.map_or(0, |j| best[j].0) + pair.data.len(), before));
    }
    let last = (0..pairs.len()).max_by_key(|i| best[*i].0);
    let mut chain: Vec<usize> = std::iter::successors(last, |i| best[*i].1).collect();
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::super::letters;
    use super::*;

    fn told(source: &[&str], data: &[&str]) -> Vec<String> {
        let letters = |texts: &[&str]| {
            let mut found = Vec::new();
            texts.iter().enumerate().for_each(|(i, text)| letters::add(text, i, &mut found));
            found
        };
        let (source, data) = (letters(source), letters(data));
        let text = |range: Range<usize>| data[range].iter().map(|letter| letter.c).collect();
        moves(&source, &data).into_iter().map(|found| text(found.data)).collect()
    }

    #[test]
    fn the_shorter_of_two_that_changed_places_was_moved() {
        let (one, two) = ("王洋是土生土长的本地人。", "王洋每天第一个到岗，最后一个走，年年如此。");
        assert_eq!(told(&[one, two], &[two, one]), ["王洋是土生土长的本地人."]);
        assert_eq!(told(&[one, two], &[one, two]), [""; 0]);
        assert_eq!(told(&[one], &[one, one]), [""; 0]);
    }
}
