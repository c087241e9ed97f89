//! What an act does to files, step by step: each says what it found and what it
//! left, so that it can be merged with another's edit and undone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::merge::merge;
use super::refusal::Refusal;
use crate::load::{self, Document, Node, rewrite, written_like};
use crate::project::Project;

/// A change of one file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Step {
    /// Of a member at the top of a JSON file.
    Field {
        /// Path below the project.
        file: String,
        /// Its key.
        field: String,
        /// Its value before; none where it was not there.
        before: Option<Json>,
        /// Its value after.
        after: Option<Json>,
    },
    /// Of a file as a whole.
    Whole {
        /// Path below the project.
        file: String,
        /// Its text before; none where it was not there.
        before: Option<String>,
        /// Its text after.
        after: Option<String>,
    },
}

impl Step {
    /// The file it changes.
    pub(super) fn file(&self) -> &str {
        match self {
            Self::Field { file, .. } | Self::Whole { file, .. } => file,
        }
    }

    /// The other way round.
    pub(super) fn reversed(&self) -> Self {
        match self.clone() {
            Self::Field { file, field, before, after } => {
                Self::Field { file, field, before: after, after: before }
            }
            Self::Whole { file, before, after } => Self::Whole { file, before: after, after: before },
        }
    }

    fn is_nothing(&self) -> bool {
        match self {
            Self::Field { before, after, .. } => before == after,
            Self::Whole { before, after, .. } => before == after,
        }
    }
}

/// What steps come to with the files as they are now.
pub(super) struct Applied {
    /// Texts by path; none for a file that goes away.
    pub(super) files: BTreeMap<String, Option<String>>,
    /// What was really done.
    pub(super) steps: Vec<Step>,
    /// Whether somebody else's edit was there and was kept.
    pub(super) merged: bool,
}

/// Works out what steps come to.
pub(super) fn apply(project: &Project, steps: &[Step]) -> Result<Applied, Refusal> {
    let mut applied = Applied { files: BTreeMap::new(), steps: vec![], merged: false };
    for step in steps {
        let file = step.file();
        if !may_write(file) {
            return Err(Refusal::Forbidden(file.into()));
        }
        let now = match applied.files.get(file) {
            Some(text) => text.clone(),
            None => read(project, file)?,
        };
        let (text, done) = match step {
            Step::Whole { file, before, after } => {
                if now != *before && now != *after {
                    return Err(Refusal::Changed(file.clone()));
                }
                (after.clone(), Step::Whole { file: file.clone(), before: now, after: after.clone() })
            }
            Step::Field { field, before, after, .. } => {
                let text = now.ok_or_else(|| Refusal::Gone(file.into()))?;
                let (text, was, is) = set(project, file, &text, field, before.as_ref(), after.as_ref())?;
                applied.merged |= was != *before && was != *after;
                let (file, field) = (file.to_owned(), field.clone());
                (Some(text), Step::Field { file, field, before: was, after: is })
            }
        };
        applied.files.insert(file.into(), text);
        if !done.is_nothing() {
            applied.steps.push(done);
        }
    }
    let steps = &applied.steps;
    applied.files.retain(|file, _| steps.iter().any(|step| step.file() == file));
    Ok(applied)
}

/// A text with another value of a member, what the member was, what it is.
fn set(
    project: &Project,
    file: &str,
    text: &str,
    field: &str,
    before: Option<&Json>,
    after: Option<&Json>,
) -> Result<(String, Option<Json>, Option<Json>), Refusal> {
    let document = parsed(file, text)?;
    let root = document.root.as_ref().ok_or_else(|| Refusal::Gone(file.into()))?;
    let Json::Object(mut value) = root.to_json() else { return Err(Refusal::Gone(file.into())) };
    let was = value.get(field).cloned();
    let conflict = || Refusal::Conflict { file: file.into(), field: field.into(), theirs: was.clone() };
    let is = merge(before, after, was.as_ref()).ok_or_else(conflict)?;
    match &is {
        Some(is) => put(&mut value, field, is.clone(), file),
        None => drop(value.shift_remove(field)),
    }
    let wanted = Json::Object(value);
    // An object with nothing in it has no way of writing of its own.
    let empty = matches!(root.to_json(), Json::Object(members) if members.is_empty());
    let text = if empty { fresh(project, &wanted) } else { rewrite(text, root, &wanted) };
    Ok((text, was, is))
}

