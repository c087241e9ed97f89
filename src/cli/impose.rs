//! `fengcai impose`.

mod asked;
mod told;

use std::io::ErrorKind;
use std::path::Path;

use fengcai::catalogue::Lang;
use fengcai::check::print_job;
use fengcai::digest::sha256;
use fengcai::impose::fit::{self, Grid, Pages};
use fengcai::impose::place::{Options, Words, place};
use fengcai::impose::plan::{Duplex, Order, Plan, Scheme};
use fengcai::impose::{Source, Unusable, preview};
use fengcai::load;
use fengcai::model::{Marks, Mm, Size};
use fengcai::project::{LARGEST, read_inside, read_regular, write_file};
use fengcai::session::Error;

use asked::{grid, scheme, unknown_sheet};
use told::{changed, numbers, table, tell};

use super::args::{self, DuplexArg};
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
        folded: !matches!(scheme, Scheme::TwoUp | Scheme::Cards { .. }),
    };
    let (grid, up, scheme) = grid(args, sheet, pages, scheme, ui)?;
    let (blanks_after, right_bound) = (args.blanks_after, args.right_bound);
    let plan = Plan::new(&Order { pages: source.len(), scheme, up, blanks_after, right_bound });
    let duplex = if args.duplex == DuplexArg::Short { Duplex::ShortEdge } else { Duplex::LongEdge };
    tell(&source, &plan, up, ui);
    let back_turned = grid.turns_back(duplex);
    if let Some(pages) = &args.changed {
        let last = source.len();
        if pages.iter().any(|page| !(1..=last).contains(page)) {
            return Err(Failure(ui.pick(
                format!("--changed 里有没有的页；这个文件是第 1 到 {last} 页，写成如 3,7"),
                format!("--changed names a page that is not there; the file has pages 1 to {last}; write it like 3,7"),
            )));
        }
        changed(&plan, pages, back_turned, ui);
        return Ok(Exit::Clean);
    }
    if args.dry_run {
        table(&plan, |_| true, back_turned, ui);
        return Ok(Exit::Clean);
    }
    finish(source, &hash, (&plan, &grid, duplex, scheme), args, ui)
}

/// Places the pages, and writes the sheets and their pictures.
fn finish(
    source: Source,
    hash: &str,
    (plan, grid, duplex, scheme): (&Plan, &Grid, Duplex, Scheme),
    args: &args::Impose,
    ui: &Ui,
) -> Result<Exit, Failure> {
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
    let pdf = place(source, plan, grid, &options);
    let written = |path: &Path, bytes: &[u8]| {
        write_file(path, bytes).map_err(|error| ui.failed(&Error::Store { folder: path.to_owned(), error }))
    };
    if let Some(path) = &args.preview {
        super::replaces_its_like(path, b"<!doctype html>", ui)?;
        let html = preview(&pdf, plan, grid.turns_back(duplex), ui.lang());
        written(path, html.as_bytes())?;
        let shown = path.display();
        ui.say(&format!("大张的样子见 {shown}。"), &format!("{shown} shows the sheets."));
    }
    let Some(out) = &args.out else { return Ok(Exit::Clean) };
    super::replaces_its_like(out, b"%PDF-", ui)?;
    written(out, &pdf)?;
    let (shown, sheets) = (out.display(), plan.sheets.len());
    ui.say(
        &format!("已生成 {shown}：大张 {sheets} 张，爬移按每叶 {} 毫米。", caliper.0),
        &format!("Wrote {shown}: sheets {sheets}, creep by {} mm a leaf.", caliper.0),
    );
    Ok(Exit::Clean)
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
    if of_project.is_none() && matches!(scheme, Scheme::Saddle | Scheme::Perfect { .. }) {
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
