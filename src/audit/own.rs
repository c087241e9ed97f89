//! The template's own words: every character there, no slip of language, no
//! name of somebody else, nothing of the data a second time.

use std::collections::HashMap;
use std::sync::Arc;

use super::Trace;
use super::expected::plain;
use super::pages::Page;
use crate::check::{self, Entry, Manuscript};
use crate::diag::{Code, Diagnostic, Phrase};
use crate::fonts;
use crate::typeset::Book;

/// Shortest text that is known again, in characters.
const KNOWN_AGAIN: usize = 4;

pub(super) fn check(
    book: &Book,
    pages: &[Arc<Page>],
    manuscript: &Manuscript,
    source: &Trace,
    found: &mut Vec<Diagnostic>,
) {
    let names = Names::new(manuscript);
    let entries: HashMap<&str, &Entry> = manuscript.entries().iter().map(|e| (e.id.as_str(), e)).collect();
    for (i, (page, about)) in pages.iter().zip(&book.map.pages).enumerate() {
        let told = |d: Diagnostic| d.page(source.numbered.then_some(i + 1));
        let entry = about.person.as_deref().and_then(|id| entries.get(id));
        let repeated = data(entry.copied(), manuscript);
        for c in page.lacking.iter().filter(|c| !repeated.iter().any(|words| words.contains(**c))) {
            let diagnostic = Diagnostic::new(Code::GlyphNotSet).arg("char", *c);
            let families = fonts::families_with(*c).join(", ");
            let diagnostic = diagnostic.arg("point", format!("{:04X}", u32::from(*c)));
            found.push(told(diagnostic.arg("families", families)));
        }
        // Between words of the data, the template's own; one mark is an ornament.
        let mut pieces: Vec<&str> = page.own.iter().map(String::as_str).collect();
        for words in repeated {
            pieces = pieces.into_iter().flat_map(|piece| piece.split(words)).collect();
        }
        let pieces = pieces.into_iter().map(str::trim).filter(|piece| piece.chars().count() > 1);
        found.extend(pieces.flat_map(check::own_words).map(told));
        let Some(entry) = entry else { continue };
        for line in &page.own {
            let line = plain(line);
            let others = names.others(&line, entry);
            found.extend(others.map(|name| told(Diagnostic::new(Code::OthersName).arg("text", name))));
        }
        let own: String = page.own.iter().map(|line| plain(line)).collect();
        for (field, text) in again(entry, manuscript) {
            if own.contains(&text) {
                let twice = Diagnostic::new(Code::PrintedAgain).arg("shown", text);
                let twice = twice.arg("block", Phrase::Block(super::data_field(&field)));
                found.push(source.locate(twice, Some(&entry.id), &field, i + 1));
            }
        }
    }
}

/// Words of the data that a template may repeat, such as over an article: they
/// are judged as data.
fn data<'a>(entry: Option<&'a Entry>, manuscript: &'a Manuscript) -> Vec<&'a str> {
    let booklet = manuscript.booklet();
    let edition = booklet.title.iter().chain(&booklet.subtitle).chain([&booklet.series]);
    let edition = edition.chain(booklet.groups.iter().map(|group| &group.title));
    let job = manuscript.job();
    let labels = [&booklet.labels.community, &booklet.labels.personal, &job.paper.name, &job.cover.name];
    let one = |entry: &'a Entry| {
        let profile = &entry.profile;
        let post = profile.post.parts().map(|(_, part)| part);
        profile.headline.iter().map(String::as_str).chain(post).chain([profile.name.as_str()])
    };
    // Pages of nobody may name everybody.
    let persons = match entry {
        Some(entry) => std::slice::from_ref(entry),
        None => manuscript.entries(),
    };
    let mut words: Vec<&str> =
        edition.chain(labels).map(String::as_str).chain(persons.iter().flat_map(one)).collect();
    words.retain(|words| !words.is_empty());
    words.sort_by_key(|text| std::cmp::Reverse(text.len()));
    words
}

/// Texts of a person that may not stand outside of their slots.
fn again<'a>(entry: &'a Entry, manuscript: &'a Manuscript) -> impl Iterator<Item = (String, String)> + 'a {
    let profile = &entry.profile;
    let fields = &manuscript.contract().fields;
    let list = |field: &str, texts: &[String]| -> Vec<(String, String)> {
        texts.iter().enumerate().map(|(i, text)| (format!("{field}[{i}]"), plain(text))).collect()
    };
    let texts = [
        list("article", &profile.article),
        list("honours.community", &profile.honours.community),
        list("honours.personal", &profile.honours.personal),
        vec![("headline".to_owned(), plain(&profile.headline.concat()))],
        vec![("quote".to_owned(), plain(profile.quote.as_deref().unwrap_or_default()))],
        vec![("name".to_owned(), plain(&profile.name))],
    ];
    let decoration = |field: &str| {
        let head = field.split(['.', '[']).next().unwrap_or_default();
        fields.get(head).is_none_or(|stands| stands.decoration)
    };
    let texts = texts.into_iter().flatten();
    texts.filter(move |(field, text)| text.chars().count() >= KNOWN_AGAIN && !decoration(field))
}

/// The names of a book, by their first two characters.
struct Names<'a>(HashMap<(char, char), Vec<&'a str>>);

impl<'a> Names<'a> {
    fn new(manuscript: &'a Manuscript) -> Self {
        let mut names: HashMap<_, Vec<_>> = HashMap::new();
        for entry in manuscript.entries() {
            let mut characters = entry.profile.name.chars();
            if let (Some(first), Some(second)) = (characters.next(), characters.next()) {
                names.entry((first, second)).or_default().push(entry.profile.name.as_str());
            }
        }
        Self(names)
    }

    /// Names in a line that are not the person's, and that nothing of the
    /// person's own says.
    fn others<'s>(&'s self, line: &'s str, entry: &'s Entry) -> impl Iterator<Item = &'a str> + 's {
        let profile = &entry.profile;
        let own = move |name: &str| {
            let texts = profile.article.iter().chain(&profile.headline).map(String::as_str);
            let mut texts =
                texts.chain(profile.post.parts().map(|(_, part)| part)).chain([profile.name.as_str()]);
            texts.any(|text| text.contains(name))
        };
        let pairs = line.char_indices().zip(line.chars().skip(1));
        let starts = pairs.flat_map(move |((at, first), second)| {
            let names = self.0.get(&(first, second)).into_iter().flatten();
            names.filter(move |name| line[at..].starts_with(**name)).copied()
        });
        starts.filter(move |name| !own(name))
    }
}
