//! What an editor did, where a file is no JSON: the parser says what it did not
//! expect, which is seldom where the slip is.

use std::ops::Range;

use crate::diag::Phrase;

/// A slip and where it is.
type Slip = Option<(Range<usize>, Phrase)>;

/// A text whose quote is missing runs on over its line, and the error shows
/// only where the next quote stands: the first line up to there with an odd
/// number of straight quotes is the wrong one. Where the text ends in a curly
/// quote that closes nothing, that one stands in the straight one's place.
pub(super) fn odd_quotes(text: &str, at: usize) -> Slip {
    let at = text.floor_char_boundary(at);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if start > at {
            break;
        }
        let quotes: Vec<usize> = quotes(line).collect();
        if quotes.len() % 2 == 1 {
            let content = line.trim_end().trim_end_matches([',', '，']);
            let last = quotes.last().map_or("", |last| &line[last + 1..content.len().max(last + 1)]);
            let curly = |c: char| "“”„＂".contains(c);
            let opened = last.matches('“').count();
            let closes =
                last.matches('”').count() > opened || last.matches('“').count() > last.matches('”').count();
            let mark = content.char_indices().next_back().filter(|(_, c)| curly(*c) && closes);
            return Some(match mark {
                Some((i, c)) => (start + i..start + i + c.len_utf8(), Phrase::FullWidthMark(c)),
                None => (start + content.len()..start + content.len() + 1, Phrase::OddQuotes),
            });
        }
        start += line.len();
    }
    None
}

/// The straight quotes of a line that no backslash stands before.
fn quotes(line: &str) -> impl Iterator<Item = usize> {
    let mut escaped = false;
    line.char_indices().filter_map(move |(at, c)| {
        let quote = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        quote.then_some(at)
    })
}

/// A straight quote within a text ends it there: what follows is no mark of
/// JSON but the rest of the text.
pub(super) fn inner_quote(text: &str, at: usize) -> Slip {
    let at = text.floor_char_boundary(at);
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let last = quotes(&text[line..at]).last().map(|quote| line + quote)?;
    let rest = &text[last + 1..];
    let goes_on = rest.chars().next().is_some_and(|c| !c.is_whitespace() && !",:]}，：".contains(c));
    goes_on.then_some((last..last + 1, Phrase::InnerQuote))
}

/// A backslash that begins no escape of JSON (RFC 8259, 7): mostly a path.
pub(super) fn backslash(text: &str, at: usize) -> Slip {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].split('\n').next().unwrap_or_default();
    let mut rest = line.char_indices().peekable();
    while let Some((i, c)) = rest.next() {
        if c != '\\' {
            continue;
        }
        match rest.next() {
            Some((u, 'u'))
                if !line.get(u + 1..u + 5).is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())) =>
            {
                return Some((start + i..start + i + 1, Phrase::BadBackslash));
            }
            Some((_, next)) if "\"\\/bfnrtu".contains(next) => {}
            _ => return Some((start + i..start + i + 1, Phrase::BadBackslash)),
        }
    }
    None
}

/// A mark of a Chinese keyboard, or one that is none of JSON's, where JSON
/// wants its own, at the error or right before it.
pub(super) fn wrong_mark(text: &str, at: usize) -> Slip {
    let at = text.floor_char_boundary(at);
    let here = text[at..].chars().next().map(|c| (at, c));
    let before = text[..at].char_indices().next_back();
    let mut around = here.into_iter().chain(before);
    let found = around.find_map(|(i, c)| {
        let place = i..i + c.len_utf8();
        match c {
            '，' | '：' | '；' | '“' | '”' | '‘' | '’' | '｛' | '｝' | '［' | '］' | '。' | '＂' | '【'
            | '】' | '「' | '」' | '『' | '』' | '（' | '）' => {
                Some((place, Phrase::FullWidthMark(c)))
            }
            '、' | ';' | '=' => Some((place, Phrase::WrongMark(c))),
            '\'' => Some((place, Phrase::SingleQuotes)),
            '#' => Some((place, Phrase::CommentNotAllowed)),
            '０'..='９' => Some((place, Phrase::FullWidthDigit(c))),
            _ => None,
        }
    });
    // Within a text such marks are right.
    found.filter(|(place, _)| {
        let line = text[..place.start].rfind('\n').map_or(0, |end| end + 1);
        quotes(&text[line..place.start]).count().is_multiple_of(2)
    })
}

/// A bracket that is not closed, or closes nothing.
pub(super) fn brackets(text: &str, at: usize) -> Slip {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quoted = false;
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        match c {
            '"' if !escaped => quoted = !quoted,
            '[' | '{' if !quoted => open.push((i, c)),
            ']' | '}' if !quoted => {
                let partner = if c == ']' { '[' } else { '{' };
                match open.last() {
                    // As files are indented, a bracket closes under the line
                    // that opens it.
                    Some((start, last)) if *last == partner && is_outer(text, *start, i) => {
                        let line = text[..i].matches('\n').count();
                        return Some((*start..start + 1, Phrase::NotClosed(*last, line)));
                    }
                    Some((_, last)) if *last == partner => drop(open.pop()),
                    Some((start, last)) if open.iter().any(|(_, o)| *o == partner) => {
                        let line = text[..i].matches('\n').count() + 1;
                        return Some((*start..start + 1, Phrase::NotClosed(*last, line)));
                    }
                    _ => {
                        let here = text.floor_char_boundary(at);
                        return Some((here..text.ceil_char_boundary(here + 1), Phrase::NotOpened(c)));
                    }
                }
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    let (start, bracket) = open.pop()?;
    let line = text.trim_end().matches('\n').count() + 1;
    Some((start..start + 1, Phrase::NotClosed(bracket, line)))
}

/// Whether a closing bracket that begins its line is indented less than the
/// line of the opening one.
fn is_outer(text: &str, opens: usize, closes: usize) -> bool {
    let line = |at: usize| text[..at].rfind('\n').map_or(0, |end| end + 1);
    let indent = |start: usize| text[start..].chars().take_while(|c| " \t".contains(*c)).count();
    let (open, close) = (line(opens), line(closes));
    open != close && text[close..closes].trim().is_empty() && indent(close) < indent(open)
}

/// Letters where a value is wanted: a text without quotes, a number with its
/// unit.
pub(super) fn odd_value(text: &str, at: usize) -> Slip {
    let at = text.floor_char_boundary(at);
    let c = text[at..].chars().next()?;
    let number = text[..at].ends_with(|c: char| c.is_ascii_digit());
    match c {
        _ if number && c.is_alphabetic() => Some((at..at + c.len_utf8(), Phrase::NumberWithUnit)),
        c if c.is_alphabetic() && !c.is_ascii() => Some((at..at + c.len_utf8(), Phrase::BareText)),
        _ => None,
    }
}
