//! `fengcai preflight`.

mod alone;

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use alone::Ended;
use fengcai::check::print_job;
use fengcai::diag::{self, Code, Diagnostic, Phrase};
use fengcai::digest::sha256;
use fengcai::load::{self, Document};
use fengcai::model::PrintJob;
use fengcai::preflight::{self, Expected, KnownPage, Part, Report, Unreadable};
use fengcai::project::{LARGEST, read_below, read_inside, read_regular, write_file};
use fengcai::report::{self, Drawn};
use fengcai::session::Error;

use super::args;
use super::ui::Ui;
use super::{Exit, Failure, PRESS};

pub(super) fn run(args: &args::Preflight, ui: &Ui) -> Result<Exit, Failure> {
    if let [file] = args.files.as_slice()
        && args.alone
    {
        let (job, _) = job(args, ui, false)?;
        return judge(file, &job, args, ui);
    }
    let (job, mut worst) = job(args, ui, true)?;
    let sections = tempfile::tempdir().ok();
    let mut html = Vec::new();
    let mut unreadable = false;
    for (number, file) in args.files.iter().enumerate() {
        let section = sections.as_ref().map(|dir| dir.path().join(number.to_string()));
        let size = std::fs::metadata(file).map_or(0, |meta| meta.len());
        let exit = match alone::run(&arguments(args, file, section.as_deref(), ui), size) {
            Some(Ended::Told(exit)) => exit,
            Some(Ended::Broke) => {
                let (section, report) = unjudged(file, Phrase::FileBroke, &job, ui);
                html.push(section);
                ui.judged(&file.display().to_string(), &report.findings)
            }
            // No process can be started: it is judged in this one.
            None => judge(file, &job, args, ui)?,
        };
        html.extend(section.and_then(|path| std::fs::read_to_string(path).ok()));
        if exit == Exit::Failure {
            // A page that leaves it out would say that all is well.
            html.push(unjudged(file, Phrase::FileUnread, &job, ui).0);
        }
        // The others are judged all the same.
        unreadable |= exit == Exit::Failure;
        worst = if worst == Exit::Clean { exit } else { worst };
    }
    if let Some(path) = &args.page {
        super::replaces_its_like(path, b"<!doctype html>", ui)?;
        let html = report::page(&html, &job, ui.lang());
        write_file(path, html.as_bytes())
            .map_err(|error| ui.failed(&Error::Store { folder: path.clone(), error }))?;
        let path = path.display();
        ui.say(&format!("已写出 {path}"), &format!("Wrote {path}"));
    }
    Ok(if unreadable { Exit::Failure } else { worst })
}

/// The section and the report of a file that is not judged.
fn unjudged(file: &Path, what: Phrase, job: &PrintJob, ui: &Ui) -> (String, Report) {
    let findings = vec![Diagnostic::new(Code::NotJudged).arg("what", what)];
    let report = Report { findings, places: vec![None], ..Report::default() };
    (report::section(&shown(file), &report, &[], job, ui.lang()), report)
}

/// What the process of a file is called with.
fn arguments(args: &args::Preflight, file: &Path, section: Option<&Path>, ui: &Ui) -> Vec<OsString> {
    let mut all: Vec<OsString> = vec!["preflight".into(), "--alone".into(), "--project".into()];
    all.push(args.project.clone().into());
    if let Some(sheet) = &args.sheet {
        all.extend(["--sheet".into(), sheet.clone().into()]);
    }
    if let (Some(section), true) = (section, args.page.is_some()) {
        all.extend(["--page".into(), section.into()]);
    }
    if args.cover {
        all.push("--cover".into());
    }
    all.extend(ui.arguments());
    all.extend(["--".into(), file.into()]);
    all
}

