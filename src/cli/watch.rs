//! `fengcai watch`: builds in memory on every save and shows the spreads in a
//! browser on this machine.

use std::time::Instant;

use fengcai::diag::Severity;
use fengcai::project::read_below;
use fengcai::report::{self, Snapshot};
use fengcai::server;
use fengcai::session::{Current, Error, LastGood, Live, Saves, Session};

use super::args;
use super::ui::Ui;
use super::{Exit, Failure, environment};

/// Largest report that is read, in bytes.
const LARGEST: u64 = 1 << 30;

pub(super) fn run(args: &args::Watch, ui: &Ui) -> Result<Exit, Failure> {
    let session = ui.open(&args.project.project)?;
    let mut last_good = LastGood::default();
    let first = last_good.examine(&session).map_err(|error| ui.failed(&error))?;
    let mut built = last_report(&session);
    let live = Live::new(built.as_deref().and_then(snapshot));
    let mut saves = Saves::watch(&first.examination.project);
    let address = server::start(args.port, live.clone(), ui.lang()).map_err(|error| {
        let port = args.port.map(|port| port.to_string()).unwrap_or_default();
        Failure(ui.pick(
            format!("开不了端口 {port}：{error}。换一个 --port，或不写。"),
            format!("cannot open port {port}: {error}. Give another --port, or none."),
        ))
    })?;
    let address = address.to_string();
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
        // A build that was made meanwhile is what changes are told against.
        let report = last_report(&session);
        if report != built
            && let Some(snapshot) = report.as_deref().and_then(snapshot)
        {
            live.compare_with(snapshot);
            built = report;
        }
        let examined = last_good.examine(&session);
        let project = examined.as_ref().ok().map(|current| current.examination.project.clone());
        show(&live, examined, since, ui);
        session.forget();
        if let Some(project) = project {
            saves.follow(&project);
        }
    }
}

/// What the last build for the print shop came to, to mark what changed since.
fn last_report(session: &Session) -> Option<Vec<u8>> {
    let baseline = session.baseline().ok()?;
    read_below(&baseline.folder, report::FILE, LARGEST).ok()
}

fn snapshot(report: &[u8]) -> Option<Snapshot> {
    Snapshot::read(report).ok().map(|(snapshot, _)| snapshot)
}

/// Puts a state on the page, and says so in the terminal.
fn show(live: &Live, examined: Result<Current, Error>, since: Instant, ui: &Ui) {
    let (errors, warnings) = examined.as_ref().map_or((1, 0), |Current { examination, .. }| {
        let errors = examination.found.iter().filter(|d| d.severity == Severity::Error).count();
        (errors, examination.found.len() - errors)
    });
    let milliseconds = live.put(examined, &|| since.elapsed().as_millis() as u64);
    ui.say(
        &format!("{milliseconds} 毫秒：{errors} 个错误，{warnings} 个警告"),
        &format!("{milliseconds} ms: {errors} errors, {warnings} warnings"),
    );
}
