//! Parts of sentences: kinds of values, JSON mistakes, blocks of a page.

use std::io::ErrorKind;

use super::{DocumentProblem, Lang, Spot, field_example, field_name};

/// A phrase in both languages, put into messages.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    Truncated,
    UnknownPicture,
    TooManyPixels,
    EmptyPicture,
    HeicPicture,
    PlanarTiff,
    UnusualTiff,
    UnusualPicture,
    ChangedMeanwhile,
    // Output profiles.
    NoProfile,
    NoCmykProfile,
    // The print shop's sheet.
    TrimRange,
    BleedRange,
    ErrorBelowLimit,
    PpiOrder,
    // Fonts.
    NotThere,
    NoFont,
    NoMarks,
    NotEmbeddable,
    NoFace(Vec<String>),
    EmbeddedName,
    LacksCharacter(char),
    // Sign-off.
    Round(u8),
    ChangedSince {
        fields: Vec<String>,
        booklet: Vec<String>,
        press: Vec<String>,
        template: bool,
        fonts: bool,
        tool: bool,
    },
    // What is signed beside persons, by kind of page.
    Part(String),
    // How to make a text fit.
    Cut {
        cuts: Vec<(usize, usize)>,
        tighter: bool,
    },
    Shorten {
        fits: usize,
        two: bool,
    },
    // Fields of the data, by path: with the key, and with an example.
    Key(String),
    Keys(Vec<String>),
    Example(String),
    Member(String, String),
    OneOrSeveral,
    WholeNumber(String),
    Unseen {
        c: char,
        meant: Option<char>,
    },
    // What may have been meant.
    DidYouMean(Option<String>),
    /// The pages that a person has by the template: how many, and whether they
    /// start on an even one.
    PersonPages {
        number: Option<usize>,
        even: Option<bool>,
    },
    /// What a program of others says.
    Foreign(String),
    /// What Typst says besides, the nearest known name, and the calls that led
    /// there: file and line.
    ForeignHints {
        hints: Vec<String>,
        meant: Option<String>,
        calls: Vec<(String, usize)>,
    },
    /// Why something is wrong, in Chinese and English, by a table of ours.
    Either(&'static str, &'static str),
    /// What to write instead.
    MendTo(String),
    /// A month that has not so many days.
    ShortMonth(String, String),
    NoSuchTable,
    TableColumns(usize, usize),
    SpanOfYears(i32, i32, i32),
    SinceYear(i32, i32),
    BornIn(i32, i32),
    OtherAge(i32),
    NearPerson(String),
    PersonsInBook(usize),
    RoundOfTitle(String),
    NoSuchMonth,
    NoSuchTime,
    /// A city that has no such district.
    NoSuchDistrict(String),
    /// A street and the district that it is in.
    StreetOf(String, String),
    /// Words too small to be read, in points.
    TooSmall(String),
    /// A picture on which nothing can be known, by its shorter side in mm.
    TooSmallPicture(String),
    /// A picture of which what it is for is cut off.
    CutAway,
    /// Words or a picture that are mirrored or squeezed.
    Distorted,
    /// Words that stand on others.
    Collides,
    /// Words beyond the trim.
    OutsideTrim,
    /// Words in the colour of their ground.
    SameColour,
    /// Words that something covers, or that cannot be told from what is under
    /// them.
    Covered,
    /// A slot for a field that the contract does not name.
    UnknownSlot(String),
    /// A link that leads to a page.
    LinkTo(usize),
    /// A page number.
    Numbered(String),
    /// An emblem in a form that cannot be placed.
    EmblemKind,
    /// A person who is not in the order, and who is meant.
    NotInOrder(Option<String>),
    /// A chapter that begins before the one before it.
    NotAfterThat,
    WrittenAs(String),
    NameInArticle(Option<String>),
    // JSON mistakes of texts.
    InnerQuote,
    BadBackslash,
    WrongMark(char),
    SingleQuotes,
    FullWidthDigit(char),
    NotClosed(char, usize),
    NotOpened(char),
    NumberWithUnit,
    BareText,
    ExtraComma,
    OddQuotes,
    // Encodings of data files: the first wrong line, and whether it is GBK or
    // UTF-16.
    NotUtf8 {
        line: usize,
        guess: bool,
    },
    // Delivered texts.
    NotThereBut(String),
    EmptyManuscript,
    Document(DocumentProblem),
    SourceLines {
        file: Option<String>,
        first: usize,
        last: usize,
    },
    SourceSpots {
        file: Option<String>,
        first: Spot,
        last: Spot,
    },
    AtStart,
    After(String),
    InTextOf(String),
    InSourceOf {
        name: String,
        line: Box<Phrase>,
    },
    TwiceHere,
    // Names and lists.
    Verbatim(String),
    Listed(Vec<[String; 2]>),
    // What a template asks for.
    TooLargePage,
    TooManyPages(usize),
    TooLong(u64),
    TooMuchMemory,
    // What the system says of a file.
    Io(ErrorKind, String),
    // What a preflight finds.
    XmpMissing,
    XmpBroken,
    TitleMissing,
    TitlesDiffer,
    DateMissing,
    DatesDiffer,
    NoDocumentId,
    NoIntent,
    SeveralIntents,
    NoCondition,
    IntentWithoutProfile,
    IntentNotCmyk,
    NoTrimBox,
    BadBox(String),
    Presentations,
    WrongCount,
    TrimAndArt,
    BoxesNotNested,
    CropCutsBleed,
    EdgeTop,
    EdgeBottom,
    EdgeLeft,
    EdgeRight,
    Annotations,
    Actions,
    JavaScript,
    FormFields,
    EmbeddedFiles,
    Opi,
    AlternateImages,
    ReferenceXObjects,
    TransferFunctions,
    PostScriptXObjects,
    Lzw,
    AutomaticLayers,
    Halftones,
    HalftonePhase,
    UnknownBlend,
    ViewAreas,
    APicture,
    AShape,
    AShading,
    InGroup,
    CrossReference,
    WrongSize,
    WrongLength,
    DuplicateKey,
    BadValue,
    NoHeader,
    Unbalanced,
    OpenBlocks,
    UnknownOperator(String),
    WrongOperands,
    NoCurrentPoint,
    FontBroken(String),
    OtherCondition {
        id: String,
        wanted: String,
    },
    LikeCover,
    LikeSheet,
    JudgeAsCover,
    JudgePages,
    NestedTooDeep,
    TooManySpots,
    ReaderBroke,
    FileBroke,
    FileUnread,
    NoContents,
    TooMuch,
    ResourceMissing,
    PictureBroken,
    InkPeak,
    InkMean,
    InkPicture,
    InkEdge(String),
    SetText(String),
    NarrowBleed(String),
    // Bounds.
    EmptyText,
    MinCharacters(u64),
    MaxCharacters(u64),
    MinEntries(u64),
    MaxEntries(u64),
    AtLeast(String),
    AtMost(String),
    OneOf(String),
    NoSuchDay,
    Pattern(String),
    // Blocks of a page, by the name of their slot.
    Block(String),
}