/// What a file is called on the page.
fn shown(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Judges one file and tells what was found.
fn judge(file: &Path, job: &PrintJob, args: &args::Preflight, ui: &Ui) -> Result<Exit, Failure> {
    let bytes = read_regular(file, LARGEST)
        .map_err(|error| ui.failed(&Error::Unreadable { file: file.to_owned(), error }))?;
    let cover = args.cover || file.file_name().is_some_and(|name| name == "cover-press.pdf");
    let known = known(file, &bytes);
    let part = if cover { Part::Cover } else { Part::Interior };
    let expected = Expected { job, part, pages: &known };
    let name = file.display();
    let bytes = Arc::new(bytes);
    let report =
        preflight::judge(bytes.clone(), &expected).map_err(|Unreadable| {
            Failure(ui.pick(
                format!("“{name}”不是 PDF，或者已经损坏"),
                format!("\"{name}\" is no PDF, or is damaged"),
            ))
        })?;
    if let Some(path) = args.page.as_ref().filter(|_| args.alone) {
        // Without its section the page says nothing of this file, and the
        // process that asked for it sees that it is not there.
        let html = report::section(&shown(file), &report, &drawn(bytes, &report), job, ui.lang());
        let _ = std::fs::write(path, html);
    }
    let mut findings = report.findings.clone();
    diag::sort(&mut findings, &[]);
    let exit = ui.judged(&name.to_string(), &findings);
    if exit == Exit::Clean {
        let (count, ink) = (report.pages, report.ink);
        let most = match report.ink_is_partial {
            true => ui.pick("最大总墨量至少", "at least"),
            false => ui.pick("最大总墨量", "at most"),
        };
        ui.say(
            &format!("{name}：{count} 页，{most} {ink:.0}%，可以付印（结构检查，未经认证）。"),
            &format!("{name}: {count} pages, {ink:.0} % ink {most}, ready to plate (structural checks, not certified)."),
        );
    }
    Ok(exit)
}

/// Pages with findings that have a place, as the plates show them.
fn drawn(bytes: Arc<Vec<u8>>, report: &Report) -> Vec<Drawn> {
    let pages = report::pages_to_draw(report);
    let draw = |flat| preflight::separations(bytes.clone(), &pages, flat).unwrap_or_default();
    draw(false).into_iter().zip(draw(true)).map(|(plates, flat)| Drawn { plates, flat }).collect()
}

/// The print job that was named, else the project's, else the default. One
/// that is there and cannot be read judges nothing.
/// What is to be said of it is said once, not by the process of each file.
fn job(args: &args::Preflight, ui: &Ui, told: bool) -> Result<(PrintJob, Exit), Failure> {
    if args.sheet.is_none() && !args.project.is_dir() {
        let error = ErrorKind::NotFound.into();
        return Err(ui.failed(&Error::NoProject { folder: args.project.clone(), error }));
    }
    let own = args.project.join(PRESS);
    let path = args.sheet.as_deref().unwrap_or(&own);
    let read = match &args.sheet {
        Some(sheet) => read_regular(sheet, LARGEST),
        None => read_inside(&args.project, PRESS),
    };
    let bytes = match read {
        Ok(bytes) => bytes,
        Err(error) if args.sheet.is_none() && error.kind() == ErrorKind::NotFound => {
            if told {
                ui.say(
                    "没有 data/press.json，按铜版纸胶印的默认要求检查。",
                    "There is no data/press.json; judging by the default for coated offset.",
                );
            }
            return Ok((PrintJob::default(), Exit::Clean));
        }
        Err(error) => return Err(ui.failed(&Error::Unreadable { file: path.to_owned(), error })),
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    let document: Document = load::parse(&path.to_string_lossy(), &bytes, &mut found);
    let (job, judged) = print_job(&document);
    found.extend(judged);
    let shown = path.display();
    let exit = if told { ui.judged(&shown.to_string(), &found) } else { Exit::Clean };
    job.map(|job| (job, exit)).ok_or_else(|| super::broken_job(path, ui))
}

/// What the report beside one of our own files knows of its pages.
fn known(file: &Path, bytes: &[u8]) -> Vec<KnownPage> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let read = |folder: &Path| read_below(folder, report::FILE, LARGEST).ok();
    let Some(report) = read(folder).or_else(|| read(&folder.join(".."))) else { return vec![] };
    report::known_pages(&report, &sha256(bytes))
}
