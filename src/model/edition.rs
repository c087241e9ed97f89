//! The edition: `data/booklet.json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::matter::{Group, Labels, Round, Section};
use super::photo::Photo;
use super::sources::{Language, Sources};

/// The edition: what stands on the title page and in which order persons come.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "风采录 / Booklet", description = "一本书：总题、书名、人物顺序。 The edition.")]
pub struct Booklet {
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
    /// Series line above the title.
    #[schemars(
        length(min = 1, max = 500),
        description = "总题，印在书名上方；排得下 29 字。 Series line above the title."
    )]
    pub series: String,
    /// Title, one string a line.
    #[schemars(
        length(min = 1, max = 2),
        inner(length(min = 1, max = 500)),
        description = "书名，每行一条，一至二行；每行排得下 12 字。 Title, a string a line; 12 Han a line fit."
    )]
    pub title: Vec<String>,
    /// Subtitle, one string a line.
    #[serde(default)]
    #[schemars(
        length(max = 3),
        inner(length(min = 1, max = 500)),
        description = "副题，每行一条，版式可以连成一行；合起来排得下 54 字。 Subtitle, a string a line, which a template may join; 54 Han in all fit."
    )]
    pub subtitle: Vec<String>,
    /// File names of the profiles without `.json`, in the book's order.
    #[schemars(
        length(min = 1, max = 10000),
        inner(length(min = 1, max = 500)),
        description = "人物顺序：data/profiles 里的文件名，不写 .json。 Profiles in order: file names without .json."
    )]
    pub order: Vec<String>,
    /// Template folder under `templates/`.
    #[serde(default = "default_template")]
    #[schemars(
        regex(pattern = r"^[a-z0-9][a-z0-9-]*$"),
        description = "版式名称，默认 spread。 Template name."
    )]
    pub template: String,
    /// Text setting of the whole book, one of the template's.
    #[serde(default)]
    #[schemars(
        with = "String",
        length(min = 1, max = 60),
        description = "正文大小，全书统一，是版式给出的一种；不写用第一种。 Body size of the whole book, one of the template's; the first by default."
    )]
    pub setting: Option<String>,
    /// Language of messages, where the command line names none.
    #[serde(default)]
    #[schemars(
        with = "Language",
        description = "程序用哪种语言说话：zh 或 en；不写就随系统。 Language of messages; that of the system by default."
    )]
    pub language: Option<Language>,
    /// Date of the edition, for document properties; printed only as a fact.
    #[serde(default)]
    #[schemars(
        with = "String",
        regex(pattern = r"^\d{4}-\d{2}-\d{2}$"),
        description = "日期，如 2026-07-01，写进文件属性，不印出。 Date for document properties; not printed."
    )]
    pub date: Option<String>,
    /// The delivered texts, paths below the project.
    #[serde(default)]
    #[schemars(
        description = "客户原稿（纯文本），如 data/source.txt，几份就写成一列；标题、任职、姓名、正文逐字与它核对。 The delivered text to compare with, or a list of texts."
    )]
    pub source: Sources,
    /// Fonts that the project adds.
    #[serde(default)]
    #[schemars(
        length(max = 20),
        description = "项目自带的字体，用来排内置字体没有的字。 Fonts of the project's own."
    )]
    pub extra_fonts: Vec<ExtraFont>,
    /// Districts that a post may name; empty for any.
    #[serde(default)]
    #[schemars(
        inner(length(min = 1, max = 500)),
        description = "可用的区名；不写就不核对。 Districts a post may name."
    )]
    pub districts: Vec<String>,
    /// Names of leaders and organisations that must be exact.
    #[serde(default)]
    #[schemars(
        inner(length(min = 3)),
        description = "必须一字不差的人名、机构名；差一字就报错。 Names that must be exact."
    )]
    pub exact: Vec<String>,
    /// Phrases that no line may part.
    #[serde(default)]
    #[schemars(
        length(max = 500),
        inner(length(min = 2, max = 30)),
        description = "不许拆行的词语，如“三会一课”。 Phrases that no line may part."
    )]
    pub keep_together: Vec<String>,
    /// The project's own word on findings.
    #[serde(default)]
    #[schemars(
        description = "对检查结果的处理，每条都要写理由。 Severities and allowances, each with its reason."
    )]
    pub checks: Vec<Policy>,
    /// Facts for the colophon; only what stands here is printed.
    #[serde(default)]
    #[schemars(
        length(max = 20),
        description = "版权页上的事项，如编印单位、日期、印数；没有就不写。 Facts for the colophon, if any."
    )]
    pub facts: Vec<Fact>,
    /// Foreword, rules of selection, afterword.
    #[serde(default)]
    #[schemars(
        length(max = 20),
        description = "前言、评选办法、后记等文章，可不写。 Foreword, rules of selection, afterword."
    )]
    pub sections: Vec<Section>,
    /// Chapters, by the person that each begins with.
    #[serde(default)]
    #[schemars(
        length(max = 200),
        description = "分章，如按区分；每章写明从哪一位人物开始。 Chapters, each by the person it begins with."
    )]
    pub groups: Vec<Group>,
    /// Earlier winners.
    #[serde(default)]
    #[schemars(length(max = 50), description = "历届获奖名单，可不写。 Earlier winners.")]
    pub past: Vec<Round>,
    /// Photographs of the edition, such as the group's.
    #[serde(default)]
    #[schemars(length(max = 40), description = "全书的照片，如合影，可不写。 Photographs of the edition.")]
    pub photos: Vec<Photo>,
    /// Words on the back cover, one string a line.
    #[serde(default)]
    #[schemars(
        length(max = 8),
        inner(length(min = 1, max = 500)),
        description = "封底上的话，每行一条，可不写。 Words on the back cover, a string a line."
    )]
    pub back: Vec<String>,
    /// An official emblem for the cover, path below `data/`.
    #[serde(default)]
    #[schemars(
        with = "String",
        length(min = 1, max = 500),
        description = "封面上的徽标文件（svg、png、jpg），放在 data/ 里，可不写。 Emblem for the cover, a file below data/."
    )]
    pub emblem: Option<String>,
    /// What the kinds of honours are called.
    #[serde(default)]
    #[schemars(
        description = "荣誉栏的名称，不写就是社区荣誉、个人荣誉。 What the kinds of honours are called."
    )]
    pub labels: Labels,
}

