//! `fengcai import`.

mod collect;
mod told;

use std::path::Path;

use fengcai::intake::Choices;
use fengcai::project::write_file;
use fengcai::report::{Form, ImportLog, import_page};
use fengcai::session::{Error, Incoming, import};

use super::args;
use super::ui::Ui;
use super::{Exit, Failure, replaces_its_like};

pub(super) use collect::collect;

pub(super) fn run(args: &args::Import, ui: &Ui) -> Result<Exit, Failure> {
    ui.speak_as_in(&args.project);
    let choices = choices(args, ui)?;
    into(&args.project, args, choices, ui)
}

/// Imports into a folder, which becomes a project if it is none.
pub(super) fn into(folder: &Path, args: &args::Import, choices: Choices, ui: &Ui) -> Result<Exit, Failure> {
    if let Some(path) = &args.report {
        replaces_its_like(path, Form::Html.begins(), ui)?;
    }
    let mut found = collect(&args.files, folder, ui)?;
    let documents = found.documents(ui);
    let read_photo = |name: &str| found.photo(name);
    let incoming = Incoming { documents, photos: found.photos(), read_photo: &read_photo };
    if incoming.documents.is_empty() && incoming.photos.is_empty() {
        for (file, reason) in &found.skipped {
            ui.failure(&format!("{file}: {reason}"));
        }
        return Err(Failure(ui.pick(
            "这里面没有可以导入的文件（.docx、.xlsx、.xls、.ods、.csv、.txt、.md，或照片）".into(),
            "there is nothing to import there (.docx, .xlsx, .xls, .ods, .csv, .txt, .md, or photos)".into(),
        )));
    }
    let lang = ui.lang();
    let import = import(folder, incoming, choices, lang).map_err(|error| ui.failed(&error))?;
    let mut unread: Vec<(String, String)> = found.skipped.clone();
    unread.extend(import.unread.iter().map(|(file, problem)| (file.clone(), problem.text(lang).to_owned())));
    unread.extend(import.unusable.iter().map(|(file, problem)| (file.clone(), problem.text(lang))));
    let nobody = import.understood.persons.is_empty();
    let log = ImportLog::new(&import.understood, &import.plan, &import.read, unread, lang);
    let write = !args.dry_run && !nobody;
    if write {
        let progress = ui.progress();
        import
            .write(&read_photo, &mut |hold| progress.waits(hold), lang)
            .map_err(|error| ui.failed(&error))?;
    }
    told::tell(&log, &import, write, folder, ui);
    if let Some(path) = &args.report {
        let page = import_page(&log, write, lang);
        write_file(path, page.as_bytes())
            .map_err(|error| ui.failed(&Error::Store { folder: path.clone(), error }))?;
        let shown = path.display();
        ui.say(&format!("导入的详情写在 {shown}。"), &format!("The details are in {shown}."));
    }
    let open = log.doubts.iter().any(|doubt| !doubt.answered);
    Ok(match () {
        () if nobody => Exit::Findings,
        () if open && ui.denies_warnings() => Exit::Findings,
        () => Exit::Clean,
    })
}

fn choices(args: &args::Import, ui: &Ui) -> Result<Choices, Failure> {
    let mut choices =
        Choices { all: args.all, accepted: args.accept.iter().cloned().collect(), ..Choices::default() };
    for answer in &args.answer {
        let pair = answer
            .split_once('=')
            .and_then(|(id, choice)| Some((id.trim().to_owned(), choice.trim().parse().ok()?)));
        let (id, choice) = pair.ok_or_else(|| {
            Failure(ui.pick(
                format!("“--answer {answer}”写得不对，应当像 --answer name-1f3a=2"),
                format!("\"--answer {answer}\" is not right; it is written like --answer name-1f3a=2"),
            ))
        })?;
        choices.answers.insert(id, choice);
    }
    Ok(choices)
}
