//! Text operators (ISO 32000-1, 9.4).

use hayro_syntax::object::Object;
use hayro_syntax::page::Resources;
use tiny_skia::{PathBuilder, Rect, Transform};

use super::patterns::shape;
use super::{Reader, Run, matrix, named};
use crate::diag::Phrase;
use crate::preflight::fonts::{self, Code, Font};

/// Part of the em above and below the baseline that a character's box takes.
const ASCENT: f32 = 0.88;
const DESCENT: f32 = 0.12;
/// Part of a small character's box that is ink, where its outline is not known.
const UNKNOWN: f32 = 0.33;
/// What a glyph costs.
const GLYPH: u64 = 40;

impl<'a> Reader<'a, '_> {
    pub(super) fn text(
        &mut self,
        operator: &[u8],
        numbers: &[f32],
        operands: &[Object],
        resources: &Resources<'a>,
    ) -> bool {
        let text = &mut self.state.text;
        match (operator, numbers) {
            (b"BT", _) => {
                if std::mem::replace(&mut self.in_text, true) {
                    self.inspector.broken(Phrase::OpenBlocks);
                }
                let text = &mut self.state.text;
                text.matrix = Transform::identity();
                text.line = Transform::identity();
            }
            (b"ET", _) => {
                if !std::mem::take(&mut self.in_text) {
                    self.inspector.broken(Phrase::OpenBlocks);
                }
                self.clip_to_text();
            }
            // A glyph with a colour of its own, or without.
            (b"d0" | b"d1", _) if self.depth == 0 => {
                self.inspector.broken(Phrase::UnknownOperator("d0, d1".into()));
            }
            (b"d0", _) => {}
            (b"d1", _) => self.colourless = true,
            (b"Tc", [v]) => text.character = *v,
            (b"Tw", [v]) => text.word = *v,
            (b"Tz", [v]) => text.scale = v / 100.0,
            (b"TL", [v]) => text.leading = *v,
            (b"Ts", [v]) => text.rise = *v,
            (b"Tr", [v]) => text.mode = *v as i64,
            (b"Tf", [size]) => {
                text.size = *size;
                let font = named(operands).and_then(|name| resources.get_font(name));
                text.font = font.as_ref().map(fonts::key);
                if font.is_none() {
                    self.inspector.broken(Phrase::ResourceMissing);
                }
            }
            (b"Td", [x, y]) => self.next_line(*x, *y),
            (b"TD", [x, y]) => {
                text.leading = -y;
                self.next_line(*x, *y);
            }
            (b"T*", _) => self.next_line(0.0, -self.state.text.leading),
            (b"Tm", _) => {
                if let Some(matrix) = matrix(numbers) {
                    text.matrix = matrix;
                    text.line = matrix;
                }
            }
            (b"Tj", _) => self.show(operands, resources),
            (b"'", _) => {
                self.next_line(0.0, -self.state.text.leading);
                self.show(operands, resources);
            }
            (b"\"", [word, character, ..]) => {
                (text.word, text.character) = (*word, *character);
                self.next_line(0.0, -self.state.text.leading);
                self.show(operands, resources);
            }
            (b"TJ", _) => {
                let parts = operands.first().cloned().and_then(Object::into_array);
                let parts: Vec<Object> = parts.iter().flat_map(|array| array.iter::<Object>()).collect();
                self.show(&parts, resources);
            }
            (b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Ts" | b"Tr" | b"Tf" | b"Td" | b"TD" | b"\"", _) => {
                self.inspector.broken(Phrase::WrongOperands);
            }
            _ => return false,
        }
        true
    }

    fn next_line(&mut self, x: f32, y: f32) {
        let text = &mut self.state.text;
        text.line = text.line.pre_concat(Transform::from_translate(x, y));
        text.matrix = text.line;
    }

    /// Shows strings, moved apart by numbers in thousandths.
    fn show(&mut self, parts: &[Object], resources: &Resources<'a>) {
        let fonts = self.fonts;
        if !self.in_text {
            self.inspector.broken(Phrase::OpenBlocks);
        }
        if self.state.text.font.is_none() {
            self.inspector.broken(Phrase::ResourceMissing);
        }
        let Some((key, font)) = self.state.text.font.and_then(|key| Some((key, fonts.get(&key)?))) else {
            return;
        };
        let scale = {
            let whole = self.state.ctm.pre_concat(self.state.text.matrix);
            (whole.sx * whole.sy - whole.kx * whole.ky).abs().sqrt()
        };
        let size = self.state.text.size.abs() * scale * font.scale();
        let mut run = Run {
            text: String::new(),
            font: key,
            size,
            boxes: vec![],
            inked: vec![],
            outlines: vec![],
            drawn: font.drawn().is_some(),
            plain: true,
            missing: false,
        };
        for part in parts {
            match part {
                Object::String(string) => {
                    for code in font.codes(string) {
                        if !self.affords(GLYPH) {
                            return;
                        }
                        self.glyph(font, code, &mut run, resources);
                    }
                }
                Object::Number(n) => {
                    let by = -n.as_f32() / 1000.0 * self.state.text.size;
                    self.advance(font, by);
                }
                _ => {}
            }
        }
        self.shown(&run);
    }

    /// Hands a run on. Mode 3 shows nothing; 7 only clips.
    fn shown(&mut self, run: &Run) {
        let mode = self.state.text.mode;
        if mode != 3 && !self.is_hidden() {
            let strokes = matches!(mode, 1 | 2 | 5 | 6);
            let paint = if matches!(mode, 1 | 5) { &self.state.stroke } else { &self.state.fill };
            let pattern = paint.pattern.clone().filter(|_| !run.drawn);
            self.inspector.text(run, &self.state);
            if let Some(pattern) = pattern
                && let Some(path) = shape(&run.boxes, &run.outlines)
            {
                self.fill_with(&pattern, path, false, strokes);
            }
        }
        if mode >= 4 {
            let clip = self.text_clip.get_or_insert_with(PathBuilder::new);
            run.boxes.iter().for_each(|area| clip.push_rect(*area));
            run.outlines.iter().for_each(|path| clip.push_path(path));
        }
    }

    fn glyph(&mut self, font: &Font<'a>, code: Code, run: &mut Run, resources: &Resources<'a>) {
        let text = &self.state.text;
        let (size, mode) = (text.size, text.mode);
        run.text += &font.text(code);
        let place = self.state.ctm.pre_concat(text.matrix).pre_concat(Transform::from_row(
            size * text.scale,
            0.0,
            0.0,
            size,
            0.0,
            text.rise,
        ));
        let advance = font.advance(code);
        // Where lines run downwards the origin is above the glyph's middle
        // (ISO 32000-1, 9.7.4.3).
        let place = match font.vertical() {
            true => place.pre_translate(-advance / 2.0, -ASCENT),
            false => place,
        };
        let corners = match font.vertical() {
            true => Rect::from_ltrb(0.0, -DESCENT, advance.max(0.001), ASCENT),
            false => Rect::from_ltrb(advance.min(0.0), -DESCENT, advance.max(0.001), ASCENT),
        };
        run.missing |= font.is_missing(code) && !matches!(mode, 3 | 7);
        if let Some(drawn) = font.drawn() {
            run.plain &= drawn.is_plain(code);
            let corners = drawn.bounds().or(corners);
            run.boxes.extend(corners.and_then(|c| placed(c, place)));
            if !matches!(mode, 3 | 7) {
                self.draw(font, code, place, resources);
            }
        } else if font.is_visible(code) {
            let outline = (run.size >= self.letters || mode >= 4).then(|| font.outline(code)).flatten();
            match outline.and_then(|path| path.transform(place)) {
                Some(path) => run.outlines.push(path),
                None => {
                    run.boxes.extend(corners.and_then(|c| placed(c, place)));
                    let (area, full) = font.ink(code).or(corners.map(|c| (c, UNKNOWN))).unzip();
                    if let Some(((area, grown), full)) = area.and_then(|a| spread(a, place)).zip(full) {
                        run.inked.push((area, full * grown));
                    }
                }
            }
        }
        let text = &self.state.text;
        let word = if font.is_space(code) { text.word } else { 0.0 };
        let by = if font.vertical() { size } else { advance * size } + text.character + word;
        self.advance(font, by);
    }

    /// Draws a glyph that has contents of its own (ISO 32000-1, 9.6.5).
    fn draw(&mut self, font: &Font<'a>, code: Code, place: Transform, resources: &Resources<'a>) {
        let Some((glyph, own)) = font.drawn().and_then(|drawn| drawn.glyph(code)) else { return };
        let outer = self.state.clone();
        let colourless = self.colourless;
        self.state.ctm =
            place.pre_concat(font.drawn().map_or_else(Transform::identity, |drawn| drawn.matrix()));
        let (fill, alpha) = (self.state.fill.clone(), self.state.alpha);
        (self.state.stroke, self.state.stroke_alpha) = (fill, alpha);
        let inner = match own {
            Some(own) => Resources::from_parent(own.clone(), resources.clone()),
            None => resources.clone(),
        };
        self.inner(glyph, &inner);
        self.colourless = colourless;
        self.state = outer;
    }

    fn advance(&mut self, font: &Font, by: f32) {
        let text = &mut self.state.text;
        let step = if font.vertical() {
            Transform::from_translate(0.0, -by)
        } else {
            Transform::from_translate(by * text.scale, 0.0)
        };
        text.matrix = text.matrix.pre_concat(step);
    }
}

fn placed(corners: Rect, place: Transform) -> Option<Rect> {
    Some(PathBuilder::from_rect(corners).transform(place)?.bounds())
}

/// Bounds of a box that may be turned, and its part of them.
fn spread(area: Rect, place: Transform) -> Option<(Rect, f32)> {
    let bounds = placed(area, place)?;
    let own = area.width() * area.height() * (place.sx * place.sy - place.kx * place.ky).abs();
    Some((bounds, (own / (bounds.width() * bounds.height()).max(1e-6)).min(1.0)))
}
