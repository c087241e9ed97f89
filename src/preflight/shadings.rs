//! Gradients (ISO 32000-1, 8.7.4.5): the ink at a point.

use hayro_interpret::Function;
use hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_syntax::page::Resources;
use tiny_skia::{Point, Rect, Transform};

use super::colour::Space;
use super::fonts::listed;
use super::inks::{Inks, MOST, Spots};
use super::streams::decoded;

mod meshes;

pub(super) use meshes::Triangle;

/// A gradient.
pub(super) struct Shading {
    pub(super) space: Space,
    kind: Kind,
    bounds: Option<Rect>,
    /// What lies where it does not paint, if it fills an area.
    ground: Option<[u8; MOST]>,
    /// Bytes of its functions, for what a point costs.
    length: usize,
}

enum Kind {
    /// A colour at every point of an area.
    Function { domain: [f32; 4], back: Transform, functions: Vec<Function> },
    /// Along a line.
    Axial { from: Point, to: Point, extend: [bool; 2], colours: Vec<Option<Inks>> },
    /// Between two circles: middles and radii.
    Radial { from: (Point, f32), to: (Point, f32), extend: [bool; 2], colours: Vec<Option<Inks>> },
    /// Triangles, whose corners have colours.
    Mesh(Vec<Triangle>),
}

/// Colours that a gradient along a line is worked out at.
const STEPS: usize = 256;
/// Functions of more bytes than this are worked out at few places.
const LONG: usize = 16_384;
const FEW: usize = 16;

impl Shading {
    pub(super) fn read(object: &Object, resources: &Resources, spots: &Spots) -> Option<Self> {
        let (dict, stream): (&Dict, Option<&Stream>) = match object {
            Object::Stream(stream) => (stream.dict(), Some(stream)),
            Object::Dict(dict) => (dict, None),
            _ => return None,
        };
        let space = Space::read(&dict.get::<Object>(b"ColorSpace")?, resources, spots)?;
        let functions = functions(dict)?;
        let flags: Vec<bool> =
            dict.get::<Array>(b"Extend").map(|flags| flags.iter::<bool>().collect()).unwrap_or_default();
        let extend = <[bool; 2]>::try_from(flags).unwrap_or([false; 2]);
        let count = match dict.get::<Object>(b"Function") {
            Some(Object::Stream(stream)) if stream.raw_data().len() > LONG => FEW,
            _ => STEPS,
        };
        let along = || {
            let [from, to] = <[f32; 2]>::try_from(listed(dict, b"Domain")).unwrap_or([0.0, 1.0]);
            let at = |step: usize| from + (to - from) * step as f32 / (count - 1) as f32;
            (0..count).map(|step| space.inks(&colour(&functions, &[at(step)])?)).collect::<Vec<_>>()
        };
        let coordinates = listed(dict, b"Coords");
        let kind = match (dict.get::<u8>(b"ShadingType")?, coordinates.as_slice()) {
            (1, _) => {
                let matrix = <[f32; 6]>::try_from(listed(dict, b"Matrix")).ok();
                let matrix = matrix.map_or_else(Transform::identity, |[a, b, c, d, e, f]| {
                    Transform::from_row(a, b, c, d, e, f)
                });
                let domain = <[f32; 4]>::try_from(listed(dict, b"Domain")).unwrap_or([0.0, 1.0, 0.0, 1.0]);
                Kind::Function { domain, back: matrix.invert()?, functions }
            }
            (2, [x0, y0, x1, y1]) => {
                let (from, to) = (Point::from_xy(*x0, *y0), Point::from_xy(*x1, *y1));
                Kind::Axial { from, to, extend, colours: along() }
            }
            (3, [x0, y0, r0, x1, y1, r1]) => {
                let (from, to) = (Point::from_xy(*x0, *y0), Point::from_xy(*x1, *y1));
                Kind::Radial { from: (from, *r0), to: (to, *r1), extend, colours: along() }
            }
            (kind @ 4..=7, _) => Kind::Mesh(meshes::read(kind, stream?, &space, &functions)?),
            _ => return None,
        };
        let bounds = <[f32; 4]>::try_from(listed(dict, b"BBox")).ok();
        let bounds = bounds.and_then(|[a, b, c, d]| Rect::from_ltrb(a.min(c), b.min(d), a.max(c), b.max(d)));
        let ground = dict.get::<Array>(b"Background").map(|_| listed(dict, b"Background"));
        let ground = ground.and_then(|colour| space.inks(&colour)).map(|inks| inks.bytes());
        let length = match dict.get::<Object>(b"Function") {
            Some(Object::Stream(stream)) => decoded(&stream).map_or(0, |bytes| bytes.len()),
            Some(Object::Array(all)) => {
                all.iter::<Stream>().map(|stream| decoded(&stream).map_or(0, |bytes| bytes.len())).sum()
            }
            _ => 0,
        };
        Some(Self { space, kind, bounds, ground, length })
    }

