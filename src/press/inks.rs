//! One content stream: every colour in the inks of the press, black that
//! overprints where it must, everything else knocking out.

use std::collections::BTreeMap;

use lopdf::Object;
use lopdf::content::{Content, Operation};

use super::masks::{Role, luminosity};
use super::space::{Space, as_written};
use crate::model::Overprint;

/// Graphics states by what overprints: name, fills, strokes.
pub(super) const STATES: [(&str, bool, bool); 4] =
    [("FcKnock", false, false), ("FcFill", true, false), ("FcLine", false, true), ("FcOver", true, true)];

/// A rewritten stream.
pub(super) struct Rewrite {
    pub(super) content: Vec<u8>,
    /// Whether it names the two graphics states.
    pub(super) overprints: bool,
    /// Colours that became ink: from, to.
    pub(super) converted: Vec<(String, String)>,
}

/// What the graphics state holds, as far as it matters here.
#[derive(Clone)]
struct State {
    fill: Paint,
    stroke: Paint,
    /// Scale of the user space.
    scale: f32,
    line: f32,
    font: f32,
    /// Text rendering mode.
    mode: i64,
    /// Whether fills overprint, and strokes.
    over: (bool, bool),
}

#[derive(Clone, Copy)]
struct Paint {
    space: Space,
    black: bool,
}

pub(super) fn rewrite(
    content: &[u8],
    role: Role,
    spaces: &BTreeMap<Vec<u8>, Space>,
    limits: &Overprint,
    inks: &dyn Fn([u8; 3]) -> [f32; 4],
) -> Rewrite {
    let decoded = Content::decode(content).expect("our own export is well formed");
    let black = Paint { space: Space::Gray, black: false };
    let state =
        State { fill: black, stroke: black, scale: 1.0, line: 1.0, font: 0.0, mode: 0, over: (false, false) };
    let mut writer = Writer {
        role,
        state,
        saved: vec![],
        text_scale: 1.0,
        path: None,
        out: Vec::with_capacity(decoded.operations.len() + 64),
        overprints: false,
        converted: vec![],
        spaces,
        limits,
        inks,
    };
    for operation in decoded.operations {
        writer.take(operation);
    }
    let content = Content { operations: writer.out }.encode().expect("memory does not fail");
    Rewrite { content, overprints: writer.overprints, converted: writer.converted }
}

struct Writer<'a> {
    role: Role,
    state: State,
    saved: Vec<State>,
    /// Scale of the text matrix.
    text_scale: f32,
    /// Smallest and largest coordinates of the path so far.
    path: Option<[f32; 4]>,
    out: Vec<Operation>,
    overprints: bool,
    converted: Vec<(String, String)>,
    spaces: &'a BTreeMap<Vec<u8>, Space>,
    limits: &'a Overprint,
    inks: &'a dyn Fn([u8; 3]) -> [f32; 4],
}

