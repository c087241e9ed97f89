//! PDF → PDF/X-4. One pass over the objects of a base file, each seen once:
//! colours and overprint in the contents, boxes, output intent,
//! identification; whatever may not be in a press file goes. `PDF_X4.md`
//! beside this file is the ledger, topic by topic.

mod boxes;
mod clean;
mod contents;
mod identity;
mod inks;
mod space;

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Stream};
use sha2::{Digest, Sha256};

use crate::check::Manuscript;
use crate::colour::Output;
use crate::export::Stamp;
use crate::profile::{Marks, Mm, Sheet};

pub use contents::Converted;

/// What a press file is made with.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    sheet: &'a Sheet,
    output: &'a Output,
    stamp: Stamp,
    marks: Marks,
    slug: &'a str,
    folds: &'a [Mm],
}

impl<'a> Job<'a> {
    /// The job of a manuscript, with the marks that its sheet wants.
    pub fn new(manuscript: &'a Manuscript, stamp: Stamp) -> Self {
        let (sheet, output) = (manuscript.sheet(), manuscript.output());
        Self { sheet, output, stamp, marks: sheet.marks, slug: "", folds: &[] }
    }

    /// Tells results apart: the base, and all that is added to it.
    fn hash(&self, base: &[u8]) -> [u8; 32] {
        let added = format!("{:?} {:?} {} {:?}", self.marks, self.folds, self.slug, self.sheet);
        let hash = Sha256::new().chain_update(base).chain_update(added).chain_update(self.output.icc());
        hash.finalize().into()
    }

    /// With these marks outside the bleed.
    pub fn marks(self, marks: Marks) -> Self {
        Self { marks, ..self }
    }

    /// With these words in the slug, before the page: file, condition, data
    /// hash, date.
    pub fn slug(self, slug: &'a str) -> Self {
        Self { slug, ..self }
    }

    /// Folded here, from the trim's left.
    pub fn folds(self, folds: &'a [Mm]) -> Self {
        Self { folds, ..self }
    }
}

/// A stream of deflated data. Higher levels take three times as long for three
/// hundredths of the size.
fn deflated(mut dict: Dictionary, data: &[u8]) -> Stream {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(data.len() / 2), Compression::new(4));
    let packed = encoder.write_all(data).and_then(|()| encoder.finish()).expect("memory does not fail");
    dict.set("Filter", "FlateDecode");
    Stream::new(dict, packed)
}

/// Makes a press file of a base that [`crate::export::press_base`] wrote, and
/// tells which colours in it had to become ink.
///
/// # Panics
/// When the base is no PDF of ours.
pub fn finish(base: Vec<u8>, job: &Job) -> (Vec<u8>, Vec<Converted>) {
    let mut document = Document::load_mem(&base).expect("our own export is well formed");
    let (hash, size) = (job.hash(&base), base.len());
    drop(base);
    clean::strip(&mut document);
    let converted = contents::rewrite(&mut document, job);
    boxes::set(&mut document, job);
    identity::set(&mut document, job, hash);
    document.prune_objects();
    document.renumber_objects();
    document.version = "1.6".into();
    let mut pdf = Vec::with_capacity(size + (1 << 20));
    document.save_to(&mut pdf).expect("memory does not fail");
    (pdf, converted)
}
