//! Documents as they are kept in the project, and which of them the data are
//! compared with.

use std::collections::BTreeSet;

use crate::digest::sha256;
use crate::documents::{Kind, Spot, kind};
use crate::intake::{Delivery, Field, Found, Person, Record, Source, Understood, file_name};
use crate::load::{Document, Node};
use crate::project::Project;

/// Where delivered documents are kept.
const SOURCES: &str = "data/source";
/// Where earlier versions of them are kept.
const EARLIER: &str = "data/source/earlier";

/// Longest line that names somebody, in characters.
const TITLE: usize = 80;

type Bytes = (String, Vec<u8>);

/// Gives documents another name where one of their name tells of other persons:
/// it is another document, and both are kept. Says whether any was.
pub(super) fn rename(
    deliveries: &mut [Delivery],
    kept: &mut [Bytes],
    understood: &Understood,
    record: &Record,
) -> bool {
    let mut any = false;
    for (delivery, (name, bytes)) in deliveries.iter_mut().zip(kept) {
        let known = record.files.get(name.as_str());
        if known.is_none() || known == Some(&sha256(bytes)) {
            continue;
        }
        let told = |person: &&Person| person.fields.values().flatten().any(|found| found.place.file == *name);
        let persons: Vec<&str> = understood.persons.iter().filter(told).map(|person| person.name()).collect();
        let again = record.persons.iter().any(|(_, kept)| {
            let here = kept.places.values().any(|(file, _)| file == name);
            here && persons.contains(&kept.name.as_str())
        });
        if again || persons.is_empty() {
            continue;
        }
        let names = (2..).map(|n| format!("{n}-{name}"));
        if let Some(free) = names.into_iter().find(|name| !record.files.contains_key(name)) {
            delivery.name.clone_from(&free);
            *name = free;
            any = true;
        }
    }
    any
}

/// Hashes of the texts that the data are compared with already.
pub(super) fn compared_with(booklet: Option<&Document>, project: Option<&Project>) -> Vec<(String, String)> {
    let node = booklet.and_then(|booklet| booklet.root.as_ref()?.get("source"));
    let files = node.map(Node::strings).unwrap_or_default();
    let read = |(_, node): (String, &Node)| {
        let path = node.as_str()?;
        Some((path.to_owned(), sha256(&project?.read(path).ok()?)))
    };
    files.into_iter().filter_map(read).collect()
}

/// The documents as they are kept. Those that gave somebody's words are what
/// the data are compared with: a text itself, of tables the words that were
/// used, since nobody prints the rest.
pub(super) fn of(
    deliveries: &[Delivery],
    kept: &[Bytes],
    understood: &Understood,
    compared_with: &[(String, String)],
    old: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Vec<Source> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let source = |(delivery, (name, bytes)): (&Delivery, &Bytes)| {
        let sha256 = sha256(bytes);
        let path = format!("{SOURCES}/{}", free(name, &mut taken));
        let own = !delivery.document.own.is_empty() || is_export(name, understood);
        let there = compared_with.iter().any(|(known, hash)| *hash == sha256 && *known != path);
        let whole = names_its_persons(delivery, understood);
        let compared = !own && !there && if whole { gave(name, understood) } else { owns(name, understood) };
        let before = old(&path).filter(|before| before != bytes).map(|before| crate::digest::sha256(&before));
        let flat = path.rsplit('/').next().unwrap_or_default();
        let earlier = before.map(|mark| format!("{EARLIER}/{}-{flat}", mark.get(..8).unwrap_or_default()));
        Source { name: name.clone(), path, sha256, compared, drawn: !whole, earlier }
    };
    deliveries.iter().zip(kept).map(source).collect()
}

/// A file name for a document that is kept: its own with the folders it lay
/// in, as long as every system takes it, and nobody else's. The text beside it
/// has `.txt` behind the name.
fn free(name: &str, taken: &mut BTreeSet<String>) -> String {
    let (stem, ending) = name.rsplit_once('.').filter(|(_, ending)| ending.len() < 9).unwrap_or((name, ""));
    let stem = file_name(stem);
    let stem = if stem.is_empty() { "document".to_owned() } else { stem };
    let ending = if ending.is_empty() { String::new() } else { format!(".{}", file_name(ending)) };
    let names = std::iter::once(format!("{stem}{ending}"));
    let mut names = names.chain((2..).map(|n| format!("{stem}-{n}{ending}")));
    let own = ["answers.json", "import.json", "earlier"];
    let is_free = |name: &String| {
        let lower = name.to_lowercase();
        let beside = [lower.clone(), format!("{lower}.txt")];
        !own.contains(&lower.as_str()) && !beside.iter().any(|name| taken.contains(name))
    };
    let free = names.find(is_free).unwrap_or_else(|| stem.clone());
    taken.extend([free.to_lowercase(), format!("{}.txt", free.to_lowercase())]);
    free
}

