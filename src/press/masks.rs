//! The forms that soft masks are drawn with: light and shade, no paint.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::resources;

/// Most forms within forms.
const DEPTH: usize = 16;

/// What the paints of a stream are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Ink on the plates.
    Paint,
    /// The light and shade of a soft mask, which puts no ink anywhere (ISO
    /// 32000-1, 11.5.3).
    Mask,
}

/// The light of a colour.
pub(super) fn luminosity([r, g, b]: [f32; 3]) -> f32 {
    0.30 * r + 0.59 * g + 0.11 * b
}

/// Every form that a soft mask is drawn with, and the forms and patterns in
/// them.
pub(super) fn all(document: &Document) -> BTreeSet<ObjectId> {
    let mut found = BTreeSet::new();
    for object in document.objects.values() {
        for form in groups(object, DEPTH) {
            add(document, form, DEPTH, &mut found);
        }
    }
    found
}

/// Luminosity is that of grey: so that no plate is mixed for it.
pub(super) fn blend_in_grey(document: &mut Document) {
    for form in all(document) {
        let stream = document.get_object_mut(form).and_then(Object::as_stream_mut);
        if let Ok(group) =
            stream.and_then(|stream| stream.dict.get_mut(b"Group")).and_then(Object::as_dict_mut)
        {
            group.set("CS", Object::Name(b"DeviceGray".to_vec()));
        }
    }
}

/// The groups of the soft masks that stand in an object.
fn groups(object: &Object, depth: usize) -> Vec<ObjectId> {
    let inside = |dictionary: &Dictionary| {
        let own = dictionary.get(b"SMask").and_then(Object::as_dict).and_then(|mask| mask.get(b"G"));
        let own = own.and_then(Object::as_reference).into_iter();
        let deeper = dictionary.iter().filter(|_| depth > 0).flat_map(|(_, value)| groups(value, depth - 1));
        own.chain(deeper).collect()
    };
    match object {
        Object::Dictionary(dictionary) => inside(dictionary),
        Object::Stream(stream) => inside(&stream.dict),
        _ => vec![],
    }
}

fn add(document: &Document, form: ObjectId, depth: usize, found: &mut BTreeSet<ObjectId>) {
    if depth == 0 || !found.insert(form) {
        return;
    }
    let Ok(stream) = document.get_object(form).and_then(Object::as_stream) else { return };
    let Some(resources) = resources::of(document, &stream.dict) else { return };
    for kind in [&b"XObject"[..], b"Pattern"] {
        let named = resources.get(kind).ok().and_then(|object| document.dereference(object).ok());
        let named = named.and_then(|(_, object)| object.as_dict().ok());
        for id in named.into_iter().flatten().filter_map(|(_, object)| object.as_reference().ok()) {
            add(document, id, depth - 1, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Overprint;
    use crate::press::inks::rewrite;
    use crate::press::space::Space;

    #[test]
    fn the_shades_of_a_mask_stay_shades() {
        let black = |_: [u8; 3]| [0.0, 0.0, 0.0, 1.0];
        let spaces = [(b"c0".to_vec(), Space::Rgb)].into();
        let mask = b"/c0 cs 0.5 0.5 0.5 scn 0 0 1 1 re f";
        let done = rewrite(mask, Role::Mask, &spaces, &Overprint::default(), &black);
        assert_eq!(String::from_utf8(done.content).unwrap(), "0.0 g\n0.5 g\n0 0 1 1 re\nf");
        assert!(!done.overprints && done.converted.is_empty());
    }
}
