//! `fengcai impose`.

use std::fs;
use std::path::Path;

use fengcai::catalogue::Lang;
use fengcai::check::press_sheet;
use fengcai::impose::fit::{self, Grid, Pages, TooSmall};
use fengcai::impose::place::{Duplex, Options, Words, place};
use fengcai::impose::plan::{Cell, Order, Plan, Scheme};
use fengcai::impose::{Source, Unusable};
use fengcai::load;
use fengcai::profile::{Marks, Mm, Size};

use super::args::{self, DuplexArg, SchemeArg};
use super::store;
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Impose, ui: &Ui) -> Result<Exit, Failure> {
    let source = open(&args.source, ui)?;
    let sheet = fit::sheet(&args.sheet).ok_or_else(|| unknown_sheet(&args.sheet, ui))?;
    let mm = |pt: f64| Mm((pt * 25.4 / 72.0 * 100.0).round() / 100.0);
    let (width, height) = source.trim();
    let trim = Size { width: mm(width), height: mm(height) };
    // More bleed than 3 mm is cut off anyway; less is all there is.
    let bleed = Mm(mm(source.bleed()).0.min(3.0));
    let gutter = Mm(args.gutter.unwrap_or(2.0 * bleed.0).max(0.0));
    let ups: Vec<usize> = match (&args.up, args.scheme) {
        (_, SchemeArg::TwoUp) => vec![2],
        (Some(up), _) => vec![up.parse().expect("one of three")],
        (None, _) => vec![2, 4, 8],
    };
    let pages = Pages { trim, bleed, gutter };
    let (grid, up) =
        Grid::fullest(sheet, pages, &ups, !args.no_marks).map_err(|small| too_small(&small, ui))?;
    let section = usize::from(args.section);
    if args.scheme == SchemeArg::Perfect && !section.is_multiple_of(4) {
        return Err(Failure(
            ui.pick("每帖页数须是 4 的倍数".into(), "a section has a multiple of 4 pages".into()),
        ));
    }
    let scheme = match args.scheme {
        SchemeArg::Saddle => Scheme::Saddle,
        SchemeArg::Perfect => Scheme::Perfect { section },
        SchemeArg::TwoUp => Scheme::TwoUp,
    };
    let order = Order {
        pages: source.len(),
        scheme,
        up,
        blanks_after: args.blanks_after,
        right_bound: args.right_bound,
    };
    let plan = Plan::new(&order);
    tell(&source, &plan, up, ui);
    if args.dry_run {
        table(&plan, ui);
        return Ok(Exit::Clean);
    }
    let caliper = args.caliper.map(Mm).or_else(|| project_caliper(&args.project)).unwrap_or(Mm(0.0));
    let words = args.source.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let options = Options {
        duplex: if args.duplex == DuplexArg::Short { Duplex::ShortEdge } else { Duplex::LongEdge },
        caliper,
        scale: 1.0,
        marks: if args.no_marks { Marks::default() } else { Marks::ALL },
        collate: args.scheme == SchemeArg::Perfect,
        words: &words,
        note: &[],
        slug: if ui.lang() == Lang::Zh { Words::Zh } else { Words::En },
    };
    let pdf = place(source, &plan, &grid, &options);
    let out = args.out.as_deref().expect("required unless it is a dry run");
    store::write_file(out, &pdf, ui)?;
    let (shown, sheets) = (out.display(), plan.sheets.len());
    ui.say(
        &format!("已生成 {shown}：{sheets} 张，每面 {up} 页，爬移按每张 {} 毫米。", caliper.0),
        &format!("Wrote {shown}: {sheets} sheets, {up} pages a side, creep by {} mm a leaf.", caliper.0),
    );
    Ok(Exit::Clean)
}

fn open(path: &Path, ui: &Ui) -> Result<Source, Failure> {
    let shown = path.display();
    let bytes = fs::read(path).map_err(|error| {
        Failure(ui.pick(format!("读不了“{shown}”：{error}"), format!("cannot read \"{shown}\": {error}")))
    })?;
    Source::read(&bytes).map_err(|problem| {
        let (zh, en) = match problem {
            Unusable::Encrypted => ("加了密，请先去掉密码", "is encrypted; remove the password first"),
            Unusable::Broken => ("不是 PDF，或者已经损坏", "is no PDF, or is damaged"),
            Unusable::Empty => ("没有页面", "has no pages"),
        };
        Failure(ui.pick(format!("“{shown}”{zh}"), format!("\"{shown}\" {en}")))
    })
}

fn unknown_sheet(name: &str, ui: &Ui) -> Failure {
    let known: Vec<&str> = fit::SHEETS.iter().map(|(name, ..)| *name).collect();
    let known = known.join("、");
    Failure(ui.pick(
        format!("不知道“{name}”这种纸；可用 {known}，或写成 宽x高（毫米），如 460x330"),
        format!("there is no sheet \"{name}\"; use {known}, or WIDTHxHEIGHT in millimetres such as 460x330"),
    ))
}

fn too_small(small: &TooSmall, ui: &Ui) -> Failure {
    let size = |s: Size| format!("{:.1} × {:.1}", s.width.0, s.height.0);
    let (needed, sheet) = (size(small.needed), size(small.sheet));
    let would = small.would_do.join("、");
    Failure(ui.pick(
        format!("放不下：连出血和标记需要 {needed} 毫米，这张纸是 {sheet} 毫米。放得下的纸：{would}。"),
        format!("it does not fit: {needed} mm are needed with bleed and marks, the sheet is {sheet} mm. Sheets that would do: {would}."),
    ))
}

fn tell(source: &Source, plan: &Plan, up: usize, ui: &Ui) {
    let odd = source.odd_pages();
    if !odd.is_empty() {
        let list = odd.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        ui.say(
            &format!("注意：第 {list} 页的成品尺寸与第一页不同，居中放置，没有缩放。"),
            &format!("Note: pages {list} differ in trim from the first; they are centred and not scaled."),
        );
    }
    if plan.blanks > 0 {
        let blanks = plan.blanks;
        ui.say(&format!("添了 {blanks} 个空白页。"), &format!("{blanks} blank pages were added."));
    }
    let smaller = plan.sheets.iter().filter(|sheet| sheet.front.len() < up).count();
    if smaller > 0 {
        ui.say(&format!("其中 {smaller} 张不满版。"), &format!("{smaller} of the sheets are not full."));
    }
}

/// Prints the plan: a row a side, rows of cells apart by `/`, turned pages with
/// an arrow.
fn table(plan: &Plan, ui: &Ui) {
    let cell = |cell: &Cell| {
        let page = cell.page.map_or("—".into(), |page| page.to_string());
        if cell.turned { format!("{page}↓") } else { page }
    };
    for (i, sheet) in plan.sheets.iter().enumerate() {
        for (side, cells) in
            [(ui.pick("正面", "front"), &sheet.front), (ui.pick("反面", "back"), &sheet.back)]
        {
            let rows = cells.chunks(sheet.columns);
            let rows: Vec<String> =
                rows.map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | ")).collect();
            ui.print(&format!("{}\t{}\t{side}\t{}", sheet.section, i + 1, rows.join("  /  ")));
        }
    }
}

fn project_caliper(project: &Path) -> Option<Mm> {
    let bytes = fs::read(project.join("data/press.json")).ok()?;
    let document = load::parse("data/press.json", &bytes, &mut vec![]);
    Some(press_sheet(&document).0?.paper.thickness()?.0)
}
