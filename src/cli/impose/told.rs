//! What is said of a plan.

use fengcai::impose::Source;
use fengcai::impose::plan::{Cell, Plan, Sheet};

use crate::cli::ui::Ui;

/// Page numbers in a sentence; of many, the first.
pub(super) fn numbers(pages: &[usize]) -> String {
    let shown: Vec<String> = pages.iter().take(12).map(ToString::to_string).collect();
    format!("{}{}", shown.join(", "), if pages.len() > shown.len() { ", …" } else { "" })
}

pub(super) fn tell(source: &Source, plan: &Plan, up: usize, ui: &Ui) {
    let smaller = source.smaller_pages();
    if !smaller.is_empty() {
        let list = numbers(&smaller);
        ui.say(
            &format!("注意：第 {list} 页的成品尺寸比第一页小，居中放置，没有缩放。"),
            &format!(
                "Note: pages {list} are smaller in trim than the first; they are centred and not scaled."
            ),
        );
    }
    if plan.blanks > 0 {
        let blanks = plan.blanks;
        ui.say(&format!("添了 {blanks} 个空白页。"), &format!("Blank pages added: {blanks}."));
    }
    let smaller = plan.sheets.iter().filter(|sheet| sheet.front.len() < up).count();
    if smaller > 0 {
        ui.say(&format!("其中 {smaller} 张不满版。"), &format!("{smaller} of the sheets are not full."));
    }
}

/// Prints the sides that have to be plated anew when these pages change.
pub(super) fn changed(plan: &Plan, pages: &[usize], back_turned: bool, ui: &Ui) {
    let has = |cells: &[Cell]| cells.iter().any(|cell| cell.page.is_some_and(|page| pages.contains(&page)));
    let sides = plan.sheets.iter().flat_map(|sheet| [&sheet.front, &sheet.back]);
    let (count, all) = (sides.clone().filter(|cells| has(cells)).count(), sides.count());
    ui.say(
        &format!("要重出的版：{count} 面，共 {all} 面。"),
        &format!("Sides to be plated anew: {count} of {all}."),
    );
    table(plan, has, back_turned, ui);
}

/// Prints the plan: a row a side, rows of cells apart by `/`, turned pages with
/// an arrow; of the sides that are `wanted`.
pub(super) fn table(plan: &Plan, wanted: impl Fn(&[Cell]) -> bool, back_turned: bool, ui: &Ui) {
    let cell = |cell: &Cell| {
        let page = cell.page.map_or("—".into(), |page| page.to_string());
        if cell.turned { format!("{page}↓") } else { page }
    };
    for (i, sheet) in plan.sheets.iter().enumerate() {
        let back = if back_turned { Sheet::half_turned(&sheet.back) } else { sheet.back.clone() };
        let sides = [(ui.pick("正面", "front"), &sheet.front), (ui.pick("反面", "back"), &back)];
        for (side, cells) in sides.into_iter().filter(|(_, cells)| wanted(cells)) {
            let rows = cells.chunks(sheet.columns);
            let rows: Vec<String> =
                rows.map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | ")).collect();
            ui.print(&format!("{}\t{}\t{side}\t{}", sheet.section, i + 1, rows.join("  /  ")));
        }
    }
}
