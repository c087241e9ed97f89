//! Where a field differs from the delivered text, as people see it.

use std::ops::Range;

use super::Field;
use super::align::Change;
use super::letters::Letter;

/// A difference between a field and the source.
pub(super) struct Difference {
    /// Pieces of the field.
    pub(super) paths: Vec<String>,
    /// All letters of the field, and which of them differ.
    pub(super) data: Vec<Letter>,
    pub(super) here: Range<usize>,
    /// All letters of the source that should be the field.
    pub(super) source: Vec<Letter>,
    pub(super) there: Range<usize>,
}

impl Difference {
    pub(super) fn new(field: &Field, source: &[Letter], change: Change) -> Self {
        let (data, paths) = (field.letters.clone(), field.paths.clone());
        let (here, there) = (change.data, change.source);
        let mut difference = Self { paths, data, here, source: source.to_vec(), there };
        difference.slide();
        difference
    }

    /// The field has letters that the source does not have.
    pub(super) fn added(field: &Field, here: Range<usize>) -> Self {
        let (data, paths) = (field.letters.clone(), field.paths.clone());
        Self { paths, data, here, source: vec![], there: 0..0 }
    }

    /// The source has letters that the data lack, at a place of a field.
    pub(super) fn lacking(field: &Field, at: usize, source: Vec<Letter>) -> Self {
        let (data, paths) = (field.letters.clone(), field.paths.clone());
        Self { paths, data, here: at..at, there: 0..source.len(), source }
    }

    /// What was put in or taken out may as well begin some letters earlier or
    /// later where the same letters follow: it begins with a paragraph or a
    /// sentence, as people see it.
    fn slide(&mut self) {
        let (letters, range) = match (self.here.is_empty(), self.there.is_empty()) {
            (true, false) => (&self.source, &mut self.there),
            (false, true) => (&self.data, &mut self.here),
            _ => return,
        };
        let back = (1..=range.start)
            .take_while(|n| letters[range.start - n].c == letters[range.end - n].c)
            .last()
            .unwrap_or(0);
        let forth = (0..letters.len() - range.end)
            .take_while(|n| letters[range.start + n].c == letters[range.end + n].c)
            .count();
        let begins = |at: usize| match at.checked_sub(1).map(|before| &letters[before]) {
            None => 2,
            Some(before) if letters.get(at).is_some_and(|letter| letter.piece != before.piece) => 2,
            Some(before) if ".!?".contains(before.c) => 1,
            _ => 0,
        };
        let starts = range.start - back..=range.start + forth;
        let Some(start) = starts.max_by_key(|at| (begins(*at), std::cmp::Reverse(at.abs_diff(range.start))))
        else {
            return;
        };
        let shift = |at: usize, from: usize| (at + start) - from;
        let from = range.start;
        *range = start..shift(range.end, from);
        // The other side stands where its neighbours are.
        let other = if self.here.is_empty() { &mut self.here } else { &mut self.there };
        *other = shift(other.start, from)..shift(other.end, from);
    }
}
