//! A person's head: headline, post and name where they stand, in whatever
//! order, and what else stands there.

use std::ops::Range;
use std::sync::Arc;

use super::difference::Difference;
use super::letters::{Letter, closest};
use super::lines::{holds, is_label};
use super::{Field, differences};

/// Part of a title's letters that must be right for it to be the same title.
const ALIKE: f64 = 0.5;

/// The letters of a head, and which field has each.
pub(super) struct Head<'a> {
    letters: Arc<[Letter]>,
    used: Vec<Option<usize>>,
    /// Headline, parts of the post, name.
    fields: &'a [&'a Field],
}

impl<'a> Head<'a> {
    pub(super) fn new(letters: Vec<Letter>, fields: &'a [&'a Field]) -> Self {
        Self { used: vec![None; letters.len()], letters: letters.into(), fields }
    }

    /// Where the fields differ from the head; `lists` are lines elsewhere that
    /// may have the name and the post.
    pub(super) fn compare(mut self, lists: &[char]) -> Vec<Difference> {
        let mut order: Vec<usize> = (0..self.fields.len()).collect();
        order.retain(|field| !self.fields[*field].letters.is_empty());
        // The longest first, or a part would be found within another.
        order.sort_by_key(|field| std::cmp::Reverse(self.fields[*field].letters.len()));
        order.retain(|field| !self.take(*field));
        let listed = |field: &usize| *field > 0 && holds(lists, &self.fields[*field].chars());
        order.retain(|field| !listed(field));
        let mut found = Vec::new();
        for field in order {
            let piece = self.fields[field];
            let window = self.like(&piece.chars()).or_else(|| self.only(field));
            match window {
                Some(window) => {
                    found.extend(differences(piece, &self.letters[window.clone()]));
                    self.used[window].fill(Some(field));
                }
                None => found.push(Difference::added(piece, 0..piece.letters.len())),
            }
        }
        found.extend(self.left());
        found
    }

    /// Takes a field that stands there whole, the last time it does.
    fn take(&mut self, field: usize) -> bool {
        let piece = self.fields[field].chars();
        let free = |window: &Range<usize>| {
            let letters = self.letters[window.clone()].iter().map(|letter| letter.c);
            letters.eq(piece.iter().copied()) && self.used[window.clone()].iter().all(Option::is_none)
        };
        let last = (self.letters.len() + 1).saturating_sub(piece.len());
        let Some(window) = (0..last).rev().map(|at| at..at + piece.len()).find(free) else { return false };
        self.used[window].fill(Some(field));
        true
    }

    /// The free run, or part of one, that is most like a piece.
    fn like(&self, piece: &[char]) -> Option<Range<usize>> {
        let best = self.free().into_iter().map(|run| {
            let text: Vec<char> = self.letters[run.clone()].iter().map(|letter| letter.c).collect();
            let (window, common) = closest(&text, piece);
            (common, run.start + window.start..run.start + window.end)
        });
        let best = best.max_by_key(|(common, window)| (*common, std::cmp::Reverse(window.len())));
        best.filter(|(common, _)| *common as f64 >= ALIKE * piece.len() as f64).map(|(_, window)| window)
    }

    /// What is left in the name's place, if it is one word.
    fn only(&self, field: usize) -> Option<Range<usize>> {
        let mut words = self.free().into_iter().filter_map(|run| self.says_something(run));
        let word = words.next().filter(|word| word.len() < 8 && field + 1 == self.fields.len());
        word.filter(|_| words.next().is_none())
    }

    fn free(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for at in (0..self.letters.len()).filter(|at| self.used[*at].is_none()) {
            match runs.last_mut() {
                Some(run) if run.end == at => run.end += 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }

    /// What no field has, told beside the field that it stands with.
    fn left(&self) -> Vec<Difference> {
        let runs = self.free().into_iter().filter_map(|run| self.says_something(run));
        runs.map(|run| {
            let before = run.start.checked_sub(1).and_then(|at| self.used[at]);
            let next = self.used.get(run.end).copied().flatten();
            // What stands right before a field and apart from the one before.
            let apart = run.start.checked_sub(1).is_none_or(|at| !self.touch(at));
            let after = before.is_some() && !(apart && next.is_some() && self.touch(run.end - 1));
            let beside = if after { before } else { next.or(before) };
            let field = self.fields[beside.unwrap_or_default()];
            let at = if after { field.letters.len() } else { 0 };
            Difference::lacking(field, at, &self.letters, run)
        })
        .collect()
    }

    /// Whether a letter and the next stand together in their line.
    fn touch(&self, at: usize) -> bool {
        let pair = self.letters.get(at).zip(self.letters.get(at + 1));
        pair.is_some_and(|(a, b)| a.piece == b.piece && a.at.end == b.at.start)
    }

    /// The part of a run that is no number of a list, no label, no 记 behind a
    /// dash, no 同志 behind the name, no mark that stands by itself.
    fn says_something(&self, run: Range<usize>) -> Option<Range<usize>> {
        let c = |at: usize| self.letters[at].c;
        let touches = |at: usize| {
            let before = at.checked_sub(1).filter(|before| self.used[*before] == Some(0));
            before.is_some_and(|before| self.letters[before].at.end == self.letters[at].at.start)
        };
        // What a headline ends in is part of it.
        if touches(run.start) && ".!?…".contains(c(run.start)) {
            return Some(run);
        }
        let first = run.clone().find(|at| c(*at).is_alphanumeric())?;
        let last = run.clone().rev().find(|at| c(*at).is_alphanumeric())?;
        let mut words = first..last + 1;
        let dash = first.checked_sub(1).filter(|before| run.contains(before));
        if c(first) == '记' && dash.is_some_and(|before| c(before) == '-') {
            words.start += 1;
        }
        while words.end < run.end && "\"')》.!?…".contains(c(words.end)) {
            words.end += 1;
        }
        let name = self.fields.len().saturating_sub(1);
        let text =
            |range: &Range<usize>| -> String { self.letters[range.clone()].iter().map(|l| l.c).collect() };
        if text(&words) == "同志" && run.start.checked_sub(1).is_some_and(|at| self.used[at] == Some(name))
        {
            return None;
        }
        let begins =
            run.start.checked_sub(1).is_none_or(|at| self.letters[at].piece != self.letters[run.start].piece);
        if begins && text(&words).chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        let with_mark = words.start..run.end.min(words.end + 2);
        (!words.is_empty() && !is_label(&text(&with_mark))).then_some(words)
    }
}
