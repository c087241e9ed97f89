//! A dummy for the office printer: the screen edition scaled onto A4 or A3, to
//! be folded and stapled.

use super::fit::{self, Grid, Pages};
use super::place::{Options, Words, place};
use super::plan::{Duplex, Order, Plan, Scheme};
use super::source::{Source, Unusable};
use crate::model::{Marks, Mm, Size};

/// Paper that office printers leave white at the sides, and above and below,
/// where the slug stands.
const SIDE: f64 = 5.0;
const HEAD: f64 = 8.0;

/// Scales a book onto a named sheet, two pages a side.
///
/// # Errors
/// When the book is no PDF whose pages can be taken.
///
/// # Panics
/// When the sheet has no name in [`fit::SHEETS`].
pub fn dummy(book: &[u8], sheet: &str) -> Result<Vec<u8>, Unusable> {
    let source = Source::read(book)?;
    let paper = fit::sheet(sheet).expect("a named sheet");
    let (width, height) = source.trim();
    let mm = |pt: f64| pt * 25.4 / 72.0;
    let across = (paper.width.0 - 2.0 * SIDE) / (2.0 * mm(width));
    let down = (paper.height.0 - 2.0 * HEAD) / mm(height);
    // A whole percentage can be said on the sheet.
    let percent = (across.min(down) * 100.0).floor();
    let scale = percent / 100.0;
    let trim = Size { width: Mm(mm(width) * scale), height: Mm(mm(height) * scale) };
    let pages = Pages { trim, bleed: Mm(0.0), gutter: Mm(0.0), folded: true };
    let grid = Grid::new(paper, pages, 2, false).expect("scaled to fit");
    let count = source.len();
    let order = Order { pages: count, scheme: Scheme::Saddle, up: 2, blanks_after: None, right_bound: false };
    let plan = Plan::new(&order);
    let note = [
        format!("打印设置：{sheet} 横向，双面，短边翻转，实际大小（不缩放）。"),
        format!("Print on {sheet}, landscape, both sides, flip on short edge, actual size."),
        format!("打完抽去本页，其余 {} 张对折，中缝骑钉；版面缩至 {percent}%。", plan.sheets.len()),
    ];
    let options = Options {
        duplex: Duplex::ShortEdge,
        caliper: Mm(0.0),
        scale,
        marks: Marks { trim: false, registration: false, bar: false, slug: true },
        collate: false,
        words: &format!("样书 {percent}%"),
        slug: Words::Zh,
        note: &note,
    };
    Ok(place(source, &plan, &grid, &options))
}
