//! Which profile of the project a person of the documents is.

use std::collections::{HashMap, HashSet};

use super::super::{Field, Person, names};
use super::Current;
use crate::check::is_unseen;
use crate::load::Document;

/// Longest file name, in characters: with its folder and ending no system
/// refuses it.
const LENGTH: usize = 50;

/// Who is who: the project's profiles by name, and those that are taken.
pub(super) struct Who<'a> {
    current: Current<'a>,
    by_name: HashMap<&'a str, Vec<&'a String>>,
    /// Files with a slip, whose names nobody knows.
    broken: Vec<&'a String>,
    /// How many of the documents' persons have a name.
    named: HashMap<&'a str, usize>,
    taken: HashSet<String>,
    /// File names in use, in lower case: systems that do not tell case apart
    /// would take two for one.
    used: HashSet<String>,
}

impl<'a> Who<'a> {
    pub(super) fn new(current: Current<'a>, all: &'a [Person]) -> Self {
        let mut by_name: HashMap<&str, Vec<&String>> = HashMap::new();
        for (id, document) in current.profiles {
            by_name.entry(name_of(document)).or_default().push(id);
        }
        let mut named: HashMap<&str, usize> = HashMap::new();
        all.iter().for_each(|person| *named.entry(person.name()).or_default() += 1);
        let broken = current.profiles.iter().filter(|(_, document)| document.root.is_none());
        Self {
            current,
            by_name,
            broken: broken.map(|(id, _)| id).collect(),
            named,
            taken: HashSet::new(),
            used: current.profiles.keys().map(|id| id.to_lowercase()).collect(),
        }
    }

    /// The file name of a person's profile, and the profile if the project has
    /// it.
    pub(super) fn is(&mut self, person: &Person) -> (String, Option<&'a Document>) {
        let known = self.known(person);
        let id = known.clone().unwrap_or_else(|| self.fresh(person));
        self.taken.insert(id.clone());
        self.used.insert(id.to_lowercase());
        (id, known.and_then(|id| self.current.profiles.get(&id)))
    }

    fn known(&self, person: &Person) -> Option<String> {
        let profiles = self.current.profiles;
        let free = |id: &String| profiles.contains_key(id) && !self.taken.contains(id);
        if let Some(id) = person.id.as_ref().filter(|id| free(id)) {
            return Some(id.clone());
        }
        // A file with a slip is somebody's all the same.
        let (own, quoted) = (file_name(person.name()), format!("\"{}\"", person.name()));
        let is_own = |id: &&&String| ***id == own || profiles[**id].text.contains(&quoted);
        if let Some(id) = self.broken.iter().find(is_own) {
            return Some((*id).clone());
        }
        let place = person.text(Field::Community);
        let fits = |id: &&&String| {
            let known = community_of(&profiles[**id]);
            place.is_empty() || known.is_empty() || known == place
        };
        let same: Vec<&String> =
            self.by_name.get(person.name()).into_iter().flatten().copied().filter(|id| free(id)).collect();
        let twins = self.named.get(person.name()).is_some_and(|count| *count > 1);
        let best = same.iter().find(fits).or_else(|| same.first().filter(|_| !twins));
        if let Some(id) = best {
            return Some((*id).clone());
        }
        // A name that was corrected: all but one character, at the same place.
        let near = |(id, document): &(&String, &Document)| {
            let name = name_of(document);
            names::near(name, person.name())
                && !place.is_empty()
                && community_of(document) == place
                && !self.named.contains_key(name)
                && free(id)
        };
        profiles.iter().find(near).map(|(id, _)| id.clone())
    }

    /// A file name for a person who is new: the name, with the community where
    /// there are two.
    fn fresh(&self, person: &Person) -> String {
        let name = file_name(person.name());
        let twins = self.named.get(person.name()).is_some_and(|count| *count > 1);
        let place = file_name(person.text(Field::Community));
        let first = if twins && !place.is_empty() { format!("{name}-{place}") } else { name };
        let wanted = person.id.as_deref().map(file_name).filter(|id| !id.is_empty()).unwrap_or(first);
        let numbered = (2..).map(|n| format!("{wanted}-{n}"));
        let mut all = std::iter::once(wanted.clone()).chain(numbered);
        all.find(|id| !self.used.contains(&id.to_lowercase())).unwrap_or(wanted)
    }
}

fn name_of(document: &Document) -> &str {
    let name = || document.root.as_ref()?.get("name")?.as_str();
    name().unwrap_or_default()
}

fn community_of(document: &Document) -> &str {
    let community = || document.root.as_ref()?.get("post")?.get("community")?.as_str();
    community().unwrap_or_default()
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
