//! `fengcai watch`: builds in memory on every save and shows the spreads in a
//! browser on this machine.

use std::time::Instant;

use fengcai::diag::Severity;
use fengcai::project::read_below;
use fengcai::report::{self, Snapshot};
use fengcai::server;
use fengcai::session::{Error, Examination, Live, Saves, Session};

use super::args;
use super::ui::Ui;
use super::{Exit, Failure, environment};

/// Largest report that is read, in bytes.
const LARGEST: u64 = 1 << 30;

pub(super) fn run(args: &args::Watch, ui: &Ui) -> Result<Exit, Failure> {
    let session = ui.open(&args.project.project)?;
    let first = session.examine().map_err(|error| ui.failed(&error))?;
    let live = Live::new(last_build(&session));
    let mut saves = Saves::watch(&first.project);
    let server = server::start(args.port, live.clone(), ui.lang()).map_err(|error| {
        let port = args.port.map(|port| port.to_string()).unwrap_or_default();
        Failure(ui.pick(
            format!("开不了端口 {port}：{error}。换一个 --port，或不写。"),
            format!("cannot open port {port}: {error}. Give another --port, or none."),
        ))
    })?;
    let address = format!("http://{server}/");
    ui.print(&address);
    ui.say(
        "在浏览器里打开上面的地址；资料一保存，画面就更新。按 Ctrl-C 结束。",
        "Open that address in a browser; it follows every save. Ctrl-C ends it.",
    );
    if args.open {
        environment::open_in_browser(&address);
    }
    show(&live, Ok(first), Instant::now(), ui);
    loop {
        let since = saves.wait();
        let examined = session.examine();
        let project = examined.as_ref().ok().map(|examination| examination.project.clone());
        show(&live, examined, since, ui);
        if let Some(project) = project {
            saves.follow(&project);
        }
    }
}

/// What the last build for the print shop came to, to mark what changed since.
fn last_build(session: &Session) -> Option<Snapshot> {
    let baseline = session.baseline().ok()?;
    let report = read_below(&baseline.folder, report::FILE, LARGEST).ok()?;
    Snapshot::read(&report).ok().map(|(snapshot, _)| snapshot)
}

/// Puts a state on the page, and says so in the terminal.
fn show(live: &Live, examined: Result<Examination, Error>, since: Instant, ui: &Ui) {
    let (errors, warnings) = examined.as_ref().map_or((1, 0), |examination| {
        let errors = examination.found.iter().filter(|d| d.severity == Severity::Error).count();
        (errors, examination.found.len() - errors)
    });
    let milliseconds = live.put(examined, &|| since.elapsed().as_millis() as u64);
    ui.say(
        &format!("{milliseconds} 毫秒：{errors} 个错误，{warnings} 个警告"),
        &format!("{milliseconds} ms: {errors} errors, {warnings} warnings"),
    );
}
