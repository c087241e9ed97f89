//! Persons of tables and of texts that are the same, made one.

use std::collections::{BTreeMap, HashSet};

use super::super::doubt::{Answers, Ask, Doubt};
use super::super::plan::{FIELDS_OF_PERSONS, differing, value_of};
use super::super::record::print;
use super::super::{Field, Known, Person, Understood, names};
use super::Told;

/// Persons of a project (its order has room for as many).
const MOST: usize = 10_000;

/// Puts the persons together, in the order of the tables, else of the texts.
pub(super) fn merge(told: Told, known: &Known, answers: &Answers, out: &mut Understood) {
    let assigned = std::mem::take(&mut out.persons);
    let mut persons: Vec<Person> = Vec::new();
    let (listed, written) = (told.listed.len(), told.written.len());
    let over = listed.saturating_sub(MOST) + written.saturating_sub(MOST);
    if over > 0 {
        let place =
            told.listed.iter().chain(&told.written).nth(MOST).and_then(|person| person.first(Field::Name));
        out.left.extend(place.cloned());
    }
    for person in told.listed.into_iter().take(MOST) {
        match persons.iter_mut().find(|other| same(other, &person)) {
            Some(other) => join(other, person, answers, out),
            None => persons.push(person),
        }
    }
    let listed = persons.len();
    for person in told.written.into_iter().take(MOST).chain(assigned) {
        if person.name().is_empty() {
            if let Some(at) = by_post(&persons, &person) {
                join(&mut persons[at], person, answers, out);
            } else {
                let start = person.texts(Field::Headline).join(" ");
                let start = if start.is_empty() { person.post() } else { start };
                let place = person.fields.values().flatten().next().map(|found| found.place.clone());
                out.doubts.push(Doubt::new(Ask::NoName { start }, place, answers));
                out.left.extend(person.fields.into_values().flatten());
            }
            continue;
        }
        let exact: Vec<usize> = (0..persons.len()).filter(|i| persons[*i].name() == person.name()).collect();
        let fits = exact.iter().copied().filter(|i| same_post(&persons[*i], &person));
        // One who has no article yet, of those whose post is the same.
        let best = fits.clone().find(|i| !persons[*i].has(Field::Article)).or_else(|| fits.clone().next());
        let only = exact.first().copied().filter(|i| exact.len() == 1 && !persons[*i].has(Field::Article));
        match best.or(only) {
            Some(at) => join(&mut persons[at], person, answers, out),
            None => match near(&persons[..listed], &person) {
                Some(at) if exact.is_empty() => near_name(&mut persons, at, person, answers, out),
                _ => persons.push(person),
            },
        }
    }
    let mut ids: HashSet<String> = HashSet::new();
    for person in &mut persons {
        // A part that was copied with its number is of somebody else.
        if person.id.as_ref().is_some_and(|id| !ids.insert(id.clone())) {
            (person.id, person.exported) = (None, BTreeMap::new());
        }
    }
    same_names(&mut persons, answers, out);
    without_article(&mut persons, listed, known, answers, out);
    out.persons = persons;
}

/// Whether two persons of tables are one.
fn same(one: &Person, other: &Person) -> bool {
    match (&one.id, &other.id) {
        // A row that was copied has somebody else's number.
        (Some(id), Some(same)) => id == same && one.name() == other.name(),
        _ => one.name() == other.name() && same_post(one, other),
    }
}

/// Whether two posts may be one: no part of them differs.
fn same_post(one: &Person, other: &Person) -> bool {
    let fields = [Field::Community, Field::Street, Field::District];
    let differ = |field: &Field| {
        let (one, other) = (one.text(*field), other.text(*field));
        !one.is_empty() && !other.is_empty() && !one.contains(other) && !other.contains(one)
    };
    !fields.iter().any(differ)
}

/// The person of a table whose post is that of a text without a name.
fn by_post(persons: &[Person], person: &Person) -> Option<usize> {
    let community = person.text(Field::Community);
    let mut fits = (0..persons.len())
        .filter(|i| !community.is_empty() && persons[*i].text(Field::Community) == community);
    let first = fits.next()?;
    fits.next().is_none().then_some(first)
}

/// The person of a table whose name differs from one of a text in a character,
/// and who has no article.
fn near(listed: &[Person], person: &Person) -> Option<usize> {
    (0..listed.len()).find(|i| {
        let other = &listed[*i];
        names::near(other.name(), person.name()) && !other.has(Field::Article) && same_post(other, person)
    })
}

fn near_name(
    persons: &mut Vec<Person>,
    at: usize,
    mut person: Person,
    answers: &Answers,
    out: &mut Understood,
) {
    // Whichever name the article has is more likely the right one.
    let article = person.texts(Field::Article).concat();
    let (listed, written) = (persons[at].name().to_owned(), person.name().to_owned());
    let swapped = article.matches(&written).count() > article.matches(&listed).count();
    let ask = match swapped {
        true => Ask::NearName { one: written, other: listed },
        false => Ask::NearName { one: listed, other: written },
    };
    let place = person.first(Field::Name).map(|found| found.place.clone());
    let doubt = Doubt::new(ask, place, answers);
    let choice = doubt.choice;
    out.doubts.push(doubt);
    match choice {
        3 => persons.push(person),
        choice if (choice == 2) != swapped => {
            let name = person.fields.remove(&Field::Name);
            persons[at].fields.extend(name.map(|name| (Field::Name, name)));
            join(&mut persons[at], person, answers, out);
        }
        _ => {
            person.fields.remove(&Field::Name);
            join(&mut persons[at], person, answers, out);
        }
    }
}

