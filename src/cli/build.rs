//! `fengcai build`.

use std::path::Path;

use fengcai::session::{Build, Error, Session, Target, Wishes, Written, delivery_folder, is_document};

use super::args;
use super::ui::Ui;
use super::{Exit, Failure, environment};

pub(super) fn run(args: &args::Build, ui: &Ui) -> Result<Exit, Failure> {
    let session = ui.open(&args.project.project)?;
    let mut wishes = Wishes::new(args.target.iter().flatten().copied());
    wishes.marks = args.marks;
    wishes.delivery = args.delivery;
    wishes.source_date_epoch = environment::source_date_epoch(ui.lang())?;
    let out = session.out_at(args.out.as_deref()).map_err(|error| ui.failed(&error))?;
    let mut examination = session.examine().map_err(|error| ui.failed(&error))?;
    let wishes = session.with_current(&examination, &wishes, &out);
    let built = session.build(&mut examination, &wishes);
    let exit = ui.findings(&examination);
    let kept_back = built.as_ref().is_some_and(|build| build.kept_back);
    let Some(build) = built.filter(|_| exit == Exit::Clean || kept_back || !ui.denies_warnings()) else {
        ui.say(
            "没有写任何文件；上次生成的文件原样未动。",
            "Nothing was written; earlier files are untouched.",
        );
        return Ok(exit);
    };
    let written = session.write(&build, &out).map_err(|error: Error| ui.failed(&error))?;
    tell(&session, &build, &written, &out, ui);
    Ok(exit)
}

fn tell(session: &Session, build: &Build, written: &Written, out: &Path, ui: &Ui) {
    if written.finished_another {
        ui.say("先做完了上次中断的生成。", "A build that had been interrupted was finished first.");
    }
    for name in build.files.iter().map(|(path, _)| path).filter(|path| is_document(path)) {
        let name = out.join(name).display().to_string();
        ui.say(&format!("已生成 {name}"), &format!("Wrote {name}"));
    }
    let previews = build.files.iter().filter(|(path, _)| path.starts_with("preview/")).count();
    if previews > 0 {
        let folder = out.join("preview");
        let folder = folder.display();
        ui.say(
            &format!("已生成 {folder}（{previews} 张图）"),
            &format!("Wrote {folder} ({previews} pictures)"),
        );
    }
    if build.manifest.wishes.delivery {
        let folder = delivery_folder(out);
        let folder = folder.display();
        ui.say(&format!("交付文件在 {folder}"), &format!("The files to hand over are in {folder}"));
    }
    tell_removed(&written.removed, ui);
    if build.kept_back {
        ui.say(
            "有签过字的版面改过了，付印文件没有生成；屏幕版里这些页注明“待签”。",
            "Pages changed after they were signed, so no files for the print shop were made; the screen edition says 待签 on them.",
        );
    }
    tell_unsigned(session, build, ui);
    let pages = build.snapshot.fingerprints.len();
    ui.say(&format!("内文 {pages} 页。"), &format!("The interior has {pages} pages."));
    let blanks = build.blank_pages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if !blanks.is_empty() {
        ui.say(&format!("第 {blanks} 页留白。"), &format!("Blank pages: {blanks}."));
    }
}

/// Names files of an earlier state that are gone; many of a folder as the folder.
fn tell_removed(removed: &[String], ui: &Ui) {
    let folder =
        |file: &String| file.split_once('/').map_or(file.clone(), |(folder, _)| format!("{folder}/"));
    let mut names: Vec<String> = removed.iter().map(folder).collect();
    names.dedup();
    if !names.is_empty() {
        let (zh, en) = (names.join("、"), names.join(", "));
        ui.say(
            &format!(
                "以前生成的 {zh} 与这次的不是同一套（资料、设置或程序改过），已删去；要用就再生成一次。"
            ),
            &format!(
                "{en} of an earlier build is of another state (data, settings or program changed) and is gone; build it again where it is wanted."
            ),
        );
    }
}

/// Delivery names who has not signed.
fn tell_unsigned(session: &Session, build: &Build, ui: &Ui) {
    if build.manifest.wishes.delivery && build.manifest.wishes.wants(Target::Press) {
        let unsigned = session.unsigned(&build.snapshot);
        if !unsigned.is_empty() {
            let names =
                ui.pick(&unsigned, &unsigned).iter().map(|[zh, en]| ui.pick(zh.as_str(), en.as_str()));
            let names = names.collect::<Vec<_>>().join(ui.pick("、", ", "));
            ui.say(&format!("没有签字：{names}。"), &format!("Not signed off: {names}."));
        }
    }
}
