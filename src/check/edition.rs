//! The edition against the profiles that are there.

use std::collections::HashSet;

use super::{finding, near};
use crate::diag::{Code, Diagnostic, Phrase};
use crate::load::Draft;
use crate::model::{self, Booklet};

/// The order, and the date, whose sense no schema can judge.
pub(super) fn check(draft: &Draft, booklet: &Booklet, sink: &mut Vec<Diagnostic>) {
    if booklet.date.as_deref().is_some_and(|date| model::day(date).is_none()) {
        let day = finding(Code::OutOfBounds, &draft.booklet, "date").arg("problem", Phrase::NoSuchDay);
        sink.push(day.arg("example", Phrase::Example("date".into())));
    }
    let mut seen = HashSet::new();
    for (i, id) in booklet.order.iter().enumerate() {
        let entry = |code| finding(code, &draft.booklet, &format!("order[{i}]")).arg("id", id.as_str());
        if !draft.profiles.contains_key(id) {
            let free = draft.profiles.keys().filter(|id| !booklet.order.contains(id));
            let nearest = near::nearest(id, free.map(String::as_str));
            let meant = Phrase::DidYouMean(nearest.clone());
            sink.push(
                entry(Code::UnknownProfile).arg("meant", meant).arg("nearest", nearest.unwrap_or_default()),
            );
        } else if !seen.insert(id) {
            sink.push(entry(Code::RepeatedProfile));
        }
    }
    for (id, profile) in &draft.profiles {
        if !seen.contains(id) {
            sink.push(finding(Code::UnusedProfile, profile, "name").arg("id", id.as_str()));
        }
    }
}
