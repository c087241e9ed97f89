//! Which page stands where on which sheet.
//!
//! A sheet that is folded once bears 4 pages, twice 8, three times 16. Sheets
//! of a section lie inside each other: sheet `j` from the outside takes the
//! next pages from the front and from the back of the section. For two pages a
//! side that is the rule of saddle stitch: front N−2i | 1+2i,
//! back 2+2i | N−1−2i.

mod stacks;

use stacks::stacked;

/// How pages become a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// All sheets inside each other, stapled through the fold.
    Saddle,
    /// Sections of so many pages one after the other, glued at the spine.
    Perfect {
        /// Pages of a section, a multiple of 4.
        section: usize,
    },
    /// Single leaves, two on a sheet, cut apart and stacked.
    TwoUp,
    /// Cards with a front and a back, as many on a sheet as it holds, cut apart:
    /// the stacks, laid on each other, are in order.
    Cards {
        /// Rows of a sheet.
        rows: usize,
        /// Columns of a sheet.
        columns: usize,
    },
}

/// How sheets are turned between their sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplex {
    /// About the short edge.
    ShortEdge,
    /// About the long edge.
    LongEdge,
}

/// What a plan is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Pages of the source.
    pub pages: usize,
    /// How they become a book.
    pub scheme: Scheme,
    /// Pages a side of a sheet: 2, 4 or 8.
    pub up: usize,
    /// Page after which blanks are put; at the end if there is none.
    pub blanks_after: Option<usize>,
    /// Whether the spine is on the right, as for vertical text.
    pub right_bound: bool,
}

/// A plan: sheets in the order they are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The sheets.
    pub sheets: Vec<Sheet>,
    /// Number of blank pages that were added.
    pub blanks: usize,
}

/// A sheet with two sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Section it belongs to, from 1.
    pub section: usize,
    /// Place in the section from the outside, from 1.
    pub nested: usize,
    /// Rows of cells.
    pub rows: usize,
    /// Columns of cells.
    pub columns: usize,
    /// The side that is printed first: rows from the top, cells from the left.
    pub front: Vec<Cell>,
    /// The other side, as it is seen when the sheet is turned like a leaf.
    pub back: Vec<Cell>,
}

/// A place on a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Page of the source, from 1; none for a blank.
    pub page: Option<usize>,
    /// Whether its head is down.
    pub turned: bool,
    /// Whether its spine is at the cell's right, as it is seen on the sheet.
    pub spine_right: bool,
    /// Leaves between it and the outside of its section: creep in calipers.
    pub creep: usize,
}

type Fold = (usize, usize, usize, &'static [i32], &'static [i32]);

/// Pages of a folded sheet on a side of 1, 2, 4 or 8, as local numbers from 1;
/// rows from the top. A negative number stands on its head.
const FOLD: [Fold; 3] = [
    // pages, rows, columns, front, back
    (4, 1, 2, &[4, 1], &[2, 3]),
    (8, 2, 2, &[-5, -4, 8, 1], &[-3, -6, 2, 7]),
    (16, 2, 4, &[-5, -12, -9, -8, 4, 13, 16, 1], &[-7, -10, -11, -6, 2, 15, 14, 3]),
];

impl Plan {
    /// Makes the plan.
    pub fn new(order: &Order) -> Self {
        let multiple = match order.scheme {
            Scheme::TwoUp | Scheme::Cards { .. } => 2,
            Scheme::Saddle | Scheme::Perfect { .. } => 4,
        };
        let total = order.pages.next_multiple_of(multiple);
        let blanks = total - order.pages;
        let at = order.blanks_after.unwrap_or(order.pages).min(order.pages);
        // Places of the book, 1 to total, to pages of the source.
        let page = |place: usize| match place {
            p if p <= at => Some(p),
            p if p <= at + blanks => None,
            p => Some(p - blanks),
        };
        let mut sheets = match order.scheme {
            Scheme::Saddle => section(1, 1, total, order.up, &page),
            Scheme::Perfect { section: pages } => {
                let starts = (1..=total).step_by(pages).enumerate();
                let sections = starts
                    .map(|(i, first)| section(i + 1, first, pages.min(total + 1 - first), order.up, &page));
                sections.flatten().collect()
            }
            Scheme::TwoUp => stacked(total, (1, 2), &page),
            Scheme::Cards { rows, columns } => stacked(total, (rows.max(1), columns.max(1)), &page),
        };
        if order.right_bound {
            sheets.iter_mut().for_each(Sheet::mirror);
        }
        Self { sheets, blanks }
    }
}

/// The sheets of a section of `total` pages that begins at place `first`: full
/// sheets outside, what is left inside on smaller ones.
fn section(
    number: usize,
    first: usize,
    total: usize,
    up: usize,
    page: &impl Fn(usize) -> Option<usize>,
) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    let mut taken = 0; // pages taken from the front of the section
    while 2 * taken < total {
        let left = total - 2 * taken;
        let (size, rows, columns, front, back) =
            *FOLD.iter().rev().find(|fold| fold.0 <= left.min(2 * up)).expect("a multiple of four");
        let cell = |local: &i32| {
            let number = local.unsigned_abs() as usize;
            let half = size / 2;
            let place = if number <= half { taken + number } else { total - taken - size + number };
            // Odd places have the spine at their left, unless they stand on their head.
            let turned = *local < 0;
            Cell {
                page: page(first - 1 + place),
                turned,
                spine_right: (place % 2 == 0) != turned,
                creep: (place.min(total + 1 - place) - 1) / 2,
            }
        };
        let side = |locals: &[i32]| locals.iter().map(cell).collect();
        let nested = sheets.len() + 1;
        sheets.push(Sheet { section: number, nested, rows, columns, front: side(front), back: side(back) });
        taken += size / 2;
    }
    sheets
}

