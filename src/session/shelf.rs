//! The book as the page in the browser is told of it.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Value as Json, json};

use super::mends::Mend;
use super::{Examination, Layout, PictureOf};
use crate::approval::{Approval, Approvals, ROUNDS};
use crate::audit::{Printed, Room, printed, room};
use crate::catalogue::field_name;
use crate::change::{Changes, PageState};
use crate::diag::{Diagnostic, Lang, Phrase};
use crate::load::Draft;
use crate::model::{Edges, Mm, Post};
use crate::render::Side;
use crate::report::{Record, Snapshot, excerpt, part};
use crate::typeset::Field;

/// The book as the page shows it; by default one of which nothing could be laid
/// out yet.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Shelf {
    title: String,
    /// Trim in millimetres.
    trim: [f64; 2],
    /// Bleed in millimetres.
    bleed: Edges,
    /// Distance from the trim that text keeps, in millimetres.
    safety: Mm,
    /// Front cover as 0, pages from 1, back cover last: so that two from an
    /// even one on face each other.
    pages: Vec<PageCard>,
    persons: Vec<PersonCard>,
    /// What is signed beside persons: cover, title page and the like.
    parts: Vec<PartCard>,
    /// Resolution below which photographs are told of, and refused.
    ppi: [f64; 2],
}

#[derive(Debug, Clone, Serialize)]
struct PageCard {
    n: usize,
    kind: String,
    person: Option<String>,
    /// Fingerprint, which names the picture.
    hash: String,
    /// Whether it differs from the last build.
    changed: bool,
    /// Fields of the data on it.
    areas: Vec<Area>,
    #[serde(skip)]
    of: PictureOf,
}

/// A field of the data on a page.
#[derive(Debug, Clone, Serialize)]
struct Area {
    field: String,
    label: [String; 2],
    person: Option<String>,
    /// Left, top, width, height in millimetres from the trim's top left.
    area: [f64; 4],
    /// Where its text stands.
    file: String,
    line: usize,
}

#[derive(Debug, Clone, Serialize)]
struct PersonCard {
    id: String,
    name: String,
    page: usize,
    /// What else the person is found by.
    post: String,
    district: String,
    /// How full the place for the article is.
    room: Option<Room>,
    /// How the portrait is printed.
    photo: Option<Printed>,
    #[serde(flatten)]
    signed: Signatures,
}

#[derive(Debug, Clone, Serialize)]
struct PartCard {
    id: String,
    name: [String; 2],
    pages: Vec<usize>,
    #[serde(flatten)]
    signed: Signatures,
}

/// Who signed a person or part.
#[derive(Debug, Clone, Serialize)]
struct Signatures {
    /// The newest of each round, the first round first.
    rounds: Vec<Option<SignedRound>>,
    /// Whether it changed since it was signed.
    changed_since: bool,
    /// The round that is signed next; none when all are.
    next: Option<u8>,
}

#[derive(Debug, Clone, Serialize)]
struct SignedRound {
    by: String,
    on: String,
    /// Whether it is still what was signed.
    holds: bool,
}

impl Signatures {
    fn of(id: &str, approvals: &Approvals, snapshot: &Snapshot) -> Self {
        let nobody = Approval::default();
        let approval = approvals.get(id).unwrap_or(&nobody);
        let round = |round| {
            let signature = approval.round(round)?;
            let holds = signature.holds(snapshot, id);
            Some(SignedRound { by: signature.by.clone(), on: signature.on.clone(), holds })
        };
        Self {
            rounds: (1..=ROUNDS).map(round).collect(),
            changed_since: approval.last().is_some_and(|last| !last.holds(snapshot, id)),
            next: approval.next_round(snapshot, id),
        }
    }
}

/// A finding with the text that it is about.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Shown {
    #[serde(flatten)]
    record: Record,
    /// Before, what is wrong, after.
    excerpt: [String; 3],
    /// What mends it, where there is one mend.
    mend: Option<Mend>,
    /// The entry of `checks` that allows it, but for its reason.
    allow: Option<Json>,
}

impl Shown {
    pub(super) fn new(found: &Diagnostic, examination: &Examination) -> Self {
        let allow = found.code.adjustable().then(|| {
            let mut allow = json!({ "code": found.code.id() });
            if let Some(person) = &found.person {
                allow["person"] = person.id.as_str().into();
            }
            if let Some(text) = found.value("text") {
                allow["text"] = text.into();
            }
            allow
        });
        Self {
            record: Record::new(found),
            excerpt: excerpt(found, |file| examination.text(file)),
            mend: examination.mend(found),
            allow,
        }
    }

    /// What kept the data from being read at all.
    pub(super) fn failure(sentences: [String; 2]) -> Self {
        Self { record: Record::failure(sentences), excerpt: Default::default(), mend: None, allow: None }
    }
}

