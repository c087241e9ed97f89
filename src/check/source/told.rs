//! Differences as findings: where in the data, where in the delivered text,
//! what stands there, and where else it may be.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::NOTHING;
use super::difference::Difference;
use super::letters::{self, Letter};
use super::lines::Source;
use super::sections::Section;
use super::words::{settled, shown, spelled};
use rayon::prelude::*;

use crate::check::{Entry, finding, finding_in};
use crate::diag::{Code, Diagnostic, Lang, Phrase, Tally};
use crate::load::{Document, Draft};

/// Letters shown around what differs.
const CONTEXT: usize = 4;
/// Shortest piece that is looked for elsewhere, in letters.
const MOVED: usize = 6;

/// Whose texts are compared.
pub(super) enum Place {
    Person(usize),
    Booklet,
}

/// What findings need to know of the whole.
pub(super) struct Telling<'a> {
    draft: &'a Draft,
    pub(super) source: &'a Source<'a>,
    several: bool,
    entries: &'a [Entry],
    /// Whose each line of the source is.
    owners: HashMap<usize, usize>,
    text: OnceLock<String>,
    /// All articles, folded.
    articles: OnceLock<Vec<String>>,
}

impl<'a> Telling<'a> {
    pub(super) fn new(
        draft: &'a Draft,
        source: &'a Source<'a>,
        several: bool,
        entries: &'a [Entry],
        sections: &[Option<Section>],
    ) -> Self {
        let lines = sections.iter().enumerate().flat_map(|(person, section)| {
            let section = section.iter();
            section.flat_map(move |s| s.head.iter().chain(&s.body).map(move |line| (*line, person)))
        });
        Self {
            draft,
            source,
            several,
            entries,
            owners: lines.collect(),
            text: OnceLock::new(),
            articles: OnceLock::new(),
        }
    }

    pub(super) fn missing_person(&self, person: usize) -> Diagnostic {
        let entry = &self.entries[person];
        finding(Code::PersonNotInSource, self.document(person), "name")
            .arg("text", entry.profile.name.as_str())
    }

