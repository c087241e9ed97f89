//! Load, check, lay out, audit: everything that is known of a project before
//! anything is written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::beside::beside;
use super::{Error, Session, Step, Target, Wishes, designer};
use crate::approval::{self, Approvals};
use crate::audit::{audit, audit_cover};
use crate::check::{Manuscript, check_data, check_texts, settle, without_effects};
use crate::diag::{self, Code, Diagnostic};
use crate::intake::{self, Record};
use crate::load::{Draft, load};
use crate::project::Project;
use crate::report::{COVER, Snapshot};
use crate::typeset::Book;
use crate::world::{self, Portraits};

/// Everything that is known of a project before anything is written.
#[non_exhaustive]
pub struct Examination {
    /// The files that were read.
    pub project: Project,
    /// The data as they are written.
    pub draft: Draft,
    /// Findings, sorted.
    pub found: Vec<Diagnostic>,
    /// The laid-out book, if it could be laid out at all.
    pub layout: Option<Layout>,
    /// Signatures.
    pub approvals: Approvals,
    /// The template as it was read, by paths in the project.
    template: BTreeMap<String, Cow<'static, [u8]>>,
}

/// A book with what it was made from.
#[non_exhaustive]
pub struct Layout {
    /// The data, checked.
    pub manuscript: Manuscript,
    /// The interior.
    pub book: Book,
    /// The cover; absent when it could not be laid out.
    pub cover: Option<Book>,
    snapshot: OnceLock<Snapshot>,
}

impl Layout {
    /// What the book was made from and how its pages came out.
    pub fn snapshot(&self, draft: &Draft) -> &Snapshot {
        self.snapshot.get_or_init(|| Snapshot::new(draft, &self.manuscript, &self.book, self.cover.as_ref()))
    }
}

impl Examination {
    /// The title of the book, as far as it can be read.
    pub fn title(&self) -> String {
        let root = self.draft.booklet.root.as_ref();
        let lines = root.and_then(|root| root.get("title")).map(|title| title.strings());
        let lines: Vec<&str> = lines.iter().flatten().filter_map(|(_, node)| node.as_str()).collect();
        lines.join(" ")
    }

    /// The layout of a book in which nobody is missing.
    pub fn whole(&self) -> Option<&Layout> {
        self.layout.as_ref().filter(|layout| layout.manuscript.complete())
    }

    /// What the book was made from and how its pages came out, if nobody is
    /// missing.
    pub fn snapshot(&self) -> Option<&Snapshot> {
        Some(self.whole()?.snapshot(&self.draft))
    }

    /// Pages, from 1, of persons and parts that changed since they were
    /// signed; the cover is 0.
    pub fn pending(&self) -> Vec<usize> {
        let Some(snapshot) = self.snapshot() else { return vec![] };
        let changed = self.found.iter().filter(|d| d.code == Code::SignedSpreadChanged);
        let pages = |id: &str| if id == COVER { vec![0] } else { snapshot.pages(id) };
        changed.filter_map(|d| d.person.as_ref()).flat_map(|person| pages(&person.id)).collect()
    }

    /// The text of a file that a finding points into, as it was read: data, or
    /// a file of the template.
    pub fn text(&self, file: &str) -> Option<&str> {
        let template = || std::str::from_utf8(self.template.get(file)?).ok();
        self.draft.text(file).or_else(template)
    }
}

impl Session {
    /// Loads, checks, lays out and audits the project as it is now.
    ///
    /// # Errors
    /// When `data/booklet.json` cannot be read at all.
    pub fn examine(&self) -> Result<Examination, Error> {
        let project = self.project.anew();
        let unreadable =
            |error: io::Error| Error::Unreadable { file: PathBuf::from("data/booklet.json"), error };
        let (draft, mut found) = self.timed(Step::Load, || load(&project)).map_err(unreadable)?;
        let mut examination = Examination {
            project,
            draft,
            found: vec![],
            layout: None,
            approvals: Approvals::new(),
            template: BTreeMap::new(),
        };
        match self.guarded(|| self.judge(&mut examination)) {
            Ok(mut judged) => found.append(&mut judged),
            Err(bug) => {
                examination.layout = None;
                found.push(*bug);
            }
        }
        let mut found = without_effects(found);
        self.lead_back(&mut found, &examination.draft);
        let front = ["_cover", "_title", "_contents"];
        diag::sort(&mut found, &[&front[..], &examination.draft.order()].concat());
        examination.found = diag::readable(found);
        Ok(examination)
    }

