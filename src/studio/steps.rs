//! What an act does to files, step by step: each says what it found and what it
//! left, so that it can be merged with another's edit and undone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::merge::{merge, same};
use super::paths::{OF_IMPORTS, is_photo, may_write};
use super::refusal::Refusal;
use crate::load::{self, Document, Node, rewrite, written_like};
use crate::project::Project;

/// How a member stood that was taken out, so that it comes back to the byte.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Gone {
    /// Its value, as it was written.
    written: String,
    /// The member before which it stood.
    next: Option<String>,
}

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
        /// How it stood there, where it was taken out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        gone: Option<Gone>,
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
    /// A photo that is kept elsewhere.
    Moved {
        /// Where it was, below the project.
        file: String,
        /// Where it is.
        to: String,
    },
}

impl Step {
    /// The file it changes.
    pub(super) fn file(&self) -> &str {
        match self {
            Self::Field { file, .. } | Self::Whole { file, .. } | Self::Moved { file, .. } => file,
        }
    }

    /// The other way round.
    pub(super) fn reversed(&self) -> Self {
        match self.clone() {
            Self::Field { file, field, before, after, gone } => {
                Self::Field { file, field, before: after, after: before, gone }
            }
            Self::Whole { file, before, after } => Self::Whole { file, before: after, after: before },
            Self::Moved { file, to } => Self::Moved { file: to, to: file },
        }
    }

    /// Whether the file had another value than was thought, and not yet the new
    /// one.
    fn differs_from(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::Field { before: was, .. }, Self::Field { before, after, .. }) => {
                !same(was.as_ref(), before.as_ref()) && !same(was.as_ref(), after.as_ref())
            }
            _ => false,
        }
    }

    fn is_nothing(&self) -> bool {
        match self {
            Self::Field { before, after, .. } => before == after,
            Self::Whole { before, after, .. } => before == after,
            Self::Moved { file, to } => file == to,
        }
    }
}

/// What steps come to with the files as they are now.
pub(super) struct Applied {
    /// Texts by path; none for a file that goes away.
    pub(super) files: BTreeMap<String, Option<String>>,
    /// The texts that this was worked out from.
    pub(super) seen: BTreeMap<String, Option<String>>,
    /// Photos that go elsewhere: from and to.
    pub(super) moved: Vec<(String, String)>,
    /// What was really done.
    pub(super) steps: Vec<Step>,
    /// Whether somebody else's edit was there and was kept.
    pub(super) merged: bool,
}

