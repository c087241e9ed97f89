//! Whether a text is a person's name.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::assets;

/// Characters with which names of other languages are written.
const SOUNDS: &str = "阿艾爱安奥巴拜拔白贝比别宾波博布策达德丁多尔法费弗夫甫噶格古哈海赫胡吉加杰江金卡开凯康科可克库拉兰朗乐勒雷力里丽利列林琳鲁路伦罗洛玛马买麦曼芒梅美蒙米明莫姆木穆纳娜那乃南尼妮宁努诺帕派皮普齐其奇恰强乔琪热仁茹汝萨赛桑森沙莎山什生石史斯苏孙索塔泰坦特提铁图吐托娃瓦万旺维温沃乌西希夏谢新雅亚牙延扬央伊依义英永尤于玉约扎泽则真珍治兹祖左卓朵措次旦顿珠叶肯";

/// The lines of a part of the table.
fn table(part: &str) -> impl Iterator<Item = &'static str> {
    let (_, rest) = assets::NAMES.split_once(part).unwrap_or_default();
    rest.lines().skip(1).take_while(|line| !line.starts_with('[')).filter(|line| !line.starts_with('#'))
}

static SURNAMES: LazyLock<HashSet<char>> = LazyLock::new(|| table("[single]").flat_map(str::chars).collect());
static COMPOUND: LazyLock<Vec<&str>> = LazyLock::new(|| table("[compound]").collect());
static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| table("[words]").collect());

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

/// A name without the spaces in it.
pub(super) fn plain(text: &str) -> String {
    let trimmed = text.trim_matches(|c: char| {
        c.is_whitespace() || "：:，,、。.（）()《》“”\"*＊★●·-—【】[]<>_".contains(c)
    });
    if trimmed.is_ascii() {
        return trimmed.to_owned();
    }
    // The separator dot in whatever form.
    let dot = |c: char| if ".．•・･‧∙⋅".contains(c) { '·' } else { c };
    trimmed.chars().filter(|c| !c.is_whitespace()).map(dot).collect()
}

/// Whether a text can be a name where one is asked for: in a column of names,
/// behind 姓名：.
pub(super) fn may_be(text: &str) -> bool {
    let name = plain(text);
    let count = name.chars().count();
    if WORDS.contains(name.as_str()) {
        return false;
    }
    if name.contains('·') {
        let parts = name.split('·').all(|part| (1..=8).contains(&part.chars().count()));
        let place = ["书记", "主任", "社区", "街道", "校长", "院长", "村", "镇"]
            .iter()
            .any(|word| name.contains(word));
        return parts && !place && count <= 25 && name.chars().all(|c| is_han(c) || c == '·');
    }
    if name.chars().all(|c| c.is_ascii_alphabetic() || " .'-".contains(c)) {
        return (3..=60).contains(&count) && name.contains(' ');
    }
    (2..=4).contains(&count) && name.chars().all(|c| is_han(c) || ('\u{E000}'..='\u{F8FF}').contains(&c))
}

/// Whether a text is a name wherever it stands: one with a surname that people
/// bear, of a usual length.
pub(super) fn is(text: &str) -> bool {
    let name = plain(text);
    if !may_be(&name) {
        return false;
    }
    if name.contains('·') {
        // Names of other languages are written with few characters.
        let sounds = name.chars().filter(|c| SOUNDS.contains(*c)).count();
        return 5 * sounds >= 3 * name.chars().filter(|c| *c != '·').count();
    }
    let count = name.chars().count();
    let compound = COMPOUND.iter().any(|surname| name.starts_with(surname));
    let single = name.chars().next().is_some_and(|first| SURNAMES.contains(&first));
    compound && (3..=4).contains(&count) || single && (2..=3).contains(&count)
}

/// Whether the end of a text is a name, and where it starts: after a post
/// without a space between.
pub(super) fn at_end(text: &str) -> Option<usize> {
    let long = text
        .char_indices()
        .rev()
        .take(20)
        .map(|(at, _)| at)
        .filter(|at| text[*at..].contains('·') && is(&text[*at..]));
    if let Some(at) = long.last() {
        return Some(at);
    }
    let starts: Vec<usize> = text.char_indices().rev().take(4).map(|(at, _)| at).collect();
    // Three characters first: of two the first may be part of the post.
    [3, 2, 4].iter().filter_map(|n| starts.get(n - 1)).copied().find(|at| is(&text[*at..]))
}

/// Whether two names differ in one character alone.
pub(super) fn near(one: &str, other: &str) -> bool {
    let (count, others) = (one.chars().count(), other.chars().count());
    let differ = || one.chars().zip(other.chars()).filter(|(a, b)| a != b).count();
    count == others && count > 1 && (count > 2 || one.chars().next() == other.chars().next()) && differ() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_words() {
        for name in ["王凤荣", "王  琦", "边晖", "欧阳修文", "阿卜杜热西提·买买提", "林则银", "王\u{E863}"]
        {
            assert!(may_be(name), "{name}");
        }
        for name in ["王凤荣", "王琦", "欧阳娜", "晏萍"] {
            assert!(is(name), "{name}");
        }
        for word in ["姓名", "社区荣誉", "坚守初心甘奉献", "书记", "2024", "王", "主任"] {
            assert!(!is(word), "{word}");
        }
        assert!(SURNAMES.len() > 350 && COMPOUND.len() > 20 && WORDS.contains("主任"));
        assert_eq!(at_end("党委书记兼居委会主任王凤荣"), Some("党委书记兼居委会主任".len()));
        assert!(near("王凤荣", "王风荣") && !near("王凤荣", "赵凤英") && !near("王洋", "李洋"));
    }
}