fn default_template() -> String {
    "spread".into()
}

impl Booklet {
    /// The title and subtitle as one line, for document properties.
    pub fn full_title(&self) -> String {
        format!("{}{}", self.title.join(" "), self.subtitle.concat())
    }
}

/// A font that the project adds for the characters it names.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(
    description = "项目自带的字体，只排这里写明的字。 A font of the project's own, for the characters named here only."
)]
pub struct ExtraFont {
    /// Path below the project, in `fonts/`.
    #[schemars(
        length(min = 1, max = 200),
        description = "字体文件，如 fonts/rare.otf。 Font file below the project."
    )]
    pub file: String,
    /// The characters.
    #[schemars(length(min = 1, max = 200), description = "用它排的字，如“䶮”。 Characters set in it.")]
    pub characters: String,
    /// Which face of a collection, by one of its names.
    #[serde(default)]
    #[schemars(
        with = "String",
        length(min = 1, max = 200),
        description = "一个文件里有几款字体（.ttc）时，用哪一款；不写就用第一款。 Face of a collection, the first by default."
    )]
    pub face: Option<String>,
}

/// A word on the findings of one code, for all of them or one case.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "一条处理：哪个代码、怎样对待、为什么。 A code, what becomes of it, and why.")]
pub struct Policy {
    /// Code such as `W0332`.
    #[schemars(regex(pattern = r"^[EW]\d{4}$"), description = "代码，如 W0332。 Code.")]
    pub code: String,
    /// What becomes of the findings.
    #[serde(default)]
    pub severity: Level,
    /// Only findings about this person, by file name without `.json`.
    #[serde(default)]
    #[schemars(with = "String", description = "只限这位人物（文件名，不写 .json）。 Only this person.")]
    pub person: Option<String>,
    /// Only findings about exactly this text.
    #[serde(default)]
    #[schemars(with = "String", description = "只限这段文字。 Only this text.")]
    pub text: Option<String>,
    /// Why.
    #[schemars(length(min = 2, max = 60), description = "理由。 Reason.")]
    pub reason: String,
}

/// What becomes of a finding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(description = "off 不报（默认），warning 警告，error 错误。 Off by default.")]
pub enum Level {
    /// Not reported.
    #[default]
    Off,
    /// Reported as a warning.
    Warning,
    /// Reported as an error.
    Error,
}

/// One row of the colophon.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(
    description = "一项：名称与内容，长了自动换行。 One row: label and value; long ones take several lines."
)]
pub struct Fact {
    /// What it is, such as 编印.
    #[schemars(length(min = 1, max = 500), description = "名称，如“编印”。 Label.")]
    pub label: String,
    /// The fact itself.
    #[schemars(length(min = 1, max = 500), description = "内容。 Value.")]
    pub value: String,
}

/// The day that `YYYY-MM-DD` names, if there is such a day.
pub fn day(date: &str) -> Option<time::Date> {
    let day = time::Date::parse(date, time::macros::format_description!("[year]-[month]-[day]"));
    day.ok().filter(|day| day.year() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_are_days() {
        assert!(day("2026-07-01").is_some());
        assert!(day("2026-02-30").is_none());
    }
}
