//! The edition against the profiles that are there.

use std::collections::{HashMap, HashSet};

use super::{finding, near};
use crate::diag::{Code, Diagnostic, Phrase, Tally};
use crate::load::{Document, Draft};
use crate::model::{self, Booklet};
use crate::starter::{SERIES_TO_COME, TITLE_TO_COME};

/// The order, and the date, whose sense no schema can judge.
pub(super) fn check(draft: &Draft, booklet: &Booklet, sink: &mut Vec<Diagnostic>) {
    if booklet.date.as_deref().is_some_and(|date| model::day(date).is_none()) {
        let day = finding(Code::OutOfBounds, &draft.booklet, "date").arg("problem", Phrase::NoSuchDay);
        sink.push(day.arg("example", Phrase::Example("date".into())));
    }
    let to_come = |text: &str| TITLE_TO_COME.iter().chain(&SERIES_TO_COME).any(|known| *known == text);
    let title = booklet.title.iter().enumerate().map(|(i, line)| (format!("title[{i}]"), line));
    let placed = title.chain([("series".to_owned(), &booklet.series)]);
    for (field, text) in placed.filter(|(_, text)| to_come(text)) {
        sink.push(finding(Code::ToCome, &draft.booklet, &field).arg("text", text.as_str()));
    }
    let listed: HashSet<&String> = booklet.order.iter().collect();
    let free: Vec<&str> =
        draft.profiles.keys().filter(|id| !listed.contains(id)).map(String::as_str).collect();
    let mut seen = HashSet::new();
    let mut tally = Tally::new(sink);
    for (i, id) in booklet.order.iter().enumerate() {
        let entry = |code| finding(code, &draft.booklet, &format!("order[{i}]")).arg("id", id.as_str());
        if !draft.profiles.contains_key(id) {
            tally.push(Code::UnknownProfile, || {
                let nearest = meant(id, draft, &free);
                let meant = Phrase::DidYouMean(nearest.clone());
                entry(Code::UnknownProfile).arg("meant", meant).arg("nearest", nearest.unwrap_or_default())
            });
        } else if !seen.insert(id) {
            tally.push(Code::RepeatedProfile, || entry(Code::RepeatedProfile));
        }
    }
    groups(draft, booklet, sink);
    for (id, profile) in &draft.profiles {
        if !seen.contains(id) {
            sink.push(finding(Code::UnusedProfile, profile, "name").arg("id", id.as_str()));
        }
    }
}

/// Chapters begin with persons of the book, one after the other.
fn groups(draft: &Draft, booklet: &Booklet, sink: &mut Vec<Diagnostic>) {
    let mut last = None;
    for (i, group) in booklet.groups.iter().enumerate() {
        let place = booklet.order.iter().position(|id| *id == group.first);
        let problem = match place {
            None => Phrase::NotInOrder(meant(&group.first, draft, &[])),
            Some(_) if place <= last && last.is_some() => Phrase::NotAfterThat,
            Some(_) => {
                last = place;
                continue;
            }
        };
        let told = finding(Code::GroupStart, &draft.booklet, &format!("groups[{i}].first"));
        sink.push(
            told.arg("title", group.title.as_str()).arg("id", group.first.as_str()).arg("problem", problem),
        );
    }
}

/// The chapter of each person, by the person's id; those before the first
/// chapter have none.
pub(super) fn chapters(booklet: &Booklet) -> HashMap<String, usize> {
    let starts: HashMap<&str, usize> =
        booklet.groups.iter().enumerate().rev().map(|(i, group)| (group.first.as_str(), i)).collect();
    let mut chapters = HashMap::new();
    let mut current = None;
    for id in &booklet.order {
        current = starts.get(id.as_str()).copied().or(current);
        chapters.extend(current.map(|chapter| (id.clone(), chapter)));
    }
    chapters
}

/// The file that is meant by a path, by a person's name, or by a slip.
fn meant(id: &str, draft: &Draft, free: &[&str]) -> Option<String> {
    let plain = id.trim_end_matches(".json");
    let plain = plain.rsplit(['/', '\\']).next().unwrap_or(plain);
    let named = |(_, document): &(&String, &Document)| {
        document.person().and_then(|person| person.name).is_some_and(|name| name == id)
    };
    let known = draft.profiles.contains_key(plain).then(|| plain.to_owned());
    let named = || draft.profiles.iter().find(named).map(|(id, _)| id.clone());
    known.or_else(named).or_else(|| near::nearest(id, free.iter().copied()))
}
