//! One person: `data/profiles/*.json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One person.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "人物 / Profile", description = "一位人物，占左右对开两页。 One person, one spread.")]
pub struct Profile {
    /// Path of the JSON Schema, for editors' programs.
    #[serde(rename = "$schema", default)]
    #[schemars(
        with = "String",
        description = "供编辑器使用，不印出。 For editors' programs; never printed."
    )]
    pub schema: Option<String>,
    /// Notes of the editor, never printed.
    #[serde(rename = "$comment", default)]
    #[schemars(with = "String", description = "备注，不印出。 A note; never printed.")]
    pub comment: Option<String>,
    /// Full name.
    #[schemars(length(min = 2, max = 60), description = "姓名；两个间隔号之间排得下 9 字。 Full name.")]
    pub name: String,
    /// Headline, one string a line.
    #[schemars(
        length(min = 1, max = 3),
        inner(length(min = 1, max = 500)),
        description = "标题，每行一条，一至三行；合起来排得下 29 字。 Headline, a string a line; 29 Han in all fit."
    )]
    pub headline: Vec<String>,
    /// Where the person serves, and as what.
    #[schemars(description = "任职：区、街道（镇）、社区、职务。 Post.")]
    pub post: Post,
    /// Portrait.
    #[serde(default)]
    #[schemars(with = "Photo", description = "照片，可不写。 Portrait, optional.")]
    pub photo: Option<Photo>,
    /// A verbatim piece of the article.
    #[serde(default)]
    #[schemars(
        with = "String",
        length(min = 1, max = 500),
        description = "引语，须与正文一字不差；排得下 57 字。 Quote, verbatim from the article."
    )]
    pub quote: Option<String>,
    /// Up to three numbers.
    #[serde(default)]
    #[schemars(length(max = 3), description = "数字，至多三项。 Up to three figures.")]
    pub figures: Vec<Figure>,
    /// Paragraphs.
    #[schemars(
        length(min = 1, max = 60),
        inner(length(min = 1, max = 5000)),
        description = "正文，每段一条。 Article, a string a paragraph."
    )]
    pub article: Vec<String>,
    /// Honours of the community and of the person.
    #[serde(default)]
    #[schemars(description = "荣誉，可不写。 Honours, optional.")]
    pub honours: Honours,
}

/// A post, from the district down to the role.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(
    description = "任职：区、街道（镇）、社区、职务；前三项没有就不写；区加街道、社区加职务各排得下 24 字。 Post: district, street, community, role; all but the role may be left out."
)]
pub struct Post {
    /// District of the city.
    #[serde(default)]
    #[schemars(length(min = 1, max = 500), description = "区。 District.")]
    pub district: String,
    /// Street office or town.
    #[serde(default)]
    #[schemars(length(min = 1, max = 500), description = "街道或镇。 Street or town.")]
    pub street: String,
    /// Community, school or other unit.
    #[serde(default)]
    #[schemars(
        length(min = 1, max = 500),
        description = "社区，或学校等单位。 Community, or another unit such as a school."
    )]
    pub community: String,
    /// Role in the community.
    #[schemars(length(min = 1, max = 500), description = "职务。 Role.")]
    pub role: String,
}

impl Post {
    /// The parts that are there, by their fields.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let parts = [
            ("district", &self.district),
            ("street", &self.street),
            ("community", &self.community),
            ("role", &self.role),
        ];
        parts.into_iter().map(|(key, part)| (key, part.as_str())).filter(|(_, part)| !part.is_empty())
    }
}

/// A portrait and where its subject is.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "照片。 Portrait.")]
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
}

fn default_focus() -> [f64; 2] {
    [0.5, 0.35]
}

/// A number, what it counts, and the words of the article that say so.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一项数字，连同正文里的出处。 A figure with its evidence.")]
pub struct Figure {
    /// Number with its measure word.
    #[schemars(length(min = 1, max = 500), description = "数字连量词，如 17个。 Number with measure word.")]
    pub value: String,
    /// What it counts.
    #[schemars(
        length(min = 1, max = 500),
        description = "说明，每个字都须见于出处。 Label; every character from the evidence."
    )]
    pub label: String,
    /// Verbatim piece of the article.
    #[schemars(
        length(min = 1, max = 500),
        description = "出处：正文原文，一字不差。 Verbatim piece of the article."
    )]
    pub evidence: String,
}

/// Honours, told apart.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "荣誉，须见于正文。 Honours, verbatim from the article.")]
pub struct Honours {
    /// Given to the community.
    #[serde(default)]
    #[schemars(inner(length(min = 1, max = 500)), description = "社区荣誉。 The community's.")]
    pub community: Vec<String>,
    /// Given to the person.
    #[serde(default)]
    #[schemars(inner(length(min = 1, max = 500)), description = "个人荣誉。 The person's.")]
    pub personal: Vec<String>,
}

/// Two-character surnames in use (common entries of 百家姓 and the 2020 name report).
const COMPOUND: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "长孙", "慕容", "司徒", "令狐", "宇文",
    "端木", "东方", "独孤", "南宫", "司空", "轩辕", "百里", "呼延", "第五", "太史", "申屠", "公羊", "澹台",
    "赫连", "钟离", "闻人", "东郭", "西门", "完颜", "纳兰", "拓跋", "万俟", "鲜于", "闾丘", "濮阳", "淳于",
];

/// The characters for the large monogram: the surname of a Chinese name, the
/// first character of a name written with a separator dot.
pub fn monogram(name: &str) -> &str {
    let chars = name.chars().count();
    match COMPOUND.iter().find(|s| chars > 2 && !name.contains('·') && name.starts_with(**s)) {
        Some(surname) => surname,
        None => &name[..name.chars().next().map_or(0, char::len_utf8)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn monogram_is_the_surname() {
        assert_eq!(monogram("王凤荣"), "王");
        assert_eq!(monogram("欧阳修文"), "欧阳");
        assert_eq!(monogram("东方"), "东");
        assert_eq!(monogram("阿卜杜热西提·买买提"), "阿");
    }
}
