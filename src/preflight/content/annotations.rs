//! What annotations look like: contents of a page like others, on paper where
//! their flags say so (ISO 32000-1, 12.5.3 and 12.5.5).

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Page;
use tiny_skia::{Rect, Transform};

use super::forms::moved;
use super::{Reader, numbers, own_box, own_matrix};
use crate::preflight::plates::Mask;
use crate::preflight::state::State;

/// Annotations of a page that are read.
const MOST: usize = 10_000;
/// What a look costs beside its contents.
const LOOK: u64 = 5_000;
/// Flags (table 165).
const HIDDEN: i64 = 1 << 1;
const PRINT: i64 = 1 << 2;

impl<'a> Reader<'a, '_> {
    pub(super) fn annotations(&mut self, page: &'a Page<'a>) {
        let annotations = page.raw().get::<Array>(b"Annots").unwrap_or_default();
        for annotation in annotations.iter::<Dict>().take(MOST) {
            let Some(look) = appearance(&annotation) else { continue };
            if !self.affords(LOOK) {
                break;
            }
            let Some(place) = place(&annotation, look.dict()) else { continue };
            let flags = annotation.get::<i64>(b"F").unwrap_or(0);
            let printed = flags & PRINT != 0 && flags & HIDDEN == 0;
            self.state = State::new();
            self.state.ctm = place;
            if !printed {
                self.inspector.begin_mask();
            }
            self.form(&look, page.resources());
            if !printed {
                // What is not printed is read for what the file uses, and no more.
                let nowhere = Rect::from_xywh(0.0, 0.0, 0.0, 0.0);
                let unseen = Mask { luminosity: false, backdrop: 0.0, transfer: &|v| v, bounds: nowhere };
                let _ = self.inspector.end_mask(&unseen);
            }
        }
    }
}

/// The normal look of an annotation, in its state if it has several.
fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    match annotation.get::<Dict>(b"AP")?.get::<Object>(b"N")? {
        Object::Stream(look) => Some(look),
        Object::Dict(states) => states.get::<Stream>(annotation.get::<Name>(b"AS")?.as_ref()),
        _ => None,
    }
}

/// The way from the space of a look to the page.
fn place(annotation: &Dict, look: &Dict) -> Option<Transform> {
    let bounds = moved(own_box(look)?, own_matrix(look))?;
    let [a, b, c, d] = <[f32; 4]>::try_from(numbers(&annotation.get::<Array>(b"Rect")?)).ok()?;
    let scale = |from: f32, to: f32| if from > 0.0 { to / from } else { 1.0 };
    let (sx, sy) = (scale(bounds.width(), (c - a).abs()), scale(bounds.height(), (d - b).abs()));
    let (x, y) = (a.min(c) - sx * bounds.left(), b.min(d) - sy * bounds.top());
    Some(Transform::from_row(sx, 0.0, 0.0, sy, x, y))
}
