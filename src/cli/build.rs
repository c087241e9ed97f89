//! `fengcai build`.

use std::path::{Path, PathBuf};

use fengcai::diag::{self, Diagnostic};
use fengcai::export::{self, Stamp};
use fengcai::report::{Output, Report};

use super::args::{self, Target};
use super::check::{Examined, LaidOut, examine};
use super::environment;
use super::store::Store;
use super::ui::Ui;
use super::{Exit, Failure};

pub(super) fn run(args: &args::Build, ui: &Ui) -> Result<Exit, Failure> {
    let mut examined = examine(&args.project.project, ui)?;
    let made = match &examined.laid_out {
        Some(laid_out) if !diag::has_errors(&examined.found) => make(laid_out, &args.target, ui),
        _ => Ok(vec![]),
    };
    let files = made.unwrap_or_else(|refused| {
        examined.found.extend(refused);
        vec![]
    });
    let exit = ui.findings(&examined.found, &examined.project, &examined.draft);
    let Some(laid_out) = examined.laid_out.as_ref().filter(|_| exit == Exit::Clean) else {
        ui.say(
            "没有写任何文件；上次生成的文件原样未动。",
            "Nothing was written; earlier files are untouched.",
        );
        return Ok(exit);
    };
    let out = args.out.clone().unwrap_or_else(|| examined.project.root().join("out"));
    write(&examined, laid_out, files, &out, ui)?;
    Ok(exit)
}

/// Makes the wanted outputs: path below the output folder, bytes.
fn make(laid_out: &LaidOut, targets: &[Target], ui: &Ui) -> Result<Vec<(PathBuf, Vec<u8>)>, Vec<Diagnostic>> {
    let wants = |target| targets.contains(&target) || targets.contains(&Target::All);
    let stamp = Stamp::new(laid_out.manuscript.booklet().date.as_deref(), environment::source_date_epoch());
    let mut files = Vec::new();
    if wants(Target::Screen) {
        files.push(("booklet.pdf".into(), ui.timed("screen", || export::screen(&laid_out.book, stamp))?));
    }
    if wants(Target::Preview) {
        let pages = ui.timed("preview", || export::preview(&laid_out.book));
        let digits = pages.len().to_string().len().max(2);
        let named = pages.into_iter().enumerate();
        files.extend(named.map(|(i, png)| (format!("preview/page-{:0digits$}.png", i + 1).into(), png)));
    }
    Ok(files)
}

fn write(
    examined: &Examined,
    laid_out: &LaidOut,
    files: Vec<(PathBuf, Vec<u8>)>,
    out: &Path,
    ui: &Ui,
) -> Result<(), Failure> {
    let outputs = files.iter().map(|(path, bytes)| Output::new(path, bytes)).collect();
    let report = Report::new(&examined.draft, &laid_out.manuscript, &laid_out.book, &examined.found, outputs);
    let cannot_write = |error| {
        let out = out.display();
        Failure(ui.pick(
            format!("写不进“{out}”：{error}。上次生成的文件原样未动。"),
            format!("cannot write to \"{out}\": {error}. Earlier files are untouched."),
        ))
    };
    let mut store = Store::open(out).map_err(cannot_write)?;
    for (path, bytes) in &files {
        store.add(path, bytes).map_err(cannot_write)?;
    }
    store.add(Path::new("report.json"), &report.to_json()).map_err(cannot_write)?;
    ui.timed("write", || store.commit()).map_err(cannot_write)?;
    let names: Vec<_> =
        files.iter().map(|(path, _)| path).filter(|path| path.components().count() == 1).collect();
    let names: Vec<_> = names.iter().map(|path| out.join(path).display().to_string()).collect();
    let previews = files.len() - names.len();
    let pages = report.page_count;
    let blanks = report.blank_pages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    for name in names {
        ui.say(&format!("已生成 {name}（{pages} 页）"), &format!("Wrote {name} ({pages} pages)"));
    }
    if previews > 0 {
        let folder = out.join("preview");
        let folder = folder.display();
        ui.say(
            &format!("已生成 {folder}（{previews} 张图）"),
            &format!("Wrote {folder} ({previews} pictures)"),
        );
    }
    if !blanks.is_empty() {
        ui.say(
            &format!("为凑足 4 的倍数，第 {blanks} 页留白。"),
            &format!("Pages {blanks} are blank, to make a multiple of 4."),
        );
    }
    Ok(())
}
