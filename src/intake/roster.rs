//! Tables with a row a person: which column holds what, and who is in it.

use super::columns::{self, Column};
use super::reading::{Mends, Reading};
use super::{Field, Found, Person, Place, names, post};
use crate::documents::{Cell, Table};

/// Rows in which the heads of the columns are looked for.
const HEAD_ROWS: usize = 12;

/// What tells that a cell is of a column.
type Test<'a> = &'a dyn Fn(&str) -> bool;

/// A table that was understood.
#[derive(Debug, Clone)]
pub(super) struct Roster {
    /// Rows from which on persons come.
    first: usize,
    /// What each column holds, and its number.
    columns: Vec<Option<(Column, usize)>>,
    /// Heads of the columns that nobody knows: place in the row, text, place.
    pub(super) unknown: Vec<(usize, String, Place)>,
}

fn place(cell: &Cell, file: &str) -> Place {
    Place { file: file.to_owned(), spot: cell.spot.clone() }
}

impl Roster {
    /// Understands a table, if it has a row a person.
    pub(super) fn of(table: &Table, file: &str) -> Option<Self> {
        Self::by_heads(table, file).or_else(|| Self::by_contents(table))
    }

    fn by_heads(table: &Table, file: &str) -> Option<Self> {
        let known = |row: &[Cell]| -> Vec<Option<(Column, usize)>> {
            row.iter().map(|cell| columns::of(&cell.text)).collect()
        };
        let score = |columns: &[Option<(Column, usize)>]| {
            let name = columns.iter().flatten().any(|(column, _)| *column == Column::Of(Field::Name));
            // A form has a label beside its value; heads stand side by side.
            let count = columns.iter().flatten().count();
            if name && count > 1 { count } else { 0 }
        };
        let heads = table.rows.iter().take(HEAD_ROWS).map(|row| score(&known(row)));
        let (at, _) = heads
            .enumerate()
            .filter(|(_, score)| *score > 0)
            .max_by_key(|(at, score)| (*score, std::cmp::Reverse(*at)))?;
        let mut columns = known(&table.rows[at]);
        let mut first = at + 1;
        // A head may have a second row below it, under merged cells.
        if let Some(below) = table.rows.get(first).filter(|below| is_second_head(&table.rows[at], below)) {
            let lower = known(below);
            for (i, column) in lower.iter().enumerate().filter(|(_, column)| column.is_some()) {
                columns.resize(columns.len().max(i + 1), None);
                columns[i] = *column;
            }
            first += 1;
        }
        let rows = &table.rows[first..];
        let filled = |i: usize| {
            rows.iter().filter_map(|row| row.get(i)).any(|cell| !cell.merged && !cell.text.trim().is_empty())
        };
        if !rows.iter().any(|row| name_cell(row, &columns).is_some()) {
            return None;
        }
        let head = &table.rows[at];
        let unknown = head.iter().enumerate().filter(|(i, cell)| {
            !cell.merged
                && !cell.text.trim().is_empty()
                && columns.get(*i).copied().flatten().is_none()
                && filled(*i)
        });
        let unknown =
            unknown.map(|(i, cell)| (i, cell.text.trim().replace('\n', ""), place(cell, file))).collect();
        Some(Self { first, columns, unknown })
    }

    /// A table without heads: names in one column, posts in another.
    fn by_contents(table: &Table) -> Option<Self> {
        let width = table.rows.iter().map(Vec::len).max()?;
        let rows = table.rows.len();
        let share = |i: usize, is: &dyn Fn(&str) -> bool| {
            table.rows.iter().filter_map(|row| row.get(i)).filter(|cell| is(cell.text.trim())).count()
        };
        let name = (0..width).max_by_key(|i| (share(*i, &names::is), std::cmp::Reverse(*i)))?;
        let named = share(name, &names::is);
        if named < 2 || 10 * named < 8 * rows {
            return None;
        }
        let mut columns = vec![None; width];
        columns[name] = Some((Column::Of(Field::Name), 1));
        let is_post = |text: &str| post::ends_as_role(text) && post::has_place(text);
        let district =
            |text: &str| text.ends_with(['区', '县']) && text.chars().count() <= 6 && !text.ends_with("社区");
        let street = |text: &str| text.ends_with("街道") || text.ends_with(['镇', '乡']);
        let community = |text: &str| text.ends_with("社区") || text.ends_with(['村']);
        let long = |text: &str| text.chars().count() > 120;
        let tests: [(Column, Test); 6] = [
            (Column::Post, &is_post),
            (Column::Of(Field::District), &district),
            (Column::Of(Field::Street), &street),
            (Column::Of(Field::Community), &community),
            (Column::Of(Field::Role), &post::ends_as_role),
            (Column::Of(Field::Article), &long),
        ];
        for (column, is) in tests {
            let free = (0..width).filter(|i| columns[*i].is_none());
            if let Some(best) = free.max_by_key(|i| share(*i, is)).filter(|i| 2 * share(*i, is) > rows) {
                columns[best] = Some((column, 1));
            }
        }
        // A row above the first name may be a title.
        let first =
            table.rows.iter().position(|row| row.get(name).is_some_and(|cell| names::is(&cell.text)))?;
        (columns.iter().flatten().count() > 1).then_some(Self { first, columns, unknown: vec![] })
    }

