//! What an edition has beside its persons: articles of its own, chapters,
//! earlier winners, names of things.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A text of the edition's own.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一篇文章，如前言。 A text such as a foreword.")]
pub struct Section {
    /// Its title.
    #[schemars(length(min = 1, max = 500), description = "题目，如“前言”。 Title.")]
    pub title: String,
    /// Paragraphs.
    #[schemars(
        length(min = 1, max = 200),
        inner(length(min = 1, max = 5000)),
        description = "正文，每段一条。 A string a paragraph."
    )]
    pub paragraphs: Vec<String>,
    /// Who signs it and when, one string a line.
    #[serde(default)]
    #[schemars(
        length(max = 6),
        inner(length(min = 1, max = 500)),
        description = "落款，每行一条，可不写。 Signature, a string a line."
    )]
    pub signature: Vec<String>,
    /// Whether it stands before or after the persons.
    #[serde(default)]
    pub place: Position,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(description = "before 在人物之前（默认），after 在人物之后。 Before or after the persons.")]
pub enum Position {
    /// Before the persons.
    #[default]
    Before,
    /// After them.
    After,
}

/// A chapter: it goes on to the person with whom the next begins.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一章。 A chapter.")]
pub struct Group {
    /// Its title.
    #[schemars(length(min = 1, max = 500), description = "题目，如“和平区”。 Title.")]
    pub title: String,
    /// Its first person, by file name without `.json`.
    #[schemars(
        length(min = 1, max = 500),
        description = "从哪一位开始：人物文件名，不写 .json。 The person it begins with: file name without .json."
    )]
    pub first: String,
}

/// The winners of an earlier round.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一届获奖名单。 The winners of an earlier round.")]
pub struct Round {
    /// Which round.
    #[schemars(length(min = 1, max = 500), description = "哪一届，如“第一届”。 Which round.")]
    pub title: String,
    /// Its winners.
    #[schemars(length(min = 1, max = 500), description = "名单。 The winners.")]
    pub persons: Vec<Winner>,
}

/// A winner of an earlier round.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一位获奖者。 A winner.")]
pub struct Winner {
    /// Full name.
    #[schemars(length(min = 1, max = 60), description = "姓名。 Name.")]
    pub name: String,
    /// Post, as it is to be printed.
    #[serde(default)]
    #[schemars(length(max = 500), description = "任职，可不写。 Post, optional.")]
    pub post: String,
}

/// What the kinds of honours are called.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(description = "荣誉栏的名称。 What the kinds of honours are called.")]
pub struct Labels {
    /// Those of the community, or of another unit.
    #[schemars(length(min = 1, max = 500), description = "默认“社区荣誉”。 社区荣誉 by default.")]
    pub community: String,
    /// Those of the person.
    #[schemars(length(min = 1, max = 500), description = "默认“个人荣誉”。 个人荣誉 by default.")]
    pub personal: String,
}

impl Default for Labels {
    fn default() -> Self {
        Self { community: "社区荣誉".into(), personal: "个人荣誉".into() }
    }
}
