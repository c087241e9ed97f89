//! PDF → PDF/X-4. One pass over the objects of a base file, each seen once:
//! colours and overprint in the contents, boxes, output intent,
//! identification; whatever may not be in a press file goes. `PDF_X4.md`
//! beside this file is the ledger, topic by topic.

mod base;
mod boxes;
mod clean;
mod contents;
mod excerpt;
mod identity;
mod inks;
mod masks;
mod resources;
mod space;
mod written;

use std::collections::HashMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Stream};
use sha2::{Digest, Sha256};

use crate::check::Manuscript;
use crate::colour::Output;
use crate::diag::{Code, Diagnostic};
use crate::model::{Marks, Mm, PrintJob};
use crate::photo::Rendition;
use crate::stamp::Stamp;

pub(crate) use base::how;
pub use base::{Base, press_base};
pub use contents::Conversion;
pub use excerpt::excerpt;

/// What a press file is made with.
#[derive(Clone, Copy)]
pub struct Finishing<'a> {
    job: &'a PrintJob,
    output: &'a Output,
    stamp: Stamp,
    marks: Marks,
    slug: &'a str,
    folds: &'a [Mm],
}

impl<'a> Finishing<'a> {
    /// The job of a manuscript, with the marks that its sheet wants.
    pub fn new(manuscript: &'a Manuscript, stamp: Stamp) -> Self {
        let (job, output) = (manuscript.job(), manuscript.output());
        Self { job, output, stamp, marks: job.marks, slug: "", folds: &[] }
    }

    /// Tells results apart: the base, and all that is added to it.
    fn hash(&self, base: &Base) -> [u8; 32] {
        let added = format!("{:?} {:?} {} {:?}", self.marks, self.folds, self.slug, self.job);
        let mut hash =
            Sha256::new().chain_update(&base.pdf).chain_update(added).chain_update(self.output.icc());
        base.plates.iter().for_each(|(_, plate)| hash.update(plate.jpeg()));
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

/// Makes a press file of a base that [`crate::press::press_base`] wrote, and
/// tells which colours in it had to become ink.
///
/// # Errors
/// When a picture of the base is not in the file any more.
///
/// # Panics
/// When the base is no PDF of ours.
pub fn finish(base: Base, job: &Finishing) -> Result<(Vec<u8>, Vec<Conversion>), Vec<Diagnostic>> {
    let hash = job.hash(&base);
    let Base { pdf, plates, .. } = base;
    let mut document = Document::load_mem(&pdf).expect("our own export is well formed");
    let size = pdf.len() + plates.iter().map(|(_, plate)| plate.jpeg().len()).sum::<usize>();
    drop(pdf);
    clean::strip(&mut document);
    masks::blend_in_grey(&mut document);
    let converted = contents::rewrite(&mut document, job);
    boxes::set(&mut document, job);
    identity::set(&mut document, job, hash);
    document.prune_objects();
    document.renumber_objects();
    document.version = "1.6".into();
    let plates: HashMap<Vec<u8>, Rendition> = plates.into_iter().collect();
    let (pdf, lost) = written::written(document, plates, size + (1 << 20)).expect("memory does not fail");
    if lost > 0 {
        return Err(vec![Diagnostic::new(Code::PictureReencoded)]);
    }
    Ok((pdf, converted))
}
