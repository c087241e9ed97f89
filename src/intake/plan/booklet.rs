//! The booklet: titles, the order of the persons, the delivered texts.

use serde_json::Value as Json;

use super::super::doubt::{Ask, Doubt};
use super::super::record::print;
use super::super::{Found, Understood};
use super::fields::{at, put};
use super::sides::{Side, Sides};
use super::{Change, Choices, Current, Plan, Source, file_name};
use crate::catalogue::Lang;
use crate::load::{Document, Node, rewrite, written_like};
use crate::starter::{SERIES_TO_COME, TITLE_TO_COME};

/// Lays titles, order and sources over the booklet.
#[allow(clippy::too_many_arguments, reason = "both sides of the booklet")]
pub(super) fn lay_over(
    plan: &mut Plan,
    understood: &Understood,
    current: Current,
    choices: &Choices,
    ids: &[String],
    gone: &[String],
    sources: &[Source],
    lang: Lang,
) {
    let root = current.booklet.and_then(|booklet| booklet.root.as_ref());
    let odd = |key: &str, one: bool| {
        let node = root.and_then(|root| root.get(key)).map(Node::to_json);
        let list = |value: &Json| value.as_array().is_some_and(|list| list.iter().all(Json::is_string));
        node.is_some_and(|value| !(list(&value) || one && value.is_string()))
    };
    if let Some(broken) =
        current.booklet.filter(|_| root.is_none() || odd("order", false) || odd("source", true))
    {
        plan.unreadable.push(broken.path.clone());
        return;
    }
    let before = root.map(Node::to_json);
    let mut value = before.clone().unwrap_or_else(|| {
        serde_json::json!({ "$schema": "booklet.schema.json", "language": lang.pick("zh", "en"), "setting": "roomy" })
    });
    titles(plan, understood, choices, before.is_some(), &mut value, lang);
    order(&mut value, current, ids, gone);
    for id in gone {
        let name = lang.pick("全书", "the book").to_owned();
        let (before, after) = (Some(id.clone()), String::new());
        plan.changes.push(Change { name: Some(name), field: "order".into(), before, after, place: None });
    }
    compared(plan, &mut value, ids, sources);
    let path = "data/booklet.json".to_owned();
    match (current.booklet, root, &before) {
        (Some(booklet), Some(root), Some(before)) if value != *before => {
            plan.files.insert(path, rewrite(&booklet.text, root, &value));
        }
        (None, ..) => drop(plan.files.insert(path, written_like(None, &value))),
        _ => {}
    }
}

fn titles(
    plan: &mut Plan,
    understood: &Understood,
    choices: &Choices,
    there: bool,
    value: &mut Json,
    lang: Lang,
) {
    let book = &understood.book;
    let list =
        |found: &[Found]| -> Json { found.iter().map(|line| Json::from(line.text.as_str())).collect() };
    let series = book.series.as_ref().map(|found| Json::from(found.text.as_str()));
    let wanted = [
        ("series", series, book.series.as_ref()),
        ("title", (!book.title.is_empty()).then(|| list(&book.title)), book.title.first()),
        ("subtitle", (!book.subtitle.is_empty()).then(|| list(&book.subtitle)), book.subtitle.first()),
    ];
    for (key, wanted, found) in wanted {
        let Some(wanted) = wanted else { continue };
        let base = plan.record.book.base.get(key).cloned();
        let exported = understood.book.exported.get(key).cloned();
        let base = exported.or(base);
        let sides =
            Sides { here: at(value, key), there: &wanted, base: base.as_deref(), broken_otherwise: true };
        let place = found.map(|found| found.place.clone());
        let (here, after) = sides.texts();
        let take = match sides.side() {
            Side::Same | Side::Here => false,
            Side::There => true,
            Side::Both => {
                let name = lang.pick("全书", "the book").to_owned();
                let ask = Ask::Both { name, field: key.to_owned(), here: here.clone(), there: after.clone() };
                let doubt = Doubt::new(ask, place.clone(), &choices.answers);
                let (take, answered) = (doubt.choice == 2, doubt.answered);
                plan.doubts.push(doubt);
                if !answered {
                    continue;
                }
                take
            }
        };
        plan.record.book.base.insert(key.to_owned(), print(&wanted));
        if take {
            if there {
                let before = (!here.is_empty()).then_some(here);
                plan.changes.push(Change { name: None, field: key.to_owned(), before, after, place });
            }
            put(value, key, wanted);
        }
    }
    if !there && at(value, "title").is_none() {
        plan.doubts.push(Doubt::new(Ask::NoTitle, None, &choices.answers));
        put(value, "title", serde_json::json!([lang.pick(TITLE_TO_COME[0], TITLE_TO_COME[1])]));
    }
    if !there && at(value, "series").is_none() {
        put(value, "series", lang.pick(SERIES_TO_COME[0], SERIES_TO_COME[1]).into());
    }
}

