//! Labels with their values: 姓名：王凤荣, 【姓名】王凤荣.

use super::columns::{self, Column};
use super::line::without_number;

/// A label with its value: 姓名：王凤荣. Several may stand in a line.
pub(super) fn labels(text: &str) -> Vec<(Column, String)> {
    let mut found: Vec<(Column, String)> = Vec::new();
    let mut rest = without_number(text);
    // 【姓名】王凤荣, [姓名] 王凤荣.
    if let Some((label, value)) =
        rest.strip_prefix(['【', '[', '［']).and_then(|inner| inner.split_once(['】', ']', '］']))
        && let Some((column, _)) = columns::of(label)
    {
        return vec![(column, value.trim_start_matches(['：', ':']).trim().to_owned())];
    }
    while let Some((label, value)) = rest.split_once(['：', ':']) {
        let Some((column, _)) = columns::of(label.trim()).filter(|_| label.chars().count() <= 12) else {
            break;
        };
        // The next label of the line begins behind a space.
        let next = value
            .char_indices()
            .filter(|(_, c)| c.is_whitespace() || *c == '；' || *c == ';')
            .find_map(|(at, c)| {
                let from = at + c.len_utf8();
                let (label, _) = value[from..].split_once(['：', ':'])?;
                columns::of(label.trim()).filter(|_| label.chars().count() <= 12).map(|_| (at, from))
            });
        match next {
            Some((at, from)) => {
                found.push((column, value[..at].trim().to_owned()));
                rest = &value[from..];
            }
            None => {
                found.push((column, value.trim().to_owned()));
                break;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Field;

    #[test]
    fn labels_may_share_a_line() {
        let found = labels("姓名：王凤荣  职务：党委书记 标题：坚守初心 情系居民");
        assert_eq!(found.len(), 3);
        assert_eq!(found[2], (Column::Of(Field::Headline), "坚守初心 情系居民".into()));
        assert_eq!(labels("她说：好"), []);
    }
}
