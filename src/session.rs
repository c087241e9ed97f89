//! The pipeline as one value: open a project, examine it, build, compare. Who
//! holds a [`Session`] needs no order of rooms; nothing here knows a terminal.

mod approve;
mod archive;
mod beside;
mod build;
mod current;
mod designer;
mod error;
mod examine;
mod export;
mod import;
mod last_good;
mod live;
mod mends;
mod outputs;
mod progress;
mod saves;
mod shelf;
mod side;
mod verify;

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use crate::manifest::{Target, Wishes};
pub use approve::Signing;
pub use archive::{Archived, Baseline};
pub use build::{Build, Written, delivery_folder, is_document};
pub use error::Error;
pub use examine::{Examination, Layout};
pub use import::{Import, Incoming, PhotoProblem, import};
pub use last_good::{Current, LastGood};
pub use live::{Live, News, PictureOf};
pub use mends::Mend;
pub use progress::{Meter, Progress, Step};
pub use saves::Saves;
pub use side::{Side, Wanted};
pub use verify::differences;

use crate::diag::{Code, Diagnostic, Lang};
use crate::load;
use crate::project::{Cache, Hold, Project};
use crate::typeset::{self, Book, Numbers, typeset_again};
use crate::world::Files;

/// Name of the folder that a project's builds go to.
pub const OUT: &str = "out";

/// A project that is open, and who wants to know how it goes.
pub struct Session {
    project: Project,
    progress: Progress,
    /// What stood on which page when an entry was last laid out.
    laid_out: Arc<Mutex<BTreeMap<String, Numbers>>>,
}

