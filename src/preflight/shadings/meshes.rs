//! Gradients made of triangles and of patches (ISO 32000-1, 8.7.4.5.5 to 8).

use hayro_interpret::Function;
use hayro_syntax::object::Stream;
use tiny_skia::Point;

use super::{colour, listed};
use crate::preflight::colour::Space;
use crate::preflight::inks::MOST;
use crate::preflight::streams::decoded;

/// A corner with its ink.
pub(in crate::preflight) type Corner = (Point, [f32; MOST]);
/// A triangle of the gradient's space.
pub(in crate::preflight) type Triangle = [Corner; 3];

/// Triangles that are computed; a mesh of more is not.
const TRIANGLES: usize = 2_000_000;
/// Parts of a side that a patch is cut into, where they are few.
const PARTS: usize = 8;

/// Reads the triangles of a mesh.
pub(super) fn read(
    kind: u8,
    stream: &Stream,
    space: &Space,
    functions: &[Function],
) -> Option<Vec<Triangle>> {
    let data = decoded(stream).ok()?;
    let dict = stream.dict();
    let bits = |key: &[u8]| dict.get::<usize>(key).filter(|bits| (1..=32).contains(bits));
    let (of_place, of_colour) = (bits(b"BitsPerCoordinate")?, bits(b"BitsPerComponent")?);
    let of_flag = if kind == 5 { 0 } else { bits(b"BitsPerFlag")? };
    let decode = listed(dict, b"Decode");
    let channels = if functions.is_empty() { space.channels() } else { 1 };
    if decode.len() < 4 + 2 * channels {
        return None;
    }
    let mut mesh = Mesh {
        bits: Bits { data: &data, at: 0 },
        of_place,
        of_colour,
        of_flag,
        decode,
        channels,
        ink: &|values| Some(space.inks(&colour(functions, values)?)?.amounts),
    };
    match kind {
        4 => mesh.free(),
        5 => mesh.lattice(dict.get::<usize>(b"VerticesPerRow").filter(|n| (2..65_536).contains(n))?),
        6 => mesh.patches(12),
        _ => mesh.patches(16),
    }
}

struct Bits<'d> {
    data: &'d [u8],
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> Option<u64> {
        let end = self.at.checked_add(count)?;
        if end > self.data.len() * 8 {
            return None;
        }
        let mut value = 0;
        while self.at < end {
            let taken = (8 - self.at % 8).min(end - self.at);
            let byte = u64::from(self.data[self.at / 8]);
            value = value << taken | byte >> (8 - self.at % 8 - taken) & ((1 << taken) - 1);
            self.at += taken;
        }
        Some(value)
    }

    fn align(&mut self) {
        self.at = self.at.next_multiple_of(8);
    }
}

struct Mesh<'d> {
    bits: Bits<'d>,
    of_place: usize,
    of_colour: usize,
    of_flag: usize,
    decode: Vec<f32>,
    channels: usize,
    ink: &'d dyn Fn(&[f32]) -> Option<[f32; MOST]>,
}

