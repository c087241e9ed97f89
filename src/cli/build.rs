//! `fengcai build`.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use fengcai::diag::{self, Code, Diagnostic, Severity};
use fengcai::load::Draft;
use fengcai::manifest::{Manifest, Wishes};
use fengcai::report::{Judged, Output, Report};

use super::args;
use super::check::{Examined, LaidOut, examine};
use super::outputs::{Made, make};
use super::store::{Store, cannot_write};
use super::ui::Ui;
use super::{Exit, Failure, environment};

/// The last file that a build names, with the hashes of all others.
pub(super) const MANIFEST: &str = "manifest.json";
/// What a build found and where everybody stands.
pub(super) const REPORT: &str = "report.json";

/// All that a build writes.
pub(super) struct Built {
    pub(super) files: Vec<(PathBuf, Vec<u8>)>,
    pub(super) manifest: Manifest,
    blank_pages: Vec<usize>,
    pages: usize,
}

pub(super) fn run(args: &args::Build, ui: &Ui) -> Result<Exit, Failure> {
    let mut examined = examine(&args.project.project, ui)?;
    let wishes = Wishes {
        targets: args.target.iter().map(|target| name(*target)).collect(),
        marks: args.marks,
        delivery: args.delivery,
        source_date_epoch: environment::source_date_epoch(),
    };
    let made = all(&mut examined, &wishes, ui);
    let exit = ui.findings(&examined.found, &examined.project, &examined.draft);
    let Some(built) = made.filter(|_| exit == Exit::Clean || !ui.denies_warnings()) else {
        ui.say(
            "没有写任何文件；上次生成的文件原样未动。",
            "Nothing was written; earlier files are untouched.",
        );
        return Ok(exit);
    };
    let out = args.out.clone().unwrap_or_else(|| examined.project.root().join("out"));
    ui.timed("write", || write(&built, &out)).map_err(|error| cannot_write(&out, &error, ui))?;
    tell(&built, &out, ui);
    Ok(exit)
}

/// Makes everything that is wished, with report and manifest; what was found
/// on the way joins the findings. Nothing comes of a book with errors.
pub(super) fn all(examined: &mut Examined, wishes: &Wishes, ui: &Ui) -> Option<Built> {
    let laid_out = examined.laid_out.as_ref().filter(|_| !blocked(&examined.found, wishes))?;
    let mut made = make(examined, laid_out, wishes, ui);
    for diagnostic in &mut made.found {
        locate(diagnostic, &examined.draft);
    }
    examined.found.append(&mut made.found);
    let laid_out = examined.laid_out.as_ref().filter(|_| !blocked(&examined.found, wishes))?;
    Some(describe(examined, laid_out, made, wishes))
}

/// Whether errors keep the files from being made. A spread that changed since
/// it was signed keeps only the print shop's back: proofs are how it is read
/// again.
fn blocked(found: &[Diagnostic], wishes: &Wishes) -> bool {
    let only_signatures =
        || found.iter().all(|d| d.severity != Severity::Error || d.code == Code::SignedSpreadChanged);
    let print =
        wishes.delivery || wishes.targets.iter().any(|t| ["press", "cover", "all"].contains(&t.as_str()));
    diag::has_errors(found) && (print || !only_signatures())
}

/// What a preflight found on a page leads back to the data of its person.
fn locate(diagnostic: &mut Diagnostic, draft: &Draft) {
    let (Some(person), Some(field)) = (&diagnostic.person, &diagnostic.field) else { return };
    let document = draft.profiles.get(&person.id);
    diagnostic.place = document.and_then(|document| document.place(document.root.as_ref()?.nearest(field)));
}

/// Adds report and manifest.
fn describe(examined: &Examined, laid_out: &LaidOut, made: Made, wishes: &Wishes) -> Built {
    let mut files = made.files;
    let outputs = |files: &[(PathBuf, Vec<u8>)]| -> Vec<Output> {
        files.iter().map(|(path, bytes)| Output::new(path, bytes)).collect()
    };
    let snapshot = laid_out.snapshot(&examined.draft).clone();
    let mut report = Report::new(snapshot, &examined.found, outputs(&files));
    report.preflight = made.judged.iter().map(|(file, report)| Judged::new(file, report)).collect();
    let json = report.to_json();
    if wishes.delivery {
        files.push((Path::new("delivery").join(REPORT), json.clone()));
    }
    files.push((REPORT.into(), json));
    let manifest = Manifest::new(wishes.clone(), examined.project.inputs(), outputs(&files));
    files.push((MANIFEST.into(), manifest.to_json()));
    Built { files, manifest, blank_pages: report.blank_pages, pages: report.page_count }
}

fn write(built: &Built, out: &Path) -> std::io::Result<()> {
    let mut store = Store::open(out)?;
    for (path, bytes) in &built.files {
        store.add(path, bytes)?;
    }
    store.commit()
}

fn tell(built: &Built, out: &Path, ui: &Ui) {
    let paths = || built.files.iter().map(|(path, _)| path);
    let pdfs =
        paths().filter(|path| path.components().count() == 1 && path.extension() == Some("pdf".as_ref()));
    for name in pdfs.map(|path| out.join(path).display().to_string()) {
        ui.say(&format!("已生成 {name}"), &format!("Wrote {name}"));
    }
    let previews = paths().filter(|path| path.starts_with("preview")).count();
    if previews > 0 {
        let folder = out.join("preview");
        let folder = folder.display();
        ui.say(
            &format!("已生成 {folder}（{previews} 张图）"),
            &format!("Wrote {folder} ({previews} pictures)"),
        );
    }
    let delivery = out.join("delivery");
    if built.manifest.wishes.delivery {
        let folder = delivery.display();
        ui.say(&format!("交付文件在 {folder}"), &format!("The files to hand over are in {folder}"));
    } else if delivery.is_dir() {
        ui.say(
            "注意：delivery 文件夹是以前生成的，这次没有更新；要交付请加 --delivery 再生成。",
            "Note: the folder delivery is from an earlier build; build with --delivery to renew it.",
        );
    }
    let pages = built.pages;
    ui.say(&format!("内文 {pages} 页。"), &format!("The interior has {pages} pages."));
    let blanks = built.blank_pages.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if !blanks.is_empty() {
        ui.say(
            &format!("为凑足页数的倍数，第 {blanks} 页留白。"),
            &format!("Pages {blanks} are blank, to make up the page count."),
        );
    }
}

/// A target as it is named on the command line.
fn name(target: args::Target) -> String {
    target.to_possible_value().expect("no target is hidden").get_name().to_owned()
}
