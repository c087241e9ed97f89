//! What is drawn on a page as numbers: equal numbers, equal pages. One number
//! is of what is seen, one of what is plated. Spans, tags, labels and how a
//! template groups things do not count, so that it may be rewritten as long as
//! it draws the same. The encoding is this room's own, in lengths of a
//! thousandth of a point, so that no compiler and no library changes it.

mod drawing;
mod encoding;
mod ground;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use typst::foundations::Smart;
use typst_layout::Page;

use crate::digest::hex;
use crate::model::PrintJob;
pub(crate) use drawing::Setting;
use drawing::{Drawing, drawn};
use encoding::Encoding;

/// Version of the encoding; numbers of different versions say nothing about
/// each other.
pub const VERSION: u32 = 2;

/// Fingerprints of a page, each the first half of a SHA-256 in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Of all that is seen within the trim.
    pub page: String,
    /// Of all that is seen but the folio: what stays when a page only moves.
    pub content: String,
    /// Of all that is plated, out to the bleed, in the inks of the template.
    pub plate: String,
    /// Of the settings that pictures on the page are plated with; empty where
    /// there is none.
    pub pictures: String,
}

impl Fingerprint {
    /// Takes the fingerprints of a page. `essences` are those of the portraits
    /// by place in the order, `profile` is the hash of the output profile, by
    /// which ink looks as it does.
    pub(crate) fn of(page: &Page, setting: &Setting, job: &PrintJob, profile: &[u8; 32]) -> Self {
        let mut ground = Encoding::default();
        ground.lengths([page.frame.width(), page.frame.height()]);
        let mut coloured = false;
        match &page.fill {
            Smart::Custom(Some(fill)) => {
                ground.paint(fill);
                coloured = ground::is_coloured(fill);
            }
            _ => ground.tag(0),
        }
        let Drawing { seen, folio_seen, plated, converts, pictures } = drawn(&page.frame, coloured, setting);
        let mut bleed = Encoding::default();
        bleed.lengths([page.bleed.left, page.bleed.top, page.bleed.right, page.bleed.bottom]);
        let converted = if converts { &profile[..] } else { &[] };
        let settings = format!("{} {}", job.ink.limit, job.ppi.most);
        Self {
            page: print(&[profile, ground.bytes(), &seen, &folio_seen]),
            content: print(&[profile, ground.bytes(), &seen]),
            plate: print(&[bleed.bytes(), ground.bytes(), &plated, converted]),
            pictures: if pictures { print(&[profile, settings.as_bytes()]) } else { String::new() },
        }
    }
}

impl Fingerprint {
    /// Of a surface that is plated in one piece and seen in several: a cover
    /// with its front and back.
    pub(crate) fn of_parts(whole: Self, parts: &[Self]) -> Self {
        let all = |of: fn(&Self) -> &String| {
            let parts: Vec<&[u8]> = parts.iter().map(|part| of(part).as_bytes()).collect();
            print(&parts)
        };
        Self { page: all(|part| &part.page), content: all(|part| &part.content), ..whole }
    }
}

/// A fingerprint of pieces, each with its length.
pub(crate) fn print(pieces: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update((piece.len() as u64).to_be_bytes());
        hash.update(piece);
    }
    hex(&hash.finalize()[..16])
}
