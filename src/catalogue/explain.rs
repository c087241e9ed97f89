//! Why each code exists, with an example that fails and one that does not.

use super::{Code, Lang};

/// What `fengcai explain` tells of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Explanation {
    why_zh: &'static str,
    why_en: &'static str,
    /// An example that is found.
    pub bad: &'static str,
    /// The same made right.
    pub good: &'static str,
}

impl Explanation {
    /// Why the rule exists, with the standard's clause where there is one.
    pub fn why(&self, lang: Lang) -> &'static str {
        lang.pick(self.why_zh, self.why_en)
    }
}

macro_rules! explanations {
    ($($code:ident: $why_zh:literal $why_en:literal $bad:literal $good:literal)*) => {
        impl Code {
            /// Why the code exists.
            pub fn explain(self) -> Explanation {
                match self {
                    $(Self::$code => Explanation { why_zh: $why_zh, why_en: $why_en, bad: $bad, good: $good },)*
                }
            }
        }
    };
}

explanations! {
    PolicyPerson:
        "person 写的是人物文件的名字；写错了，这一条就什么也不管。"
        "person is the name of a file; a wrong one makes the entry void."
        "\"person\": \"王琦\""
        "\"person\": \"wang-qi\""
    PolicyReason:
        "每一处放过的问题都要说得出理由，付印前有人要看。"
        "Whatever is let pass needs a reason that somebody reads before printing."
        "\"reason\": \"这里写理由\""
        "\"reason\": \"局里定稿时改的\""
    FileUnreadable:
        "资料文件读不出来，后面的检查都做不了；不能当它没有。"
        "What cannot be read cannot be checked, and must not count as absent."
        "data/profiles/wang-qi.json 是一个管道"
        "data/profiles/wang-qi.json 是普通文件"
    Unfit:
        "写法合大要求、却不是程序能用的值，例如整数写成了小数。"
        "The form is right but the value is none the program can use, such as a whole number with a decimal point."
        "\"page_multiple\": 4.0"
        "\"page_multiple\": 4"
    UnnamedFile:
        "文件名的编码认不出来，换一台机器可能变成另一个名字。"
        "A name in an unknown encoding may be another name on another machine."
        "data/profiles/\\xCD\\xF5.json"
        "data/profiles/wang.json"
    RoundSkipped:
        "一校、二校、三校依次签，跳过一次往往是写错了 --round。"
        "Rounds are signed one after the other; a gap is mostly a slip in --round."
        "--round 3"
        "--round 1"
    SignaturesOutdated:
        "签字记的是版面的散列；旧版程序的算法不同，无从比对，所以说明白，不悄悄作废。"
        "A signature keeps a hash of what was seen. That of an earlier version is computed otherwise, so this is said instead of voiding it silently."
        "0.1.0 的签字"
        "重签一次"
    PictureReencoded:
        "图片若没有进到它的位置，印出来只是一个色块。"
        "A picture that is not in its place would print as a patch of one colour."
        "…"
        "…"
    TemplateBudget:
        "版式是程序，也会写错：二十米长的页面、停不下来的循环会占满机器。"
        "A template is a program and may be wrong: a page of twenty metres or an endless loop would take the whole machine."
        "page(width: 20m)"
        "page(width: trim.width)"
    InternalError:
        "程序的毛病不该变成没有结果又没有说法；说出来，才有人改。"
        "A bug must not end without a word; what is told can be mended."
        "…"
        "…"
    JsonSyntax:
        "资料文件要合 JSON 写法（RFC 8259），程序才读得懂。最常见的是多了或少了逗号、用了全角的引号和逗号。"
        "Data files are JSON (RFC 8259). The commonest slips are a comma too many or too few and full-width quotes and commas."
        "\"name\": \"王凤荣\"，"
        "\"name\": \"王凤荣\","
    NotUtf8:
        "资料一律用 UTF-8 编码，别的编码会把字读错。"
        "Data are UTF-8; another encoding would turn characters into others."
        "GBK"
        "UTF-8"
    UnknownKey:
        "写错的字段名若不报，内容就会悄悄丢掉。"
        "A mistyped key would silently lose its content."
        "\"quot\": \"…\""
        "\"quote\": \"…\""
    MissingKey:
        "少了这一项，书页就缺一块。"
        "Without it the page would have a hole."
        "{ \"name\": \"王凤荣\" }"
        "{ \"name\": \"王凤荣\", \"headline\": [ … ], … }"
    WrongType:
        "每个字段有固定的写法，见 fengcai schema。"
        "Each field has its form; see `fengcai schema`."
        "\"headline\": \"标题\""
        "\"headline\": [ \"标题\" ]"
    OutOfBounds:
        "条数、长度、取值都有上下限，超出就排不好。"
        "Counts, lengths and values have bounds beyond which nothing can be set."
        "\"headline\": []"
        "\"headline\": [ \"标题\" ]"
    DuplicateKey:
        "同名字段写两次，只有一个算数，另一个会丢掉。"
        "Of two equal keys only one counts; the other would be lost."
        "\"name\": \"甲乙\", \"name\": \"丙丁\""
        "\"name\": \"甲乙\""
    ControlCharacter:
        "换行和制表符在正文里会变成空格，控制字符印不出来。"
        "Line breaks and tabs become spaces in set text; other controls cannot be printed."
        "\"第一段\\n第二段\""
        "[ \"第一段\", \"第二段\" ]"
    UnknownProfile:
        "order 决定谁印、按什么次序印，名字要与文件名相同。"
        "order decides who is printed; its names are file names."
        "\"order\": [ \"wang\" ]"
        "\"order\": [ \"wang-fengrong\" ]"
    RepeatedProfile:
        "一位人物只占一个对开。"
        "A person has one spread."
        "\"order\": [ \"甲\", \"甲\" ]"
        "\"order\": [ \"甲\", \"乙\" ]"
    UnusedProfile:
        "文件在，却没写进 order，容易漏印。"
        "A profile outside order is easily forgotten."
        "data/profiles/li.json"
        "\"order\": [ …, \"li\" ]"
    UnknownTemplate:
        "版式要么是内置的，要么在项目的 templates 里。"
        "A template is embedded or lies in the project's templates/."
        "\"template\": \"spred\""
        "\"template\": \"spread\""
    PolicyCode:
        "结构、字体、照片、版面的错误不能放行，只有需要人判断的才可以。"
        "Errors of structure, fonts, photos and layout cannot be waived; matters of judgement can."
        "{ \"code\": \"E0101\", … }"
        "{ \"code\": \"W0332\", … }"
    PolicyUnused:
        "用不上的放行会掩盖以后的真错误。"
        "A waiver that matches nothing would hide a later error."
        "放行已改掉的字"
        "删去这一条"
    QuoteNotInArticle:
        "书上的话都要有出处，引语须与正文一字不差。"
        "Everything on paper has its source: a quote stands in the article word for word."
        "把居民当亲人"
        "把居民当作亲人"
    EvidenceNotInArticle:
        "数字要有出处，出处须与正文一字不差。"
        "A figure has its evidence, word for word from the article."
        "装车棚17个"
        "推动安装车棚17个"
    HonourNotInArticle:
        "荣誉名称错一字就是差错，须与正文一字不差。"
        "One wrong character in an honour is an error; it stands in the article word for word."
        "天津美丽社区"
        "天津市美丽社区"
    ValueNotInEvidence:
        "印出的数字要与出处相同。"
        "The printed number is that of its evidence."
        "71个 ← 安装车棚17个"
        "17个 ← 安装车棚17个"
    LabelNotInEvidence:
        "说明只能用出处里的字，不添新意。"
        "A label uses only characters of its evidence and adds nothing."
        "新建车棚 ← 安装车棚17个"
        "安装车棚 ← 安装车棚17个"
    NumberCut:
        "截断数字会把 17 变成 7。"
        "A cut number turns 17 into 7."
        "7个 ← 安装车棚17个"
        "17个 ← 安装车棚17个"
    NameNotInArticle:
        "正文里找不到本人，多半是姓名有误字或串了稿。"
        "If the article never names the person, a name is wrong or texts were mixed up."
        "王凤容"
        "王凤荣"
    OtherName:
        "正文里出现同书另一人的姓名，多半是串了稿。"
        "Another person's name in the article usually means mixed-up texts."
        "赵金梅的正文里有“王洋”"
        "赵金梅的正文里只有本人"
    UnknownDistrict:
        "区名是固定的，写错就是硬伤。"
        "Districts are a closed list."
        "何西区"
        "河西区"
    AlmostExactName:
        "领导人、机构、社区的名称差一字就是差错。"
        "A leader's, body's or community's name with one character off is an error."
        "习近平总书计"
        "习近平总书记"
    DiffersFromSource:
        "客户的文字不能改：标题、任职、姓名、正文按次序逐字与原稿核对。不计的只有：空格和换行（段落在原稿里被切开、接起来都不算），看不见的字符，全角半角，引号的样式，破折号、省略号的长短，间隔号的写法，部首和兼容字形；页码、每页重印的书名，标题前的序号，“姓名：”一类的名目，破折号后的“记”、姓名后的“同志”。"
        "The customer's text is sacred: headline, post, name and article are compared with it in order, character for character. What never counts: white space and line ends (a paragraph cut in two and joined again), characters that show nothing, the width of characters, the style of quotation marks, the length of dashes and ellipses, the shape of separator dots, radicals and compatibility forms; page numbers, the book's title at heads of pages, numbers before headlines, labels such as 姓名：, 记 behind a dash and 同志 behind a name."
        "推动安装车棚71个"
        "推动安装车棚17个"
    SourceUnread:
        "写了 source 就要读得到这个文件，否则核对形同虚设。UTF-8、UTF-16、GB18030 的纯文本都认得。"
        "A named source that cannot be read would make the comparison a sham. Plain text in UTF-8, UTF-16 and GB18030 is read."
        "\"source\": \"data/sorce.txt\""
        "\"source\": \"data/source.txt\""
    LacksSourceText:
        "原稿里有、资料里没有的字，多半是漏抄；整段、一句、一个字都算。不计的见 E0211。"
        "What the delivered text has and the data lack was mostly left out by mistake, be it a paragraph or a character. What never counts is told in E0211."
        "原稿三段，资料两段"
        "原稿三段，资料三段"
    AddedToSource:
        "原稿里没有的字，多半是抄重了或串了稿。不计的见 E0211。"
        "What the delivered text does not have was mostly copied twice or is another's. What never counts is told in E0211."
        "同一段抄了两遍"
        "每段只抄一遍"
    MovedInSource:
        "字都在，次序变了，多半是段落贴错了地方。"
        "All is there, in another order: mostly a paragraph put in the wrong place."
        "第三段放在第一段前面"
        "段落次序同原稿"
    PersonNotInSource:
        "书里的人，原稿里却没有，没法核对。"
        "Of a person without a delivered text nothing can be compared."
        "原稿里没有王琦"
        "原稿里有王琦的标题、任职和正文"
    SourceUnclaimed:
        "原稿里的字句没有归到任何人，也许是漏了一位人物。"
        "Text that is nobody's may be that of a person who was left out."
        "原稿有十一位，书里十位"
        "原稿十位，书里十位"
    SameName:
        "两份文件姓名相同，多半是一个人抄了两份；确有同名，签字、查找时要用文件名分清。"
        "Two files of one name are mostly one person twice; if not, sign and search by file name."
        "wang-fang.json 和 wang-fang-2.json 都是王芳"
        "一人一份文件"
    ToCome:
        "导入的文件里没有书名或总题，先用占位的字排出来看；付印前要换掉，不然就印在封面上。"
        "Where no document had a title, words hold its place so that the book can be looked at; they must go before it is printed."
        "\"title\": [\"书名待定\"]"
        "\"title\": [\"身边的榜样\", \"奋进的力量\"]"
    NoGlyph:
        "不用系统字体、不换字体：没有的字只能报错。"
        "System fonts and fallbacks are never used, so a character without a glyph is an error."
        "😀"
        "改用文字"
    GlyphNotSet:
        "这一栏的字体没有此字，印出来会是空框。"
        "The font of this field lacks it and would print an empty box."
        "⾊（部首）"
        "色"
    NameMixesFonts:
        "一个姓名里的字要出自同一种字体，粗细、大小才一致。"
        "The characters of a name come from one font, or their weight and size differ."
        "只有一个字换了字体的姓名"
        "全名用同一种字体"
    ExtraFontUnfit:
        "项目自带的字体要能打开、确有所列的字，且不与内置字体同名。"
        "A project's font must be readable, have the characters named, and not bear the name of an embedded one."
        "extra_fonts 里的字，字体文件里没有"
        "字体文件里确有此字"
    HalfWidthMark:
        "中文里用全角标点（GB/T 15834-2011）；小数、比分、外文不在此列。"
        "Chinese text takes full-width marks (GB/T 15834-2011); decimals, ratios and Latin text keep theirs."
        "大家说,好"
        "大家说，好"
    StraightQuote:
        "中文引号是“”和‘’（GB/T 15834-2011 4.8）。"
        "Chinese quotation marks are “” and ‘’ (GB/T 15834-2011, 4.8)."
        "\"当家人\""
        "“当家人”"
    Unbalanced:
        "引号、括号、书名号成对使用，双引号里再用单引号（GB/T 15834-2011 4.8、4.9）。"
        "Quotes and brackets come in pairs, single quotes inside double ones (GB/T 15834-2011, 4.8, 4.9)."
        "“当家人"
        "“当家人”"
    DoubledMark:
        "句中点号只用一个。"
        "One stop at a place."
        "很好。。"
        "很好。"
    WrongEllipsis:
        "省略号是六个点，占两个字的位置（GB/T 15834-2011 4.11）。"
        "The ellipsis is six dots on two squares (GB/T 15834-2011, 4.11)."
        "等等..."
        "……"
    WrongDash:
        "破折号占两个字的位置（GB/T 15834-2011 4.10）。"
        "The dash takes two squares (GB/T 15834-2011, 4.10)."
        "目标—和谐"
        "目标——和谐"
    WrongMiddleDot:
        "间隔号是 U+00B7（GB/T 15834-2011 4.14），别的圆点字形、宽窄都不同。"
        "The separator dot is U+00B7 (GB/T 15834-2011, 4.14); its look-alikes differ in shape and width."
        "买买提•艾力"
        "买买提·艾力"
    FullWidthCharacter:
        "中文排版里数字、字母、百分号用半角（GB/T 15835-2011）。"
        "Digits, letters and per cent signs are half-width in Chinese setting (GB/T 15835-2011)."
        "９０％"
        "90%"
    StraySpace:
        "汉字之间、全角标点旁边不空格，中西文间隙由排版自动加（CLREQ）。"
        "No spaces between Han or beside full-width marks; the gap beside Latin text is set automatically (CLREQ)."
        "社区 居民"
        "社区居民"
    Invisible:
        "看不见的字符会使查找、复制、排序出错，私用区的字别处显示不出。"
        "Invisible characters break searching and copying; private-use ones mean nothing elsewhere."
        "张<U+200B>三"
        "张三"
    Radical:
        "部首符号看着像字，却不是字，查不到也复制不对。"
        "A radical looks like a character and is none: it cannot be found or copied."
        "⽂明（U+2F42）"
        "文明（U+6587）"
    Compatibility:
        "兼容字形是为别的编码保留的，同一个字应当只用一个码位。"
        "Compatibility forms exist for old encodings; one character has one code point."
        "隆（U+F9DC）"
        "隆（U+9686）"
    NotStandard:
        "出版用字以《通用规范汉字表》（2013）为准。"
        "Published text uses the Table of General Standard Chinese Characters (2013)."
        "社區"
        "社区"
    NoFullStop:
        "段末没有句号，多半是粘贴时漏了后半句。"
        "A paragraph without a full stop has usually lost its end in pasting."
        "……提供便利服务"
        "……提供便利服务。"
    Repeated:
        "多打一个字是最常见的笔误；“天天、人人、踏踏实实”不在此列。"
        "A character typed twice is the commonest slip; reduplications such as 天天 are fine."
        "居民的的心声"
        "居民的心声"
    MixedNumerals:
        "同一本书里同类数量写法要一致（GB/T 15835-2011）。"
        "One book writes amounts one way (GB/T 15835-2011)."
        "二十五名 … 30名"
        "25名 … 30名"
    ShortYear:
        "年份不能省写成两位（GB/T 15835-2011 5.2）。"
        "Years are not cut to two digits (GB/T 15835-2011, 5.2)."
        "24年5月"
        "2024年5月"
    HyphenRange:
        "数值范围用浪纹号（GB/T 15834-2011 4.13）。"
        "Ranges of numbers take ～ (GB/T 15834-2011, 4.13)."
        "100-150人"
        "100～150人"
    ApproximateDigits:
        "概数用汉字数字，中间不加顿号（GB/T 15835-2011 4.2）。"
        "Approximate numbers are in Han, without a mark between (GB/T 15835-2011, 4.2)."
        "3、4个"
        "三四个"
    HeadlineMark:
        "标题末尾一般不用点号（GB/T 15834-2011）。"
        "Headlines end without stops (GB/T 15834-2011)."
        "深耕社区。"
        "深耕社区"
    EllipsisAndEtc:
        "省略号与“等”意思相同，只用一个（GB/T 15834-2011 附录）。"
        "An ellipsis and 等 mean the same (GB/T 15834-2011, annex)."
        "养老、托育……等"
        "养老、托育等"
    SharedSentence:
        "两人的正文有相同的句子，多半是粘贴串了稿。"
        "Equal sentences in two articles usually come from a paste gone wrong."
        "甲、乙两篇有同一段"
        "各写各的"
    ClosesNothing:
        "引文跨几段时，每段开头用“，最后一段末尾用”；只有后一半的，多半漏了前一半。"
        "Of a quotation over paragraphs each begins with “ and the last ends with ”; one that only ends has mostly lost its beginning."
        "大家都说好。”"
        "“大家都说好。”"
    WrongWord:
        "音近形近的错字，用一张错词表查，词的两头须是词的边界。"
        "Characters of like sound or shape, by a table of wrong words; words must begin and end there."
        "全面布署"
        "全面部署"
    WrongForm:
        "数字、标点、序次、单位和重复的说法，按 GB/T 15834、GB/T 15835、GB 3100 列成一张表。"
        "Numbers, marks, order, units and what is said twice, in a table by GB/T 15834, GB/T 15835 and GB 3100."
        "近300余名党员"
        "近300名党员"
    ImpossibleDate:
        "日历上没有的日期，多半是抄错了数字。"
        "A date that no calendar has was mostly copied wrongly."
        "2023年2月29日"
        "2023年2月28日"
    NearName:
        "机构、荣誉和政治术语差一个字，是最不该有的差错；用一张名单逐字比对。"
        "Offices, honours and terms one character off are the worst of slips; a list is compared character by character."
        "全国劳动摸范"
        "全国劳动模范"
    WrongPlace:
        "区与街道对不上，读者一看就知道；用行政区划表查（内有天津）。"
        "A street in the wrong district is seen at once; by a table of divisions (Tianjin is there)."
        "天津市河西区小白楼街道"
        "天津市和平区小白楼街道"
    OwnTable:
        "项目自己的错词、名称、区划表放在 data/tables 里；写错的一行不会悄悄不算。"
        "A project's own tables of wrong words, names and districts are in data/tables; a wrong line is not passed over in silence."
        "布署 部署"
        "布署<Tab>部署"
    ToldDifferently:
        "同一件事在标题、正文、引语、图片说明、前言里写了两个数，至少有一个是错的；按数字前后相同的字认出是同一件事，句中另有年月的不比。"
        "One thing with two numbers in headline, article, quote, captions or foreword: one is wrong. It is known by the words beside the number; sentences with dates of their own are left out."
        "标题：安装路灯20盏；正文：安装路灯30盏"
        "标题：安装路灯30盏；正文：安装路灯30盏"
    NumberNotInArticle:
        "标题里的数字要在正文里有出处。"
        "A number of the headline must stand in the article."
        "标题：二十五年守初心；正文：扎根社区21年"
        "标题：二十一年守初心；正文：扎根社区21年"
    YearsDoNotFit:
        "起止年份、工作年数、出生年份和年龄互相算得出来；算不拢，必有一处错。以 booklet.json 的 date 为准，没有写就以正文里最晚的年份推算。"
        "From years, spans and ages each follows from the others. The date of booklet.json counts; without it the latest year of the article."
        "从2010年起在社区工作……到2024年，扎根社区21年"
        "从2003年起在社区工作……到2024年，扎根社区21年"
    EditionDiffers:
        "前言后记里写的人数、届次要与书名和人物名单一致。"
        "The number of persons and the round in foreword and afterword must be those of the title and the list."
        "书名：第二届；前言：第三届"
        "书名：第二届；前言：第二届"
    PhotoMissing:
        "写了照片就要有文件。"
        "A named photo must be there."
        "photos/wan.jpg"
        "photos/wang.jpg"
    PhotoOutside:
        "项目之外的文件换一台电脑就没有了，也不该读。"
        "A file outside the project is not there on another machine and must not be read."
        "C:/照片/王.jpg"
        "photos/wang.jpg"
    PhotoUnreadable:
        "打不开、不完整的照片会印成空白。"
        "A broken or truncated photo would print blank."
        "只下载了一半的照片"
        "完整的 JPEG 或 PNG"
    PhotoUnused:
        "交来的照片没用上，多半是文件名写错或忘了写。"
        "A delivered photo that nobody uses was usually forgotten or misspelt."
        "data/photos/li.jpg 没有人用"
        "\"photo\": { \"file\": \"photos/li.jpg\" }"
    PhotoColours:
        "相机可以按 Adobe RGB 存照片，只在附注里说一声。不带 ICC 就不知道原来是什么颜色，按 sRGB 印会偏淡，人脸发灰。"
        "A camera may store Adobe RGB and say so in its notes alone. Without the profile nobody knows which colours were meant; taken as sRGB, faces come out dull."
        "EXIF ColorSpace 65535，没有 ICC"
        "嵌入 Adobe RGB 的 ICC，或转成 sRGB"
    PhotoSidesCut:
        "横的照片放进竖的位置，两边要裁掉；没有写 focus 就按正中裁，站在一侧的人会被裁去半边脸。"
        "A wide photo in a narrow place loses its sides. Without focus the middle is kept, and whoever stands to one side loses half of the face."
        "横幅合影裁出的一个人，没有写 focus"
        "\"focus\": [0.3, 0.4]"
    PhotoSeeThrough:
        "抠过图的 PNG 没有底，印出来露出纸或版面的颜色，贴近裁切边时出血里也是一条底色。"
        "A cut-out PNG has no ground of its own: paper or the colour of the page shows through, and at the trim a strip of it lies in the bleed."
        "透明背景的 PNG"
        "白底或实景的 JPEG"
    SignedSpreadChanged:
        "校对的人只为看过的版面签字。签过之后版面变了（页码除外），不重新看过就付印，等于没有校过；所以改了就算错误，直到重签。"
        "A proofreader signs what they saw. A spread that changed since (folios apart) was read by nobody, so it is an error until it is signed anew."
        "二校之后又改了 article"
        "改完，看过，fengcai approve 王凤荣 --by 张三"
    SignaturesUnreadable:
        "签名读不懂，就不知道哪些版面已经签过。签名文件由 fengcai approve 写，不用手改。"
        "Without readable signatures nobody knows what was signed. `fengcai approve` writes these files; they are not edited by hand."
        "\"round\": \"二校\""
        "\"round\": 2"
    SignedPersonGone:
        "人物撤下或文件改名后，留下的签名不对应任何一页，容易误认。"
        "Signatures of a person who was withdrawn or renamed belong to no page and mislead."
        "data/approvals/li.json，order 里没有 li"
        "删去 data/approvals/li.json"
    Overflow:
        "从不缩小字号，放不下就要删减。"
        "Text is never shrunk: what does not fit must be cut."
        "900 字的正文"
        "650 字以内的正文"
    TooWide:
        "从不压缩字形，太宽就要缩短或分行。"
        "Letters are never squeezed: what is too wide must be shortened or broken."
        "十四字的姓名写成一行"
        "用间隔号分成两行"
    NotASpread:
        "每位人物占左右对开两页，左页页码为双数。"
        "Each person has two facing pages, the left one even."
        "第 5、6 页"
        "第 4、5 页"
    PageMultiple:
        "骑马订的页数是 4 的倍数。"
        "Saddle-stitched pages come in fours."
        "23 页"
        "24 页"
    OutsideSlots:
        "离裁切边 5 毫米以内的文字可能被裁掉（GWG 2022）。"
        "Text within 5 mm of the trim may be cut off (GWG 2022)."
        "贴着页边的字"
        "离页边 5 毫米以上"
    LineBan:
        "点号、后引号不能在行首，前引号、前括号不能在行末（GB/T 15834-2011 5.1）。"
        "Stops and closing marks do not start a line, opening ones do not end it (GB/T 15834-2011, 5.1)."
        "行首的“，”"
        "行末的“，”"
    NameBroken:
        "姓名不拆行。"
        "A name is not parted by a line break."
        "张｜三"
        "张三"
    PhraseBroken:
        "数字和量词、项目列出的词语不拆行。"
        "A number stays with its measure word, and so do the phrases that the project lists."
        "25｜名"
        "25名"
    OffGrid:
        "行距一致，左右页的字行才对得齐。"
        "Even baselines let facing pages align."
        "行距忽大忽小"
        "行距一致"
    ShortLastLine:
        "一个字成行（孤字）不好看，出版要求避免。"
        "A single character on a last line is a runt."
        "末行只有“誉。”"
        "末行两字以上"
    NarrowMark:
        "行内标点挤得太窄，疏密不匀。"
        "A squeezed mark makes the line uneven."
        "组，积（逗号半宽）"
        "组，积"
    LooseLine:
        "字距超过百分之六看得出松。"
        "Spacing over six per cent shows."
        "夹着长串英文的一行"
        "换一处断行"
    UnevenHeadline:
        "标题各行长短悬殊不好看。"
        "Headline lines of very different length look wrong."
        "十字一行、两字一行"
        "六字一行、六字一行"
    CaliperMissing:
        "书脊厚 = 页数 ÷ 2 × 纸厚 + 余量；纸厚不能猜。"
        "The spine is leaves times caliper plus an allowance; a caliper cannot be guessed."
        "\"binding\": \"perfect\""
        "\"binding\": \"perfect\", \"paper\": { \"caliper\": 0.11 }"
    CaliperEstimated:
        "同样克重的纸厚薄可差两成。"
        "Papers of one weight differ by a fifth in thickness."
        "\"paper\": { \"gsm\": 157 }"
        "\"paper\": { \"gsm\": 157, \"caliper\": 0.125 }"
    ProfileUnfit:
        "输出意图须带类别 prtr、空间 CMYK 的特性文件（ISO 15930-7）。"
        "The output intent holds a profile of class prtr and space CMYK (ISO 15930-7)."
        "\"icc\": \"data/sRGB.icc\""
        "\"icc\": \"data/JapanColor2011Coated.icc\""
    OtherCondition:
        "输出意图的代号与特性文件说的应当是同一种印刷条件（ISO 15930-7）。"
        "The output intent's identifier and its profile are of one printing condition (ISO 15930-7)."
        "\"condition\": {\"id\": \"FOGRA51\"}"
        "\"condition\": {\"id\": \"FOGRA51\", \"icc\": \"data/PSOcoated_v3.icc\"}"
    PhotoCoarse:
        "胶印网线每英寸 150 至 175 线，照片以两倍于此为宜（GWG 2022）。"
        "Offset screens have 150 to 175 lines an inch; photos want twice that (GWG 2022)."
        "从聊天软件里存下的照片"
        "相机原图"
    PhotoTooCoarse:
        "低于 150 ppi 的照片肉眼可见马赛克（GWG 2022）。"
        "Under 150 ppi the pixels of a photo are seen (GWG 2022)."
        "400 × 400 像素的头像"
        "2200 × 2400 像素"
    PictureGround:
        "付印的图片不留透明：透明处填上底下的颜色；底下有几样东西就填不对。"
        "Printed pictures keep no transparency: it is filled with the colour under it, which must be one."
        "标志压在文字上"
        "标志放在单色底上"
    FaceNearTrim:
        "裁切有一两毫米的误差，面部要留在安全区内。"
        "Cutting is off by a millimetre or two; faces stay within the safety zone."
        "\"focus\": [0.0, 0.0]"
        "\"focus\": [0.5, 0.35]"
    ConvertedColour:
        "RGB 到油墨的换算人人不同；要什么墨，版式里就写什么墨。中性灰只换成黑版。"
        "Programs convert RGB to ink each in its own way; write the ink that is meant. Neutrals go to black alone."
        "fill: rgb(\"c00000\")"
        "fill: cmyk(8%, 100%, 88%, 12%)"
    ScreenEdition:
        "屏幕版是 RGB，没有出血；拿去付印，颜色和裁切都不对。先说这一句，省得一条条猜。"
        "An edition for screens is RGB without bleed; printed, its colours and edges are wrong. Saying so first saves guessing from a hundred findings."
        "booklet.pdf"
        "booklet-press.pdf"
    PdfEncrypted:
        "PDF/X 不许加密（ISO 15930-7）。"
        "PDF/X forbids encryption (ISO 15930-7)."
        "设了打印权限的 PDF"
        "未加密的 PDF"
    PdfVersion:
        "PDF/X-4 以 PDF 1.6 为基础（ISO 15930-7）。"
        "PDF/X-4 is based on PDF 1.6 (ISO 15930-7)."
        "%PDF-1.7"
        "%PDF-1.6"
    PdfId:
        "印刷厂靠它分清两个版本（ISO 15930-7）。"
        "It tells two versions apart (ISO 15930-7)."
        "trailer << /Root 1 0 R >>"
        "trailer << /Root 1 0 R /ID [<…> <…>] >>"
    PdfMetadata:
        "题名、日期等在 Info 与 XMP 里要有并一致（ISO 15930-7）。"
        "Title, dates and the rest stand in Info and XMP and agree (ISO 15930-7)."
        "没有 XMP"
        "Info 与 XMP 一致"
    PdfxVersion:
        "XMP 里的 pdfxid:GTS_PDFXVersion 须为 PDF/X-4（ISO 15930-7）。"
        "pdfxid:GTS_PDFXVersion in the XMP is PDF/X-4 (ISO 15930-7)."
        "PDF/X-1a:2003"
        "PDF/X-4"
    PdfTrapped:
        "Trapped 须为 True 或 False（ISO 15930-7）。"
        "Trapped is True or False (ISO 15930-7)."
        "/Trapped /Unknown"
        "/Trapped /False"
    OutputIntent:
        "恰有一个 GTS_PDFX 输出意图，内嵌类别 prtr 的 CMYK 特性文件（ISO 15930-7）。"
        "There is exactly one GTS_PDFX output intent with an embedded CMYK profile of class prtr (ISO 15930-7)."
        "没有 OutputIntents"
        "/S /GTS_PDFX /OutputConditionIdentifier (FOGRA39)"
    PageBoxes:
        "没有成品框，印刷厂不知道裁在哪里（ISO 15930-7）。"
        "Without a trim box nobody knows where to cut (ISO 15930-7)."
        "只有 MediaBox"
        "三个框都有，一层套一层"
    TrimSize:
        "全书成品尺寸一致，并与印刷要求相同。"
        "All pages have one trim size, that of the sheet."
        "A4（210 × 297）"
        "大16开（210 × 285）"
    PageRotated:
        "拼版软件常常不理会它们，页面会倒过来或变小。"
        "Imposition often ignores them, and pages lie on their side or shrink."
        "/Rotate 90"
        "没有 /Rotate"
    BleedMissing:
        "裁切稍有误差，没有出血的边就露出白纸。"
        "A cut that is slightly off shows white paper where there is no bleed."
        "底色止于裁切边"
        "底色伸出 3 毫米"
    EmptyPage:
        "漏了内容的页面与留白的页面看上去一样。"
        "A page that lost its content looks like one that is meant to be blank."
        "第 12 页什么也没有"
        "留白页由 fengcai 自己排出"
    PageCount:
        "骑马订一张纸四页。"
        "A sheet of a saddle-stitched book has four pages."
        "22 页"
        "24 页"
    FontNotEmbedded:
        "印刷厂没有这种字体，会用别的字体代替（ISO 15930-7）。"
        "The print shop does not have it, and another takes its place (ISO 15930-7)."
        "SimSun（未嵌入）"
        "NotoSerifSC（嵌入子集）"
    ForeignColour:
        "RGB、Lab 等到了印刷厂才分色，结果谁也没看过。"
        "RGB, Lab and the like are separated at the print shop, as nobody has seen."
        "1 0 0 rg"
        "0.08 1 0.88 0.12 k"
    SpotColour:
        "多一块专色就多一块版、多一笔钱。"
        "A spot colour is one more plate and one more bill."
        "PANTONE 186 C"
        "\"spots\": [\"PANTONE 186 C\"]"
    GroupSpace:
        "在 RGB 里混合透明，油墨会变。"
        "Blending in RGB changes the inks."
        "/Group << /S /Transparency /CS /DeviceRGB >>"
        "/CS /DeviceCMYK"
    Interactive:
        "批注、动作、表单等不能印，也不许有（ISO 15930-7）。"
        "Annotations, actions and forms cannot be printed and are forbidden (ISO 15930-7)."
        "网址链接"
        "没有链接的印刷文件"
    NotAllowed:
        "这些会让同一文件在两台机器上印得不同（ISO 15930-7）。"
        "These let one file print differently on two machines (ISO 15930-7)."
        "/Filter /LZWDecode"
        "/Filter /FlateDecode"
    BlackTextKnocksOut:
        "套准稍有偏差，镂空的小黑字四周露白（GWG 2022）。"
        "With slight misregister, knocked-out small black text shows white edges (GWG 2022)."
        "0 0 0 1 k，未设叠印"
        "/OP true /OPM 1"
    BlackRuleKnocksOut:
        "与黑字同理（GWG 2022）。"
        "As for black text (GWG 2022)."
        "0 0 0 1 K 0.5 w，未设叠印"
        "/OP true /OPM 1"
    GrayBlack:
        "灰度的黑不能叠印，有的机器还会分成四色。"
        "Gray black cannot overprint, and some machines split it into four inks."
        "0 g"
        "0 0 0 1 k"
    WhiteOverprints:
        "叠印的白色等于没有。"
        "White that overprints is not there."
        "0 0 0 0 k，叠印开"
        "0 0 0 0 k，叠印关"
    RichBlackText:
        "四块版的黑字套不准就发虚。"
        "Black text of four plates blurs with the slightest misregister."
        "80 70 70 90"
        "0 0 0 100"
    SmallMultiInk:
        "小字套不准就看不清。"
        "Small text of several plates is illegible with the slightest misregister."
        "6 点红字"
        "6 点黑字"
    Hairline:
        "更细的线在版上会断。"
        "Thinner lines break on the plate."
        "0.1 点"
        "0.25 点"
    InkOverLimit:
        "墨太多干得慢，会粘脏。"
        "Too much ink dries slowly and sets off."
        "310%"
        "280%"
    InkOverError:
        "墨太多干得慢，会粘脏，印刷厂会退件。"
        "Too much ink dries slowly and sets off; print shops refuse it."
        "400% 的黑底"
        "60 40 40 100"
    CoarsePicture:
        "见 W0405；一位图（线条稿）要更高。"
        "See W0405; pictures of one bit want more."
        "200 ppi"
        "300 ppi"
    TooCoarsePicture:
        "见 E0406；一位图（线条稿）要更高。"
        "See E0406; pictures of one bit need more."
        "72 ppi"
        "300 ppi"
    OutsideSafety:
        "裁切有误差，太近的文字会被切到。"
        "Cutting is never exact, and text too near the edge is cut."
        "离边 2 毫米的页码"
        "离边 8 毫米的页码"
    BrokenContent:
        "损坏的内容各家软件猜得不一样。"
        "Programs guess differently at what is damaged."
        "引用了不存在的字体"
        "完整的文件"
    OtherKind:
        "封面和拼好的大张要按别的尺寸来查。"
        "Covers and imposed sheets are judged by other sizes."
        "拿封面当内文查"
        "封面加 --cover"
    RegistrationColour:
        "套准色在每一块版上都是实的，墨太多，套不准还会发虚。"
        "Registration colour is solid on every plate: too much ink, and blurred by the slightest misregister."
        "黑字用了 Separation All"
        "黑字用 0 0 0 100"
    Courier:
        "缺字体时软件常用 Courier 顶替，字形全变了。"
        "Programs put Courier in place of fonts that are missing."
        "正文成了等宽的 Courier"
        "正文是原来的字体"
    ColourOverprints:
        "彩色叠印会和底下的颜色相混，屏幕上看不出来。"
        "A colour that overprints mixes with what is below, which screens do not show."
        "蓝字叠印在红底上"
        "蓝字挖空在红底上"
    SmallReversed:
        "油墨会往反白的细笔画里渗，几色套不准更糊。"
        "Ink runs into thin white strokes, and several inks never register exactly."
        "5 点白字压在四色底上"
        "8 点白字压在四色底上"
    TinyText:
        "太小的字印出来看不清。"
        "Text so small is not read."
        "3 点的字"
        "6 点的字"
    CoarseMask:
        "蒙版太粗，边缘会有台阶。"
        "A coarse mask has steps at its edge."
        "20 ppi 的蒙版"
        "150 ppi 的蒙版"
    BleedNick:
        "裁切有误差，差一点就露白。"
        "Cutting is never exact; a hair short shows white."
        "线画到裁切边为止"
        "线伸出裁切边 3 毫米"
    WhiteVanishes:
        "正片叠底时白色等于没有。"
        "Multiplied, white is nothing."
        "白色图形正片叠底"
        "白色图形正常混合"
    UnknownIntent:
        "不认识的意图，各家软件各自猜。"
        "Programs guess differently at an intent that they do not know."
        "/Foo ri"
        "/RelativeColorimetric ri"
    MissingGlyph:
        "字体里没有的字印成空框或空白。"
        "A character that the font lacks prints as a box or not at all."
        "“珺”印成空框"
        "换成有“珺”的字体"
    NotJudged:
        "没有查过的地方可能有任何问题，不能说可以付印。"
        "Anything may be wrong where nothing was judged; such a file is never called ready."
        "一页里有几百万个图形"
        "简化后重新导出"
    GroupStart:
        "章是按人物次序分的：写明从哪一位开始，直到下一章的第一位为止。"
        "Chapters divide the order of persons: each goes on to the first person of the next."
        "{ \"title\": \"和平区\", \"first\": \"zhao-jinmai\" }"
        "{ \"title\": \"和平区\", \"first\": \"zhao-jinmei\" }"
    TrimNotDrawn:
        "版式是为一定的尺寸画的；换了尺寸还照排，字会挤出去，或空出一大片。"
        "A template is drawn for certain sizes; on another trim text would be squeezed out or lost in space."
        "\"trim\": { \"width\": 285, \"height\": 210 }"
        "\"trim\": { \"width\": 210, \"height\": 285 }"
    TemplateContract:
        "版式印哪些栏目、每栏印几次、用哪些字体和尺寸，都写在 template.json 里，检查照它做。"
        "template.json says which fields a template prints how often, in which fonts, on which trims; the checks go by it."
        "\"pages_per_person\": \"two\""
        "\"pages_per_person\": 2"
    UnknownFamily:
        "排版时没有的字体不会替换，用它排的字一个也不出现。"
        "A family that is not there is replaced by nothing, so its text does not appear at all."
        "\"hei\": \"Source Han Sans SC\""
        "\"hei\": \"Noto Sans SC\""
    UnreachedFile:
        "改了的文件没有人引用，改动就没有效果，往往是文件名大小写不对。"
        "A file that nothing imports changes nothing; mostly the case of its name is wrong."
        "templates/spread/lib/Verso.typ"
        "templates/spread/lib/verso.typ"
    NotOnPaper:
        "资料里有的，纸上一个字也不能少；这一条读的是排好的版面，不看版式怎么写。"
        "Nothing of the data may be missing on paper; this reads the laid-out pages, not the template."
        "person.article.slice(0, -1)"
        "person.article"
    PrintedOtherwise:
        "纸上的字必须与资料一字不差。"
        "What is printed must be what the data say, to the letter."
        "person.quote 印成了标题"
        "person.quote 印成引语"
    PrintedAgain:
        "同一栏印两遍，读者会以为是两件事。"
        "What stands twice looks like two things."
        "荣誉印了两遍"
        "荣誉印一遍"
    Unreadable:
        "字号不到 4 点、颜色与底色分不开、被东西盖住或在裁切边以外的字，等于没有印。"
        "Words under 4 pt, in the colour of their ground, covered, or beyond the trim are as good as missing."
        "text(fill: white, …)，底也是白的"
        "text(fill: ink, …)"
    OnOthersPage:
        "每位人物的文字只能印在自己的页上。"
        "The words of a person stand on that person's pages only."
        "每一页都印第一位的正文"
        "每一页印本人的正文"
    WrongFolio:
        "页码由排好的版面得出，加页减页都不会错。"
        "Page numbers come from the layout, whatever pages are added."
        "第 8 页印着 4"
        "第 8 页印着 8"
    WrongEntry:
        "目录的页码和链接都要指到人物真正所在的页。"
        "Numbers and links of the contents lead to where the person stands."
        "目录写 4，人在第 8 页"
        "目录写 8，人在第 8 页"
    OthersName:
        "一个人的页上出现别人的姓名，多半是版式取错了人。"
        "Another person's name on somebody's page mostly means that the template took the wrong person."
        "页眉印成了下一位的姓名"
        "页眉印本人的姓名"
    TemplateSays:
        "排得出来不等于排得对：排版引擎的警告都要改掉，例如页码定不下来。"
        "What can be laid out is not always right: warnings of the typesetting engine are to be mended, such as page numbers that do not settle."
        "layout did not converge"
        "页码由 common/base.typ 的 folio 得出"
    NotPrinted:
        "资料里写了、版式却不印的栏目，要么换版式，要么说明是有意不印，不能悄悄没有。"
        "A field that the data have and the template does not print is told, unless the template says that it leaves it out."
        "\"past\" 写了历届名单，版式没有这一栏"
        "template.json：\"omits\": [\"past\"]"
    OutOfOrder:
        "字都在、次序不对，读出来就是另一个意思；这一条看的是字在纸上的位置。"
        "All characters there in another order say another thing; this looks at where they stand on paper."
        "“15年”排成“51年”"
        "“15年”"
    TemplateError:
        "版式文件有错，排不出来。"
        "The template cannot be compiled."
        "#let red = cmyk("
        "#let red = cmyk(8%, 100%, 88%, 12%)"
    TemplateWarning:
        "版式用了排版引擎就要停用的写法，现在还能用。"
        "The template uses what the typesetting engine is about to drop; it still works."
        "#sym.gt.tri"
        "#sym.gt.closed"
}
