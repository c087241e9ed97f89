//! Two builds compared: who changed, in which field, on which pages, and which
//! pages are the same.

mod causes;
mod fields;
mod page;
mod pictures;
mod surfaces;

use serde::Serialize;
use serde_json::Value;

pub use fields::Edit;
pub use page::{MARK, page};
pub use pictures::Pictures;
use surfaces::{COVER, Key, pages};

use crate::report::Snapshot;

/// All that differs between two builds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changes {
    /// Edits of `data/booklet.json`, but for the order.
    pub edition: Vec<Edit>,
    /// Edits of `data/press.json`.
    pub press: Vec<Edit>,
    /// Whether the persons that both have stand in another order.
    pub reordered: bool,
    /// What else pages are made from that changed.
    pub common: Vec<Common>,
    /// Persons with any change, in the new book's order, then who is gone.
    pub persons: Vec<PersonChange>,
    /// Every page of the new book in order, then pages that are gone.
    pub pages: Vec<PageChange>,
}

/// What all pages are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Common {
    /// The version of the tool.
    Tool,
    /// Files of the template.
    Template,
    /// Fonts.
    Fonts,
}

/// What happened to a person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonChange {
    /// File name of the profile without `.json`.
    pub id: String,
    /// Name, the new one where it changed.
    pub name: String,
    /// In which way the person is in both books.
    pub presence: Presence,
    /// Fields that were edited.
    pub edits: Vec<Edit>,
    /// Pages in the old book.
    pub old_pages: Vec<usize>,
    /// Pages in the new book.
    pub new_pages: Vec<usize>,
}

/// Whether a person is in both books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// Only in the new one.
    Added,
    /// Only in the old one.
    Removed,
    /// In both, on other pages.
    Moved,
    /// In both, on the same pages.
    Stays,
}

/// What happened to a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageChange {
    /// Physical page in the old book, from 1; 0 is the cover.
    pub old: Option<usize>,
    /// Physical page in the new book, from 1; 0 is the cover.
    pub new: Option<usize>,
    /// What the page is.
    pub kind: String,
    /// Whose it is.
    pub person: Option<String>,
    /// In which way it differs to the eye.
    pub state: PageState,
    /// Whether it needs new plates.
    pub plate: bool,
    /// Whether something that was edited accounts for it.
    pub expected: bool,
}

/// In which way a page differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageState {
    /// Drawn alike, to the last glyph.
    Identical,
    /// Drawn alike but for the folio, on another page.
    Moved,
    /// Drawn otherwise.
    Changed,
    /// Only in the new book.
    Added,
    /// Only in the old book.
    Removed,
}

/// Numbers of pages by state, without the cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the states say it")]
pub struct Counts {
    pub identical: usize,
    pub moved: usize,
    pub changed: usize,
    pub added: usize,
    pub removed: usize,
    /// What happened to the cover.
    pub cover: Option<PageState>,
    /// Pages that need new plates, with the cover.
    pub plates: usize,
}

impl Changes {
    /// Compares two builds.
    pub fn between(old: &Snapshot, new: &Snapshot) -> Self {
        let without_order = |booklet: &Value| {
            let mut booklet = booklet.clone();
            booklet.as_object_mut().map(|object| object.shift_remove("order"));
            booklet
        };
        let (before, after) = (&old.inputs, &new.inputs);
        let mut edition = fields::edits(&without_order(&before.booklet), &without_order(&after.booklet));
        edition.extend(other_pictures(old, new, "", &edition));
        let both = |order: &[&str], other: &Snapshot| -> Vec<String> {
            let stays = order.iter().filter(|id| other.page_map.persons.contains_key(**id));
            stays.map(|id| (*id).to_owned()).collect()
        };
        let common = [
            (Common::Tool, old.tool == new.tool),
            (Common::Template, before.template == after.template),
            (Common::Fonts, before.fonts == after.fonts),
        ];
        let mut changes = Self {
            edition,
            press: fields::edits(&before.press, &after.press),
            reordered: both(&old.order(), new) != both(&new.order(), old),
            common: common.into_iter().filter(|(_, same)| !same).map(|(common, _)| common).collect(),
            persons: persons(old, new),
            pages: vec![],
        };
        changes.pages = pages(old, new, &changes);
        changes
    }

    /// Pages of the new book that need new plates, the cover's as 0.
    pub fn to_print(&self) -> Vec<usize> {
        self.pages.iter().filter(|page| page.plate).filter_map(|page| page.new).collect()
    }

    /// Pages that changed though nobody edited what they show.
    pub fn unexpected(&self) -> impl Iterator<Item = &PageChange> {
        self.pages.iter().filter(|page| !page.expected)
    }

    /// Numbers of pages by state.
    pub fn counts(&self) -> Counts {
        let interior = || self.pages.iter().filter(|page| page.kind != COVER);
        let count = |state| interior().filter(|page| page.state == state).count();
        Counts {
            identical: count(PageState::Identical),
            moved: count(PageState::Moved),
            changed: count(PageState::Changed),
            added: count(PageState::Added),
            removed: count(PageState::Removed),
            cover: self.pages.iter().find(|page| page.kind == COVER).map(|page| page.state),
            plates: self.to_print().len(),
        }
    }

    fn person(&self, id: &str) -> Option<&PersonChange> {
        self.persons.iter().find(|person| person.id == id)
    }
}

/// Photographs whose names stay while the pictures changed; nobody's are the
/// edition's.
fn other_pictures(old: &Snapshot, new: &Snapshot, whose: &str, edits: &[Edit]) -> Vec<Edit> {
    let photos = |book: &'_ Snapshot| book.inputs.photos.get(whose).cloned().unwrap_or_default();
    let (before, after) = (photos(old), photos(new));
    let short = |hash: Option<&String>| hash.map(|hash| format!("SHA-256 {hash:.12}…").into());
    let fields = before.keys().chain(after.keys().filter(|field| !before.contains_key(*field)));
    let named = |field: &str| {
        let photo = field.trim_end_matches(".file");
        edits.iter().any(|edit| edit.field.starts_with(photo) || photo.starts_with(&edit.field))
    };
    let changed = fields.filter(|field| before.get(*field) != after.get(*field) && !named(field));
    changed.map(|field| Edit::new(field, short(before.get(field)), short(after.get(field)))).collect()
}

/// The persons of both books with what changed.
fn persons(old: &Snapshot, new: &Snapshot) -> Vec<PersonChange> {
    let mut all = new.order();
    all.extend(old.order().into_iter().filter(|id| !new.page_map.persons.contains_key(*id)));
    let pages = |book: &Snapshot, id: &str| book.page_map.persons.get(id).cloned().unwrap_or_default();
    let change = |id: &str| {
        let (old_pages, new_pages) = (pages(old, id), pages(new, id));
        let presence = match (old_pages.is_empty(), new_pages.is_empty()) {
            (true, _) => Presence::Added,
            (_, true) => Presence::Removed,
            _ if old_pages != new_pages => Presence::Moved,
            _ => Presence::Stays,
        };
        let mut edits = Vec::new();
        if let (Some(before), Some(after)) = (old.inputs.profiles.get(id), new.inputs.profiles.get(id)) {
            edits = fields::edits(before, after);
            edits.extend(other_pictures(old, new, id, &edits));
        }
        let name = if new_pages.is_empty() { old.name(id) } else { new.name(id) };
        PersonChange { id: id.into(), name: name.into(), presence, edits, old_pages, new_pages }
    };
    let changed = |person: &PersonChange| person.presence != Presence::Stays || !person.edits.is_empty();
    all.into_iter().map(change).filter(changed).collect()
}
