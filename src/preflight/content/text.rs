//! Text operators (ISO 32000-1, 9.4).

use hayro_syntax::object::{Object, ObjectIdentifier};
use hayro_syntax::page::Resources;
use tiny_skia::{PathBuilder, Rect, Transform};

use super::{Reader, Run, matrix, named};
use crate::diag::Phrase;
use crate::preflight::fonts::Font;

/// Text from this size on, in points, is looked at by its outlines; smaller
/// text by the boxes of its characters.
const LARGE: f32 = 20.0;
/// Part of the em above and below the baseline that a character's box takes.
const ASCENT: f32 = 0.88;
const DESCENT: f32 = 0.12;

impl Reader<'_, '_> {
    pub(super) fn text(
        &mut self,
        operator: &[u8],
        numbers: &[f32],
        operands: &[Object],
        resources: &Resources,
    ) {
        let text = &mut self.state.text;
        match (operator, numbers) {
            (b"BT", _) => {
                text.matrix = Transform::identity();
                text.line = Transform::identity();
            }
            (b"Tc", [v]) => text.character = *v,
            (b"Tw", [v]) => text.word = *v,
            (b"Tz", [v]) => text.scale = v / 100.0,
            (b"TL", [v]) => text.leading = *v,
            (b"Ts", [v]) => text.rise = *v,
            (b"Tr", [v]) => text.mode = *v as i64,
            (b"Tf", [size]) => {
                text.size = *size;
                let font = named(operands).and_then(|name| resources.get_font(name));
                text.font = font.as_ref().and_then(|font| font.obj_id());
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
            (b"Tj", _) => self.show(operands),
            (b"'", _) => {
                self.next_line(0.0, -self.state.text.leading);
                self.show(operands);
            }
            (b"\"", [word, character, ..]) => {
                (text.word, text.character) = (*word, *character);
                self.next_line(0.0, -self.state.text.leading);
                self.show(operands);
            }
            (b"TJ", _) => {
                let parts = operands.first().cloned().and_then(Object::into_array);
                let parts: Vec<Object> = parts.iter().flat_map(|array| array.iter::<Object>()).collect();
                self.show(&parts);
            }
            _ => {}
        }
    }

    fn next_line(&mut self, x: f32, y: f32) {
        let text = &mut self.state.text;
        text.line = text.line.pre_concat(Transform::from_translate(x, y));
        text.matrix = text.line;
    }

    /// Shows strings, moved apart by numbers in thousandths.
    fn show(&mut self, parts: &[Object]) {
        let id: Option<ObjectIdentifier> = self.state.text.font;
        let Some(font) = id.and_then(|id| self.fonts.get(&id)) else { return };
        let scale = {
            let whole = self.state.ctm.pre_concat(self.state.text.matrix);
            (whole.sx * whole.sy - whole.kx * whole.ky).abs().sqrt()
        };
        let size = self.state.text.size.abs() * scale;
        let mut run = Run { text: String::new(), size, boxes: vec![], outlines: vec![] };
        for part in parts {
            match part {
                Object::String(string) => {
                    for code in font.codes(string) {
                        self.glyph(font, code, &mut run);
                    }
                }
                Object::Number(n) => {
                    let by = -n.as_f32() / 1000.0 * self.state.text.size;
                    self.advance(font, by);
                }
                _ => {}
            }
        }
        // Mode 3 shows nothing; 7 only clips.
        if !matches!(self.state.text.mode, 3 | 7) {
            self.inspector.text(&run, &self.state);
        }
    }

    fn glyph(&mut self, font: &Font, code: u32, run: &mut Run) {
        let text = &self.state.text;
        run.text += font.text(code);
        let size = text.size;
        let place = self.state.ctm.pre_concat(text.matrix).pre_concat(Transform::from_row(
            size * text.scale,
            0.0,
            0.0,
            size,
            0.0,
            text.rise,
        ));
        let advance = font.advance(code);
        let corners = if font.vertical() {
            Rect::from_ltrb(-0.5, -1.0, 0.5, 0.0)
        } else {
            Rect::from_ltrb(0.0, -DESCENT, advance.max(0.001), ASCENT)
        };
        let visible = font.text(code) != " ";
        if run.size >= LARGE && visible {
            match font.outline(code).and_then(|path| path.transform(place)) {
                Some(path) => run.outlines.push(path),
                None => run.boxes.extend(corners.and_then(|c| placed(c, place))),
            }
        } else if visible {
            run.boxes.extend(corners.and_then(|c| placed(c, place)));
        }
        let word = if font.is_space(code) { text.word } else { 0.0 };
        let by = if font.vertical() { size } else { advance * size } + text.character + word;
        self.advance(font, by);
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
