//! What a build makes, before anything is written.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use fengcai::audit::audit_cover;
use fengcai::catalogue::Code;
use fengcai::delivery;
use fengcai::diag::{self, Diagnostic};
use fengcai::export::{self, Base, Stamp};
use fengcai::impose::office;
use fengcai::manifest::Wishes;
use fengcai::preflight::{self, Expected, Part};
use fengcai::press::{self, Job};
use fengcai::profile::{Marks, Mm};
use fengcai::proof::proof;
use fengcai::report::{self, Output};
use fengcai::typeset::typeset;
use fengcai::world::{self, Portraits};

use super::args::Target;
use super::check::{Examined, LaidOut};
use super::ui::Ui;

/// Names of files are part of the contract.
pub(super) const PRESS: &str = "booklet-press.pdf";
pub(super) const SCREEN: &str = "booklet.pdf";
pub(super) const COVER: &str = "cover-press.pdf";

/// Files to write and what was found while making them.
#[derive(Default)]
pub(super) struct Made {
    /// Path below the output folder, bytes.
    pub(super) files: Vec<(PathBuf, Vec<u8>)>,
    /// What the making and the preflight found.
    pub(super) found: Vec<Diagnostic>,
    /// Reports of the preflight by file name.
    pub(super) judged: Vec<(String, preflight::Report)>,
}

/// Makes the wanted outputs; none of them counts if an error is among what was
/// found.
pub(super) fn make(examined: &Examined, laid_out: &LaidOut, wishes: &Wishes, ui: &Ui) -> Made {
    let mut made = Made::default();
    if let Err(refused) = fill(&mut made, examined, laid_out, wishes, ui) {
        made.found.extend(refused);
    }
    made
}

fn fill(
    made: &mut Made,
    examined: &Examined,
    laid_out: &LaidOut,
    wishes: &Wishes,
    ui: &Ui,
) -> Result<(), Vec<Diagnostic>> {
    let wants = |target| {
        [target, Target::All]
            .iter()
            .any(|t| wishes.targets.iter().any(|wish| Target::from_str(wish, false).is_ok_and(|w| w == *t)))
    };
    let LaidOut { manuscript, template, book, .. } = laid_out;
    let stamp = stamp(laid_out, wishes);
    let mut job = Job::new(manuscript, stamp);
    if wishes.marks {
        job = job.marks(Marks::ALL);
    }
    let data_hash = report::data_hash(&examined.draft, manuscript);
    let slug = |file: &str| {
        let condition = &manuscript.sheet().condition.id;
        let day = stamp.day().map(|day| format!(" · {day}")).unwrap_or_default();
        format!("{file} · {condition} · {}{day}", &data_hash[..12])
    };
    if wants(Target::Press) || wishes.delivery {
        let slug = slug(PRESS);
        let profiles = &examined.draft.profiles;
        let known = report::pages_of(book.map(), |id| profiles.get(id)?.person());
        let expected = Expected { sheet: manuscript.sheet(), part: Part::Interior, pages: &known };
        let base = ui.timed("base", || export::press_base(book, manuscript, stamp))?;
        plate(made, PRESS, base, &job.slug(&slug), &expected, ui);
    }
    if wants(Target::Cover) || wishes.delivery {
        let files = world::files(manuscript, template, Portraits::StandIns);
        let (cover, said) = ui.timed("cover", || typeset(files, "cover.typ"));
        made.found.extend(said);
        let Some(cover) = cover else { return Ok(()) };
        made.found.extend(audit_cover(&cover, &examined.draft, manuscript));
        let sheet = manuscript.sheet();
        let spine = sheet.spine(book.len()).unwrap_or(Mm(0.0));
        let folds = [sheet.trim.width, Mm(sheet.trim.width.0 + spine.0)];
        let slug = slug(COVER);
        let expected = Expected { sheet, part: Part::Cover, pages: &[] };
        let base = ui.timed("base", || export::press_base(&cover, manuscript, stamp))?;
        plate(made, COVER, base, &job.slug(&slug).folds(&folds), &expected, ui);
    }
    if [Target::Screen, Target::Office, Target::Proof, Target::Preview].into_iter().any(wants) {
        let shown = ui.timed("colour", || export::shown(book, manuscript));
        if wants(Target::Screen) || wants(Target::Office) {
            let pdf = ui.timed("screen", || export::screen(book, &shown, stamp))?;
            for (name, sheet) in [("booklet-office.pdf", "A4"), ("booklet-office-a3.pdf", "A3")] {
                if wants(Target::Office) {
                    let dummy = ui.timed("office", || office::dummy(&pdf, sheet));
                    made.files.push((name.into(), dummy.expect("our own file has pages")));
                }
            }
            if wants(Target::Screen) {
                made.files.push((SCREEN.into(), pdf));
            }
        }
        if wants(Target::Proof) {
            let files = world::files(manuscript, template, Portraits::StandIns);
            let pdf = ui.timed("proof", || proof(book, &shown, manuscript, &data_hash, stamp, files))?;
            made.files.push(("booklet-proof.pdf".into(), pdf));
        }
        if wants(Target::Preview) {
            let pages = ui.timed("preview", || export::preview(&shown));
            let digits = pages.len().to_string().len().max(2);
            let named = pages.into_iter().enumerate();
            made.files
                .extend(named.map(|(i, png)| (format!("preview/page-{:0digits$}.png", i + 1).into(), png)));
        }
    }
    if wishes.delivery && !diag::has_errors(&made.found) {
        deliver(made, laid_out, &data_hash, stamp)?;
    }
    Ok(())
}

