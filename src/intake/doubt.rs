//! What has to be asked, with the choices, and what was answered.

use std::collections::BTreeMap;

use super::{Field, Place};
use crate::catalogue::{Lang, field_name};
use crate::digest::sha256;

/// Answers by the doubts' identifiers: the number of the choice, from 1.
pub type Answers = BTreeMap<String, usize>;

/// A question to the editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Stable: the same question has the same one in every run.
    pub id: String,
    /// What is asked.
    pub ask: Ask,
    /// Where it came up.
    pub place: Option<Place>,
    /// The choice that holds, from 1: what was answered, else the first.
    pub choice: usize,
    /// Whether it was answered.
    pub answered: bool,
}

/// A question with its choices. The first holds until somebody answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Two persons of one name: they are two, or they are one.
    SameName {
        /// The name.
        name: String,
        /// Their posts.
        posts: Vec<String>,
    },
    /// A person without an article: is put in, or left out.
    NoArticle {
        /// The name.
        name: String,
    },
    /// An article whose person is in no table: is put in, or left out.
    NotListed {
        /// The name.
        name: String,
    },
    /// An article that names nobody: left out, or of one of these.
    Nobody {
        /// How it begins.
        start: String,
        /// Characters in it.
        length: usize,
        /// Persons without an article.
        persons: Vec<String>,
    },
    /// Names in a table and a text that differ in a character: the first is
    /// used, or the other, or they are two persons.
    NearName {
        /// The likelier one.
        one: String,
        /// The other.
        other: String,
    },
    /// A post that will not come apart: all of it is the role.
    Post {
        /// The name.
        name: String,
        /// The post.
        post: String,
    },
    /// Two candidates for something of a person.
    Several {
        /// The name.
        name: String,
        /// Of what.
        field: Field,
        /// The candidates.
        candidates: Vec<String>,
    },
    /// A column nobody knows: left out, or one of these fields.
    Column {
        /// Its head.
        head: String,
        /// What stands in its first cells.
        example: String,
    },
    /// A person of whom no name is found.
    NoName {
        /// The headline or post, or how the text begins.
        start: String,
    },
    /// A text box within an article: a paragraph of it, or left out.
    TextBox {
        /// The name.
        name: String,
        /// How it begins.
        start: String,
    },
    /// Both sides changed: the project's is kept, or the document's taken.
    Both {
        /// The name.
        name: String,
        /// The field's path.
        field: String,
        /// In the project.
        here: String,
        /// In the document.
        there: String,
    },
    /// A person who stands in the project and no longer in the document that
    /// told of them: kept, or taken out of the book.
    Gone {
        /// The name.
        name: String,
        /// The document.
        file: String,
    },
    /// The documents have no title of the book.
    NoTitle,
}

/// Fields that a column may be used as.
pub(super) const OF_COLUMNS: [Field; 9] = [
    Field::Headline,
    Field::Quote,
    Field::Article,
    Field::District,
    Field::Street,
    Field::Community,
    Field::Role,
    Field::CommunityHonours,
    Field::PersonalHonours,
];

impl Doubt {
    /// A doubt, with the answer if there is one that fits.
    pub(crate) fn new(ask: Ask, place: Option<Place>, answers: &Answers) -> Self {
        let id = ask.id();
        let answer =
            answers.get(&id).copied().filter(|choice| (1..=ask.choices(Lang::Zh).len()).contains(choice));
        Self { id, place, choice: answer.unwrap_or(1), answered: answer.is_some(), ask }
    }
}

impl Ask {
    /// A word for the kind and a fingerprint of what is asked.
    fn id(&self) -> String {
        let (kind, parts): (&str, Vec<&str>) = match self {
            Self::SameName { name, .. } => ("samename", vec![name]),
            Self::NoArticle { name } => ("noarticle", vec![name]),
            Self::NotListed { name } => ("notlisted", vec![name]),
            Self::Nobody { start, .. } => ("nobody", vec![start]),
            Self::NearName { one, other } => ("name", vec![one, other]),
            Self::Post { name, post } => ("post", vec![name, post]),
            Self::Several { name, field, candidates } => (
                "several",
                [vec![name.as_str(), field.path()], candidates.iter().map(String::as_str).collect()].concat(),
            ),
            Self::Column { head, .. } => ("column", vec![head]),
            Self::NoName { start } => ("noname", vec![start]),
            Self::TextBox { name, start } => ("box", vec![name, start]),
            Self::Both { name, field, here, there } => ("both", vec![name, field, here, there]),
            Self::Gone { name, file } => ("gone", vec![name, file]),
            Self::NoTitle => ("title", vec![]),
        };
        let digest = sha256(parts.join("\u{1F}").as_bytes());
        format!("{kind}-{}", digest.get(..4).unwrap_or_default())
    }

