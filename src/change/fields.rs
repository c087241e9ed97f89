//! JSON values compared field by field.

use serde::Serialize;
use serde_json::Value;

/// A field with another value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Edit {
    /// Path such as `article[1]`.
    pub field: String,
    /// What it was; nothing where it was not there.
    pub before: Option<Value>,
    /// What it is; nothing where it is gone.
    pub after: Option<Value>,
}

/// Characters shown around the piece of a text that differs.
const CONTEXT: usize = 8;

impl Edit {
    pub(super) fn new(field: &str, before: Option<Value>, after: Option<Value>) -> Self {
        Self { field: field.into(), before, after }
    }

    /// The two values as people read them: of long texts the piece that
    /// differs, with its neighbours.
    pub fn pieces(&self) -> (String, String) {
        let [before, after] = [&self.before, &self.after].map(|value| plain(value.as_ref()));
        let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
        if self.before.is_none() || self.after.is_none() {
            return (before.into_iter().collect(), after.into_iter().collect());
        }
        let start = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
        let rest = before.len().min(after.len()) - start;
        let pairs = before.iter().rev().zip(after.iter().rev());
        let end = pairs.take(rest).take_while(|(a, b)| a == b).count();
        (piece(&before, start, end), piece(&after, start, end))
    }
}

fn piece(text: &[char], start: usize, end: usize) -> String {
    let (from, to) = (start.saturating_sub(CONTEXT), (text.len() - end + CONTEXT).min(text.len()));
    let inside: String = text[from..to].iter().collect();
    let dots = |cut: bool| if cut { "…" } else { "" };
    format!("{}{inside}{}", dots(from > 0), dots(to < text.len()))
}

fn plain(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}

/// The fields of two values that differ, down to texts and numbers. Entries of
/// lists are matched from both ends, so that one added entry is one edit.
pub(super) fn edits(before: &Value, after: &Value) -> Vec<Edit> {
    let mut found = Vec::new();
    compare("", Some(before), Some(after), &mut found);
    found
}

fn compare(field: &str, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Edit>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let gone = old.keys().filter(|key| !new.contains_key(*key));
            for key in new.keys().chain(gone) {
                let dot = if field.is_empty() { "" } else { "." };
                compare(&format!("{field}{dot}{key}"), old.get(key), new.get(key), found);
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) => {
            let shorter = old.len().min(new.len());
            let start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
            let ends = old.iter().rev().zip(new.iter().rev()).take(shorter - start);
            let end = ends.take_while(|(a, b)| a == b).count();
            let (old, new) = (&old[start..old.len() - end], &new[start..new.len() - end]);
            for i in 0..old.len().max(new.len()) {
                compare(&format!("{field}[{}]", start + i), old.get(i), new.get(i), found);
            }
        }
        _ => found.push(Edit::new(field, before.cloned(), after.cloned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_added_paragraph_is_one_edit() {
        let edits = edits(&json!({"a": ["一", "二"]}), &json!({"a": ["一", "新", "二"]}));
        assert_eq!(edits, [Edit::new("a[1]", None, Some(json!("新")))]);
    }

    #[test]
    fn repeated_entries_do_not_overlap() {
        let edits = edits(&json!(["一", "一"]), &json!(["一", "一", "一"]));
        assert_eq!(edits, [Edit::new("[2]", None, Some(json!("一")))]);
    }

    #[test]
    fn pieces_show_what_differs() {
        let text = |c| Some(json!(format!("推动社区安装车棚{c}个，惠及居民一千多户人家")));
        let edit = Edit::new("article[0]", text("17"), text("18"));
        assert_eq!(edit.pieces().0, "…动社区安装车棚17个，惠及居民一千…");
        assert_eq!(edit.pieces().1, "…动社区安装车棚18个，惠及居民一千…");
        assert_eq!(Edit::new("x", Some(json!("一一")), Some(json!("一一一"))).pieces().1, "一一一");
    }
}
