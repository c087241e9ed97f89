//! A build: what is made of a book, and how it takes the place of the one
//! before. The folder never holds files of two states of the data.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::current::{NoManifest, read_manifest};
use super::outputs::{DELIVERY, Outputs};
use super::{Error, Examination, Layout, OUT, Session, Step, Target, Wishes, archive};
use crate::diag::{self, Code, Diagnostic, Severity};
use crate::load::Draft;
use crate::manifest::{self, Manifest};
use crate::project::{Store, StoreError};
use crate::report::{self, Output, Report, Snapshot, Verdict};

/// All that a build writes.
#[non_exhaustive]
pub struct Build {
    /// Path below the output folder, bytes; the manifest is the last.
    pub files: Vec<(String, Vec<u8>)>,
    /// What they are of.
    pub manifest: Manifest,
    /// What the book was made from and how its pages came out.
    pub snapshot: Snapshot,
    /// Pages left blank, from 1.
    pub blank_pages: Vec<usize>,
    /// Whether files for the print shop were asked for and kept back, since
    /// something changed after it was signed.
    pub kept_back: bool,
}

/// What came of putting a build in its place.
#[derive(Debug)]
#[non_exhaustive]
pub struct Written {
    /// Files of earlier data that were taken away.
    pub removed: Vec<String>,
    /// Whether a build that had been killed was ended first.
    pub finished_another: bool,
}

impl Build {
    /// A file by its path.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.iter().find(|(known, _)| known == path).map(|(_, bytes)| bytes.as_slice())
    }
}

impl Session {
    /// Makes everything that is wished, with report and manifest; what was
    /// found on the way joins the findings. Nothing comes of a book with
    /// errors. A spread that changed since it was signed keeps back only what
    /// goes to the print shop: the rest is how it is read again. Nothing comes
    /// of work that was cancelled.
    pub fn build(&self, examination: &mut Examination, wishes: &Wishes) -> Option<Build> {
        let broken = has_broken_signatures(&examination.found);
        let kept_back = broken && wishes.for_print();
        let mut wishes = if broken { wishes.without_print() } else { wishes.clone() };
        if kept_back {
            wishes.targets.insert(Target::Screen);
        }
        examination.layout.as_ref().filter(|_| !blocked(&examination.found))?;
        let made = self.guarded(|| Some(self.outputs(examination, examination.layout.as_ref()?, &wishes)));
        let mut outputs = match made {
            Ok(outputs) => outputs?,
            Err(bug) => {
                examination.found.push(*bug);
                return None;
            }
        };
        if self.progress.is_cancelled() {
            return None;
        }
        for diagnostic in &mut outputs.found {
            locate(diagnostic, &examination.draft);
        }
        examination.found.append(&mut outputs.found);
        let layout = examination.layout.as_ref().filter(|_| !blocked(&examination.found))?;
        Some(describe(examination, layout, outputs, wishes, kept_back))
    }

    /// Puts a build in its place. Files of the build before that this one does
    /// not make are taken away.
    ///
    /// # Errors
    /// When the folder is somebody's, in the way, or cannot be written.
    pub fn write(&self, build: &Build, out: &Path) -> Result<Written, Error> {
        self.refuse(out)?;
        let failed = |error| Error::Store { folder: out.to_owned(), error };
        self.timed(Step::Write, || {
            let mut store = Store::open(out, &mut self.wait()).map_err(failed)?;
            let earlier = claim(&store, out)?;
            let ours = |file: &str| earlier.iter().any(|output| output == file);
            for (path, bytes) in &build.files {
                let place = store.root().join(path);
                if path != manifest::FILE && !ours(path) && place.symlink_metadata().is_ok() {
                    return Err(if place.is_dir() {
                        failed(StoreError::InTheWay(place))
                    } else {
                        Error::Foreign(place)
                    });
                }
                store.add(path, bytes).map_err(failed)?;
            }
            let made = |file: &&String| build.files.iter().any(|(path, _)| path == *file);
            self.keep_baseline(out, build)?;
            let stale = earlier.iter().filter(|file| !made(file)).filter(|file| store.remove(file));
            let stale: Vec<String> = stale.cloned().collect();
            let finished_another = store.finished_another();
            store.commit().map_err(failed)?;
            if self.is_own(out) && build.manifest.wishes.wants(Target::Press) {
                archive::forget(self)?;
            }
            self.project.cache().tidy();
            let removed = stale.into_iter().filter(|file| file != report::FILE).collect();
            Ok(Written { removed, finished_another })
        })
    }

