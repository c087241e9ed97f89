//! The stable codes with their messages and the way to mend each.

use super::{Lang, Severity};

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Group {
    Data,
    Facts,
    Source,
    Language,
    Fonts,
    Photos,
    Layout,
    SignOff,
    Policy,
    PrintJob,
    Template,
    Preflight,
    Tool,
}

impl Group {
    /// What people call it.
    pub fn name(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Data => ("资料", "data"),
            Self::Facts => ("出处与姓名", "facts and names"),
            Self::Source => ("与原稿核对", "comparison with the delivered text"),
            Self::Language => ("文字与标点", "language and marks"),
            Self::Fonts => ("字体", "fonts"),
            Self::Photos => ("照片", "photos"),
            Self::Layout => ("排版", "layout"),
            Self::SignOff => ("签字", "sign-off"),
            Self::Policy => ("checks 的写法", "entries of checks"),
            Self::PrintJob => ("印刷要求", "the print job"),
            Self::Template => ("版式", "the template"),
            Self::Preflight => ("印前检查", "preflight"),
            Self::Tool => ("程序", "the tool"),
        };
        lang.pick(zh, en)
    }
}

macro_rules! freedom {
    (adjustable) => {
        true
    };
    (fixed) => {
        false
    };
}

macro_rules! codes {
    ($($name:ident $id:literal $severity:ident $group:ident $freedom:ident $since:literal
        $zh:literal $zh_hint:literal
        $en:literal $en_hint:literal)*) => {
        /// A kind of finding. Codes are stable: never reused, never renumbered.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the messages below document them")]
        pub enum Code { $($name),* }

        impl Code {
            /// All codes.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// The code as people see it.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// How bad a finding of this kind is unless the project says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),* }
            }

            /// What it is about.
            pub fn group(self) -> Group {
                match self { $(Self::$name => Group::$group),* }
            }

            /// Whether a project may change the severity or allow a case: what
            /// is a matter of judgement, not of structure.
            pub fn adjustable(self) -> bool {
                match self { $(Self::$name => freedom!($freedom)),* }
            }

            /// The version that brought it.
            pub fn since(self) -> &'static str {
                match self { $(Self::$name => $since),* }
            }

            /// What is wrong, with holes for the values.
            pub fn message(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($zh, $en)),* }
            }

            /// How to mend it, with holes for the values.
            pub fn hint(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($zh_hint, $en_hint)),* }
            }
        }
    };
}

