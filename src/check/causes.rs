//! Findings that only follow from another are left out: mending the other
//! mends them.

use std::collections::HashMap;

use super::source::letters;
use crate::diag::{Code, Diagnostic, Person};

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

/// What is wrong with a template before anything is set.
const ILL_TEMPLATE: &[Code] = &[Code::UnknownFamily, Code::TemplateContract];

const RULES: &[Rule] = &[
    (Code::GlyphNotSet, CHARACTERS, same_character),
    (Code::NameMixesFonts, CHARACTERS, same_root),
    (Code::NameNotInArticle, CHARACTERS, same_person),
    (Code::AlmostExactName, &[Code::DiffersFromSource], |almost, differs| {
        almost.value("text").is_some_and(|text| differs.value("here").is_some_and(|here| here.contains(text)))
            && same_person(almost, differs)
    }),
    (Code::ValueNotInEvidence, &[Code::EvidenceNotInArticle, Code::FullWidthCharacter], same_figure),
    (Code::LabelNotInEvidence, &[Code::EvidenceNotInArticle, Code::FullWidthCharacter], same_figure),
    (Code::NumberCut, &[Code::EvidenceNotInArticle], same_figure),
    (Code::EvidenceNotInArticle, &[Code::FullWidthCharacter], same_figure),
    (Code::OutsideSlots, &[Code::OutOfBounds], |_, bounds| {
        bounds.place.as_ref().is_some_and(|place| place.file == "data/press.json")
    }),
    (Code::TooWide, &[Code::Overflow], same_field),
    // While something cannot be read, what it allows matches nothing.
    (Code::PolicyUnused, UNREAD, |_, _| true),
    (
        Code::PolicyUnused,
        &[
            Code::SourceUnread,
            Code::PolicyCode,
            Code::PolicyPerson,
            Code::TemplateError,
            Code::TemplateContract,
            Code::UnknownTemplate,
            Code::UnknownFamily,
        ],
        |_, _| true,
    ),
    (Code::NameNotInArticle, &[Code::DiffersFromSource], same_root),
    (Code::QuoteNotInArticle, TAKEN_OUT, was_there),
    (Code::EvidenceNotInArticle, TAKEN_OUT, was_there),
    (Code::HonourNotInArticle, TAKEN_OUT, was_there),
    (Code::NumberCut, TAKEN_OUT, was_there),
    (
        Code::NoFullStop,
        &[Code::OutOfBounds, Code::Invisible, Code::ControlCharacter, Code::StraySpace],
        same_field,
    ),
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
    // Whose pages are not there has nothing on them.
    (Code::NotOnPaper, &[Code::NotASpread], same_person),
    (Code::PrintedOtherwise, &[Code::NotASpread], same_person),
    (Code::PrintedAgain, &[Code::NotASpread], same_person),
    (Code::OnOthersPage, &[Code::NotASpread], same_person),
    (Code::WrongEntry, &[Code::NotASpread], same_person),
    // What is set in no font, or in a slot of another name, is not there.
    (Code::NotOnPaper, ILL_TEMPLATE, |_, _| true),
    (Code::PrintedOtherwise, ILL_TEMPLATE, |_, _| true),
    (Code::PrintedAgain, ILL_TEMPLATE, |_, _| true),
    (Code::Unreadable, ILL_TEMPLATE, |_, _| true),
    (Code::OutOfOrder, ILL_TEMPLATE, |_, _| true),
    (Code::WrongFolio, ILL_TEMPLATE, |_, _| true),
    (Code::WrongEntry, ILL_TEMPLATE, |_, _| true),
    (Code::GlyphNotSet, &[Code::UnknownFamily], |_, _| true),
    (Code::NameMixesFonts, &[Code::UnknownFamily], |_, _| true),
    // Who is not read may be whose photo it is.
    (Code::PhotoUnused, UNREAD, |_, unread| unread.person.is_some() || unread.code == Code::UnknownProfile),
    (Code::PhotoUnused, &[Code::PhotoOutside, Code::PhotoUnreadable], |_, _| true),
];

/// Whether what is missing from the article went with the words that the
/// delivered text has there.
fn was_there(missing: &Diagnostic, taken: &Diagnostic) -> bool {
    let (Some(text), Some(gone)) = (missing.value("text"), taken.value("gone")) else { return false };
    if !same_person(missing, taken) {
        return false;
    }
    let fold = |text: &str| letters::of(text).into_iter().collect::<String>();
    let (text, gone) = (fold(text), fold(gone));
    gone.contains(&text) || gone.chars().count() >= SURE && text.contains(&gone)
}

/// Letters by which words are known again.
const SURE: usize = 4;

fn same_character(effect: &Diagnostic, cause: &Diagnostic) -> bool {
    if !same_person(effect, cause) {
        return false;
    }
    let cause = cause.value("char").or_else(|| cause.value("text"));
    effect.value("char").is_some_and(|c| cause.is_some_and(|cause| cause.contains(c)))
}

/// The same figure of the same person.
fn same_figure(a: &Diagnostic, b: &Diagnostic) -> bool {
    let figure = |d: &Diagnostic| Some(d.field.as_deref()?.split_once(']')?.0.to_owned());
    same_person(a, b) && figure(a).is_some_and(|figure_a| figure(b) == Some(figure_a))
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

/// The findings without those that follow from others among them. A warning
/// takes no error away.
pub fn without_effects(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut by_code: HashMap<Code, Vec<&Diagnostic>> = HashMap::new();
    let mut by_person: HashMap<(Code, Option<&Person>), Vec<&Diagnostic>> = HashMap::new();
    for finding in &found {
        by_code.entry(finding.code).or_default().push(finding);
        by_person.entry((finding.code, finding.person.as_ref())).or_default().push(finding);
    }
    let follows = |effect: &Diagnostic| {
        let rules = RULES.iter().filter(|(code, ..)| *code == effect.code);
        rules.flat_map(|(_, causes, of)| causes.iter().map(move |cause| (cause, of))).any(|(cause, of)| {
            // What is of the book may follow from anybody's.
            let there = match &effect.person {
                Some(person) => [by_person.get(&(*cause, Some(person))), by_person.get(&(*cause, None))],
                None => [by_code.get(cause), None],
            };
            let causes = there.into_iter().flatten().flatten();
            causes.filter(|cause| cause.severity <= effect.severity).any(|cause| of(effect, cause))
        })
    };
    let effects: Vec<bool> = found.iter().map(follows).collect();
    found.into_iter().zip(effects).filter(|(_, effect)| !effect).map(|(finding, _)| finding).collect()
}
