//! Which profile of the project a person of the documents is.

use std::collections::BTreeSet;

use super::super::{Field, Person, names};
use super::Current;
use crate::check::is_unseen;
use crate::load::Document;

/// Longest file name, in characters: with its folder and ending no system
/// refuses it.
const LENGTH: usize = 50;

/// The profile of a person that the project has.
pub(super) fn known(
    person: &Person,
    current: Current,
    taken: &BTreeSet<String>,
    all: &[Person],
) -> Option<String> {
    let text = |document: &Document, key: &str| Some(document.root.as_ref()?.get(key)?.as_str()?.to_owned());
    let community = |document: &Document| {
        Some(document.root.as_ref()?.get("post")?.get("community")?.as_str()?.to_owned())
    };
    if let Some(id) =
        person.id.as_ref().filter(|id| current.profiles.contains_key(*id) && !taken.contains(*id))
    {
        return Some(id.clone());
    }
    // A file with a slip is somebody's all the same.
    let own = file_name(person.name());
    let quoted = format!("\"{}\"", person.name());
    let is_broken = |(id, document): &(&String, &Document)| {
        document.root.is_none() && (**id == own || document.text.contains(&quoted))
    };
    if let Some((id, _)) = current.profiles.iter().find(is_broken) {
        return Some(id.clone());
    }
    let free = || current.profiles.iter().filter(|(id, _)| !taken.contains(*id));
    let place = person.text(Field::Community);
    let fits = |document: &Document| {
        place.is_empty() || community(document).is_none_or(|known| known == place || known.is_empty())
    };
    let named: Vec<_> =
        free().filter(|(_, document)| text(document, "name").as_deref() == Some(person.name())).collect();
    let twins = all.iter().filter(|other| other.name() == person.name()).count() > 1;
    let best = named.iter().find(|(_, document)| fits(document)).or_else(|| named.first().filter(|_| !twins));
    if let Some((id, _)) = best {
        return Some((*id).clone());
    }
    // A name that was corrected: all but one character, at the same place.
    let near = free().find(|(_, document)| {
        let name = text(document, "name").unwrap_or_default();
        let other = all.iter().any(|other| other.name() == name);
        names::near(&name, person.name())
            && !place.is_empty()
            && community(document).as_deref() == Some(place)
            && !other
    });
    near.map(|(id, _)| id.clone())
}

/// A file name for a person who is new: the name, with the community where
/// there are two.
pub(super) fn new_id(person: &Person, current: Current, taken: &BTreeSet<String>, all: &[Person]) -> String {
    let name = file_name(person.name());
    let twins = all.iter().filter(|other| other.name() == person.name()).count() > 1;
    let place = file_name(person.text(Field::Community));
    let first = if twins && !place.is_empty() { format!("{name}-{place}") } else { name };
    let wanted = person.id.as_deref().map(file_name).filter(|id| !id.is_empty()).unwrap_or(first);
    // Systems that do not tell case apart would take two for one.
    let same = |known: &str, id: &str| known.to_lowercase() == id.to_lowercase();
    let free = |id: &String| {
        !taken.iter().any(|known| same(known, id)) && !current.profiles.keys().any(|known| same(known, id))
    };
    let numbered = (2..).map(|n| format!("{wanted}-{n}"));
    std::iter::once(wanted.clone()).chain(numbered).find(free).unwrap_or(wanted)
}

/// A text as a file name that every system takes.
pub fn file_name(text: &str) -> String {
    let plain = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
        c => c,
    };
    // Controls of direction and what shows nothing make names look like others.
    let shown = |c: &char| !c.is_control() && !c.is_whitespace() && !is_unseen(*c);
    let name: String = text.chars().filter(shown).map(plain).take(LENGTH).collect();
    let name = name.trim_matches(['.', '-', '~']).to_owned();
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let device = ["con", "prn", "aux", "nul"].contains(&stem.as_str());
    let device =
        device || port.is_some_and(|port| port.len() == 1 && port.bytes().all(|b| b.is_ascii_digit()));
    if device { format!("_{name}") } else { name }
}
