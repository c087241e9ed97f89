//! The delivered texts against the data, person by person, in order, letter by
//! letter: nothing changed, dropped, added or moved.

mod align;
mod difference;
mod heads;
pub(super) mod letters;
mod sections;
mod told;
mod words;

use rayon::prelude::*;

use self::align::changes;
use self::difference::Difference;
use self::letters::{Letter, closest};
use self::sections::{Features, Section, Source, holds, sections};
use self::told::{Place, Telling};
use super::{Entry, finding};
use crate::diag::{Code, Diagnostic, Phrase};
use crate::load::{Delivered, Draft};
use crate::model::{Booklet, Profile};

/// Part of a title's letters that must be right for it to be the same title.
const ALIKE: f64 = 0.5;
/// Words of a head that belong to no field.
const CONNECTING: [&str; 3] = ["记", "同志", "姓名"];

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
    if delivered.is_empty() || delivered.iter().all(|text: &Delivered| text.text.is_err()) {
        return;
    }
    let source = Source::new(delivered.iter());
    let persons: Vec<Person> = entries.iter().map(|entry| Person::new(&entry.profile)).collect();
    let features: Vec<Features> = persons.iter().map(Person::features).collect();
    let complete = entries.len() == booklet.order.len();
    let (found, nobody) = sections(&source, &features, complete);
    let telling = Telling::new(draft, &source, delivered.len() > 1, entries, &found);
    let told: Vec<Diagnostic> = (0..entries.len())
        .into_par_iter()
        .flat_map_iter(|i| match &found[i] {
            Some(section) => telling.tell(i, persons[i].compare(section, &source)),
            None => vec![telling.missing_person(i)],
        })
        .collect();
    sink.extend(told);
    let titles = Titles::new(booklet);
    let nobody = titles.compare(&nobody, &telling, sink);
    if complete {
        sink.extend(telling.nobody(&nobody));
    }
}

/// A field as it is compared: its letters, and the pieces they stand in.
struct Field {
    /// Paths of the pieces in the data.
    paths: Vec<String>,
    letters: Vec<Letter>,
}

impl Field {
    fn new<'a>(pieces: impl IntoIterator<Item = (String, &'a str)>) -> Self {
        let mut field = Self { paths: vec![], letters: vec![] };
        for (path, text) in pieces {
            letters::add(text, field.paths.len(), &mut field.letters);
            field.paths.push(path);
        }
        field
    }

    fn list(name: &str, texts: &[String]) -> Self {
        Self::new(texts.iter().enumerate().map(|(i, text)| (format!("{name}[{i}]"), text.as_str())))
    }

    fn chars(&self) -> Vec<char> {
        self.letters.iter().map(|letter| letter.c).collect()
    }
}

/// What is compared of a person.
struct Person {
    headline: Field,
    /// District, street, community, role and name.
    post: Vec<Field>,
    article: Field,
}

impl Person {
    fn new(profile: &Profile) -> Self {
        let post = profile.post.parts().map(|(key, part)| (format!("post.{key}"), part));
        let parts = post.chain([("name".to_owned(), profile.name.as_str())]);
        Self {
            headline: Field::list("headline", &profile.headline),
            post: parts.map(|part| Field::new([part])).collect(),
            article: Field::list("article", &profile.article),
        }
    }

    fn features(&self) -> Features {
        let line = |i: usize| -> Vec<char> {
            self.headline.letters.iter().filter(|letter| letter.piece == i).map(|letter| letter.c).collect()
        };
        let lines = (0..self.headline.paths.len()).map(line);
        let headlines = lines.chain([self.headline.chars()]).filter(|line| line.len() > 3).collect();
        let (name, post) =
            self.post.split_last().map_or((vec![], &[][..]), |(name, post)| (name.chars(), post));
        let post = post.iter().map(Field::chars).filter(|part| part.len() > 1).collect();
        Features { name, headlines, post, article: self.article.chars() }
    }

    fn compare(&self, section: &Section, source: &Source) -> Vec<Difference> {
        let mut found = self.compare_head(section, source);
        let body: Vec<Letter> = section
            .body
            .iter()
            .flat_map(|line| source.letters[source.lines[*line].letters.clone()].iter().cloned())
            .collect();
        found.extend(differences(&self.article, &body));
        found
    }

