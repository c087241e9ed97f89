//! Who is in the book, in which order, and who was withdrawn.

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::desk::{Act, Desk, Done};
use super::paths::{ASIDE, WITHDRAWN, is_id, profile};
use super::photos;
use super::refusal::Refusal;
use super::steps::{self, Step};
use crate::project::Project;

const BOOKLET: &str = "data/booklet.json";

/// Somebody who was withdrawn.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Withdrawn {
    id: String,
    name: String,
}

/// Those who were withdrawn.
pub(super) fn withdrawn(project: &Project) -> Vec<Withdrawn> {
    let names = project.list(WITHDRAWN, ".json").unwrap_or_default();
    let read = |file: &String| {
        let id = file.strip_suffix(".json")?.to_owned();
        let path = path_in(WITHDRAWN, &id);
        let text = steps::read(project, &path).ok()??;
        let name = steps::parsed(&path, &text).ok().and_then(|document| steps::member(&document, "name"));
        let name = name.and_then(|name| Some(name.as_str()?.to_owned())).unwrap_or_else(|| id.clone());
        Some(Withdrawn { id, name })
    };
    names.iter().filter_map(read).collect()
}

fn path_in(folder: &str, id: &str) -> String {
    format!("{folder}/{id}.json")
}

/// Puts the persons in another order than the one that was seen.
pub(super) fn reorder(
    desk: &mut Desk,
    before: Vec<String>,
    after: Vec<String>,
    by: String,
    at: i64,
) -> Result<Done, Refusal> {
    let sorted = |list: &[String]| {
        let mut list = list.to_vec();
        list.sort();
        list
    };
    if sorted(&before) != sorted(&after) {
        return Err(Refusal::Changed(BOOKLET.into()));
    }
    let steps = vec![ordered(before, after)];
    desk.act(Act { name: "order", person: None, by, at, steps, files: vec![] })
}

/// Adds somebody of whom only the name is known.
pub(super) fn add(desk: &mut Desk, name: &str, by: String, at: i64) -> Result<(String, Done), Refusal> {
    let name = name.trim();
    if name.chars().count() < 2 || !is_id(name) {
        return Err(Refusal::NoName);
    }
    let project = desk.project();
    let id = free(&project, "data/profiles", name)?;
    let value = json!({
        "$schema": "../profile.schema.json",
        "name": name,
        "headline": [""],
        "post": { "role": "" },
        "article": [""],
    });
    let before = order(&project)?;
    let after = before.iter().cloned().chain([id.clone()]).collect();
    let text = steps::fresh(&project, &value);
    let steps =
        vec![Step::Whole { file: profile(&id), before: None, after: Some(text) }, ordered(before, after)];
    let act = Act { name: "add", person: Some(id.clone()), by, at, steps, files: vec![] };
    Ok((id, desk.act(act)?))
}

/// Takes somebody out of the book; the file is kept aside.
pub(super) fn withdraw(desk: &mut Desk, id: &str, by: String, at: i64) -> Result<Done, Refusal> {
    if !is_id(id) {
        return Err(Refusal::Gone(id.into()));
    }
    let project = desk.project();
    let before = order(&project)?;
    let after: Vec<String> = before.iter().filter(|known| *known != id).cloned().collect();
    let aside = path_in(WITHDRAWN, &free(&project, WITHDRAWN, id)?);
    let mut steps = moved(&project, &profile(id), &aside)?;
    steps.extend(
        portrait(&project, &profile(id)).and_then(|photo| photos::aside(&project, &profile(id), &photo)),
    );
    steps.push(ordered(before, after));
    desk.act(Act { name: "withdraw", person: Some(id.into()), by, at, steps, files: vec![] })
}

/// Brings somebody back, at the end of the book.
pub(super) fn restore(desk: &mut Desk, id: &str, by: String, at: i64) -> Result<(String, Done), Refusal> {
    let project = desk.project();
    if !is_id(id) {
        return Err(Refusal::Gone(id.into()));
    }
    let back = free(&project, "data/profiles", id)?;
    let before = order(&project)?;
    let after = before.iter().cloned().chain([back.clone()]).collect();
    let mut steps = moved(&project, &path_in(WITHDRAWN, id), &profile(&back))?;
    let photo = portrait(&project, &path_in(WITHDRAWN, id));
    let name = photo.as_deref().and_then(|photo| photo.strip_prefix("photos/"));
    steps.extend(
        name.map(|name| Step::Moved { file: format!("{ASIDE}/{name}"), to: format!("data/photos/{name}") }),
    );
    steps.push(ordered(before, after));
    let act = Act { name: "restore", person: Some(back.clone()), by, at, steps, files: vec![] };
    Ok((back, desk.act(act)?))
}

/// The portrait that a person's file names, below `data/`.
fn portrait(project: &Project, file: &str) -> Option<String> {
    let text = steps::read(project, file).ok()??;
    let photo = steps::member(&steps::parsed(file, &text).ok()?, "photo")?;
    Some(photo.get("file")?.as_str()?.to_owned())
}

/// The steps that move a file.
fn moved(project: &Project, from: &str, to: &str) -> Result<Vec<Step>, Refusal> {
    let text = steps::read(project, from)?.ok_or_else(|| Refusal::Gone(from.into()))?;
    Ok(vec![
        Step::Whole { file: to.into(), before: None, after: Some(text.clone()) },
        Step::Whole { file: from.into(), before: Some(text), after: None },
    ])
}

/// A name like the wanted one that no file in a folder has.
fn free(project: &Project, folder: &str, wanted: &str) -> Result<String, Refusal> {
    let unreadable = |error| Refusal::Unreadable(folder.into(), error);
    let known = project.list(folder, ".json").map_err(unreadable)?;
    let known: Vec<String> = known.iter().map(|name| name.to_lowercase()).collect();
    let names = std::iter::once(wanted.to_owned()).chain((2..10_000).map(|n| format!("{wanted}-{n}")));
    let free = |id: &String| !known.contains(&format!("{}.json", id.to_lowercase()));
    names.into_iter().find(free).ok_or_else(|| Refusal::Taken(wanted.into()))
}

/// The persons in the book's order.
fn order(project: &Project) -> Result<Vec<String>, Refusal> {
    let text = steps::read(project, BOOKLET)?.ok_or_else(|| Refusal::Gone(BOOKLET.into()))?;
    let order = steps::member(&steps::parsed(BOOKLET, &text)?, "order");
    let ids = order.as_ref().and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    Ok(ids.iter().filter_map(|id| Some(id.as_str()?.to_owned())).collect())
}

fn ordered(before: Vec<String>, after: Vec<String>) -> Step {
    let (before, after) = (Some(before.into()), Some(after.into()));
    Step::Field { file: BOOKLET.into(), field: "order".into(), before, after, gone: None }
}
