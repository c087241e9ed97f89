//! `fengcai check`.

use fengcai::diag::Person;
use fengcai::load::Document;
use fengcai::project::write_file;
use fengcai::report;
use fengcai::session::Error;

use super::args;
use super::ui::Ui;
use super::{Exit, Failure, replaces_its_like};

pub(super) fn run(args: &args::Check, ui: &Ui) -> Result<Exit, Failure> {
    let session = ui.open(&args.project.project)?;
    let mut examination = session.examine().map_err(|error| ui.failed(&error))?;
    session.rehearse(&mut examination);
    if let Some(name) = &args.person {
        if !examination.draft.profiles.values().filter_map(Document::person).any(|p| is(&p, name)) {
            return Err(Failure(
                ui.pick(format!("没有名为“{name}”的人物"), format!("there is no person \"{name}\"")),
            ));
        }
        examination.found.retain(|d| d.person.as_ref().is_some_and(|p| is(p, name)));
    }
    let exit = ui.findings(&examination);
    if let Some((path, form)) = &args.report {
        replaces_its_like(path, form.begins(), ui)?;
        let title = examination.title();
        let text = |file: &str| examination.text(file);
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        if let Some(missing) = parent.filter(|parent| !parent.is_dir()) {
            let shown = missing.display();
            return Err(Failure(ui.pick(
                format!("没有“{shown}”这个文件夹；核对 --report 后面的路径"),
                format!("there is no folder \"{shown}\"; check the path after --report"),
            )));
        }
        let unwritten = |error| ui.failed(&Error::Unreadable { file: path.clone(), error });
        let bytes =
            report::findings(&examination.found, &title, text, *form, ui.lang()).map_err(unwritten)?;
        write_file(path, &bytes).map_err(|error| ui.failed(&Error::Store { folder: path.clone(), error }))?;
        let shown = path.display();
        ui.say(&format!("检查结果写在 {shown}。"), &format!("The findings are in {shown}."));
    }
    if let Some(name) = &args.person {
        if examination.found.is_empty() {
            ui.say(&format!("{name}：没有发现问题。"), &format!("{name}: nothing found."));
        }
    } else if let Some(layout) = examination.layout.filter(|_| exit == Exit::Clean) {
        let pages = layout.book.len();
        let persons = layout.manuscript.entries().len();
        ui.say(
            &format!("检查完毕：{persons} 位人物，{pages} 页，可以生成。"),
            &format!("Checked: {persons} persons, {pages} pages, ready to build."),
        );
    }
    Ok(exit)
}

fn is(person: &Person, name: &str) -> bool {
    person.id == name || person.name.as_deref() == Some(name)
}
