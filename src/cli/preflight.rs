//! `fengcai preflight`.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use fengcai::check::print_job;
use fengcai::diag::{self, Diagnostic};
use fengcai::digest::sha256;
use fengcai::load::{self, Document};
use fengcai::model::PrintJob;
use fengcai::preflight::{self, Expected, KnownPage, Part, Unreadable};
use fengcai::project::{LARGEST, read_below, read_inside, read_regular, write_file};
use fengcai::report;
use fengcai::session::Error;

use super::args;
use super::ui::Ui;
use super::{Exit, Failure, PRESS};

pub(super) fn run(args: &args::Preflight, ui: &Ui) -> Result<Exit, Failure> {
    let (job, mut worst) = job(args, ui)?;
    let mut pages = Vec::new();
    let mut unreadable = None;
    for file in &args.files {
        match judge(file, &job, args, ui) {
            Ok((exit, report)) => {
                worst = if worst == Exit::Clean { exit } else { worst };
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                pages.push((name, report));
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
        super::replaces_its_like(path, b"<!doctype html>", ui)?;
        let html = report::page(&pages, &job, ui.lang());
        write_file(path, html.as_bytes())
            .map_err(|error| ui.failed(&Error::Store { folder: path.clone(), error }))?;
    }
    match unreadable {
        Some(sentence) => Err(Failure(sentence)),
        None => Ok(worst),
    }
}

/// Judges one file and tells what was found.
fn judge(
    file: &Path,
    job: &PrintJob,
    args: &args::Preflight,
    ui: &Ui,
) -> Result<(Exit, preflight::Report), Failure> {
    let shown = file.display();
    let bytes = read_regular(file, LARGEST)
        .map_err(|error| ui.failed(&Error::Unreadable { file: file.to_owned(), error }))?;
    let cover = args.cover || file.file_name().is_some_and(|name| name == "cover-press.pdf");
    let known = known(file, &bytes);
    let part = if cover { Part::Cover } else { Part::Interior };
    let expected = Expected { job, part, pages: &known };
    let report = preflight::judge(Arc::new(bytes), &expected).map_err(|Unreadable| {
        Failure(ui.pick(
            format!("“{shown}”不是 PDF，或者已经损坏"),
            format!("\"{shown}\" is no PDF, or is damaged"),
        ))
    })?;
    let mut findings = report.findings.clone();
    diag::sort(&mut findings, &[]);
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

/// The print job that was named, else the project's, else the default. One
/// that is there and cannot be read judges nothing.
fn job(args: &args::Preflight, ui: &Ui) -> Result<(PrintJob, Exit), Failure> {
    let own = args.project.join(PRESS);
    let path = args.sheet.as_deref().unwrap_or(&own);
    let read = match &args.sheet {
        Some(sheet) => read_regular(sheet, LARGEST),
        None => read_inside(&args.project, PRESS),
    };
    let bytes = match read {
        Ok(bytes) => bytes,
        Err(error) if args.sheet.is_none() && error.kind() == ErrorKind::NotFound => {
            ui.say(
                "没有 data/press.json，按铜版纸胶印的默认要求检查。",
                "There is no data/press.json; judging by the default for coated offset.",
            );
            return Ok((PrintJob::default(), Exit::Clean));
        }
        Err(error) => return Err(ui.failed(&Error::Unreadable { file: path.to_owned(), error })),
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    let document: Document = load::parse(&path.to_string_lossy(), &bytes, &mut found);
    let (job, judged) = print_job(&document);
    found.extend(judged);
    let shown = path.display();
    let exit = ui.judged(&shown.to_string(), &found);
    job.map(|job| (job, exit)).ok_or_else(|| super::broken_job(path, ui))
}

/// What the report beside one of our own files knows of its pages.
fn known(file: &Path, bytes: &[u8]) -> Vec<KnownPage> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let read = |folder: &Path| read_below(folder, report::FILE, LARGEST).ok();
    let Some(report) = read(folder).or_else(|| read(&folder.join(".."))) else { return vec![] };
    report::known_pages(&report, &sha256(bytes))
}
