//! Which lines of the delivered texts are whose.
//!
//! A text of a person has a head, lines that are titles and tell of the person
//! (name and post, or the headline), and a body, what follows up to the next
//! head. Where a name stands in several heads, as in a list before the texts,
//! the one counts whose body has the words of the person's article. Who has no
//! head has the lines that have these words.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::align::changes;
use super::letters::{self, Letter};
use crate::load::Delivered;

/// Letters of a piece by which texts are recognised.
const PIECE: usize = 8;
/// Longest line that is taken for a title, in letters.
const TITLE: usize = 80;
/// Lines beside the rest of a head in which its headline is looked for.
const BESIDE: usize = 4;

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
    title: bool,
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

/// A run of title lines that tell of one person.
struct Head {
    person: usize,
    lines: Range<usize>,
    /// Pieces of the person's article in what follows.
    votes: usize,
    followed: bool,
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

/// Runs of title lines that tell of a person.
fn heads(source: &Source, persons: &[Features], votes: &[Option<(usize, usize)>]) -> Vec<Head> {
    let told = Told::new(persons);
    let mut heads: Vec<Head> = Vec::new();
    let mut i = 0;
    while i < source.lines.len() {
        let group = i..(i..source.lines.len())
            .find(|line| !source.lines[*line].title || source.lines[*line].file != source.lines[i].file)
            .unwrap_or(source.lines.len());
        if group.is_empty() {
            i += 1;
            continue;
        }
        i = group.end;
        let first = heads.len();
        for line in group.clone() {
            let Some(person) = told.of(&source.chars(line)) else { continue };
            match heads[first..].last_mut().filter(|head| head.person == person) {
                Some(head) => head.lines.end = line + 1,
                None => heads.push(Head { person, lines: line..line + 1, votes: 0, followed: false }),
            }
        }
        let past = heads[first..].iter().rev().nth(1).map_or(group.start, |before| before.lines.end);
        if let Some(last) = heads[first..].last_mut() {
            last.lines = with_headline(last, past..group.end, source, &persons[last.person]);
        }
    }
    // What follows each, up to the next.
    let ends: Vec<usize> =
        heads.iter().skip(1).map(|head| head.lines.start).chain([source.lines.len()]).collect();
    for (head, end) in heads.iter_mut().zip(ends) {
        let body = head.lines.end..end.max(head.lines.end);
        let own = |line: usize| votes[line].filter(|(person, _)| *person == head.person);
        head.votes = body.clone().filter_map(own).map(|(_, count)| count).sum();
        head.followed = !body.is_empty();
    }
    // A title within the person's own text, such as under a photo, is no head.
    let mut kept: Vec<Head> = Vec::new();
    for head in heads {
        match kept.last_mut().filter(|last| last.person == head.person && last.votes > 0) {
            Some(last) => last.votes += head.votes,
            None => kept.push(head),
        }
    }
    kept
}

/// The lines of a head with the line beside it that is the headline, though
/// something in it is wrong.
fn with_headline(head: &Head, group: Range<usize>, source: &Source, person: &Features) -> Range<usize> {
    let lines = head.lines.clone();
    let is_there = |line: usize| person.headlines.contains(&source.chars(line));
    let Some(headline) = person.headlines.last().filter(|_| !lines.clone().any(is_there)) else {
        return lines;
    };
    let near = group.start.max(lines.start.saturating_sub(BESIDE))..group.end.min(lines.end + BESIDE);
    let like = |line: &usize| {
        let chars = source.chars(*line);
        let common = in_common(&chars, headline);
        (2 * common > headline.len().min(chars.len()) && common > 2).then_some((common, *line))
    };
    let beside = near.filter(|line| !lines.contains(line)).filter_map(|line| like(&line)).max();
    beside.map_or(lines.clone(), |(_, line)| lines.start.min(line)..lines.end.max(line + 1))
}

/// How many letters two texts share in order.
fn in_common(a: &[char], b: &[char]) -> usize {
    b.len() - changes(a, b).iter().map(|change| change.data.len()).sum::<usize>()
}

/// Whom a title line tells of.
struct Told<'a> {
    persons: &'a [Features],
    headlines: HashMap<&'a [char], usize>,
    /// Persons by the first two letters of the name.
    names: HashMap<[char; 2], Vec<usize>>,
}

impl<'a> Told<'a> {
    fn new(persons: &'a [Features]) -> Self {
        let mut told = Self { persons, headlines: HashMap::new(), names: HashMap::new() };
        for (person, features) in persons.iter().enumerate() {
            for line in &features.headlines {
                told.headlines.entry(line).or_insert(person);
            }
            if let [first, second, ..] = features.name[..] {
                told.names.entry([first, second]).or_default().push(person);
            }
        }
        told
    }

    fn of(&self, line: &[char]) -> Option<usize> {
        if let Some(person) = self.headlines.get(line) {
            return Some(*person);
        }
        let mut named = Vec::new();
        for (at, pair) in line.windows(2).enumerate() {
            for person in self.names.get(pair).into_iter().flatten() {
                let Features { name, post, .. } = &self.persons[*person];
                let rest = &line[at..];
                if rest.starts_with(name) {
                    let posts = post.iter().filter(|part| holds(line, part)).count();
                    let edge = at == 0 || rest.len() == name.len();
                    named.extend((edge || posts > 0).then_some((posts, *person)));
                }
            }
        }
        // Of two persons of one name the one whose post stands there.
        named.into_iter().max_by_key(|(posts, person)| (*posts, std::cmp::Reverse(*person))).map(|(_, p)| p)
    }
}

/// Whether a text has a piece.
pub(super) fn holds(text: &[char], piece: &[char]) -> bool {
    !piece.is_empty() && text.windows(piece.len()).any(|window| window == piece)
}
