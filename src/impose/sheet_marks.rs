//! Marks of a sheet: where it is cut and folded, targets, colour bar, slug,
//! and the collation marks (折标) that step down the fold from section to
//! section.

use super::fit::Grid;
use super::plan::{Cell, Duplex, Sheet};
use crate::marks::{colour_bar, mm, target};
use crate::model::{Marks, Mm};

/// From the block to the marks, and their length.
const OFFSET: f64 = 1.0;
const LENGTH: f64 = 5.0;
/// Width and height of a collation mark, and how far the next one is lower.
const COLLATION: (f64, f64) = (2.0, 6.0);
const STEP: f64 = 8.0;

/// The language of the slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Words {
    pub(super) fn slug(
        self,
        begin: &str,
        sheet: usize,
        sheets: usize,
        plan: &Sheet,
        back: bool,
        duplex: Duplex,
    ) -> String {
        let section = plan.section;
        match self {
            Self::Zh => {
                let side = if back { "反面" } else { "正面" };
                let turn = if duplex == Duplex::ShortEdge { "短边翻转" } else { "长边翻转" };
                format!("{begin} · 第 {section} 帖 · 第 {sheet}/{sheets} 张{side} · {turn}")
            }
            Self::En => {
                let side = if back { "back" } else { "front" };
                let turn = if duplex == Duplex::ShortEdge { "short edge" } else { "long edge" };
                format!("{begin} · section {section} · sheet {sheet}/{sheets} {side} · flip on {turn}")
            }
        }
    }
}

/// Which marks are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) marks: Marks,
    pub(super) collation: bool,
}

/// Lower left corner of a cell's trim in points. A side that is turned by half
/// is the same block seen upside down.
pub(super) fn corner(grid: &Grid, sheet: &Sheet, index: usize, turned: bool) -> (f64, f64) {
    let index = if turned { sheet.rows * sheet.columns - 1 - index } else { index };
    let (row, column) = (index / sheet.columns, index % sheet.columns);
    let (x, y) = grid.corner(sheet.rows, sheet.columns, row, column);
    if !turned {
        return (x.pt(), y.pt());
    }
    let (trim, size) = (grid.pages.trim, grid.sheet);
    (Mm(size.width.0 - x.0 - trim.width.0).pt(), Mm(size.height.0 - y.0 - trim.height.0).pt())
}

/// Draws the marks of a side.
pub(super) fn draw(grid: &Grid, sheet: &Sheet, cells: &[Cell], turned: bool, wanted: Wanted) -> String {
    let (trim, bleed) = (grid.pages.trim, grid.pages.bleed.pt());
    let corners: Vec<(f64, f64)> = (0..cells.len()).map(|i| corner(grid, sheet, i, turned)).collect();
    let (w, h) = (trim.width.pt(), trim.height.pt());
    let least = |v: &dyn Fn(&(f64, f64)) -> f64| corners.iter().map(v).fold(f64::INFINITY, f64::min);
    let most = |v: &dyn Fn(&(f64, f64)) -> f64| corners.iter().map(v).fold(f64::NEG_INFINITY, f64::max);
    let (left, bottom) = (least(&|c| c.0) - bleed, least(&|c| c.1) - bleed);
    let (right, top) = (most(&|c| c.0) + w + bleed, most(&|c| c.1) + h + bleed);
    let (offset, length) = (Mm(OFFSET).pt(), Mm(LENGTH).pt());
    let upright = |x: f64| {
        let ends = [(top + offset, top + offset + length), (bottom - offset, bottom - offset - length)];
        ends.map(|(from, to)| format!("{x:.3} {from:.3} m {x:.3} {to:.3} l S\n")).concat()
    };
    let level = |y: f64| {
        let ends = [(left - offset, left - offset - length), (right + offset, right + offset + length)];
        ends.map(|(from, to)| format!("{from:.3} {y:.3} m {to:.3} {y:.3} l S\n")).concat()
    };
    let mut ops = String::from("q /FcAll CS 1 SCN 0.25 w\n");
    for (cell, (x, y)) in cells.iter().zip(&corners).filter(|_| wanted.marks.trim) {
        let (cut, fold) = if cell.spine_right { (*x, x + w) } else { (x + w, *x) };
        ops += &upright(cut);
        ops += &level(*y);
        ops += &level(y + h);
        ops += &match grid.pages.folded {
            true => format!("q [3 2] 0 d\n{}Q\n", upright(fold)),
            false => upright(fold),
        };
    }
    let (middle_x, middle_y) = ((left + right) / 2.0, (bottom + top) / 2.0);
    let out = offset + length / 2.0;
    if wanted.marks.registration {
        let aside = middle_x as f32 - mm(12.0);
        for y in [bottom - out, top + out] {
            ops += &target(aside, y as f32);
        }
        for x in [left - out, right + out] {
            ops += &target(x as f32, middle_y as f32);
        }
    }
    ops += "Q\n";
    if wanted.marks.bar {
        ops += &colour_bar(middle_x as f32 + mm(8.0), (bottom - offset - length) as f32);
    }
    if wanted.collation && sheet.nested == 1 {
        ops += &collation(grid, sheet, cells, &corners);
    }
    ops
}

/// Where the slug of a side begins.
pub(super) fn slug_place(grid: &Grid, sheet: &Sheet, turned: bool) -> (f32, f32) {
    let corners = (0..sheet.rows * sheet.columns).map(|i| corner(grid, sheet, i, turned));
    let (left, top) = corners.fold((f64::INFINITY, 0.0_f64), |(l, t), (x, y)| (l.min(x), t.max(y)));
    let (bleed, height) = (grid.pages.bleed.pt(), grid.pages.trim.height.pt());
    let up = top + height + bleed + Mm(OFFSET).pt();
    // Clear of the trim mark at the corner.
    ((left as f32) + mm(2.0), up as f32 + mm(1.5))
}

/// A bar on the fold between the section's first page and its last.
fn collation(grid: &Grid, sheet: &Sheet, cells: &[Cell], corners: &[(f64, f64)]) -> String {
    let first =
        cells.iter().zip(corners).find(|(cell, _)| cell.creep == 0 && !cell.spine_right && !cell.turned);
    let Some((_, (x, y))) = first else { return String::new() };
    let height = grid.pages.trim.height;
    // As many steps as the fold is long, then again from the top.
    let steps = ((height.0 - 60.0) / STEP).max(1.0) as usize;
    let down = 30.0 + ((sheet.section - 1) % steps) as f64 * STEP;
    let (w, h) = (Mm(COLLATION.0).pt(), Mm(COLLATION.1).pt());
    let y = y + height.pt() - Mm(down).pt() - h;
    format!("q 0 0 0 1 k {:.3} {y:.3} {w:.3} {h:.3} re f Q\n", x - w / 2.0)
}
