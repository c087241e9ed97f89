//! How the articles of a book are set.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Size and pitch of the body text: one declared choice for the whole book.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(
    description = "正文大小，全书统一：standard 12.5/21 点；roomy 13.5/24 点；tight 11.5/19.2 点。 Body size, one for the whole book."
)]
pub enum Setting {
    /// 12.5 pt on 21 pt, 32 Han a line, 32 lines.
    #[default]
    Standard,
    /// 13.5 pt on 24 pt, 30 Han a line, 28 lines.
    Roomy,
    /// 11.5 pt on 19.2 pt, 35 Han a line, 35 lines.
    Tight,
}

/// Han a line and lines a page of a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Han a line.
    pub han: usize,
    /// Lines a page.
    pub lines: usize,
}

impl Setting {
    /// How much a page holds.
    pub fn measure(self) -> Measure {
        let (han, lines) = match self {
            Self::Standard => (32, 32),
            Self::Roomy => (30, 28),
            Self::Tight => (35, 35),
        };
        Measure { han, lines }
    }

    /// The tightest setting, unless this is it.
    pub fn tighter(self) -> Option<Self> {
        (self != Self::Tight).then_some(Self::Tight)
    }
}
