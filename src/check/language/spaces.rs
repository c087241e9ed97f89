//! Spaces that Chinese text does not have.

use super::{Hit, Text, is_chinese, runs};
use crate::diag::Code;

/// Characters shown on either side.
const BESIDE: usize = 2;

/// Any space but one plain space between two Latin words or numbers; several in
/// a row are one slip.
pub(super) fn stray(text: &Text) -> Vec<Hit> {
    let latin = |c: Option<char>| c.is_some_and(|c| !is_chinese(c) && !c.is_whitespace());
    let spaces = runs(text.text, |c| c.is_whitespace() && !c.is_control());
    let stray = spaces.into_iter().filter_map(|run| {
        let (before, after) = (&text.text[..run.start], &text.text[run.end..]);
        let between = latin(before.chars().next_back()) && latin(after.chars().next());
        (!between || &text.text[run.clone()] != " ").then_some((run, between))
    });
    let hit = |(run, between): (std::ops::Range<usize>, bool)| {
        let (before, after) = (&text.text[..run.start], &text.text[run.end..]);
        let start = before.char_indices().rev().take(BESIDE).last().map_or(run.start, |(at, _)| at);
        let end = after.char_indices().nth(BESIDE).map_or(text.text.len(), |(at, _)| run.end + at);
        let point = text.text[run.clone()].chars().next().map_or(0, u32::from);
        let shown = text.text[start..end].to_owned();
        let right = format!(
            "{}{}{}",
            &text.text[start..run.start],
            if between { " " } else { "" },
            &text.text[run.end..end]
        );
        Hit::told(Code::StraySpace, run, shown).arg("point", format!("{point:04X}")).arg("right", right)
    };
    stray.map(hit).collect()
}
