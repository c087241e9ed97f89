//! Spaces that Chinese text does not have.

use super::{Hit, Text, is_chinese, is_han, runs};
use crate::diag::Code;

/// Characters shown on either side.
const BESIDE: usize = 2;

/// Whether a space parts two halves of a title or a theme, as it does where no
/// mark stands: 以“携手同行 共创未来”为主题; or who wrote from the name, （记者 张三）.
fn parts(before: &str, after: &str) -> bool {
    let opens = before.rfind(['“', '《', '〈', '‘', '（', '”', '》', '〉', '’', '）']);
    let Some(inside) =
        opens.map(|at| &before[at..]).filter(|rest| rest.starts_with(['“', '《', '〈', '‘', '（']))
    else {
        return false;
    };
    let halves = after.find(['”', '》', '〉', '’', '）']).map(|end| &after[..end]);
    let han = |part: &str| part.chars().filter(|c| is_han(*c)).count() >= 2;
    han(inside) && halves.is_some_and(han) && before.ends_with(is_han) && after.starts_with(is_han)
}

/// Whether a space stands after the initial of a name: J. K. 罗琳.
fn initial(before: &str, after: &str) -> bool {
    let mut last = before.chars().rev();
    let dot = last.next() == Some('.') && last.next().is_some_and(|c| c.is_ascii_uppercase());
    dot && after.starts_with(is_han)
}

/// Whether a number, its unit and Chinese words stand beside one another: 5 km.
fn units(before: &str, after: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(['℃', '°', '‰', '㎡', '×'])
}

/// Any space but one plain space between two Latin words or numbers; several in
/// a row are one slip.
pub(super) fn stray(text: &Text) -> Vec<Hit> {
    let latin = |c: Option<char>| c.is_some_and(|c| !is_chinese(c) && !c.is_whitespace());
    let spaces = runs(text.text, |c| c.is_whitespace() && !c.is_control());
    let stray = spaces.into_iter().filter_map(|run| {
        let (before, after) = (&text.text[..run.start], &text.text[run.end..]);
        // A quotation mark with Latin behind it is Latin.
        let between = latin(before.trim_end_matches(['”', '’']).chars().next_back())
            && latin(after.trim_start_matches(['“', '‘']).chars().next());
        let fits = &text.text[run.clone()] == " "
            && (between || parts(before, after) || units(before, after) || initial(before, after));
        (!fits).then_some((run, between))
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
            if between || parts(before, after) { " " } else { "" },
            &text.text[run.end..end]
        );
        Hit::told(Code::StraySpace, run, shown).arg("point", format!("{point:04X}")).arg("right", right)
    };
    stray.map(hit).collect()
}
