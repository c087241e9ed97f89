//! A line of a delivered text, and what it looks like.

use super::Place;
use crate::documents::Style;

/// Longest line that may be a title, in characters.
const TITLE: usize = 45;

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// As it stands, without the spaces around it.
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) style: Style,
    /// Whether it begins a paragraph for sure.
    pub(super) indented: bool,
    /// Whether it stands in a text box.
    pub(super) boxed: bool,
    /// The block of the document that it comes from.
    pub(super) block: usize,
    pub(super) look: Look,
}

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Short, and no sentence.
    Title,
    /// Text.
    Body,
    Blank,
    /// A new page.
    Break,
    /// A page's number, a line of a table of contents, a rule.
    Furniture,
}

impl Look {
    /// The look of a text with a style.
    pub(super) fn of(text: &str, style: &Style) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::Blank;
        }
        if is_furniture(text) {
            return Self::Furniture;
        }
        if matches!(style, Style::Heading(_)) && text.chars().count() <= 2 * TITLE {
            return Self::Title;
        }
        if text.chars().count() > TITLE || ends_sentence(text) || text.ends_with(['，', ',', '、', '；', ';'])
        {
            return Self::Body;
        }
        Self::Title
    }
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(['”', '’', '"', '）', ')', '》', '\'']);
    let stop = bare.chars().next_back();
    match stop {
        Some('。' | '；' | ';' | '…' | '.') => true,
        // A headline may call out or ask.
        Some('！' | '？' | '!' | '?') => bare.chars().count() > 25,
        _ => false,
    }
}

/// Whether a paragraph is at its end: nothing of it can stand on the next page.
pub(super) fn ends_paragraph(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(['”', '’', '"', '）', ')', '》', '\'']);
    matches!(bare.chars().next_back(), Some('。' | '！' | '？' | '!' | '?' | '…' | '：' | ':' | '；' | ';'))
        || bare.ends_with('.') && !bare.ends_with(|c: char| c.is_ascii_digit())
}

/// Page numbers, rules, lines of a table of contents.
fn is_furniture(text: &str) -> bool {
    if is_credit(text) {
        return true;
    }
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
    if letters == 0 {
        return !text.contains(['“', '”', '《']);
    }
    let page = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "第页共-—–－·/".contains(c));
    page && text.contains(|c: char| c.is_ascii_digit()) && text.chars().count() <= 16
}

/// Lines that say who wrote, took, printed or published, or head a part of the
/// book: 供稿：…, 图为…, 二、事迹材料.
fn is_credit(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "供稿",
        "作者",
        "来源",
        "责任编辑",
        "责编",
        "编辑：",
        "整理：",
        "撰稿",
        "文/",
        "文／",
        "图/",
        "图／",
        "摄影",
        "摄：",
        "打印日期",
        "打印时间",
        "制表",
        "填表",
        "审核",
        "校对",
        "图为",
        "供图",
        "图：",
        "文：",
        "图片来源",
        "通讯员",
        "点击",
        "阅读",
        "字号",
        "发布时间",
        "时间：",
        "日期：",
    ];
    const PARTS: &[&str] =
        &["入选名单", "事迹材料", "获奖名单", "人物事迹", "名单", "先进事迹", "事迹选登", "人物介绍", "附件"];
    if text.chars().count() > 50 {
        return false;
    }
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "（）()【】[]▲△▼■".contains(c));
    let dated =
        bare.starts_with("20") && ["来源", "字号", "阅读", "浏览"].iter().any(|word| bare.contains(word));
    let photo = bare.ends_with("资料图片")
        || bare.ends_with("资料图")
        || bare.ends_with('摄') && text.ends_with(['）', ')']);
    STARTS.iter().any(|start| bare.starts_with(start))
        || PARTS.contains(&without_number(bare))
        || dated
        || photo
}

/// A line of a table of contents without its dots and page number.
pub(super) fn of_contents(text: &str) -> Option<&str> {
    let bare = text.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    let entry = bare.trim_end_matches(|c: char| ".…·．‥\t 　-—_⋯(（".contains(c));
    let gap = &bare[entry.len()..];
    let dots = gap.chars().filter(|c| ".…·．‥⋯_".contains(*c)).count();
    (bare.len() < text.trim_end().len() && !entry.is_empty() && (dots >= 2 || gap.contains('\t')))
        .then_some(entry)
}

/// A line without the number of a list before it: 一、 1. （一） ① 第一篇.
pub(super) fn without_number(text: &str) -> &str {
    let text = text.trim();
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百０１２３４５６７８９".contains(c);
    let bare =
        text.trim_start_matches(['●', '■', '★', '◆', '▲', '※', '•', '□', '○', '◎', '☆', '*']).trim_start();
    let bare = bare.strip_prefix(|c| ('①'..='⑳').contains(&c)).unwrap_or(bare);
    if let Some(rest) = bare.strip_prefix(['（', '(', '【', '[']) {
        let after = rest.trim_start_matches(numeral);
        if after.len() < rest.len()
            && let Some(rest) = after.strip_prefix(['）', ')', '】', ']'])
        {
            return rest.trim_start_matches(['、', '.', '．', ' ', '\u{3000}']);
        }
    }
    if let Some(rest) = bare.strip_prefix('第') {
        let after = rest.trim_start_matches(numeral);
        let unit = after
            .strip_prefix(['篇', '章', '位', '节', '号', '部'])
            .map(|rest| rest.strip_prefix("分").unwrap_or(rest));
        if after.len() < rest.len()
            && let Some(rest) = unit
        {
            return rest.trim_start_matches([' ', '\u{3000}', '：', ':', '、', '\t']);
        }
    }
    let after = bare.trim_start_matches(numeral);
    if after.len() < bare.len() && bare.len() - after.len() <= 12 {
        if let Some(rest) = after.strip_prefix(['、', '.', '．', ')', '）', '\t']) {
            return rest.trim_start();
        }
        let digits = bare[..bare.len() - after.len()].chars().all(|c| c.is_ascii_digit());
        if digits && after.starts_with([' ', '\u{3000}']) {
            return after.trim_start();
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_lists_come_off() {
        for text in [
            "一、王凤荣",
            "1. 王凤荣",
            "（一）王凤荣",
            "①王凤荣",
            "第三篇 王凤荣",
            "● 王凤荣",
            "10 王凤荣",
            "1．王凤荣",
        ] {
            assert_eq!(without_number(text), "王凤荣", "{text}");
        }
        assert_eq!(without_number("15年如一日"), "15年如一日");
        assert_eq!(without_number("一肩挑"), "一肩挑");
    }

    #[test]
    fn looks_are_told_apart() {
        let look = |text| Look::of(text, &Style::Body);
        assert_eq!(look("坚守初心甘奉献 情系居民勇担当"), Look::Title);
        assert_eq!(look("她说：“好。”"), Look::Body);
        assert_eq!(look("— 12 —"), Look::Furniture);
        assert_eq!(look("第 3 页 共 20 页"), Look::Furniture);
        assert_eq!(look("  \u{3000}"), Look::Blank);
        assert_eq!(of_contents("王凤荣…………3"), Some("王凤荣"));
        assert_eq!(of_contents("王凤荣\t12"), Some("王凤荣"));
        assert_eq!(of_contents("服务2000"), None);
    }
}
