//! Two edits of one value: merged where they are apart.

use serde_json::{Map, Value as Json};

/// What comes of `base` when one makes it `mine` and another `theirs`; nothing
/// where both changed the same and not alike. A value that is not there is
/// `None`.
pub(super) fn merge(base: Option<&Json>, mine: Option<&Json>, theirs: Option<&Json>) -> Option<Option<Json>> {
    if same(mine, theirs) || same(mine, base) {
        return Some(theirs.cloned());
    }
    if same(theirs, base) {
        return Some(mine.cloned());
    }
    match (base?, mine?, theirs?) {
        (Json::Object(base), Json::Object(mine), Json::Object(theirs)) => {
            Some(Some(Json::Object(objects(base, mine, theirs)?)))
        }
        (Json::Array(base), Json::Array(mine), Json::Array(theirs)) => {
            Some(Some(Json::Array(lists(base, mine, theirs)?)))
        }
        _ => None,
    }
}

/// Whether two values are the same; of numbers their worth counts, not how they
/// are written, since a browser writes 5.0 as 5.
pub(super) fn same(a: Option<&Json>, b: Option<&Json>) -> bool {
    match (a, b) {
        (Some(Json::Number(a)), Some(Json::Number(b))) => a == b || a.as_f64() == b.as_f64(),
        (Some(Json::Array(a)), Some(Json::Array(b))) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(Some(a), Some(b)))
        }
        (Some(Json::Object(a)), Some(Json::Object(b))) => {
            a.len() == b.len() && a.iter().all(|(key, a)| same(Some(a), b.get(key)))
        }
        (a, b) => a == b,
    }
}

type Members = Map<String, Json>;

fn objects(base: &Members, mine: &Members, theirs: &Members) -> Option<Members> {
    let mut merged = Map::new();
    let news = mine.keys().filter(|key| !theirs.contains_key(*key));
    for key in theirs.keys().chain(news) {
        if let Some(value) = merge(base.get(key), mine.get(key), theirs.get(key))? {
            merged.insert(key.clone(), value);
        }
    }
    Some(merged)
}

/// The entries that a list has in place of `from..to` of another.
struct Window<'a> {
    from: usize,
    to: usize,
    entries: &'a [Json],
}

fn window<'a>(base: &[Json], list: &'a [Json]) -> Window<'a> {
    let start = base.iter().zip(list).take_while(|(a, b)| a == b).count();
    let rest = base.len().min(list.len()) - start;
    let end = base.iter().rev().zip(list.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    Window { from: start, to: base.len() - end, entries: &list[start..list.len() - end] }
}

fn lists(base: &[Json], mine: &[Json], theirs: &[Json]) -> Option<Vec<Json>> {
    let (a, b) = (window(base, mine), window(base, theirs));
    let (first, last) = if (a.from, a.to) <= (b.from, b.to) { (a, b) } else { (b, a) };
    // Two entries put in at one place have no order.
    if first.to <= last.from && first.from != last.from {
        let parts =
            [&base[..first.from], first.entries, &base[first.to..last.from], last.entries, &base[last.to..]];
        return Some(parts.concat());
    }
    if base.len() != mine.len() || base.len() != theirs.len() {
        return None;
    }
    // Entries in one place may be different ones, so none is merged within.
    let entries = base.iter().zip(mine.iter().zip(theirs));
    let either = |(base, (mine, theirs)): (&Json, (&Json, &Json))| match (base == mine, base == theirs) {
        (true, _) => Some(theirs.clone()),
        (_, true) => Some(mine.clone()),
        _ => (mine == theirs).then(|| mine.clone()),
    };
    entries.map(either).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn merged(base: Json, mine: Json, theirs: Json) -> Option<Json> {
        let both = merge(Some(&base), Some(&mine), Some(&theirs));
        // Who comes first is no matter, but for the order of new keys.
        let other = merge(Some(&base), Some(&theirs), Some(&mine));
        assert_eq!(both.is_some(), other.is_some());
        both.flatten()
    }

    #[test]
    fn what_is_apart_is_merged() {
        let base = json!({ "a": "一", "b": ["甲", "乙", "丙"], "c": { "d": 1 } });
        let mine = json!({ "a": "二", "b": ["甲", "新", "乙", "丙"], "c": { "d": 1 } });
        let theirs = json!({ "a": "一", "b": ["甲", "乙", "丁"], "c": { "d": 2 } });
        let all = json!({ "a": "二", "b": ["甲", "新", "乙", "丁"], "c": { "d": 2 } });
        assert_eq!(merged(base, mine, theirs), Some(all));
        let list = |text: &str| text.chars().map(String::from).collect::<Json>();
        assert_eq!(merged(list("一二三"), list("甲二三"), list("一二丙")), Some(list("甲二丙")));
        assert_eq!(merged(list("一二三"), list("甲二丙"), list("一乙三")), Some(list("甲乙丙")));
        assert_eq!(merged(list("一二三"), list("二三"), list("一二")), Some(list("二")));
    }

    #[test]
    fn what_is_the_same_is_not() {
        let list = |text: &str| text.chars().map(String::from).collect::<Json>();
        assert_eq!(merged(json!("一"), json!("二"), json!("三")), None);
        assert_eq!(merged(list("一二"), list("一甲二"), list("一乙二")), None);
        assert_eq!(merged(json!({"a": 1}), json!({}), json!({"a": 2})), None);
        let figures = |list: &[(&str, &str)]| -> Json {
            list.iter().map(|(value, label)| json!({ "value": value, "label": label })).collect()
        };
        let (base, mine) = (figures(&[("1", "一"), ("2", "二")]), figures(&[("2", "二"), ("3", "三")]));
        assert_eq!(merged(base, mine, figures(&[("1", "甲"), ("2", "二")])), None);
        assert_eq!(merged(json!({"a": 5.0}), json!({"a": 5}), json!({"a": 5.0})), Some(json!({"a": 5.0})));
        assert_eq!(merge(None, Some(&json!(1)), Some(&json!(2))), None);
        assert_eq!(merge(None, Some(&json!(1)), Some(&json!(1))), Some(Some(json!(1))));
    }
}
