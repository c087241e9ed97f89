//! A page as a reader meets it: what is painted, one thing over the other, and
//! which words belong to which slot.

use typst::foundations::Smart;
use typst::layout::{Frame, FrameItem, Point, Size, Transform};
use typst::model::Destination;
use typst::text::TextItem;
use typst::visualize::{Color, Geometry, Image, Paint, Shape};

use crate::pictures::{Area, Subject, subject};

/// A page, in the order of painting.
pub(super) struct Sheet<'a> {
    /// The trim.
    pub(super) trim: Area,
    /// The page's ground, where it is one colour.
    pub(super) ground: Option<Color>,
    pub(super) items: Vec<Item<'a>>,
    /// Slots in the order of the frames: field and person.
    pub(super) slots: Vec<(String, Option<String>)>,
    /// Links and where they stand.
    pub(super) links: Vec<(Area, &'a Destination)>,
}

/// Something that is painted.
pub(super) struct Item<'a> {
    /// The box around it.
    pub(super) area: Area,
    /// What of it can show: the box that clips it.
    pub(super) clip: Option<Area>,
    pub(super) what: What<'a>,
}

pub(super) enum What<'a> {
    /// Words, where they start, their size as printed in points, whether they are
    /// mirrored or squeezed, and whose they are.
    Words { run: &'a TextItem, at: Transform, size: f64, distorted: bool, home: Home },
    /// A rectangle of one opaque colour.
    Flat(Color),
    /// A line too thin to hide anything.
    Hairline,
    /// A picture, and whether it is mirrored or squeezed.
    Picture { subject: Subject, distorted: bool },
    /// A curve, a gradient: not one colour all over its box.
    Other,
}

/// Whom words belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    /// A slot, by its place.
    Slot(usize),
    /// A page number.
    Folio,
    /// The template itself.
    Template,
}

/// Widest line that hides no words, in points.
const HAIRLINE: f64 = 3.0;
/// How much narrower than high words may be made, or lower than wide.
const SQUEEZED: f64 = 0.6;

impl<'a> Sheet<'a> {
    pub(super) fn new(frame: &'a Frame, fill: &Smart<Option<Paint>>) -> Self {
        let ground = match fill {
            Smart::Custom(Some(Paint::Solid(color))) => Some(color.clone()),
            Smart::Custom(Some(_)) => None,
            _ => Some(Color::WHITE),
        };
        let trim = Area::of(frame.size(), Transform::identity());
        let mut sheet = Self { trim, ground, items: vec![], slots: vec![], links: vec![] };
        sheet.walk(frame, Transform::identity(), None, Home::Template);
        sheet
    }

    fn walk(&mut self, frame: &'a Frame, ts: Transform, clip: Option<Area>, home: Home) {
        for (at, item) in frame.items() {
            let ts = ts.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    let inner = ts.pre_concat(group.transform);
                    let own = group.clip.as_ref().map(|curve| Area::of_curve(curve, inner));
                    let clip = Area::clipped(clip, own);
                    let label = group.label.map(|label| label.resolve());
                    let home = self.home(label.as_ref().map(|label| label.as_str()), home);
                    self.walk(&group.frame, inner, clip, home);
                }
                FrameItem::Text(run) => {
                    let (least, most) = stretch(ts);
                    let distorted = least < SQUEEZED * most || mirrors(ts);
                    let up =
                        ts.pre_concat(Transform::translate(typst::layout::Abs::zero(), -run.size * 0.88));
                    let area = Area::of(Size::new(run.width(), run.size), up);
                    let what = What::Words { run, at: ts, size: run.size.to_pt() * least, distorted, home };
                    self.items.push(Item { area, clip, what });
                }
                FrameItem::Shape(shape, _) => {
                    self.items.push(Item { area: extent(shape, ts), clip, what: paint(shape, ts) })
                }
                FrameItem::Image(image, size, _) => {
                    let what =
                        What::Picture { subject: subject(image), distorted: distorts(image, *size, ts) };
                    self.items.push(Item { area: Area::of(*size, ts), clip, what });
                }
                FrameItem::Link(to, size) => self.links.push((Area::of(*size, ts), to)),
                FrameItem::Tag(_) => {}
            }
        }
    }

    /// Whose words are in a group with a label.
    fn home(&mut self, label: Option<&str>, outer: Home) -> Home {
        if let (Some(label), Home::Template) = (label, outer) {
            if label == "folio" {
                return Home::Folio;
            }
            if let Some(name) = label.strip_prefix("slot:") {
                let (field, person) = match name.split_once(':') {
                    Some((field, person)) => (field, Some(person.to_owned())),
                    None => (name, None),
                };
                self.slots.push((field.to_owned(), person));
                return Home::Slot(self.slots.len() - 1);
            }
        }
        outer
    }

    /// The places of the words of a home, in the order of the frames.
    pub(super) fn places(&self, of: Home) -> Vec<Area> {
        let places = self.items.iter().filter_map(|item| match &item.what {
            What::Words { run, home, .. } if *home == of && !run.text.trim().is_empty() => Some(item.area),
            _ => None,
        });
        places.collect()
    }

    /// The words of a home, in the order of the frames.
    pub(super) fn words(&self, of: Home) -> String {
        let runs = self.items.iter().filter_map(|item| match &item.what {
            What::Words { run, home, .. } if *home == of => Some(run.text.as_str()),
            _ => None,
        });
        runs.collect()
    }
}

