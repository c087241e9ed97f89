//! Findings that only follow from another are left out: mending the other
//! mends them.

use std::collections::HashSet;

use super::source::letters;
use crate::diag::{Code, Diagnostic};

/// An effect, what it follows from, and how one tells.
type Rule = (Code, &'static [Code], fn(&Diagnostic, &Diagnostic) -> bool);

/// Characters that are told of by themselves.
const CHARACTERS: &[Code] = &[
    Code::Invisible,
    Code::Radical,
    Code::Compatibility,
    Code::NoGlyph,
    Code::StraySpace,
    Code::FullWidthCharacter,
    Code::WrongMiddleDot,
    Code::ControlCharacter,
];

/// What leaves a person out of the checks.
const UNREAD: &[Code] = &[
    Code::JsonSyntax,
    Code::NotUtf8,
    Code::FileUnreadable,
    Code::UnknownKey,
    Code::MissingKey,
    Code::WrongType,
    Code::OutOfBounds,
    Code::Unfit,
    Code::UnknownProfile,
];

/// Whether findings of a code leave what they are about out of the book.
pub fn keeps_out(code: Code) -> bool {
    UNREAD.contains(&code) || code == Code::UnknownTemplate
}

/// Where words of the delivered text are not in the data.
const TAKEN_OUT: &[Code] = &[Code::LacksSourceText, Code::DiffersFromSource];

const RULES: &[Rule] = &[
    (Code::GlyphNotSet, CHARACTERS, same_root),
    (Code::NameMixesFonts, CHARACTERS, same_root),
    (Code::NameNotInArticle, CHARACTERS, same_root),
    (Code::NameNotInArticle, &[Code::DiffersFromSource], same_root),
    (Code::QuoteNotInArticle, TAKEN_OUT, was_there),
    (Code::EvidenceNotInArticle, TAKEN_OUT, was_there),
    (Code::HonourNotInArticle, TAKEN_OUT, was_there),
    (Code::NumberCut, TAKEN_OUT, was_there),
    (Code::NoFullStop, &[Code::OutOfBounds, Code::Invisible, Code::ControlCharacter], same_field),
    (Code::HeadlineMark, &[Code::HalfWidthMark, Code::DoubledMark], same_field),
    (Code::WrongEllipsis, &[Code::DoubledMark], same_place),
    (Code::MissingKey, &[Code::UnknownKey], |missing, unknown| {
        missing.value("key_name").is_some_and(|key| unknown.value("nearest") == Some(key))
            && same_file(missing, unknown)
    }),
    (Code::UnusedProfile, &[Code::UnknownProfile], |unused, unknown| {
        unused.value("id").is_some_and(|id| unknown.value("nearest") == Some(id))
    }),
    (Code::PhotoUnused, &[Code::PhotoMissing], |unused, missing| {
        unused.value("file").is_some_and(|file| missing.value("nearest") == Some(file))
    }),
    // Who is not read may be whose photo it is.
    (Code::PhotoUnused, UNREAD, |_, unread| unread.person.is_some() || unread.code == Code::UnknownProfile),
    (Code::PhotoUnused, &[Code::PhotoOutside, Code::PhotoUnreadable], |_, _| true),
];

/// Whether what is missing from the article went with the words that the
/// delivered text has there.
fn was_there(missing: &Diagnostic, taken: &Diagnostic) -> bool {
    let (Some(text), Some(gone)) = (missing.value("text"), taken.value("gone")) else { return false };
    let fold = |text: &str| letters::of(text).into_iter().collect::<String>();
    let (text, gone) = (fold(text), fold(gone));
    same_person(missing, taken) && (gone.contains(&text) || !gone.is_empty() && text.contains(&gone))
}

fn same_person(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.person == b.person
}

fn same_file(a: &Diagnostic, b: &Diagnostic) -> bool {
    let file = |d: &Diagnostic| d.place.as_ref().map(|place| place.file.clone());
    file(a) == file(b)
}

fn same_field(a: &Diagnostic, b: &Diagnostic) -> bool {
    same_person(a, b) && a.field == b.field
}

fn same_place(a: &Diagnostic, b: &Diagnostic) -> bool {
    same_field(a, b) && a.place == b.place
}

/// The same part of the person's data, such as the article.
fn same_root(a: &Diagnostic, b: &Diagnostic) -> bool {
    let root = |d: &Diagnostic| {
        d.field.as_deref().map(|field| field.split(['[', '.']).next().unwrap_or_default().to_owned())
    };
    same_person(a, b) && root(a) == root(b)
}

/// The findings without those that follow from others among them.
pub fn without_effects(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let there: HashSet<Code> = found.iter().map(|d| d.code).collect();
    let follows = |effect: &Diagnostic| {
        let rules = RULES.iter().filter(|(code, ..)| *code == effect.code);
        rules.filter(|(_, causes, _)| causes.iter().any(|cause| there.contains(cause))).any(
            |(_, causes, of)| found.iter().any(|cause| causes.contains(&cause.code) && of(effect, cause)),
        )
    };
    let effects: Vec<bool> = found.iter().map(follows).collect();
    found.into_iter().zip(effects).filter(|(_, effect)| !effect).map(|(finding, _)| finding).collect()
}
