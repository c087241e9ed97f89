//! Binding, paper and marks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::length::Mm;

/// How leaves become a book.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(description = "装订：saddle 骑马订，perfect 胶装。 Saddle stitch or perfect binding.")]
pub enum Binding {
    /// Saddle stitch.
    #[default]
    Saddle,
    /// Perfect binding, with a spine.
    Perfect,
}

/// Where blank pages go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(
    description = "空白页的位置：before-colophon 版权页前（默认），after-title 书名页后，end 最后。 Where blank pages go."
)]
pub enum Blanks {
    /// Before the colophon.
    #[default]
    BeforeColophon,
    /// After the title page.
    AfterTitle,
    /// At the end.
    End,
}

/// A paper.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(description = "纸张。 A paper.")]
pub struct Paper {
    /// What it is called.
    #[schemars(length(max = 100), description = "名称，如“157 克哑粉纸”。 Name.")]
    pub name: String,
    /// Thickness of a leaf.
    #[schemars(with = "Mm", description = "一张纸的厚度，毫米，问印刷厂。 Thickness of a leaf.")]
    pub caliper: Option<Mm>,
    /// Weight, from which a thickness is estimated.
    #[schemars(
        with = "f64",
        range(min = 20.0, max = 600.0),
        description = "克重；没有厚度时按它估算。 Grams a square metre."
    )]
    pub gsm: Option<f64>,
}

/// Marks outside the bleed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(description = "trim 裁切线，registration 套准标记，bar 色控条，slug 文件信息。 Marks.")]
pub struct Marks {
    /// Trim marks.
    pub trim: bool,
    /// Registration targets.
    pub registration: bool,
    /// Colour bar.
    pub bar: bool,
    /// File, data hash, date, page.
    pub slug: bool,
}

impl Marks {
    /// All of them.
    pub const ALL: Self = Self { trim: true, registration: true, bar: true, slug: true };

    /// Whether there is any.
    pub fn any(self) -> bool {
        self.trim || self.registration || self.bar || self.slug
    }
}

/// Cubic centimetres a gram of coated art paper, to estimate a thickness; a
/// print shop's own figure is better. Matt art papers lie between 0.75 and 0.9.
const BULK: f64 = 0.85;

impl Paper {
    /// Thickness of a leaf, and whether it is only estimated.
    pub fn thickness(&self) -> Option<(Mm, bool)> {
        let estimate = || self.gsm.map(|gsm| (Mm(gsm * BULK / 1000.0), true));
        self.caliper.map(|caliper| (caliper, false)).or_else(estimate)
    }
}
