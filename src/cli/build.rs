//! `fengcai build`.

use std::path::Path;

use fengcai::diag::{self, Diagnostic};
use fengcai::load::Draft;
use fengcai::report::{Judged, Output, Report};

use super::args;
use super::check::{Examined, LaidOut, examine};
use super::outputs::{Made, make};
use super::store::Store;
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Build, ui: &Ui) -> Result<Exit, Failure> {
    let mut examined = examine(&args.project.project, ui)?;
    let mut made = match &examined.laid_out {
        Some(laid_out) if !diag::has_errors(&examined.found) => make(&examined, laid_out, args, ui),
        _ => Made::default(),
    };
    for diagnostic in &mut made.found {
        locate(diagnostic, &examined.draft);
    }
    examined.found.append(&mut made.found);
    let exit = ui.findings(&examined.found, &examined.project, &examined.draft);
    let Some(laid_out) = examined.laid_out.as_ref().filter(|_| exit == Exit::Clean) else {
        ui.say(
            "没有写任何文件；上次生成的文件原样未动。",
            "Nothing was written; earlier files are untouched.",
        );
        return Ok(exit);
    };
    let out = args.out.clone().unwrap_or_else(|| examined.project.root().join("out"));
    write(&examined, laid_out, &made, &out, ui)?;
    Ok(exit)
}

/// What a preflight found on a page leads back to the data of its person.
fn locate(diagnostic: &mut Diagnostic, draft: &Draft) {
    let (Some(person), Some(field)) = (&diagnostic.person, &diagnostic.field) else { return };
    let document = draft.profiles.get(&person.id);
    diagnostic.place = document.and_then(|document| document.place(document.root.as_ref()?.nearest(field)));
}

fn write(examined: &Examined, laid_out: &LaidOut, made: &Made, out: &Path, ui: &Ui) -> Result<(), Failure> {
    let files = &made.files;
    let outputs = files.iter().map(|(path, bytes)| Output::new(path, bytes)).collect();
    let mut report =
        Report::new(&examined.draft, &laid_out.manuscript, &laid_out.book, &examined.found, outputs);
    report.preflight = made.judged.iter().map(|(file, report)| Judged::new(file, report)).collect();
    let cannot_write = |error| {
        let out = out.display();
        Failure(ui.pick(
            format!("写不进“{out}”：{error}。上次生成的文件原样未动。"),
            format!("cannot write to \"{out}\": {error}. Earlier files are untouched."),
        ))
    };
    let mut store = Store::open(out).map_err(cannot_write)?;
    for (path, bytes) in files {
        store.add(path, bytes).map_err(cannot_write)?;
    }
    let json = report.to_json();
    store.add(Path::new("report.json"), &json).map_err(cannot_write)?;
    if files.iter().any(|(path, _)| path.starts_with("delivery")) {
        store.add(Path::new("delivery/report.json"), &json).map_err(cannot_write)?;
    }
    ui.timed("write", || store.commit()).map_err(cannot_write)?;
    let names: Vec<_> =
        files.iter().map(|(path, _)| path).filter(|path| path.components().count() == 1).collect();
    let names: Vec<_> = names.iter().map(|path| out.join(path).display().to_string()).collect();
    let previews = files.iter().filter(|(path, _)| path.starts_with("preview")).count();
    let delivered = files.iter().any(|(path, _)| path.starts_with("delivery"));
    let blanks = report.blank_pages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    for name in names {
        ui.say(&format!("已生成 {name}"), &format!("Wrote {name}"));
    }
    if previews > 0 {
        let folder = out.join("preview");
        let folder = folder.display();
        ui.say(
            &format!("已生成 {folder}（{previews} 张图）"),
            &format!("Wrote {folder} ({previews} pictures)"),
        );
    }
    if delivered {
        let report_copy = out.join("delivery");
        let folder = report_copy.display();
        ui.say(&format!("交付文件在 {folder}"), &format!("The files to hand over are in {folder}"));
    }
    if !delivered && out.join("delivery").is_dir() {
        ui.say(
            "注意：delivery 文件夹是以前生成的，这次没有更新；要交付请加 --delivery 再生成。",
            "Note: the folder delivery is from an earlier build; build with --delivery to renew it.",
        );
    }
    let pages = report.page_count;
    ui.say(&format!("内文 {pages} 页。"), &format!("The interior has {pages} pages."));
    if !blanks.is_empty() {
        ui.say(
            &format!("为凑足页数的倍数，第 {blanks} 页留白。"),
            &format!("Pages {blanks} are blank, to make up the page count."),
        );
    }
    Ok(())
}
