//! Takes the word joiners out of laid-out text.

use std::ops::Range;

use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;

use crate::view::JOINER;

/// The frame without joiners. Remembered, so that pages that did not change
/// stay one and the same frame, whose hash is known.
#[comemo::memoize]
pub(super) fn without(frame: &Frame) -> Frame {
    let mut frame = frame.clone();
    remove(&mut frame);
    frame
}

/// Removes every joiner from the frame. Nothing moves: joiners have no width.
/// Frames without any are not touched, because touching copies them.
fn remove(frame: &mut Frame) {
    if !frame.items().any(|(_, item)| joined(item)) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => remove(&mut group.frame),
            FrameItem::Text(text) if text.text.contains(JOINER) => clean(text),
            _ => {}
        }
        // A run of joiners alone would be an empty run.
        !matches!(item, FrameItem::Text(text) if text.glyphs.is_empty())
    });
}

fn joined(item: &FrameItem) -> bool {
    match item {
        FrameItem::Group(group) => group.frame.items().any(|(_, item)| joined(item)),
        FrameItem::Text(text) => text.text.contains(JOINER),
        _ => false,
    }
}

fn clean(item: &mut TextItem) {
    let joiners: Vec<usize> = item.text.match_indices(JOINER).map(|(at, _)| at).collect();
    let before = |at: usize| joiners.partition_point(|j| *j < at) * JOINER.len_utf8();
    let moved = |range: &Range<u16>| {
        let shift = |at: u16| at - u16::try_from(before(at.into())).expect("shorter than the text");
        shift(range.start)..shift(range.end)
    };
    item.glyphs.retain_mut(|glyph| {
        glyph.range = moved(&glyph.range);
        !glyph.range.is_empty()
    });
    item.text = item.text.chars().filter(|c| *c != JOINER).collect();
}
