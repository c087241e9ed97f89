//! Which texts were delivered, and which language messages have.

use schemars::JsonSchema;
use serde::Deserialize;

/// One path or a list of paths.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Sources {
    /// One.
    One(#[schemars(length(min = 1, max = 200))] String),
    /// Several, in the order in which they are read.
    Several(#[schemars(length(max = 200), inner(length(min = 1, max = 200)))] Vec<String>),
}

impl Default for Sources {
    fn default() -> Self {
        Self::Several(vec![])
    }
}

impl Sources {
    /// The paths.
    pub fn files(&self) -> &[String] {
        match self {
            Self::One(file) => std::slice::from_ref(file),
            Self::Several(files) => files,
        }
    }
}

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(description = "zh 中文，en 英文。 Chinese or English.")]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}
