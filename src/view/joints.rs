//! Keeps together what a line may not part: the person's name and the phrases
//! that the project lists, a number and its measure word, 第 and its number, and the marks · ～ — with what stands
//! beside them. Word joiners go in before layout; the typesetter takes them
//! out of the finished lines, so that copied text stays clean.

/// U+2060 forbids a line break and, unlike a box, leaves the spacing between
/// Han and digits and the justification alone.
pub(crate) const JOINER: char = '\u{2060}';

/// Marks that may not be parted from their neighbours (GB/T 15834-2011, 5.1.6–7).
const MARKS: &str = "·～—";
/// What may stand between a number and its measure word.
const SCALES: &str = "余多几万亿千百";
/// Measure words, longest first where one begins another.
const MEASURES: &str = "平方米 平方公里 人次 小时 分钟 公里 公斤 公顷 周年 个 年 月 日 号 时 分 \
    秒 天 周 岁 届 期 名 人 位 户 家 支 队 场 次 件 起 项 条 种 类 面 \
    处 所 座 栋 幢 楼 层 间 套 台 辆 部 盏 棵 株 块 张 篇 册 本 份 封 \
    遍 趟 元 角 米 里 亩 吨 斤 克 倍 级 批 组 对 双 节 课 堂 门 轮 句 \
    字";

/// The text with joiners. Taking them out gives the text back.
pub(super) fn join<'a>(text: &str, phrases: impl IntoIterator<Item = &'a str>) -> String {
    let mut joined = vec![false; text.len() + 1];
    for phrase in phrases {
        for (at, _) in text.match_indices(phrase) {
            inner(phrase, at, &mut joined);
        }
    }
    for (at, c) in text.char_indices().filter(|(_, c)| MARKS.contains(*c)) {
        joined[at] = true;
        joined[at + c.len_utf8()] = true;
    }
    let mut rest = 0;
    while let Some(start) = text[rest..].find(|c: char| c.is_ascii_digit()).map(|i| rest + i) {
        let digits = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |i| start + i);
        joined[start] |= text[..start].ends_with('第');
        if let Some(measure) = measure(&text[digits..]) {
            joined[digits] = true;
            inner(&text[digits..digits + measure], digits, &mut joined);
        }
        rest = digits;
    }
    let mut out = String::with_capacity(text.len() + 32);
    for (at, c) in text.char_indices() {
        if at > 0 && joined[at] {
            out.push(JOINER);
        }
        out.push(c);
    }
    out
}

/// Marks the places between the characters of a piece that starts at `at`.
fn inner(piece: &str, at: usize, joined: &mut [bool]) {
    for (i, _) in piece.char_indices().skip(1) {
        joined[at + i] = true;
    }
}

/// Whether a text begins with what may not be parted from a number before it.
pub(crate) fn continues_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) || measure(text).is_some()
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
        join(text, ["边晖"]).replace(JOINER, "+")
    }

    #[test]
    fn numbers_keep_their_measure_words() {
        assert_eq!(shown("建立57个“微网格”"), "建立57+个“微网格”");
        assert_eq!(shown("接待1200余万人次和"), "接待1200+余+万+人+次和");
        assert_eq!(shown("第3届"), "第+3+届");
        assert_eq!(shown("下降90%，5G智慧、1+N帮1"), "下降90%，5G智慧、1+N帮1");
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
        assert_eq!(join(text, ["边晖"]).replace(JOINER, ""), text);
    }
}
