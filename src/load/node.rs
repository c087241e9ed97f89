//! JSON values with the places they stand at.

use std::collections::HashSet;
use std::ops::Range;

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
                let mut seen = HashSet::new();
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
        self.values(|value| matches!(value, Value::String(_)))
    }

    /// Every number below, with its path.
    pub(crate) fn numbers(&self) -> Vec<(String, &Node)> {
        self.values(|value| matches!(value, Value::Number(_)))
    }

    fn values(&self, wanted: fn(&Value) -> bool) -> Vec<(String, &Node)> {
        let mut found = Vec::new();
        self.collect(String::new(), wanted, &mut found);
        found
    }

    fn collect<'a>(&'a self, path: String, wanted: fn(&Value) -> bool, found: &mut Vec<(String, &'a Node)>) {
        match &self.value {
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    item.collect(format!("{path}[{i}]"), wanted, found);
                }
            }
            Value::Object(members) => {
                for (_, key, node) in members {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    node.collect(path, wanted, found);
                }
            }
            value if wanted(value) => found.push((path, self)),
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
    use super::super::json::parse;
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
    fn nearest_walks_down() {
        let root = parse(r#"{"a": [{"b": 1}]}"#).unwrap();
        assert_eq!(root.nearest("a[0].b").value, Value::Number("1".into()));
        assert_eq!(root.nearest("a[0].c").range, 7..15);
        assert_eq!(root.nearest("a[7].c").range, 6..16);
    }
}