    /// Leaves out what a correction to an export settled, and says of findings
    /// about words that an import brought, and nobody changed
    /// since, where they stood in the delivered document.
    fn lead_back(&self, found: &mut Vec<Diagnostic>, draft: &Draft) {
        let Ok(bytes) = self.project.read(intake::RECORD) else { return };
        let Some(record) = Record::read(&bytes) else { return };
        let compared =
            [Code::DiffersFromSource, Code::LacksSourceText, Code::AddedToSource, Code::MovedInSource];
        found.retain(|finding| {
            let (Some(person), Some(field)) = (&finding.person, &finding.field) else { return true };
            let profile = draft.profiles.get(&person.id).and_then(|document| document.root.as_ref());
            let settled = profile.is_some_and(|root| record.is_settled(&person.id, field, &root.to_json()));
            !(compared.contains(&finding.code) && settled)
        });
        for finding in found {
            let (Some(person), Some(field)) = (&finding.person, &finding.field) else { continue };
            let profile = draft.profiles.get(&person.id).and_then(|document| document.root.as_ref());
            let origin = profile.and_then(|root| record.origin(&person.id, field, &root.to_json()));
            finding.origin = origin.map(|place| (place.file, place.spot));
        }
    }

    fn judge(&self, examination: &mut Examination) -> Vec<Diagnostic> {
        let draft = &examination.draft;
        let (manuscript, mut found) = self.timed(Step::Check, || check_data(draft));
        let Some(manuscript) = manuscript else { return found };
        let template = manuscript.template();
        examination.template =
            template.files.iter().map(|(path, bytes)| (template.shown(path), bytes.clone())).collect();
        let read = || self.timed(Step::Texts, || check_texts(draft, &manuscript));
        if !template.is_sound() {
            found.extend(read());
            return settle(found, &manuscript, draft);
        }
        let lay_out = |step, main: &str, pages| {
            let files = || world::files(&manuscript, Portraits::StandIns, pages);
            self.timed(step, || self.lay_out(files(), main))
        };
        let [main, cover] = ["main", "cover"].map(|entry| template.contract.entry(entry));
        let main = main.unwrap_or_default();
        // The spine hangs on the number of pages, which an edit seldom changes.
        let expected = self.laid_out(main).map(|numbers| numbers.count);
        let (read, ((book, said), early)) = beside(read, || {
            beside(
                || lay_out(Step::Typeset, main, None),
                || expected.and_then(|pages| Some(lay_out(Step::Cover, cover?, Some(pages)))),
            )
        });
        found.extend(read);
        let said = designer::told(said, &found, &manuscript);
        found.extend(said);
        let Some(mut book) = book else { return settle(found, &manuscript, draft) };
        let early = early.filter(|_| expected == Some(book.len()));
        let cover = early.or_else(|| Some(lay_out(Step::Cover, cover?, Some(book.len()))));
        let cover = cover.and_then(|(cover, said)| {
            // A file that both use says the same twice.
            let news = designer::told(said, &found, &manuscript);
            found.extend(news);
            cover
        });
        let mut asked = book.world.asked();
        asked.extend(cover.iter().flat_map(|cover| cover.world.asked()));
        found.extend(designer::unreached(template, &asked));
        self.timed(Step::Audit, || {
            found.extend(audit(&book, cover.as_ref(), draft, &manuscript));
            if let Some(cover) = &cover {
                book.bind(cover);
                let told: Vec<_> = audit_cover(cover, draft, &manuscript);
                found.extend(told);
            }
        });
        found = settle(found, &manuscript, draft);
        let layout = Layout { manuscript, book, cover, snapshot: OnceLock::new() };
        let (approvals, unreadable) = approval::read(&examination.project);
        found.extend(unreadable);
        if !approvals.is_empty() && layout.manuscript.complete() {
            found.extend(approval::judge(&approvals, layout.snapshot(draft), draft));
        }
        examination.layout = Some(layout);
        examination.approvals = approvals;
        found
    }

    /// What only the files themselves tell, which a check must not leave to the
    /// build: they are made and judged, and thrown away.
    pub fn rehearse(&self, examination: &mut Examination) {
        if !diag::has_errors(&examination.found) {
            drop(self.build(examination, &Wishes::new([Target::Screen, Target::Press, Target::Cover])));
        }
    }
}