/// The order in which members of a person's file stand.
const MEMBERS: [&str; 12] = [
    "$schema", "$comment", "name", "headline", "post", "photo", "photos", "quote", "figures", "article",
    "honours", "extra",
];

/// Puts a member where it belongs: a new one of a person behind those that
/// stand before it in the schema, another at the end.
fn put(value: &mut Map<String, Json>, field: &str, is: Json, file: &str) {
    let place = MEMBERS.iter().position(|member| *member == field);
    let Some(place) = place.filter(|_| file.starts_with("data/profiles/") && !value.contains_key(field))
    else {
        value.insert(field.into(), is);
        return;
    };
    let before = |key: &String| MEMBERS.iter().position(|member| member == key).is_some_and(|at| at < place);
    let at = value.keys().rposition(before).map_or(0, |at| at + 1);
    let mut members: Vec<(String, Json)> = std::mem::take(value).into_iter().collect();
    members.insert(at, (field.into(), is));
    value.extend(members);
}

/// A new data file, written as the booklet is.
pub(super) fn fresh(project: &Project, value: &Json) -> String {
    let example = project.read("data/booklet.json").ok();
    let example = example.and_then(|bytes| parsed_bytes("data/booklet.json", &bytes).ok());
    let like = example.as_ref().and_then(|document| Some((&*document.text, document.root.as_ref()?)));
    written_like(like, value)
}

/// The text of a file; none where it is not there.
pub(super) fn read(project: &Project, file: &str) -> Result<Option<String>, Refusal> {
    match project.read(file) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| Refusal::NotText(file.into())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Refusal::Unreadable(file.into(), error)),
    }
}

/// A data file whose syntax is right.
pub(super) fn parsed(file: &str, text: &str) -> Result<Document, Refusal> {
    parsed_bytes(file, text.as_bytes())
}

fn parsed_bytes(file: &str, bytes: &[u8]) -> Result<Document, Refusal> {
    let mut found = Vec::new();
    let document = load::parse(file, bytes, &mut found);
    match (document.root.is_some(), found.into_iter().next()) {
        (true, _) => Ok(document),
        (false, Some(finding)) => Err(Refusal::Broken(Box::new(finding))),
        (false, None) => Err(Refusal::Gone(file.into())),
    }
}

/// The value of a member of a document.
pub(super) fn member(document: &Document, field: &str) -> Option<Json> {
    document.root.as_ref()?.get(field).map(Node::to_json)
}

/// Where persons who were withdrawn are kept.
pub(super) const WITHDRAWN: &str = "data/profiles/withdrawn";

/// The data files that an act may change: the whole list.
pub(super) fn may_write(file: &str) -> bool {
    let named = |folder: &str| {
        let name = file.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')?.strip_suffix(".json"));
        name.is_some_and(is_id)
    };
    matches!(file, "data/booklet.json" | "data/press.json") || named("data/profiles") || named(WITHDRAWN)
}

/// Whether a word can name a person's file on every system.
pub(super) fn is_id(id: &str) -> bool {
    let plain = |c: char| !c.is_control() && !"/\\<>:\"|?*".contains(c);
    (1..=80).contains(&id.chars().count())
        && !id.starts_with(['.', '~', ' ', '_'])
        && !id.ends_with(['.', ' '])
        && id.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_data_may_be_written() {
        for file in [
            "data/booklet.json",
            "data/press.json",
            "data/profiles/王琦.json",
            "data/profiles/withdrawn/a.json",
        ] {
            assert!(may_write(file), "{file}");
        }
        for file in [
            "templates/spread/main.typ",
            "data/profiles/../booklet.json",
            "data/profiles/a/b.json",
            "data/profiles/.json",
            "data/profiles/..json",
            "data/approvals/a.json",
            "data/profile.schema.json",
            "/etc/passwd",
            "out/manifest.json",
            "",
        ] {
            assert!(!may_write(file), "{file}");
        }
    }

    #[test]
    fn a_new_member_stands_where_it_belongs() {
        let mut value: Map<String, Json> =
            serde_json::from_str(r#"{"name": "甲", "headline": [], "article": [], "honours": {}}"#).unwrap();
        put(&mut value, "quote", "话".into(), "data/profiles/a.json");
        put(&mut value, "$comment", "注".into(), "data/profiles/a.json");
        put(&mut value, "unknown", 1.into(), "data/profiles/a.json");
        let keys: Vec<&String> = value.keys().collect();
        assert_eq!(keys, ["$comment", "name", "headline", "quote", "article", "honours", "unknown"]);
    }
}
