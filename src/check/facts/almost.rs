//! Names that are one character off.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ops::Range;

use super::super::language::is_han;

/// Shortest name of which a missing or an extra character is told.
const LONG: usize = 5;

/// Pieces of a text that are one character off a name: one exchanged, two
/// neighbours swapped, one missing or one too many. The shorter the name, the
/// less counts, or ordinary words would. `own` is a person's name, `exact` are
/// others; what is the name of somebody in `all` is no mistake.
pub(super) fn almost(
    text: &str,
    own: &str,
    exact: &[&str],
    all: &HashSet<&str>,
) -> Vec<(Range<usize>, String)> {
    let mut found = candidates(text, own, exact);
    found.retain(|(piece, _)| !all.contains(&text[piece.clone()]));
    found
}

/// The same, whoever else is in the book. Remembered, since an edit changes
/// one text.
#[comemo::memoize]
fn candidates(text: &str, own: &str, exact: &[&str]) -> Vec<(Range<usize>, String)> {
    let letters: Vec<char> = text.chars().collect();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut found = Vec::new();
    for (name, person) in exact.iter().map(|name| (*name, false)).chain([(own, true)]) {
        let wanted: Vec<char> = name.chars().collect();
        let mut start = 0;
        while start < letters.len() {
            let Some(length) = near(&letters[start..], &wanted, person) else {
                start += 1;
                continue;
            };
            let piece = bytes[start]..bytes[start + length];
            let word = &text[piece.clone()];
            if word != name && !exact.iter().any(|e| *e != name && e.contains(word)) {
                found.push((piece, name.to_owned()));
            }
            start += length;
        }
    }
    found
}

/// Length of the piece at the start of a text that is the name or near it.
fn near(text: &[char], wanted: &[char], person: bool) -> Option<usize> {
    let n = wanted.len();
    if text.starts_with(wanted) {
        return Some(n);
    }
    let close = |length: &usize| {
        text.get(..*length).is_some_and(|piece| match length.cmp(&n) {
            Ordering::Equal => swapped(piece, wanted) || exchanged(piece, wanted, person),
            Ordering::Less => n >= LONG && missing(wanted, piece) && (piece[0] == wanted[0] || n > LONG),
            Ordering::Greater => n >= LONG && piece[0] == wanted[0] && missing(piece, wanted),
        })
    };
    let length = [n, n + 1, n - 1].into_iter().find(close)?;
    // 习习近平总书记 in 学习习近平总书记 holds the name itself.
    let soon = (1..=n).any(|i| text.get(i..i + n) == Some(wanted));
    (!soon).then_some(length)
}

/// What stands behind a name and belongs to none.
const GOES_ON: &str = "在对说把和与同是的了也都将被向从给就又还到让为有会能要想去来做带说问告常总一";

/// Two neighbours swapped.
fn swapped(word: &[char], wanted: &[char]) -> bool {
    // Two characters swapped are other words too often: 海洋王国.
    let first = word.iter().zip(wanted).position(|(a, b)| a != b);
    first.filter(|_| word.len() > 2).is_some_and(|i| {
        i + 1 < word.len()
            && word[i] == wanted[i + 1]
            && word[i + 1] == wanted[i]
            && word[i + 2..] == wanted[i + 2..]
    })
}

/// One character exchanged. A person's surname must be right, and a name of
/// two or three characters must belong to a person, not to an organisation.
fn exchanged(word: &[char], wanted: &[char], person: bool) -> bool {
    let wrong = word.iter().zip(wanted).filter(|(a, b)| a != b).take(2).count();
    let long = wanted.len() > 3 || person && wanted.len() == 3 && word[0] == wanted[0];
    // 赵明在信中说 and 赵明对她说 are of a 赵明.
    let goes_on = person && word.last() != wanted.last() && word.last().is_some_and(|c| GOES_ON.contains(*c));
    wrong == 1 && long && !goes_on && word.iter().all(|c| is_han(*c) || *c == '·')
}

/// Whether `short` is `long` with one character left out.
fn missing(long: &[char], short: &[char]) -> bool {
    let i = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    long[i + 1..] == short[i..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, own: &str, exact: &[&str]) -> Vec<String> {
        almost(text, own, exact, &HashSet::new()).into_iter().map(|(r, _)| text[r].to_owned()).collect()
    }

    #[test]
    fn one_character_off_is_found() {
        assert_eq!(found("王风荣长期", "王凤荣", &[]), ["王风荣"]);
        assert_eq!(found("王荣凤长期", "王凤荣", &[]), ["王荣凤"]);
        assert_eq!(found("近平总书记说", "某某", &["习近平总书记"]), ["近平总书记"]);
        assert_eq!(found("习近平总书计说", "某某", &["习近平总书记"]), ["习近平总书计"]);
        assert_eq!(found("习近平书记说", "某某", &["习近平总书记"]), ["习近平书记"]);
        assert_eq!(found("福汇园园社区", "某某", &["福汇园社区"]), ["福汇园园社区"]);
    }

    #[test]
    fn what_is_right_or_another_word_is_not() {
        for text in [
            "王凤荣，王凤荣",
            "王洋和王进祥",
            "学习近年来的",
            "海洋王国",
            "学习习近平总书记的话",
            "望海楼街道望海楼社区",
        ] {
            assert_eq!(
                found(text, "王凤荣", &["习近平总书记", "望海楼社区", "望海楼街道"]),
                [""; 0],
                "{text}"
            );
        }
    }
}