impl Mesh<'_> {
    fn value(&mut self, bits: usize, which: usize) -> Option<f32> {
        let most = ((1_u64 << bits) - 1) as f32;
        let (low, high) = (self.decode[2 * which], self.decode[2 * which + 1]);
        Some(low + self.bits.take(bits)? as f32 / most * (high - low))
    }

    fn place(&mut self) -> Option<Point> {
        Some(Point::from_xy(self.value(self.of_place, 0)?, self.value(self.of_place, 1)?))
    }

    fn colour(&mut self) -> Option<[f32; MOST]> {
        let values: Option<Vec<f32>> =
            (0..self.channels).map(|channel| self.value(self.of_colour, 2 + channel)).collect();
        (self.ink)(&values?)
    }

    fn corner(&mut self) -> Option<Corner> {
        let corner = (self.place()?, self.colour()?);
        self.bits.align();
        Some(corner)
    }

    fn free(&mut self) -> Option<Vec<Triangle>> {
        let mut triangles: Vec<Triangle> = Vec::new();
        while let Some(flag) = self.bits.take(self.of_flag) {
            let Some(corner) = self.corner() else { break };
            let triangle = match (flag & 3, triangles.last()) {
                (1, Some([_, b, c])) => [*b, *c, corner],
                (2, Some([a, _, c])) => [*a, *c, corner],
                _ => {
                    let mut next = || {
                        self.bits.take(self.of_flag)?;
                        self.corner()
                    };
                    let (Some(b), Some(c)) = (next(), next()) else { break };
                    [corner, b, c]
                }
            };
            triangles.push(triangle);
            if triangles.len() > TRIANGLES {
                return None;
            }
        }
        Some(triangles)
    }

    fn lattice(&mut self, row: usize) -> Option<Vec<Triangle>> {
        let mut triangles = Vec::new();
        let mut above: Vec<Corner> = Vec::new();
        loop {
            let line: Option<Vec<Corner>> = (0..row).map(|_| self.corner()).collect();
            let Some(line) = line else { return Some(triangles) };
            for (top, bottom) in above.windows(2).zip(line.windows(2)) {
                triangles.push([top[0], top[1], bottom[0]]);
                triangles.push([top[1], bottom[0], bottom[1]]);
            }
            if triangles.len() > TRIANGLES {
                return None;
            }
            above = line;
        }
    }

    /// Patches of 12 control points (Coons) or 16 (tensor product), each
    /// perhaps sharing an edge with the one before it.
    fn patches(&mut self, points: usize) -> Option<Vec<Triangle>> {
        let mut triangles = Vec::new();
        // Of thousands each is small.
        let least = (self.of_place * 16 + self.of_colour * self.channels * 2) / 8;
        let parts = match self.bits.data.len() / least.max(1) {
            0..1_000 => PARTS,
            1_000..8_000 => PARTS / 2,
            _ => 1,
        };
        let mut last: Option<(Vec<Point>, [[f32; MOST]; 4])> = None;
        while let Some(flag) = self.bits.take(self.of_flag) {
            let (mut places, mut colours) = match (flag as usize & 3, &last) {
                (0, _) | (_, None) => (vec![], vec![]),
                (edge, Some((p, c))) => {
                    let at = edge * 3;
                    let shared = (at..at + 4).map(|i| p[i % 12]).collect();
                    (shared, vec![c[edge], c[(edge + 1) % 4]])
                }
            };
            let missing = points - places.len();
            let more: Option<Vec<Point>> = (0..missing).map(|_| self.place()).collect();
            let Some(more) = more else { break };
            places.extend(more);
            let missing = 4 - colours.len();
            let more: Option<Vec<_>> = (0..missing).map(|_| self.colour()).collect();
            let Some(more) = more else { break };
            colours.extend(more);
            self.bits.align();
            let corners = <[[f32; MOST]; 4]>::try_from(colours).ok()?;
            cut(&grid(&places), &corners, parts, &mut triangles);
            if triangles.len() > TRIANGLES {
                return None;
            }
            last = Some((places, corners));
        }
        Some(triangles)
    }
}

/// The sixteen control points by row and column; those inside of a Coons patch
/// follow from its edges (8.7.4.5.8).
fn grid(p: &[Point]) -> [[Point; 4]; 4] {
    let mut g = [
        [p[0], p[11], p[10], p[9]],
        [p[1], Point::zero(), Point::zero(), p[8]],
        [p[2], Point::zero(), Point::zero(), p[7]],
        [p[3], p[4], p[5], p[6]],
    ];
    if let [.., a, b, c, d] = p
        && p.len() == 16
    {
        (g[1][1], g[2][1], g[2][2], g[1][2]) = (*a, *b, *c, *d);
        return g;
    }
    for (i, j) in [(1, 1), (1, 2), (2, 1), (2, 2)] {
        let (near_i, far_i) = if i == 1 { (0, 3) } else { (3, 0) };
        let (near_j, far_j) = if j == 1 { (0, 3) } else { (3, 0) };
        let inner = |of: &dyn Fn(Point) -> f32| {
            (-4.0 * of(g[near_i][near_j]) + 6.0 * (of(g[near_i][j]) + of(g[i][near_j]))
                - 2.0 * (of(g[near_i][far_j]) + of(g[far_i][near_j]))
                + 3.0 * (of(g[far_i][j]) + of(g[i][far_j]))
                - of(g[far_i][far_j]))
                / 9.0
        };
        g[i][j] = Point::from_xy(inner(&|p| p.x), inner(&|p| p.y));
    }
    g
}

/// Cuts a patch into triangles.
fn cut(g: &[[Point; 4]; 4], colours: &[[f32; MOST]; 4], parts: usize, triangles: &mut Vec<Triangle>) {
    let weights = |t: f32| {
        let s = 1.0 - t;
        [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t]
    };
    let corner = |row: usize, column: usize| -> Corner {
        let (u, v) = (row as f32 / parts as f32, column as f32 / parts as f32);
        let (along, across) = (weights(u), weights(v));
        let mut p = Point::zero();
        for (i, line) in g.iter().enumerate() {
            for (j, control) in line.iter().enumerate() {
                p.x += along[i] * across[j] * control.x;
                p.y += along[i] * across[j] * control.y;
            }
        }
        let mut ink = [0.0; MOST];
        // Corners in order: start, end of the first edge, then around.
        let shares = [(1.0 - u) * (1.0 - v), u * (1.0 - v), u * v, (1.0 - u) * v];
        for (share, colour) in shares.iter().zip(colours) {
            ink.iter_mut().zip(colour).for_each(|(sum, ink)| *sum += share * ink);
        }
        (p, ink)
    };
    for row in 0..parts {
        for column in 0..parts {
            let (a, b) = (corner(row, column), corner(row, column + 1));
            let (c, d) = (corner(row + 1, column), corner(row + 1, column + 1));
            triangles.push([a, b, c]);
            triangles.push([b, c, d]);
        }
    }
}
