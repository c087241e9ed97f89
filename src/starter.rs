//! The project that `fengcai new` writes.

use serde_json::{Value, json};

use crate::assets;
use crate::catalogue::Lang;
use crate::model;
use crate::templates::{self, Contract, Makes, Times};

/// What holds the place of a title and a series line that no document has, in
/// Chinese and English.
pub const TITLE_TO_COME: [&str; 2] = ["书名待定", "Title to come"];
/// The same of the series line.
pub const SERIES_TO_COME: [&str; 2] = ["总题待定", "Series to come"];

/// Path below the new project → text. A project keeps the language that it was
/// made in, and shows every field of its template.
pub fn files(lang: Lang, contract: &Contract) -> Vec<(&'static str, String)> {
    let text = |(path, text): &(&'static str, &str)| match *path {
        "data/booklet.json" => (*path, booklet(text, lang, contract)),
        path if path.starts_with("data/profiles/") => (path, profile(text, contract)),
        path => (path, (*text).to_owned()),
    };
    let mut files: Vec<_> = assets::STARTER.iter().map(text).collect();
    if let Some((_, sheet)) = SHEETS.iter().find(|(makes, _)| *makes == contract.makes) {
        files.retain(|(path, _)| *path != "data/press.json");
        files.push(("data/press.json", (*sheet).to_owned()));
    }
    files.extend(schemas_for(contract));
    files
}

/// Sheets for what is no book: what such things are printed with.
const SHEETS: [(Makes, &str); 2] =
    [(Makes::Certificate, assets::CERTIFICATE_SHEET), (Makes::Panel, assets::PANEL_SHEET)];

/// The starter's edition with its language and template.
fn booklet(text: &str, lang: Lang, contract: &Contract) -> String {
    let mut value: Value = serde_json::from_str(text).expect("our own file");
    if let Some(booklet) = value.as_object_mut() {
        booklet.insert("language".into(), lang.pick("zh", "en").into());
        if *contract != templates::first() {
            booklet.insert("template".into(), contract.name.as_str().into());
            booklet.insert("setting".into(), contract.setting(None).name.as_str().into());
        }
        if contract.fields.get("sections").is_some_and(|stands| stands.person != Times::Never) {
            let words = json!([{
                "title": "荣誉证书",
                "paragraphs": ["在示例活动中被评为“示例先进个人”。特发此证，以资鼓励。"],
                "signature": ["示例单位", "某某年某月"],
            }]);
            booklet.insert("sections".into(), words);
        }
    }
    pretty(&value)
}

/// A starter's profile with the template's own fields.
fn profile(text: &str, contract: &Contract) -> String {
    if contract.extra.is_empty() {
        return text.to_owned();
    }
    let mut value: Value = serde_json::from_str(text).expect("our own file");
    let fields: serde_json::Map<String, Value> =
        contract.extra.iter().map(|(key, field)| (key.clone(), field.label.zh.as_str().into())).collect();
    if let Some(profile) = value.as_object_mut() {
        profile.insert("extra".into(), fields.into());
    }
    pretty(&value)
}

fn pretty(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).expect("plain data"))
}

/// What every project has beside its own data: the print job, the schemas, a
/// word on photos.
pub fn frame() -> Vec<(&'static str, String)> {
    let shared = |path: &str| path == "data/press.json" || path.starts_with("data/photos/");
    let own = assets::STARTER.iter().filter(|(path, _)| shared(path));
    own.map(|(path, text)| (*path, (*text).to_owned())).chain(schemas()).collect()
}

/// The JSON Schemas that lie beside the data of a project that uses the first
/// template.
pub fn schemas() -> [(&'static str, String); 3] {
    schemas_for(&templates::first())
}

/// The same for a template.
pub fn schemas_for(contract: &Contract) -> [(&'static str, String); 3] {
    let text = |schema: schemars::Schema| {
        format!("{}\n", serde_json::to_string_pretty(&schema).expect("plain data"))
    };
    [
        ("data/booklet.schema.json", text(model::booklet_schema())),
        ("data/profile.schema.json", text(templates::profile_schema(contract))),
        ("data/press.schema.json", text(model::press_schema())),
    ]
}
