//! The book's own titles against the lines that are nobody's.

use super::Field;
use super::difference::Difference;
use super::differences;
use super::letters::closest;
use super::lines::holds;
use super::sections::is_title;
use super::told::{Place, Telling};
use crate::diag::Diagnostic;
use crate::model::Booklet;

/// Series, title, subtitle.
pub(super) struct Titles {
    fields: Vec<Field>,
}

impl Titles {
    pub(super) fn new(booklet: &Booklet) -> Self {
        let series = Field::new([("series".to_owned(), booklet.series.as_str())]);
        let title = Field::list("title", &booklet.title);
        Self { fields: vec![series, title, Field::list("subtitle", &booklet.subtitle)] }
    }

    /// Each title and each line of one, as they may stand in a text, the
    /// longest first.
    pub(super) fn lines(&self) -> Vec<String> {
        let lines = self.fields.iter().flat_map(|field| field.pieces().chain([field.chars()]));
        let mut lines: Vec<String> = lines.map(|line| line.into_iter().collect()).collect();
        lines.retain(|line| line.chars().count() > 1);
        lines.sort_by_key(|line| std::cmp::Reverse(line.len()));
        lines
    }

    /// Compares titles that stand in lines of nobody; the other lines are left.
    /// A title of which a part stands there stands there whole.
    pub(super) fn compare(
        &self,
        nobody: &[usize],
        telling: &Telling,
        sink: &mut Vec<Diagnostic>,
    ) -> Vec<usize> {
        let mut left = Vec::new();
        let lines = self.lines();
        let mut covered: Vec<Vec<bool>> =
            self.fields.iter().map(|field| vec![false; field.letters.len()]).collect();
        for line in nobody {
            let chars = telling.source.chars(*line);
            let whole = is_title(&chars, &lines);
            let part = |piece: &[char]| chars.len() > 1 && holds(piece, &chars);
            if whole || self.fields.iter().any(|field| part(&field.chars())) {
                for (field, covered) in self.fields.iter().zip(&mut covered) {
                    cover(&field.chars(), &chars, covered);
                    field.pieces().for_each(|piece| {
                        if whole && holds(&chars, &piece) {
                            cover(&field.chars(), &piece, covered);
                        }
                    });
                }
                continue;
            }
            let near = self.fields.iter().position(|field| {
                let piece = field.chars();
                let (_, common) = closest(&chars, &piece);
                let longest = piece.len().max(chars.len());
                longest > 3 && common * 4 >= longest * 3
            });
            match near {
                Some(i) => {
                    let found = differences(&self.fields[i], telling.source.letters_of(*line));
                    sink.extend(telling.tell_of(&Place::Booklet, &found));
                    covered[i].fill(true);
                }
                None => left.push(*line),
            }
        }
        for (field, covered) in self.fields.iter().zip(covered) {
            if !covered.contains(&true) {
                continue;
            }
            let mut at = 0;
            while let Some(start) = covered[at..].iter().position(|covered| !covered).map(|i| at + i) {
                let end = covered[start..].iter().position(|c| *c).map_or(covered.len(), |i| start + i);
                sink.extend(telling.tell_of(&Place::Booklet, &[Difference::added(field, start..end)]));
                at = end;
            }
        }
        left
    }
}

/// Marks where a piece stands in a text.
fn cover(text: &[char], piece: &[char], covered: &mut [bool]) {
    let places = text.windows(piece.len().max(1)).enumerate().filter(|(_, window)| *window == piece);
    places.for_each(|(at, _)| covered[at..at + piece.len()].fill(true));
}
