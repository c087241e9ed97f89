//! `fengcai export`.

use fengcai::project::write_file;
use fengcai::session::Error;

use super::args;
use super::ui::Ui;
use super::{Exit, Failure, replaces_its_like};

pub(super) fn run(args: &args::Export, ui: &Ui) -> Result<Exit, Failure> {
    let session = ui.open(&args.project.project)?;
    let (path, form) = &args.to;
    if path.exists() && !args.force {
        let shown = path.display();
        return Err(Failure(ui.pick(
            format!("已有“{shown}”，里面也许有别人改过的字，没有动它。换一个名字，或者确实不要它了就加上 --force"),
            format!("\"{shown}\" is there and may hold somebody's corrections; choose another name, or add --force if it may go"),
        )));
    }
    let bytes = session.export(*form, ui.lang()).map_err(|error| ui.failed(&error))?;
    replaces_its_like(path, form.begins(), ui)?;
    write_file(path, &bytes).map_err(|error| ui.failed(&Error::Store { folder: path.clone(), error }))?;
    let shown = path.display();
    ui.say(
        &format!("已写出 {shown}。改好以后用 fengcai import {shown} 收回来，改了什么会逐条列出。"),
        &format!("Wrote {shown}. When it is corrected, `fengcai import {shown}` takes it back and lists what changed."),
    );
    Ok(Exit::Clean)
}
