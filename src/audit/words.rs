//! Words on laid-out pages: those at a point, and where some words stand.

use typst::layout::{Abs, Point};

use super::slots::{Slot, slots};
use crate::typeset::Book;

/// Characters taken on either side of a point.
const AROUND: usize = 10;
/// Marks that end what is taken.
const ENDS: &str = "，。、；：！？";

/// Words of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Whose.
    pub person: Option<String>,
    /// Which field.
    pub field: String,
    /// The words; empty where the point is on none.
    pub words: String,
}

/// A set character with its place on the page, in points from the trim's top
/// left: left, baseline, right, size.
struct Set {
    c: char,
    at: [f64; 4],
}

/// The slots of a page with their corners.
fn placed(book: &Book, index: usize) -> Option<Vec<(Slot<'_>, Point)>> {
    let frame = &book.document.pages().get(index)?.frame;
    // Both walk a page in the same order.
    let corners = book.map.pages.get(index)?.fields.iter();
    let corners = corners.map(|field| Point::new(Abs::pt(field.area[0]), Abs::pt(field.area[1])));
    Some(slots(frame).into_iter().zip(corners).collect())
}

fn set(slot: &Slot, corner: Point) -> Vec<Set> {
    let mut found = Vec::new();
    for line in slot.lines() {
        for mark in line.marks.iter().filter(|mark| !mark.c.is_whitespace()) {
            let at = [corner.x + mark.x, corner.y + line.baseline, corner.x + mark.end, mark.size];
            found.push(Set { c: mark.c, at: at.map(Abs::to_pt) });
        }
    }
    found
}

/// The words at a point of a page, given by its index, in points from the
/// trim's top left.
pub fn words_at(book: &Book, index: usize, x: f64, y: f64) -> Option<Words> {
    let slots = placed(book, index)?;
    let inside = |(slot, corner): &&(Slot, Point)| {
        let (left, top) = (corner.x.to_pt(), corner.y.to_pt());
        (left..left + slot.size.x.to_pt()).contains(&x) && (top..top + slot.size.y.to_pt()).contains(&y)
    };
    let (slot, corner) = slots.iter().find(inside)?;
    let text = set(slot, *corner);
    let far = |set: &Set| {
        let [left, baseline, right, size] = set.at;
        ((left + right) / 2.0 - x).abs() + (baseline - size * 0.38 - y).abs() * 2.0
    };
    let nearest = (0..text.len()).min_by(|a, b| far(&text[*a]).total_cmp(&far(&text[*b])));
    // What is pointed at from far is the field as a whole.
    let nearest = nearest.filter(|at| far(&text[*at]) < text[*at].at[3] * 2.0);
    let words = nearest.map_or_else(String::new, |at| {
        let ends = |set: &&Set| ENDS.contains(set.c);
        let before = text[..at].iter().rev().take_while(|set| !ends(set)).take(AROUND).count();
        let after = text[at..].iter().take_while(|set| !ends(set)).take(AROUND).count();
        text[at - before..at + after.max(1)].iter().map(|set| set.c).collect()
    });
    Some(Words { person: slot.person.clone(), field: slot.field.clone(), words })
}

/// Where words of a field stand: the page's index, and left, top, right, bottom
/// in points from the trim's top left. Where the words are not there any more
/// it is the field.
pub fn find_words(book: &Book, wanted: &Words) -> Option<(usize, [f64; 4])> {
    let letters: Vec<char> = wanted.words.chars().filter(|c| !c.is_whitespace()).collect();
    let mut field = None;
    for (index, used) in book.map.pages.iter().enumerate() {
        let own =
            |field: &crate::typeset::Field| field.person == wanted.person && field.field == wanted.field;
        if !used.fields.iter().any(own) {
            continue;
        }
        for (slot, corner) in placed(book, index)? {
            if slot.person != wanted.person || slot.field != wanted.field {
                continue;
            }
            let (left, top) = (corner.x.to_pt(), corner.y.to_pt());
            field.get_or_insert((index, [left, top, left + slot.size.x.to_pt(), top + slot.size.y.to_pt()]));
            let text = set(&slot, corner);
            let mut starts = text.windows(letters.len().max(1));
            let found = starts.find(|window| window.iter().map(|set| set.c).eq(letters.iter().copied()));
            if let Some(found) = found.filter(|_| !letters.is_empty()) {
                let [left, baseline, _, size] = found[0].at;
                let same = found.iter().take_while(|set| (set.at[1] - baseline).abs() < 1.0);
                let right = same.map(|set| set.at[2]).fold(left, f64::max);
                return Some((index, [left, baseline - size, right, baseline + size * 0.2]));
            }
        }
    }
    field
}
