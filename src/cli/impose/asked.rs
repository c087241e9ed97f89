//! What is asked for, where it can be had.

use std::path::Path;

use fengcai::impose::fit::{self, Grid, Pages, TooSmall};
use fengcai::impose::plan::Scheme;
use fengcai::model::Size;

use crate::cli::Failure;
use crate::cli::args::{self, SchemeArg};
use crate::cli::ui::Ui;

/// The scheme; options that do not belong to it are refused.
pub(super) fn scheme(args: &args::Impose, pages: usize, ui: &Ui) -> Result<Scheme, Failure> {
    let wrong = |zh: &str, en: &str| Err(Failure(ui.pick(zh.to_owned(), en.to_owned())));
    if args.out.as_ref().is_some_and(|out| same_file(out, &args.source)) {
        return wrong(
            "--out 与原文件是同一个文件，不敢覆盖",
            "--out is the source itself, which would be lost",
        );
    }
    if args.blanks_after.is_some_and(|page| page == 0 || page > pages) {
        return wrong("--blanks-after 不是原文件里的页码", "--blanks-after is no page of the source");
    }
    match (args.scheme, args.section.map(usize::from)) {
        (SchemeArg::Perfect, section) if section.unwrap_or(16).is_multiple_of(4) => {
            Ok(Scheme::Perfect { section: section.unwrap_or(16) })
        }
        (SchemeArg::Perfect, _) => wrong("每帖页数须是 4 的倍数", "a section has a multiple of 4 pages"),
        (_, Some(_)) => wrong("--section 只用于 perfect", "--section belongs to perfect alone"),
        (SchemeArg::Cards, _) if args.up.is_some() => wrong(
            "cards 按纸能放几张就放几张，不用 --up",
            "cards takes as many as the sheet holds; leave out --up",
        ),
        // How many follows from the sheet.
        (SchemeArg::Cards, _) => Ok(Scheme::Cards { rows: 1, columns: 1 }),
        (SchemeArg::TwoUp, _) if args.up.as_deref().is_some_and(|up| up != "2") => {
            wrong("two-up 每面只有两页", "two-up has two pages a side")
        }
        (SchemeArg::TwoUp, _) => Ok(Scheme::TwoUp),
        (SchemeArg::Saddle, _) => Ok(Scheme::Saddle),
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// Where pages stand on the sheet, how many a side, and the scheme, which may
/// follow from that.
pub(super) fn grid(
    args: &args::Impose,
    sheet: Size,
    pages: Pages,
    scheme: Scheme,
    ui: &Ui,
) -> Result<(Grid, usize, Scheme), Failure> {
    let refused = |small: TooSmall| too_small(&small, args.no_marks, ui);
    if let Scheme::Cards { .. } = scheme {
        let grid = Grid::most(sheet, pages, !args.no_marks).map_err(refused)?;
        let (rows, columns) = grid.cells();
        return Ok((grid, rows * columns, Scheme::Cards { rows, columns }));
    }
    let ups: Vec<usize> = match (&args.up, scheme) {
        (_, Scheme::TwoUp) => vec![2],
        (Some(up), _) => vec![up.parse().unwrap_or(2)],
        (None, _) => vec![2, 4, 8],
    };
    let (grid, up) = Grid::fullest(sheet, pages, &ups, !args.no_marks).map_err(refused)?;
    Ok((grid, up, scheme))
}

pub(super) fn unknown_sheet(name: &str, ui: &Ui) -> Failure {
    let known: Vec<&str> = fit::SHEETS.iter().map(|(name, ..)| *name).collect();
    let known = known.join("、");
    Failure(ui.pick(
        format!("不知道“{name}”这种纸；可用 {known}，或写成 宽x高（毫米），如 460x330"),
        format!("there is no sheet \"{name}\"; use {known}, or WIDTHxHEIGHT in millimetres such as 460x330"),
    ))
}

fn too_small(small: &TooSmall, bare: bool, ui: &Ui) -> Failure {
    let size = |s: Size| format!("{:.1} × {:.1}", s.width.0, s.height.0);
    let (needed, sheet) = (size(small.needed), size(small.sheet));
    let would = match small.would_do.as_slice() {
        [] => "—".to_owned(),
        names => names.join(ui.pick("、", ", ")),
    };
    let marks = if bare { "" } else { ui.pick("和标记", " and marks") };
    let way_out = if bare {
        ui.pick(
            "办公室打印的样书用 fengcai build --target office。",
            " For an office printer: fengcai build --target office.",
        )
    } else {
        ui.pick("不要标记可加 --no-marks。", " Without marks: --no-marks.")
    };
    Failure(ui.pick(
        format!("放不下：连出血{marks}需要 {needed} 毫米，这张纸是 {sheet} 毫米。放得下的纸：{would}。{way_out}"),
        format!("it does not fit: {needed} mm are needed with bleed{marks}, the sheet is {sheet} mm. Sheets that would do: {would}.{way_out}"),
    ))
}