/// What a second document says of a person: fills what is missing; where both
/// say something else, it is asked.
fn join(person: &mut Person, other: Person, answers: &Answers, out: &mut Understood) {
    let letters =
        |texts: Vec<&str>| -> String { texts.concat().chars().filter(|c| c.is_alphanumeric()).collect() };
    let (mine, theirs) = (unchanged(person), unchanged(&other));
    for (field, found) in other.fields {
        if theirs.contains(&field.group()) && person.has(field) {
            continue;
        }
        if !person.has(field) || mine.contains(&field.group()) {
            person.fields.insert(field, found);
            continue;
        }
        let new: Vec<&str> = found.iter().map(|found| found.text.as_str()).collect();
        let (here, there) = (letters(person.texts(field)), letters(new));
        if here == there
            || matches!(field, Field::Name | Field::Photo | Field::Label | Field::Value | Field::Evidence)
        {
            continue;
        }
        let part = |long: &str, short: &str| !short.is_empty() && long.contains(short);
        match field {
            // The summary of a table, and the text itself.
            Field::Article if 2 * here.chars().count() < there.chars().count() => {
                person.fields.insert(field, found);
                continue;
            }
            Field::Article if 2 * there.chars().count() < here.chars().count() => continue,
            // 书记 and 党委书记, 和平区 and 天津市和平区.
            Field::Role | Field::District | Field::Street | Field::Community
                if part(&there, &here) || part(&here, &there) =>
            {
                continue;
            }
            _ => {}
        }
        let first = person.first(field).cloned();
        let Some((first, second)) = first.zip(found.first().cloned()) else { continue };
        let texts: Vec<&str> = found.iter().map(|found| found.text.as_str()).collect();
        let mut candidates = match field {
            Field::Article => {
                let (one, other) = differing(&person.texts(field), &texts);
                vec![format!("{} {one}", first.place.file), format!("{} {other}", second.place.file)]
            }
            _ => vec![person.texts(field).join(" "), texts.join(" ")],
        };
        // A file that says to be the newer one goes first.
        let newer = is_newer(&second.place.file) && !is_newer(&first.place.file);
        if newer {
            candidates.reverse();
        }
        let ask = Ask::Several { name: person.name().to_owned(), field, candidates };
        let doubt = Doubt::new(ask, Some(second.place.clone()), answers);
        if (doubt.choice == 2) != newer {
            person.fields.insert(field, found);
        }
        out.doubts.push(doubt);
    }
    person.pictures.extend(other.pictures);
    person.id = person.id.take().or(other.id);
    person.exported.extend(other.exported);
}

/// Parts of a person that came back from an export as they went out.
fn unchanged(person: &Person) -> Vec<&'static str> {
    let same = |group: &&str| {
        let value = value_of(person, group);
        value.is_some_and(|value| person.exported.get(*group) == Some(&print(&value)))
    };
    FIELDS_OF_PERSONS.iter().copied().filter(same).collect()
}

/// Whether a file says of itself that it is a later version.
fn is_newer(file: &str) -> bool {
    ["改", "定稿", "终稿", "修订", "最新", "新版", "第二", "二稿", "三稿"]
        .iter()
        .any(|word| file.contains(word))
}

/// Asks about persons of one name.
fn same_names(persons: &mut Vec<Person>, answers: &Answers, out: &mut Understood) {
    let mut asked: Vec<String> = Vec::new();
    let mut at = 0;
    while at < persons.len() {
        let name = persons[at].name().to_owned();
        let all: Vec<usize> = (0..persons.len()).filter(|i| persons[*i].name() == name).collect();
        if all.len() > 1 && !asked.contains(&name) {
            let posts = all.iter().map(|i| persons[*i].post()).collect();
            let ask = Ask::SameName { name: name.clone(), posts };
            let place = persons[all[1]].first(Field::Name).map(|found| found.place.clone());
            let doubt = Doubt::new(ask, place, answers);
            if doubt.choice == 2 {
                for i in all.iter().skip(1).rev() {
                    let gone = persons.remove(*i);
                    out.left.extend(gone.fields.into_values().flatten());
                }
            }
            out.doubts.push(doubt);
            asked.push(name);
        }
        at += 1;
    }
}

/// Asks about persons without an article, and about articles whose person is
/// in no table where there is one.
fn without_article(
    persons: &mut Vec<Person>,
    listed: usize,
    known: &Known,
    answers: &Answers,
    out: &mut Understood,
) {
    let mut kept: Vec<Person> = Vec::new();
    for (i, person) in std::mem::take(persons).into_iter().enumerate() {
        let name = person.name().to_owned();
        let place = person.first(Field::Name).map(|found| found.place.clone());
        let known = person.id.is_some()
            || known.names.iter().any(|known| *known == name || names::near(known, &name));
        let ask = if !person.has(Field::Article) && !known {
            Some(Ask::NoArticle { name })
        } else if i >= listed && listed > 0 && !known {
            Some(Ask::NotListed { name })
        } else {
            None
        };
        let doubt = ask.map(|ask| Doubt::new(ask, place, answers));
        if doubt.as_ref().is_some_and(|doubt| doubt.choice == 2) {
            out.left_out.push(person.name().to_owned());
            out.left.extend(person.fields.into_values().flatten());
        } else {
            kept.push(person);
        }
        out.doubts.extend(doubt);
    }
    *persons = kept;
}