impl Item<'_> {
    /// What of the box around it can show.
    pub(super) fn visible(&self) -> Area {
        self.clip.map_or(self.area, |clip| self.area.and(clip))
    }

    /// The part of that where there is ink: marks fill little of their boxes.
    pub(super) fn inked(&self) -> Area {
        let What::Words { run, at, .. } = &self.what else { return self.visible() };
        if run.stroke.is_some() {
            return self.visible();
        }
        let ink = run.bbox();
        if ink.min.x > ink.max.x {
            return Area::around([Point::zero()], *at);
        }
        let corners = [ink.min, ink.max, Point::new(ink.min.x, ink.max.y), Point::new(ink.max.x, ink.min.y)];
        Area::around(corners, *at).and(self.visible())
    }
}

/// The least and the most that a transformation stretches: its singular values.
fn stretch(ts: Transform) -> (f64, f64) {
    let [a, b, c, d] = [ts.sx, ts.ky, ts.kx, ts.sy].map(|ratio| ratio.get());
    let (sum, det) = (a * a + b * b + c * c + d * d, a * d - b * c);
    let root = (sum * sum - 4.0 * det * det).max(0.0).sqrt();
    (((sum - root) / 2.0).max(0.0).sqrt(), ((sum + root) / 2.0).sqrt())
}

/// Greatest ratio of the scales of a picture's width and height, by rounding and
/// a little more.
const STRETCHED: f64 = 1.04;

/// Whether a picture is not as it was taken.
fn distorts(image: &Image, size: Size, ts: Transform) -> bool {
    let [a, b, c, d] = [ts.sx, ts.ky, ts.kx, ts.sy].map(|ratio| ratio.get());
    let across = a.hypot(b) * size.x.to_pt() / image.width();
    let down = c.hypot(d) * size.y.to_pt() / image.height();
    let skewed = (a * c + b * d).abs() > 0.01 * a.hypot(b) * c.hypot(d);
    across.max(down) > STRETCHED * across.min(down) || skewed || mirrors(ts)
}

fn mirrors(ts: Transform) -> bool {
    ts.sx.get() * ts.sy.get() - ts.kx.get() * ts.ky.get() < 0.0
}

fn extent(shape: &Shape, ts: Transform) -> Area {
    let stroke = shape.stroke.as_ref().map_or(0.0, |stroke| stroke.thickness.to_pt() / 2.0) * stretch(ts).1;
    let Area { left, top, right, bottom } = outline(shape, ts);
    Area { left: left - stroke, top: top - stroke, right: right + stroke, bottom: bottom + stroke }
}

fn outline(shape: &Shape, ts: Transform) -> Area {
    match &shape.geometry {
        Geometry::Line(to) => Area::around([Point::zero(), *to], ts),
        Geometry::Rect(size) => Area::of(*size, ts),
        Geometry::Curve(curve) => Area::of_curve(curve, ts),
    }
}

fn paint(shape: &Shape, ts: Transform) -> What<'static> {
    let upright = ts.kx.is_zero() && ts.ky.is_zero();
    match (&shape.geometry, &shape.fill, &shape.stroke) {
        (Geometry::Rect(_), Some(Paint::Solid(color)), None) if upright && opaque(color) => {
            What::Flat(color.clone())
        }
        (Geometry::Line(_), _, Some(stroke)) if stroke.thickness.to_pt() <= HAIRLINE => What::Hairline,
        (Geometry::Rect(_) | Geometry::Curve(_), None, Some(stroke))
            if stroke.thickness.to_pt() <= HAIRLINE =>
        {
            What::Hairline
        }
        (_, None, None) => What::Hairline,
        _ => What::Other,
    }
}

/// Whether nothing shows through a colour.
pub(super) fn opaque(color: &Color) -> bool {
    color.alpha().is_none_or(|alpha| alpha >= 1.0)
}
