//! What the page shows now: the last good book, what was found in the newest
//! data, and pictures as they are asked for.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde_json::Value as Json;

use super::shelf::{Shelf, Shown};
use super::{Current, Error, Examination, Layout};
use crate::audit::{Words, find_words, words_at};
use crate::render::{self, Side};
use crate::report::Snapshot;

/// Bytes of pictures that are kept.
const CACHE: usize = 24 << 20;
/// Pictures that are drawn at a time: one of an A4 page at 300 ppi takes some
/// 60 MB while it is drawn.
const DRAWN: usize = 2;
/// Books that are kept, so that a page that still shows the last one can ask
/// for its pictures.
const BOOKS: usize = 3;
/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// Notices that are kept for pages that were away for a moment.
const NOTICES: usize = 64;

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
    /// What the page is told beside the book.
    beside: Json,
    /// Number, kind and text of the newest notices.
    notices: VecDeque<(u64, &'static str, String)>,
    noticed: u64,
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
    #[serde(flatten)]
    beside: &'a Json,
}

/// What is new on the page.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct News {
    /// Number of the newest revision.
    pub revision: u64,
    /// Number of the newest notice.
    pub noticed: u64,
    /// Notices since: kind and JSON.
    pub notices: Vec<(&'static str, String)>,
}

impl LiveState {
    fn write(&mut self, broken: bool, stale: Vec<String>, milliseconds: u64, findings: Vec<Shown>) {
        let (session, revision) = (std::process::id(), self.revision);
        let (shelf, beside) = (&self.shelf, &self.beside);
        let message = Message { revision, session, broken, stale, milliseconds, findings, shelf, beside };
        self.json = Arc::new(serde_json::to_vec(&message).expect("plain data serialises"));
    }
}

impl Live {
    /// Nothing shown yet; changes are told against `before`.
    pub fn new(before: Option<Snapshot>) -> Self {
        let (books, pictures) = (VecDeque::new(), VecDeque::new());
        let state = LiveState {
            revision: 0,
            json: Arc::default(),
            beside: Json::Object(Default::default()),
            notices: VecDeque::new(),
            noticed: 0,
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
                let Examination { layout, draft, approvals, .. } = meanwhile.unwrap_or(examination);
                let whole = layout.filter(|layout| layout.manuscript.complete());
                let book = whole.map(|layout| {
                    let snapshot = layout.snapshot(&draft).clone();
                    (layout, snapshot, draft, approvals)
                });
                (findings, stale, book)
            }
            Err(error) => (vec![Shown::failure(error.sentences())], vec![], None),
        };
        let broken = book.is_none();
        let before = self.state().before.clone();
        let laid_out = book.map(|(layout, snapshot, draft, approvals)| {
            let before = before.unwrap_or_else(|| snapshot.clone());
            let shelf = Shelf::new(&layout, &draft, &snapshot, &before, &approvals);
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
        state.write(broken, stale, milliseconds, findings);
        self.0.1.notify_all();
        milliseconds
    }

    /// What the page is told beside the book, from the next revision on.
    pub(crate) fn add(&self, beside: Json) {
        self.state().beside = beside;
    }

    /// Shows that there is no book yet.
    pub(crate) fn begin(&self) {
        self.state().write(false, vec![], 0, vec![]);
    }

    /// Tells every open page something that is no revision.
    pub(crate) fn notice(&self, kind: &'static str, json: &Json) {
        let mut state = self.state();
        state.noticed += 1;
        let number = state.noticed;
        state.notices.push_back((number, kind, json.to_string()));
        while state.notices.len() > NOTICES {
            state.notices.pop_front();
        }
        self.0.1.notify_all();
    }

    /// The words at a point of a page that has a fingerprint, in millimetres
    /// from the trim's top left.
    pub fn words_at(&self, hash: &str, x: f64, y: f64) -> Option<Words> {
        let book = self.state().books.iter().find(|book| book.places.contains_key(hash)).cloned()?;
        match book.places.get(hash)? {
            PictureOf::Page(index) => words_at(&book.layout.book, *index, x * POINTS, y * POINTS),
            PictureOf::Cover(_) => None,
        }
    }

    /// Where words stand now: the page, from 1, and left, top, right, bottom in
    /// millimetres from the trim's top left.
    pub fn place_of(&self, words: &Words) -> Option<(usize, [f64; 4])> {
        let book = self.state().books.front().cloned()?;
        let (index, area) = find_words(&book.layout.book, words)?;
        Some((index + 1, area.map(|point| (point / POINTS * 100.0).round() / 100.0)))
    }

    /// What the page is told.
    pub fn json(&self) -> Arc<Vec<u8>> {
        self.state().json.clone()
    }

    /// Waits for something newer than what is known, for at most `patience`.
    pub fn after(&self, known: &News, patience: Duration) -> News {
        let waiting =
            |state: &mut LiveState| state.revision <= known.revision && state.noticed <= known.noticed;
        let state = self.0.1.wait_timeout_while(self.state(), patience, waiting);
        let state = state.unwrap_or_else(PoisonError::into_inner).0;
        let news = state.notices.iter().filter(|(number, ..)| *number > known.noticed);
        let notices = news.map(|(_, kind, json)| (*kind, json.clone())).collect();
        News { revision: state.revision, noticed: state.noticed, notices }
    }

    /// What somebody knows who has just come: notices of before are none of
    /// theirs.
    pub fn now(&self) -> News {
        News { revision: 0, noticed: self.state().noticed, notices: vec![] }
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
        let mut png = match place {
            PictureOf::Page(index) => render::picture(book, manuscript, index, ppi.into())?,
            PictureOf::Cover(side) => render::cover_picture(cover.as_ref()?, manuscript, side, ppi.into())?,
        };
        png.shrink_to_fit();
        let png = Arc::new(png);
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
