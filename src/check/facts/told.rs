//! What is told of one person in several places: numbers that are not the same
//! in all of them.

use super::super::{Entry, finding_in};
use super::amounts::{Amount, amounts};
use crate::diag::{Code, Diagnostic};
use crate::load::{Document, Draft};
use crate::model::{Booklet, Photo, Profile};

/// A text about a person: the document it is in, its field, and its amounts.
struct Told<'a> {
    document: &'a Document,
    field: String,
    text: &'a str,
    amounts: Vec<Amount<'a>>,
}

/// Han in common on one side from which two amounts count the same: within an
/// article, whose sentences are about many things, and where one of them repeats
/// it; and on each of both sides.
const WITHIN: usize = 6;
const BESIDE: usize = 4;
const AROUND: usize = 2;
/// How far a number about so many may be from the exact one.
const ROUND: f64 = 0.1;
/// Words of a sentence that tells of another time, or of several persons.
const OTHER: &[&str] = &[
    "每", "平均", "人均", "当年", "当时", "那时", "原来", "原有", "刚来", "刚到", "起初", "最初", "曾", "月",
];
/// Characters shown on either side of an amount.
const SHOWN: usize = 6;

pub(super) fn check(draft: &Draft, booklet: &Booklet, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let of_edition = edition(booklet);
    for entry in entries {
        let document = &draft.profiles[&entry.id];
        let told = |document, (field, text)| Told { document, field, text, amounts: amounts(text) };
        let name = entry.profile.name.as_str();
        let others =
            |text: &str| entries.iter().any(|e| e.profile.name != name && text.contains(&e.profile.name));
        let about = of_edition.iter().filter(|(_, text)| text.contains(name) && !others(text));
        let texts: Vec<_> = texts(&entry.profile)
            .map(|text| told(document, text))
            .chain(about.map(|(field, text)| told(&draft.booklet, (field.clone(), text))))
            .filter(|told| !told.amounts.is_empty())
            .collect();
        for (i, later) in texts.iter().enumerate() {
            let other = texts[..i].iter().find_map(|earlier| contradiction(earlier, later));
            if let Some((one, another)) = other {
                let found =
                    finding_in(Code::ToldDifferently, later.document, &later.field, another.range.clone());
                sink.push(found.arg("text", shown(later.text, another)).arg("other", one));
            }
        }
        unfounded(&texts, sink);
    }
}

/// Numbers of a headline that the article does not have.
fn unfounded(texts: &[Told], sink: &mut Vec<Diagnostic>) {
    let founded = |amount: &Amount| {
        let of_article = texts.iter().filter(|told| told.field.starts_with("article"));
        // 近3000户 is 2936户, and 26个春秋 are 26年.
        let stands = |a: &Amount| {
            a.value == amount.value || amount.vague && (a.value - amount.value).abs() < ROUND * a.value
        };
        of_article.flat_map(|told| &told.amounts).any(stands)
    };
    for headline in texts.iter().filter(|told| told.field.starts_with("headline")) {
        // 十年 is a figure of speech in a headline.
        for amount in headline.amounts.iter().filter(|amount| amount.value != 10.0 && !founded(amount)) {
            let found = finding_in(
                Code::NumberNotInArticle,
                headline.document,
                &headline.field,
                amount.range.clone(),
            );
            sink.push(found.arg("text", &headline.text[amount.range.clone()]));
        }
    }
}

/// The first amount of the earlier text that contradicts one of the later.
fn contradiction<'a>(earlier: &Told, later: &'a Told) -> Option<(String, &'a Amount<'a>)> {
    let mut pairs = later.amounts.iter().flat_map(|b| earlier.amounts.iter().map(move |a| (a, b)));
    pairs.find_map(|(a, b)| {
        let article = [earlier, later].iter().all(|told| told.field.starts_with("article"));
        let enough = if article { WITHIN } else { BESIDE };
        let same_thing = a.measure == b.measure && a.vague == b.vague && counts_the_same(a, b, enough);
        let differ = same_thing && a.value != b.value;
        let dated = || dated(earlier.text, a) || dated(later.text, b);
        (differ && !dated()).then(|| (shown(earlier.text, a), b))
    })
}

fn counts_the_same(a: &Amount, b: &Amount, enough: usize) -> bool {
    let common = |a: &[char], b: &[char]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (before, after) = (common(&a.before, &b.before), common(&a.after, &b.after));
    before >= enough || after >= enough || before >= AROUND && after >= AROUND
}

/// Whether the sentence of an amount says in which year or month: another one
/// may have another number.
fn dated(text: &str, amount: &Amount) -> bool {
    let stops = ['。', '；', '！', '？'];
    let start = text[..amount.range.start].rfind(stops).unwrap_or(0);
    let end = text[amount.range.end..].find(stops).map_or(text.len(), |end| amount.range.end + end);
    let sentence = &text[start..end];
    OTHER.iter().any(|word| sentence.contains(word)) || super::years::year_in(sentence).is_some()
}

fn shown(text: &str, amount: &Amount) -> String {
    let start = text[..amount.range.start].char_indices().rev().take(SHOWN).last();
    let end = text[amount.range.end..].char_indices().nth(SHOWN);
    let start = start.map_or(amount.range.start, |(at, _)| at);
    text[start..end.map_or(text.len(), |(at, _)| amount.range.end + at)].to_owned()
}

/// The texts of a profile that tell of the person.
pub(super) fn texts(profile: &Profile) -> impl Iterator<Item = (String, &str)> {
    let list = |field: &'static str, list| indexed(field, list);
    let quote = profile.quote.iter().map(|quote| ("quote".to_owned(), quote.as_str()));
    let portrait = profile.photo.iter().map(|photo| ("photo.caption".to_owned(), photo.caption.as_str()));
    list("article", &profile.article)
        .chain(list("headline", &profile.headline))
        .chain(quote)
        .chain(portrait)
        .chain(captions(&profile.photos))
}

/// The texts of the edition in which persons are told of.
pub(super) fn edition(booklet: &Booklet) -> Vec<(String, &str)> {
    let sections = booklet.sections.iter().enumerate().flat_map(|(i, section)| {
        let paragraphs = section.paragraphs.iter().map(String::as_str).enumerate();
        paragraphs.map(move |(j, text)| (format!("sections[{i}].paragraphs[{j}]"), text))
    });
    sections.chain(captions(&booklet.photos)).chain(indexed("back", &booklet.back)).collect()
}

fn captions(photos: &[Photo]) -> impl Iterator<Item = (String, &str)> {
    photos.iter().enumerate().map(|(i, photo)| (format!("photos[{i}].caption"), photo.caption.as_str()))
}

fn indexed<'a>(field: &'static str, texts: &'a [String]) -> impl Iterator<Item = (String, &'a str)> {
    texts.iter().enumerate().map(move |(i, text)| (format!("{field}[{i}]"), text.as_str()))
}
