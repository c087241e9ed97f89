//! JSON with ranges.

use std::ops::Range;

use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, ast, common};

use super::node::{Node, Value};
use super::slips;
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
            let slip = slips::backslash(text, range.start)
                .or_else(|| slips::odd_quotes(text, range.start))
                .or_else(|| slips::wrong_mark(text, range.start))
                .or_else(|| slips::inner_quote(text, range.start))
                .or_else(|| slips::brackets(text, range.start))
                .or_else(|| slips::odd_value(text, range.start));
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

fn phrase(kind: &ParseErrorKind) -> Phrase {
    use ParseErrorKind as K;
    match kind {
        K::ExpectedComma => Phrase::ExpectedComma,
        K::TrailingCommasNotAllowed => Phrase::TrailingComma,
        K::UnexpectedComma => Phrase::ExtraComma,
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
