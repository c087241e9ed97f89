//! What a build makes, before anything is written.

use std::sync::Arc;

use super::beside::beside;
use super::{Examination, Layout, Session, Step, Target, Wishes, designer};
use crate::check::Manuscript;
use crate::delivery;
use crate::diag::{Code, Diagnostic};
use crate::fingerprint;
use crate::impose::office;
use crate::model::{Marks, Mm};
use crate::photo;
use crate::pictures::{self, Placement};
use crate::preflight::{self, Expected, Part};
use crate::press::{self, Base, Finishing};
use crate::proof::{self, proof};
use crate::render;
use crate::report::{self, Output};
use crate::stamp::Stamp;
use crate::templates::Makes;
use crate::world::{self, Portraits};

/// Names of files are part of the contract.
pub(crate) const PRESS: &str = "booklet-press.pdf";
pub(crate) const SCREEN: &str = "booklet.pdf";
pub(crate) const COVER: &str = "cover-press.pdf";
const PROOF: &str = "booklet-proof.pdf";
/// Dummies and the sheets they are for.
const DUMMIES: [(&str, &str); 2] = [("booklet-office.pdf", "A4"), ("booklet-office-a3.pdf", "A3")];
/// What is made from the pages as they are shown.
const SHOWN: [Target; 4] = [Target::Screen, Target::Office, Target::Proof, Target::Preview];
/// The print shop's folder and the slip in it.
pub(super) const DELIVERY: &str = "delivery";
const SLIP: &str = "交付单.pdf";

/// Files to write and what was found while making them.
#[derive(Default)]
pub(super) struct Outputs {
    /// Path below the output folder, bytes.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// What the making and the preflight found.
    pub(super) found: Vec<Diagnostic>,
    /// Reports of the preflight by file name.
    pub(super) verdicts: Vec<(String, preflight::Report)>,
    /// Fingerprints of the pictures as they were plated, by page.
    pub(super) renditions: Option<Vec<(usize, String)>>,
    /// The same of the cover.
    pub(super) cover_rendition: Option<String>,
    /// What is drawn outside the bleed.
    pub(super) around: String,
}

impl Outputs {
    /// Takes over what a part of the work made.
    fn append(&mut self, part: Self) {
        self.files.extend(part.files);
        self.found.extend(part.found);
        self.verdicts.extend(part.verdicts);
        self.renditions = self.renditions.take().or(part.renditions);
        self.cover_rendition = self.cover_rendition.take().or(part.cover_rendition);
    }
}

/// A book on its way to files.
struct Work<'a> {
    session: &'a Session,
    examination: &'a Examination,
    layout: &'a Layout,
    wishes: &'a Wishes,
    stamp: Stamp,
    data_hash: String,
}

impl Session {
    /// Makes the wanted outputs; none of them counts if an error is among what
    /// was found.
    pub(super) fn outputs(&self, examination: &Examination, layout: &Layout, wishes: &Wishes) -> Outputs {
        let manuscript = &layout.manuscript;
        let stamp = Stamp::new(manuscript.booklet().date.as_deref(), wishes.source_date_epoch);
        let data_hash = report::data_hash(&examination.draft, manuscript);
        let work = Work { session: self, examination, layout, wishes, stamp, data_hash };
        let mut outputs = Outputs::default();
        if let Err(refused) = work.fill(&mut outputs) {
            outputs.found.extend(designer::told(refused, &[], manuscript));
        }
        outputs
    }
}

type Refused = Vec<Diagnostic>;
/// What an output wants of a picture.
type How = fn(&Placement, &Manuscript) -> photo::How;

