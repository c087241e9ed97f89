//! Rosters and texts put together: one person for each that they tell of.

mod articles;
mod merge;

use std::collections::BTreeMap;

use super::doubt::{Answers, Ask, Doubt, OF_COLUMNS};
use super::heads::Heads;
use super::reading::found;
use super::roster::Roster;
use super::{Delivery, Known, Person, Place, Understood, forms, lines, names, styles};
use crate::documents::{Block, Spot, Table};

/// Persons that a delivery tells of, before they are put together.
#[derive(Default)]
struct Told {
    /// From tables, in their order.
    listed: Vec<Person>,
    /// From texts.
    written: Vec<Person>,
}

/// Finds the persons.
pub(super) fn find(deliveries: &[Delivery], known: &Known, answers: &Answers, out: &mut Understood) {
    let mut told = Told::default();
    let mut handled: Vec<Vec<usize>> = Vec::new();
    for delivery in deliveries {
        let mut tables = Vec::new();
        let exported = styles::is(delivery);
        // Several copies of one export have one title: that which was corrected.
        let before = std::mem::take(&mut out.book);
        for (key, text) in
            delivery.document.own.iter().filter_map(|(key, text)| Some((key.strip_prefix('=')?, text)))
        {
            let place = Place { file: delivery.name.clone(), spot: Spot::Whole };
            if key == "prints" {
                out.book.exported = prints(text);
            }
            let which = styles::BOOK.iter().position(|known| *known == key);
            for line in text.lines().filter(|_| which.is_some()) {
                out.book.add(which.unwrap_or(0), found(line, &place, &mut out.mends));
            }
        }
        if exported {
            told.written.extend(with_exported(styles::persons(delivery, out), delivery));
        } else {
            for (at, block) in delivery.document.blocks.iter().enumerate() {
                let Block::Table(table) = block else { continue };
                let mut persons = of_table(table, delivery, known, answers, out);
                if persons.is_empty() {
                    continue;
                }
                tables.push(at);
                if let [only] = persons.as_mut_slice() {
                    pictures(delivery, &(at..at + 1), only);
                }
                told.listed.extend(with_exported(persons, delivery));
            }
        }
        if !before.title.is_empty() && (before.was_corrected() || !out.book.was_corrected()) {
            out.book = before;
        }
        handled.push(tables);
    }
    let files = deliveries.iter().filter_map(|delivery| name_of_file(&delivery.name));
    let listed = told.listed.iter().map(|person| person.name().to_owned());
    let all: Vec<String> = known.names.iter().cloned().chain(listed).chain(files).collect();
    let heads = Heads::new(all.iter().map(String::as_str));
    for (delivery, tables) in deliveries.iter().zip(&handled) {
        if !styles::is(delivery) {
            let lines = lines::of(delivery, &|at| tables.contains(&at));
            told.written.extend(articles::of(delivery, &lines, &heads, &told.listed, known, answers, out));
        }
    }
    merge::merge(told, known, answers, out);
}

/// The persons of a table, if it has any.
fn of_table(
    table: &Table,
    delivery: &Delivery,
    known: &Known,
    answers: &Answers,
    out: &mut Understood,
) -> Vec<Person> {
    let own = !delivery.document.own.is_empty();
    let table =
        &if forms::is_turned(table) { turned(table).unwrap_or_else(|| table.clone()) } else { table.clone() };
    if forms::is_form(table) {
        return forms::persons(table, &delivery.name, &known.districts, &mut out.mends);
    }
    if let Some(mut roster) = Roster::of(table, &delivery.name) {
        for (at, head, place) in std::mem::take(&mut roster.unknown) {
            let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.text.trim());
            let example = cells
                .filter(|text| !text.is_empty() && *text != head)
                .map(|text| text.chars().take(12).collect())
                .next();
            let ask = Ask::Column { head, example: example.unwrap_or_default() };
            let doubt = Doubt::new(ask, Some(place), answers);
            if let Some(field) = doubt.choice.checked_sub(2).and_then(|choice| OF_COLUMNS.get(choice)) {
                roster.use_column(at, *field);
            }
            out.doubts.push(doubt);
        }
        let own = own || roster.is_export();
        return roster.persons(table, (&delivery.name, own), &known.districts, &mut out.mends, &mut out.left);
    }
    vec![]
}

/// A table with its rows as columns, if it is one of persons side by side.
fn turned(table: &Table) -> Option<Table> {
    let width = table.rows.iter().map(Vec::len).max().filter(|width| (2..=200).contains(width))?;
    if table.rows.len() > 60 {
        return None;
    }
    let empty = |row: &[crate::documents::Cell], at: usize| {
        let spot = row.first().map_or(crate::documents::Spot::Whole, |cell| cell.spot.clone());
        row.get(at).cloned().unwrap_or(crate::documents::Cell { spot, text: String::new(), merged: false })
    };
    let rows = (0..width).map(|at| table.rows.iter().map(|row| empty(row, at)).collect()).collect();
    Some(Table { sheet: table.sheet.clone(), rows })
}

/// The name that a file bears, or a folder in which it lies: 王凤荣.docx, 03
/// 王凤荣（定稿）.docx, 王凤荣/材料.docx.
fn name_of_file(file: &str) -> Option<String> {
    file.rsplit('/').find_map(name_of_step)
}

fn name_of_step(file: &str) -> Option<String> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let parts = stem.split(|c: char| !c.is_alphabetic() && c != '·');
    let plain = |part: &str| {
        let mut part = part;
        for word in [
            "先进事迹材料",
            "先进事迹",
            "事迹材料",
            "事迹",
            "材料",
            "定稿",
            "终稿",
            "简介",
            "同志",
            "修改稿",
            "文稿",
            "稿件",
            "的",
        ] {
            part = part.strip_suffix(word).unwrap_or(part);
        }
        part.to_owned()
    };
    parts.map(plain).find(|part| names::is(part))
}

/// Pictures that stand in some blocks of a document are the person's.
fn pictures(delivery: &Delivery, blocks: &std::ops::Range<usize>, person: &mut Person) {
    let own = delivery.document.pictures.iter().filter(|picture| blocks.contains(&picture.block));
    person.pictures.extend(own.map(|picture| (delivery.name.clone(), picture.clone())));
}

/// Fingerprints by field, as an export writes them.
fn prints(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split(';').filter_map(|pair| pair.split_once('='));
    pairs.map(|(field, print)| (field.to_owned(), print.to_owned())).collect()
}

/// Persons with what an export of the project said of them.
fn with_exported(mut persons: Vec<Person>, delivery: &Delivery) -> Vec<Person> {
    for person in &mut persons {
        let Some(id) = &person.id else { continue };
        let said = delivery.document.own.iter().find(|(key, _)| key == id);
        person.exported = said.map(|(_, said)| prints(said)).unwrap_or_default();
    }
    persons
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_may_bear_names() {
        for (file, name) in [
            ("王凤荣.docx", Some("王凤荣")),
            ("03 王凤荣（定稿）.docx", Some("王凤荣")),
            ("滨海新区-王凤荣同志先进事迹.txt", Some("王凤荣")),
            ("名单.xlsx", None),
            ("材料.docx", None),
        ] {
            assert_eq!(name_of_file(file).as_deref(), name, "{file}");
        }
    }
}
