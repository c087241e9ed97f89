//! The rules for pictures: resolution and ink; and meshes, as pictures.

use std::rc::Rc;

use hayro_syntax::Filter;
use hayro_syntax::object::{Object, Stream};
use tiny_skia::{PathBuilder, Point, Rect, Transform};

use super::Rules;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::preflight::colour::{Space, name_of};
use crate::preflight::content::Inspector;
use crate::preflight::images::{self, Masks, Pixels, Unread};
use crate::preflight::inks::MOST;
use crate::preflight::plates::Dab;
use crate::preflight::shadings::Triangle;
use crate::preflight::state::State;

/// A picture of so few pixels is a tint or a gradient, whose resolution does
/// not matter (GWG 2015, 4.26).
const FEW: u64 = 16;
/// Samples of pictures that are kept decoded while a page is judged.
const KEPT: usize = 64 << 20;
/// What decoding a sample costs.
const SAMPLE: u64 = 4;
/// A soft mask coarser than this makes steps that are seen, in ppi.
const COARSE_MASK: f64 = 100.0;

impl<const N: usize> Rules<'_, N> {
    /// Looks at a picture and paints it.
    pub(super) fn picture(&mut self, image: &Stream, space: Option<Space>, state: &State) {
        let unit = Rect::from_ltrb(0.0, 0.0, 1.0, 1.0).map(PathBuilder::from_rect);
        let Some(area) = unit.and_then(|unit| unit.transform(state.ctm)) else { return };
        let bounds = area.bounds();
        let stencil = images::is_stencil(image);
        let used = if stencil { Some(&state.fill.space) } else { space.as_ref() };
        if let Some(space) = used {
            self.used(space, &Phrase::APicture.into(), bounds);
        }
        let Some(at) = self.seen(bounds, state) else { return };
        if self.judges() && state.alpha > 0.0 {
            self.resolution(image, state, at);
            self.thin_picture(stencil, state, at);
            self.filters_and_mask(image, at);
            if stencil {
                let over = state.fill_overprint();
                self.paint(&state.fill, over, &Phrase::APicture.into(), at, state);
            } else if let Some(space) = &space {
                self.space(space, at);
            }
        }
        let Some(back) = state.ctm.invert() else { return };
        let wanted = if stencil { Some(Space::Gray) } else { space };
        let read = match self.decoded(image, wanted.clone()) {
            Ok(read) => read,
            Err(Unread::Broken) => return self.broken(Phrase::PictureBroken),
            Err(Unread::TooMuch) => return self.unjudged(Phrase::TooMuch),
        };
        let (pixels, masks) = &*read;
        self.spent += pixels.looked_at(at.width() * at.height()) * SAMPLE;
        if wanted.is_none() && self.judges() {
            self.used(&pixels.space, &Phrase::APicture.into(), at);
            self.space(&pixels.space, at);
        }
        if stencil {
            let Some(inks) = state.fill.inks() else { return };
            self.inked |= inks.total() > 0.0 && state.alpha > 0.0;
            let coat = self.coat(&state.fill, &inks, false, state);
            let inks = inks.bytes();
            self.plates.paint_by(&area, &coat, &|x, y| {
                Some(Dab { inks, alpha: 255 - pixels.mean(x, y, back), heaviest: 0 })
            });
            return;
        }
        self.inked = true;
        let mut coat = self.coat_of(&pixels.space, &state.clip, state);
        if matches!(masks, Masks::Soft(_)) {
            // A picture's own mask takes the place of the state's (11.6.5.3).
            coat.mask = None;
        }
        let heaviest = self.plates.paint_by(&area, &coat, &|x, y| {
            let dab = pixels.dab(x, y, back, masks.key());
            Some(Dab { alpha: dab.alpha.min(masks.at(x, y, back)), ..dab })
        });
        if self.judges() && pixels.space.foreign().is_none() {
            self.heavy(f64::from(heaviest) / 2.55, Phrase::InkPicture, at);
        }
    }

    /// Inline pictures are no objects, whose filters are judged; soft masks are
    /// of gray (ISO 32000-1, table 145).
    fn filters_and_mask(&mut self, image: &Stream, at: Rect) {
        let inline = !image.dict().contains_key(b"Subtype");
        if inline && image.filters().contains(&Filter::LzwDecode) {
            self.tell(Diagnostic::new(Code::NotAllowed).arg("what", Phrase::Lzw), at);
        }
        let mask = image.dict().get::<Stream>(b"SMask");
        let space = mask.and_then(|mask| mask.dict().get::<Object>(b"ColorSpace"));
        let gray = |space: &Object| matches!(space, Object::Name(name) if name.as_ref() == b"DeviceGray");
        if let Some(space) = space.filter(|space| !gray(space)) {
            let diagnostic = Diagnostic::new(Code::ForeignColour).arg("space", name_of(&space));
            self.tell(diagnostic.arg("what", Phrase::APicture), at);
        }
    }

    /// A picture with its masks, decoded once a page.
    fn decoded(&mut self, image: &Stream, space: Option<Space>) -> Result<Rc<(Pixels, Masks)>, Unread> {
        let key = image.dict().data().as_ptr() as usize;
        if let Some(known) = self.pictures.get(&key) {
            return Ok(known.clone());
        }
        let pixels = Pixels::decode(image, space)?;
        let bits = images::size(image).map_or(8, |(_, _, bits)| bits);
        let (masks, took) = Masks::read(image, bits, matches!(pixels.space, Space::Indexed(..)));
        let size = pixels.len() + took;
        self.spent += size as u64 * SAMPLE;
        let read = Rc::new((pixels, masks));
        if self.kept + size <= KEPT {
            self.kept += size;
            self.pictures.insert(key, read.clone());
        }
        Ok(read)
    }

    fn resolution(&mut self, image: &Stream, state: &State, at: Rect) {
        let Some((width, height, bits)) = images::size(image) else { return };
        if u64::from(width) * u64::from(height) <= FEW {
            return;
        }
        let ppi = images::ppi(width, height, state.ctm);
        let floors = self.job.ppi;
        let (warn, error) =
            if bits == 1 { (floors.line_warn, floors.line_error) } else { (floors.warn, floors.error) };
        let judged = match ppi + 0.5 {
            p if p < error => Some((Code::TooCoarsePicture, error)),
            p if p < warn => Some((Code::CoarsePicture, warn)),
            _ => None,
        };
        if let Some((code, wanted)) = judged {
            let diagnostic = Diagnostic::new(code).arg("ppi", format!("{ppi:.0}"));
            self.tell(diagnostic.arg("wanted", format!("{wanted}")), at);
        }
        let Some(mask) = images::own_mask(image) else { return };
        let Some((width, height, bits)) = images::size(&mask) else { return };
        let ppi = images::ppi(width, height, state.ctm);
        let few = u64::from(width) * u64::from(height) <= FEW;
        if bits > 1 && !few && ppi < COARSE_MASK {
            let even = Pixels::decode(&mask, Some(Space::Gray)).is_ok_and(|mask| mask.is_even());
            if !even {
                let diagnostic = Diagnostic::new(Code::CoarseMask).arg("ppi", format!("{ppi:.0}"));
                self.tell(diagnostic.arg("wanted", format!("{COARSE_MASK}")), at);
            }
        }
    }
}

