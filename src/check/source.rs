//! The delivered texts against the data, person by person, in order, letter by
//! letter: nothing changed, dropped, added or moved.

mod align;
mod difference;
mod head;
mod heads;
pub(super) mod letters;
mod lines;
mod moves;
mod sections;
mod titles;
mod told;
mod votes;
mod words;

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;
use typst::utils::hash128;

use self::align::changes;
use self::difference::Difference;
use self::head::Head;
use self::letters::Letter;
use self::lines::Source;
use self::moves::moves;
use self::sections::{Section, sections};
use self::titles::Titles;
use self::told::Telling;
use self::votes::Features;
use super::{Entry, finding};
use crate::diag::{Code, Diagnostic, Phrase};
use crate::load::{Delivered, Draft};
use crate::model::{Booklet, Profile};

/// Compares what is printed of each person, and the book's own titles, with
/// the delivered texts.
pub(super) fn check(draft: &Draft, booklet: &Booklet, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let delivered = &draft.attachments.sources;
    for (i, text) in delivered.iter().enumerate() {
        if let Err(problem) = &text.text {
            let one = booklet.source.files().len() == 1;
            let field = if one { "source".to_owned() } else { format!("source[{i}]") };
            let unread = finding(Code::SourceUnread, &draft.booklet, &field);
            sink.push(unread.arg("file", text.file.as_str()).arg("problem", problem.clone()));
        }
    }
    if delivered.iter().any(|text: &Delivered| text.text.is_err()) || delivered.is_empty() {
        // Who is in a text that cannot be read would be told to be in none.
        return;
    }
    let source = Source::new(delivered);
    let persons: Vec<Person> = entries.iter().map(|entry| Person::new(&entry.profile)).collect();
    let features: Vec<Features> = persons.iter().map(Person::features).collect();
    let complete = entries.len() == booklet.order.len();
    let titles = Titles::new(booklet);
    let (found, nobody) = sections(&source, &features, &titles.lines(), complete);
    let telling = Telling::new(draft, &source, delivered.len() > 1, entries, &found);
    let told: Vec<Diagnostic> = (0..entries.len())
        .into_par_iter()
        .flat_map_iter(|i| match &found[i] {
            Some(section) => telling.tell(i, &compared(&persons[i], section, &source)),
            None => vec![telling.missing_person(i)],
        })
        .collect();
    sink.extend(told);
    let nobody = titles.compare(&nobody, &telling, sink);
    if complete {
        sink.extend(telling.nobody(&nobody));
    }
}

/// A field as it is compared: its letters, and the pieces they stand in.
struct Field {
    /// Paths of the pieces in the data.
    paths: Arc<[String]>,
    letters: Arc<[Letter]>,
}

impl Field {
    fn new<'a>(pieces: impl IntoIterator<Item = (String, &'a str)>) -> Self {
        let (mut paths, mut letters) = (Vec::new(), Vec::new());
        for (path, text) in pieces {
            letters::add(text, paths.len(), &mut letters);
            paths.push(path);
        }
        Self { paths: paths.into(), letters: letters.into() }
    }

    fn list(name: &str, texts: &[String]) -> Self {
        Self::new(texts.iter().enumerate().map(|(i, text)| (format!("{name}[{i}]"), text.as_str())))
    }

    fn chars(&self) -> Vec<char> {
        chars(&self.letters)
    }

    /// The letters of each piece.
    fn pieces(&self) -> impl Iterator<Item = Vec<char>> {
        let piece = |i| self.letters.iter().filter(move |letter| letter.piece == i).map(|letter| letter.c);
        (0..self.paths.len()).map(move |i| piece(i).collect())
    }
}

fn chars(letters: &[Letter]) -> Vec<char> {
    letters.iter().map(|letter| letter.c).collect()
}

/// What is compared of a person.
struct Person {
    /// Hash of the rest, made of the texts: there are a hundred times as many
    /// letters.
    print: u128,
    headline: Field,
    /// District, street, community, role and name.
    post: Vec<Field>,
    article: Field,
}

impl Person {
    fn new(profile: &Profile) -> Self {
        let post = profile.post.parts().map(|(key, part)| (format!("post.{key}"), part));
        let parts = post.chain([("name".to_owned(), profile.name.as_str())]);
        let post: Vec<(String, &str)> = parts.collect();
        Self {
            print: hash128(&(&profile.headline, &post, &profile.article)),
            headline: Field::list("headline", &profile.headline),
            post: post.into_iter().map(|part| Field::new([part])).collect(),
            article: Field::list("article", &profile.article),
        }
    }

    fn features(&self) -> Features {
        let whole = [self.headline.chars()];
        let headlines = self.headline.pieces().chain(whole).filter(|line| line.len() > 3).collect();
        let (name, post) =
            self.post.split_last().map_or((vec![], &[][..]), |(name, post)| (name.chars(), post));
        let post = post.iter().map(Field::chars).filter(|part| part.len() > 1).collect();
        Features { name, headlines, post, article: self.article.chars() }
    }
}

impl Hash for Person {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.print.hash(state);
    }
}

/// Where a person differs from a section. Remembered, since an edit changes one
/// person.
#[comemo::memoize]
fn compared(person: &Person, section: &Section, source: &Source) -> Vec<Difference> {
    let letters = |lines: &[usize]| -> Vec<Letter> {
        lines.iter().flat_map(|line| source.letters_of(*line)).cloned().collect()
    };
    let fields: Vec<&Field> = std::iter::once(&person.headline).chain(&person.post).collect();
    let lists = chars(&letters(&section.lists));
    let mut found = Head::new(letters(&section.head), &fields).compare(&lists);
    found.extend(of_article(&person.article, letters(&section.body).into()));
    found
}

/// Where an article differs from the body of its text: sentences that were
/// moved, and what differs in the rest.
fn of_article(field: &Field, source: Arc<[Letter]>) -> Vec<Difference> {
    let moved = moves(&source, &field.letters);
    let rest = |letters: &Arc<[Letter]>, gone: &dyn Fn(usize) -> bool| -> Arc<[Letter]> {
        let left = letters.iter().enumerate().filter(|(at, _)| !gone(*at));
        left.map(|(_, letter)| letter.clone()).collect()
    };
    let mut found = if moved.is_empty() {
        let changes = changes(&chars(&source), &field.chars());
        difference::told(&field.paths, &field.letters, &source, &changes)
    } else {
        let here = rest(&field.letters, &|at| moved.iter().any(|m| m.data.contains(&at)));
        let there = rest(&source, &|at| moved.iter().any(|m| m.source.contains(&at)));
        let changes = changes(&chars(&there), &chars(&here));
        difference::told(&field.paths, &here, &there, &changes)
    };
    let shared = field.letters.len() - found.iter().map(|d| d.here.len()).sum::<usize>();
    if moved.is_empty() && 5 * shared < 2 * field.letters.len().min(source.len()) {
        // Another text altogether, which piece by piece would only confuse.
        return vec![Difference::whole(field, source)];
    }
    found.extend(moved.into_iter().map(|piece| Difference::moved(field, &source, piece)));
    found
}

/// Where a field differs from the letters of the source that should be it.
fn differences(field: &Field, source: &[Letter]) -> Vec<Difference> {
    let changes = changes(&chars(source), &field.chars());
    difference::told(&field.paths, &field.letters, &source.into(), &changes)
}

/// A phrase for what needs none.
const NOTHING: Phrase = Phrase::Verbatim(String::new());
