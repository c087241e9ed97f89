//! Who looks at what is painted.

use std::rc::Rc;

use hayro_syntax::object::Stream;
use tiny_skia::{Path, Rect, Transform};

use crate::diag::{Diagnostic, Phrase};
use crate::preflight::colour::Space;
use crate::preflight::fonts;
use crate::preflight::plates::{Group, Mask, SoftMask};
use crate::preflight::shadings::Shading;
use crate::preflight::state::State;

/// Looks at what is painted.
pub(in crate::preflight) trait Inspector {
    /// A run of text.
    fn text(&mut self, run: &Run, state: &State);
    /// A filled path.
    fn fill(&mut self, path: &Path, even_odd: bool, state: &State);
    /// A stroked path in user space, to be transformed.
    fn stroke(&mut self, path: &Path, state: &State);
    /// A picture on the unit square.
    fn image(&mut self, image: &Stream, space: Option<Space>, state: &State);
    /// A gradient over all that the clip lets through, with the way from its
    /// space to the page's, and whether it brings its background.
    fn shading(&mut self, shading: &Shading, to_page: Transform, ground: bool, state: &State);
    /// Whether what follows paints a cell again that was looked at.
    fn again(&mut self, on: bool);
    /// An area of a pattern that may have gaps.
    fn textured(&mut self, area: Rect);
    /// What follows is a group.
    fn begin_group(&mut self, group: &Group);
    /// The group ends, and is put on what lies below.
    fn end_group(&mut self);
    /// What follows is no paint but a mask.
    fn begin_mask(&mut self);
    /// The mask ends.
    fn end_mask(&mut self, mask: &Mask) -> Option<Rc<SoftMask>>;
    /// A colour space whose colours nobody sees, but which the file uses.
    fn space(&mut self, space: &Space, state: &State);
    /// Something that cannot be read.
    fn broken(&mut self, problem: Phrase);
    /// Something that is not judged.
    fn unjudged(&mut self, what: Phrase);
    /// Something told of without a place.
    fn noted(&mut self, diagnostic: Diagnostic);
    /// Work that painting took since the last time that was asked.
    fn spent(&mut self) -> u64;
}

/// Text shown by one operator.
pub(in crate::preflight) struct Run {
    pub(in crate::preflight) text: String,
    pub(in crate::preflight) font: fonts::Key,
    /// Size in points as printed.
    pub(in crate::preflight) size: f32,
    /// Boxes of its characters: advance by em.
    pub(in crate::preflight) boxes: Vec<Rect>,
    /// Where small characters are inked, and how much of that.
    pub(in crate::preflight) inked: Vec<(Rect, f32)>,
    /// Outlines of large text.
    pub(in crate::preflight) outlines: Vec<Path>,
    /// Whether its glyphs are drawn by contents of their own.
    pub(in crate::preflight) drawn: bool,
    /// Whether these take the colour of the text.
    pub(in crate::preflight) plain: bool,
    /// Whether a glyph is missing.
    pub(in crate::preflight) missing: bool,
}