    /// Whether the columns are those of an export of ours.
    pub(super) fn is_export(&self) -> bool {
        let has = |wanted: Column| self.columns.iter().flatten().any(|(column, _)| *column == wanted);
        has(Column::Id) && has(Column::Of(Field::Evidence))
    }

    /// Uses a column that nobody knew as a field.
    pub(super) fn use_column(&mut self, at: usize, field: Field) {
        if let Some(column) = self.columns.get_mut(at) {
            *column = Some((Column::Of(field), 1));
        }
    }

    /// The persons of the rows; rows without a name that say something are
    /// left.
    pub(super) fn persons(
        &self,
        table: &Table,
        (file, own): (&str, bool),
        districts: &[String],
        mends: &mut Mends,
        left: &mut Vec<Found>,
    ) -> Vec<Person> {
        let mut persons: Vec<Person> = Vec::new();
        for row in &table.rows[self.first.min(table.rows.len())..] {
            let Some(name) = name_cell(row, &self.columns) else {
                let said: Vec<&str> = row
                    .iter()
                    .filter(|cell| !cell.merged)
                    .map(|cell| cell.text.trim())
                    .filter(|t| !t.is_empty())
                    .collect();
                if let Some(first) =
                    row.iter().find(|cell| !cell.text.trim().is_empty()).filter(|_| !said.is_empty())
                {
                    left.push(Found { text: said.join(" "), place: place(first, file) });
                }
                continue;
            };
            let mut reading = Reading::new(districts, mends, own);
            reading.take(Column::Of(Field::Name), 1, &name.text, &place(name, file));
            let mut cells: Vec<_> =
                row.iter().zip(&self.columns).filter_map(|(cell, column)| Some((cell, (*column)?))).collect();
            // What says one thing goes before what says several.
            cells.sort_by_key(|(_, (column, _))| match column {
                Column::Unit => 2,
                Column::Post => 1,
                _ => 0,
            });
            for (cell, (column, number)) in cells {
                let of_post = matches!(
                    column,
                    Column::Of(Field::District | Field::Street | Field::Community | Field::Role)
                        | Column::Unit
                        | Column::Post
                );
                if !cell.text.trim().is_empty() && (of_post || !cell.merged) {
                    reading.take(column, number, &cell.text, &place(cell, file));
                }
            }
            persons.push(reading.done());
        }
        persons
    }
}

/// Whether a row is a second one of heads: under merged or empty cells of the
/// first, known names of columns.
fn is_second_head(head: &[Cell], below: &[Cell]) -> bool {
    let known = below.iter().enumerate().filter(|(i, cell)| {
        columns::of(&cell.text).is_some()
            && !cell.merged
            && columns::plain(&cell.text) != head.get(*i).map_or(String::new(), |c| columns::plain(&c.text))
    });
    let filled = below.iter().filter(|cell| !cell.merged && !cell.text.trim().is_empty()).count();
    let known = known.count();
    known > 0 && known == filled
}

fn name_cell<'a>(row: &'a [Cell], columns: &[Option<(Column, usize)>]) -> Option<&'a Cell> {
    let at = columns
        .iter()
        .position(|column| column.is_some_and(|(column, _)| column == Column::Of(Field::Name)))?;
    row.get(at).filter(|cell| !cell.merged && names::may_be(&cell.text))
}
