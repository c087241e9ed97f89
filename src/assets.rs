//! What the binary carries: faces, templates, the output profile, the starter
//! project. The one file that names `../templates` and `../fonts`.

/// One embedded face.
pub(crate) struct Face {
    /// Path below `fonts/`, with forward slashes.
    pub(crate) path: &'static str,
    pub(crate) family: &'static str,
    pub(crate) version: &'static str,
    pub(crate) post_script: &'static str,
    /// OpenType weight class, 100 to 900.
    pub(crate) weight: u16,
    pub(crate) serif: bool,
    pub(crate) data: &'static [u8],
    /// SHA-256 of the data, in hexadecimal.
    pub(crate) sha256: &'static str,
    /// Covered code points as half-open ranges, ascending.
    pub(crate) ranges: &'static [(u32, u32)],
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The embedded output profile: coated offset, characterisation FOGRA39L.
pub(crate) static FOGRA39: &[u8] = include_bytes!("colour/fogra39/fogra39.icc");

/// 通用规范汉字表, sorted, with line breaks; see `recipe.py` beside it.
pub(crate) static STANDARD: &str = include_str!("check/language/tables/standard.txt");

/// Radicals and compatibility ideographs, each before its ordinary character.
pub(crate) static ORDINARY: &str = include_str!("check/language/tables/ordinary.txt");

/// Traditional and variant characters, each before the standard one.
pub(crate) static VARIANTS: &str = include_str!("check/language/tables/variants.txt");

/// Wrong words and right ones.
pub(crate) static WRONG_WORDS: &str = include_str!("check/language/tables/words.txt");

/// Forms that are not written so.
pub(crate) static FORMS: &str = include_str!("check/language/tables/forms.txt");

/// Offices, honours and terms as they are written.
pub(crate) static OFFICES: &str = include_str!("check/language/tables/names.txt");

/// Districts and their streets.
pub(crate) static DISTRICTS: &str = include_str!("check/language/tables/districts.txt");

/// What people call the columns of their tables.
pub(crate) static COLUMNS: &str = include_str!("intake/tables/columns.txt");

/// Surnames, and words that look like names.
pub(crate) static NAMES: &str = include_str!("intake/tables/names.txt");

/// Words with which roles begin and end.
pub(crate) static ROLES: &str = include_str!("intake/tables/roles.txt");

/// Measure words, longer ones first.
pub(crate) static MEASURES: &str = include_str!("intake/tables/measures.txt");

/// The page that `fengcai watch` serves: path, media type, text.
pub(crate) static VIEWER: &[(&str, &str, &str)] = &[
    ("/", "text/html; charset=utf-8", include_str!("server/web/index.html")),
    ("/viewer.css", "text/css; charset=utf-8", include_str!("server/web/viewer.css")),
    ("/viewer.js", "text/javascript; charset=utf-8", include_str!("server/web/viewer.js")),
    ("/state.js", "text/javascript; charset=utf-8", include_str!("server/web/state.js")),
    ("/texts.js", "text/javascript; charset=utf-8", include_str!("server/web/texts.js")),
    ("/pages.js", "text/javascript; charset=utf-8", include_str!("server/web/pages.js")),
    ("/panel.js", "text/javascript; charset=utf-8", include_str!("server/web/panel.js")),
    ("/studio.css", "text/css; charset=utf-8", include_str!("server/web/studio.css")),
    ("/studio.js", "text/javascript; charset=utf-8", include_str!("server/web/studio.js")),
    ("/api.js", "text/javascript; charset=utf-8", include_str!("server/web/api.js")),
    ("/words.js", "text/javascript; charset=utf-8", include_str!("server/web/words.js")),
    ("/drafts.js", "text/javascript; charset=utf-8", include_str!("server/web/drafts.js")),
    ("/fields.js", "text/javascript; charset=utf-8", include_str!("server/web/fields.js")),
    ("/article.js", "text/javascript; charset=utf-8", include_str!("server/web/article.js")),
    ("/places.js", "text/javascript; charset=utf-8", include_str!("server/web/places.js")),
    ("/photo.js", "text/javascript; charset=utf-8", include_str!("server/web/photo.js")),
    ("/form.js", "text/javascript; charset=utf-8", include_str!("server/web/form.js")),
    ("/told.js", "text/javascript; charset=utf-8", include_str!("server/web/told.js")),
    ("/persons.js", "text/javascript; charset=utf-8", include_str!("server/web/persons.js")),
    ("/intake.js", "text/javascript; charset=utf-8", include_str!("server/web/intake.js")),
    ("/deliver.js", "text/javascript; charset=utf-8", include_str!("server/web/deliver.js")),
    ("/readers.js", "text/javascript; charset=utf-8", include_str!("server/web/readers.js")),
    ("/history.js", "text/javascript; charset=utf-8", include_str!("server/web/history.js")),
];

/// The page for readers on their phones, by names below its address.
pub(crate) static REVIEW: &[(&str, &str, &str)] = &[
    ("", "text/html; charset=utf-8", include_str!("server/web/review.html")),
    ("review.css", "text/css; charset=utf-8", include_str!("server/web/review.css")),
    ("review.js", "text/javascript; charset=utf-8", include_str!("server/web/review.js")),
];

/// The print shop's sheets for certificates and panels.
pub(crate) const CERTIFICATE_SHEET: &str = include_str!("starter/certificate-press.json");
pub(crate) const PANEL_SHEET: &str = include_str!("starter/panel-press.json");

/// The project that `fengcai new` writes: path below the project, text.
pub(crate) static STARTER: &[(&str, &str)] = &[
    ("data/booklet.json", include_str!("starter/booklet.json")),
    ("data/press.json", include_str!("starter/press.json")),
    ("data/profiles/example-one.json", include_str!("starter/profiles/example-one.json")),
    ("data/profiles/example-two.json", include_str!("starter/profiles/example-two.json")),
    ("data/photos/README.txt", include_str!("starter/photos.txt")),
];
