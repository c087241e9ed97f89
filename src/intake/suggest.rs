//! What may be taken over from an article: honours, figures, a quote. Never
//! facts until somebody takes them; each is a piece of the article, with the
//! paragraph in which it stands.

mod figures;
mod honours;
mod quotes;

use super::{Field, Person};
use crate::digest::sha256;

/// Something that may be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Stable: the same suggestion has the same one in every run.
    pub id: String,
    /// The person's place in the list.
    pub person: usize,
    /// What would be taken.
    pub taken: Taken,
    /// The paragraph in which it stands, from 0.
    pub paragraph: usize,
    /// Whether it is among the few that fit the page.
    pub best: bool,
}

/// What would be taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// An honour of the community.
    Community(String),
    /// An honour of the person.
    Personal(String),
    /// A figure.
    Figure {
        /// Number with its measure word.
        value: String,
        /// What it counts.
        label: String,
        /// The clause that says so.
        evidence: String,
    },
    /// A quote.
    Quote(String),
}

impl Taken {
    /// The words in one.
    pub fn text(&self) -> String {
        match self {
            Self::Community(text) | Self::Personal(text) | Self::Quote(text) => text.clone(),
            Self::Figure { value, label, .. } => format!("{value} {label}"),
        }
    }

    /// The part of the data that it would go into.
    pub fn group(&self) -> &'static str {
        match self {
            Self::Community(_) => Field::CommunityHonours.group(),
            Self::Personal(_) => Field::PersonalHonours.group(),
            Self::Figure { .. } => Field::Value.group(),
            Self::Quote(_) => Field::Quote.group(),
        }
    }
}

/// What may be taken over from a person's article, in reading order. Where the
/// documents have the field themselves, nothing is suggested for it.
pub(super) fn of(at: usize, person: &Person) -> Vec<Suggestion> {
    let article = person.texts(Field::Article);
    let mut found: Vec<(usize, Taken, bool)> = Vec::new();
    if !person.has(Field::CommunityHonours) && !person.has(Field::PersonalHonours) {
        found.extend(honours::of(&article, person.name()));
    }
    if !person.has(Field::Value) {
        found.extend(figures::of(&article, person.name()));
    }
    if !person.has(Field::Quote) {
        found.extend(quotes::of(&article));
    }
    let suggestion = |(paragraph, taken, best): (usize, Taken, bool)| {
        let digest =
            sha256(format!("{}\u{1F}{}\u{1F}{}", person.name(), taken.group(), taken.text()).as_bytes());
        Suggestion { id: digest.get(..6).unwrap_or_default().to_owned(), person: at, taken, paragraph, best }
    };
    found.into_iter().map(suggestion).collect()
}

/// The figures that a piece of an article tells of: value, label, evidence.
pub fn figures_in(text: &str, name: &str) -> Vec<[String; 3]> {
    let found = figures::of(&[text], name).into_iter().filter_map(|(_, taken, _)| match taken {
        Taken::Figure { value, label, evidence } => Some([value, label, evidence]),
        _ => None,
    });
    found.collect()
}

/// The clauses of a paragraph: byte ranges between marks, the marks not
/// included. Marks within quotation marks end none.
fn clauses(text: &str) -> Vec<std::ops::Range<usize>> {
    let (mut found, mut from, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, c) in text.char_indices() {
        match c {
            '“' | '（' | '《' => depth += 1,
            '”' | '）' | '》' => depth -= 1,
            '，' | '。' | '；' | '：' | '！' | '？' if depth <= 0 => {
                found.push(from..at);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    found.push(from..text.len());
    found.retain(|clause| !clause.is_empty());
    found
}
