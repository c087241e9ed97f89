//! `fengcai eject`.

use fengcai::fonts;
use fengcai::world::{self, Portraits};

use super::args;
use super::new::write_folder;
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Eject, ui: &Ui) -> Result<Exit, Failure> {
    let session = ui.open(&args.project)?;
    let examination = session.examine().map_err(|error| ui.failed(&error))?;
    let exit = ui.findings(&examination);
    // A designer may want a book with errors most of all.
    let Some(layout) = examination.layout else {
        return Ok(exit);
    };
    let files = world::files(&layout.manuscript, &layout.template, Portraits::Files);
    let book = files.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice()));
    let fonts = fonts::files().map(|(path, bytes)| (format!("fonts/{path}"), bytes));
    let files: Vec<_> = book.chain(fonts).collect();
    write_folder(&args.dir, files.iter().map(|(path, bytes)| (path.as_str(), *bytes)), ui)?;
    let dir = args.dir.display();
    let command = "typst compile main.typ --root . --font-path fonts --ignore-system-fonts";
    ui.say(
        &format!("已导出 {dir}。在其中运行：{command}"),
        &format!("Ejected to {dir}. Run there: {command}"),
    );
    Ok(exit)
}
