//! The world Typst sees: everything in memory, no clock, no packages, no file
//! system. An ejected project holds exactly these files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};
use typst_kit::fonts::FontStore;

use crate::check::{Exhibit, Manuscript};
use crate::fonts;
use crate::photo;
use crate::templates;
use crate::view::{self, Sheet, View};

pub use crate::view::Portraits;

/// Path from the root, without a leading slash → bytes.
pub type Files = BTreeMap<String, Bytes>;

/// The files of a book as a Typst project: the template, `data.json`,
/// `sheet.json`, photos.
/// `pages` is how many the interior has, once that is known; then nothing of
/// what stands on which is told, and a template asks the layout.
pub fn files(manuscript: &Manuscript, portraits: Portraits, pages: Option<usize>) -> Files {
    let text = |(path, bytes): (&String, &std::borrow::Cow<'static, [u8]>)| {
        (path.clone(), Bytes::new(bytes.to_vec()))
    };
    let mut files: Files = manuscript.template().files.iter().map(text).collect();
    files.insert(DATA.into(), Bytes::new(View::new(manuscript, portraits).to_json()));
    if pages.is_some() {
        files.insert(PAGES.into(), Bytes::new(UNKNOWN));
    }
    files.insert(SHEET.into(), Bytes::new(Sheet::new(manuscript, pages).to_json()));
    for (i, Exhibit { portrait, .. }) in manuscript.gallery().iter().enumerate() {
        let path = view::photo_path(i, portrait, portraits)[1..].to_owned();
        let bytes = match portraits {
            Portraits::StandIns => view::stand_in(i, portrait).into_bytes(),
            Portraits::Files => {
                let clean = |bytes: Vec<u8>| photo::clean(&bytes, manuscript.output()).ok();
                portrait.bytes().and_then(clean).map_or(vec![], |(_, bytes)| bytes)
            }
        };
        files.insert(path, Bytes::new(bytes));
    }
    if let Some(emblem) = manuscript.emblem() {
        files.insert(emblem.path()[1..].to_owned(), Bytes::new(emblem.bytes.clone()));
    }
    for (i, extra) in manuscript.extras().iter().enumerate() {
        files.insert(format!("{EXTRA}{i}-{}.otf", extra.index), Bytes::new(extra.bytes.clone()));
    }
    files
}

/// Whether a file of an ejected book comes from the data, not from the
/// template.
pub fn comes_from_data(path: &str) -> bool {
    [DATA, SHEET, PAGES].contains(&path) || path.starts_with("photos/") || path.starts_with(EXTRA)
}

/// What a template reads that is to ask the layout for its pages.
pub(crate) const UNKNOWN: &[u8] = b"{}";

/// What templates read.
pub(crate) const DATA: &str = "data.json";
const SHEET: &str = "sheet.json";
/// Which pages the marks of a template stand on.
pub(crate) const PAGES: &str = "pages.json";
/// Where the fonts that a project adds stand among the files, beside the
/// embedded ones of an ejected project.
const EXTRA: &str = "fonts/extra-";

/// Files in memory and the embedded faces.
pub(crate) struct BookWorld {
    library: LazyHash<Library>,
    fonts: FontStore,
    files: FileStore<Memory>,
    main: FileId,
}

struct Memory {
    files: Files,
    /// Files that were asked for.
    asked: Mutex<BTreeSet<String>>,
}

impl FileLoader for Memory {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        match (id.root(), self.files.get(path)) {
            (VirtualRoot::Project, Some(bytes)) => {
                self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
                Ok(bytes.clone())
            }
            _ => Err(FileError::NotFound(path.into())),
        }
    }
}

impl BookWorld {
    pub(crate) fn new(files: Files, main: &str) -> Self {
        let main = VirtualPath::new(main).expect("one of our own file names");
        let mut fonts = fonts::store();
        let added = files.iter().filter(|(path, _)| templates::is_font(path));
        fonts.extend(added.flat_map(|(path, bytes)| faces(path, bytes)).map(|font| {
            let info = font.info().clone();
            (font, info)
        }));
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            files: FileStore::new(Memory { files, asked: Mutex::default() }),
            main: RootedPath::new(VirtualRoot::Project, main).intern(),
        }
    }
}

/// The faces of a font file: of one that a project adds for some characters,
/// the one that is meant; of a template's, all.
fn faces(path: &str, bytes: &Bytes) -> Vec<Font> {
    match path.strip_prefix(EXTRA) {
        // The name ends in which face of the file is meant.
        Some(name) => {
            let index = name.trim_end_matches(".otf").rsplit('-').next().and_then(|index| index.parse().ok());
            index.and_then(|index| Font::new(bytes.clone(), index)).into_iter().collect()
        }
        None => Font::iter(bytes.clone()).collect(),
    }
}

impl BookWorld {
    /// The files that were asked for so far.
    pub(crate) fn asked(&self) -> BTreeSet<String> {
        self.files.loader().asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl World for BookWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