impl Writer<'_> {
    fn take(&mut self, operation: Operation) {
        let numbers: Vec<f32> = operation.operands.iter().filter_map(|o| o.as_float().ok()).collect();
        match (operation.operator.as_str(), numbers.as_slice()) {
            ("q", _) => self.saved.push(self.state.clone()),
            ("Q", _) => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            ("cm", [a, b, c, d, ..]) => self.state.scale *= (a * d - b * c).abs().sqrt(),
            ("w", [width]) => self.state.line = *width,
            ("BT", _) => self.text_scale = 1.0,
            ("Tr", [mode]) => self.state.mode = *mode as i64,
            ("Tf", [size]) => self.state.font = *size,
            ("Tm", [a, b, c, d, ..]) => self.text_scale = (a * d - b * c).abs().sqrt(),
            ("cs" | "CS", _) => return self.set_space(operation),
            ("g" | "G" | "rg" | "RG" | "k" | "K" | "sc" | "SC" | "scn" | "SCN", _) => {
                return self.set_colour(operation, &numbers);
            }
            ("Tj" | "TJ" | "'" | "\"", _) => {
                let size = self.state.font * self.text_scale * self.state.scale;
                let fill = self.state.fill.black && size < self.limits.text as f32;
                match self.state.mode {
                    // Both, or the outline alone: a white outline must not vanish.
                    1 | 2 | 5 | 6 => self.overprint(fill, self.thin_black_line()),
                    _ => self.overprint(fill, fill),
                }
            }
            ("S" | "s", _) => {
                let line = self.thin_black_line();
                self.overprint(line, line);
            }
            ("m" | "l", [x, y]) | ("c" | "v" | "y", [.., x, y]) => self.extend(&[(*x, *y)]),
            ("re", [x, y, w, h]) => self.extend(&[(*x, *y), (x + w, y + h)]),
            ("f" | "F" | "f*", _) => {
                let thin = self.path.is_some_and(|[left, low, right, high]| {
                    (right - left).min(high - low) * self.state.scale < self.limits.rules as f32
                });
                let over = self.state.fill.black && thin;
                self.overprint(over, over);
            }
            ("B" | "B*" | "b" | "b*", _) => self.overprint(false, self.thin_black_line()),
            ("Do" | "sh", _) => self.overprint(false, false),
            _ => {}
        }
        if matches!(operation.operator.as_str(), "f" | "F" | "f*" | "S" | "s" | "B" | "B*" | "b" | "b*" | "n")
        {
            self.path = None;
        }
        self.out.push(operation);
    }

    fn extend(&mut self, points: &[(f32, f32)]) {
        for (x, y) in points {
            let [left, low, right, high] = self.path.unwrap_or([*x, *y, *x, *y]);
            self.path = Some([left.min(*x), low.min(*y), right.max(*x), high.max(*y)]);
        }
    }

    fn thin_black_line(&self) -> bool {
        self.state.stroke.black && self.state.line * self.state.scale < self.limits.rules as f32
    }

    /// Turns overprint of fills and strokes on or off ahead of what is painted
    /// next.
    fn overprint(&mut self, fill: bool, stroke: bool) {
        if self.role == Role::Paint && self.state.over != (fill, stroke) {
            let state = STATES.iter().find(|(_, f, s)| (*f, *s) == (fill, stroke));
            let (name, ..) = state.expect("all four are named");
            self.out.push(Operation::new("gs", vec![(*name).into()]));
            self.state.over = (fill, stroke);
            self.overprints = true;
        }
    }

    fn set_space(&mut self, operation: Operation) {
        let name = operation.operands.first().and_then(|o| o.as_name().ok()).unwrap_or_default();
        let space = match Space::named(name) {
            Space::Other => self.spaces.get(name).copied().unwrap_or(Space::Other),
            device => device,
        };
        let stroke = operation.operator == "CS";
        let paint = if stroke { &mut self.state.stroke } else { &mut self.state.fill };
        *paint = Paint { space, black: false };
        match space {
            // The initial colour of a space is black.
            Space::Rgb | Space::Gray => self.put([0.0, 0.0, 0.0, 1.0], stroke),
            Space::Cmyk | Space::Other => self.out.push(operation),
        }
    }

    fn set_colour(&mut self, operation: Operation, numbers: &[f32]) {
        let operator = operation.operator.as_str();
        let stroke = operator.bytes().all(|b| b.is_ascii_uppercase());
        let current = if stroke { self.state.stroke.space } else { self.state.fill.space };
        let space = match operator {
            "g" | "G" => Space::Gray,
            "rg" | "RG" => Space::Rgb,
            "k" | "K" => Space::Cmyk,
            _ => current,
        };
        if let ("g" | "G" | "rg" | "RG" | "k" | "K", paint) =
            (operator, if stroke { &mut self.state.stroke } else { &mut self.state.fill })
        {
            *paint = Paint { space, black: false };
        }
        match (space, numbers) {
            (Space::Cmyk, [c, m, y, k]) => self.put([*c, *m, *y, *k].map(as_written), stroke),
            (Space::Gray, [v]) => self.convert([*v; 3], stroke),
            (Space::Rgb, [r, g, b]) => self.convert([*r, *g, *b], stroke),
            _ => self.out.push(operation),
        }
    }

    fn convert(&mut self, rgb: [f32; 3], stroke: bool) {
        if self.role == Role::Mask {
            return self.shade(rgb, stroke);
        }
        let rgb = rgb.map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8);
        let ink = (self.inks)(rgb);
        let [r, g, b] = rgb;
        let [c, m, y, k] = ink.map(|v| (v * 100.0).round());
        let told = (format!("#{r:02x}{g:02x}{b:02x}"), format!("C{c} M{m} Y{y} K{k}"));
        if !self.converted.contains(&told) {
            self.converted.push(told);
        }
        self.put(ink, stroke);
    }

    /// The luminosity of a colour, as grey.
    fn shade(&mut self, rgb: [f32; 3], stroke: bool) {
        let grey = luminosity(rgb);
        self.out.push(Operation::new(if stroke { "G" } else { "g" }, vec![Object::Real(grey)]));
    }

    fn put(&mut self, ink: [f32; 4], stroke: bool) {
        if self.role == Role::Mask {
            let [c, m, y, k] = ink;
            return self.shade([c, m, y].map(|v| (1.0 - v) * (1.0 - k)), stroke);
        }
        let black = ink == [0.0, 0.0, 0.0, 1.0];
        let paint = if stroke { &mut self.state.stroke } else { &mut self.state.fill };
        paint.black = black;
        let operands = ink.iter().map(|v| Object::Real(*v)).collect();
        self.out.push(Operation::new(if stroke { "K" } else { "k" }, operands));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::{Inks, Output};

    fn rewritten(content: &str, spaces: &[(&str, Space)]) -> (String, Rewrite) {
        let spaces = spaces.iter().map(|(name, space)| (name.as_bytes().to_vec(), *space)).collect();
        let inks = Inks::new(&Output::embedded());
        let done =
            rewrite(content.as_bytes(), Role::Paint, &spaces, &Overprint::default(), &|rgb| inks.of(rgb));
        (String::from_utf8(done.content.clone()).expect("ASCII"), done)
    }

    #[test]
    fn small_black_text_overprints_and_white_never() {
        let text = "q 0 0 0 1 k BT /f0 10 Tf 1 0 0 -1 0 0 Tm (a) Tj ET Q \
                    q 0 0 0 1 k BT /f0 46 Tf 1 0 0 -1 0 0 Tm (b) Tj ET Q \
                    0 0 0 1 k BT /f0 1 Tf 9 0 0 9 0 0 Tm (c) Tj 0 0 0 0 k (d) Tj ET";
        let (content, done) = rewritten(text, &[]);
        assert!(done.overprints);
        let a = content.find("(a)").unwrap();
        assert!(content[..a].ends_with("/FcOver gs\n"), "{content}");
        assert!(!content[a..content.find("(b)").unwrap()].contains("FcOver"), "{content}");
        assert!(content[..content.find("(c)").unwrap()].ends_with("/FcOver gs\n"), "{content}");
        assert!(content[..content.find("(d)").unwrap()].ends_with("/FcKnock gs\n"), "{content}");
    }

    #[test]
    fn thin_black_boxes_overprint_and_wide_ones_do_not() {
        let (content, _) = rewritten("0 0 0 1 k 0 0 100 1 re f 0 0 100 50 re f", &[]);
        assert_eq!(content.matches("FcOver").count(), 1, "{content}");
        assert!(content.contains("100 1 re\n/FcOver gs\nf"), "{content}");
        assert!(content.contains("100 50 re\n/FcKnock gs\nf"), "{content}");
    }

    #[test]
    fn a_white_outline_of_black_text_knocks_out() {
        let (content, _) = rewritten("0 0 0 1 k 0 0 0 0 K BT 2 Tr /f0 10 Tf (a) Tj ET", &[]);
        assert!(content.contains("/FcFill gs\n(a)"), "{content}");
        let (content, _) = rewritten("0 1 0 0 k 0 0 0 1 K 0.5 w 0 0 9 9 re B", &[]);
        assert!(content.contains("/FcLine gs\nB"), "{content}");
    }

    #[test]
    fn colours_keep_their_percentages() {
        let (content, _) = rewritten("0.078431375 1 0.8784314 0.12156863 k 0 0 1 1 re f", &[]);
        assert!(content.starts_with("0.08 1.0 0.88 0.12 k"), "{content}");
    }

    #[test]
    fn what_is_no_ink_becomes_ink() {
        let (content, done) =
            rewritten("/c0 cs 0.5 0.5 0.5 scn 0 0 1 1 re f 1 0 0 RG", &[("c0", Space::Rgb)]);
        assert!(!content.contains("scn") && !content.contains("RG") && !content.contains("cs"), "{content}");
        assert_eq!(done.converted.len(), 2);
        assert!(content.contains("0.0 0.0 0.0 0.5"), "{content}");
    }
}
