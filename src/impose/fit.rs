//! Whether a sheet holds the pages: every millimetre said.

use super::plan::Duplex;
use crate::model::{Mm, Size};

/// Named sheets, in millimetres: width of the longer side, then the shorter.
/// 正度 full sheets are 787 × 1092 mm, 大度 ones 889 × 1194 mm (GB/T 147); halves
/// and quarters of them.
pub const SHEETS: &[(&str, f64, f64)] = &[
    ("A4", 297.0, 210.0),
    ("A3", 420.0, 297.0),
    ("SRA3", 450.0, 320.0),
    ("正四开", 546.0, 393.5),
    ("大四开", 597.0, 444.5),
    ("正对开", 787.0, 546.0),
    ("大对开", 889.0, 597.0),
    ("正全开", 1092.0, 787.0),
    ("大全开", 1194.0, 889.0),
];

/// How far a block may be over, in millimetres: office programs round A4 to
/// whole points or twips.
const SLACK: f64 = 0.25;

/// What marks take around the block on every side.
pub const MARKS: Mm = Mm(7.0);

/// Pages as they are to be placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pages {
    /// Size of the trimmed page as it stands on the sheet.
    pub trim: Size,
    /// Bleed of every edge but the spine.
    pub bleed: Mm,
    /// Paper between neighbours that are cut apart.
    pub gutter: Mm,
    /// Whether two neighbours share a fold; else all are cut apart.
    pub folded: bool,
}

impl Pages {
    /// Cuts between a column and the sheet's left.
    fn cuts_before(&self, column: usize) -> usize {
        if self.folded { column / 2 } else { column }
    }
}

/// Where cells stand on a sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// The sheet as it lies.
    pub sheet: Size,
    /// The pages.
    pub pages: Pages,
    /// Rows and columns of the fullest sheet.
    rows: usize,
    columns: usize,
}

/// A sheet that is too small.
#[derive(Debug, Clone, PartialEq)]
pub struct TooSmall {
    /// What the block takes, width and height.
    pub needed: Size,
    /// What is there.
    pub sheet: Size,
    /// Named sheets that would do.
    pub would_do: Vec<&'static str>,
}

/// Longest side of a sheet in millimetres: two hundred inches, the most of a PDF
/// page (ISO 32000-1, Annex C).
const SIDE: f64 = 5080.0;

/// A sheet by its name or as `WIDTHxHEIGHT` in millimetres.
pub fn sheet(name: &str) -> Option<Size> {
    let known = SHEETS.iter().find(|(n, ..)| n.eq_ignore_ascii_case(name));
    if let Some((_, width, height)) = known {
        return Some(Size { width: Mm(*width), height: Mm(*height) });
    }
    let (width, height) = name.split_once(['x', 'X', '×'])?;
    let side = |text: &str| text.trim().parse::<f64>().ok().filter(|mm| (50.0..=SIDE).contains(mm));
    Some(Size { width: Mm(side(width)?), height: Mm(side(height)?) })
}

/// What a block of cells takes without marks: what is cut apart has a gutter
/// between.
fn block(pages: &Pages, rows: usize, columns: usize) -> Size {
    let (cuts, bleed) = (pages.cuts_before(columns - 1), pages.bleed.0);
    let width = columns as f64 * pages.trim.width.0 + cuts as f64 * pages.gutter.0 + 2.0 * bleed;
    let height = rows as f64 * pages.trim.height.0 + (rows - 1) as f64 * pages.gutter.0 + 2.0 * bleed;
    Size { width: Mm(width), height: Mm(height) }
}

/// Rows and columns for a number of pages a side.
pub fn cells(up: usize) -> (usize, usize) {
    match up {
        2 => (1, 2),
        4 => (2, 2),
        _ => (2, 4),
    }
}

impl Grid {
    /// Puts a block on a sheet, turned if it lies better that way.
    ///
    /// # Errors
    /// When the sheet is too small, with what is needed and which would do.
    pub fn new(sheet: Size, pages: Pages, up: usize, marks: bool) -> Result<Self, TooSmall> {
        let (rows, columns) = cells(up);
        let Size { width, height } = block(&pages, rows, columns);
        let around = if marks { 2.0 * MARKS.0 } else { 0.0 };
        let needed = Size { width: Mm(width.0 + around), height: Mm(height.0 + around) };
        let holds = |s: Size| s.width.0 + SLACK >= needed.width.0 && s.height.0 + SLACK >= needed.height.0;
        let turned = |s: Size| Size { width: s.height, height: s.width };
        match [sheet, turned(sheet)].into_iter().find(|s| holds(*s)) {
            Some(sheet) => Ok(Self { sheet, pages, rows, columns }),
            None => {
                let named = SHEETS.iter().filter(|(_, w, h)| {
                    let size = Size { width: Mm(*w), height: Mm(*h) };
                    holds(size) || holds(turned(size))
                });
                Err(TooSmall { needed, sheet, would_do: named.map(|(name, ..)| *name).collect() })
            }
        }
    }

    /// The most pages a side that a sheet holds of those wanted.
    ///
    /// # Errors
    /// When not even the fewest fit.
    pub fn fullest(sheet: Size, pages: Pages, ups: &[usize], marks: bool) -> Result<(Self, usize), TooSmall> {
        let mut refused = None;
        for up in ups.iter().rev() {
            match Self::new(sheet, pages, *up, marks) {
                Ok(grid) => return Ok((grid, *up)),
                Err(small) => refused = Some(small),
            }
        }
        Err(refused.expect("at least one is wanted"))
    }

