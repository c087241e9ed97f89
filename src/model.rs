//! The domain: an edition and its persons, as an editor writes them. The JSON
//! Schema in `data/` is made from these types.

mod binding;
mod edition;
mod job;
mod length;
mod matter;
mod person;
mod photo;
mod preset;
mod sources;

use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};

pub use binding::{Binding, Blanks, Marks, Paper};
pub use edition::{Booklet, ExtraFont, Fact, Level, Policy, day};
pub use job::{Condition, Edges, Ink, Overprint, Ppi, Preset, PrintJob};
pub use length::{Mm, Size};
pub use matter::{Group, Labels, Position, Round, Section, Winner};
pub use person::{Figure, Honours, Post, Profile, monogram};
pub use photo::{Photo, Role};
pub use preset::over_preset;
pub use sources::{Language, Sources};

/// The JSON Schema of `data/booklet.json`.
pub fn booklet_schema() -> Schema {
    schema::<Booklet>()
}

/// The JSON Schema of `data/profiles/*.json`.
pub fn profile_schema() -> Schema {
    schema::<Profile>()
}

/// The JSON Schema of `data/press.json`.
pub fn press_schema() -> Schema {
    schema::<PrintJob>()
}

/// A field that may be left out is never `null`, so no default says so.
fn schema<T: JsonSchema>() -> Schema {
    let mut schema = schemars::schema_for!(T);
    let drop_null = |schema: &mut Schema| {
        if schema.get("default").is_some_and(serde_json::Value::is_null) {
            schema.remove("default");
        }
    };
    RecursiveTransform(drop_null).transform(&mut schema);
    schema
}
