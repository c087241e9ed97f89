//! The resources of a page, a form or a pattern.

use lopdf::{Dictionary, Document};

/// The dictionary that a page or stream names its resources in.
pub(super) fn of<'a>(document: &'a Document, owner: &'a Dictionary) -> Option<&'a Dictionary> {
    document.dereference(owner.get(b"Resources").ok()?).ok()?.1.as_dict().ok()
}
