//! The world Typst sees: everything in memory, no clock, no packages, no file
//! system. An ejected project holds exactly these files.

use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};
use typst_kit::fonts::FontStore;

use crate::check::Manuscript;
use crate::fonts;
use crate::photo;
use crate::templates;
use crate::view::{self, View};

pub use crate::view::Portraits;

/// Path from the root, without a leading slash → bytes.
pub type Files = BTreeMap<String, Bytes>;

/// The files of a book as a Typst project: the template, `data.json`, photos.
pub fn files(manuscript: &Manuscript, template: &templates::TemplateFiles, portraits: Portraits) -> Files {
    let text = |(path, bytes): (&String, &std::borrow::Cow<'static, [u8]>)| {
        (path.clone(), Bytes::new(bytes.to_vec()))
    };
    let mut files: Files = template.iter().map(text).collect();
    files.insert("data.json".into(), Bytes::new(View::new(manuscript, portraits).to_json()));
    for (i, entry) in manuscript.entries().iter().enumerate() {
        if let Some(portrait) = &entry.photo {
            let path = view::photo_path(&entry.id, portrait, portraits)[1..].to_owned();
            let bytes = match portraits {
                Portraits::StandIns => view::stand_in(i, portrait).into_bytes(),
                Portraits::Files => {
                    photo::clean(portrait.bytes(), manuscript.output()).map_or(vec![], |(_, bytes)| bytes)
                }
            };
            files.insert(path, Bytes::new(bytes));
        }
    }
    for (i, extra) in manuscript.extras().iter().enumerate() {
        files.insert(format!("{EXTRA}{i}-{}.otf", extra.index), Bytes::new(extra.bytes.clone()));
    }
    files
}

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

struct Memory(Files);

impl FileLoader for Memory {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        match (id.root(), self.0.get(path)) {
            (VirtualRoot::Project, Some(bytes)) => Ok(bytes.clone()),
            _ => Err(FileError::NotFound(path.into())),
        }
    }
}

impl BookWorld {
    pub(crate) fn new(files: Files, main: &str) -> Self {
        let main = VirtualPath::new(main).expect("one of our own file names");
        let mut fonts = fonts::store();
        let added = files.iter().filter(|(path, _)| path.starts_with(EXTRA));
        fonts.extend(added.filter_map(|(path, bytes)| {
            // The name ends in which face of the file is meant.
            let index = path.trim_end_matches(".otf").rsplit('-').next()?.parse().ok()?;
            let font = Font::new(bytes.clone(), index)?;
            let info = font.info().clone();
            Some((font, info))
        }));
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            files: FileStore::new(Memory(files)),
            main: RootedPath::new(VirtualRoot::Project, main).intern(),
        }
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
