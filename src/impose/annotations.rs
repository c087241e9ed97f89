//! What annotations put on paper.

use lopdf::{Dictionary, Object, ObjectId};

use super::source::{Source, numbers, rect};

/// Flags of annotations (table 165).
const HIDDEN: i64 = 1 << 1;
const PRINT: i64 = 1 << 2;

impl Source {
    /// What annotations of a page look like: form and the matrix that puts it
    /// in its place in page space (ISO 32000-1, 12.5.5).
    pub(super) fn appearances(&self, index: usize) -> Vec<(ObjectId, [f64; 6])> {
        let annotations = self.document.get_page_annotations(self.pages[index].id).unwrap_or_default();
        annotations.into_iter().filter_map(|annotation| self.appearance(annotation)).collect()
    }

    fn appearance(&self, annotation: &Dictionary) -> Option<(ObjectId, [f64; 6])> {
        let document = &self.document;
        let get = |dict: &Dictionary, key: &[u8]| {
            document.dereference(dict.get(key).ok()?).ok().map(|(_, o)| o.clone())
        };
        // Paper shows what is for printing and not hidden, whatever screens show
        // (table 165).
        let flags = annotation.get(b"F").and_then(Object::as_i64).unwrap_or(0);
        if flags & HIDDEN != 0
            || flags & PRINT == 0
            || annotation.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Popup")
        {
            return None;
        }
        let looks = get(annotation, b"AP")?.as_dict().ok()?.clone();
        let mut normal = looks.get(b"N").ok()?.clone();
        if let Some(Object::Dictionary(states)) = document.dereference(&normal).ok().map(|(_, o)| o.clone()) {
            let state = annotation.get(b"AS").and_then(Object::as_name).ok()?;
            normal = states.get(state).ok()?.clone();
        }
        let id = normal.as_reference().ok()?;
        let form = document.get_object(id).and_then(Object::as_stream).ok()?;
        let bbox = rect(document, form.dict.get(b"BBox").ok()?)?;
        let at = rect(document, annotation.get(b"Rect").ok()?)?;
        let matrix =
            form.dict.get(b"Matrix").ok().and_then(|m| numbers(document, m)).and_then(|m| m.try_into().ok());
        let matrix: [f64; 6] = matrix.unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        let corners = [(bbox[0], bbox[1]), (bbox[2], bbox[1]), (bbox[0], bbox[3]), (bbox[2], bbox[3])];
        let placed = corners.map(|(x, y)| {
            (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
        });
        let (xs, ys) = (placed.map(|p| p.0), placed.map(|p| p.1));
        let span = |v: [f64; 4]| {
            (
                v.iter().copied().fold(f64::INFINITY, f64::min),
                v.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            )
        };
        let ((x0, x1), (y0, y1)) = (span(xs), span(ys));
        let scale = |from: f64, to: f64| if from.abs() > 1e-9 { to / from } else { 1.0 };
        let (sx, sy) = (scale(x1 - x0, at[2] - at[0]), scale(y1 - y0, at[3] - at[1]));
        Some((id, [sx, 0.0, 0.0, sy, at[0] - sx * x0, at[1] - sy * y0]))
    }
}
