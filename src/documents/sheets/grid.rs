//! A sheet as it fills up, cell by cell, within the budget.

use std::collections::BTreeMap;

use super::super::{Cell, DocumentProblem, Spot, Table, budget};

/// Last row of a sheet.
const ROW: usize = 1 << 20;

/// Cells and bytes that all sheets of a document may still have.
pub(super) struct Left {
    cells: usize,
    bytes: usize,
}

impl Default for Left {
    fn default() -> Self {
        Self { cells: budget::CELLS, bytes: budget::CELL_BYTES }
    }
}

/// A sheet: texts by row and column, from 1.
pub(super) struct Grid {
    name: String,
    rows: BTreeMap<usize, BTreeMap<usize, String>>,
    merged: Vec<[usize; 4]>,
}

impl Grid {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.chars().take(budget::NAME).collect(), rows: BTreeMap::new(), merged: vec![] }
    }

    /// Puts a text, unless it is empty.
    pub(super) fn put(
        &mut self,
        row: usize,
        column: usize,
        text: String,
        left: &mut Left,
    ) -> Result<(), DocumentProblem> {
        if text.trim().is_empty() {
            return Ok(());
        }
        let fits = row <= ROW && left.cells > 0 && left.bytes >= text.len() && column <= budget::COLUMNS;
        if !fits || self.rows.len() > budget::ROWS {
            return Err(DocumentProblem::TooManyCells);
        }
        left.cells -= 1;
        left.bytes -= text.len();
        self.rows.entry(row).or_default().insert(column, text);
        Ok(())
    }

    /// Joins cells: rows and columns, the last ones included.
    pub(super) fn merge(&mut self, [top, left, bottom, right]: [usize; 4]) {
        let sound = top <= bottom && left <= right && right <= budget::COLUMNS && bottom <= ROW;
        if sound && self.merged.len() < budget::MERGED {
            self.merged.push([top, left, bottom, right]);
        }
    }

    /// The table, without empty rows. What a merged cell says counts for each
    /// row that it reaches.
    ///
    /// # Errors
    /// When its empty cells are too many.
    pub(super) fn table(mut self) -> Result<Table, DocumentProblem> {
        let mut reached: BTreeMap<(usize, usize), String> = BTreeMap::new();
        let (mut filled, mut bytes) = (0_usize, 0_usize);
        for [top, left, bottom, right] in &self.merged {
            let Some(text) = self.rows.get(top).and_then(|row| row.get(left)).cloned() else { continue };
            let below: Vec<usize> = self.rows.range(top..=bottom).map(|(row, _)| *row).collect();
            for row in below {
                filled += right - left + 1;
                bytes += text.len();
                if filled > budget::FILLED || bytes > budget::CELL_BYTES {
                    return Err(DocumentProblem::TooManyCells);
                }
                for column in *left..=*right {
                    let shown = if column == *left && row != *top { text.clone() } else { String::new() };
                    if (row, column) != (*top, *left) {
                        reached.insert((row, column), shown);
                    }
                }
            }
        }
        let ends = self.rows.values().filter_map(|row| row.keys().next_back());
        if filled + ends.sum::<usize>() > budget::FILLED {
            return Err(DocumentProblem::TooManyCells);
        }
        let rows = std::mem::take(&mut self.rows);
        let row = |(number, mut texts): (usize, BTreeMap<usize, String>)| {
            let last_merged =
                reached.range((number, 0)..(number + 1, 0)).next_back().map_or(0, |((_, column), _)| *column);
            let last = texts.keys().next_back().copied().unwrap_or(0).max(last_merged);
            let cell = |column: usize| {
                let merged = reached.get(&(number, column));
                let text = texts.remove(&column);
                Cell {
                    spot: Spot::Sheet(self.name.clone(), number, column),
                    merged: text.is_none() && merged.is_some(),
                    text: text.or_else(|| merged.cloned()).unwrap_or_default(),
                }
            };
            (1..=last).map(cell).collect()
        };
        Ok(Table { sheet: Some(self.name.clone()), rows: rows.into_iter().map(row).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_cells_count_for_each_row() {
        let (mut grid, mut left) = (Grid::new("名单"), Left::default());
        for (row, column, text) in [(1, 1, "和平区"), (1, 2, "甲"), (2, 2, "乙"), (4, 1, "题"), (4, 3, "尾")]
        {
            grid.put(row, column, text.into(), &mut left).expect("fits");
        }
        grid.merge([1, 1, 2, 1]);
        grid.merge([4, 1, 4, 2]);
        let table = grid.table().expect("small");
        let texts = |row: usize| {
            table.rows[row].iter().map(|cell| (cell.text.as_str(), cell.merged)).collect::<Vec<_>>()
        };
        assert_eq!(texts(1), [("和平区", true), ("乙", false)]);
        assert_eq!(texts(2), [("题", false), ("", true), ("尾", false)]);
        assert_eq!(grid_error(), Err(DocumentProblem::TooManyCells));
    }

    fn grid_error() -> Result<(), DocumentProblem> {
        Grid::new("宽").put(1, 16_384, "x".into(), &mut Left::default())
    }
}
