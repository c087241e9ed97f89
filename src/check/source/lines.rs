//! The delivered texts, line by line.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use typst::utils::hash128;

use super::letters::{self, Letter};
use crate::documents::Spot;
use crate::load::Delivered;

/// Longest line that is taken for a title, in letters.
const TITLE: usize = 80;
/// Words that introduce what stands behind them, with a colon or alone.
const LABELS: [&str; 15] = [
    "名单",
    "姓名",
    "名字",
    "标题",
    "题目",
    "单位",
    "职务",
    "任职",
    "事迹",
    "主要事迹",
    "人物",
    "正文",
    "目录",
    "社区",
    "区",
];

/// The delivered texts.
pub(super) struct Source<'a> {
    /// Hash of the texts, which tell all the rest.
    print: u128,
    pub(super) letters: Vec<Letter>,
    pub(super) lines: Vec<Line<'a>>,
}

/// A line that has letters.
pub(super) struct Line<'a> {
    pub(super) file: &'a str,
    /// In its file, from 1.
    pub(super) number: usize,
    /// In its document, where the file is one.
    pub(super) spot: Option<&'a Spot>,
    pub(super) text: &'a str,
    /// In the letters of the source.
    pub(super) letters: Range<usize>,
    /// Short, and no sentence.
    pub(super) title: bool,
}

impl Hash for Source<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.print.hash(state);
    }
}

impl<'a> Source<'a> {
    pub(super) fn new(texts: &'a [Delivered]) -> Self {
        let print = hash128(&texts.iter().filter_map(|text| text.text.as_ref().ok()).collect::<Vec<_>>());
        let mut source = Self { print, letters: vec![], lines: vec![] };
        for delivered in texts {
            let Ok(text) = &delivered.text else { continue };
            for (number, line) in numbered(text) {
                let start = source.letters.len();
                letters::add(line, source.lines.len(), &mut source.letters);
                let letters = start..source.letters.len();
                if letters.is_empty() {
                    continue;
                }
                let title = is_title(&source.letters[letters.clone()]);
                let spot = delivered.spots.get(number - 1);
                source.lines.push(Line { file: &delivered.file, number, spot, text: line, letters, title });
            }
        }
        source
    }

    pub(super) fn chars(&self, line: usize) -> Vec<char> {
        self.letters_of(line).iter().map(|letter| letter.c).collect()
    }

    pub(super) fn letters_of(&self, line: usize) -> &[Letter] {
        self.lines.get(line).map_or(&[], |line| &self.letters[line.letters.clone()])
    }

    /// Whether a line is a page's number or the name of what follows.
    pub(super) fn is_furniture(&self, line: usize) -> bool {
        let text: String = self.chars(line).into_iter().collect();
        let words = text.trim_matches(|c: char| !c.is_alphanumeric());
        let number = text.contains(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || "第页共".contains(c) || !c.is_alphanumeric());
        number || LABELS.contains(&words) || text.chars().all(|c| "*-_=~#".contains(c))
    }
}

/// Lines with their numbers as editors count them. Vertical tabs, form feeds
/// and their like end lines of word processors, which have no number.
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let unix = text.split('\n').flat_map(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split(['\r', '\u{85}'])
    });
    unix.enumerate().flat_map(|(i, line)| {
        line.split(['\u{B}', '\u{C}', '\u{2028}', '\u{2029}']).map(move |part| (i + 1, part))
    })
}

fn is_title(letters: &[Letter]) -> bool {
    let last = letters.iter().rev().find(|letter| !"\"')》".contains(letter.c));
    letters.len() <= TITLE && last.is_none_or(|letter| letter.c != '.')
}

/// Whether a piece of a head says nothing of its own: a number in a list, a
/// label with its colon.
pub(super) fn is_label(text: &str) -> bool {
    let words = text.trim_matches(|c: char| !c.is_alphanumeric());
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百第篇章".contains(c);
    let counted = words.chars().all(numeral) && (words != text || words.contains(['第', '篇', '章']));
    words.is_empty() || counted || LABELS.contains(&words) && text.contains(':')
}

/// Whether a text has a piece.
pub(super) fn holds(text: &[char], piece: &[char]) -> bool {
    !piece.is_empty() && text.windows(piece.len()).any(|window| window == piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_as_editors_count_them() {
        let lines: Vec<_> = numbered("一\r\n二\u{C}三\n四\r五").collect();
        assert_eq!(lines, [(1, "一"), (2, "二"), (2, "三"), (3, "四"), (4, "五")]);
    }

    #[test]
    fn labels_and_numbers_say_nothing() {
        for text in ["一、", "1.", "(二)", "姓名:", "——", "标题:《"] {
            assert!(is_label(text), "{text}");
        }
        for text in ["记", "天津市", "十佳", "一"] {
            assert!(!is_label(text), "{text}");
        }
    }
}
