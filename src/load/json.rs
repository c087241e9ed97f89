//! JSON with ranges.

use std::ops::Range;

use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, ast, common};

use super::node::{Node, Value};
use crate::diag::Phrase;

/// Strict JSON, but for the byte order mark some editors write.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

pub(super) fn parse(text: &str) -> Result<Node, (Range<usize>, Phrase)> {
    let body = text.trim_start_matches('\u{FEFF}');
    let offset = text.len() - body.len();
    match jsonc_parser::parse_to_ast(body, &CollectOptions::default(), &STRICT) {
        Ok(result) => match result.value {
            Some(value) => Ok(node(value, offset)),
            None => Err((0..text.len(), Phrase::Empty)),
        },
        Err(error) => {
            let range = shift(error.range(), offset);
            let slip = odd_quotes(text, range.start)
                .or_else(|| inner_quote(text, range.start))
                .or_else(|| full_width_mark(text, range.start));
            Err(slip.unwrap_or_else(|| (range, phrase(error.kind()))))
        }
    }
}

fn shift(range: common::Range, offset: usize) -> Range<usize> {
    range.start + offset..range.end + offset
}

fn node(value: ast::Value, offset: usize) -> Node {
    use ast::Value as Ast;
    let (range, value) = match value {
        Ast::NullKeyword(n) => (n.range, Value::Null),
        Ast::BooleanLit(b) => (b.range, Value::Bool(b.value)),
        Ast::NumberLit(n) => (n.range, Value::Number(n.value.into())),
        Ast::StringLit(s) => (s.range, Value::String(s.value.into_owned())),
        Ast::Array(a) => {
            let elements = a.elements.into_iter().map(|e| node(e, offset)).collect();
            (a.range, Value::Array(elements))
        }
        Ast::Object(o) => {
            let member = |p: ast::ObjectProp| {
                let key = shift(common::Ranged::range(&p.name), offset);
                (key, p.name.into_string(), node(p.value, offset))
            };
            (o.range, Value::Object(o.properties.into_iter().map(member).collect()))
        }
    };
    Node { range: shift(range, offset), value }
}

/// A slip and where it is.
type Slip = Option<(Range<usize>, Phrase)>;

/// The commonest slip of a Chinese keyboard: a full-width mark instead of
/// JSON's own, at the error or right before it.
fn full_width_mark(text: &str, at: usize) -> Slip {
    let at = text.floor_char_boundary(at);
    let here = text[at..].chars().next().map(|c| (at, c));
    let before = text[..at].char_indices().next_back();
    let mut marks = here.into_iter().chain(before).filter(|(_, c)| "，：；“”‘’｛｝［］、。＂".contains(*c));
    marks.next().map(|(i, c)| (i..i + c.len_utf8(), Phrase::FullWidthMark(c)))
}

/// A text whose quote is missing runs on over its line, and the error shows
/// only where the next quote stands: the first line up to there with an odd
/// number of straight quotes is the wrong one. Where the text ends in a curly
/// quote that closes nothing, that one stands in the straight one's place.
fn odd_quotes(text: &str, at: usize) -> Slip {
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
fn inner_quote(text: &str, at: usize) -> Slip {
    let at = text.floor_char_boundary(at);
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let last = quotes(&text[line..at]).last().map(|quote| line + quote)?;
    let rest = &text[last + 1..];
    let goes_on = rest.chars().next().is_some_and(|c| !c.is_whitespace() && !",:]}，：".contains(c));
    goes_on.then_some((last..last + 1, Phrase::InnerQuote))
}

fn phrase(kind: &ParseErrorKind) -> Phrase {
    use ParseErrorKind as K;
    match kind {
        K::ExpectedComma => Phrase::ExpectedComma,
        K::TrailingCommasNotAllowed | K::UnexpectedComma => Phrase::TrailingComma,
        K::ExpectedColonAfterObjectKey => Phrase::ExpectedColon,
        K::ExpectedStringObjectProperty | K::UnexpectedTokenInObject => Phrase::ExpectedKey,
        K::ExpectedObjectValue | K::UnexpectedColon => Phrase::ExpectedValue,
        K::UnterminatedArray
        | K::UnterminatedObject
        | K::UnexpectedCloseBrace
        | K::UnexpectedCloseBracket => Phrase::Unterminated,
        K::CommentsNotAllowed | K::UnterminatedCommentBlock => Phrase::CommentNotAllowed,
        K::String(_) | K::SingleQuotedStringsNotAllowed => Phrase::BadString,
        K::NestingDepthExceeded => Phrase::TooDeep,
        K::MultipleRootJsonValues => Phrase::TextAfterEnd,
        K::UnexpectedWord | K::UnexpectedToken => Phrase::UnexpectedText,
        _ => Phrase::BadNumber,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_marks_are_named() {
        let slip = |text: &str| parse(text).unwrap_err().1;
        assert_eq!(slip(r#"{"a": "b"， "c": "d"}"#), Phrase::FullWidthMark('，'));
        assert_eq!(slip(r#"{"a"： "b"}"#), Phrase::FullWidthMark('：'));
        assert_eq!(slip(r#"{“a”: "b"}"#), Phrase::FullWidthMark('“'));
        assert_eq!(slip("{\n\"a\": \"b”,\n\"c\": \"d\"\n}"), Phrase::FullWidthMark('”'));
        assert_eq!(slip(r#"{"a": "b",}"#), Phrase::TrailingComma);
        assert_eq!(slip(r#"{"a": "b" "c": 1}"#), Phrase::ExpectedComma);
        assert_eq!(slip(""), Phrase::Empty);
    }

    #[test]
    fn quotes_are_told_of_where_they_are_wrong() {
        let slip = |text: &str| {
            let (range, problem) = parse(text).unwrap_err();
            (text[..range.start].matches('\n').count() + 1, problem)
        };
        let missing = "{\n\"a\": [\n\"他说“好”。,\n\"再说“行”。\"\n]\n}";
        assert_eq!(slip(missing), (3, Phrase::OddQuotes));
        assert_eq!(slip("{\n\"a\": [\n他说“好”。\",\n\"再说\"\n]\n}"), (3, Phrase::OddQuotes));
        assert_eq!(slip("{\n\"a\": \"他说\"好\"。\"\n}"), (2, Phrase::InnerQuote));
        assert_eq!(slip("{\n\"a\": \"一\"\n\"b\": \"二\"\n}"), (2, Phrase::ExpectedComma));
        assert_eq!(slip("{\n\"a\": \"他说“好”,\n\"b\": 1\n}"), (2, Phrase::OddQuotes));
        assert_eq!(slip("{\n\"a\": \"好”,\n\"b\": 1\n}"), (2, Phrase::FullWidthMark('”')));
    }
}
