//! The project that `fengcai new` writes.

use crate::assets;
use crate::catalogue::Lang;
use crate::model;

/// What holds the place of a title and a series line that no document has, in
/// Chinese and English.
pub const TITLE_TO_COME: [&str; 2] = ["书名待定", "Title to come"];
/// The same of the series line.
pub const SERIES_TO_COME: [&str; 2] = ["总题待定", "Series to come"];

/// Path below the new project → text. A project keeps the language that it was
/// made in.
pub fn files(lang: Lang) -> Vec<(&'static str, String)> {
    let language = format!("  \"language\": \"{}\",\n  \"series\"", lang.pick("zh", "en"));
    let text = |(path, text): &(&'static str, &str)| match *path {
        "data/booklet.json" => (*path, text.replacen("  \"series\"", &language, 1)),
        path => (path, (*text).to_owned()),
    };
    let mut files: Vec<_> = assets::STARTER.iter().map(text).collect();
    files.extend(schemas());
    files
}

/// What every project has beside its own data: the print job, the schemas, a
/// word on photos.
pub fn frame() -> Vec<(&'static str, String)> {
    let shared = |path: &str| path == "data/press.json" || path.starts_with("data/photos/");
    let own = assets::STARTER.iter().filter(|(path, _)| shared(path));
    own.map(|(path, text)| (*path, (*text).to_owned())).chain(schemas()).collect()
}

/// The JSON Schemas that lie beside a project's data.
pub fn schemas() -> [(&'static str, String); 3] {
    let text = |schema: schemars::Schema| {
        format!("{}\n", serde_json::to_string_pretty(&schema).expect("plain data"))
    };
    [
        ("data/booklet.schema.json", text(model::booklet_schema())),
        ("data/profile.schema.json", text(model::profile_schema())),
        ("data/press.schema.json", text(model::press_schema())),
    ]
}
