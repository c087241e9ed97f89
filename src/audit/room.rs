//! How much of the place for an article is filled, for whoever writes it.

use serde::Serialize;
use typst::layout::{Abs, Frame};

use super::slots::{self, Line};
use crate::check::Manuscript;
use crate::typeset::Book;

/// Rounding that is no overflow, in points.
const TOLERANCE: f64 = 0.5;

/// How full the place for an article is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Room {
    /// Lines that are set.
    pub lines: usize,
    /// Lines that there is room for.
    pub most: usize,
    /// Characters that still fit, about; none where it is too long.
    pub left: usize,
}

/// The room that a person's article has.
pub fn room(book: &Book, manuscript: &Manuscript, person: &str) -> Option<Room> {
    let setting = manuscript.contract().setting(manuscript.booklet().setting.as_deref());
    let pages = book.map.persons.get(person)?;
    let rooms = pages.iter().filter_map(|page| {
        let frame = &book.document.pages().get(page - 1)?.frame;
        room_of(frame, person, (setting.pitch * 1000.0) as u64, setting.han)
    });
    rooms.reduce(|a, b| Room { lines: a.lines + b.lines, most: a.most + b.most, left: a.left + b.left })
}

/// The room on one page; `pitch` is the line pitch in thousandths of a point,
/// `han` the most characters a line.
#[comemo::memoize]
fn room_of(frame: &Frame, person: &str, pitch: u64, han: usize) -> Option<Room> {
    let pitch = Abs::pt(pitch as f64 / 1000.0);
    let slots = slots::slots(frame);
    let own = slots.iter().filter(|slot| slot.field == "article" && slot.person.as_deref() == Some(person));
    let rooms = own.filter_map(|slot| {
        let lines = slot.lines();
        let first = lines.first()?.bottom();
        let below = slot.size.y + Abs::pt(TOLERANCE) - first;
        let most = if below < Abs::zero() { 0 } else { (below / pitch).floor() as usize + 1 };
        let free = most.saturating_sub(lines.len()) * han;
        let last = lines.last().map_or(0, Line::characters);
        let left = if lines.len() > most { 0 } else { free + han.saturating_sub(last) };
        Some(Room { lines: lines.len(), most, left })
    });
    rooms.reduce(|a, b| Room { lines: a.lines + b.lines, most: a.most + b.most, left: a.left + b.left })
}
