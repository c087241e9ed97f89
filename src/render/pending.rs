//! What the screen edition says of a spread that changed since it was signed.

use typst::foundations::Bytes;
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point};
use typst_layout::Page;

use crate::typeset::typeset;

/// Distance from the edges of the page.
const MARGIN: f64 = 18.0;
/// The words in screen colours, as decoration that reading aids pass over.
const WORDS: &str = "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n\
    #set text(font: \"Noto Sans SC\", size: 11pt, fill: rgb(\"#b8161f\"), weight: 500, lang: \"zh\", fallback: false)\n\
    #pdf.artifact(box(fill: rgb(\"#fffbe8\"), stroke: 0.75pt + rgb(\"#b8161f\"), inset: (x: 8pt, y: 5pt), radius: 2pt)[待签])";

/// The mark, ready to be put on pages.
pub(super) fn mark() -> Option<Frame> {
    let files = [("pending.typ".to_owned(), Bytes::new(WORDS.as_bytes()))].into();
    Some(typeset(files, "pending.typ").0?.document.pages().first()?.frame.clone())
}

/// Puts the mark at the outer edge of a page's head.
pub(super) fn put(page: &mut Page, mark: &Frame, verso: bool) {
    let x = if verso { Abs::pt(MARGIN) } else { page.frame.width() - mark.width() - Abs::pt(MARGIN) };
    page.frame.push(Point::new(x, Abs::pt(MARGIN)), FrameItem::Group(GroupItem::new(mark.clone())));
}
