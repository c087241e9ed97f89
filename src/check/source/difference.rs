//! Where a field differs from the delivered text, as people see it.

use std::ops::Range;
use std::sync::Arc;

use super::Field;
use super::align::Change;
use super::letters::Letter;
use super::moves::Move;

/// A difference between a field and the source.
#[derive(Clone)]
pub(super) struct Difference {
    /// Pieces of the field.
    pub(super) paths: Arc<[String]>,
    /// Letters of the field, and which of them differ.
    pub(super) data: Arc<[Letter]>,
    pub(super) here: Range<usize>,
    /// Letters of the source that should be the field.
    pub(super) source: Arc<[Letter]>,
    pub(super) there: Range<usize>,
    /// Whether both have it, in other places.
    pub(super) moved: bool,
}

impl Difference {
    pub(super) fn moved(field: &Field, source: &Arc<[Letter]>, found: Move) -> Self {
        let (paths, data, source) = (field.paths.clone(), field.letters.clone(), source.clone());
        Self { paths, data, here: found.data, source, there: found.source, moved: true }
    }

    /// The field is another text.
    pub(super) fn whole(field: &Field, source: Arc<[Letter]>) -> Self {
        let (paths, data) = (field.paths.clone(), field.letters.clone());
        let (here, there) = (0..data.len(), 0..source.len());
        Self { paths, data, here, source, there, moved: false }
    }

    /// The field has letters that the source does not have.
    pub(super) fn added(field: &Field, here: Range<usize>) -> Self {
        let (paths, data) = (field.paths.clone(), field.letters.clone());
        Self { paths, data, here, source: Arc::new([]), there: 0..0, moved: false }
    }

    /// The source has letters that the data lack, at a place of a field.
    pub(super) fn lacking(field: &Field, at: usize, source: &[Letter], there: Range<usize>) -> Self {
        let (paths, data) = (field.paths.clone(), field.letters.clone());
        Self { paths, data, here: at..at, source: source.into(), there, moved: false }
    }
}

/// The changes of some letters of a field as differences. What was put in or
/// taken out may as well begin some letters earlier or later where the same
/// letters follow: it begins with a paragraph or a sentence, as people see it.
pub(super) fn told(
    paths: &Arc<[String]>,
    data: &Arc<[Letter]>,
    source: &Arc<[Letter]>,
    changes: &[Change],
) -> Vec<Difference> {
    let before = |i: usize| i.checked_sub(1).and_then(|i| changes.get(i)).map_or(0, |c| c.source.end);
    let after = |i: usize| changes.get(i + 1).map_or(source.len(), |c| c.source.start);
    let room = |i: usize, change: &Change| (change.source.start - before(i), after(i) - change.source.end);
    let differences = changes.iter().enumerate().map(|(i, change)| {
        let Change { source: there, data: here } = slid(change, data, source, room(i, change));
        Difference {
            paths: paths.clone(),
            data: data.clone(),
            here,
            source: source.clone(),
            there,
            moved: false,
        }
    });
    differences.collect()
}

/// `room` is how many equal letters lie before and after the change.
fn slid(change: &Change, data: &[Letter], source: &[Letter], room: (usize, usize)) -> Change {
    let (letters, range) = match (change.data.is_empty(), change.source.is_empty()) {
        (true, false) => (source, &change.source),
        (false, true) => (data, &change.data),
        _ => return change.clone(),
    };
    let back = (1..=room.0).take_while(|n| letters[range.start - n].c == letters[range.end - n].c).count();
    let forth = (0..room.1).take_while(|n| letters[range.start + n].c == letters[range.end + n].c).count();
    let begins = |at: usize| match at.checked_sub(1).map(|before| &letters[before]) {
        None => 2,
        Some(before) if letters.get(at).is_some_and(|letter| letter.piece != before.piece) => 2,
        Some(before) if ".!?".contains(before.c) => 1,
        _ => 0,
    };
    let starts = range.start - back..=range.start + forth;
    let start = starts.max_by_key(|at| (begins(*at), std::cmp::Reverse(at.abs_diff(range.start))));
    let Some(start) = start else { return change.clone() };
    let from = range.start;
    let shift = |range: &Range<usize>| range.start + start - from..range.end + start - from;
    Change { source: shift(&change.source), data: shift(&change.data) }
}
