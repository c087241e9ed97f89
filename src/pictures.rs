//! Pictures on laid-out pages. A page is laid out with a stand-in for each
//! portrait, of its proportions; here the stand-ins, and whatever other raster
//! pictures a template places, are found with the part that shows, its printed
//! size and what lies under it, and are given the rendition that an output
//! needs.

mod area;
mod developed;

use typst::foundations::Bytes;
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Size, Transform};
use typst::model::Document;
use typst::visualize::{ExchangeFormat, Image, ImageKind, RasterImage};
use typst_layout::{Page, PagedDocument};

pub(crate) use area::Area;
use area::Stage;
pub(crate) use developed::developed;

use crate::check::{Exhibit, Manuscript};
use crate::diag::{Code, Diagnostic, Person, Phrase};
use crate::photo::{Crop, Ground, How, Limits, Rendition};
use crate::view;

/// A picture on a page.
#[derive(Clone, PartialEq)]
pub(crate) struct Placement {
    /// Physical page, from 1.
    pub(crate) page: usize,
    pub(crate) subject: Subject,
    /// The part that shows.
    pub(crate) crop: Crop,
    /// The part of the page it fills, in points from the trim's top left.
    pub(crate) area: Area,
    /// What lies under it.
    pub(crate) ground: area::Underlay,
}

/// What a picture shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Subject {
    /// A photograph of the data, by place in the gallery.
    Exhibit(usize),
    /// Another file, of the template's or an emblem.
    Other(Bytes),
}

impl Placement {
    /// The photograph of the data that it shows.
    pub(crate) fn exhibit<'a>(&self, manuscript: &'a Manuscript) -> Option<&'a Exhibit> {
        match self.subject {
            Subject::Exhibit(index) => manuscript.gallery().get(index),
            Subject::Other(_) => None,
        }
    }

    /// Pixels of the printed size at a resolution.
    pub(crate) fn limits(&self, ppi: f64) -> Limits {
        let pixels = |length: f64| (length / 72.0 * ppi).round().max(1.0) as u32;
        Limits { width: pixels(self.area.width()), height: pixels(self.area.height()) }
    }

    /// Whether it has see-through pixels while several things lie under it.
    pub(crate) fn shows_what_is_lost(&self, manuscript: &Manuscript) -> bool {
        let alpha = || match (&self.subject, self.exhibit(manuscript)) {
            (_, Some(exhibit)) => exhibit.portrait.alpha,
            (Subject::Other(bytes), _) => crate::photo::header(bytes).is_ok_and(|header| header.alpha),
            _ => false,
        };
        self.ground == area::Underlay::Mixed && alpha()
    }

    /// The finding that nothing can be made of it.
    fn lost(&self, manuscript: &Manuscript) -> Diagnostic {
        let exhibit = self.exhibit(manuscript);
        let id = exhibit.and_then(|exhibit| exhibit.person.as_deref());
        let entry = id.and_then(|id| manuscript.entries().iter().find(|entry| entry.id == id));
        let person =
            entry.map(|entry| Person { id: entry.id.clone(), name: Some(entry.profile.name.clone()) });
        Diagnostic::new(Code::PhotoUnreadable)
            .person(person)
            .field(exhibit.map_or("photo.file".into(), |exhibit| format!("{}.file", exhibit.field)))
            .page(Some(self.page))
            .arg("file", exhibit.map_or("", |exhibit| exhibit.photo.file.as_str()))
            .arg("problem", Phrase::PictureBroken)
    }
}

/// All raster pictures of a document, in the order they are painted.
pub(crate) fn placed(document: &PagedDocument) -> Vec<Placement> {
    let pages = document.pages().iter().enumerate().filter(|(_, page)| shows_picture(&page.frame));
    let numbered = |(i, page): (usize, &Page)| {
        placed_on(page).into_iter().map(move |placed| Placement { page: i + 1, ..placed })
    };
    pages.flat_map(numbered).collect()
}

/// The raster pictures of a page. Remembered, since an edit changes few pages.
#[comemo::memoize]
fn placed_on(page: &Page) -> Vec<Placement> {
    let mut found = Vec::new();
    let mut stage = Stage::new(page);
    let mut frame = page.frame.clone();
    walk(&mut frame, Transform::identity(), None, &mut stage, &mut |image, stage, ts, size, clip| {
        found.extend(place(image, 1, stage, ts, size, clip));
        None
    });
    found
}

/// The document with every raster picture as `how` wants it. `put` says what
/// JPEG is given to Typst for a rendition.
///
/// # Errors
/// A finding for each picture of which nothing can be made: a page must not
/// come out with a stand-in on it.
pub(crate) fn rendered(
    document: PagedDocument,
    manuscript: &Manuscript,
    how: impl Fn(&Placement) -> How,
    mut put: impl FnMut(Rendition) -> Bytes,
) -> Result<PagedDocument, Vec<Diagnostic>> {
    let all = placed(&document);
    if all.is_empty() {
        return Ok(document);
    }
    let wanted: Vec<_> = all.iter().map(|placed| (placed, how(placed))).collect();
    let renditions = developed(&wanted, manuscript);
    // Typst decodes a picture that it is given; not while others are decoded.
    let mut image = |rendition: Option<Rendition>| {
        let jpeg = put(rendition?);
        Some(Image::plain(RasterImage::plain(jpeg, ExchangeFormat::Jpg).ok()?))
    };
    let images: Vec<Option<Image>> = renditions.into_iter().map(&mut image).collect();
    let lost = all.iter().zip(&images).filter(|(_, image)| image.is_none());
    let lost: Vec<_> = lost.map(|(placed, _)| placed.lost(manuscript)).collect();
    if !lost.is_empty() {
        return Err(lost);
    }
    let mut next = all.iter().zip(images.into_iter().flatten());
    let mut pages = document.pages().to_vec();
    for (i, page) in pages.iter_mut().enumerate() {
        if shows_picture(&page.frame) {
            let mut stage = Stage::new(page);
            let mut frame = page.frame.clone();
            walk(&mut frame, Transform::identity(), None, &mut stage, &mut |image, stage, ts, size, clip| {
                place(image, i + 1, stage, ts, size, clip)?;
                let (placed, rendition) = next.next()?;
                Some(shown(rendition, &placed.crop, size))
            });
            page.frame = frame;
        }
    }
    Ok(PagedDocument::new(pages.into(), document.info().clone()))
}

