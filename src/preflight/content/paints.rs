//! Colour operators (ISO 32000-1, 8.6.8).

use hayro_syntax::object::Object;
use hayro_syntax::page::Resources;

use super::{Reader, named};
use crate::diag::Phrase;
use crate::preflight::colour::Space;
use crate::preflight::state::Paint;

impl<'a> Reader<'a, '_> {
    pub(super) fn colour(
        &mut self,
        operator: &[u8],
        numbers: &[f32],
        operands: &[Object],
        resources: &Resources<'a>,
    ) -> bool {
        let stroke = operator.first().is_some_and(u8::is_ascii_uppercase);
        let device = match operator {
            b"k" | b"K" => (4, Space::Cmyk),
            b"g" | b"G" => (1, Space::Gray),
            b"rg" | b"RG" => (3, Space::Foreign("DeviceRGB".into(), 3)),
            b"cs" | b"CS" => {
                let space = operands.first().and_then(|object| Space::read(object, resources, self.spots));
                if space.is_none() {
                    self.inspector.broken(Phrase::ResourceMissing);
                }
                self.set(stroke, Paint::initial(space.unwrap_or(Space::Pattern(None))));
                return true;
            }
            b"sc" | b"scn" | b"SC" | b"SCN" => {
                let pattern = named(operands).map(|name| self.pattern(name, resources));
                if matches!(pattern, Some(None)) {
                    self.inspector.broken(Phrase::ResourceMissing);
                }
                let plain = pattern.is_none() && !self.colourless;
                let space = if stroke { &self.state.stroke.space } else { &self.state.fill.space };
                if plain && space.channels() != numbers.len() {
                    self.inspector.broken(Phrase::WrongOperands);
                }
                let paint =
                    Paint { space: space.clone(), colour: numbers.to_vec(), pattern: pattern.flatten() };
                self.set(stroke, paint);
                return true;
            }
            _ => return false,
        };
        let (channels, space) = device;
        if numbers.len() == channels {
            self.set(stroke, Paint { space, colour: numbers.to_vec(), pattern: None });
        } else {
            self.inspector.broken(Phrase::WrongOperands);
        }
        true
    }

    fn set(&mut self, stroke: bool, paint: Paint<'a>) {
        if !self.colourless {
            *(if stroke { &mut self.state.stroke } else { &mut self.state.fill }) = paint;
        }
    }
}