impl Phrase {
    /// The phrase in Chinese and English.
    pub fn both(&self) -> [String; 2] {
        [self.text(Lang::Zh), self.text(Lang::En)]
    }

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
            Self::Truncated => ("文件不完整", "the file is cut short"),
            Self::UnknownPicture => ("不是 JPEG、PNG、TIFF 或 WebP", "it is no JPEG, PNG, TIFF or WebP"),
            Self::EmptyPicture => ("文件是空的，重新拷贝一次", "the file is empty; copy it again"),
            Self::HeicPicture => (
                "是苹果手机的 HEIC 照片，请在手机或电脑上另存为 JPEG",
                "it is HEIC, as phones write it; export it as JPEG",
            ),
            Self::PlanarTiff => (
                "各色分开存放的 TIFF，请另存为交错（interleaved）",
                "it is a planar TIFF; save it interleaved",
            ),
            Self::UnusualTiff => (
                "这种 TIFF（如 Lab、浮点、少于 8 位）读不了，请另存为 8 位的 RGB、CMYK 或灰度 TIFF",
                "it is a kind of TIFF that cannot be read, such as Lab, floating point or fewer than 8 bits; save it as RGB, CMYK or grey with 8 bits",
            ),
            Self::UnusualPicture => (
                "这种存法读不了，请用看图软件打开，另存为普通的 JPEG 或 PNG",
                "it is stored in a way that cannot be read; open it in an image program and save it as a plain JPEG or PNG",
            ),
            Self::ChangedMeanwhile => {
                ("读的时候文件正在改，请再试一次", "it changed while it was read; try again")
            }
            Self::NoProfile => ("不是可用的 ICC 文件", "it is no usable ICC profile"),
            Self::NoCmykProfile => {
                ("不是 CMYK 印刷机的 ICC 文件（类别须为 prtr）", "it is no CMYK printer profile (class prtr)")
            }
            Self::TrimRange => (
                "成品边长须在 50 至 2500 毫米之间（单位是毫米，不是厘米）",
                "the trim's sides must lie between 50 and 2500 mm (millimetres, not centimetres)",
            ),
            Self::BleedRange => ("出血至多 20 毫米", "the bleed may be 20 mm at most"),
            Self::ErrorBelowLimit => ("error 不能小于 limit", "error must not be less than limit"),
            Self::PpiOrder => ("须依次 error ≤ warn ≤ most", "they must rise: error, warn, most"),
            Self::TooManyPixels => ("像素太多，超过两亿", "it has more than 200 megapixels"),
            Self::Key(field) => return key(field, lang),
            Self::Keys(fields) => {
                let keys: Vec<String> = fields.iter().map(|field| key(field, lang)).collect();
                return keys.join(lang.pick("、", ", "));
            }
            Self::Example(field) => {
                return match (field_example(field), lang) {
                    (None, _) => String::new(),
                    (Some(example), Lang::Zh) => format!("写法例如：{example}。"),
                    (Some(example), Lang::En) => format!(" For example: {example}."),
                };
            }
            Self::Member(key, field) => {
                return match (field_example(field), lang) {
                    (None, _) => String::new(),
                    (Some(example), Lang::Zh) => format!("写法例如：\"{key}\": {example}。"),
                    (Some(example), Lang::En) => format!(" For example: \"{key}\": {example}."),
                };
            }
            Self::WholeNumber(number) => {
                return match lang {
                    Lang::Zh => format!("{number} 不是整数的写法"),
                    Lang::En => format!("{number} is not written as a whole number"),
                };
            }
            Self::OneOrSeveral => {
                ("文字，或方括号 [ ] 里的几段文字", "text, or several texts in brackets [ ]")
            }
            Self::Unseen { c, meant } => {
                return match (meant, c, lang) {
                    (Some(meant), _, Lang::Zh) => {
                        format!("旧程序的编码，应是“{meant}”（U+{:04X}），改成它。", u32::from(*meant))
                    }
                    (Some(meant), _, Lang::En) => {
                        format!(
                            "An old program's code for “{meant}” (U+{:04X}); write that.",
                            u32::from(*meant)
                        )
                    }
                    (_, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}', Lang::Zh) => {
                        "这是异体选择符，只说前一个字要哪种字形，内置字体不认它：删去，印出通行的字形；\
                         非要那种字形，请用有它的字体做成图，或换一个字。"
                            .into()
                    }
                    (_, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}', Lang::En) => {
                        "It is a variation selector, which only asks for another shape of the character \
                         before it, and the embedded fonts have none: delete it for the common shape."
                            .into()
                    }
                    (_, '\u{FFFD}', Lang::Zh) => "这里丢了字，照原稿补上。".into(),
                    (_, '\u{FFFD}', Lang::En) => {
                        "A character was lost here; put it back from the manuscript.".into()
                    }
                    (_, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}', Lang::Zh) => {
                        "这是自造字的编码，离开原来的电脑就认不出；照原稿换成应有的字。".into()
                    }
                    (_, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}', Lang::En) => {
                        "It is a code for a character of somebody's own, which no other machine knows; put \
                         the character that the manuscript has."
                            .into()
                    }
                    (_, _, Lang::Zh) => "删去。".into(),
                    (_, _, Lang::En) => "Delete it.".into(),
                };
            }
            Self::Cut { cuts, tighter } => {
                let cut = |(paragraph, characters): &(usize, usize)| match lang {
                    Lang::Zh => format!("第{paragraph}段删 {characters} 字"),
                    Lang::En => format!("{characters} characters of paragraph {paragraph}"),
                };
                let list: Vec<String> = cuts.iter().map(cut).collect();
                let cuts = match lang {
                    Lang::Zh => format!("{}，就放得下。", list.join("、")),
                    Lang::En => format!("It fits without {}.", list.join(", ")),
                };
                let setting = lang.pick(
                    "不想删，就在 booklet.json 里把全书的正文排小一档：\"setting\": \"tight\"。",
                    " Or set the whole book smaller, in booklet.json: \"setting\": \"tight\".",
                );
                return if *tighter { cuts + setting } else { cuts };
            }
            Self::Shorten { fits, two } => {
                return match (lang, two) {
                    (Lang::Zh, true) => format!("这里一行放得下 {fits} 个字：缩短，或分成两行。"),
                    (Lang::Zh, false) => format!("每行放得下 {fits} 个字：把长的缩短。"),
                    (Lang::En, true) => {
                        format!("A line holds {fits} characters here: shorten it or break it into two.")
                    }
                    (Lang::En, false) => format!("A line holds {fits} characters: shorten what is longer."),
                };
            }
            Self::DidYouMean(meant) => {
                return match (meant, lang) {
                    (None, _) => String::new(),
                    (Some(meant), Lang::Zh) => format!("是不是“{meant}”？"),
                    (Some(meant), Lang::En) => format!("Did you mean \"{meant}\"? "),
                };
            }
            Self::NotInOrder(meant) => {
                let meant = Self::DidYouMean(meant.clone()).text(lang);
                return match lang {
                    Lang::Zh => {
                        format!("人物次序里没有这一位{}{meant}", if meant.is_empty() { "" } else { "；" })
                    }
                    Lang::En => {
                        format!("order has no such person. {meant}").trim_end().trim_end_matches('.').into()
                    }
                };
            }
            Self::PersonPages { number, even } => {
                let (count, from) = match lang {
                    Lang::Zh => (
                        number.map_or("连续的几页".to_owned(), |number| format!("连续的 {number} 页")),
                        even.map_or("", |even| if even { "，从双数页起" } else { "，从单数页起" }),
                    ),
                    Lang::En => (
                        number
                            .map_or("pages in a row".to_owned(), |number| format!("{number} pages in a row")),
                        even.map_or("", |even| if even { ", from an even one" } else { ", from an odd one" }),
                    ),
                };
                return count + from;
            }
            Self::Foreign(said) => {
                return match lang {
                    Lang::Zh => super::foreign::in_chinese(said).unwrap_or_else(|| said.clone()),
                    Lang::En => said.clone(),
                };
            }
            Self::ForeignHints { hints, meant, calls } => {
                let mut all = vec![Self::DidYouMean(meant.clone()).text(lang).trim().to_owned()];
                let said = |hint: &String| Self::Foreign(hint.clone()).text(lang);
                all.extend(hints.iter().map(said));
                if !calls.is_empty() {
                    let line = |(file, line): &(String, usize)| format!("{file}:{line}");
                    let calls = calls.iter().map(line).collect::<Vec<_>>().join(" ← ");
                    all.push(format!("{}{calls}", lang.pick("调用的地方：", "called from: ")));
                }
                all.retain(|part| !part.is_empty());
                return all.join(lang.pick("；", "; "));
            }
            Self::Either(zh, en) => (*zh, *en),
            Self::MendTo(right) => {
                return match lang {
                    Lang::Zh => format!("改成“{right}”。"),
                    Lang::En => format!("Write “{right}”. "),
                };
            }
            Self::NoSuchTable => (
                "没有这种表；可以有 words.txt、names.txt、districts.txt",
                "there is no such table; words.txt, names.txt and districts.txt may be there",
            ),
            Self::TableColumns(least, most) => {
                let count = if least == most { least.to_string() } else { format!("{least}–{most}") };
                return lang.pick(
                    format!("这一行应当有 {count} 栏，栏与栏之间用一个制表符（Tab）隔开，各栏不空，前后不留空格，头两栏不一样"),
                    format!("this line must have {count} columns, parted by one tab each, none empty or with spaces around, the first two not the same"),
                );
            }
            Self::SpanOfYears(from, to, years) => {
                return lang.pick(
                    format!("{from}年到{to}年是{years}年"),
                    format!("from {from} to {to} it is {years} years"),
                );
            }
            Self::SinceYear(since, most) => {
                return lang.pick(
                    format!("正文另写从{since}年起，至今至多{most}年"),
                    format!("the article also says since {since}, which is {most} years at most"),
                );
            }
            Self::BornIn(born, most) => {
                return lang.pick(
                    format!("正文另写生于{born}年，今年至多{most}岁"),
                    format!("the article also says born in {born}, which makes {most} at most"),
                );
            }
            Self::OtherAge(age) => {
                return lang.pick(format!("前面写{age}岁"), format!("before it says {age}"));
            }
            Self::NearPerson(name) => {
                return lang.pick(
                    format!("与人物“{name}”差一个字"),
                    format!("it is one character off “{name}” of the book"),
                );
            }
            Self::PersonsInBook(count) => {
                return lang.pick(format!("书里有{count}位"), format!("there are {count} in the book"));
            }
            Self::RoundOfTitle(round) => {
                return lang.pick(format!("书名写的是第{round}届"), format!("the title says 第{round}届"));
            }
            Self::ShortMonth(month, days) => {
                return match lang {
                    Lang::Zh => format!("{month}月只有 {days} 天"),
                    Lang::En => format!("month {month} has {days} days"),
                };
            }
            Self::NoSuchMonth => ("一年只有 12 个月", "a year has twelve months"),
            Self::NoSuchTime => {
                ("一天只有 24 小时，一小时只有 60 分", "a day has 24 hours, an hour 60 minutes")
            }
            Self::NoSuchDistrict(city) => {
                return match lang {
                    Lang::Zh => format!("{city}没有这个区"),
                    Lang::En => format!("{city} has no such district"),
                };
            }
            Self::StreetOf(street, district) => {
                return match lang {
                    Lang::Zh => format!("{street}属于{district}"),
                    Lang::En => format!("{street} is in {district}"),
                };
            }
            Self::TooSmall(points) => {
                return match lang {
                    Lang::Zh => format!("只有 {points} 点"),
                    Lang::En => format!("is only {points} pt"),
                };
            }
            Self::TooSmallPicture(mm) => {
                return match lang {
                    Lang::Zh => format!("短边只有 {mm} 毫米"),
                    Lang::En => format!("is only {mm} mm on its shorter side"),
                };
            }
            Self::CutAway => ("要紧的部分被裁掉了", "has what it is for cut off"),
            Self::Collides => ("与别的字叠在一起", "stands on other words"),
            Self::Distorted => ("左右反了，或压得太扁太窄", "is mirrored or squeezed"),
            Self::OutsideTrim => ("在裁切边以外", "is beyond the trim"),
            Self::SameColour => ("与底色分不开", "cannot be told from its ground"),
            Self::Covered => ("被东西盖住了，或与底下分不开", "is covered, or lost in what lies under it"),
            Self::UnknownSlot(field) => {
                return match lang {
                    Lang::Zh => format!("版式印了“{field}”，fields 里却没有这一栏"),
                    Lang::En => format!("the template prints \"{field}\", which fields does not name"),
                };
            }
            Self::LinkTo(page) => {
                return match lang {
                    Lang::Zh => format!("的链接（第 {page} 页）"),
                    Lang::En => format!("page {page} by a link"),
                };
            }
            Self::Numbered(number) => {
                return match lang {
                    Lang::Zh => format!("“{number}”"),
                    Lang::En => format!("\"{number}\""),
                };
            }
            Self::NotAfterThat => (
                "这一位不在上一章第一位人物之后",
                "that person does not come after the first of the chapter before",
            ),
            Self::EmblemKind => ("徽标要用 svg、png 或 jpg 文件", "an emblem is an svg, png or jpg file"),
            Self::WrittenAs(text) => {
                return match lang {
                    Lang::Zh => format!("正文里写作“{text}”，照抄即可。"),
                    Lang::En => format!("The article writes “{text}”; copy that. "),
                };
            }
            Self::NameInArticle(name) => {
                return match (name, lang) {
                    (None, _) => String::new(),
                    (Some(name), Lang::Zh) => format!("正文里写的是“{name}”，看哪个对。"),
                    (Some(name), Lang::En) => format!("The article has “{name}”; see which is right. "),
                };
            }
            Self::BadBackslash => (
                "反斜杠 \\ 在这里另有用处；路径里写 /，文字里要用就写两个",
                "a backslash means something else here; write / in paths, and two of them in texts",
            ),
            Self::SingleQuotes => {
                ("文字两头要用英文双引号 \"，不用单引号", "texts stand in double quotes, not in single ones")
            }
            Self::NumberWithUnit => ("数字后面不写单位", "a number has no unit here"),
            Self::BareText => ("文字两头要加英文引号 \"", "a text stands in straight quotes"),
            Self::ExtraComma => {
                ("这里多了一个逗号，或少了内容", "there is a comma too many here, or a value is missing")
            }
            Self::WrongMark(mark) => {
                let wanted = if *mark == '=' { ':' } else { ',' };
                return match lang {
                    Lang::Zh => format!("这里写成了“{mark}”，应当是英文的“{wanted}”"),
                    Lang::En => format!("“{mark}” stands where “{wanted}” is wanted"),
                };
            }
            Self::FullWidthDigit(digit) => {
                return match lang {
                    Lang::Zh => format!("这里用了全角的数字“{digit}”，要用半角"),
                    Lang::En => format!("the digit “{digit}” is full-width; write it half-width"),
                };
            }
            Self::NotClosed(bracket, line) => {
                let partner = if *bracket == '[' { ']' } else { '}' };
                return match lang {
                    Lang::Zh => format!("这里的 {bracket} 没有关上：到第 {line} 行为止少了一个 {partner}"),
                    Lang::En => format!(
                        "this {bracket} is not closed: a {partner} is missing before the end of line {line}"
                    ),
                };
            }
            Self::NotOpened(bracket) => {
                let partner = if *bracket == ']' { '[' } else { '{' };
                return match lang {
                    Lang::Zh => format!("这一处前面少了一个 {partner}"),
                    Lang::En => format!("a {partner} is missing before this place"),
                };
            }
            Self::InnerQuote => (
                "文字里夹了英文引号 \"，程序当作文字到此为止；文字里的引号要写成“ ”",
                "a straight quote within the text ends it here; write “ ” in texts",
            ),
            Self::OddQuotes => (
                "这一行的英文引号 \" 不成对，多半是文字的开头或结尾少了一个",
                "the straight quotes of this line make no pairs; mostly one is missing at the start or end of a text",
            ),
            Self::NotUtf8 { line, guess } => {
                let guess = match guess {
                    true => lang.pick("，像是 GBK（ANSI）或 UTF-16", "; it looks like GBK or UTF-16"),
                    false => "",
                };
                return match lang {
                    Lang::Zh => format!("（第 {line} 行起）{guess}"),
                    Lang::En => format!(" from line {line} on{guess}"),
                };
            }
            Self::NotThereBut(path) => {
                return match lang {
                    Lang::Zh => format!("找不到文件；是不是 {path}？"),
                    Lang::En => format!("the file is not there; did you mean {path}?"),
                };
            }
            Self::EmptyManuscript => ("原稿是空的", "it is empty"),
            Self::Document(problem) => return problem.text(lang).into(),
            Self::SourceSpots { file, first, last } => {
                let file = file.as_ref().map(|file| format!("{file} ")).unwrap_or_default();
                let (from, to) = (first.text(lang), last.text(lang));
                return match from == to {
                    true => format!("{file}{from}"),
                    false => format!("{file}{from}{}{to}", lang.pick("至", " to ")),
                };
            }
            Self::SourceLines { file, first, last } => {
                let file = file.as_ref().map(|file| format!("{file} ")).unwrap_or_default();
                return match (lang, first == last) {
                    (Lang::Zh, true) => format!("{file}第 {first} 行"),
                    (Lang::Zh, false) => format!("{file}第 {first}–{last} 行"),
                    (Lang::En, true) => format!("{file}line {first}"),
                    (Lang::En, false) => format!("{file}lines {first}–{last}"),
                };
            }
            Self::AtStart => ("在最前面", "at the very start"),
            Self::After(text) => {
                return match lang {
                    Lang::Zh => format!("接在“{text}”之后"),
                    Lang::En => format!("after “{text}”"),
                };
            }
            Self::InTextOf(name) => {
                return match lang {
                    Lang::Zh => format!("，却在{name}的正文里"),
                    Lang::En => format!(", but {name}'s article has it"),
                };
            }
            Self::InSourceOf { name, line } => {
                return match lang {
                    Lang::Zh => format!("；它是{name}的文字（原稿{}）", line.text(lang)),
                    Lang::En => {
                        format!("; it is of {name}'s text ({} of the delivered text)", line.text(lang))
                    }
                };
            }
            Self::TwiceHere => ("；原稿里只有一次，这里写了两次", "; it stands there once, and here twice"),
            Self::NotThere => ("找不到文件", "the file is not there"),
            Self::NoFont => ("不是可用的字体文件", "it is no usable font file"),
            Self::NoMarks => {
                ("characters 里不写空格和标点", "characters may hold neither spaces nor Chinese marks")
            }
            Self::NotEmbeddable => (
                "字体的授权不许嵌入文件（fsType 为 2），换一款可以嵌入的字体",
                "its licence forbids embedding (fsType 2); use a font that may be embedded",
            ),
            Self::NoFace(names) => {
                return match lang {
                    Lang::Zh => format!("里面没有这个字面名；有：{}", names.join("、")),
                    Lang::En => format!("it has no face of that name; it has: {}", names.join(", ")),
                };
            }
            Self::EmbeddedName => ("与内置字体同名", "it bears the name of an embedded font"),
            Self::XmpMissing => ("没有 XMP", "there is no XMP"),
            Self::XmpBroken => ("XMP 不是完整的 XML", "the XMP is no well-formed XML"),
            Self::TitleMissing => ("没有题名", "there is no title"),
            Self::TitlesDiffer => ("Info 与 XMP 的题名不同", "the titles in Info and XMP differ"),
            Self::DateMissing => ("没有日期", "a date is missing"),
            Self::DatesDiffer => ("Info 与 XMP 的日期不同", "the dates in Info and XMP differ"),
            Self::NoDocumentId => (
                "没有 xmpMM:DocumentID、VersionID 或 RenditionClass",
                "xmpMM:DocumentID, VersionID or RenditionClass is missing",
            ),
            Self::NoIntent => ("没有 GTS_PDFX 输出意图", "there is no GTS_PDFX output intent"),
            Self::SeveralIntents => ("有几个 GTS_PDFX 输出意图", "there are several GTS_PDFX output intents"),
            Self::NoCondition => ("没有写 OutputConditionIdentifier", "OutputConditionIdentifier is missing"),
            Self::IntentWithoutProfile => ("没有内嵌特性文件", "no profile is embedded"),
            Self::IntentNotCmyk => (
                "内嵌的不是 CMYK 印刷机的特性文件（prtr）",
                "the embedded profile is not that of a CMYK printer (prtr)",
            ),
            Self::BadBox(key) => {
                return match lang {
                    Lang::Zh => format!("{key} 写得不对，要有四个数"),
                    Lang::En => format!("{key} is malformed; it takes four numbers"),
                };
            }
            Self::Presentations => ("演示设置", "presentations"),
            Self::WrongCount => ("页面树的 /Count 不对", "/Count of the page tree is wrong"),
            Self::NoTrimBox => ("没有 TrimBox", "TrimBox is missing"),
            Self::TrimAndArt => ("TrimBox 与 ArtBox 都有", "there are both TrimBox and ArtBox"),
            Self::BoxesNotNested => {
                ("MediaBox ⊇ BleedBox ⊇ TrimBox 不成立", "MediaBox ⊇ BleedBox ⊇ TrimBox does not hold")
            }
            Self::CropCutsBleed => ("CropBox 切掉了出血", "CropBox cuts the bleed off"),
            Self::EdgeTop => ("上边", "top"),
            Self::EdgeBottom => ("下边", "bottom"),
            Self::EdgeLeft => ("左边", "left"),
            Self::EdgeRight => ("右边", "right"),
            Self::Annotations => ("批注或链接", "annotations or links"),
            Self::Actions => ("动作", "actions"),
            Self::JavaScript => ("JavaScript", "JavaScript"),
            Self::FormFields => ("表单", "form fields"),
            Self::EmbeddedFiles => ("附件", "embedded files"),
            Self::Opi => ("OPI 注释", "OPI comments"),
            Self::AlternateImages => ("替换图像", "alternate images"),
            Self::ReferenceXObjects => ("外部引用（Ref）", "reference XObjects"),
            Self::TransferFunctions => ("传递函数", "transfer functions"),
            Self::PostScriptXObjects => ("PostScript 代码", "PostScript XObjects"),
            Self::Lzw => ("LZW 压缩", "LZW compression"),
            Self::AutomaticLayers => ("自动开关的图层（AS）", "layers that switch themselves (AS)"),
            Self::Halftones => ("指定的网点", "halftones of its own"),
            Self::HalftonePhase => ("网点相位（HTP）", "halftone phase (HTP)"),
            Self::UnknownBlend => ("不认识的混合模式", "an unknown blend mode"),
            Self::ViewAreas => {
                ("超出出血框的显示区域设置", "viewer preferences outside MediaBox and BleedBox")
            }
            Self::APicture => ("图片", "a picture"),
            Self::AShape => ("图形", "a shape"),
            Self::AShading => ("渐变", "a shading"),
            Self::InGroup => ("透明组", "a group"),
            Self::CrossReference => ("交叉引用表有误", "the cross-reference table is wrong"),
            Self::WrongSize => ("交叉引用表的 /Size 不对", "/Size of the cross-reference table is wrong"),
            Self::WrongLength => ("数据流的 /Length 不对", "/Length of a stream is wrong"),
            Self::DuplicateKey => ("字典里同一个键写了两次", "a dictionary says a key twice"),
            Self::BadValue => ("字典里有读不出来的值", "a dictionary has a value that cannot be read"),
            Self::NoHeader => ("开头没有 %PDF- 和版本", "there is no header with a version"),
            Self::Unbalanced => ("q 和 Q 不成对", "q and Q do not balance"),
            Self::OpenBlocks => ("BT 和 ET、BMC 和 EMC 不成对", "BT and ET, or BMC and EMC, do not balance"),
            Self::WrongOperands => ("有操作符缺少参数", "an operator lacks operands"),
            Self::NoCurrentPoint => ("有路径没有起点", "a path does not begin with a point"),
            Self::LikeCover => {
                ("封面（封底、书脊、封面连成一片）", "a cover: back, spine and front in one piece")
            }
            Self::LikeSheet => ("拼好的大张", "imposed sheets"),
            Self::JudgeAsCover => ("查封面请加 --cover。", "Judge a cover with --cover. "),
            Self::JudgePages => (
                "请查拼版以前的文件；大张由 impose 拼出来，不再改动内容。",
                "Judge the file before it was imposed; impose changes no page. ",
            ),
            Self::NestedTooDeep => ("套得太深的内容", "contents nested too deeply"),
            Self::TooManySpots => ("第九种起的专色", "spot inks beyond the eighth"),
            Self::FileUnread => {
                ("整个文件：打不开，或者不是 PDF", "the whole file: it cannot be opened, or is no PDF")
            }
            Self::FileBroke => (
                "整个文件：读它要的内存或时间太多，或读的时候出了错",
                "the whole file: it takes too much memory or time to be read, or broke the reader",
            ),
            Self::ReaderBroke => ("这一页，读的时候出了错", "this page, which broke the reader"),
            Self::UnknownOperator(name) => {
                return match lang {
                    Lang::Zh => format!("有 PDF 没有的操作符 {name}"),
                    Lang::En => format!("{name} is no operator of PDF"),
                };
            }
            Self::FontBroken(name) => {
                return match lang {
                    Lang::Zh => format!("嵌入的字体 {name} 是坏的"),
                    Lang::En => format!("the embedded font {name} is no font"),
                };
            }
            Self::OtherCondition { id, wanted } => {
                return match lang {
                    Lang::Zh => format!("印刷条件是 {id}，印刷要求里是 {wanted}"),
                    Lang::En => format!("the condition is {id}, the print job's is {wanted}"),
                };
            }
            Self::NoContents => ("内容流读不出来", "a content stream cannot be read"),
            Self::TooMuch => ("内容太多，没有查完", "there is too much to be read to the end"),
            Self::ResourceMissing => ("缺少所引用的资源", "a resource that it names is missing"),
            Self::PictureBroken => ("图片数据读不出来", "a picture's data cannot be read"),
            Self::InkPeak => ("最深处", "at its heaviest"),
            Self::InkMean => ("15 毫米见方平均", "over a square of 15 mm"),
            Self::InkPicture => ("图片里", "in a picture"),
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
            Self::Round(round) => {
                let name = |names: [&str; 3]| names[usize::from(round.clamp(&1, &3) - 1)].to_owned();
                return name(
                    lang.pick(["一校", "二校", "三校"], ["first round", "second round", "third round"]),
                );
            }
            Self::ChangedSince { fields, booklet, press, template, fonts, tool } => {
                // English names the keys, which are English words.
                let named = |file: &str, field: &String| match lang {
                    Lang::Zh => field_name(field, lang),
                    Lang::En => format!("{file}{field}"),
                };
                let mut causes: Vec<String> = fields.iter().map(|field| named("", field)).collect();
                causes.extend(booklet.iter().map(|field| named("booklet.json ", field)));
                causes.extend(press.iter().map(|field| named("press.json ", field)));
                let named =
                    |changed: &bool, zh: &str, en: &str| changed.then(|| lang.pick(zh, en).to_owned());
                causes.extend(named(template, "版式", "the template"));
                causes.extend(named(fonts, "字体", "the fonts"));
                causes.extend(named(tool, "程序版本", "the version of the tool"));
                if causes.is_empty() {
                    causes.push(lang.pick("排版结果", "how it is laid out").to_owned());
                }
                return causes.join(lang.pick("、", ", "));
            }
            Self::TooLargePage => ("有一页边长超过 2.5 米", "a page is more than 2.5 metres long"),
            Self::TooManyPages(pages) => {
                return match lang {
                    Lang::Zh => format!("排出了 {pages} 页"),
                    Lang::En => format!("it makes {pages} pages"),
                };
            }
            Self::TooLong(seconds) => {
                return match lang {
                    Lang::Zh => format!("排了 {seconds} 秒还没有排完"),
                    Lang::En => format!("it is not laid out after {seconds} seconds"),
                };
            }
            Self::TooMuchMemory => ("内存不够用", "it takes more memory than there is"),
            Self::Part(kind) => return part(kind, lang).into(),
            Self::Verbatim(text) => return text.clone(),
            Self::Listed(texts) => {
                let texts: Vec<&str> = texts.iter().map(|[zh, en]| lang.pick(zh, en).as_str()).collect();
                return texts.join(lang.pick("、", ", "));
            }
            Self::Io(kind, said) => match kind {
                ErrorKind::NotFound => ("没有这个文件", "it is not there"),
                ErrorKind::PermissionDenied => (
                    "没有权限，或路径通到项目之外",
                    "it is not allowed, or the path leads out of the project",
                ),
                ErrorKind::InvalidInput | ErrorKind::IsADirectory => {
                    ("不是普通文件", "it is no regular file")
                }
                ErrorKind::InvalidData => (
                    "内容读不懂，写法有错（资料文件用 fengcai check 看错在哪里）",
                    "it cannot be understood (`fengcai check` says where a data file is wrong)",
                ),
                ErrorKind::FileTooLarge => ("文件超过 512 MB", "it is larger than 512 MB"),
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                    ("磁盘满了；腾出空间再试", "the disk is full; make room and try again")
                }
                ErrorKind::ReadOnlyFilesystem => ("所在的盘只能读", "the disk is read-only"),
                _ => return said.clone(),
            },
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
            Self::InkEdge(length) => {
                return match lang {
                    Lang::Zh => format!("有 {length} 毫米长的一段没有伸出裁切边"),
                    Lang::En => format!("{length} mm of it do not reach beyond the trim"),
                };
            }
            Self::SetText(text) => {
                return match lang {
                    Lang::Zh => format!("文字“{text}”"),
                    Lang::En => format!("text “{text}”"),
                };
            }
            Self::NarrowBleed(length) => {
                return match lang {
                    Lang::Zh => format!("出血框只宽 {length} 毫米"),
                    Lang::En => format!("the bleed box is only {length} mm wide"),
                };
            }
            Self::AtLeast(least) => {
                return match lang {
                    Lang::Zh => format!("数字不能小于 {least}"),
                    Lang::En => format!("the number must be {least} at least"),
                };
            }
            Self::AtMost(most) => {
                return match lang {
                    Lang::Zh => format!("数字不能大于 {most}"),
                    Lang::En => format!("the number must be {most} at most"),
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
                    Lang::Zh => "写法不对".to_owned(),
                    Lang::En => format!("it must match {pattern}"),
                };
            }
            Self::Block(name) => return block(name, lang),
        };
        lang.pick(zh, en).into()
    }
}

/// A field as it is called, with the key that stands in the file.
fn key(field: &str, lang: Lang) -> String {
    let key = field.rsplit('.').next().unwrap_or(field);
    match (field_name(field, lang), lang) {
        (name, _) if name == field => format!("\"{key}\""),
        (name, Lang::Zh) => format!("\"{key}\"（{name}）"),
        (name, Lang::En) => format!("\"{key}\" ({name})"),
    }
}

fn part(kind: &str, lang: Lang) -> &str {
    let (zh, en) = match kind {
        "cover" => ("封面", "the cover"),
        "title" => ("书名页", "the title page"),
        "contents" => ("目录", "the contents"),
        "colophon" => ("版权页", "the colophon"),
        "section" => ("前言后记", "the foreword and the like"),
        "group" => ("章首页", "the chapter openings"),
        "past" => ("历届名单", "the earlier winners"),
        "photo" => ("合影页", "the pages of photographs"),
        other => (other, other),
    };
    lang.pick(zh, en)
}

fn block(name: &str, lang: Lang) -> String {
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
        other => return super::field_name(other, lang),
    };
    lang.pick(zh, en).to_owned()
}
