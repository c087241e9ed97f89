//! Slots: the blocks that a template reserves for a field, labelled
//! `slot:FIELD` or `slot:FIELD:PERSON`, and the lines set in them.

use typst::layout::{Abs, Em, Frame, FrameItem, Point, Size};
use typst::text::TextItem;

/// One slot with its text.
pub(super) struct Slot<'a> {
    /// Field of the data.
    pub(super) field: String,
    /// Person it belongs to; none for the edition's own fields.
    pub(super) person: Option<String>,
    /// Reserved width and height.
    pub(super) size: Size,
    /// Text runs with the position of their baseline's start in the slot.
    pub(super) runs: Vec<(Point, &'a TextItem)>,
}

/// A line of a slot: runs on one baseline.
pub(super) struct Line {
    /// Lowest point, from the slot's top.
    pub(super) bottom: Abs,
    /// Rightmost point, from the slot's left.
    pub(super) right: Abs,
    /// Characters that are not white space.
    pub(super) characters: usize,
}

/// Part of the em below the baseline, as the templates set `bottom-edge`.
const DESCENT: f64 = 0.12;

impl Slot<'_> {
    /// The lines, top to bottom.
    pub(super) fn lines(&self) -> Vec<Line> {
        let mut lines: Vec<(Abs, Line)> = Vec::new();
        for (at, run) in &self.runs {
            let bottom = at.y + run.size * DESCENT;
            let right = at.x + run.width() - blank_end(run);
            let characters = run.text.chars().filter(|c| !c.is_whitespace()).count();
            match lines.iter_mut().find(|(baseline, _)| (*baseline - at.y).abs() < Abs::pt(1.0)) {
                Some((_, line)) => {
                    line.bottom = line.bottom.max(bottom);
                    line.right = line.right.max(right);
                    line.characters += characters;
                }
                None => lines.push((at.y, Line { bottom, right, characters })),
            }
        }
        lines.sort_by_key(|(baseline, _)| *baseline);
        lines.into_iter().map(|(_, line)| line).collect()
    }
}

/// What may stand outside the measure at the end of a line: spaces, the space
/// that justification puts behind a character, and the empty right half of a
/// closing mark (CLREQ 3.1.6).
fn blank_end(run: &TextItem) -> Abs {
    let mut blank = Em::zero();
    for glyph in run.glyphs.iter().rev() {
        let text = &run.text[glyph.range()];
        if !text.trim().is_empty() {
            let closing = text.ends_with(|c| "，。、；：！？”’）》〉】".contains(c));
            let own = run.font.x_advance(glyph.id).unwrap_or(glyph.x_advance);
            let ink = if closing { Em::new(0.5) } else { own };
            blank += (glyph.x_advance - ink).max(Em::zero());
            break;
        }
        blank += glyph.x_advance;
    }
    blank.at(run.size)
}

/// The slots of a page, in the order of the frames.
pub(super) fn slots(frame: &Frame) -> Vec<Slot<'_>> {
    let mut found = Vec::new();
    collect(frame, &mut found);
    found
}

fn collect<'a>(frame: &'a Frame, found: &mut Vec<Slot<'a>>) {
    for (_, item) in frame.items() {
        let FrameItem::Group(group) = item else { continue };
        let label = group.label.map(|label| label.resolve());
        match label.as_ref().and_then(|label| label.as_str().strip_prefix("slot:")) {
            Some(name) => {
                let (field, person) = match name.split_once(':') {
                    Some((field, person)) => (field, Some(person.to_owned())),
                    None => (name, None),
                };
                let mut runs = Vec::new();
                texts(&group.frame, Point::zero(), &mut runs);
                found.push(Slot { field: field.into(), person, size: group.frame.size(), runs });
            }
            None => collect(&group.frame, found),
        }
    }
}

fn texts<'a>(frame: &'a Frame, origin: Point, runs: &mut Vec<(Point, &'a TextItem)>) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Text(text) => runs.push((origin + *at, text)),
            FrameItem::Group(group) => {
                let shift = Point::new(group.transform.tx, group.transform.ty);
                texts(&group.frame, origin + *at + shift, runs);
            }
            _ => {}
        }
    }
}
