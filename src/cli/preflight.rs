//! `fengcai preflight`.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use fengcai::check::press_sheet;
use fengcai::diag::{self, Diagnostic};
use fengcai::load::{self, Document};
use fengcai::preflight::{self, Expected, KnownPage, Part, Unreadable};
use fengcai::profile::Sheet;
use fengcai::report::{self, Output};

use super::args;
use super::outputs::COVER;
use super::store;
use super::ui::Ui;
use super::{Exit, Failure};

/// The sheet in a project.
const SHEET: &str = "data/press.json";

pub(super) fn run(args: &args::Preflight, ui: &Ui) -> Result<Exit, Failure> {
    let (sheet, mut worst) = sheet(args, ui)?;
    let mut pages = Vec::new();
    let mut unreadable = None;
    for file in &args.files {
        match judge(file, &sheet, args, ui) {
            Ok((exit, report)) => {
                worst = if worst == Exit::Clean { exit } else { worst };
                pages.push((file.display().to_string(), report));
            }
            // The others are judged all the same.
            Err(Failure(sentence)) => {
                if let Some(earlier) = unreadable.replace(sentence) {
                    ui.failure(&earlier);
                }
            }
        }
    }
    if let Some(path) = &args.page {
        let html = report::page(&pages, &sheet, ui.lang());
        store::write_file(path, html.as_bytes(), ui)?;
    }
    match unreadable {
        Some(sentence) => Err(Failure(sentence)),
        None => Ok(worst),
    }
}

/// Judges one file and tells what was found.
fn judge(
    file: &Path,
    sheet: &Sheet,
    args: &args::Preflight,
    ui: &Ui,
) -> Result<(Exit, preflight::Report), Failure> {
    let shown = file.display();
    let bytes = fs::read(file).map_err(|error| {
        Failure(ui.pick(format!("读不了“{shown}”：{error}"), format!("cannot read \"{shown}\": {error}")))
    })?;
    let cover = args.cover || file.file_name().is_some_and(|name| name == COVER);
    let known = known(file, &bytes);
    let part = if cover { Part::Cover } else { Part::Interior };
    let expected = Expected { sheet, part, pages: &known };
    let report = preflight::judge(Arc::new(bytes), &expected).map_err(|Unreadable| {
        Failure(ui.pick(
            format!("“{shown}”不是 PDF，或者已经损坏"),
            format!("\"{shown}\" is no PDF, or is damaged"),
        ))
    })?;
    let mut findings = report.findings.clone();
    diag::sort(&mut findings);
    let name = file.display().to_string();
    let exit = ui.judged(&name, &findings);
    if exit == Exit::Clean {
        let (count, ink) = (report.pages, report.ink);
        let partial = match report.ink_is_partial {
            true => ui.pick("（渐变、图案、蒙版的墨量未计）", " (gradients, patterns and masks not counted)"),
            false => "",
        };
        ui.say(
            &format!("{shown}：{count} 页，最大总墨量 {ink:.0}%{partial}，可以付印（结构检查，未经认证）。"),
            &format!("{shown}: {count} pages, {ink:.0} % ink at most{partial}, ready to plate (structural checks, not certified)."),
        );
    }
    Ok((exit, report))
}

/// The sheet that was named, else the project's, else the default.
fn sheet(args: &args::Preflight, ui: &Ui) -> Result<(Sheet, Exit), Failure> {
    let own = args.project.join(SHEET);
    let path = args.sheet.as_deref().unwrap_or(&own);
    let shown = path.display();
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(_) if args.sheet.is_none() => {
            ui.say(
                "没有 data/press.json，按铜版纸胶印的默认要求检查。",
                "There is no data/press.json; judging by the default sheet for coated offset.",
            );
            return Ok((Sheet::default(), Exit::Clean));
        }
        Err(error) => {
            return Err(Failure(
                ui.pick(format!("读不了“{shown}”：{error}"), format!("cannot read \"{shown}\": {error}")),
            ));
        }
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    let document: Document = load::parse(&path.to_string_lossy(), &bytes, &mut found);
    let (sheet, judged) = press_sheet(&document);
    found.extend(judged);
    let exit = ui.judged(&shown.to_string(), &found);
    Ok((sheet.unwrap_or_default(), exit))
}

/// What the report beside one of our own files knows of its pages.
fn known(file: &Path, bytes: &[u8]) -> Vec<KnownPage> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let read = |folder: &Path| fs::read(folder.join("report.json")).ok();
    let Some(report) = read(folder).or_else(|| read(&folder.join(".."))) else { return vec![] };
    let hash = Output::new(file, bytes).sha256;
    report::known_pages(&report, &hash)
}
