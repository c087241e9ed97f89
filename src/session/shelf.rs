//! The book as the page in the browser is told of it.

use std::collections::HashMap;

use serde::Serialize;

use super::{Examination, PictureOf};
use crate::catalogue::field_name;
use crate::change::{Changes, PageState};
use crate::check::Manuscript;
use crate::diag::{Diagnostic, Lang};
use crate::load::Draft;
use crate::model::{Edges, Mm};
use crate::render::Side;
use crate::report::{Record, Snapshot, excerpt};
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
}

/// A finding with the text that it is about.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Shown {
    #[serde(flatten)]
    record: Record,
    /// Before, what is wrong, after.
    excerpt: [String; 3],
}

impl Shown {
    pub(super) fn new(found: &Diagnostic, examination: &Examination) -> Self {
        Self { record: Record::new(found), excerpt: excerpt(found, |file| examination.text(file)) }
    }

    /// What kept the data from being read at all.
    pub(super) fn failure(sentences: [String; 2]) -> Self {
        Self { record: Record::failure(sentences), excerpt: Default::default() }
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
        manuscript: &Manuscript,
        draft: &Draft,
        snapshot: &Snapshot,
        before: &Snapshot,
    ) -> Self {
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
        let posts = manuscript.entries().iter().map(|entry| {
            (entry.id.as_str(), entry.profile.post.parts().map(|(_, part)| part).collect::<String>())
        });
        let posts: HashMap<&str, String> = posts.collect();
        let (front, back) = (side(Side::Front, "front", 0), side(Side::Back, "back", count + 1));
        let person = |id: &str| PersonCard {
            id: id.into(),
            name: snapshot.name(id).into(),
            page: snapshot.pages(id).first().copied().unwrap_or(1),
            post: posts.get(id).cloned().unwrap_or_default(),
        };
        Self {
            title: manuscript.booklet().full_title(),
            trim: [job.trim.width.0, job.trim.height.0],
            bleed: job.bleed,
            safety: job.safety,
            pages: front.into_iter().chain(pages).chain(back).collect(),
            persons: snapshot.order().into_iter().map(person).collect(),
        }
    }

    /// What each fingerprint is of.
    pub(super) fn pictures(&self) -> impl Iterator<Item = (String, PictureOf)> {
        self.pages.iter().map(|page| (page.hash.clone(), page.of))
    }
}
