//! Takes out of laid-out text what was put in for the lines' sake: word joiners,
//! soft hyphens at which no line ends, and the dot that is never squeezed.

use std::ops::Range;

use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;

use crate::view::{JOINER, SOFT_HYPHEN};

/// Typst squeezes U+00B7 like a mark of a full square. `prose` of the templates
/// sets this one, whose glyph is the same, instead.
const FIRM_DOT: char = '\u{FF65}';

/// The frame as it would be without them. Remembered, so that pages that did
/// not change stay one and the same frame, whose hash is known.
#[comemo::memoize]
pub(super) fn without(frame: &Frame) -> Frame {
    let mut frame = frame.clone();
    remove(&mut frame);
    frame
}

/// Removes every joiner from the frame. Nothing moves: joiners have no width.
/// Frames without any are not touched, because touching copies them.
fn remove(frame: &mut Frame) {
    if !frame.items().any(|(_, item)| aided(item)) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => remove(&mut group.frame),
            FrameItem::Text(text) if has_aids(text) => clean(text),
            _ => {}
        }
        // A run of joiners alone would be an empty run.
        !matches!(item, FrameItem::Text(text) if text.glyphs.is_empty())
    });
}

fn aided(item: &FrameItem) -> bool {
    match item {
        FrameItem::Group(group) => group.frame.items().any(|(_, item)| aided(item)),
        FrameItem::Text(text) => has_aids(text),
        _ => false,
    }
}

/// The hyphen at a line's end is a run of its own, which stands for a soft one.
fn has_aids(text: &TextItem) -> bool {
    text.text.contains([JOINER, SOFT_HYPHEN, FIRM_DOT]) && text.text != "\u{AD}"
}

fn clean(item: &mut TextItem) {
    let text = item.text.clone();
    let kept = |c: char| match c {
        JOINER | SOFT_HYPHEN => None,
        FIRM_DOT => Some('·'),
        c => Some(c),
    };
    let before = |at: u16| {
        let bytes = text.char_indices().take_while(|(i, _)| *i < usize::from(at));
        bytes.filter_map(|(_, c)| kept(c)).map(|c| c.len_utf8() as u16).sum::<u16>()
    };
    let moved = |range: &Range<u16>| before(range.start)..before(range.end);
    item.glyphs.retain_mut(|glyph| {
        glyph.range = moved(&glyph.range);
        !glyph.range.is_empty()
    });
    item.text = text.chars().filter_map(kept).collect();
}
