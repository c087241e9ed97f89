//! Every sentence for people, in Chinese and English side by side. Code names
//! codes and phrases, never sentences.

mod codes;
mod documents;
mod explain;
mod fields;
mod foreign;
mod phrases;
mod rates;

pub use codes::{Code, Group};
pub use documents::{DocumentProblem, Spot};
pub use explain::Explanation;
pub use fields::{field_example, field_labels, field_name};
pub use phrases::Phrase;

use schemars::JsonSchema;
use serde::Serialize;

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Picks one of two.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing may be written.
    Error,
    /// Wants a look.
    Warning,
}
