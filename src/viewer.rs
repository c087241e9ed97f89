//! The page in the browser that `fengcai watch` serves, and what it is told of
//! the book.

use serde::Serialize;

use crate::assets;
use crate::change::{Changes, State};
use crate::check::Manuscript;
use crate::diag::Lang;
use crate::profile::{Edges, Mm};
use crate::report::Snapshot;

/// A file of the page by its path: media type and text.
pub fn file(path: &str, lang: Lang) -> Option<(&'static str, String)> {
    let (_, kind, text) = assets::VIEWER.iter().find(|(known, ..)| *known == path)?;
    Some((kind, text.replace("{LANG}", lang.pick("zh-CN", "en"))))
}

/// The book as the page shows it.
#[derive(Debug, Clone, Serialize)]
pub struct Shelf {
    title: String,
    /// Trim in millimetres.
    trim: [f64; 2],
    /// Bleed in millimetres.
    bleed: Edges,
    /// Distance from the trim that text keeps, in millimetres.
    safety: Mm,
    pages: Vec<Page>,
    persons: Vec<Person>,
}

#[derive(Debug, Clone, Serialize)]
struct Page {
    n: usize,
    kind: String,
    person: Option<String>,
    /// Fingerprint, which names the picture.
    hash: String,
    /// Whether it differs from the last build.
    changed: bool,
}

#[derive(Debug, Clone, Serialize)]
struct Person {
    id: String,
    name: String,
    page: usize,
}

impl Shelf {
    /// Describes a laid-out book, with what changed since another.
    pub fn new(manuscript: &Manuscript, snapshot: &Snapshot, before: &Snapshot) -> Self {
        let sheet = manuscript.sheet();
        let changes = Changes::between(before, snapshot);
        let changed = |n: usize| {
            let change = &changes.pages[n];
            matches!(change.state, State::Changed | State::Added)
        };
        let pages = snapshot.page_map.pages.iter().zip(&snapshot.fingerprints).enumerate();
        let person = |id: &str| Person {
            id: id.into(),
            name: snapshot.name(id).into(),
            page: snapshot.page_map.persons[id].first().copied().unwrap_or(1),
        };
        Self {
            title: manuscript.booklet().full_title(),
            trim: [sheet.trim.width.0, sheet.trim.height.0],
            bleed: sheet.bleed,
            safety: sheet.safety,
            pages: pages
                .map(|(i, (page, print))| Page {
                    n: i + 1,
                    kind: page.kind.clone(),
                    person: page.person.clone(),
                    hash: print.page.clone(),
                    changed: changed(i),
                })
                .collect(),
            persons: snapshot.order().into_iter().map(person).collect(),
        }
    }
}
