//! The graphics state, as far as printing asks.

use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, MaybeRef, Number, ObjectIdentifier};
use tiny_skia::{Path, Rect, Transform};

use super::colour::Space;

/// A colour in its space.
#[derive(Debug, Clone)]
pub(super) struct Paint {
    pub(super) space: Space,
    pub(super) colour: Vec<f32>,
}

impl Paint {
    pub(super) fn initial(space: Space) -> Self {
        Self { colour: space.initial(), space }
    }

    /// Ink from 0 to 1 a plate, where it can be told.
    pub(super) fn ink(&self) -> Option<[f32; 4]> {
        self.space.ink(&self.colour)
    }
}

/// Overprint settings (ISO 32000-1, 11.7.4).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Overprint {
    pub(super) on: bool,
    /// Nonzero overprint mode: plates without ink are left alone.
    pub(super) nonzero: bool,
}

/// What clips: a box, and outlines that are no boxes.
#[derive(Clone, Default)]
pub(super) struct Clip {
    pub(super) bounds: Option<Rect>,
    pub(super) paths: Vec<Rc<(Path, bool)>>,
}

#[derive(Clone)]
pub(super) struct GraphicsState {
    pub(super) ctm: Transform,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    pub(super) fill_over: bool,
    pub(super) stroke_over: bool,
    pub(super) nonzero: bool,
    pub(super) alpha: f32,
    pub(super) stroke_alpha: f32,
    pub(super) line: tiny_skia::Stroke,
    pub(super) clip: Clip,
    pub(super) text: Text,
}

/// Text state (ISO 32000-1, 9.3).
#[derive(Clone)]
pub(super) struct Text {
    pub(super) font: Option<ObjectIdentifier>,
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

impl GraphicsState {
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
            line: tiny_skia::Stroke::default(),
            clip: Clip::default(),
            text,
        }
    }

    /// Takes over an entry of `ExtGState`.
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
        if let Some(font) = dict.get::<Array>(b"Font") {
            let mut parts = font.raw_iter();
            if let Some(MaybeRef::Ref(id)) = parts.next() {
                self.text.font = Some(id.into());
            }
            self.text.size = font.iter::<Number>().last().map_or(self.text.size, |size| size.as_f32());
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
