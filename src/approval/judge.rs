//! Signatures against the book as it is laid out now.

use super::file::path;
use super::{Approval, Approvals};
use crate::diag::{Code, Diagnostic, Person, Phrase, Place};
use crate::load::Draft;
use crate::report::{Snapshot, part};

/// What is signed and no longer what was signed, signatures for nobody,
/// rounds that were skipped, and signatures that no longer say anything.
pub fn judge(approvals: &Approvals, snapshot: &Snapshot, draft: &Draft) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut outdated = Vec::new();
    for (id, approval) in approvals {
        let Some(newest) = approval.signed.last() else { continue };
        if !snapshot.has(id) {
            let place = Place::new(&path(id), "", 0..0);
            found.push(Diagnostic::new(Code::SignedPersonGone).at(Some(place)).arg("id", id.as_str()));
        } else if !newest.is_comparable() {
            outdated.push(name(snapshot, id));
        } else {
            found.extend(changed(id, approval, snapshot, draft));
            found.extend(skipped(id, approval, snapshot));
        }
    }
    if !outdated.is_empty() {
        let text = outdated.iter().map(Phrase::both).collect();
        found.push(Diagnostic::new(Code::SignaturesOutdated).arg("names", Phrase::Listed(text)));
    }
    found
}

fn changed(id: &str, approval: &Approval, snapshot: &Snapshot, draft: &Draft) -> Option<Diagnostic> {
    let last = approval.last().filter(|last| !last.holds(snapshot, id))?;
    let document = draft.profiles.get(id);
    let place = document.and_then(|document| document.place(document.root.as_ref()?));
    let told = Diagnostic::new(Code::SignedSpreadChanged)
        .person(Some(person(snapshot, id)))
        .at(place.map(|place| Place { range: place.range.start..place.range.start, ..place }))
        .page(snapshot.pages(id).first().copied());
    let told =
        told.arg("round", Phrase::Round(last.round)).arg("by", last.by.as_str()).arg("on", last.on.as_str());
    Some(told.arg("causes", last.causes(snapshot, id)))
}

fn skipped(id: &str, approval: &Approval, snapshot: &Snapshot) -> Option<Diagnostic> {
    let last = approval.last()?;
    let earlier = *approval.skipped(last.round).first()?;
    let told = Diagnostic::new(Code::RoundSkipped).person(Some(person(snapshot, id)));
    Some(told.arg("round", Phrase::Round(last.round)).arg("earlier", Phrase::Round(earlier)))
}

/// Who is not signed off, or no longer, in the order of the book: persons and
/// parts by their ids.
pub fn unsigned(approvals: &Approvals, snapshot: &Snapshot) -> Vec<String> {
    let holds = |id: &String| {
        let last = approvals.get(id).and_then(Approval::last);
        last.is_some_and(|last| last.holds(snapshot, id))
    };
    let all = snapshot.parts().into_iter().chain(snapshot.order().into_iter().map(ToOwned::to_owned));
    all.filter(|id| !holds(id)).collect()
}

/// Whom or what a signature is for, as findings name it.
fn person(snapshot: &Snapshot, id: &str) -> Person {
    let name = match name(snapshot, id) {
        Phrase::Verbatim(name) => name,
        part => part.text(crate::diag::Lang::Zh),
    };
    Person { id: id.into(), name: Some(name) }
}

fn name(snapshot: &Snapshot, id: &str) -> Phrase {
    match part(id) {
        Some(kind) => Phrase::Part(kind.into()),
        None => Phrase::Verbatim(snapshot.name(id).into()),
    }
}
