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
    /// Baseline, from the slot's top.
    pub(super) baseline: Abs,
    /// Size of its first character.
    pub(super) size: Abs,
    /// Its characters from left to right.
    pub(super) marks: Vec<Mark>,
}

/// One set character.
pub(super) struct Mark {
    pub(super) c: char,
    /// Left edge, from the slot's left.
    pub(super) x: Abs,
    /// Where the next one begins, from the slot's left.
    pub(super) end: Abs,
    /// Advance in em of its own size.
    pub(super) advance: Em,
    /// Advance in em as the font has it.
    pub(super) own: Em,
    /// Size it is set in.
    pub(super) size: Abs,
}

/// Part of the em below the baseline, as the templates set `bottom-edge`.
const DESCENT: f64 = 0.12;

/// Marks that fill only the left half of their square.
const CLOSING: &str = "，。、；：！？”’）》〉】";

impl Slot<'_> {
    /// The lines, top to bottom.
    pub(super) fn lines(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for (at, run) in &self.runs {
            let line = match lines.iter().position(|line| (line.baseline - at.y).abs() < Abs::pt(1.0)) {
                Some(i) => &mut lines[i],
                None => {
                    lines.push(Line { baseline: at.y, size: run.size, marks: vec![] });
                    lines.last_mut().expect("just pushed")
                }
            };
            line.marks.extend(marks(*at, run));
        }
        for line in &mut lines {
            line.marks.sort_by_key(|mark| mark.x);
        }
        lines.sort_by_key(|line| line.baseline);
        lines
    }
}

/// The characters of a run. A glyph for two of them, as for ——, is halved.
fn marks(at: Point, run: &TextItem) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(run.glyphs.len());
    let mut x = at.x;
    for glyph in &run.glyphs {
        let text = run.text.get(glyph.range()).filter(|text| !text.is_empty()).unwrap_or(" ");
        let parts = text.chars().count() as f64;
        let (advance, own) = (glyph.x_advance, run.font.x_advance(glyph.id).unwrap_or(glyph.x_advance));
        for (i, c) in text.chars().enumerate() {
            marks.push(Mark {
                c,
                // What justification puts before a character moves its ink.
                x: x + (glyph.x_offset + advance * (i as f64 / parts)).at(run.size),
                end: x + (advance * ((i + 1) as f64 / parts)).at(run.size),
                advance: advance / parts,
                own: own / parts,
                size: run.size,
            });
        }
        x += advance.at(run.size);
    }
    marks
}

impl Line {
    /// Lowest point, from the slot's top.
    pub(super) fn bottom(&self) -> Abs {
        let largest = self.marks.iter().map(|mark| mark.size).max().unwrap_or(self.size);
        self.baseline + largest * DESCENT
    }

    /// Rightmost point that must stay in the slot. Spaces, the space that
    /// justification puts behind a character, and the empty right half of a
    /// closing mark (CLREQ 3.1.6) may stand outside.
    pub(super) fn right(&self) -> Abs {
        let last = self.marks.iter().rev().find(|mark| !mark.c.is_whitespace());
        last.map_or(Abs::zero(), |mark| {
            let ink = if CLOSING.contains(mark.c) { Em::new(0.5) } else { mark.own };
            mark.end.min(mark.x + ink.at(mark.size))
        })
    }

    /// How many characters, white space apart, lie within a width.
    pub(super) fn fits(&self, width: Abs) -> usize {
        let inside = |mark: &&Mark| mark.end.min(mark.x + mark.own.at(mark.size)) <= width;
        self.marks.iter().filter(|mark| !mark.c.is_whitespace()).take_while(inside).count()
    }

    /// Number of characters that are not white space.
    pub(super) fn characters(&self) -> usize {
        self.marks.iter().filter(|mark| !mark.c.is_whitespace()).count()
    }

    /// The characters, without white space.
    pub(super) fn text(&self) -> String {
        self.marks.iter().map(|mark| mark.c).filter(|c| !c.is_whitespace()).collect()
    }
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
                let runs = texts(&group.frame);
                found.push(Slot { field: field.into(), person, size: group.frame.size(), runs });
            }
            None => collect(&group.frame, found),
        }
    }
}

/// The persons whose slots stand on a page.
pub(super) fn persons(frame: &Frame) -> Vec<String> {
    let mut found = Vec::new();
    for (_, item) in frame.items() {
        let FrameItem::Group(group) = item else { continue };
        let label = group.label.map(|label| label.resolve());
        match label.as_ref().and_then(|label| label.as_str().strip_prefix("slot:")) {
            Some(name) => found.extend(name.split_once(':').map(|(_, person)| person.to_owned())),
            None => found.extend(persons(&group.frame)),
        }
    }
    found
}

/// All text runs of a frame with the start of their baselines.
pub(super) fn texts(frame: &Frame) -> Vec<(Point, &TextItem)> {
    let mut runs = Vec::new();
    gather(frame, Point::zero(), &mut runs);
    runs
}

fn gather<'a>(frame: &'a Frame, origin: Point, runs: &mut Vec<(Point, &'a TextItem)>) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Text(text) => runs.push((origin + *at, text)),
            FrameItem::Group(group) => {
                let shift = Point::new(group.transform.tx, group.transform.ty);
                gather(&group.frame, origin + *at + shift, runs);
            }
            _ => {}
        }
    }
}
