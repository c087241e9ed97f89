//! Tables that are forms: a label beside its value, one person or several.

use super::columns::{self, Column};
use super::labels::labels;
use super::reading::{Mends, Reading};
use super::{Field, Person, Place, names};
use crate::documents::{Cell, Spot, Table};

/// The label in a cell, if it is one.
fn label(cell: &Cell) -> Option<Column> {
    columns::of(&cell.text).map(|(column, _)| column)
}

/// Whether a table is a form: its rows begin with labels, and values stand
/// beside them.
pub(super) fn is_form(table: &Table) -> bool {
    let rows: Vec<Vec<&Cell>> =
        table.rows.iter().map(|row| shown(row)).filter(|row| !row.is_empty()).collect();
    let labelled =
        |row: &&Vec<&Cell>| label(row[0]).is_some() && row.get(1).is_none_or(|next| label(next).is_none());
    let begin = rows.iter().filter(labelled).count();
    let name = Column::Of(Field::Name);
    let named = rows.iter().flatten().any(|cell| label(cell) == Some(name));
    let inner = rows.iter().flatten().any(|cell| within(cell).iter().any(|(column, _)| *column == name));
    (named && begin > 1 || inner && begin > 0) && 2 * begin + usize::from(inner) >= rows.len()
}

/// Whether a table has its persons side by side: a label, and in the row of
/// names two or more of them.
pub(super) fn is_turned(table: &Table) -> bool {
    let rows: Vec<Vec<&Cell>> =
        table.rows.iter().map(|row| shown(row)).filter(|row| !row.is_empty()).collect();
    let begin = rows.iter().filter(|row| label(row[0]).is_some()).count();
    let several = |row: &Vec<&Cell>| {
        let values = row.len() - 1;
        label(row[0]) == Some(Column::Of(Field::Name))
            && values > 1
            && row[1..].iter().all(|cell| label(cell).is_none() && names::may_be(&cell.text))
    };
    begin > 1 && 2 * begin > rows.len() && rows.iter().any(several)
}

fn shown(row: &[Cell]) -> Vec<&Cell> {
    row.iter().filter(|cell| !cell.merged && !cell.text.trim().is_empty()).collect()
}

/// Labels and values that stand below each other, or with colons, in one cell:
/// a table within a table, or a list.
fn within(cell: &Cell) -> Vec<(Column, String)> {
    let lines: Vec<&str> = cell.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let of = |line: &str| columns::of(line).map(|(column, _)| column);
    let mut found = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let marked = labels(line);
        let value = lines.get(i + 1).filter(|value| of(value).is_none());
        match (of(line), value) {
            _ if !marked.is_empty() => found.extend(marked),
            (Some(column), Some(value)) => found.push((column, (*value).to_owned())),
            _ => {}
        }
    }
    if found.len() < 2 { vec![] } else { found }
}

/// The persons of a table that is a form; nothing where it is none.
pub(super) fn persons(table: &Table, file: &str, districts: &[String], mends: &mut Mends) -> Vec<Person> {
    let pairs = pairs(table);
    let name = |pair: &Pair| pair.column == Column::Of(Field::Name);
    let of_person = pairs.iter().filter(|pair| !matches!(pair.column, Column::Number | Column::Unprinted));
    if of_person.count() < 2 || !pairs.iter().any(|pair| name(pair) && names::may_be(&pair.text)) {
        return vec![];
    }
    let mut persons: Vec<Person> = Vec::new();
    let mut reading: Option<Reading> = None;
    for pair in &pairs {
        if name(pair) {
            persons.extend(reading.take().map(Reading::done));
            reading = Some(Reading::new(districts, &mut *mends, false));
        }
        if let Some(reading) = &mut reading {
            reading.take(
                pair.column,
                1,
                &pair.text,
                &Place { file: file.to_owned(), spot: pair.spot.clone() },
            );
        }
    }
    persons.extend(reading.map(Reading::done));
    persons
}

/// A label with its value.
struct Pair {
    column: Column,
    text: String,
    spot: Spot,
}

impl Pair {
    fn new(column: Column, cell: &Cell) -> Self {
        Self { column, text: cell.text.clone(), spot: cell.spot.clone() }
    }
}

/// Labels with the cells behind them, or below them where a label fills the
/// row, or with the lines below them in a cell.
fn pairs(table: &Table) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut below: Option<Column> = None;
    for row in &table.rows {
        let cells = shown(row);
        let mut i = 0;
        while let Some(cell) = cells.get(i) {
            match (label(cell), cells.get(i + 1)) {
                (Some(column), Some(value)) if label(value).is_none() => {
                    pairs.push(Pair::new(column, value));
                    below = None;
                    i += 2;
                    continue;
                }
                (Some(column), None) if cells.len() == 1 => below = Some(column),
                (None, _) if cells.len() == 1 && below.is_some() => {
                    pairs.extend(below.take().map(|column| Pair::new(column, cell)));
                }
                (None, _) => {
                    let inner = within(cell).into_iter();
                    pairs.extend(inner.map(|(column, text)| Pair { column, text, spot: cell.spot.clone() }));
                }
                _ => {}
            }
            i += 1;
        }
    }
    pairs
}
