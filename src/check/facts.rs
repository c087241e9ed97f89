//! Facts across fields and persons: names, districts, sentences in common.

mod almost;
mod amounts;
mod edges;
mod edition;
mod names;
mod numerals;
mod sentences;
mod told;
mod years;

use super::{Entry, finding};
use crate::diag::{Code, Diagnostic};
use crate::load::Draft;
use crate::model::Booklet;

/// Judges the persons of a book against each other and the edition.
pub(super) fn check(draft: &Draft, booklet: &Booklet, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    names::check(draft, booklet, entries, sink);
    numerals::check(draft, entries, sink);
    sentences::check(draft, entries, sink);
    told::check(draft, booklet, entries, sink);
    years::check(draft, booklet, entries, sink);
    edition::check(draft, booklet, entries, sink);
    for entry in entries {
        let district = &entry.profile.post.district;
        if !booklet.districts.is_empty() && !district.is_empty() && !booklet.districts.contains(district) {
            let diagnostic = finding(Code::UnknownDistrict, &draft.profiles[&entry.id], "post.district");
            sink.push(diagnostic.arg("text", district.as_str()).arg("known", booklet.districts.join("、")));
        }
    }
}
