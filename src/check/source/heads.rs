//! The heads of persons' texts: title lines that tell of one by name and post,
//! or by the headline.

use std::collections::HashMap;
use std::ops::Range;

use super::align::changes;
use super::lines::{Source, holds};
use super::votes::{Features, Votes};

/// Lines above or below the name in which a headline is looked for.
const BESIDE: usize = 4;
/// Lines between two that tell of the same person in one head.
const APART: usize = 3;
/// Letters of a post by which a person without the right name is known.
const POST: usize = 6;

/// A run of title lines that tell of one person.
pub(super) struct Head {
    pub(super) person: usize,
    pub(super) lines: Range<usize>,
    /// Pieces of the person's article in what follows.
    pub(super) votes: usize,
    pub(super) followed: bool,
}

/// How a line tells of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Name,
    Headline,
}

/// The heads in the order of the lines.
pub(super) fn heads(source: &Source, told: &Told, votes: &Votes) -> Vec<Head> {
    // What has an article's words is no title, wherever its line ends.
    let title = |line: usize| {
        let chars = source.chars(line);
        let article = votes.of(line).is_some_and(|(_, count)| 2 * count > chars.len().saturating_sub(7));
        !article && (source.lines[line].title || told.signed(&chars))
    };
    let mut heads: Vec<Head> = Vec::new();
    let mut i = 0;
    while i < source.lines.len() {
        let file = source.lines[i].file;
        let end = (i..source.lines.len()).find(|line| !title(*line) || source.lines[*line].file != file);
        let group = i..end.unwrap_or(source.lines.len());
        if group.is_empty() {
            i += 1;
            continue;
        }
        i = group.end;
        heads.extend(in_group(&group, source, told));
    }
    follow(&mut heads, source, votes);
    kept(heads, source)
}

/// The heads of a group of title lines.
fn in_group(group: &Range<usize>, source: &Source, told: &Told) -> Vec<Head> {
    let lines: Vec<(usize, usize, By)> =
        group.clone().filter_map(|line| told.of(&source.chars(line)).map(|(p, by)| (line, p, by))).collect();
    // Whose name and post stand there is who it is; a headline alone may be
    // another's by mistake.
    let named: Vec<_> = lines.iter().filter(|(.., by)| *by == By::Name).copied().collect();
    let lines = if named.is_empty() { lines } else { named };
    let mut heads: Vec<Head> = Vec::new();
    for (line, person, _) in lines {
        match heads.last_mut().filter(|head| head.person == person && line < head.lines.end + APART) {
            Some(head) => head.lines.end = line + 1,
            None => heads.push(Head { person, lines: line..line + 1, votes: 0, followed: false }),
        }
    }
    let past = heads.iter().rev().nth(1).map_or(group.start, |before| before.lines.end);
    if let Some(last) = heads.last_mut() {
        let person = &told.persons[last.person];
        last.lines = with_name(last.lines.clone(), group.end, source, &person.name);
        last.lines = with_headline(last, past..group.end, source, person);
    }
    heads
}

/// The lines with the one below them, where a line end parts the name.
fn with_name(lines: Range<usize>, end: usize, source: &Source, name: &[char]) -> Range<usize> {
    let (above, below) = (source.chars(lines.end - 1), source.chars(lines.end));
    let parted = |n: usize| above.ends_with(&name[..n]) && below.starts_with(&name[n..]);
    if lines.end < end && (1..name.len()).any(parted) { lines.start..lines.end + 1 } else { lines }
}

/// What follows each head, up to the next.
fn follow(heads: &mut [Head], source: &Source, votes: &Votes) {
    let starts: Vec<usize> = heads.iter().map(|head| head.lines.start).collect();
    for (i, head) in heads.iter_mut().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(source.lines.len());
        let body = head.lines.end..end.max(head.lines.end);
        let own = |line: usize| votes.of(line).filter(|(person, _)| *person == head.person);
        head.votes = body.clone().filter_map(own).map(|(_, count)| count).sum();
        head.followed = !body.is_empty();
    }
}

/// A title within the person's own text, such as under a photo, is no head.
fn kept(heads: Vec<Head>, source: &Source) -> Vec<Head> {
    let mut kept: Vec<Head> = Vec::new();
    for head in heads {
        let file = |head: &Head| source.lines[head.lines.start].file;
        let own =
            |last: &&mut Head| last.person == head.person && last.votes > 0 && file(last) == file(&head);
        match kept.last_mut().filter(own) {
            Some(last) => last.votes += head.votes,
            None => kept.push(head),
        }
    }
    kept
}

/// The lines of a head with those beside it that are the headline, though
/// something in it may be wrong: up to three that are like it, else the one
/// right above the name, or below it where there is none above.
fn with_headline(head: &Head, group: Range<usize>, source: &Source, person: &Features) -> Range<usize> {
    let lines = head.lines.clone();
    let Some(headline) = person.headlines.last() else { return lines };
    let near = group.start.max(lines.start.saturating_sub(BESIDE))..group.end.min(lines.end + BESIDE);
    let like = |line: &usize| {
        let chars = source.chars(*line);
        let common = in_common(&chars, headline);
        common > 2 && 2 * common >= headline.len().min(chars.len())
    };
    let exact = |line: &usize| person.headlines.contains(&source.chars(*line));
    if lines.clone().any(|line| exact(&line) || like(&line)) {
        return lines;
    }
    let outside = || near.clone().filter(|line| !lines.contains(line));
    let mut beside: Vec<usize> = outside().filter(exact).collect();
    if beside.is_empty() {
        beside = outside().filter(like).collect();
    }
    // The nearest ones: farther off stands a list.
    let distance = |line: usize| if line < lines.start { lines.start - line } else { line - lines.end + 1 };
    beside.sort_by_key(|line| distance(*line));
    let first_gap = beside.iter().zip(beside.iter().skip(1)).position(|(a, b)| a.abs_diff(*b) > 1);
    beside.truncate(first_gap.map_or(3, |at| at + 1).min(3));
    beside.sort_unstable();
    let all = |first: usize, last: usize| lines.start.min(first)..lines.end.max(last + 1);
    match (beside.first(), beside.last()) {
        (Some(first), Some(last)) => all(*first, *last),
        _ if lines.start > near.start => all(lines.start - 1, lines.start),
        _ if lines.end < near.end => all(lines.start, lines.end),
        _ => lines,
    }
}

