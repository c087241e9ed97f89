//! Page boxes, and marks outside of them.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::{Finishing, deflated};
use crate::marks::{self, Frame, Kit, MARGIN};

/// Sets MediaBox ⊇ BleedBox ⊇ TrimBox on every page (ISO 15930-7), with
/// marks around them if the sheet wants any.
pub(super) fn set(document: &mut Document, job: &Finishing) {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let count = pages.len();
    let slugs: Vec<String> = (1..=count).map(|number| format!("{} · {number} / {count}", job.slug)).collect();
    let kit = job.marks.any().then(|| Kit::new(document, slugs.iter().map(String::as_str)));
    for (i, id) in pages.into_iter().enumerate() {
        let page = document.get_dictionary(id).expect("a page is a dictionary");
        let media = numbers(page, b"MediaBox").expect("krilla writes a media box");
        let trim = numbers(page, b"TrimBox").unwrap_or(media);
        // Patterns hang on the page's own space, so that stays where it is.
        let around = if kit.is_some() { MARGIN } else { 0.0 };
        let (bleed, whole) =
            (media, [media[0] - around, media[1] - around, media[2] + around, media[3] + around]);
        if let Some(kit) = &kit {
            let frame = Frame { bleed, trim, folds: job.folds.iter().map(|mm| mm.pt() as f32).collect() };
            let (drawn, used) = marks::draw(&frame, job.marks, &slugs[i], kit);
            let forms: Dictionary =
                used.into_iter().map(|(name, id)| (name, Object::Reference(id))).collect();
            let mut resources = kit.plates.clone();
            resources.set("XObject", forms);
            add(document, id, drawn.into_bytes(), &resources);
        }
        let page = document.get_dictionary_mut(id).expect("found above");
        for (key, value) in [("MediaBox", whole), ("BleedBox", bleed), ("TrimBox", trim)] {
            page.set(key, value.iter().map(|v| Object::Real(round(*v))).collect::<Vec<_>>());
        }
        page.remove(b"ArtBox");
        page.remove(b"CropBox");
    }
}

/// A tenth of a micrometre is more than any cutter heeds.
fn round(length: f32) -> f32 {
    (length * 10_000.0).round() / 10_000.0
}

fn numbers(page: &Dictionary, key: &[u8]) -> Option<[f32; 4]> {
    let values = page.get(key).ok()?.as_array().ok()?;
    let values: Vec<f32> = values.iter().filter_map(|v| v.as_float().ok()).collect();
    values.try_into().ok()
}

/// Draws the marks after the page's content, out of its graphics state.
fn add(document: &mut Document, page: ObjectId, drawn: Vec<u8>, resources: &Dictionary) {
    let before = document.add_object(Stream::new(dictionary! {}, b"q\n".to_vec()));
    let after = document.add_object(deflated(dictionary! {}, &[b"\nQ\n".to_vec(), drawn].concat()));
    let dictionary = document.get_dictionary_mut(page).expect("a page");
    let own = dictionary.get(b"Contents").expect("a page has contents").clone();
    let mut contents = vec![Object::Reference(before)];
    match own {
        Object::Array(parts) => contents.extend(parts),
        one => contents.push(one),
    }
    contents.push(Object::Reference(after));
    dictionary.set("Contents", contents);
    let own =
        document.get_or_create_resources(page).and_then(Object::as_dict_mut).expect("a page has resources");
    for (kind, entries) in resources {
        let kept = own.get_mut(kind).and_then(Object::as_dict_mut);
        match (kept, entries.as_dict()) {
            (Ok(kept), Ok(entries)) => kept.extend(entries),
            _ => own.set(kind.clone(), entries.clone()),
        }
    }
}