    /// Refuses a folder for outputs where the project's data are, or that is
    /// part of another build's.
    ///
    /// # Errors
    /// [`Error::Reserved`].
    pub fn refuse(&self, out: &Path) -> Result<(), Error> {
        let whole = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
        let in_a_build = whole.ancestors().skip(1).any(|folder| read_manifest(folder).is_ok());
        if in_a_build || self.project.is_reserved(out) {
            return Err(Error::Reserved(out.to_owned()));
        }
        Ok(())
    }

    /// The wishes of this build with those of the last one in the folder, if
    /// that is of the same data: what is current stays.
    pub fn with_current(&self, examination: &Examination, wishes: &Wishes, out: &Path) -> Wishes {
        let earlier = read_manifest(out).ok().and_then(|manifest| {
            let now = Manifest::new(wishes.clone(), "", examination.project.inputs(), vec![]);
            manifest.is_of_the_same_book(&now).then_some(manifest.wishes)
        });
        earlier.and_then(|earlier| wishes.with(&earlier)).unwrap_or_else(|| wishes.clone())
    }

    /// Whether a folder is the one that the project's builds go to.
    fn is_own(&self, out: &Path) -> bool {
        out.canonicalize().ok() == self.project.root().join(OUT).canonicalize().ok()
    }

    /// Before what goes to the print shop is taken away, its report is kept:
    /// changes are told against the last build that made it.
    fn keep_baseline(&self, out: &Path, build: &Build) -> Result<(), Error> {
        let print = |manifest: &Manifest| manifest.wishes.wants(Target::Press);
        match read_manifest(out) {
            Ok(earlier) if self.is_own(out) && print(&earlier) && !print(&build.manifest) => {
                archive::keep(self, &earlier, out)
            }
            _ => Ok(()),
        }
    }
}

/// Files of the build before in a folder that is ours: by its manifest, or
/// since nothing is in it.
fn claim(store: &Store, out: &Path) -> Result<Vec<String>, Error> {
    let file = store.root().join(manifest::FILE);
    match read_manifest(store.root()) {
        Ok(manifest) => return Ok(manifest.outputs.into_iter().map(|output| output.file).collect()),
        Err(NoManifest::Unreadable(error)) if error.kind() != ErrorKind::NotFound => {
            return Err(Error::Unreadable { file, error });
        }
        Err(_) => {}
    }
    let files = store.files().map_err(|error| Error::Store { folder: out.to_owned(), error })?;
    let empty = files.iter().all(|file| file.starts_with(".fengcai-"));
    if empty { Ok(vec![]) } else { Err(Error::NotOurs(out.to_owned())) }
}

/// Whether errors keep anything from being made.
fn blocked(found: &[Diagnostic]) -> bool {
    found.iter().any(|d| d.severity == Severity::Error && d.code != Code::SignedSpreadChanged)
}

fn has_broken_signatures(found: &[Diagnostic]) -> bool {
    diag::has_errors(found) && found.iter().any(|d| d.code == Code::SignedSpreadChanged)
}

/// What a preflight found on a page leads back to the data of its person.
fn locate(diagnostic: &mut Diagnostic, draft: &Draft) {
    let (Some(person), Some(field)) = (&diagnostic.person, &diagnostic.field) else { return };
    let document = draft.profiles.get(&person.id);
    diagnostic.place = document.and_then(|document| document.place(document.root.as_ref()?.nearest(field)));
}

/// Adds report and manifest.
fn describe(
    examination: &Examination,
    layout: &Layout,
    outputs: Outputs,
    wishes: Wishes,
    kept_back: bool,
) -> Build {
    let mut files = outputs.files;
    let listed = |files: &[(String, Vec<u8>)]| -> Vec<Output> {
        files.iter().map(|(path, bytes)| Output::new(path, bytes)).collect()
    };
    let mut snapshot = layout.snapshot(&examination.draft).clone();
    snapshot.renditions = outputs.renditions;
    snapshot.cover_rendition = outputs.cover_rendition;
    snapshot.around = outputs.around;
    let data_hash = snapshot.data_hash.clone();
    let mut report = Report::new(snapshot, &examination.found, listed(&files));
    report.preflight = outputs.verdicts.iter().map(|(file, report)| Verdict::new(file, report)).collect();
    files.push((report::FILE.into(), report.to_json()));
    let manifest = Manifest::new(wishes, &data_hash, examination.project.inputs(), listed(&files));
    files.push((manifest::FILE.into(), manifest.to_json()));
    Build { files, manifest, snapshot: report.snapshot, blank_pages: report.blank_pages, kept_back }
}

/// Whether an output is one of those that people open by their names.
pub fn is_document(path: &str) -> bool {
    !path.contains('/') && path.ends_with(".pdf")
}

/// The print shop's folder in a folder of outputs.
pub fn delivery_folder(out: &Path) -> PathBuf {
    out.join(DELIVERY)
}