/// The colour under a picture, in both kinds.
pub(crate) fn ground(placed: &Placement, shown: impl Fn(&typst::visualize::Color) -> [u8; 3]) -> Ground {
    use typst::visualize::{Color, ProcessColor};
    match &placed.ground {
        area::Underlay::Colour(color @ Color::Process(ProcessColor::Cmyk(cmyk))) => {
            let ink = [cmyk.c, cmyk.m, cmyk.y, cmyk.k].map(|v| (v * 255.0).round() as u8);
            Ground { ink, rgb: shown(color) }
        }
        _ => Ground::paper(),
    }
}

/// The piece of an image that shows, in place of the whole.
fn shown(rendition: Image, crop: &Crop, size: Size) -> FrameItem {
    let at = Point::new(size.x * crop.left, size.y * crop.top);
    let piece = Size::new(size.x * (crop.right - crop.left), size.y * (crop.bottom - crop.top));
    let mut frame = Frame::hard(size);
    frame.push(at, FrameItem::Image(rendition, piece, typst::syntax::Span::detached()));
    FrameItem::Group(GroupItem::new(frame))
}

fn shows_picture(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Image(image, ..) => photograph(image).is_some(),
        FrameItem::Group(group) => shows_picture(&group.frame),
        _ => false,
    })
}

/// What an image shows.
pub(crate) fn subject(image: &Image) -> Subject {
    match image.kind() {
        ImageKind::Raster(raster) => Subject::Other(raster.data().clone()),
        ImageKind::Svg(svg) => match view::stand_in_index(svg.data()) {
            Some(index) => Subject::Exhibit(index),
            None => Subject::Other(svg.data().clone()),
        },
        // No data of ours are such.
        ImageKind::Pdf(_) => Subject::Other(Bytes::new([])),
    }
}

/// The same of what has pixels.
fn photograph(image: &Image) -> Option<Subject> {
    let subject = subject(image);
    let drawn = matches!(subject, Subject::Other(_)) && !matches!(image.kind(), ImageKind::Raster(_));
    (!drawn).then_some(subject)
}

fn place(
    image: &Image,
    page: usize,
    stage: &Stage,
    ts: Transform,
    size: Size,
    clip: Option<Area>,
) -> Option<Placement> {
    let subject = photograph(image)?;
    let whole = Area::of(size, ts);
    let seen = clip.map_or(whole, |clip| whole.and(clip)).and(stage.page);
    let upright = ts.kx.is_zero() && ts.ky.is_zero() && ts.sx.get() > 0.0 && ts.sy.get() > 0.0;
    if seen.is_empty() {
        return None;
    }
    let (crop, area) = if upright { (seen.within(whole), seen) } else { (Crop::WHOLE, whole) };
    Some(Placement { page, subject, crop, area, ground: stage.ground(area) })
}

/// Sees an image with what lies under it, its place, size and clip.
type Visit<'v> = dyn FnMut(&Image, &Stage, Transform, Size, Option<Area>) -> Option<FrameItem> + 'v;

/// Walks through a frame in painting order; an image for which `visit` gives
/// something is replaced by it.
fn walk(frame: &mut Frame, ts: Transform, clip: Option<Area>, stage: &mut Stage, visit: &mut Visit) {
    let places: Vec<Point> = frame.items().map(|(at, _)| *at).collect();
    let mut places = places.into_iter();
    frame.retain(|item| {
        let at = places.next().unwrap_or_default();
        let ts = ts.pre_concat(Transform::translate(at.x, at.y));
        match item {
            FrameItem::Group(group) => {
                let inner = ts.pre_concat(group.transform);
                let own = group.clip.as_ref().map(|curve| Area::of_curve(curve, inner));
                let clip = Area::clipped(clip, own);
                walk(&mut group.frame, inner, clip, stage, visit);
            }
            FrameItem::Shape(shape, _) => stage.paint(shape, ts, clip),
            FrameItem::Text(text) => {
                // From the baseline up, as most of a character is.
                let up = ts.pre_concat(Transform::translate(Abs::zero(), -text.size * 0.88));
                stage.cover(Size::new(text.width(), text.size), up, clip);
            }
            FrameItem::Image(image, size, _) => {
                let (own, other) = (*size, visit(image, stage, ts, *size, clip));
                stage.cover(own, ts, clip);
                if let Some(other) = other {
                    *item = other;
                }
            }
            _ => {}
        }
        true
    });
}
