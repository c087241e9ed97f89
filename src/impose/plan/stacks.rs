//! Leaves that are cut apart and stacked.

use super::{Cell, Sheet};

/// Leaves beside each other: each place of the sheets becomes a stack, and the
/// first stack is the first part of the book.
pub(super) fn stacked(
    total: usize,
    (rows, columns): (usize, usize),
    page: &impl Fn(usize) -> Option<usize>,
) -> Vec<Sheet> {
    let leaves = total / 2;
    let stack = leaves.div_ceil(rows * columns);
    let leaf = |leaf: usize, back: bool| Cell {
        page: if leaf < leaves { page(2 * leaf + 1 + usize::from(back)) } else { None },
        turned: false,
        spine_right: back,
        creep: 0,
    };
    let place = |row: usize, column: usize, i: usize| (row * columns + column) * stack + i;
    let cells = |i: usize, back: bool| {
        let each = (0..rows * columns).map(|cell| (cell / columns, cell % columns));
        // Seen from behind, left is right.
        let seen =
            |(row, column)| leaf(place(row, if back { columns - 1 - column } else { column }, i), back);
        each.map(seen).collect()
    };
    let sheet = |i: usize| Sheet {
        section: 1,
        nested: i + 1,
        rows,
        columns,
        front: cells(i, false),
        back: cells(i, true),
    };
    (0..stack).map(sheet).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Order, Plan, Scheme};

    /// Stacks laid on each other, the first on top, are in order.
    #[test]
    fn cards_are_cut_and_stacked() {
        let scheme = Scheme::Cards { rows: 2, columns: 2 };
        let order = Order { pages: 16, scheme, up: 4, blanks_after: None, right_bound: false };
        let pages = |side: &[super::Cell]| side.iter().map(|cell| cell.page.unwrap_or(0)).collect::<Vec<_>>();
        let plan: Vec<_> =
            Plan::new(&order).sheets.iter().map(|s| (pages(&s.front), pages(&s.back))).collect();
        assert_eq!(plan, [(vec![1, 5, 9, 13], vec![6, 2, 14, 10]), (vec![3, 7, 11, 15], vec![8, 4, 16, 12])]);
    }
}
