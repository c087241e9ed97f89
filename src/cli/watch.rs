//! `fengcai watch`: builds in memory on every save and shows the spreads in a
//! browser on this machine.

mod http;
mod live;
mod saves;
mod server;

use std::path::Path;
use std::time::Instant;

use fengcai::diag;
use fengcai::report::Snapshot;

use super::args;
use super::build::REPORT;
use super::check::{Examined, examine};
use super::ui::Ui;
use super::{Exit, Failure, environment};
use live::Live;
use saves::Saves;

pub(super) fn run(args: &args::Watch, ui: &Ui) -> Result<Exit, Failure> {
    let root = &args.project.project;
    let first = examine(root, ui)?;
    let root = first.project.root().to_owned();
    let live = Live::new(last_build(&root));
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
        let examined = examine(&root, ui);
        let project = examined.as_ref().ok().map(|examined| examined.project.clone());
        show(&live, examined, since, ui);
        if let Some(project) = project {
            saves.follow(&project);
        }
    }
}

/// What the last build came to, to mark what changed since.
fn last_build(root: &Path) -> Option<Snapshot> {
    let report = std::fs::read(root.join("out").join(REPORT)).ok()?;
    Snapshot::read(&report).ok().map(|(snapshot, _)| snapshot)
}

/// Puts a state on the page, and says so in the terminal.
fn show(live: &Live, examined: Result<Examined, Failure>, since: Instant, ui: &Ui) {
    let (errors, warnings) = examined.as_ref().map_or((1, 0), |examined| {
        let errors = examined.found.iter().filter(|d| d.severity == diag::Severity::Error).count();
        (errors, examined.found.len() - errors)
    });
    let milliseconds = live.put(examined, since);
    ui.say(
        &format!("{milliseconds} 毫秒：{errors} 个错误，{warnings} 个警告"),
        &format!("{milliseconds} ms: {errors} errors, {warnings} warnings"),
    );
}
