//! What an editor does to a book: an open project whose files are written at
//! once, act by act, with undo and history; what comes in, what is signed, what
//! is made, what readers say. It knows no HTTP and no page.

mod comments;
mod desk;
mod incoming;
mod ledger;
mod making;
mod merge;
mod orders;
mod paths;
mod persons;
mod photos;
mod questions;
mod refusal;
mod rounds;
mod sheets;
mod shelf;
mod signing;
mod steps;

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use serde_json::{Value as Json, json};

pub use comments::{Comment, Remark, Saying};
pub use orders::Answer;
pub use refusal::Refusal;

use crate::catalogue::Lang;
use crate::project::Project;
use crate::session::{Error, Live, Session};
use desk::Desk;
use incoming::Staged;
use making::Making;
use photos::Thumbnails;

/// What the world around a studio says: the library looks at no clock and opens
/// no folder on a screen.
#[derive(Clone)]
pub struct Surroundings {
    /// Seconds since 1970.
    pub now: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// Today, `YYYY-MM-DD`.
    pub today: Arc<dyn Fn() -> String + Send + Sync>,
    /// `SOURCE_DATE_EPOCH`.
    pub source_date_epoch: Option<i64>,
    /// The folder for what takes long to make, of all projects.
    pub cache: Option<PathBuf>,
    /// Opens a folder on the screen.
    pub reveal: Arc<dyn Fn(&Path) + Send + Sync>,
    /// Told of each round: milliseconds, errors, warnings.
    pub told: Arc<dyn Fn(u64, usize, usize) + Send + Sync>,
}

/// An editor's studio over one folder.
#[derive(Clone)]
pub struct Studio(Arc<Inner>);

struct Inner {
    /// Where the book is, or the books are until one is chosen.
    folder: Mutex<PathBuf>,
    /// Where a new one among several goes.
    place: Mutex<Option<PathBuf>>,
    /// Whether books lie in folders of their own below it.
    holds_several: bool,
    /// Whether anything may be written.
    writes: bool,
    lang: Lang,
    live: Live,
    around: Surroundings,
    desk: Mutex<Option<Desk>>,
    staged: Mutex<Staged>,
    making: Making,
    thumbnails: Mutex<Thumbnails>,
    /// Whether there is something new to examine.
    stale: (Mutex<bool>, Condvar),
    /// When the newest save elsewhere was noticed.
    since: Mutex<Option<std::time::Instant>>,
    /// Whether the book is followed already.
    followed: AtomicBool,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Studio {
    /// Opens a project, to look at it or to write.
    ///
    /// # Errors
    /// [`Error::NoProject`] when the folder is none.
    pub fn open(session: Session, writes: bool, lang: Lang, around: Surroundings) -> Result<Self, Error> {
        let studio = Self::new(session.project().root(), false, writes, lang, around);
        studio.enter(session)?;
        Ok(studio)
    }

    /// Opens a folder that is no project yet: its page makes one there, or, of
    /// a folder for several, in a folder of its own.
    pub fn begin(folder: &Path, holds_several: bool, lang: Lang, around: Surroundings) -> Self {
        Self::new(folder, holds_several, true, lang, around)
    }

    fn new(folder: &Path, holds_several: bool, writes: bool, lang: Lang, around: Surroundings) -> Self {
        let live = Live::new(None);
        let studio = Self(Arc::new(Inner {
            folder: Mutex::new(folder.to_owned()),
            place: Mutex::default(),
            holds_several,
            writes,
            lang,
            live,
            around,
            desk: Mutex::default(),
            staged: Mutex::default(),
            making: Making::default(),
            thumbnails: Mutex::default(),
            stale: Default::default(),
            since: Mutex::default(),
            followed: AtomicBool::new(false),
        }));
        studio.0.live.add(studio.beside(None, false));
        studio.0.live.begin();
        studio
    }

    /// What the page shows.
    pub fn live(&self) -> &Live {
        &self.0.live
    }

    /// The language that was asked for.
    pub fn lang(&self) -> Lang {
        self.0.lang
    }

    /// Whether there is a book.
    pub fn is_open(&self) -> bool {
        held(&self.0.desk).is_some()
    }

    /// Whether anything may be written.
    pub fn writes(&self) -> bool {
        self.0.writes
    }

    /// Begins to follow a project.
    fn enter(&self, session: Session) -> Result<(), Error> {
        *held(&self.0.folder) = session.project().root().to_owned();
        *held(&self.0.desk) = Some(Desk::new(session.project()));
        rounds::follow(self, session)
    }

    /// The project's files as they are now.
    fn project(&self) -> Result<Project, Refusal> {
        held(&self.0.desk).as_ref().map(Desk::project).ok_or(Refusal::NoProject)
    }

    /// The book for work of its own.
    fn session(&self) -> Result<Session, Error> {
        Ok(Session::open(&self.folder())?.with_cache(self.0.around.cache.as_deref()))
    }

    fn folder(&self) -> PathBuf {
        held(&self.0.folder).clone()
    }

    /// Does something at the desk.
    fn at_desk<T>(&self, act: impl FnOnce(&mut Desk) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let done = act(held(&self.0.desk).as_mut().ok_or(Refusal::NoProject)?);
        self.refresh();
        done
    }

    /// Has the book examined again.
    fn refresh(&self) {
        *held(&self.0.stale.0) = true;
        self.0.stale.1.notify_all();
    }

    /// What the page is told beside the book itself.
    fn beside(&self, withdrawn: Option<Json>, printed: bool) -> Json {
        let folder = self.folder();
        let open = withdrawn.is_some();
        let books = if open || !self.0.holds_several { vec![] } else { shelf::books(&folder) };
        json!({
            "studio": self.0.writes,
            "start": self.0.writes && !open,
            "folder": folder.display().to_string(),
            "several": self.0.holds_several,
            "books": books,
            "withdrawn": withdrawn,
            // Whether there is a build that changes are told against.
            "printed": printed,
        })
    }

    /// A small picture of a photo, as a JPEG.
    pub fn thumbnail(&self, file: &str) -> Option<Arc<Vec<u8>>> {
        let project = self.project().ok()?;
        held(&self.0.thumbnails).of(&project, file)
    }

    /// Seconds since 1970, by the world around.
    pub fn now(&self) -> i64 {
        (self.0.around.now)()
    }

    /// Opens the book in a folder, for a page that began without one.
    fn open_book(&self, folder: &Path) -> Result<(), Refusal> {
        if held(&self.0.desk).is_some() {
            return Err(Refusal::Occupied(folder.display().to_string()));
        }
        Ok(self.enter(Session::open(folder)?.with_cache(self.0.around.cache.as_deref()))?)
    }
}
