//! `fengcai studio` and `fengcai watch`: a page in the browser of this machine
//! that follows the project's files, to write in or to look at.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use fengcai::server::{self, Site};
use fengcai::session::{Error, News, Session};
use fengcai::studio::{Studio, Surroundings};

use super::args;
use super::ui::{Ui, tell};
use super::{Exit, Failure, environment};

/// How long the page may wait for the first pages before it is opened without.
const FIRST: Duration = Duration::from_secs(600);

/// What is run.
struct Run {
    port: Option<u16>,
    open: bool,
}

/// `fengcai watch`.
pub(super) fn watch(args: &args::Watch, ui: &Ui) -> Result<Exit, Failure> {
    let session = ui.open(&args.project.project)?;
    let studio = Studio::open(session, false, ui.lang(), surroundings(ui)?);
    let studio = studio.map_err(|error| ui.failed(&error))?;
    serve(&studio, &Run { port: args.port, open: args.open }, ui)
}

/// `fengcai studio`.
pub(super) fn studio(args: &args::Studio, ui: &Ui) -> Result<Exit, Failure> {
    let studio = at(args.project.as_deref().unwrap_or(Path::new(".")), false, ui)?;
    serve(&studio, &Run { port: args.port, open: args.open }, ui)
}

/// `fengcai` alone, as a double click starts it: the project here, else the
/// shelf of books among the person's documents.
pub(super) fn alone(ui: &Ui) -> Result<Exit, Failure> {
    let here = PathBuf::from(".");
    let shelf = environment::documents().map(|documents| documents.join("风采录"));
    let studio = match shelf {
        Some(shelf) if Session::open(&here).is_err() => at(&shelf, true, ui)?,
        _ => at(&here, false, ui)?,
    };
    serve(&studio, &Run { port: None, open: true }, ui)
}

/// A project, or a folder that becomes one, or one that holds several.
fn at(folder: &Path, several: bool, ui: &Ui) -> Result<Studio, Failure> {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let begin = |around| Studio::begin(&whole, several, ui.lang(), around);
    if several {
        return Ok(begin(surroundings(ui)?));
    }
    match Session::open(&whole) {
        Ok(session) => {
            let session = session.with_cache(environment::cache().as_deref());
            ui.speak_as_in(&whole);
            let around = surroundings(ui)?;
            Studio::open(session, true, ui.lang(), around).map_err(|error| ui.failed(&error))
        }
        Err(Error::NoProject { error, .. }) if error.kind() == std::io::ErrorKind::NotFound => {
            Ok(begin(surroundings(ui)?))
        }
        Err(error) => Err(ui.failed(&error)),
    }
}

fn surroundings(ui: &Ui) -> Result<Surroundings, Failure> {
    let lang = ui.lang();
    let source_date_epoch = environment::source_date_epoch(lang)?;
    let say = ui.sayer();
    Ok(Surroundings {
        now: Arc::new(environment::now),
        today: Arc::new(move || environment::today(lang).unwrap_or_default()),
        source_date_epoch,
        cache: environment::cache(),
        reveal: Arc::new(environment::reveal),
        told: Arc::new(move |milliseconds, errors, warnings| {
            say(
                &format!("{milliseconds} 毫秒：{errors} 个错误，{warnings} 个警告"),
                &format!("{milliseconds} ms: {errors} errors, {warnings} warnings"),
            );
        }),
    })
}

fn serve(studio: &Studio, run: &Run, ui: &Ui) -> Result<Exit, Failure> {
    // A page that opens shows something.
    if studio.is_open() {
        studio.live().after(&News::default(), FIRST);
    }
    let address = server::start(run.port, Site::studio(studio.clone())).map_err(|error| {
        let port = run.port.map(|port| port.to_string()).unwrap_or_default();
        Failure(ui.pick(
            format!("开不了端口 {port}：{error}。换一个 --port，或不写。"),
            format!("cannot open port {port}: {error}. Give another --port, or none."),
        ))
    })?;
    let address = address.to_string();
    ui.print(&address);
    ui.say(
        "在浏览器里打开上面的地址；这个窗口开着，页面就能用。按 Ctrl-C 结束。",
        "Open that address in a browser; the page lives as long as this window. Ctrl-C ends it.",
    );
    if run.open && !environment::open_in_browser(&address) {
        tell(
            ui.pick(
                "浏览器没有打开，请把地址复制过去。",
                "No browser was opened; copy the address into one.",
            ),
        );
    }
    loop {
        std::thread::park();
    }
}
