//! The persons of a text, each with the article that stands behind the name.

use std::collections::BTreeMap;

use super::super::columns::Column;
use super::super::doubt::{Answers, Ask, Doubt};
use super::super::heads::Heads;
use super::super::line::{Line, Look};
use super::super::reading::{Reading, found};
use super::super::sections::{Section, cut, headline};
use super::super::{Delivery, Field, Found, Known, Person, Understood, join, names, post};
use super::{name_of_file, pictures};

/// Shortest text that somebody has to be asked about, in characters.
const LONG: usize = 100;

/// The persons of a text.
pub(super) fn of(
    delivery: &Delivery,
    lines: &[Line],
    heads: &Heads,
    listed: &[Person],
    known: &Known,
    answers: &Answers,
    out: &mut Understood,
) -> Vec<Person> {
    let mut cut = cut(lines, heads);
    for at in &cut.furniture {
        let line = &lines[*at];
        if line.text.chars().any(char::is_alphanumeric) {
            out.left.push(Found { text: line.text.clone(), place: line.place.clone() });
        }
    }
    if cut.sections.is_empty() && cut.front.iter().any(|at| lines[*at].look == Look::Body) {
        let name = name_of_file(&delivery.name).or_else(|| name_within(lines, &cut.front, listed, known));
        if let Some(name) = name {
            let first_body = cut.front.iter().position(|at| lines[*at].look == Look::Body).unwrap_or(0);
            let (titles, body) = cut.front.split_at(first_body);
            let mut section = Section {
                titles: titles.iter().rev().take(3).rev().copied().collect(),
                body: body.to_vec(),
                ..Section::default()
            };
            section.cluster.name = Some(name);
            cut.sections.push(section);
            cut.front.clear();
        }
    }
    let unnamed = cut.sections.iter().filter(|section| section.cluster.name.is_none()).count();
    let only = cut.sections.len() == 1;
    for section in cut.sections.iter_mut().filter(|section| section.cluster.name.is_none()) {
        let of_file = name_of_file(&delivery.name).filter(|_| only);
        section.cluster.name =
            of_file.or_else(|| name_within(lines, &section.body, listed, known).filter(|_| unnamed == 1));
        section.cluster.name_at = section.cluster.post_at;
    }
    let used = out.book.find(lines, &cut.front, &mut out.mends);
    cut.front.retain(|at| !used.contains(at));
    let mut persons: Vec<Person> = Vec::new();
    for (i, section) in cut.sections.iter().enumerate() {
        let Some(mut person) = person(section, lines, known, answers, out) else { continue };
        let block = |at: Option<usize>| at.and_then(|at| lines.get(at)).map(|line| line.block);
        let start = section.titles.iter().copied().chain([section.cluster.lines.start]).min();
        let next = cut.sections.get(i + 1);
        let end =
            next.map(|next| next.titles.iter().copied().chain([next.cluster.lines.start]).min().unwrap_or(0));
        let blocks = block(start).unwrap_or(0)..block(end).unwrap_or(usize::MAX);
        pictures(delivery, &blocks, &mut person);
        persons.push(person);
    }
    nobody(delivery, lines, &cut.front, &persons, listed, answers, out);
    persons
}

/// The known name that a text without heads speaks of.
fn name_within(lines: &[Line], front: &[usize], listed: &[Person], known: &Known) -> Option<String> {
    let text: String = front.iter().map(|at| lines[*at].text.as_str()).collect();
    let all = listed.iter().map(Person::name).chain(known.names.iter().map(String::as_str));
    let counts = all.filter(|name| name.chars().count() > 1).map(|name| (text.matches(name).count(), name));
    let (count, name) = counts.max_by_key(|(count, name)| (*count, name.len()))?;
    (count > 0).then(|| name.to_owned())
}

