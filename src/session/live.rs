//! What the page shows now: the last good book, what was found in the newest
//! data, and pictures as they are asked for.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use super::shelf::{Shelf, Shown};
use super::{Current, Error, Examination, Layout};
use crate::render::{self, Side};
use crate::report::Snapshot;

/// Bytes of pictures that are kept.
const CACHE: usize = 96 << 20;
/// Pictures that are drawn at a time: one of an A4 page at 300 ppi takes some
/// 60 MB while it is drawn.
const DRAWN: usize = 2;
/// Books that are kept, so that a page that still shows the last one can ask
/// for its pictures.
const BOOKS: usize = 3;

/// The state, shared between the builder and the server.
#[derive(Clone)]
pub struct Live(Arc<(Mutex<LiveState>, Condvar)>);

/// Fingerprint of a page and pixels per inch.
type WantedPicture = (String, u32);

/// What a picture is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PictureOf {
    /// A page of the interior, by its index.
    Page(usize),
    /// A side of the cover.
    Cover(Side),
}

struct LiveState {
    revision: u64,
    json: Arc<Vec<u8>>,
    /// What changes are told against.
    before: Option<Snapshot>,
    shelf: Shelf,
    books: VecDeque<Arc<LaidOutBook>>,
    pictures: VecDeque<(WantedPicture, Arc<Vec<u8>>)>,
    /// Pictures that are being drawn.
    drawn: Vec<WantedPicture>,
}

/// A laid-out book with its pages by fingerprint.
struct LaidOutBook {
    layout: Layout,
    places: HashMap<String, PictureOf>,
}

#[derive(Serialize)]
struct Message<'a> {
    revision: u64,
    /// Tells a restarted server from the one before.
    session: u32,
    /// Whether the pages are those of earlier data.
    broken: bool,
    /// Persons whose pages are, while the others are of the newest data.
    stale: Vec<String>,
    milliseconds: u64,
    findings: Vec<Shown>,
    #[serde(flatten)]
    shelf: &'a Shelf,
}

impl Live {
    /// Nothing shown yet; changes are told against `before`.
    pub fn new(before: Option<Snapshot>) -> Self {
        let (books, pictures) = (VecDeque::new(), VecDeque::new());
        let state = LiveState {
            revision: 0,
            json: Arc::default(),
            before,
            shelf: Shelf::default(),
            books,
            pictures,
            drawn: vec![],
        };
        Self(Arc::new((Mutex::new(state), Condvar::new())))
    }

    fn state(&self) -> MutexGuard<'_, LiveState> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What changes are told against from now on.
    pub fn compare_with(&self, before: Snapshot) {
        self.state().before = Some(before);
    }

    /// Shows what came of the newest data: their pages, with earlier ones of
    /// whom cannot be read, else the last good ones under what is wrong.
    /// `milliseconds` tells how long it took, once it is done.
    pub fn put(&self, examined: Result<Current, Error>, milliseconds: &dyn Fn() -> u64) -> u64 {
        let (findings, stale, book) = match examined {
            Ok(Current { examination, meanwhile, stale }) => {
                let findings =
                    examination.found.iter().map(|found| Shown::new(found, &examination)).collect();
                let Examination { layout, draft, .. } = meanwhile.unwrap_or(examination);
                let whole = layout.filter(|layout| layout.manuscript.complete());
                let book = whole.map(|layout| {
                    let snapshot = layout.snapshot(&draft).clone();
                    (layout, snapshot, draft)
                });
                (findings, stale, book)
            }
            Err(error) => (vec![Shown::failure(error.sentences())], vec![], None),
        };
        let broken = book.is_none();
        let before = self.state().before.clone();
        let laid_out = book.map(|(layout, snapshot, draft)| {
            let before = before.unwrap_or_else(|| snapshot.clone());
            let shelf = Shelf::new(&layout.manuscript, &draft, &snapshot, &before);
            let places = shelf.pictures().collect();
            (shelf, LaidOutBook { layout, places }, before)
        });
        let mut state = self.state();
        if let Some((shelf, book, before)) = laid_out {
            state.before.get_or_insert(before);
            state.shelf = shelf;
            state.books.push_front(Arc::new(book));
            state.books.truncate(BOOKS);
        }
        state.revision += 1;
        let milliseconds = milliseconds();
        let session = std::process::id();
        let revision = state.revision;
        let message =
            Message { revision, session, broken, stale, milliseconds, findings, shelf: &state.shelf };
        state.json = Arc::new(serde_json::to_vec(&message).expect("plain data serialises"));
        self.0.1.notify_all();
        milliseconds
    }

    /// What the page is told.
    pub fn json(&self) -> Arc<Vec<u8>> {
        self.state().json.clone()
    }

    /// Waits for a revision after the given one, for at most `patience`.
    pub fn after(&self, revision: u64, patience: Duration) -> u64 {
        let waiting = |state: &mut LiveState| state.revision <= revision;
        let state = self.0.1.wait_timeout_while(self.state(), patience, waiting);
        state.unwrap_or_else(PoisonError::into_inner).0.revision
    }

    /// The picture of the page, or side of the cover, with a fingerprint. Few
    /// are drawn at a time, and the same one only once; who asks for more
    /// waits.
    pub fn picture(&self, hash: &str, ppi: u32) -> Option<Arc<Vec<u8>>> {
        let key = (hash.to_owned(), ppi);
        let busy = |state: &mut LiveState| {
            let known = state.pictures.iter().any(|(known, _)| *known == key);
            !known && (state.drawn.len() >= DRAWN || state.drawn.contains(&key))
        };
        let (book, place, drawing) = {
            let state = self.0.1.wait_while(self.state(), busy);
            let mut state = state.unwrap_or_else(PoisonError::into_inner);
            if let Some((_, png)) = state.pictures.iter().find(|(known, _)| *known == key) {
                return Some(png.clone());
            }
            let mut books = state.books.iter();
            let (book, place) = books.find_map(|book| Some((book.clone(), *book.places.get(hash)?)))?;
            state.drawn.push(key.clone());
            (book, place, Drawing { live: self, key: key.clone() })
        };
        let Layout { book, cover, manuscript, .. } = &book.layout;
        let png = Arc::new(match place {
            PictureOf::Page(index) => render::picture(book, manuscript, index, ppi.into())?,
            PictureOf::Cover(side) => render::cover_picture(cover.as_ref()?, manuscript, side, ppi.into())?,
        });
        let mut state = self.state();
        state.pictures.push_back((key, png.clone()));
        let mut size: usize = state.pictures.iter().map(|(_, png)| png.len()).sum();
        while size > CACHE {
            size -= state.pictures.pop_front().map_or(size, |(_, png)| png.len());
        }
        drop(state);
        drop(drawing);
        Some(png)
    }
}

/// A picture while it is drawn; whatever becomes of it, others may go on.
struct Drawing<'a> {
    live: &'a Live,
    key: WantedPicture,
}

impl Drop for Drawing<'_> {
    fn drop(&mut self) {
        self.live.state().drawn.retain(|key| *key != self.key);
        self.live.0.1.notify_all();
    }
}