    /// As many rows and columns as a sheet holds, the way it holds more.
    ///
    /// # Errors
    /// When not even one fits, with the sheets that would do.
    pub fn most(sheet: Size, pages: Pages, marks: bool) -> Result<Self, TooSmall> {
        Self::filled(sheet, pages, marks).ok_or_else(|| {
            let Size { width, height } = block(&pages, 1, 1);
            let around = if marks { 2.0 * MARKS.0 } else { 0.0 };
            let needed = Size { width: Mm(width.0 + around), height: Mm(height.0 + around) };
            let would = |(_, w, h): &&(&str, f64, f64)| {
                Self::filled(Size { width: Mm(*w), height: Mm(*h) }, pages, marks).is_some()
            };
            let would_do = SHEETS.iter().filter(would).map(|(name, ..)| *name).collect();
            TooSmall { needed, sheet, would_do }
        })
    }

    /// A sheet that is filled; none where not even one fits.
    fn filled(sheet: Size, pages: Pages, marks: bool) -> Option<Self> {
        let around = if marks { 2.0 * MARKS.0 } else { 0.0 };
        let turned = Size { width: sheet.height, height: sheet.width };
        // Cells of a length in another: n · size + (n − 1) · gutter + bleed.
        let along = |length: Mm, size: Mm| {
            let left = length.0 + SLACK - around - 2.0 * pages.bleed.0 + pages.gutter.0;
            (left / (size.0 + pages.gutter.0)).floor().clamp(0.0, 100.0) as usize
        };
        let lies = |sheet: Size| {
            let (rows, columns) =
                (along(sheet.height, pages.trim.height), along(sheet.width, pages.trim.width));
            Self { sheet, pages, rows, columns }
        };
        let (upright, turned) = (lies(sheet), lies(turned));
        let count = |grid: &Self| grid.rows * grid.columns;
        let best = if count(&turned) > count(&upright) { turned } else { upright };
        (count(&best) > 0).then_some(best)
    }

    /// Whether turning the sheet about its upright edge is turning it about
    /// the short one.
    fn upright_edge_is_short(&self) -> bool {
        self.sheet.height.0 <= self.sheet.width.0
    }

    /// Whether the back has to stand on its head to come out upright.
    pub fn turns_back(&self, duplex: Duplex) -> bool {
        (duplex == Duplex::ShortEdge) != self.upright_edge_is_short()
    }

    /// Lower left corner of the trim of a cell, for a sheet of so many rows and
    /// columns in the middle of the block.
    pub fn corner(&self, rows: usize, columns: usize, row: usize, column: usize) -> (Mm, Mm) {
        let Size { width, height } = block(&self.pages, rows, columns);
        let (trim, gutter) = (self.pages.trim, self.pages.gutter.0);
        let left = (self.sheet.width.0 - width.0) / 2.0 + self.pages.bleed.0;
        let bottom = (self.sheet.height.0 - height.0) / 2.0 + self.pages.bleed.0;
        let x = left + column as f64 * trim.width.0 + self.pages.cuts_before(column) as f64 * gutter;
        let from_bottom = rows - 1 - row;
        let y = bottom + from_bottom as f64 * (trim.height.0 + gutter);
        (Mm(x), Mm(y))
    }

    /// Rows and columns of the fullest sheet.
    pub fn cells(&self) -> (usize, usize) {
        (self.rows, self.columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGES: Pages = Pages {
        trim: Size { width: Mm(210.0), height: Mm(285.0) },
        bleed: Mm(3.0),
        gutter: Mm(6.0),
        folded: true,
    };

    #[test]
    fn a_spread_of_this_book_is_too_wide_for_a3() {
        let small = Grid::new(sheet("A3").unwrap(), PAGES, 2, false).unwrap_err();
        assert_eq!((small.needed.width.0, small.needed.height.0), (426.0, 291.0));
        assert_eq!(small.would_do, ["SRA3", "正四开", "大四开", "正对开", "大对开", "正全开", "大全开"]);
        assert!(Grid::new(sheet("SRA3").unwrap(), PAGES, 2, true).is_ok());
    }

    #[test]
    fn cards_fill_a_sheet() {
        let size = |width, height| Size { width: Mm(width), height: Mm(height) };
        let cards = Pages { trim: size(90.0, 54.0), bleed: Mm(3.0), gutter: Mm(6.0), folded: false };
        let grid = Grid::most(sheet("A4").unwrap(), cards, false).unwrap();
        // 2 × 90 + 6 + 6 in 210, 4 × 54 + 18 + 6 in 297; lying it is 3 × 3.
        assert_eq!(grid.cells(), (3, 3));
        let small = Grid::most(size(80.0, 50.0), cards, false).unwrap_err();
        assert!(small.would_do.contains(&"A4"));
    }

    #[test]
    fn great_sheets_hold_four_and_eight() {
        let most = |name| Grid::fullest(sheet(name).unwrap(), PAGES, &[2, 4, 8], true).map(|(_, up)| up);
        assert_eq!(most("大四开"), Ok(4));
        assert_eq!(most("大对开"), Ok(8));
        assert_eq!(most("SRA3"), Ok(2));
        assert_eq!(sheet("460x330").map(|s| s.width), Some(Mm(460.0)));
        assert_eq!(sheet("0x10"), None);
        // Single leaves need a gutter between them.
        let leaves = Pages { folded: false, ..PAGES };
        let small = Grid::new(sheet("A3").unwrap(), leaves, 2, false).unwrap_err();
        assert_eq!(small.needed.width.0, 432.0);
    }
}