/// Fields that a document gave.
fn given<'a>(name: &'a str, understood: &'a Understood) -> impl Iterator<Item = Field> + 'a {
    let fields = understood.persons.iter().flat_map(|person| &person.fields);
    let own = move |found: &Vec<Found>| found.iter().any(|found| found.place.file == name);
    fields.filter(move |(_, found)| own(found)).map(|(field, _)| *field)
}

fn gave(name: &str, understood: &Understood) -> bool {
    given(name, understood).any(|field| field != Field::Photo)
}

/// Whether a list came out of an export: its persons have file names.
fn is_export(name: &str, understood: &Understood) -> bool {
    let of = |person: &&Person| person.first(Field::Name).is_some_and(|found| found.place.file == name);
    understood.persons.iter().filter(of).any(|person| person.id.is_some())
}

/// Whether somebody's name stands in a document.
fn owns(name: &str, understood: &Understood) -> bool {
    let own = |person: &Person| person.first(Field::Name).is_some_and(|found| found.place.file == name);
    understood.persons.iter().any(own)
}

/// Whether a document is a text that can be compared as it is: no table, and
/// whoever's article stands in it is named there in a line of its own.
fn names_its_persons(delivery: &Delivery, understood: &Understood) -> bool {
    let in_table = |found: &Found| matches!(found.place.spot, Spot::Table(..) | Spot::Sheet(..));
    let of = |found: &Found| found.place.file == delivery.name;
    let mut found = understood.persons.iter().flat_map(|person| person.fields.values().flatten());
    if found.any(|found| of(found) && in_table(found)) {
        return false;
    }
    let text = delivery.document.plain().0;
    let lines = text.lines().filter(|line| line.chars().count() <= TITLE && !line.trim_end().ends_with('。'));
    let heads: String =
        lines.flat_map(|line| line.chars().filter(|c| !c.is_whitespace()).chain(['\n'])).collect();
    let written = understood.persons.iter().filter(|person| person.first(Field::Article).is_some_and(of));
    written.into_iter().all(|person| heads.contains(person.name()))
}

/// The words of a document that were used, with those of texts that do not say
/// whose they are, person by person, as a text.
fn drawn(name: &str, understood: &Understood, whole: &[String]) -> String {
    let mut text = String::new();
    let own = |person: &&Person| person.first(Field::Name).is_some_and(|found| found.place.file == name);
    for person in understood.persons.iter().filter(own) {
        let texts = |field: Field| -> Vec<&str> {
            let found = person.fields.get(&field).into_iter().flatten();
            found
                .filter(|found| !whole.contains(&found.place.file))
                .map(|found| found.text.as_str())
                .collect()
        };
        let post = [Field::District, Field::Street, Field::Community, Field::Role];
        let head = format!("{} {}", post.map(|field| texts(field).concat()).concat(), person.name());
        let lines = [texts(Field::Headline).join(" "), head.trim().to_owned()].into_iter();
        let lines = lines.chain(texts(Field::Article).into_iter().map(ToOwned::to_owned));
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        text += &lines.join("\n");
        text += "\n\n";
    }
    text
}

/// Everything that is kept: each document as it came, its text beside it where
/// a program is needed to read it, and what stood in its place before.
pub(super) fn kept(
    sources: &[Source],
    deliveries: Vec<Delivery>,
    kept: Vec<Bytes>,
    understood: &Understood,
    old: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Vec<Bytes> {
    let (mut documents, mut beside) = (Vec::new(), Vec::new());
    let whole: Vec<String> =
        sources.iter().filter(|source| !source.drawn).map(|source| source.name.clone()).collect();
    for ((source, delivery), (name, bytes)) in sources.iter().zip(deliveries).zip(kept) {
        let path = source.path.clone();
        if let Some((earlier, bytes)) = source.earlier.clone().zip(old(&path)) {
            beside.push((earlier, bytes));
        }
        if source.drawn {
            beside.push((format!("{path}.txt"), drawn(&name, understood, &whole).into_bytes()));
        } else if !matches!(kind(&name, &bytes), Ok(Kind::Text | Kind::Csv)) {
            beside.push((format!("{path}.txt"), delivery.document.plain().0.into_bytes()));
        }
        documents.push((path, bytes));
    }
    documents.extend(beside);
    documents
}
