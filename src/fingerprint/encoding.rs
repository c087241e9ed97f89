//! The bytes of what is drawn: every value with its kind and length, lengths
//! in thousandths of a point, shares in millionths.

use typst::foundations::Smart;
use typst::layout::{Abs, Point, Ratio, Transform};
use typst::visualize::{
    Color, ColorSpace, Curve, CurveItem, FixedStroke, Geometry, Gradient, LineCap, LineJoin, Paint,
    ProcessColor, ProcessColorSpace, RelativeTo, SpotColorantName,
};

/// Bytes in the making.
#[derive(Default)]
pub(super) struct Encoding(Vec<u8>);

impl Encoding {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The kind of what follows, or a small choice.
    pub(super) fn tag(&mut self, tag: u8) {
        self.0.push(tag);
    }

    fn number(&mut self, value: i64) {
        self.0.extend(value.to_be_bytes());
    }

    /// Text or bytes with their length.
    pub(super) fn data(&mut self, data: &[u8]) {
        self.number(data.len() as i64);
        self.0.extend(data);
    }

    /// A whole number.
    pub(super) fn count(&mut self, value: usize) {
        self.number(value as i64);
    }

    /// A length.
    pub(super) fn length(&mut self, length: Abs) {
        self.number((length.to_pt() * 1e3).round() as i64);
    }

    pub(super) fn lengths(&mut self, lengths: impl IntoIterator<Item = Abs>) {
        lengths.into_iter().for_each(|length| self.length(length));
    }

    /// A number without a unit.
    pub(super) fn share(&mut self, share: f64) {
        self.number((share * 1e6).round() as i64);
    }

    fn ratio(&mut self, ratio: Ratio) {
        self.share(ratio.get());
    }

    pub(super) fn point(&mut self, at: Point) {
        self.lengths([at.x, at.y]);
    }

    pub(super) fn transform(&mut self, ts: Transform) {
        [ts.sx, ts.ky, ts.kx, ts.sy].into_iter().for_each(|ratio| self.ratio(ratio));
        self.lengths([ts.tx, ts.ty]);
    }

    pub(super) fn paint(&mut self, paint: &Paint) {
        match paint {
            Paint::Solid(color) => {
                self.tag(1);
                self.color(color);
            }
            Paint::Gradient(gradient) => {
                self.tag(2);
                self.gradient(gradient);
            }
            // Its tile is drawn by whoever draws what it paints.
            Paint::Tiling(tiling) => {
                self.tag(3);
                self.lengths([tiling.size().x, tiling.size().y, tiling.spacing().x, tiling.spacing().y]);
                self.relative(tiling.relative());
            }
        }
    }

    fn color(&mut self, color: &Color) {
        match color {
            Color::Process(process) => self.tag(match process {
                ProcessColor::Luma(_) => 1,
                ProcessColor::Oklab(_) => 2,
                ProcessColor::Oklch(_) => 3,
                ProcessColor::Rgb(_) => 4,
                ProcessColor::LinearRgb(_) => 5,
                ProcessColor::Cmyk(_) => 6,
                ProcessColor::Hsl(_) => 7,
                ProcessColor::Hsv(_) => 8,
            }),
            Color::Spot(spot) => {
                self.tag(9);
                match &spot.colorant.name {
                    Some(SpotColorantName::Custom(name)) => self.data(name.as_bytes()),
                    Some(SpotColorantName::All) => self.tag(1),
                    None => self.tag(0),
                }
                self.color(&Color::Process(spot.fallback()));
            }
        }
        color.to_vec4().into_iter().for_each(|part| self.share(f64::from(part)));
    }

    fn stops(&mut self, stops: &[(Color, Ratio)]) {
        self.count(stops.len());
        for (color, at) in stops {
            self.color(color);
            self.ratio(*at);
        }
    }

    fn gradient(&mut self, gradient: &Gradient) {
        self.tag(match gradient.space() {
            ColorSpace::Process(space) => match space {
                ProcessColorSpace::Oklab => 1,
                ProcessColorSpace::Oklch => 2,
                ProcessColorSpace::Srgb => 3,
                ProcessColorSpace::D65Gray => 4,
                ProcessColorSpace::LinearRgb => 5,
                ProcessColorSpace::Hsl => 6,
                ProcessColorSpace::Hsv => 7,
                ProcessColorSpace::Cmyk => 8,
            },
            ColorSpace::Spot(_) => 9,
        });
        self.tag(u8::from(gradient.anti_alias()));
        self.relative(gradient.relative());
        match gradient {
            Gradient::Linear(linear) => {
                self.tag(1);
                self.share(linear.angle.to_rad());
                self.stops(&linear.stops);
            }
            Gradient::Radial(radial) => {
                self.tag(2);
                for ratio in [radial.center.x, radial.center.y, radial.radius] {
                    self.ratio(ratio);
                }
                for ratio in [radial.focal_center.x, radial.focal_center.y, radial.focal_radius] {
                    self.ratio(ratio);
                }
                self.stops(&radial.stops);
            }
            Gradient::Conic(conic) => {
                self.tag(3);
                self.share(conic.angle.to_rad());
                self.ratio(conic.center.x);
                self.ratio(conic.center.y);
                self.stops(&conic.stops);
            }
        }
    }

    fn relative(&mut self, relative: Smart<RelativeTo>) {
        self.tag(match relative {
            Smart::Auto => 0,
            Smart::Custom(RelativeTo::Self_) => 1,
            Smart::Custom(RelativeTo::Parent) => 2,
        });
    }

    pub(super) fn stroke(&mut self, stroke: Option<&FixedStroke>) {
        let Some(stroke) = stroke else { return self.tag(0) };
        self.tag(1);
        self.length(stroke.thickness);
        self.tag(match stroke.cap {
            LineCap::Butt => 0,
            LineCap::Round => 1,
            LineCap::Square => 2,
        });
        self.tag(match stroke.join {
            LineJoin::Miter => 0,
            LineJoin::Round => 1,
            LineJoin::Bevel => 2,
        });
        self.ratio(stroke.miter_limit);
        match &stroke.dash {
            None => self.tag(0),
            Some(dash) => {
                self.tag(1);
                self.count(dash.array.len());
                self.lengths(dash.array.iter().copied().chain([dash.phase]));
            }
        }
        self.paint(&stroke.paint);
    }

    pub(super) fn geometry(&mut self, geometry: &Geometry) {
        match geometry {
            Geometry::Line(to) => {
                self.tag(1);
                self.point(*to);
            }
            Geometry::Rect(size) => {
                self.tag(2);
                self.lengths([size.x, size.y]);
            }
            Geometry::Curve(curve) => {
                self.tag(3);
                self.curve(curve);
            }
        }
    }

    pub(super) fn curve(&mut self, curve: &Curve) {
        self.count(curve.0.len());
        for item in &curve.0 {
            let (tag, points): (u8, &[Point]) = match item {
                CurveItem::Move(to) => (1, &[*to]),
                CurveItem::Line(to) => (2, &[*to]),
                CurveItem::Cubic(a, b, to) => (3, &[*a, *b, *to]),
                CurveItem::Close => (4, &[]),
            };
            self.tag(tag);
            points.iter().for_each(|point| self.point(*point));
        }
    }
}
