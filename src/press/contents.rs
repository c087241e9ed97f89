//! The content streams of pages, forms and patterns: each rewritten once, with
//! the resources it needs.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use rayon::prelude::*;

use super::inks::{self, Rewrite, STATES};
use super::masks::{self, Role};
use super::resources::of as resources;
use super::space::Space;
use super::{Finishing, deflated};
use crate::colour::Inks;

/// A colour of a vector picture that had to become ink.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conversion {
    /// Physical page, from 1; none for what several pages may share.
    pub page: Option<usize>,
    /// The colour as it was, such as `#1a2b3c`.
    pub from: String,
    /// Ink, such as `C0 M100 Y90 K10`.
    pub to: String,
}

/// A content stream to rewrite.
struct Piece {
    stream: ObjectId,
    /// The page whose contents it is; none for forms and patterns.
    page: Option<(usize, ObjectId)>,
    role: Role,
    spaces: BTreeMap<Vec<u8>, Space>,
}

/// Rewrites all contents; every stream once, however often it is used.
pub(super) fn rewrite(document: &mut Document, job: &Finishing) -> Vec<Conversion> {
    let pieces = pieces(document);
    let rewritten: Vec<_> = pieces
        .par_iter()
        .map_init(
            || LazyCell::new(|| Inks::new(job.output)),
            |inks, piece| {
                let stream =
                    document.get_object(piece.stream).and_then(Object::as_stream).expect("found before");
                let content = stream.get_plain_content().expect("our own export is well formed");
                let rewritten =
                    inks::rewrite(&content, piece.role, &piece.spaces, &job.job.overprint, &|rgb| {
                        inks.of(rgb)
                    });
                let dict = without_filter(&stream.dict);
                (deflated(dict, &rewritten.content), rewritten)
            },
        )
        .collect();
    let mut converted = Vec::new();
    for (piece, (stream, rewritten)) in pieces.iter().zip(rewritten) {
        document.set_object(piece.stream, stream);
        name_states(document, piece, &rewritten);
        converted.extend(rewritten.converted.into_iter().map(|(from, to)| Conversion {
            page: piece.page.map(|(number, _)| number),
            from,
            to,
        }));
    }
    converted.sort();
    converted.dedup();
    converted
}

/// A stream's dictionary for other data.
fn without_filter(dict: &Dictionary) -> Dictionary {
    let mut dict = dict.clone();
    for key in [&b"Filter"[..], b"DecodeParms", b"Length"] {
        dict.remove(key);
    }
    dict
}

fn pieces(document: &Document) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let masks = masks::all(document);
    for (i, page) in document.page_iter().enumerate() {
        let resources = document.get_dictionary(page).ok().and_then(|page| resources(document, page));
        let spaces = resources.map(|r| spaces(document, r)).unwrap_or_default();
        for stream in document.get_page_contents(page) {
            pieces.push(Piece {
                stream,
                page: Some((i + 1, page)),
                role: Role::Paint,
                spaces: spaces.clone(),
            });
        }
    }
    for (id, object) in &document.objects {
        let Object::Stream(stream) = object else { continue };
        let form = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Form");
        let tiling = stream.dict.get(b"PatternType").and_then(Object::as_i64).is_ok_and(|t| t == 1);
        if form || tiling {
            let spaces = resources(document, &stream.dict).map(|r| spaces(document, r)).unwrap_or_default();
            let role = if masks.contains(id) { Role::Mask } else { Role::Paint };
            pieces.push(Piece { stream: *id, page: None, role, spaces });
        }
    }
    pieces
}

/// The colour spaces of a resource dictionary by name.
fn spaces(document: &Document, resources: &Dictionary) -> BTreeMap<Vec<u8>, Space> {
    let named = resources.get(b"ColorSpace").ok().and_then(|o| document.dereference(o).ok());
    let named = named.and_then(|(_, object)| object.as_dict().ok());
    named.into_iter().flatten().map(|(name, object)| (name.clone(), space(document, object))).collect()
}

fn space(document: &Document, object: &Object) -> Space {
    let Ok((_, object)) = document.dereference(object) else { return Space::Other };
    match object {
        Object::Name(name) => Space::named(name),
        Object::Array(parts) => {
            let kind = parts.first().and_then(|p| p.as_name().ok());
            let profile = parts.get(1).and_then(|p| document.dereference(p).ok());
            let channels = profile.and_then(|(_, p)| p.as_stream().ok()?.dict.get(b"N").ok()?.as_i64().ok());
            match (kind, channels) {
                (Some(b"ICCBased"), Some(1)) | (Some(b"CalGray"), _) => Space::Gray,
                (Some(b"ICCBased"), Some(3)) | (Some(b"CalRGB"), _) => Space::Rgb,
                _ => Space::Other,
            }
        }
        _ => Space::Other,
    }
}

/// Puts the graphics states that a rewritten stream names into its resources,
/// and takes out the colour spaces that it names no more.
fn name_states(document: &mut Document, piece: &Piece, rewritten: &Rewrite) {
    if piece.role == Role::Paint && !rewritten.overprints && rewritten.converted.is_empty() {
        return;
    }
    let owner = match piece.page {
        Some((_, page)) => page,
        None => piece.stream,
    };
    let Ok(resources) = own_resources(document, owner) else { return };
    if rewritten.overprints {
        let mut states = resources.get(b"ExtGState").and_then(Object::as_dict).cloned().unwrap_or_default();
        for (name, fill, stroke) in STATES {
            states.set(name, dictionary! { "OP" => stroke, "op" => fill, "OPM" => 1 });
        }
        resources.set("ExtGState", states);
    }
    if let Ok(named) = resources.get_mut(b"ColorSpace").and_then(Object::as_dict_mut) {
        for (name, space) in &piece.spaces {
            if matches!(space, Space::Rgb | Space::Gray) {
                named.remove(name);
            }
        }
    }
}

fn own_resources(document: &mut Document, owner: ObjectId) -> lopdf::Result<&mut Dictionary> {
    let dictionary = match document.get_object_mut(owner)? {
        Object::Stream(stream) => &mut stream.dict,
        other => other.as_dict_mut()?,
    };
    if let Ok(id) = dictionary.get(b"Resources").and_then(Object::as_reference) {
        return document.get_dictionary_mut(id);
    }
    let dictionary = match document.get_object_mut(owner)? {
        Object::Stream(stream) => &mut stream.dict,
        other => other.as_dict_mut()?,
    };
    dictionary.get_mut(b"Resources")?.as_dict_mut()
}
