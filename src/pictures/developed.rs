//! What is made of the files of pictures, each opened once and nothing made
//! twice.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Placement, Subject};
use crate::check::Manuscript;
use crate::digest::of_pieces;
use crate::photo::{self, How, Picture, Rendition};

/// What is made of pictures. All that is wanted of one is made while it is open,
/// and nothing that was made before: it is kept by the file, what is wanted and
/// the output profile.
pub(crate) fn developed(wanted: &[(&Placement, How)], manuscript: &Manuscript) -> Vec<Option<Rendition>> {
    let profile = manuscript.output().digest();
    let key = |(placed, how): &(&Placement, How)| {
        let file = placed.sha256(manuscript)?;
        let pieces: [(&str, &[u8]); 4] = [
            ("rendition of", file.as_bytes()),
            ("as", &how.key()),
            ("for", &profile),
            ("by", photo::MAKER.as_bytes()),
        ];
        Some((of_pieces(pieces), file))
    };
    let keys: Vec<Option<(String, String)>> = wanted.iter().map(key).collect();
    let cache = manuscript.cache();
    let kept = |key: &str| cache.get(key).and_then(Rendition::kept);
    let mut missing: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (index, (key, file)) in keys.iter().enumerate().filter_map(|(i, key)| Some((i, key.as_ref()?))) {
        if kept(key).is_none() {
            missing.entry(file).or_default().insert(key, index);
        }
    }
    missing.into_par_iter().for_each(|(_, wishes)| {
        let first = wishes.values().next().and_then(|index| wanted.get(*index));
        let Some(picture) = first.and_then(|(placed, _)| placed.picture(manuscript)) else { return };
        for (key, (_, how)) in wishes.into_iter().filter_map(|(key, index)| Some((key, wanted.get(index)?))) {
            if let Some(made) = photo::develop(&picture, how, manuscript.output()) {
                cache.put(key, made.whole().to_vec());
            }
        }
    });
    keys.iter().map(|key| kept(&key.as_ref()?.0)).collect()
}

impl Placement {
    /// SHA-256 of the file.
    fn sha256(&self, manuscript: &Manuscript) -> Option<String> {
        match &self.subject {
            Subject::Exhibit(_) => Some(self.exhibit(manuscript)?.portrait.sha256.clone()),
            Subject::Other(bytes) => Some(crate::digest::sha256(bytes)),
        }
    }

    /// The file's pixels, if they can be read.
    fn picture(&self, manuscript: &Manuscript) -> Option<Picture> {
        match &self.subject {
            Subject::Exhibit(_) => crate::photo::decode(&self.exhibit(manuscript)?.portrait.bytes()?).ok(),
            Subject::Other(bytes) => crate::photo::decode(bytes).ok(),
        }
    }
}
