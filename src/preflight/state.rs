//! The graphics state, as far as printing asks.

use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Number, Object, Stream};
use hayro_syntax::page::Resources;
use tiny_skia::Transform;

use super::colour::Space;
use super::fonts;
use super::inks::{ALL, Inks, Set};
use super::plates::{Blend, Clip, SoftMask};
use super::shadings::Shading;

/// A colour in its space, or a pattern.
#[derive(Clone)]
pub(super) struct Paint<'a> {
    pub(super) space: Space,
    pub(super) colour: Vec<f32>,
    pub(super) pattern: Option<Rc<Pattern<'a>>>,
}

/// What paints in place of a colour.
pub(super) enum Pattern<'a> {
    /// A cell that is repeated, where its resources come from, and the way from
    /// its space to the page's.
    Tiling(Stream<'a>, Resources<'a>, Transform),
    /// A gradient, and the way from its space to the page's.
    Shading(Rc<Shading>, Transform),
}

impl Paint<'_> {
    pub(super) fn initial(space: Space) -> Self {
        Self { colour: space.initial(), space, pattern: None }
    }

    /// Its ink, where it is a colour and can be told.
    pub(super) fn inks(&self) -> Option<Inks> {
        self.pattern.is_none().then(|| self.space.inks(&self.colour)).flatten()
    }

    /// The plates that it writes on (ISO 32000-1, table 148). A colour that does
    /// not overprint clears those that it does not speak of.
    pub(super) fn plates(&self, inks: &Inks, over: Overprint) -> Set {
        match (over.on, &self.space) {
            _ if self.space.is_none() => 0,
            (false, _) => ALL,
            (true, Space::Cmyk) if over.nonzero => {
                (0..4).filter(|i| inks.amounts[*i] > 0.0).map(|i| 1 << i).sum()
            }
            (true, _) => inks.of,
        }
    }
}

/// Overprint settings (ISO 32000-1, 11.7.4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Overprint {
    pub(super) on: bool,
    /// Nonzero overprint mode: plates without ink are left alone.
    pub(super) nonzero: bool,
}

#[derive(Clone)]
pub(super) struct State<'a> {
    pub(super) ctm: Transform,
    pub(super) fill: Paint<'a>,
    pub(super) stroke: Paint<'a>,
    pub(super) fill_over: bool,
    pub(super) stroke_over: bool,
    pub(super) nonzero: bool,
    pub(super) alpha: f32,
    pub(super) stroke_alpha: f32,
    pub(super) blend: Blend,
    pub(super) mask: Option<Rc<SoftMask>>,
    pub(super) line: tiny_skia::Stroke,
    /// Length of its dashes and gaps.
    pub(super) dash: f32,
    pub(super) clip: Clip,
    pub(super) text: Text,
}

/// Text state (ISO 32000-1, 9.3).
#[derive(Clone)]
pub(super) struct Text {
    pub(super) font: Option<fonts::Key>,
    pub(super) size: f32,
    pub(super) character: f32,
    pub(super) word: f32,
    pub(super) scale: f32,
    pub(super) leading: f32,
    pub(super) rise: f32,
    pub(super) mode: i64,
    pub(super) matrix: Transform,
    pub(super) line: Transform,
}

impl State<'_> {
    pub(super) fn new() -> Self {
        let text = Text {
            font: None,
            size: 0.0,
            character: 0.0,
            word: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            matrix: Transform::identity(),
            line: Transform::identity(),
        };
        Self {
            ctm: Transform::identity(),
            fill: Paint::initial(Space::Gray),
            stroke: Paint::initial(Space::Gray),
            fill_over: false,
            stroke_over: false,
            nonzero: false,
            alpha: 1.0,
            stroke_alpha: 1.0,
            blend: Blend::Normal,
            mask: None,
            line: tiny_skia::Stroke::default(),
            dash: 0.0,
            clip: Clip::default(),
            text,
        }
    }

    /// Takes over an entry of `ExtGState`, but for its soft mask.
    pub(super) fn set(&mut self, dict: &Dict) {
        if let Some(on) = dict.get::<bool>(b"OP") {
            self.stroke_over = on;
            // Without `op`, `OP` is for both (ISO 32000-1, table 58).
            self.fill_over = on;
        }
        if let Some(on) = dict.get::<bool>(b"op") {
            self.fill_over = on;
        }
        if let Some(mode) = dict.get::<i32>(b"OPM") {
            self.nonzero = mode == 1;
        }
        if let Some(alpha) = dict.get::<Number>(b"ca") {
            self.alpha = alpha.as_f32().clamp(0.0, 1.0);
        }
        if let Some(alpha) = dict.get::<Number>(b"CA") {
            self.stroke_alpha = alpha.as_f32().clamp(0.0, 1.0);
        }
        if let Some(blend) = dict.get::<Object>(b"BM") {
            self.blend = Blend::read(&blend).unwrap_or(Blend::Normal);
        }
        if let Some(font) = dict.get::<Array>(b"Font") {
            self.text.font = font.iter::<Dict>().next().map(|font| fonts::key(&font));
            let mut parts = font.flex_iter();
            let _font = parts.next::<Dict>();
            self.text.size = parts.next::<Number>().map_or(self.text.size, |size| size.as_f32());
        }
        if let Some(width) = dict.get::<Number>(b"LW") {
            self.line.width = width.as_f32();
        }
    }

    pub(super) fn fill_overprint(&self) -> Overprint {
        Overprint { on: self.fill_over, nonzero: self.nonzero }
    }

    pub(super) fn stroke_overprint(&self) -> Overprint {
        Overprint { on: self.stroke_over, nonzero: self.nonzero }
    }
}
