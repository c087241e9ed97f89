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
            let mark = curly_closing_quote(text, range.start).or_else(|| full_width_mark(text, range.start));
            Err(match mark {
                Some((range, mark)) => (range, Phrase::FullWidthMark(mark)),
                None => (range, phrase(error.kind())),
            })
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

/// The commonest slip of a Chinese keyboard: a full-width mark instead of
/// JSON's own, at the error or right before it.
fn full_width_mark(text: &str, at: usize) -> Option<(Range<usize>, char)> {
    let at = text.floor_char_boundary(at);
    let here = text[at..].chars().next().map(|c| (at, c));
    let before = text[..at].char_indices().next_back();
    let mut marks = here.into_iter().chain(before).filter(|(_, c)| "，：；“”‘’｛｝［］、。＂".contains(*c));
    marks.next().map(|(i, c)| (i..i + c.len_utf8(), c))
}

/// A text closed with ” runs on over its line, and the error shows only where
/// the next quote stands: looks for a line before it with an odd number of
/// straight quotes whose last one is followed by a curly quote.
fn curly_closing_quote(text: &str, at: usize) -> Option<(Range<usize>, char)> {
    let at = text.floor_char_boundary(at);
    let mut start = 0;
    for line in text[..at].split_inclusive('\n') {
        let odd = line.matches('"').count() - line.matches("\\\"").count();
        let curly = line.rfind(['”', '“']).filter(|i| Some(*i) > line.rfind('"'));
        if let Some(i) = curly.filter(|_| odd % 2 == 1) {
            let mark = line[i..].chars().next()?;
            return Some((start + i..start + i + mark.len_utf8(), mark));
        }
        start += line.len();
    }
    None
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
}