/// A person as a part of a text tells.
fn person(
    section: &Section,
    lines: &[Line],
    known: &Known,
    answers: &Answers,
    out: &mut Understood,
) -> Option<Person> {
    let cluster = &section.cluster;
    let place = |at: usize| lines[at.min(lines.len() - 1)].place.clone();
    let mut reading = Reading::new(&known.districts, &mut out.mends, false);
    let mut label_body: Vec<Line> = Vec::new();
    let mut in_article = false;
    for (column, value, at) in &cluster.labels {
        if *column == Column::Of(Field::Article) {
            in_article = true;
            label_body.push(Line {
                text: value.clone(),
                look: Look::of(value, &lines[*at].style),
                ..lines[*at].clone()
            });
        } else {
            reading.take(*column, 1, value, &place(*at));
        }
    }
    if let Some(name) = &cluster.name {
        reading.take(Column::Of(Field::Name), 1, name, &place(cluster.name_at));
    }
    let mut unsplit = None;
    let mut titles = section.titles.clone();
    if let Some(text) = &cluster.post {
        // The place may stand in a line of its own above the role.
        let of = |text: &str| post::place_of(text, &known.districts);
        let whole = |parts: &post::Parts| {
            !parts.district.is_empty() && !parts.street.is_empty() && !parts.community.is_empty()
        };
        let place_at =
            titles.iter().copied().find(|at| whole(&of(&lines[*at].text)) && !lines[*at].text.contains('“'));
        if let Some(at) = place_at.filter(|_| !post::has_place(text)) {
            reading.take(Column::Unit, 1, &lines[at].text, &place(at));
            titles.retain(|title| *title != at);
        }
        reading.take(Column::Post, 1, text, &place(cluster.post_at));
        unsplit = Some(text.clone()).filter(|text| post::split(text, &known.districts).is_none());
    }
    let mut person = reading.done();
    if !person.fields.contains_key(&Field::Headline) && !titles.is_empty() {
        let parted =
            titles.iter().flat_map(|at| headline(&[&lines[*at].text]).into_iter().map(|line| (line, *at)));
        let mut parted: Vec<(String, usize)> = parted.collect();
        if parted.len() > 3 {
            parted = titles.iter().map(|at| (lines[*at].text.clone(), *at)).collect();
        }
        let lines = parted
            .iter()
            .map(|(text, at)| found(text.trim_matches(['《', '》']), &place(*at), &mut out.mends))
            .collect();
        person.fill(Field::Headline, lines);
    }
    let (boxed, plain): (Vec<usize>, Vec<usize>) = section.body.iter().partition(|at| lines[**at].boxed);
    let whole: String = plain.iter().map(|at| lines[*at].text.as_str()).collect();
    let mut left_out: Vec<usize> = Vec::new();
    let in_box: BTreeMap<usize, String> = boxed.iter().map(|at| (*at, lines[*at].text.clone())).collect();
    for (at, text) in &in_box {
        let start: String = text.chars().take(20).collect();
        let name = cluster.name.clone().unwrap_or_default();
        let drop = if whole.contains(text.trim()) {
            true
        } else {
            let doubt = Doubt::new(Ask::TextBox { name, start }, Some(place(*at)), answers);
            let choice = doubt.choice;
            out.doubts.push(doubt);
            choice == 2
        };
        if drop {
            left_out.push(*at);
            out.left.push(Found { text: text.clone(), place: place(*at) });
        }
    }
    let body = section.body.iter().filter(|at| !left_out.contains(at)).map(|at| &lines[*at]);
    let body: Vec<&Line> = label_body.iter().filter(|_| in_article).chain(body).collect();
    for (text, place) in join::paragraphs(&body) {
        person.add(Field::Article, found(&text, &place, &mut out.mends));
    }
    if let Some(post) = unsplit {
        let ask = Ask::Post { name: person.name().to_owned(), post };
        out.doubts.push(Doubt::new(ask, Some(place(cluster.post_at)), answers));
    }
    Some(person)
}

/// Asks about a text that names nobody.
fn nobody(
    delivery: &Delivery,
    lines: &[Line],
    front: &[usize],
    persons: &[Person],
    listed: &[Person],
    answers: &Answers,
    out: &mut Understood,
) {
    let body: Vec<&Line> = front.iter().map(|at| &lines[*at]).collect();
    let length: usize =
        body.iter().filter(|line| line.look == Look::Body).map(|line| line.text.chars().count()).sum();
    let Some(first) = body.iter().find(|line| line.look == Look::Body).filter(|_| length >= LONG) else {
        out.left.extend(body.iter().map(|line| Found { text: line.text.clone(), place: line.place.clone() }));
        return;
    };
    let written = |name: &str| persons.iter().any(|person| names::plain(person.name()) == name);
    let without: Vec<String> =
        listed.iter().map(|person| person.name().to_owned()).filter(|name| !written(name)).take(20).collect();
    let start = first.text.chars().take(20).collect();
    let ask = Ask::Nobody { start, length, persons: without.clone() };
    let doubt = Doubt::new(ask, Some(first.place.clone()), answers);
    match doubt.choice.checked_sub(2).and_then(|choice| without.get(choice)) {
        Some(name) => {
            let mut person = Person::default();
            person.add(Field::Name, Found { text: name.clone(), place: first.place.clone() });
            for (text, place) in join::paragraphs(&body) {
                person.add(Field::Article, found(&text, &place, &mut out.mends));
            }
            pictures(delivery, &(0..usize::MAX), &mut person);
            out.persons.push(person);
        }
        None => out
            .left
            .extend(body.iter().map(|line| Found { text: line.text.clone(), place: line.place.clone() })),
    }
    out.doubts.push(doubt);
}
