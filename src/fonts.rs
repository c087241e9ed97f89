//! The embedded faces: which there are, what they cover, and how Typst gets
//! them. A face is parsed only when something is set in it.

use std::cmp::Ordering;
use std::sync::OnceLock;

use serde::Deserialize;
use serde::de::value::{Error, SeqDeserializer};
use typst::foundations::Bytes;
use typst::text::{Coverage, Font, FontFlags, FontInfo, FontStretch, FontStyle, FontVariant, FontWeight};
use typst_kit::fonts::{FontSource, FontStore};

use crate::assets::{self, Face};
use crate::digest;

/// The licence of every embedded face, as an SPDX identifier.
pub const LICENCE: &str = "OFL-1.1";

/// What `fengcai fonts` tells of one embedded face.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FaceInfo {
    /// Path below `fonts/`.
    pub path: &'static str,
    /// Family name as templates ask for it.
    pub family: &'static str,
    /// Version string of the name table.
    pub version: &'static str,
    /// OpenType weight class, 100 to 900.
    pub weight: u16,
    /// Number of characters the face has.
    pub characters: u32,
    /// SPDX identifier.
    pub licence: &'static str,
}

/// Lists the embedded faces in the order of their paths.
pub fn faces() -> Vec<FaceInfo> {
    let info = |face: &Face| FaceInfo {
        path: face.path,
        family: face.family,
        version: face.version,
        weight: face.weight,
        characters: face.ranges.iter().map(|(start, end)| end - start).sum(),
        licence: LICENCE,
    };
    assets::FACES.iter().map(info).collect()
}

/// The families that have a character, each once, in the order of the faces.
pub fn families_with(c: char) -> Vec<&'static str> {
    let mut families: Vec<_> = assets::FACES.iter().filter(|f| has(f, c)).map(|f| f.family).collect();
    families.dedup();
    families
}

/// Whether any embedded face has the character.
pub fn covered(c: char) -> bool {
    assets::FACES.iter().any(|face| has(face, c))
}

/// Whether a PostScript name is that of an embedded face.
pub(crate) fn is_embedded(post_script: &str) -> bool {
    assets::FACES.iter().any(|face| face.post_script == post_script)
}

/// The embedded sans-serif face of normal weight.
pub fn sans() -> &'static [u8] {
    let face = assets::FACES.iter().filter(|face| !face.serif).min_by_key(|face| face.weight.abs_diff(400));
    face.expect("there is a sans-serif face").data
}

/// The files of an ejected project's `fonts/` folder: path below it, bytes.
pub fn files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    assets::FACES.iter().map(|f| (f.path, f.data)).chain(assets::LICENCES.iter().copied())
}

/// SHA-256 of an embedded face, told by where its bytes lie.
pub(crate) fn embedded_hash(data: &[u8]) -> Option<&'static str> {
    assets::FACES.iter().find(|face| std::ptr::eq(face.data, data)).map(|face| face.sha256)
}

/// SHA-256 over the embedded faces and those that a project adds.
pub(crate) fn digest<'a>(extras: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let embedded = assets::FACES.iter().map(|face| (face.path, face.sha256.as_bytes()));
    digest::of_pieces(embedded.chain(extras))
}

/// The embedded faces as Typst's loaders want them.
pub(crate) fn store() -> FontStore {
    let mut store = FontStore::new();
    store.extend(assets::FACES.iter().enumerate().map(|(i, face)| (Embedded(i), info(face))));
    store
}

fn has(face: &Face, c: char) -> bool {
    let c = u32::from(c);
    let order = |&(start, end): &(u32, u32)| match (c < start, c < end) {
        (true, _) => Ordering::Greater,
        (false, true) => Ordering::Equal,
        (false, false) => Ordering::Less,
    };
    face.ranges.binary_search_by(order).is_ok()
}

struct Embedded(usize);

impl FontSource for Embedded {
    fn load(&self) -> Option<Font> {
        // Kept for the life of the process: parsing a face and hashing its
        // bytes costs more than laying a page out.
        static LOADED: [OnceLock<Option<Font>>; assets::FACES.len()] =
            [const { OnceLock::new() }; assets::FACES.len()];
        LOADED[self.0].get_or_init(|| Font::new(Bytes::new(assets::FACES[self.0].data), 0)).clone()
    }
}

/// Typst's own metadata, put together from the index instead of the font.
fn info(face: &Face) -> FontInfo {
    let mut flags = FontFlags::empty();
    flags.set(FontFlags::SERIF, face.serif);
    FontInfo {
        family: face.family.into(),
        variant: FontVariant {
            style: FontStyle::Normal,
            weight: FontWeight::from_number(face.weight),
            stretch: FontStretch::NORMAL,
        },
        flags,
        axes: vec![],
        coverage: coverage(face.ranges),
    }
}

/// Typst stores coverage as alternating runs of absent and present points.
fn coverage(ranges: &[(u32, u32)]) -> Coverage {
    let mut end = 0;
    let runs = ranges.iter().flat_map(|&(start, next)| {
        let gap = start - std::mem::replace(&mut end, next);
        [gap, next - start]
    });
    Coverage::deserialize(SeqDeserializer::<_, Error>::new(runs)).expect("runs are numbers")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_equals_what_typst_reads_from_the_fonts() {
        for face in assets::FACES {
            assert_eq!(info(face), FontInfo::new(face.data, 0).unwrap(), "{}", face.path);
        }
    }

    #[test]
    fn han_is_covered_and_emoji_are_not() {
        assert!(covered('凤') && covered('𬱖') && covered('㛃'));
        assert!(!covered('😀'));
        assert_eq!(families_with('莹').len(), 3);
    }
}
