//! Pages of two finished screen editions, rendered and compared by pixel.

use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::{Pixmap, color::palette::css::WHITE};
use hayro::{RenderCache, RenderSettings, render};

use super::{Changes, PageState};

/// Pixels per inch at which pages are compared and shown.
const PPI: f32 = 100.0;

/// Two screen editions.
pub struct Pictures {
    old: Pdf,
    new: Pdf,
}

impl Pictures {
    /// Opens both; nothing when one of them cannot be read.
    pub fn open(old: Vec<u8>, new: Vec<u8>) -> Option<Self> {
        Some(Self { old: Pdf::new(Arc::new(old)).ok()?, new: Pdf::new(Arc::new(new)).ok()? })
    }

    /// The pages, by their numbers in the new book, that are called identical
    /// and whose pixels differ nevertheless; and how many were compared.
    pub fn contradictions(&self, changes: &Changes) -> (Vec<usize>, usize) {
        let identical = changes.pages.iter().filter(|page| page.state == PageState::Identical);
        let pairs: Vec<_> = identical.filter_map(|page| page.old.zip(page.new)).collect();
        let differs = |(old, new): &(usize, usize)| {
            let (old, new) = (in_file(&self.old, *old), in_file(&self.new, *new));
            old.len() != new.len()
                || old.into_iter().zip(new).any(|(old, new)| {
                    match (picture(&self.old, old), picture(&self.new, new)) {
                        (Some(old), Some(new)) => old.data() != new.data() || old.width() != new.width(),
                        _ => true,
                    }
                })
        };
        let found = pairs.iter().filter(|pair| differs(pair)).map(|(_, new)| *new).collect();
        (found, pairs.len())
    }

    /// A page of the old book as PNG; of the cover its front.
    pub(super) fn before(&self, page: usize) -> Option<Vec<u8>> {
        png(&self.old, page)
    }

    /// A page of the new book as PNG; of the cover its front.
    pub(super) fn after(&self, page: usize) -> Option<Vec<u8>> {
        png(&self.new, page)
    }
}

/// Where a page of the book, or the cover as 0, is in a screen edition: the
/// front cover comes first, the back cover last.
fn in_file(pdf: &Pdf, page: usize) -> Vec<usize> {
    if page > 0 { vec![page] } else { vec![0, pdf.pages().len().saturating_sub(1)] }
}

fn png(pdf: &Pdf, page: usize) -> Option<Vec<u8>> {
    picture(pdf, *in_file(pdf, page).first()?)?.into_png().ok()
}

fn picture(pdf: &Pdf, index: usize) -> Option<Pixmap> {
    let pages = pdf.pages();
    let page = pages.get(index)?;
    let scale = PPI / 72.0;
    let settings = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..Default::default() };
    Some(render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings))
}
