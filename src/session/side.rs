//! One of the two builds that are compared: a project, laid out now, or what
//! an earlier build wrote.

use std::path::Path;

use super::current::read_manifest;
use super::outputs::{COVER, PRESS, SCREEN};
use super::{Error, Examination, Layout, Progress, Session, Target, Wishes};
use crate::diag::Diagnostic;
use crate::digest::sha256;
use crate::project::{LARGEST, read_below};
use crate::render;
use crate::report::{self, Output, Snapshot};
use crate::stamp::Stamp;

/// Largest report that is read, in bytes: ten thousand persons' data.
const LARGEST_REPORT: u64 = 1 << 30;

/// A build with as much as is wanted of it.
#[non_exhaustive]
pub struct Side {
    /// What it was made from and how its pages came out.
    pub snapshot: Snapshot,
    /// The screen edition.
    pub screen: Option<Vec<u8>>,
    /// The interior for the press.
    pub press: Option<Vec<u8>>,
    /// The cover for the press.
    pub cover: Option<Vec<u8>>,
    /// Whether it was built with marks whatever the job says.
    pub marks: bool,
}

/// What is wanted beside the facts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// The screen edition.
    pub screen: bool,
    /// Interior and cover for the press.
    pub press: bool,
    /// Whether marks are drawn whatever the job says, as the other side has
    /// them.
    pub marks: bool,
    /// `SOURCE_DATE_EPOCH`.
    pub source_date_epoch: Option<i64>,
}

impl Side {
    /// Opens a project folder, a build folder or its report. A project that
    /// cannot be laid out whole comes back as what was found in it.
    ///
    /// # Errors
    /// When there is neither a project nor a build of this version.
    pub fn open(
        path: &Path,
        wanted: Wanted,
        progress: &Progress,
    ) -> Result<Result<Self, Box<Examination>>, Error> {
        if path.join("data/booklet.json").is_file() {
            return Self::project(path, wanted, progress);
        }
        let report = if path.is_dir() { path.join(report::FILE) } else { path.to_owned() };
        let refused = |problem: String| Error::NoBuild { file: report.clone(), problem };
        let folder =
            report.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = report.file_name().and_then(|name| name.to_str()).unwrap_or(report::FILE);
        let json = read_below(folder, name, LARGEST_REPORT)
            .map_err(|error| Error::Unreadable { file: report.clone(), error })?;
        let (snapshot, outputs) = Snapshot::read(&json).map_err(refused)?;
        let marks = read_manifest(folder).is_ok_and(|manifest| manifest.wishes.marks);
        let file = |wanted: bool, name: &str| if wanted { read_output(folder, name, &outputs) } else { None };
        let (screen, press, cover) =
            (file(wanted.screen, SCREEN), file(wanted.press, PRESS), file(wanted.press, COVER));
        Ok(Ok(Self { snapshot, screen, press, cover, marks }))
    }

    fn project(
        path: &Path,
        wanted: Wanted,
        progress: &Progress,
    ) -> Result<Result<Self, Box<Examination>>, Error> {
        let session = Session::open(path)?.with_progress(progress.clone());
        let mut examination = session.examine()?;
        let Some(snapshot) = examination.snapshot().cloned() else { return Ok(Err(Box::new(examination))) };
        // How pictures come out on the plates is known once they are made.
        let pictures =
            snapshot.fingerprints.iter().chain(&snapshot.cover).any(|print| !print.pictures.is_empty());
        let drawn = examination.whole().is_some_and(|layout| layout.manuscript.job().marks.any());
        let mut side = Self { snapshot, screen: None, press: None, cover: None, marks: wanted.marks };
        if wanted.press || wanted.marks || pictures || drawn {
            let wishes = Wishes {
                marks: wanted.marks,
                source_date_epoch: wanted.source_date_epoch,
                ..Wishes::new([Target::Press, Target::Cover])
            };
            if let Some(built) = session.build(&mut examination, &wishes) {
                side.press = built.file(PRESS).map(Into::into);
                side.cover = built.file(COVER).map(Into::into);
                side.snapshot = built.snapshot;
            }
        }
        if wanted.screen {
            side.screen = session.screen_alone(&mut examination, wanted.source_date_epoch);
        }
        Ok(Ok(side))
    }
}

impl Session {
    /// The screen edition without marks of what waits for a signature.
    fn screen_alone(&self, examination: &mut Examination, epoch: Option<i64>) -> Option<Vec<u8>> {
        let Layout { manuscript, book, cover, .. } = examination.layout.as_ref()?;
        let stamp = Stamp::new(manuscript.booklet().date.as_deref(), epoch);
        let made = self.guarded(|| -> Result<Vec<u8>, Vec<Diagnostic>> {
            let shown = render::shown(book, cover.as_ref(), manuscript, &[])?;
            render::screen(book, &shown, stamp)
        });
        made.map_err(|bug| vec![*bug]).and_then(|made| made).ok()
    }
}

/// A file of a build, if it is still the one that the report tells of.
fn read_output(folder: &Path, name: &str, outputs: &[Output]) -> Option<Vec<u8>> {
    let known = outputs.iter().find(|output| output.file == name)?;
    let bytes = read_below(folder, name, LARGEST.min(known.bytes as u64)).ok()?;
    (sha256(&bytes) == known.sha256).then_some(bytes)
}
