//! The print shop's sheet: `data/press.json`. Every field may be left out and
//! then has the preset's value.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::binding::{Binding, Blanks, Marks, Paper};
use super::length::{Mm, Size};

/// What the print shop asks for.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(
    title = "印刷要求 / Press",
    description = "印刷厂的要求，单位毫米；不写的项用预设。 The print shop's job, in millimetres."
)]
pub struct PrintJob {
    /// Path of the JSON Schema, for editors' programs.
    #[serde(rename = "$schema")]
    #[schemars(with = "String", description = "供编辑器使用。 For editors' programs.")]
    pub schema: Option<String>,
    /// Notes of the editor.
    #[serde(rename = "$comment")]
    #[schemars(with = "String", description = "备注。 A note.")]
    pub comment: Option<String>,
    /// Values of what is left out.
    pub preset: Preset,
    /// Size of the finished page.
    #[schemars(description = "成品尺寸。 Size of the finished page.")]
    pub trim: Size,
    /// Paint beyond the trim.
    #[schemars(description = "出血。 Bleed of each edge.")]
    pub bleed: Edges,
    /// Printing condition.
    #[schemars(description = "印刷条件与 ICC 特性文件。 Output condition.")]
    pub condition: Condition,
    /// Ink limits.
    #[schemars(description = "总墨量，百分数。 Total ink in percent.")]
    pub ink: Ink,
    /// Resolution of pictures.
    #[schemars(description = "照片分辨率，像素每英寸。 Resolution of pictures.")]
    pub ppi: Ppi,
    /// Black that overprints.
    #[schemars(description = "黑字叠印，单位点。 Overprinting black, in points.")]
    pub overprint: Overprint,
    /// Distance that text and faces keep from the trim.
    #[schemars(description = "文字离裁切边的最小距离。 Distance of text from the trim.")]
    pub safety: Mm,
    /// The interior's page count is a multiple of this.
    #[schemars(
        range(min = 1, max = 64),
        description = "内文页数须是它的倍数。 Page count is a multiple of this."
    )]
    pub page_multiple: usize,
    /// Where blank pages go that make up the count.
    pub blanks: Blanks,
    /// How the book is bound.
    pub binding: Binding,
    /// Paper of the interior.
    #[schemars(description = "内文用纸。 Paper of the interior.")]
    pub paper: Paper,
    /// Paper of the cover.
    #[schemars(description = "封面用纸。 Paper of the cover.")]
    pub cover: Paper,
    /// Glue and milling added to the spine.
    #[schemars(description = "书脊余量。 Added to the spine for glue.")]
    pub spine_allowance: Mm,
    /// What is drawn outside the bleed.
    #[schemars(description = "标记，默认都不画。 Marks outside the bleed.")]
    pub marks: Marks,
    /// Spot colours that are wanted.
    #[schemars(length(max = 8), description = "允许的专色名。 Spot colours that are wanted.")]
    pub spots: Vec<String>,
}

/// Values of what is left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(
    description = "预设：offset-coated-fogra39 铜版纸胶印，digital-sra3 数码印刷。 Values of what is left out."
)]
pub enum Preset {
    /// PrintJob-fed offset on coated paper.
    #[default]
    OffsetCoatedFogra39,
    /// A toner press on SRA3 sheets.
    DigitalSra3,
}

/// A length an edge; inside is the edge at the spine.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(description = "上、下、内（订口）、外（切口），毫米。 Top, bottom, inside (spine), outside.")]
pub struct Edges {
    /// Head.
    pub top: Mm,
    /// Foot.
    pub bottom: Mm,
    /// Spine.
    pub inside: Mm,
    /// Fore-edge.
    pub outside: Mm,
}

/// A printing condition with its profile.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(description = "印刷条件。 A printing condition.")]
pub struct Condition {
    /// Reference name in the registry.
    #[schemars(length(min = 1, max = 100), description = "条件代号，如 FOGRA39。 Reference name.")]
    pub id: String,
    /// In words.
    #[schemars(length(min = 1, max = 200), description = "说明。 In words.")]
    pub info: String,
    /// Where the name is registered.
    #[schemars(length(max = 200), description = "登记处网址。 Registry of the name.")]
    pub registry: String,
    /// Profile below the project instead of the embedded one.
    #[schemars(
        with = "String",
        length(min = 1, max = 200),
        description = "项目里的 ICC 文件；不写用内置的 FOGRA39。 Profile below the project."
    )]
    pub icc: Option<String>,
}

/// Total ink in percent: 300 is three full plates.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(description = "总墨量：limit 目标（超过警告），error 报错。 Target and error.")]
pub struct Ink {
    /// Pictures are kept under this; more is a warning.
    #[schemars(range(min = 100.0, max = 400.0))]
    pub limit: f64,
    /// More is an error.
    #[schemars(range(min = 100.0, max = 400.0))]
    pub error: f64,
}

/// Pixels per inch as printed.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(
    description = "照片：低于 warn 警告，低于 error 报错，高于 most 缩小；黑白线条图另计。 Warning, error, most; line art apart."
)]
pub struct Ppi {
    /// Fewer is a warning.
    #[schemars(range(min = 1.0, max = 2400.0))]
    pub warn: f64,
    /// Fewer is an error.
    #[schemars(range(min = 1.0, max = 2400.0))]
    pub error: f64,
    /// More is resampled down.
    #[schemars(range(min = 72.0, max = 2400.0))]
    pub most: f64,
    /// One bit a pixel: fewer is a warning.
    #[schemars(range(min = 1.0, max = 4800.0))]
    pub line_warn: f64,
    /// One bit a pixel: fewer is an error.
    #[schemars(range(min = 1.0, max = 4800.0))]
    pub line_error: f64,
}

/// Sizes in points below which black of one plate overprints.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(
    description = "小于这些点数的纯黑文字、线条叠印。 Black text and rules under these sizes overprint."
)]
pub struct Overprint {
    /// Text size; our own press files.
    #[schemars(range(min = 0.0, max = 200.0))]
    pub text: f64,
    /// Rule width; our own press files.
    #[schemars(range(min = 0.0, max = 50.0))]
    pub rules: f64,
    /// Text under this size must overprint in any file.
    #[schemars(range(min = 0.0, max = 200.0))]
    pub text_required: f64,
    /// Rules under this width must overprint in any file.
    #[schemars(range(min = 0.0, max = 50.0))]
    pub rules_required: f64,
}

impl PrintJob {
    /// Thickness of the spine: leaves times caliper and the allowance; none
    /// for saddle stitch, or while the caliper is not known.
    pub fn spine(&self, pages: usize) -> Option<Mm> {
        match self.binding {
            Binding::Saddle => Some(Mm(0.0)),
            Binding::Perfect => {
                let (leaf, _) = self.paper.thickness()?;
                Some(Mm(pages.div_ceil(2) as f64 * leaf.0 + self.spine_allowance.0))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spine_is_leaves_times_caliper() {
        let paper = Paper { caliper: Some(Mm(0.1)), ..Paper::default() };
        let job = PrintJob { binding: Binding::Perfect, paper, ..PrintJob::default() };
        assert!((job.spine(200).unwrap().0 - 10.5).abs() < 1e-9);
        assert_eq!(PrintJob::default().spine(200), Some(Mm(0.0)));
        assert_eq!(PrintJob { binding: Binding::Perfect, ..PrintJob::default() }.spine(200), None);
    }
}
