//! Fields of a person in the data, by the parts that change as one.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::super::{Field, Person};
use crate::documents::Spot;

/// The parts that change as one, in the order of the data.
pub(super) const GROUPS: [&str; 12] = [
    "name",
    "headline",
    "post.district",
    "post.street",
    "post.community",
    "post.role",
    "photo",
    "quote",
    "figures",
    "article",
    "honours.community",
    "honours.personal",
];
/// The same, for whoever writes them out.
pub const FIELDS_OF_PERSONS: &[&str] = &GROUPS;
/// Order of the keys in a profile, in a booklet, and in what they hold.
const ORDER: [&str; 26] = [
    "$schema",
    "$comment",
    "name",
    "headline",
    "post",
    "district",
    "street",
    "community",
    "personal",
    "role",
    "photo",
    "quote",
    "figures",
    "article",
    "honours",
    "language",
    "series",
    "title",
    "subtitle",
    "order",
    "template",
    "setting",
    "date",
    "source",
    "districts",
    "facts",
];

/// The fields of a part.
pub(super) fn fields(group: &str) -> Vec<Field> {
    Field::ALL.into_iter().filter(|field| field.group() == group).collect()
}

/// The value that a person has for a part.
pub(in crate::intake) fn value_of(person: &Person, group: &str) -> Option<Json> {
    if group == "figures" {
        let [values, labels, evidence] =
            [Field::Value, Field::Label, Field::Evidence].map(|field| person.texts(field));
        let all = values.iter().zip(&labels).zip(&evidence);
        let figures: Vec<Json> = all
            .map(|((value, label), evidence)| serde_json::json!({ "value": value, "label": label, "evidence": evidence }))
            .collect();
        return (!figures.is_empty()).then_some(Json::Array(figures));
    }
    let field = *fields(group).first()?;
    let texts = person.texts(field);
    let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    match (field.is_list(), texts.first()) {
        (_, None) => None,
        (true, _) => Some(texts.into_iter().map(Json::from).collect()),
        (false, Some(text)) => Some(Json::from(*text)),
    }
}

/// What takes the place of a part that was taken out; nothing for what every
/// person has.
pub(super) fn nothing(group: &str) -> Option<Json> {
    match group {
        "figures" | "honours.community" | "honours.personal" => Some(Json::Array(vec![])),
        "quote" => Some(Json::Null),
        _ => None,
    }
}

/// The value at a path of keys.
pub(super) fn at<'v>(value: &'v Json, path: &str) -> Option<&'v Json> {
    path.split('.').try_fold(value, |value, key| value.get(key))
}

/// Puts a value at a path of keys; `null` takes it away.
pub(super) fn put(value: &mut Json, path: &str, wanted: Json) {
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    if !value.is_object() {
        *value = Json::Object(Map::new());
    }
    let Json::Object(map) = value else { return };
    match (rest, wanted) {
        (Some(rest), wanted) => {
            let mut inner = map.get(key).cloned().unwrap_or_else(|| Json::Object(Map::new()));
            put(&mut inner, rest, wanted);
            insert(map, key, inner);
        }
        (None, Json::Null) => drop(map.shift_remove(key)),
        (None, wanted) => insert(map, key, wanted),
    }
}

/// Puts a member where it belongs in the order of the data.
fn insert(map: &mut Map<String, Json>, key: &str, value: Json) {
    if let Some(there) = map.get_mut(key) {
        *there = value;
        return;
    }
    let rank = |key: &str| ORDER.iter().position(|known| *known == key).unwrap_or(ORDER.len());
    let before = map.keys().rposition(|known| rank(known) <= rank(key)).map_or(0, |at| at + 1);
    map.shift_insert(before, key.to_owned(), value);
}

/// Where each entry of a person stood, by its path in the data.
pub(super) fn names_of(person: &Person) -> BTreeMap<String, (String, Spot)> {
    let mut places = BTreeMap::new();
    for (field, found) in &person.fields {
        // A photo tells of nothing but itself.
        if *field != Field::Photo && found.iter().all(|found| found.place.spot == Spot::Whole) {
            continue;
        }
        for (i, entry) in found.iter().enumerate() {
            let path = field.path().replace('#', &i.to_string());
            places.insert(path, (entry.place.file.clone(), entry.place.spot.clone()));
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_go_where_they_belong() {
        let mut value = serde_json::json!({ "$schema": "x", "name": "王洋", "article": ["一。"], "own": 1 });
        put(&mut value, "post.role", "书记".into());
        put(&mut value, "post.district", "河西区".into());
        put(&mut value, "quote", "好".into());
        assert_eq!(
            value.to_string(),
            r#"{"$schema":"x","name":"王洋","post":{"district":"河西区","role":"书记"},"quote":"好","article":["一。"],"own":1}"#
        );
        put(&mut value, "quote", Json::Null);
        assert!(value.get("quote").is_none());
    }
}
