//! Whether the characters of a name in a text are that name, or part of other
//! words: 张立 is not in 主张立即, nor 高明 in 手段高明.

use std::ops::Range;

use super::super::words;

/// Characters on either side by which words are told apart.
const AROUND: usize = 20;
/// What ends a clause.
const MARKS: &str = "，。、；：！？…—“”‘’（）《》〈〉【】 \u{3000}";
/// Words that stand right before a name …
const BEFORE: &[&str] = &[
    "书记",
    "主任",
    "委员",
    "校长",
    "院长",
    "所长",
    "站长",
    "老师",
    "教师",
    "医生",
    "同志",
    "党员",
    "居民",
    "队长",
    "经理",
    "记者",
    "网格员",
    "志愿者",
    "名叫",
    "叫",
    "和",
    "与",
    "跟",
];
/// … and right after one.
const AFTER: &[&str] = &[
    "同志", "书记", "主任", "委员", "老师", "校长", "大姐", "大哥", "阿姨", "说", "表示", "介绍", "告诉",
    "带领", "和", "与", "等", "一", "就", "还", "也", "又", "常", "总", "始终", "坚持",
];

/// Whether a piece of a text is a name there.
pub(super) fn is_name(text: &str, piece: Range<usize>) -> bool {
    let before =
        text[..piece.start].char_indices().rev().take(AROUND).take_while(|(_, c)| !MARKS.contains(*c));
    let start = before.last().map_or(piece.start, |(at, _)| at);
    let after = text[piece.end..].char_indices().take(AROUND).take_while(|(_, c)| !MARKS.contains(*c));
    let end = after.last().map_or(piece.end, |(at, c)| piece.end + at + c.len_utf8());
    let clause = &text[start..end];
    let (from, to) = (piece.start - start, piece.end - start);
    let edges = words::edges(clause);
    if !edges.contains(&from) || !edges.contains(&to) {
        return false;
    }
    let word = !edges.iter().any(|edge| (from + 1..to).contains(edge));
    let (before, after) = (&clause[..from], &clause[to..]);
    !word
        || (before.is_empty() || BEFORE.iter().any(|word| before.ends_with(word)))
            && (after.is_empty() || AFTER.iter().any(|word| after.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_other_words() {
        let is = |text: &str, name: &str| {
            let at = text.find(name).expect("it stands there");
            is_name(text, at..at + name.len())
        };
        for (text, name) in [
            ("她主张立即整改", "张立"),
            ("手段高明", "高明"),
            ("用高明的办法", "高明"),
            ("迎来新的春光明媚", "春光"),
            ("长江水流", "江水"),
        ] {
            assert!(!is(text, name), "{text}");
        }
        for (text, name) in [
            ("社区书记高明说", "高明"),
            ("高明同志来了", "高明"),
            ("记者找到了王洋", "王洋"),
            ("王凤荣和赵金梅一起", "赵金梅"),
            ("书记张立介绍", "张立"),
        ] {
            assert!(is(text, name), "{text}");
        }
    }
}
