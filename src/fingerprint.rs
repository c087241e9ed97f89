//! What is drawn on a page as one number: equal numbers, equal pages. Spans,
//! tags and labels do not count, so that a template may be rewritten as long
//! as it draws the same.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;
use typst::visualize::{FixedStroke, ImageKind, Paint};
use typst_layout::Page;

use crate::check::Manuscript;
use crate::digest::hex;
use crate::view;

/// Label of the block that a template sets a folio in.
const FOLIO: &str = "folio";

/// Fingerprints of a page: the first half of a SHA-256, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Of all that is drawn.
    pub page: String,
    /// Of all but the folio: what stays when a page only moves.
    pub content: String,
}

impl Fingerprint {
    /// Takes the fingerprints of a page.
    pub(crate) fn of(page: &Page, manuscript: &Manuscript) -> Self {
        let portraits: Vec<&str> = manuscript
            .entries()
            .iter()
            .map(|e| e.photo.as_ref().map_or("", |photo| &*photo.sha256))
            .collect();
        let take = |folio| {
            let mut print = Print { digest: Sha256::new(), portraits: &portraits, folio };
            // Ink on the page, and how ink looks.
            manuscript.output().digest().hash(&mut print);
            print.page(page);
            hex(&print.digest.finalize()[..16])
        };
        Self { page: take(true), content: take(false) }
    }
}

struct Print<'a> {
    digest: Sha256,
    /// Hashes of the portraits, by place in the order.
    portraits: &'a [&'a str],
    folio: bool,
}

impl Hasher for Print<'_> {
    fn write(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
    }

    fn finish(&self) -> u64 {
        unreachable!("the digest is taken whole")
    }
}

impl Print<'_> {
    fn page(&mut self, page: &Page) {
        page.bleed.hash(self);
        match &page.fill {
            Smart::Auto => 0u8.hash(self),
            Smart::Custom(None) => 1u8.hash(self),
            Smart::Custom(Some(paint)) => self.paint(paint),
        }
        self.frame(&page.frame);
    }

    fn frame(&mut self, frame: &Frame) {
        frame.size().hash(self);
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) if !self.folio && is_folio(group.label) => {}
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
                        Some(index) => self.portraits.get(index).copied().unwrap_or_default().hash(self),
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
