//! `fengcai eject`.

use fengcai::fonts;
use fengcai::project::{Store, read_inside};
use fengcai::session::Error;
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
    let files = world::files(&layout.manuscript, Portraits::Files, Some(layout.book.len()));
    if args.refresh {
        return refresh(args, &files, exit, ui);
    }
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

/// Renews what comes from the data in a book that was ejected before.
fn refresh(args: &args::Eject, files: &world::Files, exit: Exit, ui: &Ui) -> Result<Exit, Failure> {
    super::stays_in_its_project(&args.dir, ui)?;
    let dir = args.dir.display();
    if read_inside(&args.dir, "data.json").is_err() || read_inside(&args.dir, "template.json").is_err() {
        return Err(Failure(ui.pick(
            format!("“{dir}”不是用 eject 导出的书；去掉 --refresh 先导出一次。"),
            format!("\"{dir}\" is no ejected book; eject it once without --refresh."),
        )));
    }
    let failed = |error| ui.failed(&Error::Store { folder: args.dir.clone(), error });
    let progress = ui.progress();
    let mut store = Store::open(&args.dir, &mut |hold| progress.waits(hold)).map_err(failed)?;
    for (path, bytes) in files.iter().filter(|(path, _)| world::comes_from_data(path)) {
        store.add(path, bytes).map_err(failed)?;
    }
    store.commit().map_err(failed)?;
    ui.say(
        &format!("已更新 {dir} 里的资料和图片，版式没有动。"),
        &format!("Renewed data and pictures in {dir}; its template was left alone."),
    );
    Ok(exit)
}
