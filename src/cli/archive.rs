//! `fengcai archive`.

use super::args;
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Archive, ui: &Ui) -> Result<Exit, Failure> {
    let session = ui.open(&args.project)?;
    let Some(name) = &args.name else {
        for archived in session.archives() {
            ui.print(&archived.name);
        }
        return Ok(Exit::Clean);
    };
    let archived = session.archive(name).map_err(|error| ui.failed(&error))?;
    let (name, folder) = (&archived.name, archived.folder.display());
    ui.say(
        &format!("已存为“{name}”，在 {folder}。以后用 fengcai diff {name} 与它比较。"),
        &format!("Archived as \"{name}\" in {folder}. `fengcai diff {name}` compares with it."),
    );
    Ok(Exit::Clean)
}
