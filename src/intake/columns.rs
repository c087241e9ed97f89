//! Heads of columns and labels of forms, by the words that people use.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Field;
use crate::assets;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Column {
    /// A field.
    Of(Field),
    /// District, street and community in one.
    Unit,
    /// Unit and role in one.
    Post,
    /// The file name of the profile.
    Id,
    /// The place in the book.
    Number,
    /// What is never printed: telephone numbers, dates of birth …
    Unprinted,
}

/// Names of columns by what they hold.
static NAMES: LazyLock<HashMap<&'static str, Column>> = LazyLock::new(|| {
    let lines = assets::COLUMNS.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once(": "));
    let named = pairs.filter_map(|(key, names)| Some((meaning(key)?, names)));
    named.flat_map(|(column, names)| names.split(' ').map(move |name| (name, column))).collect()
});

/// What a line of the table is about.
fn meaning(key: &str) -> Option<Column> {
    let field = |field: &Field| format!("{field:?}") == key;
    Some(match key {
        "Unit" => Column::Unit,
        "Post" => Column::Post,
        "Id" => Column::Id,
        "Number" => Column::Number,
        "Unprinted" => Column::Unprinted,
        _ => Column::Of(Field::ALL.into_iter().find(field)?),
    })
}

/// A head of a column without what people put around it.
pub(super) fn plain(head: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for c in head.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 && c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
    }
    for start in ["请输入", "请填写", "填写", "您的", "你的", "人物的"] {
        out = out.replacen(
            start,
            "",
            usize::from(
                out.starts_with(start)
                    || out.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(start),
            ),
        );
    }
    // 事迹第一段 is a piece of 事迹.
    if let Some((whole, piece)) = out.split_once('第')
        && piece.ends_with(['段', '部'])
        && !whole.is_empty()
    {
        out = whole.to_owned();
    }
    let stripped = out.trim_start_matches(|c: char| c.is_ascii_digit());
    if stripped.is_empty() { out } else { stripped.to_owned() }
}

/// What a column of that head holds, and the number behind its name, as 数字2
/// has.
pub(super) fn of(head: &str) -> Option<(Column, usize)> {
    let plain = plain(head);
    if plain.is_empty() || plain.chars().count() > 16 {
        return None;
    }
    let exact = |text: &str| NAMES.get(text).copied();
    if let Some(column) = exact(&plain) {
        return Some((column, 1));
    }
    let digits = plain.trim_end_matches(|c: char| c.is_ascii_digit() || "一二三四五".contains(c));
    let number = &plain[digits.len()..];
    let number = number
        .parse()
        .ok()
        .or_else(|| "一二三四五".find(number).filter(|_| !number.is_empty()).map(|at| at / 3 + 1));
    if let Some(column) = exact(digits) {
        return Some((column, number.unwrap_or(1)));
    }
    // 社区书记姓名, 候选人姓名: the end tells.
    let ends: [(&str, Column); 6] = [
        ("姓名", Column::Of(Field::Name)),
        ("单位及职务", Column::Post),
        ("标题", Column::Of(Field::Headline)),
        ("事迹材料", Column::Of(Field::Article)),
        ("主要事迹", Column::Of(Field::Article)),
        ("手机号", Column::Unprinted),
    ];
    ends.iter().find(|(end, _)| plain.ends_with(end)).map(|(_, column)| (*column, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_understood() {
        let lines = assets::COLUMNS.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let (key, names) = line.split_once(": ").expect("a meaning and its names");
            assert!(meaning(key).is_some(), "{key}");
            assert!(names.split(' ').all(|name| plain(name) == name), "{line}");
        }
    }

    #[test]
    fn heads_are_known_by_many_names() {
        for (head, column) in [
            ("姓 名", Column::Of(Field::Name)),
            ("街道（乡镇）", Column::Of(Field::Street)),
            ("*所在单位及职务：", Column::Post),
            ("1、姓名", Column::Of(Field::Name)),
            ("联系电话（必填）", Column::Unprinted),
            ("社区书记姓名", Column::Of(Field::Name)),
        ] {
            assert_eq!(of(head).map(|(column, _)| column), Some(column), "{head}");
        }
        assert_eq!(of("数字2"), Some((Column::Of(Field::Value), 2)));
        assert_eq!(of("喜欢的颜色"), None);
    }
}