/// A mesh on the points of a part of the page.
pub(super) struct Raster {
    left: f32,
    top: f32,
    width: usize,
    inks: Vec<Option<[u8; MOST]>>,
}

impl Raster {
    pub(super) fn at(&self, x: f32, y: f32) -> Option<[u8; MOST]> {
        let (column, row) = ((x - self.left).floor(), (y - self.top).floor());
        if column < 0.0 || row < 0.0 || column as usize >= self.width {
            return None;
        }
        self.inks.get(row as usize * self.width + column as usize).copied().flatten()
    }
}

/// Points that a mesh may look at.
const LOOKS: usize = 60_000_000;

/// Draws triangles within an area of the page; none if that takes too long.
pub(super) fn raster(triangles: &[Triangle], to_page: Transform, area: Rect) -> Option<Raster> {
    let mut left_over = LOOKS;
    let (left, top) = (area.left().floor(), area.top().floor());
    let width = (area.right() - left).ceil().max(1.0) as usize;
    let height = (area.bottom() - top).ceil().max(1.0) as usize;
    let mut inks = vec![None; width * height];
    for triangle in triangles {
        let corner = |i: usize| {
            let mut at = triangle[i].0;
            to_page.map_point(&mut at);
            at
        };
        let (a, b, c) = (corner(0), corner(1), corner(2));
        let whole = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
        if whole == 0.0 || !whole.is_finite() {
            continue;
        }
        let range = |v: [f32; 3], from: f32, most: usize| {
            let low = v.into_iter().fold(f32::INFINITY, f32::min) - from - 0.5;
            let high = v.into_iter().fold(f32::NEG_INFINITY, f32::max) - from - 0.5;
            (
                low.ceil().clamp(0.0, most as f32) as usize,
                (high.floor() + 1.0).clamp(0.0, most as f32) as usize,
            )
        };
        let (x0, x1) = range([a.x, b.x, c.x], left, width);
        let (y0, y1) = range([a.y, b.y, c.y], top, height);
        left_over = left_over.checked_sub((x1 - x0.min(x1)) * (y1 - y0.min(y1)))?;
        for row in y0..y1 {
            for column in x0..x1 {
                let p = Point::from_xy(left + column as f32 + 0.5, top + row as f32 + 0.5);
                let v = ((p.x - a.x) * (c.y - a.y) - (c.x - a.x) * (p.y - a.y)) / whole;
                let w = ((b.x - a.x) * (p.y - a.y) - (p.x - a.x) * (b.y - a.y)) / whole;
                let u = 1.0 - v - w;
                if u >= -1e-4 && v >= -1e-4 && w >= -1e-4 {
                    let mix = |i: usize| u * triangle[0].1[i] + v * triangle[1].1[i] + w * triangle[2].1[i];
                    let ink = |i: usize| (mix(i).clamp(0.0, 1.0) * 255.0).round() as u8;
                    inks[row * width + column] = Some(std::array::from_fn(ink));
                }
            }
        }
    }
    Some(Raster { left, top, width, inks })
}
