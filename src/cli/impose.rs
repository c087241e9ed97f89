//! `fengcai impose`.

use std::io::ErrorKind;
use std::path::Path;

use fengcai::catalogue::Lang;
use fengcai::check::print_job;
use fengcai::digest::sha256;
use fengcai::impose::fit::{self, Grid, Pages, TooSmall};
use fengcai::impose::place::{Options, Words, place};
use fengcai::impose::plan::{Cell, Duplex, Order, Plan, Scheme, Sheet};
use fengcai::impose::{Source, Unusable};
use fengcai::load;
use fengcai::model::{Marks, Mm, Size};
use fengcai::project::{LARGEST, read_inside, read_regular, write_file};
use fengcai::session::Error;

use super::args::{self, DuplexArg, SchemeArg};
use super::ui::Ui;
use super::{Exit, Failure, PRESS};

pub(super) fn run(args: &args::Impose, ui: &Ui) -> Result<Exit, Failure> {
    let (source, hash) = open(&args.source, ui)?;
    let larger = source.larger_pages();
    if !larger.is_empty() {
        let list = numbers(&larger);
        return Err(Failure(ui.pick(
            format!("第 {list} 页的成品尺寸比第一页大，拼上去会被裁掉；请改成同样大小，或分开拼版"),
            format!("pages {list} are larger in trim than the first and would be cut; make them of one size, or impose them apart"),
        )));
    }
    let sheet = fit::sheet(&args.sheet).ok_or_else(|| unknown_sheet(&args.sheet, ui))?;
    let scheme = scheme(args, source.len(), ui)?;
    let mm = |pt: f64| Mm((pt * 25.4 / 72.0 * 100.0).round() / 100.0);
    let (width, height) = source.trim();
    // More bleed than 3 mm is cut off anyway; less is all there is.
    let bleed = Mm(mm(source.bleed()).0.min(3.0));
    let pages = Pages {
        trim: Size { width: mm(width), height: mm(height) },
        bleed,
        gutter: Mm(args.gutter.unwrap_or(2.0 * bleed.0)),
        folded: scheme != Scheme::TwoUp,
    };
    let ups: Vec<usize> = match (&args.up, scheme) {
        (_, Scheme::TwoUp) => vec![2],
        (Some(up), _) => vec![up.parse().expect("one of three")],
        (None, _) => vec![2, 4, 8],
    };
    let (grid, up) = Grid::fullest(sheet, pages, &ups, !args.no_marks)
        .map_err(|small| too_small(&small, args.no_marks, ui))?;
    let (blanks_after, right_bound) = (args.blanks_after, args.right_bound);
    let plan = Plan::new(&Order { pages: source.len(), scheme, up, blanks_after, right_bound });
    let duplex = if args.duplex == DuplexArg::Short { Duplex::ShortEdge } else { Duplex::LongEdge };
    tell(&source, &plan, up, ui);
    if args.dry_run {
        table(&plan, grid.turns_back(duplex), ui);
        return Ok(Exit::Clean);
    }
    let caliper = caliper(args, scheme, ui)?;
    let name = args.source.file_name().unwrap_or_default().to_string_lossy();
    let words = format!("{name} · {}", &hash[..12]);
    let options = Options {
        duplex,
        caliper,
        scale: 1.0,
        marks: if args.no_marks { Marks::default() } else { Marks::ALL },
        collate: matches!(scheme, Scheme::Perfect { .. }),
        words: &words,
        note: &[],
        slug: if ui.lang() == Lang::Zh { Words::Zh } else { Words::En },
    };
    let pdf = place(source, &plan, &grid, &options);
    let out = args.out.as_deref().expect("required unless it is a dry run");
    super::replaces_its_like(out, b"%PDF-", ui)?;
    write_file(out, &pdf).map_err(|error| ui.failed(&Error::Store { folder: out.to_owned(), error }))?;
    let (shown, sheets) = (out.display(), plan.sheets.len());
    ui.say(
        &format!("已生成 {shown}：大张 {sheets} 张，爬移按每叶 {} 毫米。", caliper.0),
        &format!("Wrote {shown}: sheets {sheets}, creep by {} mm a leaf.", caliper.0),
    );
    Ok(Exit::Clean)
}

