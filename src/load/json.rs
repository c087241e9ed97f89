//! JSON with ranges.

use std::ops::Range;

use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, ast, common};

use crate::diag::Phrase;

/// A JSON value and its byte range in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Bytes of the value, quotes and brackets included.
    pub range: Range<usize>,
    /// The value.
    pub value: Value,
}

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the names are JSON's")]
pub enum Value {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    Array(Vec<Node>),
    /// Members in file order; the ranges are those of the keys.
    Object(Vec<(Range<usize>, String, Node)>),
}

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
            Err(match full_width_mark(text, range.start) {
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

impl Node {
    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The first member of an object with that key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(members) => members.iter().find(|(_, k, _)| k == key).map(|(_, _, node)| node),
            _ => None,
        }
    }

    /// The node at a path such as `figures[0].value`, or the nearest one above
    /// it that exists.
    pub fn nearest(&self, path: &str) -> &Node {
        let mut node = self;
        for step in path.split(['.', '[']).filter(|s| !s.is_empty()) {
            let next = match (&node.value, step.strip_suffix(']')) {
                (Value::Array(items), Some(index)) => index.parse().ok().and_then(|i: usize| items.get(i)),
                _ => node.get(step),
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }

    /// Keys that stand in their object before, with their ranges.
    pub(super) fn duplicate_keys(&self) -> Vec<(Range<usize>, String)> {
        let mut found = Vec::new();
        match &self.value {
            Value::Array(items) => found.extend(items.iter().flat_map(Node::duplicate_keys)),
            Value::Object(members) => {
                let mut seen = std::collections::HashSet::new();
                for (range, key, node) in members {
                    if !seen.insert(key) {
                        found.push((range.clone(), key.clone()));
                    }
                    found.extend(node.duplicate_keys());
                }
            }
            _ => {}
        }
        found
    }

    /// Every string below, with its path.
    pub fn strings(&self) -> Vec<(String, &Node)> {
        let mut found = Vec::new();
        self.collect_strings(String::new(), &mut found);
        found
    }

    fn collect_strings<'a>(&'a self, path: String, found: &mut Vec<(String, &'a Node)>) {
        match &self.value {
            Value::String(_) => found.push((path, self)),
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    item.collect_strings(format!("{path}[{i}]"), found);
                }
            }
            Value::Object(members) => {
                for (_, key, node) in members {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    node.collect_strings(path, found);
                }
            }
            _ => {}
        }
    }

    /// The range in the file of the character that starts at byte `index` of
    /// a string's text. Escapes make the two differ.
    pub fn character(&self, file: &str, index: usize) -> Range<usize> {
        let mut at = self.range.start + 1;
        let mut decoded = 0;
        while at < self.range.end {
            let (length, text) = escape(&file[at..]);
            if decoded >= index {
                return at..at + length;
            }
            decoded += text;
            at += length;
        }
        self.range.clone()
    }

    /// The value without ranges.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(b) => Json::Bool(*b),
            Value::Number(n) => serde_json::from_str(n).unwrap_or(Json::Null),
            Value::String(s) => Json::String(s.clone()),
            Value::Array(items) => Json::Array(items.iter().map(Node::to_json).collect()),
            Value::Object(members) => {
                Json::Object(members.iter().map(|(_, k, n)| (k.clone(), n.to_json())).collect())
            }
        }
    }
}

/// Length in the file and in the text of the first character of a literal.
fn escape(literal: &str) -> (usize, usize) {
    let unit = |at: usize| literal.get(at + 2..at + 6).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    let bytes = literal.as_bytes();
    match bytes {
        [b'\\', b'u', ..] => match unit(0) {
            Some(0xD800..=0xDBFF) => (12, 4),
            Some(point) => (6, char::from_u32(point).map_or(3, char::len_utf8)),
            None => (2, 1),
        },
        [b'\\', ..] => (2, 1),
        _ => {
            let length = literal.chars().next().map_or(1, char::len_utf8);
            (length, length)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_behind_escapes() {
        let file = r#"{"a": "一\n\u4e8c\ud840\udc00三"}"#;
        let root = parse(file).unwrap();
        let node = root.get("a").unwrap();
        let text = node.as_str().unwrap();
        let range = node.character(file, text.find('三').unwrap());
        assert_eq!(&file[range], "三");
        assert_eq!(&file[node.character(file, text.find('二').unwrap())], r"\u4e8c");
    }

    #[test]
    fn chinese_marks_are_named() {
        let slip = |text: &str| parse(text).unwrap_err().1;
        assert_eq!(slip(r#"{"a": "b"， "c": "d"}"#), Phrase::FullWidthMark('，'));
        assert_eq!(slip(r#"{"a"： "b"}"#), Phrase::FullWidthMark('：'));
        assert_eq!(slip(r#"{“a”: "b"}"#), Phrase::FullWidthMark('“'));
        assert_eq!(slip(r#"{"a": "b",}"#), Phrase::TrailingComma);
        assert_eq!(slip(r#"{"a": "b" "c": 1}"#), Phrase::ExpectedComma);
        assert_eq!(slip(""), Phrase::Empty);
    }

    #[test]
    fn nearest_walks_down() {
        let root = parse(r#"{"a": [{"b": 1}]}"#).unwrap();
        assert_eq!(root.nearest("a[0].b").value, Value::Number("1".into()));
        assert_eq!(root.nearest("a[0].c").range, 7..15);
        assert_eq!(root.nearest("a[7].c").range, 6..16);
    }
}
