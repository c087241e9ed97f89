//! The tables that language is judged by: those that are here, and what a project
//! adds in `data/tables/`, a line an entry, columns parted by tabs, `#` before a
//! remark.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::names::Names;
use super::places::Places;
use super::wrong_words::Words;
use crate::assets;
use crate::diag::{Code, Diagnostic, Phrase, Place, Tally};

/// The tables of a project, by the names of their files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct OwnTables(BTreeMap<String, Arc<str>>);

/// Name of a table's file, and how many columns an entry has: at least, at most.
const FILES: &[(&str, usize, usize)] = &[(WORDS, 2, 3), (NAMES, 1, 1), (PLACES, 3, 3)];
const WORDS: &str = "words.txt";
const NAMES: &str = "names.txt";
const PLACES: &str = "districts.txt";

/// Longest entry, in bytes.
const LONGEST: usize = 10_000;

pub(super) struct Tables {
    pub(super) words: Words,
    pub(super) names: Names,
    pub(super) places: Places,
}

static EMBEDDED: LazyLock<Arc<Tables>> = LazyLock::new(|| Arc::new(Tables::with(&OwnTables::default())));

impl Tables {
    /// The tables that are here.
    pub(super) fn embedded() -> Arc<Self> {
        EMBEDDED.clone()
    }

    fn with(own: &OwnTables) -> Self {
        let both = |here: &'static str, file| entries(here).chain(own.entries(file));
        Self {
            words: Words::new(both(assets::WRONG_WORDS, WORDS)),
            names: Names::new(both(assets::OFFICES, NAMES)),
            places: Places::new(both(assets::DISTRICTS, PLACES)),
        }
    }
}

/// The tables that are here, with a project's own. Remembered, since every text
/// of a book is judged by the same.
#[comemo::memoize]
pub(super) fn tables(own: &OwnTables) -> Arc<Tables> {
    if own.0.is_empty() { Tables::embedded() } else { Arc::new(Tables::with(own)) }
}

impl OwnTables {
    /// The tables among the files of a project. What is none, cannot be read, or
    /// has lines that are no entries, is told of.
    pub fn read(files: &BTreeMap<String, Result<String, Phrase>>, sink: &mut Vec<Diagnostic>) -> Self {
        let mut own = BTreeMap::new();
        let mut tally = Tally::new(sink);
        // What systems and programs leave beside a file is no table.
        let meant = |name: &str| name.to_lowercase().ends_with(".txt") && !name.starts_with(['.', '~']);
        for (name, text) in files.iter().filter(|(name, _)| meant(name)) {
            let path = format!("data/tables/{name}");
            let whole = |problem: Phrase| {
                let place = Place::new(&path, "", 0..0);
                Diagnostic::new(Code::OwnTable)
                    .at(Some(place))
                    .arg("file", path.as_str())
                    .arg("problem", problem)
            };
            let known = FILES.iter().find(|(known, ..)| known == name);
            match (known, text) {
                (None, _) => tally.push(Code::OwnTable, || whole(Phrase::NoSuchTable)),
                (_, Err(problem)) => tally.push(Code::OwnTable, || whole(problem.clone())),
                (Some((_, least, most)), Ok(text)) => {
                    let right = |entry: &str| {
                        let columns = || entry.split('\t');
                        let filled = columns().all(|column| !column.is_empty() && column.trim() == column);
                        let said = columns().next() != columns().nth(1);
                        filled
                            && said
                            && (*least..=*most).contains(&columns().count())
                            && entry.len() <= LONGEST
                    };
                    for entry in entries(text).filter(|entry| !right(entry)) {
                        tally.push(Code::OwnTable, || {
                            let start = entry.as_ptr() as usize - text.as_ptr() as usize;
                            let place = Place::new(&path, text, start..start + entry.len());
                            let told = Diagnostic::new(Code::OwnTable).at(Some(place));
                            told.arg("file", path.as_str())
                                .arg("problem", Phrase::TableColumns(*least, *most))
                        });
                    }
                    let kept: Vec<&str> = entries(text).filter(|entry| right(entry)).collect();
                    own.insert(name.clone(), kept.join("\n").into());
                }
            }
        }
        Self(own)
    }

    fn entries(&self, file: &str) -> impl Iterator<Item = &str> {
        self.0.get(file).into_iter().flat_map(|text| entries(text))
    }
}

/// The entries of a table.
fn entries(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with('#'))
}
