//! The project that `fengcai new` writes.

use crate::assets;
use crate::model;

/// Path below the new project → text.
pub fn files() -> Vec<(&'static str, String)> {
    let mut files: Vec<_> = assets::STARTER.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    files.extend(schemas());
    files
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
