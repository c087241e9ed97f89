//! `fengcai check`, and the examination that `build` and `eject` share.

use std::io;
use std::path::Path;
use std::sync::OnceLock;

use fengcai::approval;
use fengcai::audit::audit;
use fengcai::check::{Manuscript, check, settle};
use fengcai::diag::{self, Code, Diagnostic, Person};
use fengcai::export::{self, Stamp};
use fengcai::load::{Document, Draft, load};
use fengcai::project::Project;
use fengcai::report::Snapshot;
use fengcai::templates;
use fengcai::typeset::{Book, typeset};
use fengcai::world::{self, Portraits};

use super::args;
use super::ui::Ui;
use super::{Exit, Failure};

/// Everything that is known of a project before anything is written.
pub(super) struct Examined {
    pub(super) project: Project,
    pub(super) draft: Draft,
    /// Findings, sorted.
    pub(super) found: Vec<Diagnostic>,
    /// The laid-out book, if it could be laid out at all.
    pub(super) laid_out: Option<LaidOut>,
}

/// A book with what it was made from.
pub(super) struct LaidOut {
    pub(super) manuscript: Manuscript,
    pub(super) template: templates::Files,
    pub(super) book: Book,
    snapshot: OnceLock<Snapshot>,
}

impl LaidOut {
    /// What the book was made from and how its pages came out.
    pub(super) fn snapshot(&self, draft: &Draft) -> &Snapshot {
        self.snapshot.get_or_init(|| Snapshot::new(draft, &self.manuscript, &self.template, &self.book))
    }
}

pub(super) fn run(args: &args::Check, ui: &Ui) -> Result<Exit, Failure> {
    let mut examined = examine(&args.project.project, ui)?;
    if let Some(laid_out) = examined.laid_out.as_ref().filter(|_| !diag::has_errors(&examined.found)) {
        // What only the PDF export refuses must not wait for the build.
        let stamp = Stamp::new(laid_out.manuscript.booklet().date.as_deref(), None);
        let shown = export::shown(&laid_out.book, &laid_out.manuscript);
        let refused = ui.timed("export", || export::screen(&laid_out.book, &shown, stamp)).err();
        examined.found.extend(refused.into_iter().flatten());
    }
    if let Some(name) = &args.person {
        if !examined.draft.profiles.values().filter_map(Document::person).any(|p| is(&p, name)) {
            return Err(Failure(
                ui.pick(format!("没有名为“{name}”的人物"), format!("there is no person \"{name}\"")),
            ));
        }
        examined.found.retain(|d| d.person.as_ref().is_some_and(|p| is(p, name)));
    }
    let exit = ui.findings(&examined.found, &examined.project, &examined.draft);
    if let Some(name) = &args.person {
        if examined.found.is_empty() {
            ui.say(&format!("{name}：没有发现问题。"), &format!("{name}: nothing found."));
        }
    } else if let Some(laid_out) = examined.laid_out.filter(|_| exit == Exit::Clean) {
        let pages = laid_out.book.len();
        let persons = laid_out.manuscript.entries().len();
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

/// Loads, checks, lays out and audits a project.
pub(super) fn examine(path: &Path, ui: &Ui) -> Result<Examined, Failure> {
    let project = Project::open(path).map_err(|error| no_project(path, &error, ui))?;
    let unreadable =
        |error: io::Error| Failure(format!("{}{error}", ui.pick("读不了文件：", "cannot read: ")));
    let (draft, mut found) = ui.timed("load", || load(&project)).map_err(unreadable)?;
    let (manuscript, judged) = ui.timed("check", || check(&project, &draft));
    found.extend(judged);
    let mut laid_out = None;
    if let Some(manuscript) = manuscript {
        let template = templates::files(&project, &manuscript.booklet().template).map_err(unreadable)?;
        let files = world::files(&manuscript, &template, Portraits::StandIns);
        let (book, mut said) = ui.timed("typeset", || typeset(files, "main.typ"));
        let own = format!("templates/{}/", manuscript.booklet().template);
        say_where_templates_are(&mut said, &own);
        found.extend(said);
        if let Some(book) = book {
            found.extend(ui.timed("audit", || audit(&book, &draft, &manuscript)));
            found = settle(found, &manuscript, &draft);
            let examined = LaidOut { manuscript, template, book, snapshot: OnceLock::new() };
            let approvals = approval::read(&project, &mut found).map_err(unreadable)?;
            if !approvals.is_empty() && examined.manuscript.complete() {
                found.extend(approval::judge(&approvals, examined.snapshot(&draft), &draft));
            }
            laid_out = Some(examined);
        }
    }
    diag::sort(&mut found);
    Ok(Examined { project, draft, found, laid_out })
}

/// Typst names template files from the book's root; people know them by their
/// folder in the project.
fn say_where_templates_are(found: &mut [Diagnostic], own: &str) {
    for diagnostic in
        found.iter_mut().filter(|d| matches!(d.code, Code::TemplateError | Code::TemplateWarning))
    {
        if let Some(place) = &mut diagnostic.place {
            place.file.insert_str(0, own);
        }
    }
}

fn no_project(path: &Path, error: &io::Error, ui: &Ui) -> Failure {
    let path = path.display();
    Failure(ui.pick(
        format!("“{path}”不是项目文件夹：读不到 data/booklet.json（{error}）。新项目用 fengcai new 建。"),
        format!(
            "\"{path}\" is no project: data/booklet.json cannot be read ({error}). `fengcai new` makes one."
        ),
    ))
}