/// Fields of a page, or of the part of a cover between `left` and `right`, in
/// points.
fn areas(fields: &[Field], left: f64, right: f64, draft: &Draft) -> Vec<Area> {
    const MM: f64 = 25.4 / 72.0;
    let inside = fields.iter().filter(|field| field.area[0] >= left - 1.0 && field.area[0] < right);
    let area = |field: &Field| {
        let document = match &field.person {
            Some(id) => draft.profiles.get(id)?,
            None => &draft.booklet,
        };
        let node = document.root.as_ref()?.nearest(&field.field);
        let place = document.place(node)?;
        let [x, y, right, bottom] = field.area;
        Some(Area {
            field: field.field.clone(),
            label: [Lang::Zh, Lang::En].map(|lang| field_name(&field.field, lang)),
            person: field.person.clone(),
            area: [x - left, y, right - x, bottom - y].map(|pt| (pt * MM * 100.0).round() / 100.0),
            file: place.file,
            line: place.line,
        })
    };
    inside.filter_map(area).collect()
}

impl Shelf {
    /// Describes a laid-out book, with what changed since another.
    pub(super) fn new(
        layout: &Layout,
        draft: &Draft,
        snapshot: &Snapshot,
        before: &Snapshot,
        approvals: &Approvals,
    ) -> Self {
        let Layout { manuscript, book, .. } = layout;
        let job = manuscript.job();
        let changes = Changes::between(before, snapshot);
        let changed = |n: usize| {
            let change = changes.pages.iter().find(|change| change.new == Some(n));
            change.is_some_and(|change| matches!(change.state, PageState::Changed | PageState::Added))
        };
        let pages = snapshot.page_map.pages.iter().zip(&snapshot.fingerprints).enumerate();
        let pages = pages.map(|(i, (page, print))| PageCard {
            n: i + 1,
            kind: page.kind.clone(),
            person: page.person.clone(),
            hash: print.page.clone(),
            changed: changed(i + 1),
            areas: areas(&page.fields, 0.0, f64::INFINITY, draft),
            of: PictureOf::Page(i),
        });
        let spine = job.spine(snapshot.fingerprints.len()).map_or(0.0, |spine| spine.pt());
        let cover = snapshot.page_map.cover.as_ref().map_or(&[][..], |cover| &cover.fields);
        let width = job.trim.width.pt();
        let on_front = areas(cover, width + spine, f64::INFINITY, draft);
        let on_back = areas(cover, 0.0, width, draft);
        let side = |side, name: &str, n| {
            snapshot.cover.as_ref().map(|print| PageCard {
                n,
                kind: name.into(),
                person: None,
                hash: format!("{}-{name}", print.page),
                changed: changed(0),
                areas: if name == "front" { on_front.clone() } else { on_back.clone() },
                of: PictureOf::Cover(side),
            })
        };
        let count = snapshot.fingerprints.len();
        let posts: HashMap<&str, &Post> =
            manuscript.entries().iter().map(|entry| (entry.id.as_str(), &entry.profile.post)).collect();
        let mut photos: HashMap<String, Printed> =
            printed(book, manuscript).into_iter().map(|photo| (photo.person.clone(), photo)).collect();
        let (front, back) = (side(Side::Front, "front", 0), side(Side::Back, "back", count + 1));
        let post = |id: &str| posts.get(id).copied();
        let mut person = |id: &str| PersonCard {
            id: id.into(),
            name: snapshot.name(id).into(),
            page: snapshot.pages(id).first().copied().unwrap_or(1),
            post: post(id).map(|post| post.parts().map(|(_, part)| part).collect()).unwrap_or_default(),
            district: post(id).map(|post| post.district.clone()).unwrap_or_default(),
            room: room(book, manuscript, id),
            photo: photos.remove(id),
            signed: Signatures::of(id, approvals, snapshot),
        };
        let called = |id: &str| match part(id) {
            Some(kind) => Phrase::Part(kind.into()).both(),
            None => [id.to_owned(), id.to_owned()],
        };
        let part = |id: String| PartCard {
            name: called(&id),
            pages: snapshot.pages(&id),
            signed: Signatures::of(&id, approvals, snapshot),
            id,
        };
        let persons = snapshot.order().into_iter().map(&mut person).collect();
        Self {
            title: manuscript.booklet().full_title(),
            trim: [job.trim.width.0, job.trim.height.0],
            bleed: job.bleed,
            safety: job.safety,
            pages: front.into_iter().chain(pages).chain(back).collect(),
            persons,
            parts: snapshot.parts().into_iter().map(part).collect(),
            ppi: [job.ppi.warn, job.ppi.error],
        }
    }

    /// What each fingerprint is of.
    pub(super) fn pictures(&self) -> impl Iterator<Item = (String, PictureOf)> {
        self.pages.iter().map(|page| (page.hash.clone(), page.of))
    }
}
