//! The book's own titles, among what stands before the first person.

use super::Found;
use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::line::{Line, Look};
use super::reading::{Mends, found};
use super::record::print;

/// Longest title of a book, in characters.
const TITLE: usize = 40;
/// Longest line of a subtitle that is not parted, in characters.
const SUBTITLE: usize = 22;
/// Words by which a line is the book's, not a section's.
const OF_BOOKS: &[&str] = &[
    "风采录",
    "事迹",
    "先进",
    "优秀",
    "十佳",
    "榜样",
    "人物",
    "典型",
    "画册",
    "纪念",
    "汇编",
    "届",
    "光荣",
    "书记",
    "故事",
];
/// Words that head other parts.
const PARTS: &[&str] =
    &["目录", "前言", "序言", "序", "名单", "编者按", "后记", "说明", "获奖名单", "编委会"];

/// Series line, title and subtitle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// The series line.
    pub series: Option<Found>,
    /// The title, line by line.
    pub title: Vec<Found>,
    /// The subtitle, line by line.
    pub subtitle: Vec<Found>,
    /// What an export of the project had, by field: a fingerprint each.
    pub exported: BTreeMap<String, String>,
}

impl Book {
    /// Adds to the series line, the title or the subtitle.
    pub(super) fn add(&mut self, which: usize, found: Found) {
        match which {
            0 => self.series = Some(found),
            1 => self.title.push(found),
            _ => self.subtitle.push(found),
        }
    }

    /// Whether a title is another than the export had.
    pub(super) fn was_corrected(&self) -> bool {
        let list =
            |lines: &[Found]| -> Json { lines.iter().map(|line| Json::from(line.text.as_str())).collect() };
        let series = self.series.as_ref().map(|line| Json::from(line.text.as_str()));
        let now = [
            ("series", series),
            ("title", Some(list(&self.title))),
            ("subtitle", Some(list(&self.subtitle))),
        ];
        let other = |(key, value): (&str, Option<Json>)| {
            self.exported.get(key).zip(value).is_some_and(|(known, value)| *known != print(&value))
        };
        now.into_iter().any(other)
    }

    /// Finds the titles among the lines before the first person; says which
    /// lines they are.
    pub(super) fn find(&mut self, lines: &[Line], front: &[usize], mends: &mut Mends) -> Vec<usize> {
        // Titles stand together, before any text.
        let titles: Vec<usize> =
            front.iter().copied().take_while(|at| lines[*at].look == Look::Title).collect();
        let own: Vec<usize> = titles.into_iter().filter(|at| is_title(&lines[*at].text)).take(6).collect();
        // What heads a list or a form is no book's title.
        if own.iter().any(|at| is_list(&lines[*at].text)) {
            return vec![];
        }
        let dashed = |at: &usize| lines[*at].text.starts_with(['—', '－', '-', '–', '─']);
        let subtitle: Vec<usize> = own.iter().copied().skip_while(|at| !dashed(at)).collect();
        let above: Vec<usize> = own.iter().copied().take_while(|at| !dashed(at)).collect();
        if subtitle.is_empty()
            && !own.iter().any(|at| OF_BOOKS.iter().any(|word| lines[*at].text.contains(word)))
        {
            return vec![];
        }
        if !self.title.is_empty() {
            return own;
        }
        let text = |at: &usize| (lines[*at].text.as_str(), &lines[*at].place);
        let (series, title) = match above.as_slice() {
            [] => (None, vec![]),
            [title] => (None, vec![*title]),
            [series, title @ ..] if title.len() <= 2 => (Some(*series), title.to_vec()),
            more => (None, more.iter().copied().take(2).collect()),
        };
        if let Some((text, place)) = series.as_ref().map(text) {
            self.series = Some(found(text, place, mends));
        }
        for (text, place) in title.iter().map(text) {
            self.title.extend(text.split_whitespace().take(2).map(|line| found(line, place, mends)));
        }
        self.title.truncate(2);
        for (text, place) in subtitle.iter().map(text) {
            self.subtitle.extend(parted(text).iter().map(|line| found(line, place, mends)));
        }
        self.subtitle.truncate(3);
        own
    }
}

/// Whether a line above a person's name is the book's rather than the person's.
pub(super) fn is_of_book(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let dashed = text.starts_with(['—', '－', '-', '–', '─']) && !text.contains('记');
    let named = ["风采录", "十佳", "届", "先进事迹", "汇编", "画册", "入选", "事迹材料"]
        .iter()
        .any(|word| plain.contains(word));
    dashed || named || PARTS.contains(&plain.as_str())
}

fn is_list(text: &str) -> bool {
    let bare = text.trim_end_matches(['）', ')']);
    ["表", "名单", "汇总", "一览", "附件", "材料"].iter().any(|end| bare.ends_with(end))
        || text.starts_with("附件")
}

fn is_title(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    plain.chars().count() <= TITLE && !PARTS.contains(&plain.as_str())
}

/// A subtitle that is too long for a line, parted behind a closing mark.
fn parted(text: &str) -> Vec<String> {
    let text: String = text.split_whitespace().collect();
    let cut = text.rfind(['”', '》']).map(|at| at + '”'.len_utf8()).filter(|at| *at < text.len());
    match cut.filter(|_| text.chars().count() > SUBTITLE) {
        Some(at) => vec![text[..at].to_owned(), text[at..].to_owned()],
        None => vec![text],
    }
}
