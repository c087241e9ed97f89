//! One person: `data/profiles/*.json`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::photo::Photo;

/// One person.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "人物 / Profile", description = "一位人物。 One person.")]
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
        description = "标题，每行一条，一至三行；合起来排得下 32 字。 Headline, a string a line; 32 Han in all fit."
    )]
    pub headline: Vec<String>,
    /// Where the person serves, and as what.
    #[schemars(description = "任职：区、街道（镇）、社区、职务。 Post.")]
    pub post: Post,
    /// Portrait.
    #[serde(default)]
    #[schemars(with = "Photo", description = "照片，可不写。 Portrait, optional.")]
    pub photo: Option<Photo>,
    /// Photographs beside the portrait.
    #[serde(default)]
    #[schemars(
        length(max = 12),
        description = "人像以外的照片，如工作照，可不写。 Photographs beside the portrait."
    )]
    pub photos: Vec<Photo>,
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
    /// What only the template asks for.
    #[serde(default)]
    #[schemars(
        description = "所选版式另外要的内容，如证书编号；一般没有。 What only the chosen template asks for."
    )]
    pub extra: BTreeMap<String, String>,
}

/// A post, from the district down to the role.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(
    description = "任职：区、街道（镇）、社区、职务；前三项没有就不写，合起来排得下 46 字。 Post: district, street, community, role; all but the role may be left out."
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

/// The character for the large monogram: the last of a given name, which tells
/// persons of one surname apart; the first of a name written with a separator
/// dot, where the given name comes first.
pub fn monogram(name: &str) -> &str {
    let of = |c: Option<(usize, char)>| c.map_or("", |(at, c)| &name[at..at + c.len_utf8()]);
    let mut characters = name.char_indices();
    if name.contains('·') { of(characters.next()) } else { of(characters.next_back()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn monogram_is_of_the_given_name() {
        assert_eq!(monogram("王凤荣"), "荣");
        assert_eq!(monogram("欧阳修文"), "文");
        assert_eq!(monogram("卓玛"), "玛");
        assert_eq!(monogram("阿依古丽·买买提"), "阿");
        assert_eq!(monogram(""), "");
    }
}