/// The date that a book's documents carry.
fn stamp(laid_out: &LaidOut, wishes: &Wishes) -> Stamp {
    Stamp::new(laid_out.manuscript.booklet().date.as_deref(), wishes.source_date_epoch)
}

/// Makes a press file and judges its bytes.
fn plate(made: &mut Made, name: &str, base: Base, job: &Job, expected: &Expected, ui: &Ui) {
    let (pdf, converted) = ui.timed("press", || press::finish(base, job));
    made.found.extend(converted.into_iter().map(|colour| {
        let told = Diagnostic::new(Code::ConvertedColour).page(colour.page);
        told.arg("from", colour.from).arg("to", colour.to)
    }));
    let pdf = Arc::new(pdf);
    let report = ui.timed("judge", || preflight::judge(pdf.clone(), expected));
    let report = report.expect("a file that was just written can be read");
    made.found.extend(report.findings.iter().cloned());
    made.judged.push((name.into(), report));
    let pdf = Arc::try_unwrap(pdf).unwrap_or_else(|shared| shared.to_vec());
    made.files.push((name.into(), pdf));
}

/// Copies the press files into `delivery/` and adds the slip.
fn deliver(
    made: &mut Made,
    laid_out: &LaidOut,
    data_hash: &str,
    stamp: Stamp,
) -> Result<(), Vec<Diagnostic>> {
    let copies: Vec<_> = made
        .files
        .iter()
        .filter(|(path, _)| [PRESS, COVER].iter().any(|name| path.as_os_str() == *name))
        .cloned()
        .collect();
    let outputs: Vec<Output> = copies.iter().map(|(path, bytes)| Output::new(path, bytes)).collect();
    let facts = delivery::Facts {
        manuscript: &laid_out.manuscript,
        pages: laid_out.book.len(),
        data_hash,
        stamp,
        outputs: &outputs,
        judged: &made.judged,
    };
    let files = world::files(&laid_out.manuscript, &laid_out.template, Portraits::StandIns);
    let slip = delivery::slip(&facts, files)?;
    let folder = PathBuf::from("delivery");
    made.files.extend(copies.into_iter().map(|(path, bytes)| (folder.join(path), bytes)));
    made.files.push((folder.join("交付单.pdf"), slip));
    Ok(())
}