    /// The question.
    pub fn text(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::SameName { name, posts } => (
                format!("有 {} 位“{name}”：{}", posts.len(), posts.join("；")),
                format!("there are {} persons named \"{name}\": {}", posts.len(), posts.join("; ")),
            ),
            Self::NoArticle { name } => (format!("“{name}”没有正文"), format!("\"{name}\" has no article")),
            Self::NotListed { name } => {
                (format!("“{name}”有文稿，表格里没有"), format!("\"{name}\" has a text and is in no table"))
            }
            Self::Nobody { start, length, .. } => (
                format!("有一段 {length} 字的文字，看不出是谁的：“{start}……”"),
                format!("a text of {length} characters names nobody: \"{start}…\""),
            ),
            Self::NearName { one, other } => (
                format!("表格和文稿里的姓名差一个字：“{one}”，“{other}”"),
                format!(
                    "the names in the table and in the text differ in a character: \"{one}\", \"{other}\""
                ),
            ),
            Self::Post { name, post } => (
                format!("“{name}”的任职“{post}”分不出区、街道、社区和职务"),
                format!(
                    "the post of \"{name}\", \"{post}\", does not come apart into district, street, community and role"
                ),
            ),
            Self::Several { name, field, candidates } => {
                let (zh, en) = (
                    field_name(&field.path().replace("[#]", ""), Lang::Zh),
                    field_name(&field.path().replace("[#]", ""), Lang::En),
                );
                (
                    format!("“{name}”的{zh}有 {} 种", candidates.len()),
                    format!("there are {} candidates for the {en} of \"{name}\"", candidates.len()),
                )
            }
            Self::Column { head, example } => (
                format!("不知道“{head}”这一栏有什么用（例如“{example}”）"),
                format!("what is the column \"{head}\" for (such as \"{example}\")?"),
            ),
            Self::NoName { start } => (
                format!("找到一份资料，没有姓名：“{start}”"),
                format!("somebody's part has no name: \"{start}\""),
            ),
            Self::TextBox { name, start } => (
                format!("“{name}”的正文里插着一个文本框：“{start}”"),
                format!("a text box stands in the article of \"{name}\": \"{start}\""),
            ),
            Self::Both { name, field, .. } => (
                format!("“{name}”的{}，项目里和文件里都改过", field_name(field, Lang::Zh)),
                format!(
                    "the {} of \"{name}\" was changed both here and in the document",
                    field_name(field, Lang::En)
                ),
            ),
            Self::Gone { name, file } => {
                (format!("“{name}”在新的“{file}”里没有了"), format!("\"{name}\" is no longer in \"{file}\""))
            }
            Self::NoTitle => ("文件里没有找到书名".into(), "no title of the book was found".into()),
        };
        lang.pick(zh, en)
    }

    /// The choices, the first of which holds until somebody answers.
    pub fn choices(&self, lang: Lang) -> Vec<String> {
        let both = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        let quoted = |text: &String| lang.pick(format!("“{text}”"), format!("\"{text}\""));
        match self {
            Self::SameName { .. } => vec![
                both("是不同的人，各占一个对页", "they are different persons, a spread each"),
                both("是同一个人，只要第一处", "they are one person; take the first"),
            ],
            Self::NoArticle { .. } => vec![
                both("先放进书里，正文以后补", "put the person in, the article comes later"),
                both("不放进书里", "leave the person out"),
            ],
            Self::NotListed { .. } => {
                vec![both("放进书里", "put the person in"), both("不放进书里", "leave the person out")]
            }
            Self::Nobody { persons, .. } => {
                let of = |name: &String| {
                    lang.pick(format!("是“{name}”的正文"), format!("it is the article of \"{name}\""))
                };
                std::iter::once(both("不用它", "leave it out")).chain(persons.iter().map(of)).collect()
            }
            Self::NearName { one, other } => {
                vec![quoted(one), quoted(other), both("是两个人", "they are two persons")]
            }
            Self::Post { .. } => vec![both("整个当作职务，以后再分", "all of it is the role; part it later")],
            Self::Several { candidates, .. } => candidates.iter().map(quoted).collect(),
            Self::Column { .. } => {
                let of = |field: &Field| field_name(&field.path().replace("[#]", ""), lang);
                let fields = OF_COLUMNS
                    .iter()
                    .map(|field| lang.pick(format!("是{}", of(field)), format!("it is the {}", of(field))));
                std::iter::once(both("不用它", "leave it out")).chain(fields).collect()
            }
            Self::NoName { .. } => vec![both("先放着，不进书", "leave it out")],
            Self::TextBox { .. } => {
                vec![both("是正文的一段", "it is a paragraph of the article"), both("不用它", "leave it out")]
            }
            Self::Both { .. } => vec![
                both("保留项目里的", "keep what the project has"),
                both("换成文件里的", "take what the document has"),
            ],
            Self::Gone { .. } => vec![
                both("留在书里", "keep the person"),
                both("从书里撤下（资料留着）", "take the person out of the book (the data stay)"),
            ],
            Self::NoTitle => vec![both(
                "先空着，以后在 data/booklet.json 里写",
                "leave it for later, in data/booklet.json",
            )],
        }
    }

    /// What stands on both sides, to compare.
    pub fn sides(&self) -> Option<[&str; 2]> {
        match self {
            Self::Both { here, there, .. } => Some([here, there]),
            _ => None,
        }
    }
}
