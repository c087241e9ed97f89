//! Walks through a frame and writes down what it draws, in painting order.

use sha2::{Digest, Sha256};
use typst::layout::{Abs, Frame, FrameItem, Size, Transform};
use typst::text::{Font, TextItem};
use typst::utils::LazyHash;
use typst::visualize::{Color, Geometry, Image, ImageKind, LineCap, Paint, ProcessColor, Shape};

use super::encoding::Encoding;
use super::ground::{self, Ground};
use crate::digest::sha256;
use crate::fonts;
use crate::pictures::Area;
use crate::view;

/// Label of the block that a template sets a folio in.
const FOLIO: &str = "folio";

/// What a drawing depends on beside its frame: hashes of the portraits by
/// place in the order, and the sizes in points under which black overprints,
/// of text and of rules, by their bits.
pub(crate) type Setting = LazyHash<(Vec<String>, u64, u64)>;

/// What a frame draws.
#[derive(Debug, Clone)]
pub(super) struct Drawing {
    /// Digest of what is seen without folios.
    pub(super) seen: [u8; 32],
    /// Digest of the folios.
    pub(super) folio_seen: [u8; 32],
    /// Digest of what is plated.
    pub(super) plated: [u8; 32],
    /// Whether a colour is no ink and is converted through the profile.
    pub(super) converts: bool,
    /// Whether there are raster pictures.
    pub(super) pictures: bool,
}

/// Draws a page, on paper that is coloured or not. Remembered, since an edit
/// changes few pages.
#[comemo::memoize]
pub(super) fn drawn(frame: &Frame, coloured: bool, setting: &Setting) -> Drawing {
    let mut pen = Pen {
        setting,
        page: Area::of(frame.size(), Transform::identity()),
        seen: Sha256::new(),
        folio_seen: Sha256::new(),
        plated: Sha256::new(),
        ground: Ground::default(),
        folio: false,
        converts: false,
        pictures: false,
    };
    pen.ground.put(pen.page, coloured, true);
    pen.frame(frame, Transform::identity());
    Drawing {
        seen: pen.seen.finalize().into(),
        folio_seen: pen.folio_seen.finalize().into(),
        plated: pen.plated.finalize().into(),
        converts: pen.converts,
        pictures: pen.pictures,
    }
}

struct Pen<'a> {
    setting: &'a Setting,
    page: Area,
    seen: Sha256,
    folio_seen: Sha256,
    plated: Sha256,
    ground: Ground,
    /// Whether a folio is being drawn.
    folio: bool,
    converts: bool,
    pictures: bool,
}

