//! As many findings as people read, and the count of the others.

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
    /// Findings of a code that are told one by one.
    pub const MOST: usize = 20;

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
