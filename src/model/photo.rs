//! A photograph: the file, what to keep in view, and its words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A photograph and where its subject is.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "照片。 A photograph.")]
pub struct Photo {
    /// Path below `data/`.
    #[schemars(
        length(min = 1, max = 500),
        description = "照片文件，放在 data/photos/，如 photos/name.jpg。 File below data/."
    )]
    pub file: String,
    /// Point to keep in view: fractions of width and height from the top left.
    #[serde(default = "default_focus")]
    #[schemars(
        with = "Vec<f64>",
        length(min = 2, max = 2),
        inner(range(min = 0.0, max = 1.0)),
        description = "面部位置：横、竖，0 到 1，左上角为 0。 Point to keep in view, from the top left."
    )]
    pub focus: [f64; 2],
    /// How much larger than needed to fill its place.
    #[serde(default = "default_scale")]
    #[schemars(
        range(min = 1.0, max = 4.0),
        description = "放大倍数，1 为刚好铺满（默认）。 Enlargement; 1 just fills the place."
    )]
    pub scale: f64,
    /// Words below it.
    #[serde(default)]
    #[schemars(length(max = 500), description = "图片说明，可不写。 Caption, optional.")]
    pub caption: String,
    /// Who took it.
    #[serde(default)]
    #[schemars(length(max = 200), description = "摄影者，如“张三摄”，可不写。 Credit, optional.")]
    pub credit: String,
    /// What it shows.
    #[serde(default)]
    pub role: Role,
}

/// What a photograph shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(description = "portrait 人像（默认），working 工作照，group 合影。 Portrait, at work, group.")]
pub enum Role {
    /// The person.
    #[default]
    Portrait,
    /// The person at work.
    Working,
    /// Several persons.
    Group,
}

impl Role {
    /// What stands for a caption where there is none, for reading aids.
    pub fn described(self) -> &'static str {
        match self {
            Self::Portrait => "照片",
            Self::Working => "工作照",
            Self::Group => "合影",
        }
    }
}

impl Photo {
    /// Where a face mostly is.
    pub const MIDDLE: [f64; 2] = [0.5, 0.35];
}

fn default_focus() -> [f64; 2] {
    Photo::MIDDLE
}

fn default_scale() -> f64 {
    1.0
}