    /// The headline, post and name where they stand in the head, in whatever
    /// order; what is left of the head is lacking in the data.
    fn compare_head(&self, section: &Section, source: &Source) -> Vec<Difference> {
        let letters = |lines: &[usize]| -> Vec<Letter> {
            let lines = lines.iter().map(|line| source.lines[*line].letters.clone());
            lines.flat_map(|letters| source.letters[letters].iter().cloned()).collect()
        };
        let mut head = Head::new(letters(&section.head));
        let lists: Vec<char> = letters(&section.lists).iter().map(|letter| letter.c).collect();
        let mut found = Vec::new();
        let mut fields: Vec<&Field> = std::iter::once(&self.headline).chain(&self.post).collect();
        // The longest first, or 社区 would be found within another part.
        fields.sort_by_key(|field| std::cmp::Reverse(field.letters.len()));
        let mut missing = fields;
        missing.retain(|field| !field.letters.is_empty() && !head.take(&field.chars()));
        missing.retain(|field| !holds(&lists, &field.chars()));
        for field in missing {
            match head.like(&field.chars()) {
                Some(window) => {
                    found.extend(differences(field, &head.letters[window.clone()]));
                    head.used[window].fill(true);
                }
                None => found.push(Difference::added(field, 0..field.letters.len())),
            }
        }
        let place = self.post.last().filter(|_| !head.letters.is_empty());
        found.extend(place.into_iter().flat_map(|field| head.left(field)));
        found
    }
}

/// The letters of a head, and which of them a field has.
struct Head {
    letters: Vec<Letter>,
    used: Vec<bool>,
}

impl Head {
    fn new(letters: Vec<Letter>) -> Self {
        Self { used: vec![false; letters.len()], letters }
    }

    /// Takes a piece that stands there whole.
    fn take(&mut self, piece: &[char]) -> bool {
        let free = |window: &std::ops::Range<usize>| {
            let letters = self.letters[window.clone()].iter().map(|letter| letter.c);
            letters.eq(piece.iter().copied()) && !self.used[window.clone()].contains(&true)
        };
        let last = (self.letters.len() + 1).saturating_sub(piece.len());
        let Some(window) = (0..last).rev().map(|at| at..at + piece.len()).find(free) else { return false };
        self.used[window].fill(true);
        true
    }

    /// The free run, or part of one, that is most like a piece.
    fn like(&self, piece: &[char]) -> Option<std::ops::Range<usize>> {
        let runs = self.free();
        let best = runs.into_iter().map(|run| {
            let text: Vec<char> = self.letters[run.clone()].iter().map(|letter| letter.c).collect();
            let common = closest(&text, piece);
            (common.1, run.start + common.0.start..run.start + common.0.end)
        });
        let best = best.max_by_key(|(common, window)| (*common, std::cmp::Reverse(window.len())));
        best.filter(|(common, _)| *common as f64 >= ALIKE * piece.len() as f64).map(|(_, window)| window)
    }

    fn free(&self) -> Vec<std::ops::Range<usize>> {
        let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
        for at in (0..self.letters.len()).filter(|at| !self.used[*at]) {
            match runs.last_mut() {
                Some(run) if run.end == at => run.end += 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }

    /// What no field has, but for marks and connecting words.
    fn left(&self, near: &Field) -> Vec<Difference> {
        let words = |run: &std::ops::Range<usize>| {
            let text: String = self.letters[run.clone()].iter().map(|letter| letter.c).collect();
            let text = CONNECTING.iter().fold(text, |text, word| text.replace(word, ""));
            text.contains(char::is_alphanumeric)
        };
        let runs = self.free().into_iter().filter(words);
        runs.map(|run| Difference::lacking(near, near.letters.len(), self.letters[run].to_vec())).collect()
    }
}

/// Where a field differs from the letters of the source that should be it.
fn differences(field: &Field, source: &[Letter]) -> Vec<Difference> {
    let there: Vec<char> = source.iter().map(|letter| letter.c).collect();
    let found = changes(&there, &field.chars());
    found.into_iter().map(|change| Difference::new(field, source, change)).collect()
}

/// The book's own titles.
struct Titles {
    fields: Vec<Field>,
}

impl Titles {
    fn new(booklet: &Booklet) -> Self {
        let series = Field::new([("series".to_owned(), booklet.series.as_str())]);
        let fields =
            vec![series, Field::list("title", &booklet.title), Field::list("subtitle", &booklet.subtitle)];
        Self { fields }
    }

    /// Compares titles that stand in lines of nobody; the other lines are left.
    fn compare(&self, nobody: &[usize], telling: &Telling, sink: &mut Vec<Diagnostic>) -> Vec<usize> {
        let mut left = Vec::new();
        for line in nobody {
            let chars = telling.source.chars(*line);
            if self.fields.iter().any(|field| holds(&field.chars(), &chars)) {
                continue;
            }
            let near = self.fields.iter().find(|field| {
                let piece = field.chars();
                let (_, common) = closest(&chars, &piece);
                let longest = piece.len().max(chars.len());
                longest > 3 && common * 4 >= longest * 3
            });
            match near {
                Some(field) => {
                    let letters = &telling.source.letters[telling.source.lines[*line].letters.clone()];
                    sink.extend(telling.tell_of(Place::Booklet, differences(field, letters)));
                }
                None => left.push(*line),
            }
        }
        left
    }
}

/// A phrase for what needs none.
const NOTHING: Phrase = Phrase::Verbatim(String::new());
