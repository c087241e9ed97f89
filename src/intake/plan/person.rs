//! One person of the documents, laid over the profile.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::super::doubt::{Ask, Doubt};
use super::super::record::{Kept, print};
use super::super::suggest::Taken;
use super::super::{Field, Person, Place, Understood};
use super::fields::{GROUPS, at, fields, names_of, nothing, put, value_of};
use super::sides::{Side, Sides};
use super::{Change, Choices, Current, Photo, Plan};
use crate::load::{Document, Node, rewrite, written_like};

/// Figures that a spread has room for.
const FIGURES: usize = 3;

/// A person and the profile that changes.
pub(super) struct Overlay<'a> {
    pub(super) plan: &'a mut Plan,
    pub(super) choices: &'a Choices,
    /// The person, and the place in the list.
    pub(super) person: &'a Person,
    pub(super) place: usize,
    pub(super) id: &'a str,
    /// The profile, if the project has it.
    pub(super) document: Option<&'a Document>,
    value: Json,
    kept: Kept,
}

impl<'a> Overlay<'a> {
    pub(super) fn new(
        plan: &'a mut Plan,
        choices: &'a Choices,
        (place, person): (usize, &'a Person),
        id: &'a str,
        document: Option<&'a Document>,
    ) -> Self {
        let root = document.and_then(|document| document.root.as_ref());
        let empty = || serde_json::json!({ "$schema": "../profile.schema.json" });
        let value = root.map_or_else(empty, Node::to_json);
        let kept = plan.record.persons.get(id).cloned().unwrap_or_default();
        Self { plan, choices, person, place, id, document, value, kept }
    }

    /// Lays everything that the documents say over the profile.
    pub(super) fn lay(mut self, current: Current, photo: Option<&Photo>, understood: &Understood) {
        let before = self.value.clone();
        let exported = !self.person.exported.is_empty();
        // Of somebody who is new nothing was taken out.
        let base = match (self.document, exported) {
            (None, _) => BTreeMap::new(),
            (_, true) => self.person.exported.clone(),
            (_, false) => self.kept.base.clone(),
        };
        for group in GROUPS.into_iter().filter(|group| *group != "photo") {
            let said = value_of(self.person, group);
            // What an export had and what came back has not was taken out.
            let gone = || nothing(group).filter(|_| exported && base.contains_key(group));
            if let Some(wanted) = said.or_else(gone) {
                self.field(group, wanted, &base);
            }
        }
        if let Some(photo) = photo {
            self.photo(photo);
        }
        self.accept(understood);
        self.done(&before, current);
    }

    /// Lays a field over what is there.
    fn field(&mut self, group: &'static str, wanted: Json, base: &BTreeMap<String, String>) {
        let sides = Sides {
            here: at(&self.value, group),
            there: &wanted,
            base: base.get(group).map(String::as_str),
            broken_otherwise: group == "headline",
        };
        let first = sides.first_change();
        let entry = |field: Field| {
            let all = self.person.fields.get(&field)?;
            all.get(first).or_else(|| all.last())
        };
        let place = fields(group).into_iter().find_map(entry).map(|found| found.place.clone());
        let (mut side, (here, there), merged) = (sides.side(), sides.texts(), sides.merged());
        let stale = self.kept.earlier.get(group).is_some_and(|seen| seen.contains(&print(&wanted)));
        let path = fields(group).first().map(|field| field.path().replace('#', "0")).unwrap_or_default();
        let from = self.kept.places.get(&path).map(|(file, _)| file.as_str());
        let other_file = place.as_ref().is_some_and(|place| from.is_some_and(|from| from != place.file));
        if side == Side::There && stale && other_file {
            side = Side::Here;
        }
        let name = self.person.name().to_owned();
        let mut value = wanted.clone();
        let take = match (side, merged) {
            (Side::Same, _) => false,
            (Side::There, _) => true,
            (Side::Here, _) => {
                self.plan.kept.push((name, group.to_owned()));
                false
            }
            (Side::Both, Some(merged)) => {
                value = merged;
                true
            }
            (Side::Both, None) => {
                let ask =
                    Ask::Both { name, field: group.to_owned(), here: here.clone(), there: there.clone() };
                let doubt = Doubt::new(ask, place.clone(), &self.choices.answers);
                let (take, answered) = (doubt.choice == 2, doubt.answered);
                self.plan.doubts.push(doubt);
                if !answered {
                    // The question stays open, and so does what it is about.
                    return;
                }
                take
            }
        };
        if side != Side::Here {
            let now = print(&wanted);
            if let Some(before) =
                self.kept.base.insert(group.to_owned(), now.clone()).filter(|old| *old != now)
            {
                self.kept.earlier.entry(group.to_owned()).or_default().insert(before);
            }
        }
        if take {
            self.settle(group, &value);
            let after =
                Sides { here: at(&self.value, group), there: &value, base: None, broken_otherwise: false };
            let (here, there) = after.texts();
            self.changed(group, Some(here).filter(|here| !here.is_empty()), there, place);
            put(&mut self.value, group, value);
        }
    }

    /// Notes what a correction to an export brought: it is newer than the text
    /// that was delivered.
    fn settle(&mut self, group: &str, value: &Json) {
        if self.person.exported.is_empty() || self.document.is_none() {
            return;
        }
        let before = at(&self.value, group).and_then(Json::as_array).cloned().unwrap_or_default();
        for (i, entry) in value.as_array().into_iter().flatten().enumerate() {
            if !before.contains(entry) {
                self.kept.settled.insert(format!("{group}[{i}]"), print(entry));
            }
        }
        self.kept.settled.insert(group.to_owned(), print(value));
    }

    /// Notes a change of a person who was there.
    fn changed(&mut self, group: &str, before: Option<String>, after: String, place: Option<Place>) {
        if self.document.is_some() {
            let name = Some(self.person.name().to_owned());
            self.plan.changes.push(Change { name, field: group.to_owned(), before, after, place });
        }
    }

    fn photo(&mut self, photo: &Photo) {
        if self.kept.base.get("photo") == Some(&photo.sha256) {
            return;
        }
        let file = format!("photos/{}.{}", self.id, photo.ending);
        let there = at(&self.value, "photo");
        let before = there.and_then(|photo| photo.get("file")).and_then(Json::as_str).map(ToOwned::to_owned);
        let mut entry = there.and_then(Json::as_object).cloned().unwrap_or_else(Map::new);
        if before.as_deref() != Some(file.as_str()) {
            // Where the face is in another picture nobody knows.
            entry.shift_remove("focus");
        }
        entry.insert("file".into(), file.as_str().into());
        put(&mut self.value, "photo", Json::Object(entry));
        self.kept.base.insert("photo".into(), photo.sha256.clone());
        let place = self.person.first(Field::Photo).map(|found| found.place.clone());
        self.changed("photo", before, file.clone(), place);
        self.plan.photos.push((self.place, format!("data/{file}")));
    }

    /// Takes the suggestions that somebody took.
    fn accept(&mut self, understood: &Understood) {
        let has = |group: &str| at(&self.value, group).is_some_and(|there| *there != Json::Array(vec![]));
        let groups = ["honours.community", "honours.personal", "figures", "quote"];
        let had: Vec<&str> = groups.into_iter().filter(|group| has(group)).collect();
        let place = self.place;
        for suggestion in understood.suggestions.iter().filter(|suggestion| suggestion.person == place) {
            let group = suggestion.taken.group();
            if had.contains(&group) && !self.choices.accepted.contains(&suggestion.id) {
                self.plan.needless.push(suggestion.id.clone());
                continue;
            }
            let all = self.choices.all && suggestion.best;
            if (all || self.choices.accepted.contains(&suggestion.id)) && self.take(group, &suggestion.taken)
            {
                self.plan.taken.push(suggestion.id.clone());
            }
        }
    }

    /// Puts a suggestion where it belongs, if it is not there and there is
    /// room.
    fn take(&mut self, group: &str, taken: &Taken) -> bool {
        let there = at(&self.value, group);
        let entry = match taken {
            Taken::Quote(text) if there.and_then(Json::as_str) == Some(text) => return false,
            Taken::Quote(text) => {
                put(&mut self.value, group, text.as_str().into());
                return true;
            }
            Taken::Community(text) | Taken::Personal(text) => Json::from(text.as_str()),
            Taken::Figure { value, label, evidence } => {
                serde_json::json!({ "value": value, "label": label, "evidence": evidence })
            }
        };
        let mut list = there.and_then(Json::as_array).cloned().unwrap_or_default();
        if list.contains(&entry) || group == "figures" && list.len() >= FIGURES {
            return false;
        }
        list.push(entry);
        put(&mut self.value, group, Json::Array(list));
        true
    }

    /// Writes the profile down, if it changed or is new.
    fn done(mut self, before: &Json, current: Current) {
        let path = format!("data/profiles/{}.json", self.id);
        let name = at(&self.value, "name").and_then(Json::as_str).unwrap_or_default();
        name.clone_into(&mut self.kept.name);
        self.kept.places.extend(names_of(self.person));
        self.plan.record.persons.insert(self.id.to_owned(), self.kept);
        match self.document {
            Some(document) => {
                if let Some(root) = document.root.as_ref().filter(|_| self.value != *before) {
                    self.plan.files.insert(path, rewrite(&document.text, root, &self.value));
                }
            }
            None => {
                let like =
                    current.profiles.values().find_map(|like| Some((&*like.text, like.root.as_ref()?)));
                self.plan.files.insert(path, written_like(like, &self.value));
                self.plan.added.push(self.person.name().to_owned());
            }
        }
    }
}