codes! {
    JsonSyntax "E0101" Error Data fixed "0.1.0"
        "JSON 写法有误：{problem}" "改好这一处再试；一个文件里后面的错误要改好这一处才查得到。"
        "not valid JSON: {problem}" "Mend this place; what follows in the file is checked after that."
    NotUtf8 "E0102" Error Data fixed "0.1.0"
        "文件不是 UTF-8 编码{problem}" "用记事本打开，另存为，编码选 UTF-8。"
        "the file is not UTF-8{problem}" "Save it as UTF-8."
    UnknownKey "E0103" Error Data fixed "0.1.0"
        "没有“{key}”这个字段" "{meant}这里可用的字段：{known}。"
        "there is no field \"{key}\"" "{meant}Known fields: {known}."
    MissingKey "E0104" Error Data fixed "0.1.0"
        "缺少{key}" "补上这一项。{example}"
        "{key} is missing" "Add it.{example}"
    WrongType "E0105" Error Data fixed "0.1.0"
        "这里应当是{expected}" "改成这种写法。{example}"
        "{expected} expected here" "Write it so.{example}"
    OutOfBounds "E0106" Error Data fixed "0.1.0"
        "{problem}" "{meant}改成这样的写法。{example}"
        "{problem}" "{meant}Write it within these bounds.{example}"
    DuplicateKey "E0107" Error Data fixed "0.1.0"
        "字段“{key}”写了两次" "留下一个。"
        "the field \"{key}\" stands twice" "Keep one."
    ControlCharacter "E0108" Error Data fixed "0.1.0"
        "文字里有换行、制表符等控制字符（U+{point}）" "删去；分段请另起一条，标题换行请另写一行。"
        "the text holds a control character (U+{point})" "Delete it; a new paragraph or headline line is a string of its own."
    FileUnreadable "E0109" Error Data fixed "0.2.0"
        "读不了 {file}：{problem}" "核对文件还在不在、能不能打开；照片太大就先缩小。"
        "{file} cannot be read: {problem}" "Check whether the file is there and can be opened."
    Unfit "E0110" Error Data fixed "0.2.0"
        "内容与要求的写法不合：{problem}" "改成这种写法；整数不带小数点，如 4。{example}"
        "the value does not fit: {problem}" "Write it otherwise; whole numbers have no decimal point, such as 4.{example}"
    UnknownProfile "E0111" Error Data fixed "0.1.0"
        "人物次序里的“{id}”没有对应的文件 data/profiles/{id}.json" "{meant}改成人物的文件名（不写 .json），或从 order 中删去。"
        "\"{id}\" in order has no file data/profiles/{id}.json" "{meant}Write the name of the file without .json, or take it out of order."
    RepeatedProfile "E0112" Error Data fixed "0.1.0"
        "order 里的“{id}”写了两次" "删去一个。"
        "\"{id}\" stands in order twice" "Take one out."
    UnusedProfile "W0113" Warning Data fixed "0.1.0"
        "order 里没有“{id}”，这位人物不会印出" "要印就写进 order，不印就移走文件。"
        "\"{id}\" is not in order and will not be printed" "Add it to order or move the file away."
    UnknownTemplate "E0114" Error Data fixed "0.1.0"
        "没有名为“{name}”的版式" "{meant}可用的版式：{known}。"
        "there is no template \"{name}\"" "{meant}Known templates: {known}."
    GroupStart "E0116" Error Data fixed "0.2.0"
        "章“{title}”从“{id}”开始，但{problem}" "first 写这一章第一位人物的文件名（不写 .json），各章照书里的次序排。"
        "the chapter “{title}” begins with \"{id}\", but {problem}" "Write in first the file name (without .json) of the person it begins with; chapters stand in the book's order."
    UnnamedFile "W0115" Warning Data fixed "0.2.0"
        "文件名“{file}”不是正常的文字，没有读它" "改一个文件名。"
        "the name of the file \"{file}\" is no text, so it was not read" "Give the file another name."
    QuoteNotInArticle "E0201" Error Facts adjustable "0.1.0"
        "引语不见于正文：“{text}”" "{meant}引语要照正文一字不差地抄；不要引语就删去 \"quote\"。"
        "the quote is not in the article: “{text}”" "{meant}Copy it from the article word for word, or drop quote."
    EvidenceNotInArticle "E0202" Error Facts adjustable "0.1.0"
        "出处不见于正文：“{text}”" "{meant}出处要照正文一字不差地抄。"
        "the evidence is not in the article: “{text}”" "{meant}Copy it from the article word for word."
    HonourNotInArticle "E0203" Error Facts adjustable "0.1.0"
        "荣誉不见于正文：“{text}”" "{meant}荣誉要照正文一字不差地抄；正文没有，就删去这一项。"
        "the honour is not in the article: “{text}”" "{meant}Copy it from the article word for word, or drop it."
    ValueNotInEvidence "E0204" Error Facts adjustable "0.1.0"
        "数字“{text}”不见于它的出处“{evidence}”" "数字连量词都要与出处相同。"
        "the value “{text}” is not in its evidence “{evidence}”" "Number and measure word must be those of the evidence."
    LabelNotInEvidence "E0205" Error Facts adjustable "0.1.0"
        "说明“{text}”里的“{char}”不见于出处“{evidence}”" "只用出处里有的字。"
        "“{char}” of the label “{text}” is not in the evidence “{evidence}”" "Use only characters of the evidence."
    NumberCut "E0206" Error Facts adjustable "0.1.0"
        "“{text}”截断了正文里的数字" "把数字抄全，连同前后的数字和小数点。"
        "“{text}” cuts a number of the article in two" "Copy the whole number, with all its digits."
    NameNotInArticle "E0207" Error Facts adjustable "0.1.0"
        "正文里没有出现本人的姓名“{text}”" "{meant}核对姓名有无误字；正文确实不提姓名，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "the article never names the person, “{text}”" "{meant}Check the name for a wrong character; if the article names nobody, add to checks in booklet.json, with the reason: {policy}"
    OtherName "E0208" Error Facts adjustable "0.1.0"
        "正文里出现了另一位人物的姓名“{text}”" "核对是否串了稿；确属正文内容，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "the article names another person of the book, “{text}”" "Check whether texts were mixed up; if it is right, add to checks in booklet.json, with the reason: {policy}"
    UnknownDistrict "E0209" Error Facts adjustable "0.1.0"
        "区名“{text}”不在 booklet.json 的 districts 之内" "核对区名；可用的有：{known}。"
        "the district “{text}” is not among districts in booklet.json" "Check it against: {known}."
    AlmostExactName "E0210" Error Facts adjustable "0.1.0"
        "“{text}”与“{name}”只差一字" "改成“{name}”；确系另一名称，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "“{text}” is one character off “{name}”" "Write “{name}”; if it is another name, add to checks in booklet.json, with the reason: {policy}"
    DiffersFromSource "E0211" Error Source adjustable "0.1.0"
        "与原稿不同：这里是“{here}”，原稿{where}是“{source}”" "照原稿改正；确属定稿改动，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "differs from the delivered text: “{here}” here, “{source}” in {where}" "Restore the delivered wording; if the change is meant, add to checks in booklet.json, with the reason: {policy}"
    SourceUnread "E0212" Error Source fixed "0.1.0"
        "读不到原稿 {file}：{problem}" "把客户交来的原稿存成纯文本（.txt），放到那里；没有原稿就删去 source。"
        "the delivered text {file} cannot be read: {problem}" "Put the customer's text there as plain text (.txt), or drop source if there is none."
    LacksSourceText "E0213" Error Source adjustable "0.2.0"
        "原稿{where}有“{shown}”，资料里没有{elsewhere}" "补上这些字；确实要删，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "{where} has “{shown}”, and the data lack it{elsewhere}" "Put it in; if it was taken out on purpose, add to checks in booklet.json, with the reason: {policy}"
    AddedToSource "E0214" Error Source adjustable "0.2.0"
        "原稿这里没有“{shown}”{elsewhere}" "删去这些字；确属定稿增补，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "the delivered text has no “{shown}” here{elsewhere}" "Take it out; if it was added on purpose, add to checks in booklet.json, with the reason: {policy}"
    MovedInSource "E0215" Error Source adjustable "0.2.0"
        "次序与原稿不同：“{shown}”在原稿{where}，{before}" "移回原来的位置；确属定稿调整，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "the order differs from the delivered text: “{shown}” is in {where}, {before}" "Move it back; if it was moved on purpose, add to checks in booklet.json, with the reason: {policy}"
    PersonNotInSource "E0216" Error Source adjustable "0.2.0"
        "原稿里找不到“{text}”的文字" "核对姓名，看原稿是否交齐；确实没有原稿，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "the delivered text has nothing of “{text}”" "Check the name and whether all texts were delivered; if there is none, add to checks in booklet.json, with the reason: {policy}"
    SourceUnclaimed "W0217" Warning Source adjustable "0.2.0"
        "原稿{where}的“{shown}”不属于书里任何人" "看看是否漏了一位人物或一段话；确实不用，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "“{shown}” in {where} of the delivered text belongs to nobody in the book" "See whether a person or a passage was left out; if not, add to checks in booklet.json, with the reason: {policy}"
    SameName "W0218" Warning Facts adjustable "0.2.0"
        "书里有两位“{text}”：{files}" "核对是否一个人的文件放了两份；确是同名的两位，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "two persons are called “{text}”: {files}" "Check whether one person's file is there twice; if they are two, add to checks in booklet.json, with the reason: {policy}"
    ToCome "W0219" Warning Facts fixed "0.2.0"
        "“{text}”是占位的字，会照样印出来" "在 data/booklet.json 里换成真正的书名、总题。"
        "“{text}” only holds a place and would be printed" "Put the real title and series line into data/booklet.json."
    ToldDifferently "W0221" Warning Facts adjustable "0.2.0"
        "“{text}”与别处的“{other}”数字不一样" "对照原始材料，改成一样；确实是两回事的，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "“{text}” has another number than “{other}”" "Make them agree by the sources; if they are two things, add to checks in booklet.json, with the reason: {policy}"
    NumberNotInArticle "W0222" Warning Facts adjustable "0.2.0"
        "标题里的“{text}”，正文里没有" "对照正文改正，或在正文里写明。"
        "“{text}” of the headline is not in the article" "Correct it by the article, or say it there."
    YearsDoNotFit "W0223" Warning Facts adjustable "0.2.0"
        "“{text}”与年份对不上：{why}" "对照原始材料改正；确实没错的，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "“{text}” does not fit the years: {why}" "Correct it by the sources; if it is right, add to checks in booklet.json, with the reason: {policy}"
    EditionDiffers "W0224" Warning Facts adjustable "0.2.0"
        "“{text}”与这本书对不上：{why}" "对照书名和人物名单改正；确实没错的，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "“{text}” does not fit this book: {why}" "Correct it by the title and the list of persons; if it is right, add to checks in booklet.json, with the reason: {policy}"
    NoGlyph "E0301" Error Fonts fixed "0.1.0"
        "所有内置字体都没有“{char}”（U+{point}）" "核对是否误字；确需此字，把有此字的字体放进项目的 fonts/，在 booklet.json 的 extra_fonts 里写明。"
        "no embedded font has “{char}” (U+{point})" "Check for a wrong character; if it is right, put a font that has it into the project's fonts/ and name both in extra_fonts in booklet.json."
    GlyphNotSet "E0302" Error Fonts fixed "0.1.0"
        "“{char}”（U+{point}）在这一栏所用的字体里没有" "核对是否误字；有此字的内置字体：{families}。确需此字，可在 booklet.json 的 extra_fonts 里指定字体。"
        "“{char}” (U+{point}) is missing from the font of this field" "Check the character; embedded fonts that have it: {families}. If it is right, give a font in extra_fonts in booklet.json."
    NameMixesFonts "E0303" Error Fonts fixed "0.1.0"
        "姓名“{text}”用了几种字体：{families}" "在 booklet.json 的 extra_fonts 里换一种收齐此名各字的字体。"
        "the name “{text}” is set in several fonts: {families}" "Give a font in extra_fonts that has all its characters."
    ExtraFontUnfit "E0304" Error Fonts fixed "0.1.0"
        "项目字体 {file} 不能用：{problem}" "换一份字体文件，或改正 extra_fonts。"
        "the project's font {file} cannot be used: {problem}" "Give another font file or correct extra_fonts."
    HalfWidthMark "E0311" Error Language adjustable "0.1.0"
        "汉字旁用了半角的“{text}”" "改成全角的“{right}”。"
        "half-width “{text}” beside Han" "Write “{right}”."
    StraightQuote "E0312" Error Language adjustable "0.1.0"
        "用了直引号 {text}" "改成“”或‘’。"
        "straight quote {text}" "Write “” or ‘’."
    Unbalanced "E0313" Error Language adjustable "0.1.0"
        "“{text}”没有配对，或套用的次序不对" "引号、书名号、括号要成对；双引号内用单引号。"
        "{text} has no partner or is wrongly nested" "Close what is opened; single quotes go inside double ones."
    DoubledMark "E0314" Error Language adjustable "0.1.0"
        "标点重复：“{text}”" "留下一个。"
        "doubled marks: “{text}”" "Keep one."
    WrongEllipsis "E0315" Error Language adjustable "0.1.0"
        "省略号写成了“{text}”" "省略号是六个点，占两格：……"
        "wrong ellipsis “{text}”" "The Chinese ellipsis is six dots on two squares: ……"
    WrongDash "E0316" Error Language adjustable "0.1.0"
        "破折号写成了“{text}”" "破折号占两格：——"
        "wrong dash “{text}”" "The Chinese dash takes two squares: ——"
    WrongMiddleDot "E0317" Error Language adjustable "0.1.0"
        "间隔号用了“{text}”（U+{point}）" "改成 ·（U+00B7）。"
        "wrong separator dot “{text}” (U+{point})" "Write · (U+00B7)."
    FullWidthCharacter "E0318" Error Language adjustable "0.1.0"
        "用了全角的“{text}”" "改成半角的“{right}”。"
        "full-width “{text}”" "Write “{right}”."
    StraySpace "E0319" Error Language adjustable "0.1.0"
        "多余的空格（U+{point}）：“{text}”" "删去，改成“{right}”；汉字之间、全角标点旁边都不空格。"
        "stray space (U+{point}): “{text}”" "Delete it, which gives “{right}”: no spaces between Han or beside full-width marks."
    Invisible "E0320" Error Language adjustable "0.1.0"
        "有看不见或不可用的字符 U+{point}" "{mend}"
        "invisible or unusable character U+{point}" "{mend}"
    Radical "E0321" Error Language adjustable "0.1.0"
        "“{text}”（U+{point}）是部首符号，不是汉字" "改成汉字“{right}”。"
        "“{text}” (U+{point}) is a radical, not a character" "Write “{right}”."
    Compatibility "E0322" Error Language adjustable "0.1.0"
        "“{text}”（U+{point}）是兼容字形" "改成通行的“{right}”。"
        "“{text}” (U+{point}) is a compatibility form" "Write “{right}”."
    NotStandard "E0323" Error Language adjustable "0.1.0"
        "“{text}”（U+{point}）不在通用规范汉字表之内" "{mend}核对是否误字、繁体或异体；确需此字，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "“{text}” (U+{point}) is not in the Table of General Standard Chinese Characters" "{mend}Check for a wrong, traditional or variant form; if it is right, add to checks in booklet.json, with the reason: {policy}"
    NoFullStop "E0324" Error Language adjustable "0.1.0"
        "这一段末尾没有句号：“{text}”" "核对末尾是否漏了字；补上句号。"
        "the paragraph has no full stop: “{text}”" "Check whether its end is missing; add the stop."
    Repeated "W0331" Warning Language adjustable "0.1.0"
        "“{text}”重复" "核对是否多打了字。"
        "“{text}” is repeated" "Check for a slip."
    MixedNumerals "W0332" Warning Language adjustable "0.1.0"
        "“{text}”用了汉字数字，全书同类数量用阿拉伯数字" "全书统一（GB/T 15835）。"
        "“{text}” has a number in Han, while the book writes such amounts in digits" "Use one way throughout (GB/T 15835)."
    ShortYear "W0333" Warning Language adjustable "0.1.0"
        "年份“{text}”缩写成两位" "写全四位。"
        "the year in “{text}” is cut to two digits" "Write all four."
    HyphenRange "W0334" Warning Language adjustable "0.1.0"
        "数字范围“{text}”用了连字符" "改用浪纹号：～。"
        "the range “{text}” has a hyphen" "Write ～ between the numbers."
    ApproximateDigits "W0335" Warning Language adjustable "0.1.0"
        "概数“{text}”用了阿拉伯数字" "概数用汉字，如“三四个”（GB/T 15835 4.2）。"
        "the approximate number “{text}” is in digits" "Write it in Han, as in 三四个 (GB/T 15835, 4.2)."
    HeadlineMark "W0336" Warning Language adjustable "0.1.0"
        "标题末尾有“{text}”" "标题末尾不用句号、逗号、分号等。"
        "the headline line ends in “{text}”" "Headlines end without stops."
    EllipsisAndEtc "W0337" Warning Language adjustable "0.1.0"
        "“{text}”：省略号与“等”只用一个" "删去其一。"
        "“{text}”: an ellipsis and 等 say the same" "Keep one."
    SharedSentence "W0338" Warning Language adjustable "0.1.0"
        "与{other}的正文有 {count} 句几乎相同，如“{text}”" "核对是否串了稿。"
        "shares {count} nearly identical sentences with {other}, such as “{text}”" "Check whether texts were mixed up."
    ClosesNothing "W0339" Warning Language adjustable "0.2.0"
        "这一段以“{text}”结束，没有开始的引号" "补上开始的引号；接着前几段的引文的，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "the paragraph ends with {text} and no quotation begins" "Put the mark that opens it; if it ends a quotation of paragraphs before, add to checks in booklet.json, with the reason: {policy}"
    WrongWord "W0341" Warning Language adjustable "0.2.0"
        "“{text}”多半是“{right}”" "改成“{right}”；确实没错的，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "“{text}” is probably “{right}”" "Write “{right}”; if it is right, add to checks in booklet.json, with the reason: {policy}"
    WrongForm "W0342" Warning Language adjustable "0.2.0"
        "“{text}”：{why}" "{mend}确实没错的，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "“{text}”: {why}" "{mend}If it is right, add to checks in booklet.json, with the reason: {policy}"
    ImpossibleDate "E0343" Error Language adjustable "0.2.0"
        "没有“{text}”这个时间：{why}" "对照原始材料改正。"
        "there is no “{text}”: {why}" "Correct it by the sources."
    NearName "W0344" Warning Language adjustable "0.2.0"
        "“{text}”与“{right}”差一个字" "改成“{right}”；确实没错的，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "“{text}” is one character off “{right}”" "Write “{right}”; if it is right, add to checks in booklet.json, with the reason: {policy}"
    WrongPlace "W0345" Warning Language adjustable "0.2.0"
        "“{text}”不对：{why}" "改成“{right}”；确实没错的，在 booklet.json 的 checks 里加一条，写明理由：{policy}"
        "“{text}” is wrong: {why}" "Write “{right}”; if it is right, add to checks in booklet.json, with the reason: {policy}"
    PhotoMissing "E0401" Error Photos fixed "0.1.0"
        "找不到照片 data/{file}" "{meant}把照片放到那里，或改正文件名；路径里用 /，不用 \\。"
        "the photo data/{file} is not there" "{meant}Put the photo there or correct its name; paths have /, not \\."
    PhotoOutside "E0402" Error Photos fixed "0.1.0"
        "照片路径“{file}”不在 data/ 之内" "照片放进 data/photos/，路径写成 photos/文件名。"
        "the photo path \"{file}\" leads out of data/" "Put it into data/photos/ and write photos/NAME."
    PhotoUnreadable "E0403" Error Photos fixed "0.1.0"
        "照片 data/{file} 打不开：{problem}" "请换一份完整的 JPEG 或 PNG。"
        "the photo data/{file} cannot be read: {problem}" "Give a whole JPEG or PNG."
    PhotoUnused "W0404" Warning Photos adjustable "0.1.0"
        "照片 data/photos/{file} 没有人用" "写进人物文件的 photo，或移走。"
        "nobody uses the photo data/photos/{file}" "Name it in a profile's photo or move it away."
    SignedSpreadChanged "E0601" Error SignOff fixed "0.1.0"
        "{round}（{by}，{on}）签过之后改了：{causes}" "看过改动（fengcai diff 或 watch）再用 fengcai approve 重签；没有重签，付印文件不生成，屏幕版上注明“待签”。"
        "changed since the {round} was signed ({by}, {on}): {causes}" "Look at the change (fengcai diff or watch), then sign anew with `fengcai approve`; until then no press files are made and the screen edition says 待签."
    SignaturesUnreadable "E0602" Error SignOff fixed "0.1.0"
        "签名文件读不懂：{problem}" "从版本库取回原来的文件，或删去它再用 fengcai approve 重签。"
        "the file of signatures cannot be understood: {problem}" "Restore it from version control, or delete it and sign anew with `fengcai approve`."
    SignedPersonGone "W0603" Warning SignOff fixed "0.1.0"
        "“{id}”签过字，但书里已没有这位人物" "确已撤下，就删去 data/approvals/{id}.json；文件改了名，就把它一同改名。"
        "\"{id}\" is signed off but no longer in the book" "If it was withdrawn, delete data/approvals/{id}.json; if the profile was renamed, rename it too."
    RoundSkipped "W0604" Warning SignOff fixed "0.2.0"
        "签了{round}，没有签{earlier}" "补签：fengcai approve 姓名 --by 签名人 --round N；签错了用 --withdraw 收回。"
        "the {round} is signed and the {earlier} is not" "Sign it with `fengcai approve NAME --by WHO --round N`, or take the wrong one back with --withdraw."
    SignaturesOutdated "W0605" Warning SignOff fixed "0.2.0"
        "{names}：签字是旧版程序记的，不能与现在的版面比对，不再算数" "看过版面，用 fengcai approve 重签一次。"
        "{names}: signed with an earlier version of the tool, which cannot be compared with what is laid out now; these signatures no longer count" "Look at the pages and sign them once more with `fengcai approve`."
    Overflow "E0501" Error Layout fixed "0.1.0"
        "{block}超出 {lines} 行，约删 {chars} 字" "{advice}"
        "{block} is {lines} lines too long: cut about {chars} characters" "{advice}"
    TooWide "E0502" Error Layout fixed "0.1.0"
        "{block}太长，多出约 {chars} 字：“{shown}”" "{advice}"
        "{block} is about {chars} characters too long: “{shown}”" "{advice}"
    NotASpread "E0503" Error Layout fixed "0.1.0"
        "这位人物占了第 {pages} 页，应当占{wanted}" "这是版式的问题：每页的标签要写 page:种类:人物，页数和起始页与 template.json 的 pages_per_person、starts 相符。"
        "the person stands on pages {pages} instead of {wanted}" "The template is wrong: label pages page:KIND:PERSON, and let their number and start be those of pages_per_person and starts in template.json."
    PageMultiple "E0505" Error Layout fixed "0.1.0"
        "全书 {pages} 页，不是 {multiple} 的倍数" "这是版式的问题，请检查 templates。"
        "the book has {pages} pages, no multiple of {multiple}" "The template is wrong; check templates/."
    OutsideSlots "E0506" Error Layout fixed "0.1.0"
        "文字“{text}”超出版面或离裁切边不足 {mm} 毫米" "缩短文字；若版式有改动，请检查 templates。"
        "the text “{text}” leaves the page or comes within {mm} mm of the trim" "Shorten it; check templates/ if they were changed."
    TrimNotDrawn "E0507" Error Layout fixed "0.2.0"
        "版式“{template}”没有为 {trim} 毫米设计过" "把 data/press.json 的 trim 改成它能用的尺寸：{sizes} 毫米；或换一种版式。"
        "the template “{template}” was not drawn for {trim} mm" "Change trim in data/press.json to what it is drawn for: {sizes} mm; or use another template."
    LineBan "E0511" Error Layout fixed "0.1.0"
        "行首或行末有不该在那里的标点：“{text}”" "改动几个字可避开。"
        "a mark that may not start or end a line: “{text}”" "Change a few characters."
    NameBroken "E0512" Error Layout fixed "0.1.0"
        "姓名“{text}”被拆在两行" "请告诉制作人员；姓名不该拆行。"
        "the name “{text}” is parted by a line break" "Report this; names are kept together."
    PhraseBroken "W0513" Warning Layout adjustable "0.1.0"
        "不该拆的词语被拆在两行：“{text}”" "改动几个字可避开。"
        "a phrase is parted by a line break: “{text}”" "A small change of wording avoids it."
    OffGrid "E0514" Error Layout fixed "0.1.0"
        "正文的行距不一致，从“{text}”起" "这是版式的问题，请检查 templates。"
        "the baselines of the article leave the grid, from “{text}”" "The template is wrong; check templates/."
    ShortLastLine "W0515" Warning Layout adjustable "0.1.0"
        "末行太短：“{text}”" "改动几个字，使末行多于一字。"
        "a last line is too short: “{text}”" "Change a few characters."
    NarrowMark "W0516" Warning Layout adjustable "0.1.0"
        "行内标点被挤窄：“{text}”" "改动几个字可避开；也可以不改。"
        "a mark within a line is squeezed: “{text}”" "A small change of wording avoids it; it may also stay."
    LooseLine "W0517" Warning Layout adjustable "0.1.0"
        "这一行字距过松：“{text}”" "改动几个字可避开，常见于夹有长串字母或数字。"
        "the characters of a line stand too far apart: “{text}”" "A small change of wording avoids it; long Latin words cause it."
    UnevenHeadline "W0518" Warning Layout adjustable "0.1.0"
        "标题各行长短悬殊：“{text}”" "换一处断行。"
        "the headline's lines are uneven: “{text}”" "Break it elsewhere."
    NotOnPaper "E0521" Error Layout fixed "0.2.0"
        "{block}没有全部印出来，缺“{shown}”" "这是版式的问题：版式漏了这一栏。请检查 templates，或用 fengcai template diff 看它改了什么。"
        "{block} is not all on paper: “{shown}” is missing" "The template leaves it out; check templates/, or see with `fengcai template diff` what was changed."
    PrintedOtherwise "E0522" Error Layout fixed "0.2.0"
        "{block}印出来的与资料不同：资料是“{want}”，纸上是“{here}”" "这是版式的问题：版式改动或错放了文字。请检查 templates，或用 fengcai template diff 看它改了什么。"
        "{block} stands otherwise on paper: “{want}” in the data, “{here}” on paper" "The template changes or misplaces it; check templates/, or see with `fengcai template diff` what was changed."
    PrintedAgain "E0523" Error Layout fixed "0.2.0"
        "{block}多印了：“{shown}”" "这是版式的问题：同一栏印了不止一次。请检查 templates，或在 template.json 的 fields 里写明印几次。"
        "{block} is printed more often than the contract says: “{shown}”" "Check templates/, or say in fields of template.json how often it stands there."
    Unreadable "E0524" Error Layout fixed "0.2.0"
        "{block}印了却看不见：“{shown}”{why}" "这是版式的问题，请检查 templates 里的颜色、字号和位置。"
        "{block} is printed but cannot be seen: “{shown}” {why}" "Check colours, sizes and places in templates/."
    OnOthersPage "E0525" Error Layout fixed "0.2.0"
        "{block}印到了{whose}的页上：“{shown}”" "这是版式的问题，请检查 templates。"
        "{block} stands on a page of {whose}: “{shown}”" "Check templates/."
    WrongFolio "E0526" Error Layout fixed "0.2.0"
        "这一页印的页码是 {shown}，应当是 {number}" "版式的页码要用 common/base.typ 的 folio，它问的是排好的版面。"
        "the page number here is {shown} and should be {number}" "Use folio of common/base.typ, which asks the layout."
    WrongEntry "E0527" Error Layout fixed "0.2.0"
        "目录里的页码{shown}不对，这位人物在第 {number} 页" "版式的目录要用 common/base.typ 的 page-of，它问的是排好的版面；链接指向 page: 标签。"
        "the contents lead to {shown}, and the person stands on page {number}" "Use page-of of common/base.typ, which asks the layout; links lead to page: labels."
    OthersName "E0528" Error Layout fixed "0.2.0"
        "这一页上印了另一位人物的姓名“{text}”" "这是版式的问题，请检查 templates。"
        "the page bears the name of another person, “{text}”" "Check templates/."
    OutOfOrder "E0530" Error Layout fixed "0.2.0"
        "{block}的字次序乱了，读起来不是“{shown}”" "这是版式的问题：文字要从左到右、从上到下排。请检查 templates。"
        "{block} stands in another order on paper and does not read “{shown}”" "Set it from left to right and down; check templates/."
    NotPrinted "W0529" Warning Layout adjustable "0.2.0"
        "版式“{template}”不印{block}，资料里写了也不会出现在纸上" "换一种印这一栏的版式；本来就不该印，在 template.json 的 omits 里写上它，或删去这一栏。"
        "the template “{template}” does not print {block}, so what the data say will not be on paper" "Use a template that prints it; where it is left out on purpose, name it in omits of template.json, or drop it."
    PolicyCode "E0121" Error Policy fixed "0.1.0"
        "checks 里的“{code}”不能调整，或没有这个代码" "改成出现在检查结果里的代码；能不能调整，fengcai explain 加代码会说。"
        "\"{code}\" in checks is unknown or cannot be changed" "Give the code of the finding that is meant; `fengcai explain CODE` tells whether it can be changed."
    PolicyUnused "W0122" Warning Policy fixed "0.1.0"
        "checks 里的这一条没有用上" "情况已不存在，删去这一条。"
        "this entry of checks matches nothing" "The case is gone; take the entry out."
    PolicyPerson "E0123" Error Policy fixed "0.2.0"
        "checks 里的人物“{id}”不在书里" "{meant}写人物文件的名字，不写 .json；不限哪位人物，就删去 person。"
        "there is no person \"{id}\", whom checks names" "{meant}Write the name of the file without .json; drop person to mean everybody."
    PolicyReason "E0124" Error Policy fixed "0.2.0"
        "checks 里的这一条还没有写理由" "把“这里写理由”换成真正的理由，如“局里定稿时改的”。"
        "this entry of checks has no reason yet" "Write the reason in its place, such as \"changed in the final version\"."
    CaliperMissing "E0131" Error PrintJob fixed "0.1.0"
        "胶装要有书脊，缺内文纸张的厚度" "问印刷厂要一张内文纸的厚度，写进 data/press.json 的 paper.caliper（毫米）。"
        "perfect binding needs a spine, and the thickness of the paper is missing" "Ask the print shop for the thickness of a leaf and write it as paper.caliper (mm) in data/press.json."
    CaliperEstimated "W0132" Warning PrintJob fixed "0.1.0"
        "书脊按克重估算，每张纸约厚 {caliper} 毫米" "付印前问印刷厂要准确厚度，写进 paper.caliper。"
        "the spine is estimated from the paper's weight, {caliper} mm a leaf" "Ask the print shop for the thickness and write it as paper.caliper."
    ProfileUnfit "E0133" Error PrintJob fixed "0.1.0"
        "ICC 文件 {file} 不能用：{problem}" "向印刷厂要 CMYK 输出特性文件，或删去 condition.icc 用内置的 FOGRA39。"
        "the profile {file} cannot be used: {problem}" "Ask the print shop for a CMYK output profile, or drop condition.icc for the embedded FOGRA39."
    OtherCondition "W0134" Warning PrintJob fixed "0.2.0"
        "印刷条件写的是 {id}，文件里嵌入的却是内置的 FOGRA39 特性文件" "向印刷厂要 {id} 的 ICC 文件，放进 data/，写进 condition.icc；或删去 condition。"
        "the printing condition is named {id}, while the embedded profile is that of FOGRA39" "Ask the print shop for the profile of {id}, put it into data/ and name it as condition.icc; or drop condition."
    OwnTable "E0135" Error Data fixed "0.2.0"
        "表 {file} 读不了：{problem}" "每条一行：words.txt 是“错的、对的、包含它而不算错的词（可不写）”，names.txt 是全称，districts.txt 是“市、区、街道（用空格隔开）”；# 开头的行是说明。"
        "the table {file} cannot be read: {problem}" "An entry a line: words.txt has the wrong word, the right one and longer words in which the first is right (optional); names.txt the name in full; districts.txt city, district, and its streets with spaces between; lines with # are remarks."
    PhotoCoarse "W0405" Warning Photos adjustable "0.1.0"
        "照片 {ppi} ppi，至少需 {width} × {height} 像素" "请换一份更大的原图；勉强可印，会略显模糊。"
        "the photo has {ppi} ppi; {width} × {height} pixels are wanted" "Ask for a larger original; it prints, but soft."
    PhotoTooCoarse "E0406" Error Photos fixed "0.1.0"
        "照片 {ppi} ppi，印出来会糊；至少需 {width} × {height} 像素" "请换一份更大的原图。"
        "the photo has {ppi} ppi and would print blurred; {width} × {height} pixels are needed" "Ask for a larger original."
    PhotoColours "W0410" Warning Photos adjustable "0.2.0"
        "照片 data/{file} 说自己的颜色不是 sRGB，却没有带 ICC 文件，只能按 sRGB 印，颜色可能偏淡" "在修图软件里打开，指定原来的色彩空间（多为 Adobe RGB），嵌入 ICC 后另存；确认按 sRGB 没有问题，就在 checks 里写明理由。"
        "the photo data/{file} says that its colours are not sRGB, and brings no profile; it is printed as sRGB and may come out dull" "Open it in an image program, assign the space it was made in (mostly Adobe RGB) and save it with its profile; if sRGB is right, allow it in checks with a reason."
    PhotoSidesCut "W0411" Warning Photos adjustable "0.2.0"
        "照片 data/{file} 左右要裁去 {part}%，却没有写明面部在哪里" "看一眼版面，用 focus 写明面部的位置（横、竖，0 到 1），或换一张竖的；看过没有问题，就在 checks 里写明理由。"
        "{part}% of the width of the photo data/{file} is cut, and nothing says where the face is" "Look at the page and say with focus where the face is (across and down, 0 to 1), or use an upright photo; if it is right as it is, allow it in checks with a reason."
    PhotoSeeThrough "W0412" Warning Photos adjustable "0.2.0"
        "照片 data/{file} 有透明的部分，印出来露出版面的底色" "用修图软件把底填实再存；就要露底色，就在 checks 里写明理由。"
        "the photo data/{file} is see-through in parts, where the ground of the page will show" "Fill its ground in an image program and save it again; if the ground is to show, allow it in checks with a reason."
    PictureReencoded "E0409" Error Template fixed "0.2.0"
        "有图片没能写进印刷文件" "把版式里的图片换成普通的 JPEG 或 PNG；人物照片重新保存一次。"
        "a picture did not get into the press file" "Give the template's pictures as plain JPEG or PNG; save portraits anew."
    PictureGround "E0408" Error Template fixed "0.1.0"
        "图片带透明，底下又不是一块单色，透明处会盖住下面的东西" "把图片改成不透明的，或放在一块单色上。"
        "a picture is see-through, but what lies under it is not one colour and would be covered" "Make the picture opaque, or put it on one colour."
    FaceNearTrim "W0407" Warning Photos adjustable "0.1.0"
        "照片的 focus 离裁切边只有 {mm} 毫米，面部可能被裁掉" "改 focus，或换一份四周留有余地的照片。"
        "the photo's focus is {mm} mm from the trim; the face may be cut" "Change focus or use a photo with more room around the face."
    ConvertedColour "W0601" Warning Template fixed "0.1.0"
        "版式里的颜色 {from} 不是油墨色，已换成 {to}" "在 templates 里改用 cmyk()。"
        "the template's colour {from} is no ink; it was converted to {to}" "Use cmyk() in templates/."
    OtherKind "E0700" Error Preflight fixed "0.2.0"
        "看样子这是{what}，不是一页一页的内文" "{what_to_do}下面各条多半由此而来。"
        "this looks like {what}, not like single pages" "{what_to_do}What follows mostly comes of that."
    ScreenEdition "E0701" Error Preflight fixed "0.2.0"
        "这是给屏幕看的版本（PDF/A、PDF/UA），不是付印文件" "付印用 booklet-press.pdf 和 cover-press.pdf；下面各条都由此而来。"
        "this is an edition for screens (PDF/A, PDF/UA), no file for the press" "Send booklet-press.pdf and cover-press.pdf; what follows comes of that."
    PdfEncrypted "E0702" Error Preflight fixed "0.1.0"
        "PDF 加了密" "去掉密码或权限限制，重新导出。"
        "the PDF is encrypted" "Export it without password and permissions."
    PdfVersion "E0703" Error Preflight fixed "0.1.0"
        "PDF 版本是 {version}，PDF/X-4 是 1.6" "按 PDF/X-4 重新导出。"
        "the PDF's version is {version}, that of PDF/X-4 is 1.6" "Export as PDF/X-4."
    PdfId "E0704" Error Preflight fixed "0.1.0"
        "缺少文件标识 /ID" "按 PDF/X-4 重新导出。"
        "the file identifier /ID is missing" "Export as PDF/X-4."
    PdfMetadata "E0705" Error Preflight fixed "0.1.0"
        "文件属性不合 PDF/X-4：{problem}" "按 PDF/X-4 重新导出。"
        "the document's metadata are not those of PDF/X-4: {problem}" "Export as PDF/X-4."
    PdfxVersion "E0706" Error Preflight fixed "0.1.0"
        "没有标明是 PDF/X-4：{problem}" "按 PDF/X-4 重新导出。"
        "the file does not say that it is PDF/X-4: {problem}" "Export as PDF/X-4."
    PdfTrapped "E0707" Error Preflight fixed "0.1.0"
        "没有说明是否做过陷印（Trapped）" "按 PDF/X-4 重新导出。"
        "the file does not say whether it is trapped" "Export as PDF/X-4."
    OutputIntent "E0708" Error Preflight fixed "0.1.0"
        "输出意图不合要求：{problem}" "按 PDF/X-4 导出，并选印刷厂的 CMYK 特性文件。"
        "the output intent is wrong: {problem}" "Export as PDF/X-4 with the print shop's CMYK profile."
    PageBoxes "E0709" Error Preflight fixed "0.1.0"
        "页面框不合要求：{problem}" "每页写明 MediaBox ⊇ BleedBox ⊇ TrimBox。"
        "the page boxes are wrong: {problem}" "Give every page MediaBox ⊇ BleedBox ⊇ TrimBox."
    TrimSize "E0710" Error Preflight fixed "0.1.0"
        "成品尺寸 {size} 毫米，应为 {wanted} 毫米" "核对 data/press.json 的 trim，或重新导出。"
        "the trim is {size} mm instead of {wanted} mm" "Check trim in data/press.json or export anew."
    PageRotated "E0711" Error Preflight fixed "0.1.0"
        "页面带有 {key}" "去掉旋转和缩放单位，重新导出。"
        "the page has {key}" "Export without rotation or user unit."
    BleedMissing "E0712" Error Preflight fixed "0.1.0"
        "{edge}出血不足：{problem}" "把贴边的底色、照片伸出裁切边至少 {wanted} 毫米。"
        "not enough bleed at the {edge}: {problem}" "Let what touches the edge reach {wanted} mm beyond the trim."
    EmptyPage "W0713" Warning Preflight fixed "0.1.0"
        "空白页" "确要空白就不必管；否则核对是否漏了内容。"
        "the page is empty" "Nothing to do if it is meant; else look for what is missing."
    PageCount "E0714" Error Preflight fixed "0.1.0"
        "共 {pages} 页，应是 {multiple} 的倍数" "补足或删减页数，或改 data/press.json 的 page_multiple。"
        "there are {pages} pages, no multiple of {multiple}" "Add or remove pages, or change page_multiple in data/press.json."
    FontNotEmbedded "E0715" Error Preflight fixed "0.1.0"
        "字体 {font} 没有嵌入" "嵌入全部字体，重新导出。"
        "the font {font} is not embedded" "Export with all fonts embedded."
    ForeignColour "E0716" Error Preflight fixed "0.1.0"
        "用了 {space} 颜色（{what}）" "换成 CMYK。"
        "{space} colour is used ({what})" "Convert it to CMYK."
    SpotColour "E0717" Error Preflight fixed "0.1.0"
        "用了没有说明的专色“{name}”" "换成 CMYK；确要专色，写进 data/press.json 的 spots。"
        "the spot colour \"{name}\" is not declared" "Convert it to CMYK, or declare it in spots in data/press.json."
    GroupSpace "E0718" Error Preflight fixed "0.1.0"
        "透明组的颜色空间是{space}，不是 DeviceCMYK" "把透明混合空间设为 CMYK，重新导出。"
        "a transparency group's colour space is {space} instead of DeviceCMYK" "Export with CMYK as the blending space."
    Interactive "E0719" Error Preflight fixed "0.1.0"
        "有{what}" "印刷文件里去掉它，重新导出。"
        "the file has {what}" "Export without it."
    NotAllowed "E0720" Error Preflight fixed "0.1.0"
        "用了 PDF/X-4 不许用的{what}" "按 PDF/X-4 重新导出。"
        "{what} is not allowed in PDF/X-4" "Export as PDF/X-4."
    BlackTextKnocksOut "E0721" Error Preflight fixed "0.1.0"
        "{size} 点的黑字“{text}”没有叠印" "小于 {limit} 点的纯黑文字设为叠印（OPM 1）。"
        "black text of {size} pt, “{text}”, does not overprint" "Let pure black text under {limit} pt overprint with OPM 1."
    BlackRuleKnocksOut "E0722" Error Preflight fixed "0.1.0"
        "{width} 点的黑线没有叠印" "细于 {limit} 点的纯黑线条设为叠印（OPM 1）。"
        "a black rule of {width} pt does not overprint" "Let pure black rules under {limit} pt overprint with OPM 1."
    GrayBlack "E0723" Error Preflight fixed "0.1.0"
        "黑色用了灰度空间：{what}" "写成 CMYK 的 0 0 0 1。"
        "black is in a gray space: {what}" "Write it as 0 0 0 1 in CMYK."
    WhiteOverprints "E0724" Error Preflight fixed "0.1.0"
        "白色设了叠印，印不出来：{what}" "白色去掉叠印。"
        "white overprints and vanishes: {what}" "Turn overprint off for white."
    RichBlackText "W0725" Warning Preflight fixed "0.1.0"
        "文字“{text}”用了四色黑，总墨量 {ink}%" "文字改用纯黑 0 0 0 100。"
        "text “{text}” is in rich black of {ink} % ink" "Use pure black, 0 0 0 100, for text."
    SmallMultiInk "W0726" Warning Preflight fixed "0.1.0"
        "{size} 点的小字“{text}”用了 {inks} 种油墨" "小于 8 点的文字只用一种油墨。"
        "small text of {size} pt, “{text}”, is made of {inks} inks" "Use one ink for text under 8 pt."
    Hairline "W0727" Warning Preflight fixed "0.1.0"
        "线条只有 {width} 点粗" "至少 0.25 点。"
        "a line is only {width} pt wide" "Make it 0.25 pt at least."
    InkOverLimit "W0728" Warning Preflight fixed "0.1.0"
        "{where}总墨量 {ink}%，目标不超过 {limit}%" "减少底色或照片暗部的油墨。"
        "total ink is {ink} % {where}; the target is {limit} %" "Take ink out of tints and shadows."
    InkOverError "E0729" Error Preflight fixed "0.1.0"
        "{where}总墨量 {ink}%，超过 {limit}%" "减少底色或照片暗部的油墨。"
        "total ink is {ink} % {where}, over {limit} %" "Take ink out of tints and shadows."
    CoarsePicture "W0730" Warning Preflight fixed "0.1.0"
        "照片 {ppi} ppi，宜有 {wanted} ppi" "请换一份更大的原图。"
        "a picture has {ppi} ppi; {wanted} are wanted" "Ask for a larger original."
    TooCoarsePicture "E0731" Error Preflight fixed "0.1.0"
        "照片 {ppi} ppi，至少需 {wanted} ppi" "请换一份更大的原图。"
        "a picture has {ppi} ppi; {wanted} are needed" "Ask for a larger original."
    OutsideSafety "E0734" Error Preflight fixed "0.1.0"
        "文字“{text}”离裁切边只有 {mm} 毫米" "移进裁切边内 {wanted} 毫米。"
        "the text “{text}” is {mm} mm from the trim" "Move it {wanted} mm inside."
    BrokenContent "E0735" Error Preflight fixed "0.1.0"
        "页面内容有损坏：{problem}" "重新导出；不要交付这个文件。"
        "the page's content is damaged: {problem}" "Export anew; do not deliver this file."
    RegistrationColour "E0736" Error Preflight fixed "0.2.0"
        "成品里用了套准色（All），会印在每一块版上" "套准色只用于裁切线之外的标记；成品里换成 CMYK 黑。"
        "registration colour (All) is used inside the trim and prints on every plate" "Keep it for marks outside the trim; use CMYK black inside."
    Courier "W0737" Warning Preflight fixed "0.2.0"
        "用了字体 {font}，多半是缺字体时被替换上去的" "核对原稿；确要 Courier 就不必管。"
        "the font {font} is used, which mostly stands in for one that was missing" "Compare with the original; nothing to do if Courier is meant."
    ColourOverprints "W0738" Warning Preflight fixed "0.2.0"
        "彩色设了叠印，会和底下的颜色混在一起：{what}" "只让黑色叠印；确要混色就不必管。"
        "a colour overprints and mixes with what is below: {what}" "Let black alone overprint; nothing to do if the mix is meant."
    SmallReversed "W0739" Warning Preflight fixed "0.2.0"
        "{size} 点的反白小字“{text}”压在 {inks} 种油墨上，容易糊" "用大一点的字，或压在单色上。"
        "small white text of {size} pt, “{text}”, stands in {inks} inks and fills up" "Set it larger, or on one ink."
    TinyText "W0740" Warning Preflight fixed "0.2.0"
        "文字“{text}”只有 {size} 点，看不清" "至少 5 点。"
        "the text “{text}” of {size} pt is too small to be read" "Make it 5 pt at least."
    CoarseMask "W0741" Warning Preflight fixed "0.2.0"
        "图片的透明蒙版只有 {ppi} ppi，边缘会有台阶" "重新导出，蒙版至少 {wanted} ppi。"
        "a picture's soft mask has {ppi} ppi; its edge shows steps" "Export the mask with {wanted} ppi at least."
    BleedNick "W0742" Warning Preflight fixed "0.2.0"
        "{edge}有一小处出血不足：{problem}" "把贴边的线、图形伸出裁切边至少 {wanted} 毫米。"
        "a small part has not enough bleed at the {edge}: {problem}" "Let what touches the edge reach {wanted} mm beyond the trim."
    WhiteVanishes "W0743" Warning Preflight fixed "0.2.0"
        "白色用了会变暗的混合模式，印不出来：{what}" "白色改用正常混合模式。"
        "white is blended by a mode that only darkens, and vanishes: {what}" "Blend white normally."
    UnknownIntent "W0744" Warning Preflight fixed "0.2.0"
        "不认识的呈现意图 {name}" "按 PDF/X-4 重新导出。"
        "the rendering intent {name} is none that there is" "Export as PDF/X-4."
    MissingGlyph "W0745" Warning Preflight fixed "0.2.0"
        "文字“{text}”里有字体没有的字，印出来是空框" "换一种有这个字的字体，重新导出。"
        "the text “{text}” has a character that its font lacks; a box is printed" "Use a font that has it, and export anew."
    NotJudged "E0746" Error Preflight fixed "0.2.0"
        "没有查：{what}" "没有查过的不能算合格；请简化这一页重新导出，或让印刷厂用别的工具查。"
        "not judged: {what}" "What was not judged is not sound; simplify the page and export anew, or let the print shop judge it by other means."
    TemplateBudget "E0903" Error Template fixed "0.2.0"
        "版式要的东西太多：{problem}" "检查版式里的页面尺寸、循环和页数。"
        "the template asks for too much: {problem}" "Check page sizes, loops and the number of pages in the template."
    InternalError "E0990" Error Tool fixed "0.2.0"
        "程序内部出错，这一次没有结果：{problem}" "资料没有动。请把这一句连同 {tool} 和资料 {revision} 告诉制作人员；改动一下资料再试，往往能绕过去。"
        "a bug in fengcai, and nothing came of this run: {problem}" "The data are untouched. Report this line with {tool} and data {revision}; a small change of the data often avoids it."
    TemplateContract "E0904" Error Template fixed "0.2.0"
        "版式的约定 template.json 有误：{problem}" "写法见 README 的 Templates 一节；fengcai eject 导出的书里有一份可照着改。"
        "the template's contract, template.json, is wrong: {problem}" "README, Templates, says what each key means; an ejected book has one to go by."
    UnknownFamily "E0905" Error Template fixed "0.2.0"
        "没有“{family}”这种字体，用它排的字会全部消失" "{meant}可用的字体：{families}；要用别的，把字体文件放进版式的 fonts 文件夹。"
        "there is no font family \"{family}\"; all text set in it would vanish" "{meant}Families that are there: {families}; put font files for others into fonts/ of the template."
    UnreachedFile "E0906" Error Template fixed "0.2.0"
        "版式里的 {file} 没有用上" "{meant}改正文件名的大小写或引用它的地方；不用就移走。"
        "nothing uses the template's file {file}" "{meant}Correct its name, or where it is imported, or move it away."
    TemplateSays "E0907" Error Template fixed "0.2.0"
        "排版时版式有毛病：{message}" "{hints}"
        "the template is faulty: {message}" "{hints}"
    TemplateError "E0901" Error Template fixed "0.1.0"
        "版式出错：{message}" "{hints}"
        "template error: {message}" "{hints}"
    TemplateWarning "W0902" Warning Template fixed "0.1.0"
        "版式警告：{message}" "{hints}"
        "template warning: {message}" "{hints}"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_unique_and_tell_the_severity() {
        let ids: BTreeSet<_> = Code::ALL.iter().map(|c| c.id()).collect();
        assert_eq!(ids.len(), Code::ALL.len());
        for code in Code::ALL {
            let letter = if code.severity() == Severity::Error { 'E' } else { 'W' };
            assert!(code.id().starts_with(letter) && code.id().len() == 5, "{}", code.id());
        }
    }

    #[test]
    fn both_languages_use_the_same_values() {
        let holes = |text: &str| -> BTreeSet<String> {
            text.split('{').skip(1).map(|rest| rest[..rest.find('}').unwrap()].to_owned()).collect()
        };
        for code in Code::ALL {
            assert_eq!(holes(code.message(Lang::Zh)), holes(code.message(Lang::En)), "{}", code.id());
            assert_eq!(holes(code.hint(Lang::Zh)), holes(code.hint(Lang::En)), "{}", code.id());
        }
    }
}
