//! Words with a wrong character in them, by a table.

use std::collections::HashMap;
use std::ops::Range;

use super::super::words;
use super::{Hit, Text};
use crate::diag::Code;

/// Longest word that the words around may hold by chance, in characters.
const SHORT: usize = 3;

struct Word {
    wrong: Box<str>,
    right: Box<str>,
    /// Longer words in which it is right.
    within: Vec<Box<str>>,
}

/// Wrong words, by their first characters.
pub(super) struct Words(HashMap<char, Vec<Word>>);

impl Words {
    pub(super) fn new<'a>(entries: impl Iterator<Item = &'a str>) -> Self {
        let mut words: HashMap<char, Vec<Word>> = HashMap::new();
        for line in entries {
            let mut columns = line.split('\t');
            let [wrong, right, within] = std::array::from_fn(|_| columns.next().unwrap_or_default());
            if let Some(first) = wrong.chars().next() {
                words.entry(first).or_default().push(Word {
                    wrong: wrong.into(),
                    right: right.into(),
                    within: within.split(' ').filter(|w| !w.is_empty()).map(Into::into).collect(),
                });
            }
        }
        Self(words)
    }
}

/// Wrong words that stand as words of their own.
pub(super) fn wrong_words(text: &Text) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut past = 0;
    for (at, c) in text.text.char_indices() {
        let mut known = text.tables.words.0.get(&c).into_iter().flatten().filter(|_| at >= past);
        let stands = |word: &&Word| {
            let range = at..at + word.wrong.len();
            text.text[at..].starts_with(&*word.wrong)
                && !is_within(text.text, &range, word)
                && is_word(text.text, &range, &word.wrong)
        };
        if let Some(word) = known.find(stands) {
            past = at + word.wrong.len();
            hits.push(Hit::new(Code::WrongWord, text.text, at..past).arg("right", &word.right));
        }
    }
    hits
}

/// Whether it is part of a longer word in which it is right.
fn is_within(text: &str, range: &Range<usize>, word: &Word) -> bool {
    word.within.iter().any(|longer| {
        longer.match_indices(&*word.wrong).any(|(offset, _)| {
            let start = range.start.checked_sub(offset);
            start.is_some_and(|start| text.get(start..).is_some_and(|rest| rest.starts_with(&**longer)))
        })
    })
}

/// Whether words begin and end where a short one does.
fn is_word(text: &str, range: &Range<usize>, wrong: &str) -> bool {
    if wrong.chars().count() > SHORT {
        return true;
    }
    let edges = words::edges_around(text, range);
    edges.contains(&range.start) && edges.contains(&range.end)
}

#[cfg(test)]
mod tests {
    use crate::assets;

    #[test]
    fn the_table_is_sorted_and_says_each_once() {
        let lines: Vec<&str> = assets::WRONG_WORDS.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.is_sorted(), "sort it");
        for line in &lines {
            let columns: Vec<&str> = line.split('\t').collect();
            assert!((2..=3).contains(&columns.len()) && columns[0] != columns[1], "{line}");
            for longer in columns.get(2).iter().flat_map(|within| within.split(' ')) {
                assert!(longer.contains(columns[0]) && longer != columns[0], "{line}");
            }
        }
        let firsts: std::collections::BTreeSet<&str> =
            lines.iter().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(firsts.len(), lines.len());
    }
}
