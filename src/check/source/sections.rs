//! Which lines of the delivered texts are whose.
//!
//! A text of a person has a head, lines that are titles and tell of the person
//! (name and post, or the headline), and a body, what follows up to the next
//! head. Where a name stands in several heads, as in a list before the texts,
//! the one counts whose body has the words of the person's article. Who has no
//! head has the lines that have these words.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::heads::heads;
use super::letters::{self, Letter};
use crate::load::Delivered;

/// Letters of a piece by which texts are recognised.
const PIECE: usize = 8;
/// Longest line that is taken for a title, in letters.
const TITLE: usize = 80;

/// The delivered texts, line by line.
pub(super) struct Source<'a> {
    pub(super) letters: Vec<Letter>,
    pub(super) lines: Vec<Line<'a>>,
}

/// A line that has letters.
pub(super) struct Line<'a> {
    pub(super) file: &'a str,
    /// In its file, from 1.
    pub(super) number: usize,
    pub(super) text: &'a str,
    /// In the letters of the source.
    pub(super) letters: Range<usize>,
    pub(super) title: bool,
}

impl<'a> Source<'a> {
    pub(super) fn new(texts: impl Iterator<Item = &'a Delivered>) -> Self {
        let mut source = Self { letters: vec![], lines: vec![] };
        for delivered in texts {
            let Ok(text) = &delivered.text else { continue };
            // Vertical tabs and form feeds end lines too, as word processors
            // write them.
            for (i, line) in text.split(['\n', '\u{B}', '\u{C}', '\u{2028}', '\u{2029}']).enumerate() {
                let start = source.letters.len();
                letters::add(line, source.lines.len(), &mut source.letters);
                let letters = start..source.letters.len();
                if letters.is_empty() {
                    continue;
                }
                let title = is_title(&source.letters[letters.clone()]);
                source.lines.push(Line { file: &delivered.file, number: i + 1, text: line, letters, title });
            }
        }
        source
    }

    pub(super) fn chars(&self, line: usize) -> Vec<char> {
        self.letters[self.lines[line].letters.clone()].iter().map(|letter| letter.c).collect()
    }
}

/// Short, and no sentence.
fn is_title(letters: &[Letter]) -> bool {
    let last = letters.iter().rev().find(|letter| !"\"')》".contains(letter.c));
    letters.len() <= TITLE && last.is_none_or(|letter| letter.c != '.')
}

/// What a person is recognised by, folded.
pub(super) struct Features {
    pub(super) name: Vec<char>,
    /// Lines of the headline, and the whole.
    pub(super) headlines: Vec<Vec<char>>,
    /// Parts of the post.
    pub(super) post: Vec<Vec<char>>,
    pub(super) article: Vec<char>,
}

/// The lines that are a person's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) head: Vec<usize>,
    pub(super) body: Vec<usize>,
    /// Title lines elsewhere that tell of the person, as a list does.
    pub(super) lists: Vec<usize>,
}

/// The section of each person, if there is one, and the lines of nobody.
///
/// While somebody cannot be read, what comes after a person's last words may be
/// theirs and is nobody's.
pub(super) fn sections(
    source: &Source,
    persons: &[Features],
    complete: bool,
) -> (Vec<Option<Section>>, Vec<usize>) {
    let owners = owners(persons);
    let votes: Vec<Option<(usize, usize)>> =
        (0..source.lines.len()).map(|line| winner(&source.chars(line), &owners)).collect();
    let heads = heads(source, persons, &votes);
    let mut chosen: Vec<Option<usize>> = vec![None; persons.len()];
    for (i, head) in heads.iter().enumerate().filter(|(_, head)| head.followed) {
        let better = chosen[head.person].is_none_or(|other: usize| heads[other].votes < head.votes);
        if better {
            chosen[head.person] = Some(i);
        }
    }
    let starts: HashMap<usize, usize> =
        chosen.iter().flatten().map(|head| (heads[*head].lines.start, *head)).collect();
    let mut found: Vec<Option<Section>> = vec![None; persons.len()];
    let mut nobody = Vec::new();
    let mut here: Option<usize> = None;
    let mut file = "";
    for (i, line) in source.lines.iter().enumerate() {
        if line.file != file {
            (file, here) = (line.file, None);
        }
        if let Some(head) = starts.get(&i) {
            here = Some(*head);
        }
        let Some(head) = here.map(|head| &heads[head]) else {
            nobody.push(i);
            continue;
        };
        let section = found[head.person].get_or_insert_default();
        if head.lines.contains(&i) { section.head.push(i) } else { section.body.push(i) }
    }
    without_heads(&mut found, &mut nobody, &votes);
    trailing(source, &mut found, &mut nobody, &votes, complete);
    for head in &heads {
        let lines = || head.lines.clone();
        nobody.retain(|line| !lines().contains(line));
        if let Some(section) = &mut found[head.person] {
            let lists = lines().filter(|line| !section.head.contains(line) && !section.body.contains(line));
            section.lists.extend(lists);
        }
    }
    nobody.sort_unstable();
    (found, nobody)
}

/// Persons whose text has no head have the lines with their words.
fn without_heads(found: &mut [Option<Section>], nobody: &mut Vec<usize>, votes: &[Option<(usize, usize)>]) {
    let mut words: HashMap<usize, Vec<usize>> = HashMap::new();
    for (line, vote) in votes.iter().enumerate() {
        if let Some((person, _)) = vote.filter(|(person, _)| found[*person].is_none()) {
            words.entry(person).or_default().push(line);
        }
    }
    let taken: HashSet<usize> = words.values().flatten().copied().collect();
    if taken.is_empty() {
        return;
    }
    for section in found.iter_mut().flatten() {
        section.body.retain(|line| !taken.contains(line));
    }
    nobody.retain(|line| !taken.contains(line));
    for (person, body) in words {
        found[person] = Some(Section { body, ..Section::default() });
    }
}

/// What follows a person's last words and begins with a title is the text of
/// somebody who is not in the book.
fn trailing(
    source: &Source,
    found: &mut [Option<Section>],
    nobody: &mut Vec<usize>,
    votes: &[Option<(usize, usize)>],
    complete: bool,
) {
    for (person, section) in found.iter_mut().enumerate() {
        let Some(section) = section else { continue };
        let own = |line: &usize| votes[*line].is_some_and(|(other, _)| other == person);
        let Some(last) = section.body.iter().rposition(own) else { continue };
        let title = |line: &usize| {
            // A line cut by a column's end is no title.
            let line = &source.lines[*line];
            !complete
                || line.title
                    && !source.letters[line.letters.clone()].iter().any(|letter| ",;、".contains(letter.c))
        };
        let after = section.body.iter().skip(last + 1).position(title);
        if let Some(after) = after {
            nobody.extend(section.body.drain(last + 1 + after..));
        }
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

/// Whether a text has a piece.
pub(super) fn holds(text: &[char], piece: &[char]) -> bool {
    !piece.is_empty() && text.windows(piece.len()).any(|window| window == piece)
}
