//! The stable codes with their messages and the way to mend each.

use super::Lang;
use crate::diag::Severity;

macro_rules! codes {
    ($($name:ident $id:literal $severity:ident
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

            pub(crate) fn message(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($zh, $en)),* }
            }

            pub(crate) fn hint(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($zh_hint, $en_hint)),* }
            }
        }
    };
}

codes! {
    JsonSyntax "E0101" Error
        "JSON 写法有误：{problem}" "改好这一处再试；一个文件里后面的错误要改好这一处才查得到。"
        "not valid JSON: {problem}" "Mend this place; what follows in the file is checked after that."
    NotUtf8 "E0102" Error
        "文件不是 UTF-8 编码" "用编辑器另存为 UTF-8。"
        "the file is not UTF-8" "Save it as UTF-8."
    UnknownKey "E0103" Error
        "没有“{key}”这个字段" "可用的字段：{known}。"
        "there is no field \"{key}\"" "Known fields: {known}."
    MissingKey "E0104" Error
        "缺少字段“{key}”" "补上这个字段。"
        "the field \"{key}\" is missing" "Add it."
    WrongType "E0105" Error
        "这里应当是{expected}" "写法见 fengcai schema。"
        "{expected} expected here" "See `fengcai schema`."
    OutOfBounds "E0106" Error
        "{problem}" "写法见 fengcai schema。"
        "{problem}" "See `fengcai schema`."
    DuplicateKey "E0107" Error
        "字段“{key}”写了两次" "留下一个。"
        "the field \"{key}\" stands twice" "Keep one."
    ControlCharacter "E0108" Error
        "文字里有换行、制表符等控制字符（U+{point}）" "删去；分段请另起一条，标题换行请另写一行。"
        "the text holds a control character (U+{point})" "Delete it; a new paragraph or headline line is a string of its own."
    UnknownProfile "E0111" Error
        "order 里的“{id}”没有对应的文件 data/profiles/{id}.json" "改正文件名，或从 order 中删去。"
        "\"{id}\" in order has no file data/profiles/{id}.json" "Correct the name or take it out of order."
    RepeatedProfile "E0112" Error
        "order 里的“{id}”写了两次" "删去一个。"
        "\"{id}\" stands in order twice" "Take one out."
    UnusedProfile "W0113" Warning
        "order 里没有“{id}”，这位人物不会印出" "要印就写进 order，不印就移走文件。"
        "\"{id}\" is not in order and will not be printed" "Add it to order or move the file away."
    UnknownTemplate "E0114" Error
        "没有名为“{name}”的版式" "可用的版式：{known}。"
        "there is no template \"{name}\"" "Known templates: {known}."
    QuoteNotInArticle "E0201" Error
        "引语不见于正文：“{text}”" "照正文一字不差地抄录，或删去 quote。"
        "the quote is not in the article: “{text}”" "Copy it from the article word for word, or drop quote."
    EvidenceNotInArticle "E0202" Error
        "出处不见于正文：“{text}”" "照正文一字不差地抄录。"
        "the evidence is not in the article: “{text}”" "Copy it from the article word for word."
    HonourNotInArticle "E0203" Error
        "荣誉不见于正文：“{text}”" "照正文一字不差地抄录，或删去。"
        "the honour is not in the article: “{text}”" "Copy it from the article word for word, or drop it."
    ValueNotInEvidence "E0204" Error
        "数字“{text}”不见于它的出处“{evidence}”" "数字连量词都要与出处相同。"
        "the value “{text}” is not in its evidence “{evidence}”" "Number and measure word must be those of the evidence."
    LabelNotInEvidence "E0205" Error
        "说明“{text}”里的“{char}”不见于出处“{evidence}”" "只用出处里有的字。"
        "“{char}” of the label “{text}” is not in the evidence “{evidence}”" "Use only characters of the evidence."
    NoGlyph "E0301" Error
        "所有内置字体都没有“{char}”（U+{point}）" "核对是否误字；确需此字，请换用规范字形或联系制作人员加字体。"
        "no embedded font has “{char}” (U+{point})" "Check for a wrong character; if it is right, ask for a font that has it."
    GlyphNotSet "E0302" Error
        "“{char}”（U+{point}）在这一栏所用的字体里没有" "核对是否误字；fengcai fonts 可查哪种字体有此字。"
        "“{char}” (U+{point}) is missing from the font of this field" "Check the character; `fengcai fonts` tells which font has it."
    PhotoMissing "E0401" Error
        "找不到照片 data/{file}" "把照片放到 data/photos/，或改正文件名，或删去 photo。"
        "the photo data/{file} is missing" "Put it into data/photos/, correct the name, or drop photo."
    PhotoOutside "E0402" Error
        "照片路径“{file}”不在 data/ 之内" "照片放进 data/photos/，路径写成 photos/文件名。"
        "the photo path \"{file}\" leads out of data/" "Put it into data/photos/ and write photos/NAME."
    PhotoUnreadable "E0403" Error
        "照片 data/{file} 打不开：{problem}" "请换一份 JPEG 或 PNG；iPhone 的 HEIC 要先转成 JPEG。"
        "the photo data/{file} cannot be read: {problem}" "Use a JPEG or PNG; convert HEIC to JPEG first."
    Overflow "E0501" Error
        "{block}超出 {lines} 行，约删 {chars} 字" "删减文字；或在 booklet.json 里为全书选更紧的 setting。"
        "{block} is {lines} lines too long: cut about {chars} characters" "Cut the text, or choose a tighter setting for the whole book in booklet.json."
    TooWide "E0502" Error
        "{block}太宽，超出 {points} 点" "缩短文字，或分成两行。"
        "{block} is {points} pt too wide" "Shorten it or break it into two lines."
    NotASpread "E0503" Error
        "这位人物占了第 {pages} 页，不是左右对开两页" "这是版式的问题，请检查 templates。"
        "the person stands on pages {pages} instead of two facing pages" "The template is wrong; check templates/."
    TemplateError "E0901" Error
        "版式出错：{message}" "{hints}"
        "template error: {message}" "{hints}"
    TemplateWarning "W0902" Warning
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
