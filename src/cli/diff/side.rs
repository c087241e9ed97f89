//! One of the two builds that are compared: a project, laid out now, or what
//! an earlier build wrote.

use std::fs;
use std::path::Path;

use fengcai::digest::sha256;
use fengcai::export::{self, Stamp};
use fengcai::manifest::Wishes;
use fengcai::report::{Output, Snapshot};

use super::super::build::{self, REPORT};
use super::super::check::{LaidOut, examine};
use super::super::outputs::{PRESS, SCREEN};
use super::super::ui::Ui;
use super::super::{Failure, environment};

/// A build with as much as is wanted of it.
pub(super) struct Side {
    pub(super) snapshot: Snapshot,
    /// The screen edition.
    pub(super) screen: Option<Vec<u8>>,
    /// The interior for the press.
    pub(super) press: Option<Vec<u8>>,
}

/// What is wanted beside the facts.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    pub(super) screen: bool,
    pub(super) press: bool,
}

impl Side {
    /// Opens a project folder, a build folder or its report. Nothing comes of
    /// a project that cannot be laid out whole; its findings are told.
    pub(super) fn open(path: &Path, wanted: Wanted, ui: &Ui) -> Result<Option<Self>, Failure> {
        if path.join("data/booklet.json").is_file() {
            return Self::project(path, wanted, ui);
        }
        let report = if path.is_dir() { path.join(REPORT) } else { path.to_owned() };
        let refused = |problem: String| {
            let report = report.display();
            Failure(ui.pick(
                format!("读不了“{report}”：{problem}。要比较的是项目、build 写出的文件夹或其中的 report.json。"),
                format!(
                    "cannot read \"{report}\": {problem}. Compare projects, folders that build wrote, or their report.json."
                ),
            ))
        };
        let json = fs::read(&report).map_err(|error| refused(error.to_string()))?;
        let (snapshot, outputs) = Snapshot::read(&json).map_err(refused)?;
        let folder = report.parent().unwrap_or(Path::new("."));
        let file = |wanted: bool, name: &str| {
            if wanted { read_output(folder, name, &outputs) } else { None }
        };
        let (screen, press) = (file(wanted.screen, SCREEN), file(wanted.press, PRESS));
        Ok(Some(Self { snapshot, screen, press }))
    }

    fn project(path: &Path, wanted: Wanted, ui: &Ui) -> Result<Option<Self>, Failure> {
        let mut examined = examine(path, ui)?;
        if !examined.laid_out.as_ref().is_some_and(|laid_out| laid_out.manuscript.complete()) {
            ui.findings(&examined.found, &examined.project, &examined.draft);
            return Ok(None);
        }
        let source_date_epoch = environment::source_date_epoch();
        let wishes =
            Wishes { targets: vec!["press".into()], marks: false, delivery: false, source_date_epoch };
        let built = if wanted.press { build::all(&mut examined, &wishes, ui) } else { None };
        if wanted.press && built.is_none() {
            ui.findings(&examined.found, &examined.project, &examined.draft);
        }
        let mut files = built.into_iter().flat_map(|built| built.files);
        let press = files.find(|(path, _)| path == Path::new(PRESS)).map(|(_, bytes)| bytes);
        let laid_out = examined.laid_out.as_ref().expect("asked for above");
        let snapshot = laid_out.snapshot(&examined.draft).clone();
        let screen = if wanted.screen { screen(laid_out) } else { None };
        Ok(Some(Self { snapshot, screen, press }))
    }
}

fn screen(laid_out: &LaidOut) -> Option<Vec<u8>> {
    let stamp = Stamp::new(laid_out.manuscript.booklet().date.as_deref(), environment::source_date_epoch());
    let shown = export::shown(&laid_out.book, &laid_out.manuscript);
    export::screen(&laid_out.book, &shown, stamp).ok()
}

/// A file of a build, if it is still the one that the report tells of.
fn read_output(folder: &Path, name: &str, outputs: &[Output]) -> Option<Vec<u8>> {
    let known = outputs.iter().find(|output| output.file == name)?;
    let bytes = fs::read(folder.join(name)).ok()?;
    (sha256(&bytes) == known.sha256).then_some(bytes)
}
