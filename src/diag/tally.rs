//! As many findings as are worth making, as many as people read, and the count
//! of the others.

use std::collections::HashMap;

use super::{Code, Diagnostic};

/// Findings of one text or file, of each code as many as people read one by
/// one; the rest is counted. What is not told is not made, so that a hundred
/// thousand slips cost no more than a few.
pub struct Tally<'a> {
    sink: &'a mut Vec<Diagnostic>,
    /// How many there are, and the place of the last one told.
    counts: HashMap<Code, (usize, usize)>,
}

impl<'a> Tally<'a> {
    /// Findings of a code that are made; people are told of fewer.
    pub const MOST: usize = 1_000;

    /// Counts what goes into a list.
    pub fn new(sink: &'a mut Vec<Diagnostic>) -> Self {
        Self { sink, counts: HashMap::new() }
    }

    /// Tells or counts a finding.
    pub fn push(&mut self, code: Code, make: impl FnOnce() -> Diagnostic) {
        let (count, last) = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= Self::MOST {
            *last = self.sink.len();
            self.sink.push(make());
        } else if let Some(told) = self.sink.get_mut(*last) {
            told.more += 1;
        }
    }
}

/// Findings of a code about one person, or one file, that people are told one
/// by one.
const READ: usize = 20;

/// Leaves as many findings as people read; the last of a kind counts the rest.
pub fn readable(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::new();
    let mut counts: HashMap<(Code, String), (usize, usize)> = HashMap::new();
    for finding in found {
        let file = finding.place.as_ref().map(|place| place.file.clone()).unwrap_or_default();
        let (count, last) = counts.entry((finding.code, file)).or_default();
        *count += 1;
        if *count <= READ {
            *last = kept.len();
            kept.push(finding);
        } else if let Some(told) = kept.get_mut(*last) {
            told.more += 1 + finding.more;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_told_is_counted_and_not_made() {
        let mut sink = Vec::new();
        let mut made = 0;
        let mut tally = Tally::new(&mut sink);
        for _ in 0..100_000 {
            tally.push(Code::StraySpace, || {
                made += 1;
                Diagnostic::new(Code::StraySpace)
            });
        }
        assert_eq!((sink.len(), made), (Tally::MOST, Tally::MOST));
        assert_eq!(sink.iter().map(|told| 1 + told.more).sum::<usize>(), 100_000);
    }
}