impl Pen<'_> {
    fn write(&mut self, seen: &Encoding, plated: &Encoding) {
        self.plated.update(plated.bytes());
        let seen_by = if self.folio { &mut self.folio_seen } else { &mut self.seen };
        seen_by.update(seen.bytes());
    }

    /// Writes down what is the same to the eye and on the plates.
    fn both(&mut self, encoding: &Encoding) {
        self.write(encoding, encoding);
    }

    fn frame(&mut self, frame: &Frame, ts: Transform) {
        for (at, item) in frame.items() {
            let ts = ts.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    let inner = ts.pre_concat(group.transform);
                    let folio = self.folio;
                    self.folio |= group.label.is_some_and(|label| label.resolve().as_str() == FOLIO);
                    if let Some(clip) = &group.clip {
                        let mut encoding = Encoding::default();
                        encoding.tag(1);
                        encoding.transform(inner);
                        encoding.curve(clip);
                        self.both(&encoding);
                    }
                    self.frame(&group.frame, inner);
                    if group.clip.is_some() {
                        let mut encoding = Encoding::default();
                        encoding.tag(2);
                        self.both(&encoding);
                    }
                    self.folio = folio;
                }
                FrameItem::Text(text) => self.text(text, ts),
                FrameItem::Shape(shape, _) => self.shape(shape, ts),
                FrameItem::Image(image, size, _) => self.image(image, *size, ts),
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn text(&mut self, text: &TextItem, ts: Transform) {
        let mut encoding = Encoding::default();
        encoding.tag(3);
        encoding.transform(ts);
        encoding.data(font(text.font.font()).as_bytes());
        for (axis, value) in &text.font.variations().0 {
            encoding.data(&axis.to_bytes());
            encoding.share(value.0.into());
        }
        encoding.length(text.size);
        encoding.paint(&text.fill);
        encoding.stroke(text.stroke.as_ref());
        encoding.count(text.glyphs.len());
        for glyph in &text.glyphs {
            encoding.count(glyph.id.into());
            for em in [glyph.x_advance, glyph.x_offset, glyph.y_advance, glyph.y_offset] {
                encoding.share(em.get());
            }
        }
        // From the baseline up, as most of a character is.
        let corner = ts.pre_concat(Transform::translate(Abs::zero(), -text.size * 0.88));
        let area = Area::of(Size::new(text.width(), text.size), corner);
        let small = text.size.to_pt() * scale(ts) < f64::from_bits(self.setting.1);
        let overprints = small && ground::is_black(&text.fill) && self.ground.is_coloured(area);
        self.ground.put(area, ground::is_coloured(&text.fill), false);
        self.convert(Some(&text.fill));
        self.convert(text.stroke.as_ref().map(|stroke| &stroke.paint));
        let mut plated = Encoding::default();
        plated.data(encoding.bytes());
        plated.tag(u8::from(overprints));
        self.write(&encoding, &plated);
        self.tile(&text.fill, ts);
    }

    fn shape(&mut self, shape: &Shape, ts: Transform) {
        let area = ground::area_of(shape, ts);
        let encode = |geometry: &Geometry, ts: Transform| {
            let mut encoding = Encoding::default();
            encoding.tag(4);
            encoding.transform(ts);
            encoding.geometry(geometry);
            encoding.tag(shape.fill_rule as u8);
            match &shape.fill {
                Some(fill) => encoding.paint(fill),
                None => encoding.tag(0),
            }
            encoding.stroke(shape.stroke.as_ref());
            encoding
        };
        let (seen_geometry, seen_ts) = self.within_trim(shape, ts).unwrap_or((shape.geometry.clone(), ts));
        let mut plated = Encoding::default();
        plated.data(encode(&shape.geometry, ts).bytes());
        plated.tag(u8::from(self.overprints(shape, ts, area)));
        self.write(&encode(&seen_geometry, seen_ts), &plated);
        let stroke = shape.stroke.as_ref().map(|stroke| &stroke.paint);
        let coloured = [shape.fill.as_ref(), stroke].into_iter().flatten().any(ground::is_coloured);
        let covers = matches!(shape.geometry, Geometry::Rect(_)) && shape.fill.is_some();
        self.ground.put(area, coloured, covers);
        for paint in [shape.fill.as_ref(), stroke] {
            self.convert(paint);
            if let Some(paint) = paint {
                self.tile(paint, ts);
            }
        }
    }

    /// What of an upright filled rectangle, or of an upright line, lies within
    /// the trim: how far it reaches into the bleed is not seen.
    fn within_trim(&self, shape: &Shape, ts: Transform) -> Option<(Geometry, Transform)> {
        let upright = ts.kx.is_zero() && ts.ky.is_zero();
        let part = |size: Size| {
            let part = Area::of(size, ts).and(self.page);
            let size = Size::new(Abs::pt(part.width().max(0.0)), Abs::pt(part.height().max(0.0)));
            (size, Transform::translate(Abs::pt(part.left), Abs::pt(part.top)))
        };
        match (&shape.geometry, &shape.fill, &shape.stroke) {
            (Geometry::Rect(size), Some(Paint::Solid(_)), None) if upright => {
                let (size, at) = part(*size);
                Some((Geometry::Rect(size), at))
            }
            (Geometry::Line(to), None, Some(stroke)) if upright => {
                let plain = stroke.cap == LineCap::Butt && stroke.dash.is_none();
                let straight = plain && (to.x == Abs::zero() || to.y == Abs::zero());
                let (size, at) = part(to.to_size());
                straight.then(|| (Geometry::Line(size.to_point()), at))
            }
            _ => None,
        }
    }

    /// Whether a rule is black that overprints another ink.
    fn overprints(&self, shape: &Shape, ts: Transform, area: Area) -> bool {
        let (scale, limit) = (scale(ts), f64::from_bits(self.setting.2));
        let fill = shape.fill.as_ref().is_some_and(ground::is_black)
            && shape.stroke.is_none()
            && ground::thin(&shape.geometry, scale) < limit;
        let line = |stroke: &typst::visualize::FixedStroke| {
            ground::is_black(&stroke.paint) && stroke.thickness.to_pt() * scale < limit
        };
        (fill || shape.stroke.as_ref().is_some_and(line)) && self.ground.is_coloured(area)
    }

    fn image(&mut self, image: &Image, size: Size, ts: Transform) {
        let mut encoding = Encoding::default();
        encoding.tag(5);
        encoding.transform(ts);
        encoding.lengths([size.x, size.y]);
        match image.kind() {
            ImageKind::Raster(raster) => {
                self.pictures = true;
                encoding.data(sha256(raster.data()).as_bytes());
            }
            ImageKind::Svg(svg) => match view::stand_in_index(svg.data()) {
                Some(index) => {
                    self.pictures = true;
                    encoding.data(self.setting.0.get(index).map_or(&[][..], |essence| essence.as_bytes()));
                }
                None => {
                    self.converts = true;
                    encoding.data(sha256(svg.data()).as_bytes());
                }
            },
            ImageKind::Pdf(pdf) => {
                self.converts = true;
                encoding.data(sha256(pdf.document().pdf().data().as_ref()).as_bytes());
                encoding.count(pdf.page_index());
            }
        }
        self.ground.put(Area::of(size, ts), true, true);
        self.both(&encoding);
    }

    fn convert(&mut self, paint: Option<&Paint>) {
        let ink = |color: &Color| matches!(color, Color::Process(ProcessColor::Cmyk(_)) | Color::Spot(_));
        self.converts |= paint.is_some_and(|paint| !matches!(paint, Paint::Solid(color) if ink(color)));
    }

    /// What a tiling repeats.
    fn tile(&mut self, paint: &Paint, ts: Transform) {
        if let Paint::Tiling(tiling) = paint {
            self.frame(tiling.frame(), ts);
        }
    }
}

/// How much a transform enlarges.
fn scale(ts: Transform) -> f64 {
    (ts.sx.get() * ts.sy.get() - ts.kx.get() * ts.ky.get()).abs().sqrt()
}

/// SHA-256 of a font's file, and the face in it.
fn font(font: &Font) -> String {
    fonts::embedded_hash(font.data()).map_or_else(|| added_font(font), ToOwned::to_owned)
}

/// The same of a font that the project adds. Remembered, since hashing
/// megabytes costs more than a page.
#[comemo::memoize]
fn added_font(font: &Font) -> String {
    format!("{} {}", sha256(font.data()), font.index())
}

#[cfg(test)]
mod tests;
