//! A field here, in the project, and there, in the document; and what it was.

use serde_json::Value as Json;

use super::super::record::{plain, print};

/// Characters shown around what differs.
const AROUND: usize = 10;
/// Longest text that is shown of a side, in characters.
const SHOWN: usize = 400;

/// Whose value a field gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Both say the same.
    Same,
    /// The document changed it.
    There,
    /// Only the project changed it.
    Here,
    /// Both changed it, or nobody knows.
    Both,
}

/// A field on both sides, and the fingerprint of what it was.
pub(super) struct Sides<'a> {
    pub(super) here: Option<&'a Json>,
    pub(super) there: &'a Json,
    pub(super) base: Option<&'a str>,
    /// Whether it is of lines that may be broken elsewhere, as titles are.
    pub(super) broken_otherwise: bool,
}

impl Sides<'_> {
    pub(super) fn side(&self) -> Side {
        let nothing = |value: &Json| {
            matches!(value, Json::Null) || *value == Json::Array(vec![]) || value.as_str() == Some("")
        };
        let here = self.here.filter(|here| !nothing(here));
        let Some(here) = here else {
            return match self.base {
                _ if nothing(self.there) => Side::Same,
                // Somebody took it out here, and nothing is new there.
                Some(base) if base == print(self.there) => Side::Here,
                _ => Side::There,
            };
        };
        let same_lines = |value: &Json| lines(Some(value)).concat();
        if plain(here) == plain(self.there)
            || self.broken_otherwise && same_lines(here) == same_lines(self.there)
        {
            return Side::Same;
        }
        match self.base {
            Some(base) if base == print(self.there) => Side::Here,
            Some(base) if base == print(here) => Side::There,
            _ => Side::Both,
        }
    }

    /// Both changed it, entry by entry elsewhere: what comes of it.
    pub(super) fn merged(&self) -> Option<Json> {
        let (here, there) = (self.here?.as_array()?, self.there.as_array()?);
        let base: Vec<&str> = self.base?.split('.').collect();
        if base.len() != here.len() || base.len() != there.len() {
            return None;
        }
        let one = |((here, there), base): ((&Json, &Json), &&str)| match () {
            () if plain(here) == plain(there) => Some(here.clone()),
            () if print(there) == **base => Some(here.clone()),
            () if print(here) == **base => Some(there.clone()),
            () => None,
        };
        here.iter().zip(there).zip(&base).map(one).collect()
    }

    /// The first entry that differs.
    pub(super) fn first_change(&self) -> usize {
        let (here, there) = (lines(self.here), lines(Some(self.there)));
        here.iter().zip(&there).take_while(|(a, b)| a == b).count()
    }

    /// What differs, here and there, with a few words around it.
    pub(super) fn texts(&self) -> (String, String) {
        let here: Vec<char> = lines(self.here).join(" / ").chars().collect();
        let there: Vec<char> = lines(Some(self.there)).join(" / ").chars().collect();
        let start = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
        let most = here.len().min(there.len()) - start;
        let end = here.iter().rev().zip(there.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
        (around(&here, start, end), around(&there, start, end))
    }
}

/// What differs between two texts, with a few words around it.
pub(in crate::intake) fn differing(one: &[&str], other: &[&str]) -> (String, String) {
    let list = |texts: &[&str]| -> Json { texts.iter().copied().map(Json::from).collect() };
    let (one, other) = (list(one), list(other));
    Sides { here: Some(&one), there: &other, base: None, broken_otherwise: false }.texts()
}

/// A text from a few characters before what differs to a few behind it.
fn around(text: &[char], start: usize, end: usize) -> String {
    let from = if start > AROUND + 2 { start - AROUND } else { 0 };
    let last = text.len() - end;
    let to = if end > AROUND + 2 { last + AROUND } else { text.len() };
    let cut = to.min(from + SHOWN);
    let dots = |cut: bool| if cut { "……" } else { "" };
    let piece: String = text[from..cut].iter().collect();
    format!("{}{piece}{}", dots(from > 0), dots(cut < text.len()))
}

/// The texts of a value, one a line.
fn lines(value: Option<&Json>) -> Vec<String> {
    match value {
        None | Some(Json::Null) => vec![],
        Some(Json::String(text)) => vec![text.clone()],
        Some(Json::Array(list)) => list.iter().map(|entry| lines(Some(entry)).join(" ")).collect(),
        Some(Json::Object(map)) => map.values().flat_map(|entry| lines(Some(entry))).collect(),
        Some(other) => vec![other.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_tells_who_changed() {
        let (old, mine, theirs) = (Json::from("一"), Json::from("二"), Json::from("三"));
        let base = print(&old);
        let side = |here: &Json, there: &Json, base: Option<&str>| {
            Sides { here: Some(here), there, base, broken_otherwise: false }.side()
        };
        assert_eq!(side(&old, &old, Some(&base)), Side::Same);
        assert_eq!(side(&old, &theirs, Some(&base)), Side::There);
        assert_eq!(side(&mine, &old, Some(&base)), Side::Here);
        assert_eq!(side(&mine, &theirs, Some(&base)), Side::Both);
        assert_eq!(side(&mine, &theirs, None), Side::Both);
        assert_eq!(side(&Json::from("好,的"), &Json::from("好，的"), None), Side::Same);
        let empty = Json::Array(vec![]);
        assert_eq!(
            Sides { here: Some(&empty), there: &theirs, base: None, broken_otherwise: false }.side(),
            Side::There
        );
    }
}
