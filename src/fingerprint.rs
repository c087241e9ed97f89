//! What is drawn on a page as one number: equal numbers, equal pages. Spans,
//! tags and labels do not count, so that a template may be rewritten as long
//! as it draws the same.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;
use typst::utils::LazyHash;
use typst::visualize::{FixedStroke, ImageKind, Paint};
use typst_layout::Page;

use crate::digest::hex;
use crate::view;

/// Label of the block that a template sets a folio in.
const FOLIO: &str = "folio";

/// SHA-256 of portraits, by place in the order.
pub(crate) type Portraits = LazyHash<Vec<String>>;

/// Fingerprints of a page: the first half of a SHA-256, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Of all that is drawn.
    pub page: String,
    /// Of all but the folio: what stays when a page only moves.
    pub content: String,
}

impl Fingerprint {
    /// Takes the fingerprints of a page; `profile` is the hash of the output
    /// profile, by which ink looks as it does.
    pub(crate) fn of(page: &Page, portraits: &Portraits, profile: &[u8; 32]) -> Self {
        let mut ground = Print::new(portraits);
        profile.hash(&mut ground);
        ground.page(page);
        let ground = ground.all.finalize();
        let (content, folio) = drawn(&page.frame, portraits);
        let take = |parts: &[&[u8]]| {
            let digest =
                parts.iter().fold(Sha256::new().chain_update(ground), |d, part| d.chain_update(part));
            hex(&digest.finalize()[..16])
        };
        Self { page: take(&[&content, &folio]), content: take(&[&content]) }
    }
}

/// Digests of what a frame draws, without folios, and of the folios.
/// Remembered, since an edit changes few pages.
#[comemo::memoize]
fn drawn(frame: &Frame, portraits: &Portraits) -> ([u8; 32], [u8; 32]) {
    let mut content = Print::new(portraits);
    content.frame(frame);
    let mut folio = Print::new(portraits);
    for frame in content.folios {
        folio.frame(&frame);
    }
    (content.all.finalize().into(), folio.all.finalize().into())
}

struct Print<'a> {
    all: Sha256,
    /// Hashes of the portraits, by place in the order.
    portraits: &'a Portraits,
    /// Folios that were passed over.
    folios: Vec<Frame>,
}

impl Hasher for Print<'_> {
    fn write(&mut self, bytes: &[u8]) {
        self.all.update(bytes);
    }

    fn finish(&self) -> u64 {
        unreachable!("the digest is taken whole")
    }
}

impl<'a> Print<'a> {
    fn new(portraits: &'a Portraits) -> Self {
        Self { all: Sha256::new(), portraits, folios: vec![] }
    }

    fn page(&mut self, page: &Page) {
        page.bleed.hash(self);
        match &page.fill {
            Smart::Auto => 0u8.hash(self),
            Smart::Custom(None) => 1u8.hash(self),
            Smart::Custom(Some(paint)) => self.paint(paint),
        }
    }

    fn frame(&mut self, frame: &Frame) {
        frame.size().hash(self);
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) if is_folio(group.label) => {
                    (10u8, at).hash(self);
                    self.folios.push(group.frame.clone());
                }
                FrameItem::Group(group) => {
                    (2u8, at, group.transform, &group.clip).hash(self);
                    self.frame(&group.frame);
                    3u8.hash(self);
                }
                FrameItem::Text(text) => {
                    (4u8, at).hash(self);
                    self.text(text);
                }
                FrameItem::Shape(shape, _) => {
                    (5u8, at, &shape.geometry, shape.fill_rule, shape.fill.is_some()).hash(self);
                    if let Some(fill) = &shape.fill {
                        self.paint(fill);
                    }
                    self.stroke(shape.stroke.as_ref());
                }
                FrameItem::Image(image, size, _) => {
                    (6u8, at, size).hash(self);
                    let portrait = match image.kind() {
                        ImageKind::Svg(svg) => view::stand_in_index(svg.data()),
                        _ => None,
                    };
                    match portrait {
                        Some(index) => self.portraits.get(index).hash(self),
                        None => image.hash(self),
                    }
                }
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn text(&mut self, text: &TextItem) {
        (&text.font, text.size, text.text.as_str()).hash(self);
        self.paint(&text.fill);
        self.stroke(text.stroke.as_ref());
        for glyph in &text.glyphs {
            (glyph.id, glyph.x_advance, glyph.x_offset, glyph.y_advance, glyph.y_offset).hash(self);
        }
    }

    fn stroke(&mut self, stroke: Option<&FixedStroke>) {
        let Some(stroke) = stroke else { return 7u8.hash(self) };
        (8u8, stroke.thickness, stroke.cap, stroke.join, &stroke.dash, stroke.miter_limit).hash(self);
        self.paint(&stroke.paint);
    }

    fn paint(&mut self, paint: &Paint) {
        match paint {
            Paint::Tiling(tiling) => {
                (9u8, tiling.size(), tiling.spacing()).hash(self);
                self.frame(tiling.frame());
            }
            paint => paint.hash(self),
        }
    }
}

fn is_folio(label: Option<typst::foundations::Label>) -> bool {
    label.is_some_and(|label| label.resolve().as_str() == FOLIO)
}