/// The persons in the booklet's order.
pub(super) fn order_of(booklet: Option<&Document>) -> Vec<String> {
    let order = booklet.and_then(|booklet| booklet.root.as_ref()?.get("order")).map(Node::to_json);
    let list = order.as_ref().and_then(Json::as_array);
    list.into_iter().flatten().filter_map(Json::as_str).map(ToOwned::to_owned).collect()
}

/// New persons come behind whoever stands before them in the documents; who
/// was taken out of the book stays out.
fn order(value: &mut Json, current: Current, ids: &[String], gone: &[String]) {
    let mut order = order_of(current.booklet);
    let mut after = None;
    for id in ids {
        match order.iter().position(|known| known == id) {
            Some(place) => after = Some(place),
            None if current.profiles.contains_key(id) => {}
            None => {
                let place = after.map_or(order.len(), |after| after + 1);
                order.insert(place, id.clone());
                after = Some(place);
            }
        }
    }
    order.retain(|id| !gone.contains(id));
    put(value, "order", order.into_iter().map(Json::from).collect());
}

/// The texts that the data are compared with: those that came now first; one
/// whose persons all came anew is no longer compared.
fn compared(plan: &Plan, value: &mut Json, ids: &[String], sources: &[Source]) {
    let old: Vec<String> = match at(value, "source") {
        Some(Json::Array(list)) => list.iter().filter_map(Json::as_str).map(ToOwned::to_owned).collect(),
        Some(Json::String(file)) => vec![file.clone()],
        _ => vec![],
    };
    // What brings nothing new to a book with texts of its own is not another.
    let idle = !old.is_empty() && plan.changes.is_empty() && plan.added.is_empty();
    let new: Vec<String> = sources
        .iter()
        .filter(|source| source.compared && (!idle || old.contains(&source.text())))
        .map(Source::text)
        .collect();
    // One of earlier whose persons all came anew: nobody's article is of it.
    let overtaken = |path: &String| {
        let name = path.strip_prefix("data/source/").unwrap_or(path).trim_end_matches(".txt");
        let is = |file: &str| file_name(file) == file_name(name) || file == name;
        let told = |kept: &super::super::record::Kept| {
            kept.places.iter().any(|(field, (file, _))| field.starts_with("article") && is(file))
        };
        // The record has the places of what came now already.
        let still = plan.record.persons.values().any(told);
        plan.record.files.keys().any(|file| is(file)) && !still && !ids.is_empty()
    };
    // Whoever is not in a new version still has the text of the one before.
    let left_behind = |source: &&Source| {
        let others = plan.record.persons.iter().filter(|(id, _)| !ids.contains(id));
        let mut places = others.filter_map(|(_, kept)| kept.places.get("article[0]"));
        source.compared && !source.drawn && places.any(|(file, _)| *file == source.name)
    };
    let behind = sources.iter().filter(left_behind).filter_map(|source| source.earlier.clone());
    let mut new = new;
    new.extend(behind);
    let all: Vec<String> = if new.iter().all(|path| old.contains(path)) {
        old
    } else {
        let rest = old.into_iter().filter(|path| !new.contains(path) && !overtaken(path));
        new.iter().cloned().chain(rest).collect()
    };
    match all.as_slice() {
        [] => {}
        [one] if matches!(at(value, "source"), Some(Json::String(_))) => {
            put(value, "source", one.as_str().into())
        }
        all => put(value, "source", all.iter().map(|path| Json::from(path.as_str())).collect()),
    }
}
