//! The heads of persons' texts: title lines that tell of one.

use std::collections::HashMap;
use std::ops::Range;

use super::align::changes;
use super::sections::{Features, Source, holds};

/// Lines beside the rest of a head in which its headline is looked for.
const BESIDE: usize = 4;

/// A run of title lines that tell of one person.
pub(super) struct Head {
    pub(super) person: usize,
    pub(super) lines: Range<usize>,
    /// Pieces of the person's article in what follows.
    pub(super) votes: usize,
    pub(super) followed: bool,
}

/// Runs of title lines that tell of a person.
pub(super) fn heads(source: &Source, persons: &[Features], votes: &[Option<(usize, usize)>]) -> Vec<Head> {
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