/// The scheme; options that do not belong to it are refused.
fn scheme(args: &args::Impose, pages: usize, ui: &Ui) -> Result<Scheme, Failure> {
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

/// Thickness of a leaf: as given, else of a project; none is told of where it
/// matters.
fn caliper(args: &args::Impose, scheme: Scheme, ui: &Ui) -> Result<Mm, Failure> {
    if let Some(caliper) = args.caliper {
        return Ok(Mm(caliper));
    }
    let of_project = project_caliper(args.project.as_deref().unwrap_or(Path::new(".")), ui)?;
    if let (Some(project), None) = (&args.project, of_project) {
        let project = project.display();
        return Err(Failure(ui.pick(
            format!("从“{project}”的 data/press.json 得不到内文纸张的厚度：请写 paper.caliper，或改用 --caliper 写明毫米"),
            format!("data/press.json of \"{project}\" gives no thickness: write paper.caliper there, or use --caliper"),
        )));
    }
    if of_project.is_none() && scheme != Scheme::TwoUp {
        ui.say(
            "没有纸张厚度，不做爬移；可用 --caliper 写明一张纸厚几毫米。",
            "The caliper is not known, so there is no creep; --caliper gives it in millimetres.",
        );
    }
    Ok(of_project.unwrap_or(Mm(0.0)))
}

/// The source and the SHA-256 of its bytes.
fn open(path: &Path, ui: &Ui) -> Result<(Source, String), Failure> {
    let shown = path.display();
    let bytes = read_regular(path, LARGEST)
        .map_err(|error| ui.failed(&Error::Unreadable { file: path.to_owned(), error }))?;
    let source = Source::read(&bytes).map_err(|problem| {
        let (zh, en) = match problem {
            Unusable::Encrypted => {
                ("加了密（密码或权限限制），请先去掉", "is encrypted; remove password and permissions first")
            }
            Unusable::Broken => ("不是 PDF，或者已经损坏", "is no PDF, or is damaged"),
            Unusable::Damaged => (
                "有读不完整的内容，请重新导出",
                "has contents that cannot be read to the end; export it anew",
            ),
            Unusable::Empty => ("没有页面", "has no pages"),
            Unusable::TooMany => ("页数太多", "has too many pages"),
            Unusable::Page(page) => {
                return Failure(ui.pick(
                    format!("“{shown}”第 {page} 页没有可用的页面框（MediaBox 缺失或面积为零），请重新导出"),
                    format!("page {page} of \"{shown}\" has no usable boxes (MediaBox is missing or empty); export it anew"),
                ));
            }
        };
        Failure(ui.pick(format!("“{shown}”{zh}"), format!("\"{shown}\" {en}")))
    })?;
    let hash = sha256(&bytes);
    Ok((source, hash))
}

fn unknown_sheet(name: &str, ui: &Ui) -> Failure {
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

/// Page numbers in a sentence; of many, the first.
fn numbers(pages: &[usize]) -> String {
    let shown: Vec<String> = pages.iter().take(12).map(ToString::to_string).collect();
    format!("{}{}", shown.join(", "), if pages.len() > shown.len() { ", …" } else { "" })
}

fn tell(source: &Source, plan: &Plan, up: usize, ui: &Ui) {
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

/// Prints the plan: a row a side, rows of cells apart by `/`, turned pages with
/// an arrow.
fn table(plan: &Plan, back_turned: bool, ui: &Ui) {
    let cell = |cell: &Cell| {
        let page = cell.page.map_or("—".into(), |page| page.to_string());
        if cell.turned { format!("{page}↓") } else { page }
    };
    for (i, sheet) in plan.sheets.iter().enumerate() {
        let back = if back_turned { Sheet::half_turned(&sheet.back) } else { sheet.back.clone() };
        for (side, cells) in [(ui.pick("正面", "front"), &sheet.front), (ui.pick("反面", "back"), &back)]
        {
            let rows = cells.chunks(sheet.columns);
            let rows: Vec<String> =
                rows.map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | ")).collect();
            ui.print(&format!("{}\t{}\t{side}\t{}", sheet.section, i + 1, rows.join("  /  ")));
        }
    }
}

/// The caliper of a project's print job; none where there is no such file, or
/// it says none.
fn project_caliper(project: &Path, ui: &Ui) -> Result<Option<Mm>, Failure> {
    let path = project.join(PRESS);
    let bytes = match read_inside(project, PRESS) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        bytes => bytes.map_err(|error| ui.failed(&Error::Unreadable { file: path.clone(), error }))?,
    };
    let document = load::parse(PRESS, &bytes, &mut vec![]);
    match print_job(&document).0 {
        Some(job) => Ok(job.paper.thickness().map(|(caliper, _)| caliper)),
        None => Err(super::broken_job(&path, ui)),
    }
}
