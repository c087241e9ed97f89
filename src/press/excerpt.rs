//! Some pages of a press file, for plates to be made anew.

use lopdf::{Document, Object, StringFormat};
use sha2::{Digest, Sha256};

/// The given pages, from 1, of a press file, with its output intent and
/// identification; nothing when the file cannot be read or lacks one of them.
pub fn excerpt(pdf: &[u8], pages: &[usize]) -> Option<Vec<u8>> {
    let mut document = Document::load_mem(pdf).ok()?;
    let count = document.get_pages().len();
    if pages.is_empty() || pages.iter().any(|page| !(1..=count).contains(page)) {
        return None;
    }
    let others: Vec<u32> = (1..=count).filter(|page| !pages.contains(page)).map(|page| page as u32).collect();
    document.delete_pages(&others);
    document.prune_objects();
    document.renumber_objects();
    // The same document, another file (ISO 32000-1, 14.4).
    let hash = Sha256::new().chain_update(pdf).chain_update(format!("{pages:?}")).finalize();
    if let Ok(Object::Array(ids)) = document.trailer.get_mut(b"ID")
        && let Some(id) = ids.get_mut(1)
    {
        *id = Object::String(hash[..16].to_vec(), StringFormat::Hexadecimal);
    }
    let mut excerpt = Vec::new();
    document.save_to(&mut excerpt).ok()?;
    Some(excerpt)
}
