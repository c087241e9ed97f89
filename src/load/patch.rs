//! JSON → the same JSON with other values: what stays keeps every byte, its
//! spaces, escapes, order and line ends; what is new is written as its
//! neighbours are.

mod parts;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use serde_json::Value as Json;

use self::parts::{Part, inner, matched, parts};
use super::node::{Node, Value};

/// A step of indentation where a file shows none.
const STEP: &str = "  ";

/// How a file is written.
struct Manner<'a> {
    step: Cow<'a, str>,
    line_end: &'a str,
}

/// The text of a file whose value is changed to another. `root` is the value
/// that the text has now.
pub fn rewrite(text: &str, root: &Node, wanted: &Json) -> String {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let manner = Manner { step: step(text, root), line_end };
    let (before, after) = (&text[..root.range.start], &text[root.range.end..]);
    format!("{before}{}{after}", manner.value(text, root, wanted, ""))
}

/// A new file, written as another one is; as the tool writes its own where
/// there is none.
pub fn written_like(example: Option<(&str, &Node)>, value: &Json) -> String {
    let line_end = if example.is_some_and(|(text, _)| text.contains("\r\n")) { "\r\n" } else { "\n" };
    let step = example.map_or(Cow::Borrowed(STEP), |(text, root)| step(text, root));
    format!("{}{line_end}", Manner { step, line_end }.fresh(value, ""))
}

/// The step of indentation: what stands before the first key.
fn step<'a>(text: &'a str, root: &Node) -> Cow<'a, str> {
    let first = match &root.value {
        Value::Object(members) => members.first().map(|(key, ..)| key.start),
        Value::Array(items) => items.first().map(|item| item.range.start),
        _ => None,
    };
    let before = first.and_then(|at| text.get(root.range.start + 1..at)).unwrap_or_default();
    match before.rsplit_once('\n') {
        Some((_, step)) if !step.is_empty() => Cow::Borrowed(step),
        _ => Cow::Borrowed(STEP),
    }
}

