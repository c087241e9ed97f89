//! What a number counts, in words of its clause.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use super::numbers;

/// Longest label, in characters.
const LABEL: usize = 12;

/// What a number counts: the words behind it, else those before it.
pub(super) fn label<'c>(clause: &'c str, start: usize, end: usize, name: &str) -> Option<&'c str> {
    let measures_time = clause[start..end].ends_with(['年', '%', '天', '岁', '倍', '载']);
    let after = following(clause[end..].strip_prefix('的').unwrap_or(&clause[end..]));
    let before = preceding(&clause[..start]).filter(|label| *label != name);
    let first = if measures_time && before.is_some() { before } else { after };
    first.or(before).or(after)
}

/// Words that no label begins or ends with.
const EMPTY: &[&str] = &[
    "的",
    "了",
    "和",
    "与",
    "及",
    "等",
    "近",
    "约",
    "达",
    "达到",
    "已",
    "已有",
    "共",
    "有",
    "超过",
    "超",
    "余",
    "为",
    "在",
    "是",
    "从",
    "到",
    "将",
    "把",
    "被",
    "每",
    "这",
    "那",
    "她",
    "他",
    "它",
    "其",
    "以来",
    "如一日",
    "之",
    "之久",
    "共计",
    "多",
    "仅",
    "至",
    "于",
    "对",
    "向",
    "由",
    "用",
    "上",
    "中",
    "下",
    "并",
    "还",
    "也",
    "又",
];

fn words(text: &str) -> Vec<&str> {
    let segmenter = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let edges: Vec<usize> = segmenter.segment_str(text).collect();
    edges.windows(2).filter_map(|edge| text.get(edge[0]..edge[1])).collect()
}

/// The noun behind a number.
fn following(text: &str) -> Option<&str> {
    let until = text.find(['、', '，', '。', '（', '和']).unwrap_or(text.len());
    let text = &text[..until];
    // “微网格”党支部 is a name; 老人“早看窗帘” is not.
    let quote = text.find('“').filter(|at| *at > 0).unwrap_or(text.len());
    let text = &text[..quote];
    let mut end = 0;
    for word in words(text) {
        if EMPTY.contains(&word) || text[..end + word.len()].chars().count() > LABEL {
            break;
        }
        end += word.len();
    }
    let label = unquoted(&text[..end]);
    (label.chars().filter(|c| !c.is_ascii_digit()).count() > 1
        && !label.starts_with(|c: char| c.is_ascii_digit()))
    .then_some(label)
}

/// The words before a number.
fn preceding(text: &str) -> Option<&str> {
    let from = text.rfind(['、', '，', '。', '）']).map_or(0, |at| at + '，'.len_utf8());
    let text = &text[from..];
    // A number before a number counts the same.
    let quote = text.trim_end().rfind('”').filter(|at| !text[*at..].trim_end_matches(['”']).is_empty());
    let text = quote.map_or(text, |at| &text[at + '”'.len_utf8()..]);
    let text = numbers(text).first().map_or(text, |(start, ..)| &text[..*start]);
    let list = words(text);
    let mut end = text.len();
    let mut kept = list.len();
    while kept > 0 && EMPTY.contains(&list[kept - 1]) {
        end -= list[kept - 1].len();
        kept -= 1;
    }
    let mut start = end;
    for word in list[..kept].iter().rev() {
        if EMPTY.contains(word) || text[start - word.len()..end].chars().count() > LABEL {
            break;
        }
        start -= word.len();
    }
    // 为居民办结: it is the deed that is counted.
    if text[..start].ends_with('为') {
        start += words(&text[start..end]).first().map_or(0, |word| word.len());
    }
    let label = unquoted(&text[start..end]);
    (label.chars().filter(|c| !c.is_ascii_digit()).count() > 1
        && !label.starts_with(|c: char| c.is_ascii_digit()))
    .then_some(label)
}

/// A label that does not cut a pair of quotation marks.
fn unquoted(text: &str) -> &str {
    if text.matches('“').count() == text.matches('”').count() {
        return text;
    }
    let text = text.rsplit('“').next().filter(|rest| !rest.contains('”')).unwrap_or(text);
    text.split('”').next().unwrap_or(text)
}
