//! Parts of sentences: kinds of values, JSON mistakes, blocks of a page.

use super::Lang;

/// A phrase in both languages, put into messages.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the texts below document them")]
pub enum Phrase {
    // Kinds of JSON values.
    Text,
    Number,
    List,
    Object,
    OtherKind,
    // JSON mistakes.
    FullWidthMark(char),
    ExpectedComma,
    TrailingComma,
    ExpectedColon,
    ExpectedKey,
    ExpectedValue,
    Unterminated,
    CommentNotAllowed,
    BadString,
    BadNumber,
    TooDeep,
    TextAfterEnd,
    Empty,
    UnexpectedText,
    // Pictures.
    Backslash,
    Truncated,
    UnknownPicture,
    TooManyPixels,
    CmykPicture,
    // Fonts.
    NotThere,
    NoFont,
    NotHan,
    EmbeddedName,
    LacksCharacter(char),
    // Bounds.
    EmptyText,
    MinCharacters(u64),
    MaxCharacters(u64),
    MinEntries(u64),
    MaxEntries(u64),
    BetweenZeroAndOne,
    OneOf(String),
    NoSuchDay,
    Pattern(String),
    // Blocks of a page, by the name of their slot.
    Block(String),
}

impl Phrase {
    /// The phrase in a language.
    pub fn text(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::Text => ("文字（用英文引号 \" 括起）", "text in straight quotes"),
            Self::Number => ("数字", "a number"),
            Self::List => ("方括号 [ ] 里的一列", "a list in brackets [ ]"),
            Self::Object => ("花括号 { } 里的一组字段", "fields in braces { }"),
            Self::OtherKind => ("另一种值", "another kind of value"),
            Self::ExpectedComma => ("前一项后面少了逗号", "a comma is missing after the entry before"),
            Self::TrailingComma => ("最后一项后面多了逗号", "there is a comma after the last entry"),
            Self::ExpectedColon => ("字段名后面少了冒号", "a colon is missing after the key"),
            Self::ExpectedKey => {
                ("这里应当是用英文引号括起的字段名", "a key in straight quotes expected here")
            }
            Self::ExpectedValue => ("这里少了内容", "a value is missing here"),
            Self::Unterminated => ("括号或引号没有配对", "a bracket or quote is not closed"),
            Self::CommentNotAllowed => (
                "JSON 里不能写注释；备注请写在 \"$comment\" 里",
                "comments are not allowed; use \"$comment\"",
            ),
            Self::BadString => (
                "引号内的文字没有正确结束，或反斜杠用法不对",
                "the text does not end properly or a backslash is wrong",
            ),
            Self::BadNumber => ("数字写法不对", "the number is malformed"),
            Self::TooDeep => ("括号套得太深", "brackets are nested too deeply"),
            Self::TextAfterEnd => ("结尾之后还有内容", "there is text after the end"),
            Self::Empty => ("文件是空的", "the file is empty"),
            Self::UnexpectedText => ("这里的内容不合 JSON 写法", "this is not JSON"),
            Self::EmptyText => ("文字是空的", "the text is empty"),
            Self::BetweenZeroAndOne => ("数字须在 0 与 1 之间", "the number must lie between 0 and 1"),
            Self::Backslash => ("路径里的 \\ 要写成 /", "write / instead of \\ in paths"),
            Self::Truncated => ("文件不完整", "the file is cut short"),
            Self::UnknownPicture => ("不是 JPEG、PNG 或 WebP", "it is no JPEG, PNG or WebP"),
            Self::TooManyPixels => ("像素太多，超过两亿", "it has more than 200 megapixels"),
            Self::CmykPicture => ("是 CMYK 照片，请存成 RGB", "it is CMYK; save it as RGB"),
            Self::NotThere => ("找不到文件", "the file is not there"),
            Self::NoFont => ("不是可用的字体文件", "it is no usable font file"),
            Self::NotHan => ("characters 里只能写汉字", "characters may hold Han only"),
            Self::EmbeddedName => ("与内置字体同名", "it bears the name of an embedded font"),
            Self::NoSuchDay => ("没有这一天", "there is no such day"),
            Self::FullWidthMark(mark) => {
                return match lang {
                    Lang::Zh => format!("这里用了全角的“{mark}”，JSON 的标点要用半角英文标点"),
                    Lang::En => format!("full-width “{mark}” used where JSON wants an ASCII mark"),
                };
            }
            Self::MinCharacters(n) => {
                return match lang {
                    Lang::Zh => format!("至少要有 {n} 个字"),
                    Lang::En => format!("at least {n} characters are needed"),
                };
            }
            Self::LacksCharacter(c) => {
                return match lang {
                    Lang::Zh => format!("里面没有“{c}”"),
                    Lang::En => format!("it does not have “{c}”"),
                };
            }
            Self::MaxCharacters(n) => {
                return match lang {
                    Lang::Zh => format!("至多 {n} 个字"),
                    Lang::En => format!("at most {n} characters are allowed"),
                };
            }
            Self::MinEntries(n) => {
                return match lang {
                    Lang::Zh => format!("至少要有 {n} 项"),
                    Lang::En => format!("at least {n} entries are needed"),
                };
            }
            Self::MaxEntries(n) => {
                return match lang {
                    Lang::Zh => format!("至多 {n} 项"),
                    Lang::En => format!("at most {n} entries are allowed"),
                };
            }
            Self::OneOf(options) => {
                return match lang {
                    Lang::Zh => format!("只能是 {options} 之一"),
                    Lang::En => format!("must be one of {options}"),
                };
            }
            Self::Pattern(pattern) => {
                return match lang {
                    Lang::Zh => format!("写法须合 {pattern}"),
                    Lang::En => format!("must match {pattern}"),
                };
            }
            Self::Block(name) => return block(name, lang).into(),
        };
        lang.pick(zh, en).into()
    }
}

fn block(name: &str, lang: Lang) -> &str {
    let (zh, en) = match name {
        "article" => ("正文", "the article"),
        "headline" => ("标题", "the headline"),
        "quote" => ("引语", "the quote"),
        "figures" => ("数字", "the figures"),
        "honours" => ("荣誉", "the honours"),
        "name" => ("姓名", "the name"),
        "post" => ("任职", "the post"),
        "series" => ("总题", "the series line"),
        "subtitle" => ("副题", "the subtitle"),
        "title" => ("书名", "the title"),
        "facts" => ("版权页事项", "the facts of the colophon"),
        other => (other, other),
    };
    lang.pick(zh, en)
}