/// Works out what steps come to.
pub(super) fn apply(project: &Project, steps: &[Step]) -> Result<Applied, Refusal> {
    let (files, seen) = (BTreeMap::new(), BTreeMap::new());
    let mut applied = Applied { files, seen, moved: vec![], steps: vec![], merged: false };
    for step in steps {
        let file = step.file();
        if let Step::Moved { to, .. } = step {
            if !is_photo(file) || !is_photo(to) {
                return Err(Refusal::Forbidden(file.into()));
            }
            // Somebody may have moved it, or thrown it away.
            if project.identify(file).is_ok() && project.identify(to).is_err() {
                applied.moved.push((file.into(), to.clone()));
                applied.steps.push(step.clone());
            }
            continue;
        }
        let kept = matches!(step, Step::Whole { .. }) && OF_IMPORTS.contains(&file);
        if !may_write(file) && !kept {
            return Err(Refusal::Forbidden(file.into()));
        }
        let now = match applied.files.get(file) {
            Some(text) => text.clone(),
            None => {
                let text = read(project, file)?;
                applied.seen.insert(file.into(), text.clone());
                text
            }
        };
        let (text, done) = match step {
            Step::Whole { file, before, after } => {
                if now != *before && now != *after {
                    return Err(Refusal::Changed(file.clone()));
                }
                (after.clone(), Step::Whole { file: file.clone(), before: now, after: after.clone() })
            }
            Step::Field { field, .. } => {
                let text = now.ok_or_else(|| Refusal::Gone(file.into()))?;
                let (text, done) = set(project, file, &text, field, step)?;
                applied.merged |= done.differs_from(step);
                (Some(text), done)
            }
            Step::Moved { .. } => continue,
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

/// A text with another value of a member, and what was really done.
fn set(
    project: &Project,
    file: &str,
    text: &str,
    field: &str,
    step: &Step,
) -> Result<(String, Step), Refusal> {
    let Step::Field { before, after, gone, .. } = step else { return Err(Refusal::Gone(file.into())) };
    let document = parsed(file, text)?;
    let root = document.root.as_ref().ok_or_else(|| Refusal::Gone(file.into()))?;
    let Json::Object(mut value) = root.to_json() else { return Err(Refusal::Gone(file.into())) };
    // A member that says nothing is as good as none.
    let was = value.get(field).filter(|was| !was.is_null()).cloned();
    let conflict = || Refusal::Conflict { file: file.into(), field: field.into(), theirs: was.clone() };
    let is = merge(before.as_ref(), after.as_ref(), was.as_ref()).ok_or_else(conflict)?;
    let stood = root.get(field).filter(|_| is.is_none()).map(|node| Gone {
        written: text.get(node.range.clone()).unwrap_or_default().to_owned(),
        next: value.keys().skip_while(|key| *key != field).nth(1).cloned(),
    });
    let gone = stood.or_else(|| gone.clone());
    match &is {
        Some(is) => {
            let next = gone.as_ref().and_then(|gone| gone.next.as_deref());
            put(&mut value, field, is.clone(), next, file);
        }
        None => drop(value.shift_remove(field)),
    }
    let wanted = Json::Object(value);
    // An object with nothing in it has no way of writing of its own.
    let empty = matches!(root.to_json(), Json::Object(members) if members.is_empty());
    let mut text = if empty { fresh(project, &wanted) } else { rewrite(text, root, &wanted) };
    if let (None, Some(gone)) = (&was, &gone) {
        as_it_was(&mut text, file, field, gone);
    }
    let (file, field) = (file.to_owned(), field.to_owned());
    Ok((text, Step::Field { file, field, before: was, after: is, gone }))
}

/// Writes a member that came back as it was written before.
fn as_it_was(text: &mut String, file: &str, field: &str, gone: &Gone) {
    let Ok(document) = parsed(file, text) else { return };
    let Some(node) = document.root.as_ref().and_then(|root| root.get(field)) else { return };
    let same = serde_json::from_str::<Json>(&gone.written).is_ok_and(|was| was == node.to_json());
    if same {
        text.replace_range(node.range.clone(), &gone.written);
    }
}

/// The order in which members of a person's file stand.
const MEMBERS: [&str; 12] = [
    "$schema", "$comment", "name", "headline", "post", "photo", "photos", "quote", "figures", "article",
    "honours", "extra",
];

/// Puts a member where it belongs: before the one that it stood before, a new
/// one of a person behind those that stand before it in the schema, another at
/// the end.
fn put(value: &mut Map<String, Json>, field: &str, is: Json, next: Option<&str>, file: &str) {
    let stood = next.and_then(|next| value.keys().position(|key| key == next));
    let place = MEMBERS.iter().position(|member| *member == field);
    let place = place.filter(|_| file.starts_with("data/profiles/"));
    let before = |key: &String| {
        let at = MEMBERS.iter().position(|member| member == key);
        at.zip(place).is_some_and(|(at, place)| at < place)
    };
    let belongs = place.map(|_| value.keys().rposition(before).map_or(0, |at| at + 1));
    let Some(at) = stood.or(belongs).filter(|_| !value.contains_key(field)) else {
        value.insert(field.into(), is);
        return;
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_member_stands_where_it_belongs() {
        let mut value: Map<String, Json> =
            serde_json::from_str(r#"{"name": "甲", "headline": [], "article": [], "honours": {}}"#).unwrap();
        put(&mut value, "quote", "话".into(), None, "data/profiles/a.json");
        put(&mut value, "$comment", "注".into(), None, "data/profiles/a.json");
        put(&mut value, "unknown", 1.into(), None, "data/profiles/a.json");
        put(&mut value, "x", 1.into(), Some("unknown"), "data/booklet.json");
        let keys: Vec<&String> = value.keys().collect();
        assert_eq!(keys, ["$comment", "name", "headline", "quote", "article", "honours", "x", "unknown"]);
    }
}
