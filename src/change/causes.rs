//! What accounts for a page that changed: an edit of something that the page
//! prints. An edit that nothing on paper comes from accounts for nothing.

use super::{Changes, Edit, Key, PageState, PersonChange, Presence};
use crate::report::is_printed;
use crate::typeset::PageUse;

/// Whether something that was edited accounts for what happened to a page;
/// `uses` are what it was and what it is.
pub(super) fn accounted(
    key: &Key,
    uses: &[&PageUse],
    state: PageState,
    plate: bool,
    changes: &Changes,
) -> bool {
    let shifted =
        changes.reordered || changes.persons.iter().any(|person| person.presence != Presence::Stays);
    match state {
        PageState::Identical if !plate => true,
        PageState::Identical | PageState::Changed => {
            own(key, changes)
                || listed(uses, shifted, changes)
                || changes.edition.iter().any(|edit| by_edition(edit, key, uses))
                || changes.press.iter().any(|edit| by_press(edit, key, plate))
        }
        // Persons come and go by edits of the order; pages shift with them.
        PageState::Moved | PageState::Added | PageState::Removed => {
            shifted || changes.press.iter().chain(&changes.edition).any(|edit| is_printed(&edit.field))
        }
    }
}

/// Whether the person whose page it is was edited.
fn own(key: &Key, changes: &Changes) -> bool {
    let person = key.0.and_then(|id| changes.person(id));
    person.is_some_and(|person| person.edits.iter().any(|edit| is_printed(&edit.field)))
}

/// Whether a page that lists persons prints something of them that was edited,
/// such as their pages.
fn listed(uses: &[&PageUse], shifted: bool, changes: &Changes) -> bool {
    let common = |page: &&&PageUse| page.person.is_none();
    let prints = |page: &PageUse, head: &str| page.fields.iter().any(|field| field.prints(head));
    let edited =
        |page: &PageUse, person: &PersonChange| person.edits.iter().any(|edit| prints(page, head(edit)));
    uses.iter().filter(common).any(|page| {
        shifted && prints(page, "name") || changes.persons.iter().any(|person| edited(page, person))
    })
}

fn by_edition(edit: &Edit, key: &Key, uses: &[&PageUse]) -> bool {
    match head(edit) {
        _ if !is_printed(&edit.field) => false,
        // Texts of the book stand in their slots; its title also over every article.
        "series" | "subtitle" | "facts" | "sections" | "past" | "photos" => {
            uses.iter().any(|page| page.kind == "photo" || page.fields.iter().any(|f| f.prints(head(edit))))
        }
        "back" | "emblem" => key.1 == "cover",
        // How articles are set.
        "setting" | "keep_together" => key.0.is_some(),
        _ => true,
    }
}

fn by_press(edit: &Edit, key: &Key, plate: bool) -> bool {
    match edit.field.as_str() {
        field if !is_printed(field) => false,
        // What is only asked of files, or said in them.
        "safety" | "spots" | "ink.error" | "condition.info" | "condition.registry" => false,
        // How far a photograph may be enlarged.
        "ppi.warn" => key.0.is_some() || key.1 == "photo",
        field if field.starts_with("ppi.") && field != "ppi.most" => false,
        // The spine, and what a colophon may say of the paper.
        "paper" | "paper.name" => key.0.is_none(),
        field if ["binding", "paper", "cover", "spine_allowance"].contains(&head(edit)) => {
            key.1 == "cover" || field.is_empty()
        }
        // What is done on the way to the plates, or stands around them.
        _ if ["ink", "ppi", "overprint", "marks", "bleed"].contains(&head(edit)) => plate,
        _ => true,
    }
}

/// The field at the top of its file.
fn head(edit: &Edit) -> &str {
    edit.field.split(['.', '[']).next().unwrap_or_default()
}
