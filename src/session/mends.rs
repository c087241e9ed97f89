//! What mends a finding where there is one mend: the text of its field before
//! and after. Each is what the finding's own words say
//! (`tests/suite.rs`: every mend takes its finding away).

use std::ops::Range;

use serde::Serialize;

use super::Examination;
use crate::catalogue::Phrase;
use crate::check::{is_unseen, mended};
use crate::diag::{Arg, Code, Diagnostic};
use crate::intake::figures_in;
use crate::load::{Document, Node};

/// A text of the data and what it becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mend {
    /// Path below the project.
    pub file: String,
    /// Path of the text in it.
    pub field: String,
    /// The text.
    pub before: String,
    /// The text without the slip.
    pub after: String,
    /// What is put in place of what; empty where something goes or comes.
    pub pieces: [String; 2],
}

impl Examination {
    /// What mends a finding, if there is one mend.
    pub fn mend(&self, found: &Diagnostic) -> Option<Mend> {
        let field = found.field.as_deref().filter(|field| !field.is_empty())?;
        let place = found.place.as_ref()?;
        let draft = &self.draft;
        let document = draft.texts().chain(&draft.press).find(|document| document.path == place.file)?;
        let node = document.root.as_ref()?.nearest(field);
        let before = node.as_str()?;
        let range = piece(document, node, &place.range)?;
        let (range, new) = replacement(found, before, range)?;
        let after = format!("{}{new}{}", &before[..range.start], &before[range.end..]);
        let pieces = [before[range].to_owned(), new];
        (after != before).then(|| Mend {
            file: place.file.clone(),
            field: field.into(),
            before: before.into(),
            after,
            pieces,
        })
    }
}

/// The piece of a string's text that a range of the file is.
fn piece(document: &Document, node: &Node, range: &Range<usize>) -> Option<Range<usize>> {
    let text = node.as_str()?;
    if *range == node.range {
        return Some(0..text.len());
    }
    let at = |place: usize| {
        let mut boundaries = text.char_indices().map(|(at, _)| at);
        boundaries.find(|at| node.character(&document.text, *at).start >= place).unwrap_or(text.len())
    };
    let piece = at(range.start)..at(range.end);
    (piece.start <= piece.end).then_some(piece)
}

/// What of a text goes, and what comes in its place.
fn replacement(found: &Diagnostic, text: &str, piece: Range<usize>) -> Option<(Range<usize>, String)> {
    let wrong = &text[piece.clone()];
    let right = || found.value("right").filter(|right| !right.is_empty() && !right.contains('、'));
    let new = match found.code {
        Code::HalfWidthMark
        | Code::FullWidthCharacter
        | Code::Radical
        | Code::Compatibility
        | Code::WrongWord
        | Code::NearName
        | Code::WrongPlace => right()?.to_owned(),
        Code::StraySpace => {
            let shown = found.value("right").unwrap_or_default();
            if shown.contains(' ') { " ".into() } else { String::new() }
        }
        Code::WrongMiddleDot => "·".into(),
        Code::WrongDash => "——".into(),
        Code::WrongEllipsis => "……".into(),
        Code::HyphenRange => wrong.replace(['-', '－', '—', '–'], "～"),
        Code::AlmostExactName if wrong.contains('副') => return None,
        Code::AlmostExactName => {
            found.value("name").filter(|_| found.value("text") == Some(wrong))?.to_owned()
        }
        Code::NotStandard | Code::WrongForm => meant(found)?,
        Code::Invisible => unseen(found)?,
        Code::ControlCharacter => String::new(),
        Code::DoubledMark => {
            let first = wrong.chars().next().filter(|first| wrong.chars().all(|c| c == *first))?;
            first.into()
        }
        Code::StraightQuote => {
            let (quoted, _) = mended(text);
            return (!quoted.contains('"') && quoted != text).then_some((0..text.len(), quoted));
        }
        Code::NoFullStop => {
            let end = text.trim_end().len();
            return Some((end..text.len(), "。".into()));
        }
        Code::ValueNotInEvidence => {
            let said = figures_in(found.value("evidence")?, "");
            let [value, ..] = <[_; 1]>::try_from(said).ok()?.into_iter().next()?;
            return Some((0..text.len(), value));
        }
        _ => return None,
    };
    Some((piece, new))
}

/// The form that is meant.
fn meant(found: &Diagnostic) -> Option<String> {
    found.args.iter().find_map(|(_, arg)| match arg {
        Arg::Phrase(Phrase::MendTo(right)) => Some(right.clone()),
        _ => None,
    })
}

/// What stands for a character that shows nothing: the one that is meant, or
/// none.
fn unseen(found: &Diagnostic) -> Option<String> {
    found.args.iter().find_map(|(_, arg)| match arg {
        Arg::Phrase(Phrase::Unseen { meant: Some(meant), .. }) => Some(meant.to_string()),
        // What shows nothing is deleted; what stands for a lost character is not.
        Arg::Phrase(Phrase::Unseen { c, .. }) if is_unseen(*c) => Some(String::new()),
        _ => None,
    })
}
