//! Whose words a line of the delivered texts has.

use std::collections::HashMap;

use super::lines::Source;

/// Letters of a piece by which texts are recognised.
pub(super) const PIECE: usize = 8;

/// What a person is recognised by, folded.
pub(super) struct Features {
    pub(super) name: Vec<char>,
    /// Lines of the headline, and the whole.
    pub(super) headlines: Vec<Vec<char>>,
    /// Parts of the post.
    pub(super) post: Vec<Vec<char>>,
    pub(super) article: Vec<char>,
}

/// Who has most of a line's pieces in the article, and how many, line by line.
pub(super) struct Votes(pub(super) Vec<Option<(usize, usize)>>);

impl Votes {
    pub(super) fn new(source: &Source, persons: &[Features]) -> Self {
        let owners = owners(persons);
        Self((0..source.lines.len()).map(|line| winner(&source.chars(line), &owners)).collect())
    }

    pub(super) fn of(&self, line: usize) -> Option<(usize, usize)> {
        self.0.get(line).copied().flatten()
    }
}

fn piece(letters: &[char]) -> u64 {
    letters
        .iter()
        .fold(0, |hash: u64, c| (hash ^ u64::from(*c)).wrapping_mul(0x0100_0000_01B3).rotate_left(23))
}

/// Pieces of articles and whose they are; nobody's where several have them.
fn owners(persons: &[Features]) -> HashMap<u64, Option<usize>> {
    let mut owners = HashMap::new();
    for (person, features) in persons.iter().enumerate() {
        for window in features.article.windows(PIECE) {
            let owner = owners.entry(piece(window)).or_insert(Some(person));
            if *owner != Some(person) {
                *owner = None;
            }
        }
    }
    owners
}

/// Who has most of a line's pieces in the article, and how many.
fn winner(line: &[char], owners: &HashMap<u64, Option<usize>>) -> Option<(usize, usize)> {
    let mut votes: HashMap<usize, usize> = HashMap::new();
    for window in line.windows(PIECE) {
        if let Some(Some(person)) = owners.get(&piece(window)) {
            *votes.entry(*person).or_default() += 1;
        }
    }
    votes.into_iter().max_by_key(|(person, count)| (*count, std::cmp::Reverse(*person)))
}
