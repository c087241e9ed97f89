//! Quotation marks, title marks and brackets: closed, and nested rightly.

use super::{Hit, Text, list};
use crate::diag::Code;

const PAIRS: &[(char, char)] = &[
    ('“', '”'),
    ('‘', '’'),
    ('《', '》'),
    ('〈', '〉'),
    ('（', '）'),
    ('【', '】'),
    ('〔', '〕'),
    ('「', '」'),
    ('『', '』'),
];

/// Marks without a partner, closed in the wrong order, or nested in their own
/// kind; single quotes outside double ones (GB/T 15834, 4.8.3).
pub(super) fn unbalanced(text: &Text) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut lone = Vec::new();
    // A quote is printed between double quotation marks, and single ones
    // within are right (GB/T 15834, 4.8.3.3).
    let outside = |open: &[(usize, char)]| !text.quoted && !open.iter().any(|(_, o)| *o == '“');
    let quoting = |open: &[(usize, char)]| open.iter().any(|(_, o)| *o == '‘');
    let mut report =
        |at: usize, mark: char| hits.push(Hit::new(Code::Unbalanced, text.text, at..at + mark.len_utf8()));
    for (at, c) in text.text.char_indices() {
        if PAIRS.iter().any(|(opening, _)| *opening == c) {
            let itself = open.last().is_some_and(|(_, o)| *o == c && c != '（');
            let single_first = c == '‘' && outside(&open);
            let wrong = itself || single_first;
            if wrong {
                report(at, c);
            }
            open.push((at, c));
        } else if c == '’' && (within_word(text.text, at) || !quoting(&open) && apostrophe(text.text, at)) {
            // People’s and students’ are no quotations.
        } else if let Some((opening, _)) = PAIRS.iter().find(|(_, closing)| *closing == c) {
            match open.iter().rposition(|(_, o)| o == opening) {
                Some(partner) => open.drain(partner..).skip(1).for_each(|(at, mark)| report(at, mark)),
                None if closes_paragraph(text, at, c) => lone.push(at),
                None => report(at, c),
            }
        }
    }
    // Of a quotation over several paragraphs each opens, and the last closes.
    let goes_on = text.next.is_some_and(|next| next.starts_with('“'));
    open.retain(|(_, mark)| !(goes_on && *mark == '“'));
    open.into_iter().for_each(|(at, mark)| report(at, mark));
    hits.extend(lone.into_iter().map(|at| Hit::new(Code::ClosesNothing, text.text, at..at + '”'.len_utf8())));
    hits
}

/// Whether ” ends a paragraph in which none opens: the end of a quotation over
/// several paragraphs, unless its beginning was forgotten.
fn closes_paragraph(text: &Text, at: usize, c: char) -> bool {
    let paragraph = text.field.ends_with(']') && list(text.field).is_some_and(|list| list != "headline");
    paragraph && c == '”' && at + c.len_utf8() == text.text.len() && !text.text.contains('“')
}

/// Whether ’ stands within a Latin word: People’s.
fn within_word(text: &str, at: usize) -> bool {
    is_latin(text[..at].chars().next_back()) && is_latin(text[at + '’'.len_utf8()..].chars().next())
}

/// Whether ’ stands behind a Latin word that another follows: students’ work.
fn apostrophe(text: &str, at: usize) -> bool {
    let behind = text[at + '’'.len_utf8()..].strip_prefix(' ');
    is_latin(text[..at].chars().next_back()) && behind.is_some_and(|text| is_latin(text.chars().next()))
}

fn is_latin(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphabetic())
}