    fn document(&self, person: usize) -> &'a Document {
        &self.draft.profiles[&self.entries[person].id]
    }

    pub(super) fn tell(&self, person: usize, found: &[Difference]) -> Vec<Diagnostic> {
        self.tell_of(&Place::Person(person), found)
    }

    pub(super) fn tell_of(&self, place: &Place, found: &[Difference]) -> Vec<Diagnostic> {
        let document = match place {
            Place::Person(person) => self.document(*person),
            Place::Booklet => &self.draft.booklet,
        };
        let mut told = Vec::new();
        let mut tally = Tally::new(&mut told);
        for difference in found {
            let code = match (difference.here.is_empty(), difference.there.is_empty()) {
                _ if difference.moved => Code::MovedInSource,
                (false, false) => Code::DiffersFromSource,
                (true, _) => Code::LacksSourceText,
                (false, true) => Code::AddedToSource,
            };
            tally.push(code, || match code {
                Code::MovedInSource => self.moved(difference, document),
                Code::DiffersFromSource => self.replaced(difference, document),
                Code::LacksSourceText => self.lacking(difference, document, place),
                _ => self.added(difference, document, place),
            });
        }
        told
    }

    fn moved(&self, difference: &Difference, document: &Document) -> Diagnostic {
        let text = self.data_text(difference, &difference.here, document);
        let before = match difference.there.start {
            0 => Phrase::AtStart,
            _ => Phrase::After(
                self.source_text(difference, &before(&difference.source, difference.there.start)),
            ),
        };
        let settled = format!("{} ← {}", settled(&text), before.text(Lang::Zh));
        self.at(difference, document, Code::MovedInSource)
            .arg("text", settled)
            .arg("shown", shown(&text))
            .arg("where", self.line(difference, &difference.there))
            .arg("before", before)
    }

    fn replaced(&self, difference: &Difference, document: &Document) -> Diagnostic {
        let Difference { data, here, source, there, .. } = difference;
        let lead = before(data, here.start).len().min(before(source, there.start).len());
        let tail = after(data, here.end).len().min(after(source, there.end).len());
        let now = self.data_text(difference, &(here.start - lead..here.end + tail), document);
        let was = self.source_text(difference, &(there.start - lead..there.end + tail));
        let narrow = there.start - lead.min(2)..there.end + tail.min(2);
        self.at(difference, document, Code::DiffersFromSource)
            .arg("text", format!("{} → {}", settled(&was), settled(&now)))
            .arg("here", shown(&now))
            .arg("gone", self.source_text(difference, &narrow))
            .arg("source", shown(&was))
            .arg("where", self.line(difference, there))
    }

    fn lacking(&self, difference: &Difference, document: &Document, place: &Place) -> Diagnostic {
        let Difference { source, there, .. } = difference;
        let text = self.source_text(difference, there);
        let elsewhere = self.in_data(&letters::of(&text), place);
        let around = [before(source, there.start), after(source, there.end)];
        let [lead, tail] = around.map(|range| self.source_text(difference, &range));
        self.at(difference, document, Code::LacksSourceText)
            .arg("text", format!("{lead}[{}]{tail}", settled(&text)))
            .arg("shown", shown(&text))
            .arg("where", self.line(difference, there))
            .arg("elsewhere", elsewhere)
            .arg("gone", text)
    }

    fn added(&self, difference: &Difference, document: &Document, place: &Place) -> Diagnostic {
        let Difference { data, here, .. } = difference;
        let text = self.data_text(difference, here, document);
        let elsewhere = self.in_source(&data[here.clone()], place);
        let around = [before(data, here.start), after(data, here.end)];
        let [lead, tail] = around.map(|range| self.data_text(difference, &range, document));
        self.at(difference, document, Code::AddedToSource)
            .arg("text", format!("{lead}[{}]{tail}", settled(&text)))
            .arg("shown", shown(&text))
            .arg("elsewhere", elsewhere)
    }

    /// A finding at the letters of a difference in the data, or at the letter
    /// before what they lack.
    fn at(&self, difference: &Difference, document: &Document, code: Code) -> Diagnostic {
        let Difference { paths, data, here, .. } = difference;
        let first = data.get(here.start).filter(|_| !here.is_empty());
        let first = first.or_else(|| data.get(here.start.saturating_sub(1)));
        let Some(first) = first else {
            return finding(code, document, paths.first().map_or("", String::as_str));
        };
        let last = data[..here.end].iter().rev().find(|letter| letter.piece == first.piece).unwrap_or(first);
        let path = paths.get(first.piece).map_or("", String::as_str);
        finding_in(code, document, path, first.at.start..last.at.end.max(first.at.end))
    }

    /// What stands in the data at some letters, pieces joined.
    fn data_text(&self, difference: &Difference, letters: &Range<usize>, document: &Document) -> String {
        let text = |piece: usize| {
            let path = difference.paths.get(piece)?;
            document.root.as_ref()?.nearest(path).as_str()
        };
        spelled(&difference.data[letters.clone()], text)
    }

    fn source_text(&self, difference: &Difference, letters: &Range<usize>) -> String {
        spelled(&difference.source[letters.clone()], |line| self.source.lines.get(line).map(|line| line.text))
    }

    /// The lines of some letters.
    fn line(&self, difference: &Difference, letters: &Range<usize>) -> Phrase {
        let letters = difference.source.get(letters.clone()).unwrap_or_default();
        match (letters.first(), letters.last()) {
            (Some(first), Some(last)) => self.lines(first.piece, last.piece),
            _ => NOTHING,
        }
    }

    fn lines(&self, first: usize, last: usize) -> Phrase {
        let (first, last) = (&self.source.lines[first], &self.source.lines[last]);
        let file = self.several.then(|| first.file.to_owned());
        if let (Some(first), Some(last)) = (first.spot, last.spot) {
            return Phrase::SourceSpots { file, first: first.clone(), last: last.clone() };
        }
        Phrase::SourceLines { file, first: first.number, last: last.number.max(first.number) }
    }

    /// Where else the data have what they lack here.
    fn in_data(&self, piece: &[char], place: &Place) -> Phrase {
        if piece.len() < MOVED {
            return NOTHING;
        }
        let wanted: String = piece.iter().collect();
        let articles = self.articles.get_or_init(|| {
            let folded = |entry: &Entry| entry.profile.article.iter().flat_map(|p| letters::of(p)).collect();
            self.entries.par_iter().map(folded).collect()
        });
        let other = |i: usize| !matches!(place, Place::Person(person) if *person == i);
        let holder = articles.iter().enumerate().find(|(i, text)| other(*i) && text.contains(&wanted));
        holder.map_or(NOTHING, |(i, _)| Phrase::InTextOf(self.entries[i].profile.name.clone()))
    }

    /// Where else the source has what is added here.
    fn in_source(&self, piece: &[Letter], place: &Place) -> Phrase {
        if piece.len() < MOVED {
            return NOTHING;
        }
        let wanted: String = piece.iter().map(|letter| letter.c).collect();
        let text = self.text.get_or_init(|| self.source.letters.iter().map(|letter| letter.c).collect());
        let Some(at) = text.find(&wanted) else { return NOTHING };
        let at = text[..at].chars().count();
        let line = self.source.letters[at].piece;
        let owner = self.owners.get(&line);
        match (owner, place) {
            (Some(owner), Place::Person(person)) if owner == person => Phrase::TwiceHere,
            (Some(owner), _) => {
                let name = self.entries[*owner].profile.name.clone();
                Phrase::InSourceOf { name, line: Box::new(self.lines(line, line)) }
            }
            (None, _) => NOTHING,
        }
    }

    /// Lines that belong to nobody, neighbours together.
    pub(super) fn nobody(&self, lines: &[usize]) -> Vec<Diagnostic> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for line in lines {
            match runs.last_mut() {
                Some(run)
                    if run.end == *line
                        && self.source.lines[run.start].file == self.source.lines[*line].file =>
                {
                    run.end += 1;
                }
                _ => runs.push(*line..line + 1),
            }
        }
        let mut told = Vec::new();
        let mut tally = Tally::new(&mut told);
        for run in runs {
            tally.push(Code::SourceUnclaimed, || {
                let text: String =
                    self.source.lines[run.clone()].iter().map(|line| line.text.trim()).collect();
                finding(Code::SourceUnclaimed, &self.draft.booklet, "source")
                    .arg("text", settled(&text))
                    .arg("shown", shown(&text))
                    .arg("where", self.lines(run.start, run.end - 1))
            });
        }
        told
    }
}

/// Letters before a place, as far as they stand together.
fn before(letters: &[Letter], at: usize) -> Range<usize> {
    let together = |n: &usize| {
        let (Some(one), Some(next)) = (letters.get(at - n), letters.get(at - n + 1)) else { return *n == 1 };
        *n == 1 || one.piece == next.piece && one.n + 1 == next.n
    };
    at - (1..=CONTEXT.min(at)).take_while(together).count()..at
}

/// Letters after a place, as far as they stand together.
fn after(letters: &[Letter], at: usize) -> Range<usize> {
    let together = |n: &usize| {
        let (Some(one), Some(next)) =
            ((at + n).checked_sub(1).and_then(|before| letters.get(before)), letters.get(at + n))
        else {
            return *n == 0 && at < letters.len();
        };
        *n == 0 || one.piece == next.piece && one.n + 1 == next.n
    };
    at..at + (0..CONTEXT).take_while(together).count()
}
