//! Keeps together what a line may not part: the person's name and the phrases
//! that the project lists, a number with what stands before and after it, the
//! number of a list with what it numbers, and the marks · ～ — / with what stands
//! beside them. Word joiners go in before layout; the typesetter takes them
//! out of the finished lines, so that copied text stays clean.

use hypher::Lang;

use crate::check::is_han;

/// U+2060 forbids a line break and, unlike a box, leaves the spacing between
/// Han and digits and the justification alone.
pub(crate) const JOINER: char = '\u{2060}';
/// U+00AD: a long Latin word may end a line here, with a hyphen.
pub(crate) const SOFT_HYPHEN: char = '\u{AD}';

/// Marks that may not be parted from their neighbours (GB/T 15834-2011, 5.1.6–9).
const MARKS: &str = "·～—/／";
/// What may stand between a number and its measure word.
const SCALES: &str = "余多几万亿千百";
/// Measure words, longest first where one begins another.
const MEASURES: &str = "平方米 平方公里 人次 小时 分钟 公里 公斤 公顷 周年 个 年 月 日 号 时 分 \
    秒 天 周 岁 届 期 名 人 位 户 家 支 队 场 次 件 起 项 条 种 类 面 \
    处 所 座 栋 幢 楼 层 间 套 台 辆 部 盏 棵 株 块 张 篇 册 本 份 封 \
    遍 趟 元 角 米 里 亩 吨 斤 克 倍 级 批 组 对 双 节 课 堂 门 轮 句 \
    字";
/// Signs of units that stand behind a number (GB/T 3100), and that a line could
/// start with by Unicode's rules.
const SIGNS: &str = "％℃℉㎡㎥㎞㎝㎜㎏㏄";
/// Numerals in Han, as after 第.
const HAN_NUMERALS: &str = "〇零一二三四五六七八九十百千";
/// Shortest Latin word that may be broken with a hyphen, in letters.
const LONG_WORD: usize = 8;

/// The text with joiners and soft hyphens. Taking them out gives the text back.
pub(super) fn join<'a>(text: &str, phrases: impl IntoIterator<Item = &'a str>) -> String {
    let joined = joined(text, phrases);
    let hyphens = hyphens(text);
    let mut out = String::with_capacity(text.len() + 32);
    for (at, c) in text.char_indices() {
        if at > 0 && joined[at] {
            out.push(JOINER);
        } else if hyphens.contains(&at) {
            out.push(SOFT_HYPHEN);
        }
        out.push(c);
    }
    out
}

/// Whether a line may not end between two pieces of a text.
pub(crate) fn parts(before: &str, after: &str) -> bool {
    let both = format!("{before}{after}");
    super::bans::tears(before, after) || joined(&both, [])[before.len()]
}

/// By byte of the text, whether a line may not end before it.
fn joined<'a>(text: &str, phrases: impl IntoIterator<Item = &'a str>) -> Vec<bool> {
    let mut joined = vec![false; text.len() + 1];
    for phrase in phrases {
        for (at, _) in text.match_indices(phrase) {
            inner(phrase, at, &mut joined);
        }
    }
    let mut before = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if MARKS.contains(c) && !is_address(text, at) {
            joined[at] = true;
            joined[end] = true;
        }
        let roman = |c: char| matches!(c, 'Ⅰ'..='ⅿ');
        let numeral = c.is_ascii_digit() || roman(c) || HAN_NUMERALS.contains(c);
        joined[at] |= before == Some('第') && numeral;
        joined[end] |= before == Some('第') && roman(c);
        // A time or a score in full-width marks: 8：30.
        let digits = before.is_some_and(|c| c.is_ascii_digit())
            && text[end..].starts_with(|c: char| c.is_ascii_digit());
        joined[end] |= digits && "：．".contains(c);
        // T恤 and e家亲 are words.
        let letter = c.is_ascii_alphabetic() && !before.is_some_and(|c| c.is_ascii_graphic());
        joined[end] |= letter && text[end..].starts_with(is_han);
        joined[end] |= c == '№' || matches!(c, '①'..='⓿' | '㈠'..='㈩') || numbers_a_list(&text[..end]);
        before = Some(c);
    }
    let mut rest = 0;
    while let Some(start) = text[rest..].find(|c: char| c.is_ascii_digit()).map(|i| rest + i) {
        let digits = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |i| start + i);
        let behind = &text[digits..];
        let gap = behind.len() - behind.trim_start_matches(' ').len();
        // What a number counts stands on its line, and so do its own digits in
        // groups of three (GB/T 15835-2011, 5.1.1).
        joined[digits] |= behind.starts_with(is_han);
        joined[digits + gap] |= gap == 1 && groups(&text[start..digits], &behind[gap..]);
        if let Some(measure) = measure(behind) {
            joined[digits] = true;
            inner(&behind[..measure], digits, &mut joined);
        } else if behind.starts_with(|c| SIGNS.contains(c)) || gap > 0 && is_unit(&behind[gap..]) {
            // A joiner forbids the break on either side of a space as well.
            joined[digits + gap] = true;
        }
        rest = digits;
    }
    joined[text.len()] = false;
    joined
}

