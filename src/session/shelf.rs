//! The book as the page in the browser is told of it.

use serde::Serialize;

use super::PictureOf;
use crate::change::{Changes, PageState};
use crate::check::Manuscript;
use crate::model::{Edges, Mm};
use crate::render::Side;
use crate::report::Snapshot;

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
    #[serde(skip)]
    of: PictureOf,
}

#[derive(Debug, Clone, Serialize)]
struct PersonCard {
    id: String,
    name: String,
    page: usize,
}

impl Shelf {
    /// Describes a laid-out book, with what changed since another.
    pub(super) fn new(manuscript: &Manuscript, snapshot: &Snapshot, before: &Snapshot) -> Self {
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
            of: PictureOf::Page(i),
        });
        let side = |side, name: &str, n| {
            snapshot.cover.as_ref().map(|print| PageCard {
                n,
                kind: name.into(),
                person: None,
                hash: format!("{}-{name}", print.page),
                changed: changed(0),
                of: PictureOf::Cover(side),
            })
        };
        let count = snapshot.fingerprints.len();
        let (front, back) = (side(Side::Front, "front", 0), side(Side::Back, "back", count + 1));
        let person = |id: &str| PersonCard {
            id: id.into(),
            name: snapshot.name(id).into(),
            page: snapshot.pages(id).first().copied().unwrap_or(1),
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