/// How many letters two texts share in order.
fn in_common(a: &[char], b: &[char]) -> usize {
    b.len() - changes(a, b).iter().map(|change| change.data.len()).sum::<usize>()
}

/// Whom a title line tells of.
pub(super) struct Told<'a> {
    persons: &'a [Features],
    headlines: HashMap<&'a [char], usize>,
    /// Persons by the first two letters of the name.
    names: HashMap<[char; 2], Vec<usize>>,
    /// Persons by the first three letters of the longest part of the post.
    posts: HashMap<[char; 3], Vec<usize>>,
}

impl<'a> Told<'a> {
    pub(super) fn new(persons: &'a [Features]) -> Self {
        let mut told =
            Self { persons, headlines: HashMap::new(), names: HashMap::new(), posts: HashMap::new() };
        for (person, features) in persons.iter().enumerate() {
            for line in &features.headlines {
                told.headlines.entry(line).or_insert(person);
            }
            if let [first, second, ..] = features.name[..] {
                told.names.entry([first, second]).or_default().push(person);
            }
            for part in &features.post {
                if let [a, b, c, ..] = part[..] {
                    let persons = told.posts.entry([a, b, c]).or_default();
                    // What everybody is tells nobody from another.
                    if persons.len() < 64 && persons.last() != Some(&person) {
                        persons.push(person);
                    }
                }
            }
        }
        told
    }

    /// Whether a line, whatever it ends in, is a name with a post.
    fn signed(&self, line: &[char]) -> bool {
        line.len() <= 80 && self.named(line).is_some_and(|(posts, _)| posts > 1)
    }

    fn of(&self, line: &[char]) -> Option<(usize, By)> {
        if let Some((_, person)) = self.named(line).or_else(|| self.posted(line)) {
            return Some((person, By::Name));
        }
        self.headlines.get(line).map(|person| (*person, By::Headline))
    }

    /// Whose name stands in a line, at its edge or with parts of the post, and
    /// how many parts.
    fn named(&self, line: &[char]) -> Option<(usize, usize)> {
        let bare: Vec<char> = line.iter().copied().filter(|c| c.is_alphanumeric() || *c == '·').collect();
        let mut found = Vec::new();
        for (at, pair) in bare.windows(2).enumerate() {
            for person in self.names.get(pair).into_iter().flatten() {
                let Features { name, post, .. } = &self.persons[*person];
                let rest = &bare[at..];
                if rest.starts_with(name) {
                    let posts = post.iter().filter(|part| holds(line, part)).count();
                    // A line of its own, or one end of a short one.
                    let edge = bare.len() == name.len()
                        || bare.len() <= 2 * POST + name.len() && (at == 0 || rest.len() == name.len());
                    found.extend((edge || posts > 0).then_some((posts, *person)));
                }
            }
        }
        // Of two persons of one name the one whose post stands there.
        found.into_iter().max_by_key(|(posts, person)| (*posts, std::cmp::Reverse(*person)))
    }

    /// The persons whose name or headline stands anywhere in a line.
    pub(super) fn anywhere(&self, line: &[char]) -> Vec<usize> {
        let mut found = Vec::new();
        for (at, pair) in line.windows(2).enumerate() {
            let persons = self.names.get(pair).into_iter().flatten();
            found.extend(persons.filter(|person| line[at..].starts_with(&self.persons[**person].name)));
        }
        // A headline, behind which a page number may stand.
        let end = line.iter().rposition(|c| c.is_alphabetic() || "\"'!?".contains(*c)).map_or(0, |at| at + 1);
        found.extend(self.headlines.get(&line[..end]).or_else(|| self.headlines.get(line)));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whose post stands in a line, if it is one person's.
    fn posted(&self, line: &[char]) -> Option<(usize, usize)> {
        let mut candidates: Vec<usize> =
            line.windows(3).filter_map(|window| self.posts.get(window)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let letters = |person: usize| -> usize {
            let parts = self.persons[person].post.iter().filter(|part| holds(line, part));
            let (count, letters) = parts.fold((0, 0), |(count, sum), part| (count + 1, sum + part.len()));
            if count > 1 { letters } else { 0 }
        };
        let mut ranked: Vec<(usize, usize)> =
            candidates.into_iter().map(|person| (letters(person), person)).collect();
        ranked.sort_unstable_by_key(|(letters, _)| std::cmp::Reverse(*letters));
        let (best, person) = *ranked.first()?;
        let alone = ranked.get(1).is_none_or(|(second, _)| *second < best);
        (best >= POST && alone).then_some((best, person))
    }
}
