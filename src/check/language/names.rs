//! Names of offices, honours and terms that are one character off.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::words;
use super::{Hit, Text, is_han};
use crate::diag::Code;

/// Length from which a character at an end may be the wrong one, or one be
/// missing or too many: shorter ones are near other words.
const LONG: usize = 6;

pub(super) struct Names {
    all: Vec<Vec<char>>,
    known: HashSet<Box<str>>,
    /// Two characters that begin or end a name → which name, and how far they
    /// stand from its end: one slip leaves the ones or the others.
    begins: HashMap<[char; 2], Vec<usize>>,
    ends: HashMap<[char; 2], Vec<usize>>,
}

impl Names {
    pub(super) fn new<'a>(entries: impl Iterator<Item = &'a str>) -> Self {
        let mut names =
            Self { all: vec![], known: HashSet::new(), begins: HashMap::new(), ends: HashMap::new() };
        for (i, name) in entries.enumerate() {
            let chars: Vec<char> = name.chars().collect();
            if let [first, second, .., one, last] = chars[..] {
                names.begins.entry([first, second]).or_default().push(i);
                names.ends.entry([one, last]).or_default().push(i);
            }
            names.known.insert(name.into());
            names.all.push(chars);
        }
        names
    }
}

/// Pieces that are one character off a name and no name themselves.
pub(super) fn near_names(text: &Text) -> Vec<Hit> {
    let names = &text.tables.names;
    let chars: Vec<char> = text.text.chars().collect();
    let mut bytes: Vec<usize> = text.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.text.len());
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (at, pair) in chars.windows(2).enumerate() {
        let pair = [pair[0], pair[1]];
        for name in names.begins.get(&pair).into_iter().flatten() {
            found.extend(piece(names, &chars, at, *name).map(|piece| (piece, *name)));
        }
        for name in names.ends.get(&pair).into_iter().flatten() {
            let n = names.all[*name].len();
            let starts = [n, n - 1, n + 1].into_iter().filter_map(|length| (at + 2).checked_sub(length));
            let ends_here = |piece: &Range<usize>| piece.end == at + 2;
            found.extend(
                starts
                    .filter_map(|start| piece(names, &chars, start, *name))
                    .filter(ends_here)
                    .map(|piece| (piece, *name)),
            );
        }
    }
    found.sort_by_key(|(piece, name)| (piece.start, std::cmp::Reverse(names.all[*name].len())));
    let mut past = 0;
    let mut hits = Vec::new();
    for (piece, name) in found {
        let range = bytes[piece.start]..bytes[piece.end];
        // A deputy is no slip of the one in office.
        let deputy = text.text[range.clone()].contains('副') && !names.all[name].contains(&'副');
        if piece.start < past || deputy || is_name(names, text.text, &range) {
            continue;
        }
        let edges = words::edges_around(text.text, &range);
        if edges.contains(&range.start) && edges.contains(&range.end) {
            past = piece.end;
            let right: String = names.all[name].iter().collect();
            hits.push(Hit::new(Code::NearName, text.text, range).arg("right", right));
        }
    }
    hits
}

/// Whether a piece is a name, part of one, or holds one.
fn is_name(names: &Names, text: &str, range: &Range<usize>) -> bool {
    let piece = &text[range.clone()];
    names.known.iter().any(|name| {
        piece.contains(&**name)
            || name.contains(piece)
            || name.match_indices(&piece[..piece.chars().next().map_or(0, char::len_utf8)]).any(
                |(offset, _)| {
                    let start = range.start.checked_sub(offset);
                    start
                        .and_then(|start| text.get(start..start + name.len()))
                        .is_some_and(|found| found == &**name)
                },
            )
    })
}

/// The piece from a place on that is one slip away from a name.
fn piece(names: &Names, text: &[char], start: usize, name: usize) -> Option<Range<usize>> {
    let wanted = &names.all[name];
    let n = wanted.len();
    if text[start..].starts_with(wanted) {
        return None;
    }
    let near = |length: &usize| {
        text.get(start..start + length).is_some_and(|piece| {
            let words = piece.iter().all(|c| is_han(*c) || "“”、".contains(*c) || c.is_ascii_digit());
            let slip = match length.cmp(&n) {
                std::cmp::Ordering::Equal => {
                    exchanged(piece, wanted, text.get(start + length).copied())
                        || n >= LONG && swapped(piece, wanted)
                }
                std::cmp::Ordering::Less => n >= LONG && missing(wanted, piece),
                std::cmp::Ordering::Greater => n >= LONG && missing(piece, wanted),
            };
            words && slip
        })
    };
    [n, n - 1, n + 1].into_iter().find(near).map(|length| start..start + length)
}

fn exchanged(piece: &[char], wanted: &[char], next: Option<char>) -> bool {
    let mut wrong = piece.iter().zip(wanted).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at);
    let (first, second) = (wrong.next(), wrong.next());
    let fits = |at: usize| {
        let last = at + 1 == wanted.len();
        // 越共中央总书记 is another's, and 现代化国际大都市 another word.
        let ends = !next.is_some_and(is_han) && wanted.len() >= LONG;
        at > 0 && (!last || ends) && is_word(piece[at]) && wanted[at] != '的'
    };
    first.is_some_and(fits) && second.is_none()
}

/// Whether a character is none of those that go on after a name.
fn is_word(c: char) -> bool {
    is_han(c) && !"的和与及在是了等有为中上下以而并也又就都将把被对从向到于之其".contains(c)
}

fn swapped(piece: &[char], wanted: &[char]) -> bool {
    let first = piece.iter().zip(wanted).position(|(a, b)| a != b);
    first.is_some_and(|i| {
        i + 1 < piece.len()
            && piece[i] == wanted[i + 1]
            && piece[i + 1] == wanted[i]
            && piece[i + 2..] == wanted[i + 2..]
    })
}

/// Whether `short` is `long` with one character left out, not the first or last.
fn missing(long: &[char], short: &[char]) -> bool {
    let i = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    i > 0 && i + 1 < long.len() && long[i + 1..] == short[i..]
}

#[cfg(test)]
mod tests {
    use crate::assets;

    #[test]
    fn the_table_is_sorted() {
        let lines: Vec<&str> = assets::OFFICES.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.is_sorted() && lines.iter().all(|line| line.chars().count() > 4));
    }
}
