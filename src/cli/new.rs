//! `fengcai new`, and writing a whole folder.

use std::path::Path;

use fengcai::intake::Choices;
use fengcai::project::{Store, read_below};
use fengcai::session::{Error, Target};
use fengcai::starter;
use fengcai::templates::{self, Contract};

use super::ui::Ui;
use super::{Exit, Failure};
use super::{args, build, import};

/// What makes a folder a project.
const DATA: &str = "data/booklet.json";

pub(super) fn run(args: &args::New, ui: &Ui) -> Result<Exit, Failure> {
    if !args.from.is_empty() {
        return from(args, ui);
    }
    let contract = contract(args.template.as_deref(), ui)?;
    let files = starter::files(ui.lang(), &contract);
    write_folder(&args.dir, files.iter().map(|(path, text)| (*path, text.as_bytes())), ui)?;
    let dir = args.dir.display();
    ui.say(
        &format!("已新建项目。进到里面（cd {dir}），改好 data/ 里的资料，再运行 fengcai check"),
        &format!("Made a project. Go into it (cd {dir}), edit what is in data/, then run: fengcai check"),
    );
    Ok(Exit::Clean)
}

/// The contract of an embedded template, by default that of books.
pub(super) fn contract(name: Option<&str>, ui: &Ui) -> Result<Contract, Failure> {
    match name {
        Some(name) => templates::embedded_contract(name).ok_or_else(|| unknown(name, ui)),
        None => Ok(templates::first()),
    }
}

fn unknown(name: &str, ui: &Ui) -> Failure {
    let known = templates::embedded().join(ui.pick("、", ", "));
    Failure(ui.pick(
        format!("没有名为“{name}”的版式；可用的有：{known}。"),
        format!("there is no template \"{name}\"; there are: {known}."),
    ))
}

/// Makes a book from documents and photos, and builds it if it can be built.
fn from(args: &args::New, ui: &Ui) -> Result<Exit, Failure> {
    write_folder(&args.dir, std::iter::empty(), ui)?;
    let wanted = args::Import {
        files: args.from.clone(),
        project: args.dir.clone(),
        dry_run: false,
        report: None,
        accept: vec![],
        all: args.all,
        answer: vec![],
    };
    import::into(&args.dir, &wanted, Choices { all: args.all, ..Choices::default() }, ui)?;
    if !args.dir.join(DATA).is_file() {
        return Ok(Exit::Findings);
    }
    let project = args::Project { project: args.dir.clone() };
    let target = vec![Target::named("screen"), Target::named("press"), Target::named("cover")];
    build::run(&args::Build { project, target, marks: false, delivery: false, out: None }, ui)
}

/// Writes files into a folder that is empty or absent; one where a run was
/// killed that wrote the same counts as empty.
pub(super) fn write_folder<'a>(
    dir: &Path,
    files: impl Iterator<Item = (&'a str, &'a [u8])>,
    ui: &Ui,
) -> Result<(), Failure> {
    super::stays_in_its_project(dir, ui)?;
    let failed = |error| ui.failed(&Error::Store { folder: dir.to_owned(), error });
    let progress = ui.progress();
    let mut store = Store::open(dir, &mut |hold| progress.waits(hold)).map_err(failed)?;
    let there = store.files().map_err(failed)?;
    let there: Vec<_> = there.iter().filter(|file| !file.starts_with(".fengcai-lock")).collect();
    let files: Vec<_> = files.collect();
    if store.finished_another() && there.len() == files.len() {
        let same = |(path, bytes): &(&str, &[u8])| {
            read_below(dir, path, bytes.len() as u64).is_ok_and(|found| found == *bytes)
        };
        if files.iter().all(same) {
            return Ok(());
        }
    }
    if !there.is_empty() {
        let shown = dir.display();
        return Err(Failure(ui.pick(
            format!("文件夹“{shown}”不是空的，不敢写入；请换一个名字。"),
            format!("the folder \"{shown}\" is not empty; choose another."),
        )));
    }
    for (path, bytes) in files {
        store.add(path, bytes).map_err(failed)?;
    }
    store.commit().map_err(failed)
}