    /// The box beyond which it does not paint, in its space.
    pub(super) fn bounds(&self) -> Option<Rect> {
        self.bounds
    }

    /// What lies where it does not paint, if it fills an area.
    pub(super) fn ground(&self) -> Option<[u8; MOST]> {
        self.ground
    }

    /// What a point costs, in units of about a nanosecond.
    pub(super) fn cost(&self) -> f32 {
        match self.kind {
            Kind::Function { .. } => 60.0 + 3.0 * self.length as f32,
            _ => 20.0,
        }
    }

    /// The triangles of a mesh.
    pub(super) fn triangles(&self) -> Option<&[Triangle]> {
        if let Kind::Mesh(triangles) = &self.kind { Some(triangles) } else { None }
    }

    /// Ink at a point of its space; none where it does not paint.
    pub(super) fn at(&self, p: Point) -> Option<[u8; MOST]> {
        let (t, colours) = match &self.kind {
            Kind::Function { domain, back, functions } => {
                let mut at = p;
                back.map_point(&mut at);
                let inside =
                    (domain[0]..=domain[1]).contains(&at.x) && (domain[2]..=domain[3]).contains(&at.y);
                let inks = inside.then(|| self.space.inks(&colour(functions, &[at.x, at.y])?)).flatten();
                return inks.map(|inks| inks.bytes());
            }
            Kind::Axial { from, to, extend, colours } => {
                let (dx, dy) = (to.x - from.x, to.y - from.y);
                let length = dx * dx + dy * dy;
                if length <= 0.0 {
                    return None;
                }
                let t = ((p.x - from.x) * dx + (p.y - from.y) * dy) / length;
                (within(t, *extend)?, colours)
            }
            Kind::Radial { from, to, extend, colours } => (circle(p, *from, *to, *extend)?, colours),
            Kind::Mesh(_) => return None,
        };
        let step = (t * colours.len().saturating_sub(1) as f32).round() as usize;
        colours.get(step).copied().flatten().map(|inks| inks.bytes())
    }
}

/// A place along a gradient, if it paints there.
fn within(t: f32, [before, after]: [bool; 2]) -> Option<f32> {
    match t {
        t if t < 0.0 => before.then_some(0.0),
        t if t > 1.0 => after.then_some(1.0),
        t if t.is_nan() => None,
        t => Some(t),
    }
}

/// The last circle of a row that a point lies on (8.7.4.5.4).
fn circle(p: Point, from: (Point, f32), to: (Point, f32), extend: [bool; 2]) -> Option<f32> {
    let ((a, ra), (b, rb)) = (from, to);
    let (dx, dy, dr) = (f64::from(b.x - a.x), f64::from(b.y - a.y), f64::from(rb - ra));
    let (px, py, r0) = (f64::from(p.x - a.x), f64::from(p.y - a.y), f64::from(ra));
    let (qa, qb, qc) =
        (dx * dx + dy * dy - dr * dr, px * dx + py * dy + r0 * dr, px * px + py * py - r0 * r0);
    let roots = if qa.abs() < 1e-9 {
        [if qb.abs() < 1e-12 { f64::NAN } else { qc / (2.0 * qb) }, f64::NAN]
    } else {
        let root = (qb * qb - qa * qc).sqrt();
        let (s, t) = ((qb + root) / qa, (qb - root) / qa);
        if s > t { [s, t] } else { [t, s] }
    };
    let paints = |t: f64| {
        let inside = (t >= 0.0 || extend[0]) && (t <= 1.0 || extend[1]);
        inside && r0 + t * dr >= 0.0
    };
    roots.into_iter().find(|t| t.is_finite() && paints(*t)).map(|t| t.clamp(0.0, 1.0) as f32)
}

/// The functions of a gradient: one for the colour, one a channel, or none.
fn functions(dict: &Dict) -> Option<Vec<Function>> {
    match dict.get::<Object>(b"Function") {
        None => Some(vec![]),
        Some(Object::Array(all)) => {
            let read: Vec<Option<Function>> =
                all.iter::<Object>().take(MOST * 3).map(|function| Function::new(&function)).collect();
            read.into_iter().collect()
        }
        Some(one) => Some(vec![Function::new(&one)?]),
    }
}

/// A colour by functions; the values themselves where there are none.
fn colour(functions: &[Function], values: &[f32]) -> Option<Vec<f32>> {
    let input = || values.iter().copied().collect();
    match functions {
        [] => Some(values.to_vec()),
        [one] => Some(one.eval(input())?.to_vec()),
        all => all.iter().map(|function| function.eval(input())?.first().copied()).collect(),
    }
}