impl Manner<'_> {
    /// A value that takes the place of a node, at an indentation.
    fn value(&self, text: &str, node: &Node, wanted: &Json, indent: &str) -> String {
        let kept = || text[node.range.clone()].to_owned();
        match (&node.value, wanted) {
            _ if node.to_json() == *wanted => kept(),
            (Value::Array(items), Json::Array(entries)) => self.list(text, node, items, entries, indent),
            (Value::Object(members), Json::Object(entries)) => {
                let keys: Vec<(&str, &Json)> =
                    entries.iter().map(|(key, value)| (key.as_str(), value)).collect();
                self.object(text, node, members, &keys, indent)
            }
            _ => self.fresh(wanted, indent),
        }
    }

    fn list(&self, text: &str, node: &Node, items: &[Node], entries: &[Json], indent: &str) -> String {
        let parts = parts(text, node, &items.iter().map(|item| item.range.clone()).collect::<Vec<_>>());
        let inner = inner(&parts, indent, &self.step);
        let olds: Vec<Json> = items.iter().map(Node::to_json).collect();
        let written = matched(&olds, entries).into_iter().zip(entries).map(|(old, entry)| match old {
            Some(i) => (Some(i), self.value(text, &items[i], entry, &inner)),
            None => (None, self.fresh(entry, &inner)),
        });
        self.joined(text, node, &parts, written.collect(), indent)
    }

    fn object(
        &self,
        text: &str,
        node: &Node,
        members: &[(Range<usize>, String, Node)],
        entries: &[(&str, &Json)],
        indent: &str,
    ) -> String {
        let ranges: Vec<_> = members.iter().map(|(key, _, value)| key.start..value.range.end).collect();
        let parts = parts(text, node, &ranges);
        let inner = inner(&parts, indent, &self.step);
        // Of a key that stands twice the last one counts.
        let places: HashMap<&str, usize> =
            members.iter().enumerate().map(|(i, (_, key, _))| (key.as_str(), i)).collect();
        let place = |key: &str| places.get(key).copied();
        let values: HashMap<&str, &Json> = entries.iter().copied().collect();
        let mut written: Vec<(Option<usize>, String)> = Vec::new();
        for (i, (key, name, value)) in members.iter().enumerate() {
            let Some(wanted) = values.get(name.as_str()) else { continue };
            let kept = if place(name) == Some(i) {
                self.value(text, value, wanted, &inner)
            } else {
                text[value.range.clone()].to_owned()
            };
            written.push((Some(i), format!("{}{kept}", &text[key.start..value.range.start])));
        }
        let mut after = 0;
        for (key, value) in entries {
            if let Some(i) = place(key) {
                // What stands in order is passed one by one.
                let next = written[after.min(written.len())..].iter().position(|(old, _)| *old == Some(i));
                let at = next
                    .map(|next| after + next)
                    .or_else(|| written.iter().position(|(old, _)| *old == Some(i)));
                after = at.map_or(after, |at| at + 1);
                continue;
            }
            let member = format!("{}: {}", Json::from(*key), self.fresh(value, &inner));
            written.insert(after, (None, member));
            after += 1;
        }
        self.joined(text, node, &parts, written, indent)
    }

    /// The parts of a list or object between its brackets.
    fn joined(
        &self,
        text: &str,
        node: &Node,
        parts: &[Part],
        written: Vec<(Option<usize>, String)>,
        indent: &str,
    ) -> String {
        let (open, close) =
            (&text[node.range.start..=node.range.start], &text[node.range.end - 1..node.range.end]);
        if written.is_empty() {
            return format!("{open}{close}");
        }
        let on_lines =
            parts.first().map_or(written.len() > 1 || written[0].1.contains('\n'), |p| p.lead.contains('\n'));
        let own = format!("{}{indent}{}", self.line_end, self.step);
        let first = parts.first().map_or(if on_lines { own.as_str() } else { "" }, |part| part.lead);
        let further = match parts.get(1) {
            Some(part) => part.lead,
            None if on_lines => first,
            None => " ",
        };
        let last = match parts.last() {
            Some(part) => part.tail.to_owned(),
            None if on_lines => format!("{}{indent}", self.line_end),
            None => String::new(),
        };
        let count = written.len();
        let mut out = open.to_owned();
        for (at, (old, part)) in written.into_iter().enumerate() {
            let own = old.map(|i| (i, &parts[i]));
            out += match own {
                _ if at == 0 => first,
                Some((i, part)) if i > 0 => part.lead,
                _ => further,
            };
            out += &part;
            if at + 1 < count {
                // What stands before the last bracket is not of the last entry.
                out += own.filter(|(i, _)| i + 1 < parts.len()).map_or("", |(_, part)| part.tail);
                out.push(',');
            }
        }
        out + &last + close
    }

    /// A value of which nothing was there.
    fn fresh(&self, value: &Json, indent: &str) -> String {
        let inner = format!("{indent}{}", self.step);
        let between = |parts: Vec<String>, open: char, close: char| {
            let line = format!("{}{inner}", self.line_end);
            let parts = parts.join(&format!(",{line}"));
            format!("{open}{line}{parts}{}{indent}{close}", self.line_end)
        };
        match value {
            Json::Array(items) if items.iter().all(Json::is_number) && !items.is_empty() => {
                let items: Vec<String> = items.iter().map(ToString::to_string).collect();
                format!("[{}]", items.join(", "))
            }
            Json::Array(items) if !items.is_empty() => {
                between(items.iter().map(|item| self.fresh(item, &inner)).collect(), '[', ']')
            }
            Json::Object(members) if !members.is_empty() => {
                let member = |(key, value): (&String, &Json)| {
                    format!("{}: {}", Json::from(key.as_str()), self.fresh(value, &inner))
                };
                between(members.iter().map(member).collect(), '{', '}')
            }
            other => other.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::parse;
    use super::*;

    fn patched(text: &str, change: impl FnOnce(&mut Json)) -> String {
        let root = parse(text).expect("JSON");
        let mut value = root.to_json();
        change(&mut value);
        let out = rewrite(text, &root, &value);
        assert_eq!(parse(&out).expect("JSON").to_json(), value, "{out}");
        out
    }

    #[test]
    fn only_the_value_changes() {
        let odd =
            "\u{FEFF}{ \"a\" :\t\"\\u4e00\",\r\n\r\n   \"$comment\":\"x\\/y\" , \"b\":[1 , 2,\r\n3] }\r\n";
        assert_eq!(patched(odd, |v| v["a"] = "二".into()), odd.replace("\\u4e00", "二"));
        assert_eq!(patched(odd, |v| v["b"][1] = 7.into()), odd.replace(" 2,", " 7,"));
        assert_eq!(patched(odd, |_| {}), odd);
    }

    #[test]
    fn entries_come_go_and_move() {
        let text = "{\n  \"l\": [\n    \"一\",\n    \"二\"\n  ],\n  \"o\": {}\n}\n";
        let list = |new: &[&str]| patched(text, |v| v["l"] = new.iter().copied().collect());
        assert_eq!(list(&["一", "新", "二"]), text.replace("\"一\",", "\"一\",\n    \"新\","));
        assert_eq!(list(&["二"]), text.replace("    \"一\",\n", ""));
        assert_eq!(list(&["二", "一"]), text.replace("\"一\",\n    \"二\"", "\"二\",\n    \"一\""));
        assert_eq!(list(&[]), text.replace("[\n    \"一\",\n    \"二\"\n  ]", "[]"));
        let member = patched(text, |v| v["o"] = serde_json::json!({ "k": ["v"] }));
        assert_eq!(member, text.replace("{}", "{\n    \"k\": [\n      \"v\"\n    ]\n  }"));
        let inline = "{\"a\": [\"一\", \"二\"]}";
        assert_eq!(
            patched(inline, |v| v["a"] = ["二", "三", "四"].into_iter().collect()),
            "{\"a\": [\"二\", \"三\", \"四\"]}"
        );
    }

    #[test]
    fn new_files_look_like_the_others() {
        let example = "{\r\n\t\"a\": 1\r\n}";
        let root = parse(example).expect("JSON");
        let value = serde_json::json!({ "b": [0.5, 0.35], "c": [] });
        let like = written_like(Some((example, &root)), &value);
        assert_eq!(like, "{\r\n\t\"b\": [0.5, 0.35],\r\n\t\"c\": []\r\n}\r\n");
    }
}
