//! Which lines of the delivered texts are whose.
//!
//! A text of a person has a head, lines that are titles and tell of the person,
//! and a body, what follows up to the next head. Where a person has several
//! heads, as in a list before the texts, the one counts whose body has the
//! words of the person's article. Who has no head has the lines that have
//! these words.

use std::collections::{HashMap, HashSet};

use super::heads::{Head, Told, heads};
use super::lines::{Source, is_label};
use super::votes::{Features, PIECE, Votes};

/// The lines that are a person's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
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
    titles: &[String],
    complete: bool,
) -> (Vec<Option<Section>>, Vec<usize>) {
    let votes = Votes::new(source, persons);
    let told = Told::new(persons);
    let heads = heads(source, &told, &votes);
    let mut found = by_heads(source, persons.len(), &heads, titles);
    let mut nobody: Vec<usize> = Vec::new();
    let taken = |found: &[Option<Section>]| -> HashSet<usize> {
        found.iter().flatten().flat_map(|s| s.head.iter().chain(&s.body)).copied().collect()
    };
    without_heads(&mut found, &votes);
    trailing(source, &mut found, &votes, complete);
    let superseded = superseded(source, &heads, &found);
    let mut known: HashSet<usize> = taken(&found).union(&superseded).copied().collect();
    // What has somebody's words is theirs, such as the rest of a text that goes
    // on in another file.
    for line in (0..source.lines.len()).filter(|line| !known.contains(line)) {
        let chars = source.lines[line].letters.len();
        let owner = votes.of(line).filter(|(_, count)| 2 * count > chars.saturating_sub(PIECE));
        if let Some(section) = owner.and_then(|(person, _)| found[person].as_mut()) {
            section.body.push(line);
        }
    }
    known = taken(&found).union(&superseded).copied().collect();
    for line in (0..source.lines.len()).filter(|line| !known.contains(line) && !source.is_furniture(*line)) {
        let chars = source.chars(line);
        let theirs: Vec<usize> = told.anywhere(&chars);
        if !is_list(&chars, theirs.iter().map(|person| &persons[*person])) {
            nobody.push(line);
            continue;
        }
        for person in theirs {
            if let Some(section) = &mut found[person] {
                section.lists.push(line);
            }
        }
    }
    (found, nobody)
}

/// The lines after each person's head, but for page numbers and the book's own
/// titles, which stand at heads and feet of pages.
fn by_heads(source: &Source, persons: usize, heads: &[Head], titles: &[String]) -> Vec<Option<Section>> {
    let mut chosen: Vec<Option<usize>> = vec![None; persons];
    for (i, head) in heads.iter().enumerate().filter(|(_, head)| head.followed) {
        let file = |head: &Head| source.lines[head.lines.start].file;
        let better = |other: usize| {
            let other = &heads[other];
            // Of two deliveries the one that is named first counts, if it is a text.
            let later = file(other) != file(head);
            if later { 2 * other.votes < head.votes } else { other.votes < head.votes }
        };
        if chosen[head.person].is_none_or(better) {
            chosen[head.person] = Some(i);
        }
    }
    let starts: HashMap<usize, usize> =
        chosen.iter().flatten().map(|head| (heads[*head].lines.start, *head)).collect();
    let mut found: Vec<Option<Section>> = vec![None; persons];
    let mut here: Option<usize> = None;
    let mut file = "";
    for (i, line) in source.lines.iter().enumerate() {
        if line.file != file {
            (file, here) = (line.file, None);
        }
        here = starts.get(&i).copied().or(here);
        let Some(head) = here.map(|head| &heads[head]) else { continue };
        let section = found[head.person].get_or_insert_default();
        if source.is_furniture(i) || is_title(&source.chars(i), titles) {
            continue;
        }
        if head.lines.contains(&i) { section.head.push(i) } else { section.body.push(i) }
    }
    found
}

/// Lines of texts of persons whose text stands in another file, named before: a
/// delivery that was overtaken by a later one.
fn superseded(source: &Source, heads: &[Head], found: &[Option<Section>]) -> HashSet<usize> {
    let file = |line: usize| source.lines[line].file;
    let mut lines = HashSet::new();
    for (i, head) in heads.iter().enumerate().filter(|(_, head)| head.votes > 0) {
        let own = found[head.person].as_ref().and_then(|section| section.head.first().copied());
        if own.is_none_or(|own| file(own) == file(head.lines.start)) {
            continue;
        }
        let next = heads.get(i + 1).map_or(source.lines.len(), |next| next.lines.start);
        lines.extend((head.lines.start..next).filter(|line| file(*line) == file(head.lines.start)));
    }
    let taken: HashSet<usize> =
        found.iter().flatten().flat_map(|s| s.head.iter().chain(&s.body)).copied().collect();
    lines.retain(|line| !taken.contains(line));
    lines
}

/// Persons whose text has no head have the lines with their words.
fn without_heads(found: &mut [Option<Section>], votes: &Votes) {
    let mut words: HashMap<usize, Vec<usize>> = HashMap::new();
    for (line, vote) in votes.0.iter().enumerate() {
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
    for (person, body) in words {
        found[person] = Some(Section { body, ..Section::default() });
    }
}

/// What follows a person's last words and begins with a title is the text of
/// somebody who is not in the book.
fn trailing(source: &Source, found: &mut [Option<Section>], votes: &Votes, complete: bool) {
    for (person, section) in found.iter_mut().enumerate() {
        let Some(section) = section else { continue };
        let own = |line: &usize| votes.of(*line).is_some_and(|(other, _)| other == person);
        let Some(last) = section.body.iter().rposition(own) else { continue };
        let title = |line: &usize| {
            // A line cut by a column's end is no title.
            let line = &source.lines[*line];
            let marks = source.letters[line.letters.clone()].iter().filter(|l| ",;、".contains(l.c)).count();
            !complete || line.title && marks < 2 && line.letters.len() < 40
        };
        if let Some(after) = section.body.iter().skip(last + 1).position(title) {
            section.body.truncate(last + 1 + after);
        }
    }
}

/// Whether a line says nothing but who and what some persons are, as a list
/// does.
fn is_list<'a>(line: &[char], persons: impl Iterator<Item = &'a Features>) -> bool {
    let pieces = persons.flat_map(|p| p.headlines.iter().rev().chain(&p.post).chain([&p.name]));
    let mut pieces: Vec<String> = pieces.map(|piece| piece.iter().collect()).collect();
    pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
    let rest = without(line, &pieces);
    is_shorter(&rest, line) && (is_label(&rest) || !rest.contains(char::is_alphabetic))
}

/// Whether a line is a title of the book itself, with a page number or not.
pub(super) fn is_title(line: &[char], titles: &[String]) -> bool {
    let rest = without(line, titles);
    is_shorter(&rest, line) && !rest.contains(char::is_alphabetic)
}

fn is_shorter(rest: &str, line: &[char]) -> bool {
    rest.chars().count() < line.len()
}

/// A line without some pieces, each taken out once, the longest first.
fn without(line: &[char], pieces: &[String]) -> String {
    let whole: String = line.iter().collect();
    let pieces = pieces.iter().filter(|piece| !piece.is_empty());
    pieces.fold(whole, |rest, piece| rest.replacen(piece.as_str(), "", 1))
}