impl Work<'_> {
    fn fill(&self, outputs: &mut Outputs) -> Result<(), Refused> {
        if self.wishes.for_print() {
            outputs.around = self.around();
        }
        self.develop();
        let (interior, (cover, shown)) = beside(
            || self.part(&[Target::Press], Self::press),
            || (self.part(&[Target::Cover], Self::cover), self.part(&SHOWN, Self::shown)),
        );
        for (part, made) in [interior, cover, shown] {
            outputs.append(part);
            made?;
        }
        if self.wishes.delivery && !crate::diag::has_errors(&outputs.found) {
            self.deliver(outputs)?;
        }
        Ok(())
    }

    /// Makes all that is wanted of each photograph while it is open, so that none
    /// is opened for the press and again for the screen.
    fn develop(&self) {
        let Layout { manuscript, book, cover, .. } = self.layout;
        let books = std::iter::once(book).chain(cover);
        let placed: Vec<_> = books.flat_map(|book| pictures::placed(&book.document)).collect();
        let hows: [(&[Target], How); 2] =
            [(&[Target::Press, Target::Cover], press::how), (&SHOWN, render::how)];
        let wanted = hows.into_iter().filter(|(targets, _)| targets.iter().any(|t| self.wishes.wants(*t)));
        let wanted = wanted.flat_map(|(_, how)| placed.iter().map(move |one| (one, how(one, manuscript))));
        drop(pictures::developed(&wanted.collect::<Vec<_>>(), manuscript));
    }

    /// What is wanted of these targets, which need nothing of the others.
    fn part(
        &self,
        targets: &[Target],
        make: impl FnOnce(&Self, &mut Outputs) -> Result<(), Refused>,
    ) -> (Outputs, Result<(), Refused>) {
        let mut part = Outputs::default();
        let wanted = targets.iter().any(|target| self.wishes.wants(*target));
        let wanted = wanted && !self.session.progress.is_cancelled();
        let made = if wanted { make(self, &mut part) } else { Ok(()) };
        (part, made)
    }

    fn marks(&self) -> Marks {
        if self.wishes.marks { Marks::ALL } else { self.layout.manuscript.job().marks }
    }

    /// The words of a slug.
    fn slug(&self, file: &str) -> String {
        let condition = &self.layout.manuscript.job().condition.id;
        let day = self.stamp.day().map(|day| format!(" · {day}")).unwrap_or_default();
        format!("{file} · {condition} · {}{day}", self.data_hash.get(..12).unwrap_or_default())
    }

    /// Tells drawings outside the bleed apart.
    fn around(&self) -> String {
        let marks = self.marks();
        let slug =
            if marks.slug { format!("{} {}", self.slug(""), self.layout.book.len()) } else { String::new() };
        let drawn = format!("{} {} {} {slug}", marks.trim, marks.registration, marks.bar);
        if marks.any() { fingerprint::print(&[drawn.as_bytes()]) } else { String::new() }
    }

    fn finishing(&self) -> Finishing<'_> {
        Finishing::new(&self.layout.manuscript, self.stamp).marks(self.marks())
    }

    fn press(&self, outputs: &mut Outputs) -> Result<(), Refused> {
        let Layout { manuscript, book, .. } = self.layout;
        let profiles = &self.examination.draft.profiles;
        let known = report::pages_of(book.map(), |id| profiles.get(id)?.person());
        let expected = Expected { job: manuscript.job(), part: Part::Interior, pages: &known };
        let base = self.session.timed(Step::Base, || press::press_base(book, manuscript, self.stamp))?;
        outputs.renditions = Some(base.renditions().into_iter().collect());
        self.plate(outputs, PRESS, base, &self.finishing().slug(&self.slug(PRESS)), &expected)
    }

    fn cover(&self, outputs: &mut Outputs) -> Result<(), Refused> {
        let Layout { manuscript, book, .. } = self.layout;
        let Some(cover) = &self.layout.cover else { return Ok(()) };
        let job = manuscript.job();
        let spine = job.spine(book.len()).unwrap_or(Mm(0.0));
        let folds = [job.trim.width, Mm(job.trim.width.0 + spine.0)];
        let expected = Expected { job, part: Part::Cover, pages: &[] };
        let base = self.session.timed(Step::Base, || press::press_base(cover, manuscript, self.stamp))?;
        outputs.cover_rendition = Some(base.renditions().into_values().collect());
        self.plate(outputs, COVER, base, &self.finishing().slug(&self.slug(COVER)).folds(&folds), &expected)
    }

    /// Makes a press file and judges its bytes.
    fn plate(
        &self,
        outputs: &mut Outputs,
        name: &str,
        base: Base,
        finishing: &Finishing,
        expected: &Expected,
    ) -> Result<(), Refused> {
        let (pdf, conversions) = self.session.timed(Step::Press, || press::finish(base, finishing))?;
        outputs.found.extend(conversions.into_iter().map(|colour| {
            let told = Diagnostic::new(Code::ConvertedColour).page(colour.page);
            told.arg("from", colour.from).arg("to", colour.to)
        }));
        let pdf = Arc::new(pdf);
        let report = self.session.timed(Step::Judge, || preflight::judge(pdf.clone(), expected));
        let unreadable = |_| vec![Diagnostic::new(Code::BrokenContent).arg("problem", name)];
        let report = report.map_err(unreadable)?;
        outputs.found.extend(report.findings.iter().cloned());
        outputs.verdicts.push((name.into(), report));
        let pdf = Arc::try_unwrap(pdf).unwrap_or_else(|shared| shared.to_vec());
        outputs.files.push((name.into(), pdf));
        Ok(())
    }

    fn shown(&self, outputs: &mut Outputs) -> Result<(), Refused> {
        let Layout { manuscript, book, cover, .. } = self.layout;
        let (session, stamp) = (self.session, self.stamp);
        let pending = self.examination.pending();
        let shown =
            session.timed(Step::Colour, || render::shown(book, cover.as_ref(), manuscript, &pending))?;
        if self.wishes.wants(Target::Screen) {
            let pdf = session.timed(Step::Screen, || render::screen(book, &shown, stamp))?;
            outputs.files.push((SCREEN.into(), pdf));
        }
        if self.wishes.wants(Target::Office) {
            self.office(&shown, outputs)?;
        }
        if self.wishes.wants(Target::Proof) {
            let files = world::files(manuscript, Portraits::StandIns, Some(book.len()));
            let job = proof::Job { book, cover: cover.as_ref(), shown: &shown, manuscript };
            let pdf = session.timed(Step::Proof, || proof(&job, &self.data_hash, stamp, files))?;
            outputs.files.push((PROOF.into(), pdf));
        }
        if self.wishes.wants(Target::Preview) {
            let pages = session.timed(Step::Preview, || render::preview(&shown))?;
            let digits = pages.len().to_string().len().max(2);
            let named = pages.into_iter().enumerate();
            outputs.files.extend(named.map(|(i, png)| (format!("preview/page-{:0digits$}.png", i + 1), png)));
        }
        Ok(())
    }

    /// For the office printer: a book as a dummy that is folded, other things
    /// page by page.
    fn office(&self, shown: &render::ScreenPages, outputs: &mut Outputs) -> Result<(), Refused> {
        let Layout { manuscript, book, .. } = self.layout;
        let (session, stamp, makes) = (self.session, self.stamp, manuscript.contract().makes);
        if makes != Makes::Book {
            let pdf = session.timed(Step::Office, || render::sheets(book, shown, makes, stamp))?;
            outputs.files.push((DUMMIES[0].0.into(), pdf));
            return Ok(());
        }
        let pdf = session.timed(Step::Screen, || render::dummy(book, shown, stamp))?;
        for (name, sheet) in DUMMIES {
            let dummy = session.timed(Step::Office, || office::dummy(&pdf, sheet));
            let refused = |_| vec![Diagnostic::new(Code::BrokenContent).arg("problem", name)];
            outputs.files.push((name.into(), dummy.map_err(refused)?));
        }
        Ok(())
    }

    /// Copies the press files into `delivery/` and adds the slip.
    fn deliver(&self, outputs: &mut Outputs) -> Result<(), Refused> {
        let copies: Vec<(String, Vec<u8>)> = outputs
            .files
            .iter()
            .filter(|(path, _)| [PRESS, COVER].contains(&path.as_str()))
            .cloned()
            .collect();
        let listed: Vec<Output> = copies.iter().map(|(path, bytes)| Output::new(path, bytes)).collect();
        let Layout { manuscript, book, .. } = self.layout;
        let facts = delivery::Facts {
            manuscript,
            pages: book.len(),
            data_hash: &self.data_hash,
            stamp: self.stamp,
            outputs: &listed,
            verdicts: &outputs.verdicts,
            approvals: &self.examination.approvals,
            snapshot: self.layout.snapshot(&self.examination.draft),
        };
        let files = world::files(manuscript, Portraits::StandIns, Some(book.len()));
        let slip = delivery::slip(&facts, files)?;
        let report = delivery::report(&facts, Output::new(SLIP, &slip), DELIVERY);
        outputs.files.extend(copies.into_iter().map(|(path, bytes)| (format!("{DELIVERY}/{path}"), bytes)));
        outputs.files.push((format!("{DELIVERY}/{SLIP}"), slip));
        outputs.files.push((format!("{DELIVERY}/{}", report::FILE), report));
        Ok(())
    }
}