/// Whether a text ends in the number of a list, as （三） or 2．, at its start or
/// after a mark.
fn numbers_a_list(text: &str) -> bool {
    let numeral = |c: char| c.is_ascii_digit() || HAN_NUMERALS.contains(c);
    let bare = match text.strip_suffix('）') {
        Some(open) => open.trim_end_matches(numeral).strip_suffix('（'),
        None => {
            text.strip_suffix(['．', '.']).map(|open| open.trim_end_matches(|c: char| c.is_ascii_digit()))
        }
    };
    let whole = |rest: &str| rest.len() + '．'.len_utf8() < text.len();
    bare.is_some_and(|rest| {
        whole(rest) && (rest.is_empty() || rest.ends_with(['。', '；', '：', '！', '？', '，', '、', '”']))
    })
}

/// Whether a mark stands in a web address, which has to break somewhere.
fn is_address(text: &str, at: usize) -> bool {
    let start =
        text[..at].rfind(|c: char| !c.is_ascii_graphic()).map_or(0, |i| text.ceil_char_boundary(i + 1));
    let end = text[at..].find(|c: char| !c.is_ascii_graphic()).map_or(text.len(), |i| at + i);
    let address = &text[start..end];
    address.contains("://") || address.starts_with("www.") || address.matches('/').count() > 2
}

/// Whether a number and the digits behind its space are one: 3 862.
fn groups(number: &str, behind: &str) -> bool {
    let digits = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
    number.len() <= 3 && digits == 3
}

/// Whether a text begins with the sign or the letters of a unit.
fn is_unit(text: &str) -> bool {
    let letters = text.find(|c: char| !c.is_ascii_alphabetic() && c != 'μ').unwrap_or(text.len());
    text.starts_with(|c| SIGNS.contains(c)) || (1..=4).contains(&letters)
}

/// Where a line may end within long Latin words. What is written with a capital
/// is a name, or pinyin, and stays whole.
fn hyphens(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_ascii_alphabetic()) {
        let letters = word.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        if letters.len() >= LONG_WORD && letters.chars().all(|c| c.is_ascii_lowercase()) {
            let ends = hypher::hyphenate(letters, Lang::English).scan(at, |end, syllable| {
                *end += syllable.len();
                Some(*end)
            });
            found.extend(ends.filter(|end| *end < at + letters.len()));
        }
        at += word.len();
    }
    found
}

/// Marks the places between the characters of a piece that starts at `at`.
fn inner(piece: &str, at: usize, joined: &mut [bool]) {
    for (i, _) in piece.char_indices().skip(1) {
        joined[at + i] = true;
    }
}

/// Bytes of the measure word, with its scales, at the start of a text.
fn measure(text: &str) -> Option<usize> {
    let scales = text.find(|c| !SCALES.contains(c)).unwrap_or(text.len());
    let word = MEASURES.split_whitespace().find(|word| text[scales..].starts_with(word));
    match word {
        Some(word) => Some(scales + word.len()),
        None => (scales > 0).then_some(scales),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        join(text, ["边晖"]).replace(JOINER, "+").replace(SOFT_HYPHEN, "-")
    }

    #[test]
    fn numbers_keep_their_measure_words() {
        assert_eq!(shown("建立57个“微网格”"), "建立57+个“微网格”");
        assert_eq!(shown("接待1200余万人次和"), "接待1200+余+万+人+次和");
        assert_eq!(shown("第3届"), "第+3+届");
        assert_eq!(shown("下降90%，5G智慧、1+N帮1"), "下降90%，5G智慧、1+N帮1");
        assert_eq!(shown("共3 862户，A座12室"), "共3 +862+户，A+座12+室");
        assert_eq!(shown("20世纪，12 μg"), "20+世纪，12 +μg");
    }

    #[test]
    fn numbers_keep_their_units_and_signs() {
        assert_eq!(shown("全长12 km的路"), "全长12 +km的路");
        assert_eq!(shown("面积300㎡，零下5℃"), "面积300+㎡，零下5+℃");
        assert_eq!(shown("第Ⅷ章、第十次"), "第+Ⅷ+章、第+十次");
        assert_eq!(shown("№ 5"), "№+ 5");
    }

    #[test]
    fn numbers_of_lists_stay_with_what_they_number() {
        assert_eq!(shown("：①清运垃圾；②修路"), "：①+清运垃圾；②+修路");
        assert_eq!(shown("（三）建成。（四）完成"), "（三）+建成。（四）+完成");
        assert_eq!(shown("1．建成"), "1．+建成");
        assert_eq!(shown("见附件（三）的"), "见附件（三）的");
    }

    #[test]
    fn slashes_break_in_addresses_only() {
        assert_eq!(shown("和/或"), "和+/+或");
        assert_eq!(shown("见https://a.cn/b/c页"), "见https://a.cn/b/c页");
    }

    #[test]
    fn long_latin_words_may_be_broken() {
        assert_eq!(shown("用internationalization说"), "用in-ter-na-tion-al-iza-tion说");
        assert_eq!(shown("在Zhongguancun和windows里"), "在Zhongguancun和windows里");
    }

    #[test]
    fn names_and_marks_stay_whole() {
        assert_eq!(shown("是边晖始终"), "是边+晖始终");
        assert_eq!(shown("满园·花开"), "满园+·+花开");
        assert_eq!(shown("·"), "·");
    }

    #[test]
    fn nothing_but_joiners_is_added() {
        let text = "第21年—边晖·12名，“3:2”";
        assert_eq!(join(text, ["边晖"]).replace([JOINER, SOFT_HYPHEN], ""), text);
    }
}