impl Sheet {
    /// Left becomes right, for a spine on the right.
    fn mirror(&mut self) {
        for side in [&mut self.front, &mut self.back] {
            for row in side.chunks_mut(self.columns) {
                row.reverse();
                row.iter_mut().for_each(|cell| cell.spine_right = !cell.spine_right);
            }
        }
    }

    /// Turns a side by half, for a printer that turns sheets about the other
    /// edge.
    pub fn half_turned(side: &[Cell]) -> Vec<Cell> {
        let turn = |cell: &Cell| Cell { turned: !cell.turned, spine_right: !cell.spine_right, ..*cell };
        side.iter().rev().map(turn).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(pages: usize, scheme: Scheme, up: usize) -> Order {
        Order { pages, scheme, up, blanks_after: None, right_bound: false }
    }

    fn pages(side: &[Cell]) -> Vec<usize> {
        side.iter().map(|cell| cell.page.unwrap_or(0)).collect()
    }

    fn plain(order: Order) -> Vec<(Vec<usize>, Vec<usize>)> {
        Plan::new(&order).sheets.iter().map(|s| (pages(&s.front), pages(&s.back))).collect()
    }

    /// Worked out with folded paper.
    #[test]
    fn saddle_stitch_equals_the_tables() {
        let saddle = |n| plain(order(n, Scheme::Saddle, 2));
        assert_eq!(saddle(4), [(vec![4, 1], vec![2, 3])]);
        assert_eq!(saddle(8), [(vec![8, 1], vec![2, 7]), (vec![6, 3], vec![4, 5])]);
        assert_eq!(
            saddle(12),
            [(vec![12, 1], vec![2, 11]), (vec![10, 3], vec![4, 9]), (vec![8, 5], vec![6, 7])]
        );
        // The same tables as pdfimpose 2.10 makes.
        for n in [4, 8, 12, 24, 28, 64] {
            let table = (0..n / 4).map(|i| (vec![n - 2 * i, 1 + 2 * i], vec![2 + 2 * i, n - 1 - 2 * i]));
            assert_eq!(saddle(n), table.collect::<Vec<_>>());
        }
        assert_eq!(
            plain(order(24, Scheme::Saddle, 8)),
            [
                (vec![5, 20, 17, 8, 4, 21, 24, 1], vec![7, 18, 19, 6, 2, 23, 22, 3]),
                (vec![13, 12, 16, 9], vec![11, 14, 10, 15]),
            ]
        );
        assert_eq!(plain(order(28, Scheme::Saddle, 8)).len(), 3);
    }

    #[test]
    fn sections_follow_each_other() {
        let plan = plain(order(24, Scheme::Perfect { section: 16 }, 2));
        assert_eq!(plan[0], (vec![16, 1], vec![2, 15]));
        assert_eq!(plan[4], (vec![24, 17], vec![18, 23]));
        assert_eq!(plain(order(8, Scheme::TwoUp, 2)), [(vec![1, 5], vec![6, 2]), (vec![3, 7], vec![8, 4])]);
    }

    #[test]
    fn blanks_stand_where_they_are_wanted() {
        let with = Order { blanks_after: Some(5), ..order(6, Scheme::Saddle, 2) };
        assert_eq!(plain(with), [(vec![6, 1], vec![2, 0]), (vec![0, 3], vec![4, 5])]);
        assert_eq!(plain(order(6, Scheme::Saddle, 2))[0], (vec![0, 1], vec![2, 0]));
    }

    #[test]
    fn every_plan_is_a_book() {
        for n in 1..200 {
            for up in [2, 4, 8] {
                for right_bound in [false, true] {
                    for section in [4, 8, 12, 16, 24, 32] {
                        let scheme = Scheme::Perfect { section };
                        holds(&Order { right_bound, ..order(n, scheme, up) });
                    }
                    holds(&Order { right_bound, ..order(n, Scheme::Saddle, up) });
                }
            }
            holds(&order(n, Scheme::TwoUp, 2));
            for (rows, columns) in [(1, 1), (2, 3), (5, 2)] {
                holds(&order(n, Scheme::Cards { rows, columns }, 2));
            }
        }
    }

    /// Every page once; the back of n is n + 1; creep grows inwards.
    fn holds(order: &Order) {
        let plan = Plan::new(order);
        let mut seen = vec![0; order.pages + 1];
        let mut last = (1, 0);
        for sheet in &plan.sheets {
            let creep = sheet.front.iter().map(|c| c.creep).min().unwrap();
            assert!(sheet.section > last.0 || creep >= last.1, "{order:?}");
            last = (sheet.section, creep);
            for (i, front) in sheet.front.iter().enumerate() {
                let (row, column) = (i / sheet.columns, i % sheet.columns);
                let behind = sheet.back[row * sheet.columns + sheet.columns - 1 - column];
                assert_eq!((front.creep, front.turned), (behind.creep, behind.turned), "{order:?}");
                assert_ne!(front.spine_right, behind.spine_right, "{order:?}");
                let both = [front.page, behind.page];
                if let [Some(a), Some(b)] = both {
                    assert!(a.abs_diff(b) == 1 && a.min(b) % 2 == 1, "{order:?}: {a} {b}");
                }
                both.iter().flatten().for_each(|page| seen[*page] += 1);
            }
        }
        assert!(seen[1..].iter().all(|count| *count == 1), "{order:?}");
    }
}
