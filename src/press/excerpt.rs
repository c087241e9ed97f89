//! Some pages of a book's press files, for plates to be made anew.

use std::collections::BTreeMap;

use lopdf::{Document, Object, ObjectId, StringFormat};
use sha2::{Digest, Sha256};

/// The given pages, from 1, of the interior, with its output intent and
/// identification, behind the cover where 0 is among them; nothing when a file
/// cannot be read or lacks one of them.
pub fn excerpt(interior: &[u8], cover: &[u8], pages: &[usize]) -> Option<Vec<u8>> {
    let mut document = Document::load_mem(interior).ok()?;
    let count = document.get_pages().len();
    if pages.is_empty() || pages.iter().any(|page| *page > count) {
        return None;
    }
    let with_cover = pages.contains(&0);
    let others: Vec<u32> = (1..=count).filter(|page| !pages.contains(page)).map(|page| page as u32).collect();
    if with_cover {
        put_first(&mut document, cover)?;
        let moved: Vec<u32> = others.iter().map(|page| page + 1).collect();
        document.delete_pages(&moved);
    } else {
        document.delete_pages(&others);
    }
    document.prune_objects();
    document.renumber_objects();
    // The same document, another file (ISO 32000-1, 14.4).
    let hash = Sha256::new().chain_update(interior).chain_update(format!("{pages:?}"));
    let hash = hash.chain_update(if with_cover { cover } else { &[] }).finalize();
    if let Ok(Object::Array(ids)) = document.trailer.get_mut(b"ID")
        && let Some(id) = ids.get_mut(1)
    {
        *id = Object::String(hash[..16].to_vec(), StringFormat::Hexadecimal);
    }
    let mut excerpt = Vec::new();
    document.save_to(&mut excerpt).ok()?;
    Some(excerpt)
}

/// Puts the one page of a cover before the others.
fn put_first(document: &mut Document, cover: &[u8]) -> Option<()> {
    let mut cover = Document::load_mem(cover).ok()?;
    cover.renumber_objects_with(document.max_id + 1);
    let page = *cover.get_pages().values().next()?;
    // What a page inherits from its own tree it has to have of its own.
    let inherited: BTreeMap<&[u8], Object> = [&b"Resources"[..], b"MediaBox", b"CropBox", b"Rotate"]
        .into_iter()
        .filter_map(|key| Some((key, inherited(&cover, page, key)?)))
        .collect();
    let pages = document.catalog().ok()?.get(b"Pages").ok()?.as_reference().ok()?;
    let own = cover.get_object_mut(page).ok()?.as_dict_mut().ok()?;
    inherited.into_iter().for_each(|(key, value)| own.set(key, value));
    own.set("Parent", pages);
    document.max_id = cover.max_id;
    document.objects.append(&mut cover.objects);
    let root = document.get_object_mut(pages).ok()?.as_dict_mut().ok()?;
    let count = root.get(b"Count").and_then(Object::as_i64).ok()?;
    root.set("Count", count + 1);
    root.get_mut(b"Kids").and_then(Object::as_array_mut).ok()?.insert(0, Object::Reference(page));
    Some(())
}

fn inherited(document: &Document, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut at = document.get_dictionary(page).ok()?;
    // A tree is no deeper than it has nodes.
    for _ in 0..document.objects.len() {
        if let Ok(value) = at.get(key) {
            return Some(value.clone());
        }
        at = document.get_dictionary(at.get(b"Parent").ok()?.as_reference().ok()?).ok()?;
    }
    None
}
