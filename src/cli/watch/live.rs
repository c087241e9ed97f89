//! What the page shows now: the last good book, what was found in the newest
//! data, and pictures as they are asked for.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use fengcai::export;
use fengcai::report::{Record, Snapshot};
use fengcai::viewer::Shelf;
use serde::Serialize;

use super::super::Failure;
use super::super::check::{Examined, LaidOut};

/// Bytes of pictures that are kept.
const CACHE: usize = 96 << 20;
/// Books that are kept, so that a page that still shows the last one can ask
/// for its pictures.
const BOOKS: usize = 3;

/// The state, shared between the builder and the server.
#[derive(Clone)]
pub(super) struct Live(Arc<(Mutex<State>, Condvar)>);

/// Fingerprint of a page and pixels per inch.
type Wanted = (String, u32);

struct State {
    revision: u64,
    json: Arc<Vec<u8>>,
    /// What changes are told against.
    before: Option<Snapshot>,
    shelf: Option<Shelf>,
    books: VecDeque<Arc<Shown>>,
    pictures: VecDeque<(Wanted, Arc<Vec<u8>>)>,
}

/// A laid-out book with its pages by fingerprint.
struct Shown {
    laid_out: LaidOut,
    places: HashMap<String, usize>,
}

#[derive(Serialize)]
struct Told<'a> {
    revision: u64,
    /// Tells a restarted server from the one before.
    session: u32,
    /// Whether the pages are those of earlier data.
    broken: bool,
    milliseconds: u128,
    findings: Vec<Record>,
    #[serde(flatten)]
    shelf: Option<&'a Shelf>,
}

impl Live {
    pub(super) fn new(before: Option<Snapshot>) -> Self {
        let (books, pictures) = (VecDeque::new(), VecDeque::new());
        let state = State { revision: 0, json: Arc::default(), before, shelf: None, books, pictures };
        Self(Arc::new((Mutex::new(state), Condvar::new())))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().expect("nobody panics while holding it")
    }

    /// Shows what came of the newest data: its pages when all persons could be
    /// laid out, else the last good ones under what is wrong. Returns the
    /// milliseconds since the save.
    pub(super) fn put(&self, examined: Result<Examined, Failure>, since: Instant) -> u128 {
        let (findings, book) = match examined {
            Ok(Examined { found, laid_out, draft, .. }) => {
                let whole = laid_out.filter(|laid_out| laid_out.manuscript.complete());
                let book = whole.map(|laid_out| {
                    let snapshot = laid_out.snapshot(&draft).clone();
                    (laid_out, snapshot)
                });
                (found.iter().map(Record::new).collect(), book)
            }
            Err(Failure(sentence)) => (vec![Record::failure(&sentence)], None),
        };
        let mut state = self.state();
        let broken = book.is_none();
        if let Some((laid_out, snapshot)) = book {
            let before = state.before.get_or_insert_with(|| snapshot.clone());
            let shelf = Shelf::new(&laid_out.manuscript, &snapshot, before);
            state.shelf = Some(shelf);
            let prints = snapshot.fingerprints.into_iter().enumerate();
            let places = prints.map(|(i, print)| (print.page, i)).collect();
            state.books.push_front(Arc::new(Shown { laid_out, places }));
            state.books.truncate(BOOKS);
        }
        state.revision += 1;
        let milliseconds = since.elapsed().as_millis();
        let session = std::process::id();
        let revision = state.revision;
        let told = Told { revision, session, broken, milliseconds, findings, shelf: state.shelf.as_ref() };
        state.json = Arc::new(serde_json::to_vec(&told).expect("plain data serialises"));
        self.0.1.notify_all();
        milliseconds
    }

    /// What the page is told.
    pub(super) fn json(&self) -> Arc<Vec<u8>> {
        self.state().json.clone()
    }

    /// Waits for a revision after the given one, for at most `patience`.
    pub(super) fn after(&self, revision: u64, patience: Duration) -> u64 {
        let waiting = |state: &mut State| state.revision <= revision;
        let state = self.0.1.wait_timeout_while(self.state(), patience, waiting);
        state.expect("nobody panics while holding it").0.revision
    }

    /// The picture of the page with a fingerprint.
    pub(super) fn picture(&self, hash: &str, ppi: u32) -> Option<Arc<Vec<u8>>> {
        let key = (hash.to_owned(), ppi);
        let (book, place) = {
            let state = self.state();
            if let Some((_, png)) = state.pictures.iter().find(|(known, _)| *known == key) {
                return Some(png.clone());
            }
            let mut books = state.books.iter();
            books.find_map(|book| Some((book.clone(), *book.places.get(hash)?)))?
        };
        let LaidOut { book, manuscript, .. } = &book.laid_out;
        let png = Arc::new(export::picture(book, manuscript, place, ppi.into())?);
        let mut state = self.state();
        state.pictures.push_back((key, png.clone()));
        let mut size: usize = state.pictures.iter().map(|(_, png)| png.len()).sum();
        while size > CACHE {
            size -= state.pictures.pop_front().map_or(size, |(_, png)| png.len());
        }
        Some(png)
    }
}