impl Session {
    /// Opens a project folder.
    ///
    /// # Errors
    /// [`Error::NoProject`] when it is none.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let project =
            Project::open(folder).map_err(|error| Error::NoProject { folder: folder.to_owned(), error })?;
        Ok(Self { project, progress: Progress::silent(), laid_out: Arc::default() })
    }

    /// Tells how far it is.
    #[must_use]
    pub fn with_progress(self, progress: Progress) -> Self {
        Self { progress, ..self }
    }

    /// Keeps what takes long in a folder of its own below one that is for all
    /// projects.
    #[must_use]
    pub fn with_cache(self, folder: Option<&Path>) -> Self {
        let Some(folder) = folder else { return self };
        let own = crate::digest::sha256(self.project.root().as_os_str().as_encoded_bytes());
        let cache = Cache::at(folder.join(own.get(..16).unwrap_or_default()));
        Self { project: self.project.with_cache(cache), ..self }
    }

    /// The same over other files.
    fn with_project(&self, project: Project) -> Self {
        Self { project, progress: self.progress.clone(), laid_out: self.laid_out.clone() }
    }

    /// The door to the project's files.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// The language that the project asks for.
    pub fn language(&self) -> Option<Lang> {
        let booklet = self.project.read("data/booklet.json").ok()?;
        let document = load::parse("data/booklet.json", &booklet, &mut Vec::new());
        let written = match &document.root {
            Some(root) => root.get("language")?.as_str()?.to_owned(),
            // A file with a slip says it all the same.
            None => {
                let text = String::from_utf8_lossy(&booklet);
                text.split_once("\"language\"")?.1.split('"').nth(1)?.to_owned()
            }
        };
        match written.as_str() {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The title of the book, as far as it can be read.
    pub fn title(&self) -> String {
        let Ok(booklet) = self.project.read("data/booklet.json") else { return String::new() };
        let document = load::parse("data/booklet.json", &booklet, &mut Vec::new());
        let lines = document.root.as_ref().and_then(|root| root.get("title")).map(|title| title.strings());
        let lines: Vec<&str> = lines.iter().flatten().filter_map(|(_, node)| node.as_str()).collect();
        lines.join(" ")
    }

    /// A file that the last build wrote, by its name in the folder of outputs;
    /// no other file.
    pub fn output(&self, name: &str) -> Option<Vec<u8>> {
        let out = self.out().ok()?;
        let manifest = current::read_manifest(&out).ok()?;
        let output = manifest.outputs.iter().find(|output| output.file == name)?;
        crate::project::read_below(&out, &output.file, crate::project::LARGEST).ok()
    }

    /// The folder that builds go to unless another is named.
    ///
    /// # Errors
    /// [`Error::LeadsOut`] where a link in its place leads elsewhere.
    pub fn out(&self) -> Result<PathBuf, Error> {
        self.project.folder(OUT).map_err(|_| Error::LeadsOut(self.project.root().join(OUT)))
    }

    /// A folder for outputs that was named: one below the project is held to
    /// the rule of [`Session::out`], another is where the person says.
    ///
    /// # Errors
    /// [`Error::LeadsOut`] where a link in the project leads elsewhere.
    pub fn out_at(&self, named: Option<&Path>) -> Result<PathBuf, Error> {
        let Some(named) = named else { return self.out() };
        let whole = std::path::absolute(named).unwrap_or_else(|_| named.to_owned());
        match whole.strip_prefix(self.project.root()).ok().and_then(Path::to_str) {
            Some(below) if !below.is_empty() => {
                self.project.folder(below).map_err(|_| Error::LeadsOut(named.to_owned()))
            }
            _ => Ok(named.to_owned()),
        }
    }

    /// Lays out an entry of a template; the pages as they came out before make
    /// the next time quicker.
    fn lay_out(&self, files: Files, main: &str) -> (Option<Book>, Vec<Diagnostic>) {
        let (book, found) = typeset_again(files, main, self.laid_out(main));
        if let Some(book) = &book {
            self.entries().insert(main.to_owned(), book.numbers());
        }
        (book, found)
    }

    /// The pages of an entry as they last came out.
    fn laid_out(&self, main: &str) -> Option<Numbers> {
        self.entries().get(main).cloned()
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<String, Numbers>> {
        self.laid_out.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what no examination of late has used; for who examines again and
    /// again, when the answer is out.
    pub fn forget(&self) {
        self.project.cache().tidy();
        typeset::forget();
    }

    fn timed<T>(&self, step: Step, work: impl FnOnce() -> T) -> T {
        self.progress.timed(step, work)
    }

    /// Waits for a folder as long as whoever watches the progress likes.
    fn wait(&self) -> impl FnMut(&Hold) -> bool {
        |hold| self.progress.waits(hold)
    }

    /// Runs work whose panic is a finding: one revision is lost, never the
    /// process that holds the session.
    fn guarded<T>(&self, work: impl FnOnce() -> T) -> Result<T, Box<Diagnostic>> {
        catch_unwind(AssertUnwindSafe(work)).map_err(|panic| Box::new(self.bug(&*panic)))
    }

    fn bug(&self, panic: &(dyn Any + Send)) -> Diagnostic {
        let said = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        let inputs = self.project.inputs();
        let pieces = inputs.iter().map(|input| (input.file.as_str(), input.sha256.as_bytes()));
        let revision = crate::digest::of_pieces(pieces);
        Diagnostic::new(Code::InternalError)
            .arg("problem", said)
            .arg("tool", crate::TOOL)
            .arg("revision", revision.get(..12).unwrap_or_default())
    }
}

/// Whether a finding tells of a bug in the program.
pub fn is_bug(found: &[Diagnostic]) -> bool {
    found.iter().any(|diagnostic| diagnostic.code == Code::InternalError)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A panic costs a revision, which is named, and nothing else.
    #[test]
    fn a_panic_is_a_finding() {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in crate::starter::files(Lang::En, &crate::templates::first()) {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("below the folder")).expect("makes folders");
            std::fs::write(path, text).expect("writes");
        }
        let session = Session::open(folder.path()).expect("a project");
        let bug = session.guarded(|| panic!("an odd page")).expect_err("a finding");
        assert!(bug.message(Lang::En).contains("an odd page") && is_bug(std::slice::from_ref(&bug)));
        assert!(bug.hint(Lang::Zh).contains(crate::TOOL), "{}", bug.hint(Lang::Zh));
        assert!(session.examine().expect("goes on").whole().is_some());
    }
}
