//! What has no place in a press file, and the colour space of transparency.

use lopdf::{Dictionary, Document, Object};

/// Entries of the catalog that lead to nothing printable
/// (ISO 15930-7).
const CATALOG: &[&[u8]] = &[
    b"Outlines",
    b"StructTreeRoot",
    b"MarkInfo",
    b"Names",
    b"Dests",
    b"OpenAction",
    b"AA",
    b"AcroForm",
    b"OCProperties",
    b"Threads",
    b"PageLabels",
    b"Lang",
];
/// The same of a page.
const PAGE: &[&[u8]] = &[b"Annots", b"AA", b"StructParents", b"Tabs", b"Trans", b"Dur", b"B"];

/// Takes out annotations, actions, outlines, tags and layers, and makes every
/// transparency group blend in the inks of the press.
pub(super) fn strip(document: &mut Document) {
    if let Ok(catalog) = document.catalog_mut() {
        CATALOG.iter().for_each(|key| drop(catalog.remove(key)));
    }
    for object in document.objects.values_mut() {
        clean(object);
    }
}

fn clean(object: &mut Object) {
    match object {
        Object::Dictionary(dictionary) => clean_dictionary(dictionary),
        Object::Stream(stream) => clean_dictionary(&mut stream.dict),
        Object::Array(items) => items.iter_mut().for_each(clean),
        _ => {}
    }
}

fn clean_dictionary(dictionary: &mut Dictionary) {
    if dictionary.has_type(b"Page") {
        PAGE.iter().for_each(|key| drop(dictionary.remove(key)));
    }
    if dictionary.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == b"Transparency") {
        dictionary.set("CS", Object::Name(b"DeviceCMYK".to_vec()));
    }
    // Obsolete since PDF 1.4 (ISO 32000-1, 14.2).
    dictionary.remove(b"ProcSet");
    dictionary.remove(b"StructParent");
    for (_, value) in dictionary.iter_mut() {
        clean(value);
    }
}
