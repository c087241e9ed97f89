//! The screen edition: sRGB, tagged, PDF/UA-1 and PDF/A-2a, facing pages, with
//! the covers.

use typst::foundations::{Bytes, Smart};
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, Document};
use typst::visualize::Color;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::covers::{self, Side};
use super::{facing, pending, reduced};
use crate::check::Manuscript;
use crate::colour;
use crate::diag::{self, Code, Diagnostic};
use crate::photo::{How, Kind};
use crate::pictures::{self, Placement};
use crate::stamp::Stamp;
use crate::templates::Makes;
use crate::typeset::Book;

/// Pixels per inch of pictures on a screen.
const PPI: f64 = 200.0;

/// The book as a screen shows it: sRGB, cut to the trim.
pub struct ScreenPages {
    /// The pages of the interior.
    pub(super) interior: PagedDocument,
    /// The cover in one piece.
    pub(super) cover: Option<Page>,
    /// Front and back of it.
    pub(super) covers: Option<[Page; 2]>,
}

impl ScreenPages {
    /// The pages of the interior.
    pub(crate) fn interior(&self) -> &PagedDocument {
        &self.interior
    }

    /// The cover in one piece.
    pub(crate) fn cover(&self) -> Option<&Page> {
        self.cover.as_ref()
    }
}

/// Turns the book's colours and pictures into those of a screen; `pending` are
/// pages, from 1, that say 待签, and the front cover as 0.
///
/// # Errors
/// A finding for each picture that cannot be shown.
pub fn shown(
    book: &Book,
    cover: Option<&Book>,
    manuscript: &Manuscript,
    pending: &[usize],
) -> Result<ScreenPages, Vec<Diagnostic>> {
    let interior = in_screen_colours(book.document.clone(), manuscript)?;
    let mark = if pending.is_empty() { None } else { pending::mark() };
    let interior = mark.as_ref().map_or_else(|| interior.clone(), |mark| marked(&interior, pending, mark));
    let cover = cover.map(|cover| in_screen_colours(cover.document.clone(), manuscript)).transpose()?;
    let cover = cover.and_then(|cover| cover.pages().first().cloned());
    let covers = cover.as_ref().map(|page| {
        [Side::Front, Side::Back].map(|side| {
            let mut page = Page { bleed: Default::default(), ..covers::side(page, manuscript.job(), side) };
            if let Some(mark) = mark.as_ref().filter(|_| side == Side::Front && pending.contains(&0)) {
                pending::put(&mut page, mark, false);
            }
            page
        })
    });
    Ok(ScreenPages { interior, cover, covers })
}

/// The pages with the mark on those that wait for a signature.
fn marked(document: &PagedDocument, pending: &[usize], mark: &Frame) -> PagedDocument {
    let mut pages = document.pages().to_vec();
    for number in pending {
        if let Some(page) = number.checked_sub(1).and_then(|index| pages.get_mut(index)) {
            pending::put(page, mark, number % 2 == 0);
        }
    }
    PagedDocument::new(pages.into(), document.info().clone())
}

/// Pages with the colours and pictures of a screen, cut to the trim.
pub(super) fn in_screen_colours(
    document: PagedDocument,
    manuscript: &Manuscript,
) -> Result<PagedDocument, Vec<Diagnostic>> {
    let how = |placed: &Placement| how(placed, manuscript);
    let document = pictures::rendered(document, manuscript, how, Bytes::new)?;
    Ok(colour::for_screen(&document, manuscript.output()))
}

/// What a screen wants of a picture.
pub(crate) fn how(placed: &Placement, manuscript: &Manuscript) -> How {
    let ground = pictures::ground(placed, |color: &Color| colour::rgb(color, manuscript.output()));
    How { crop: placed.crop, limits: placed.limits(PPI), ground, kind: Kind::Shown }
}

/// Makes `booklet.pdf`: front cover, interior, back cover. Pages are cut to
/// the trim: a reader wants no bleed.
///
/// # Errors
/// What Typst's PDF export refuses, such as an image without a description.
pub fn screen(book: &Book, shown: &ScreenPages, stamp: Stamp) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).expect("the two go together");
    let pdf = export(book, &bound(shown, 0), stamp, Some(standards))?;
    let refused = || vec![Diagnostic::new(Code::TemplateError).arg("message", "catalog").arg("hints", "")];
    facing::open_as_facing_pages(pdf, book.len(), shown.covers.is_some()).ok_or_else(refused)
}

/// The same for a dummy that is folded: the insides of the cover are blank
/// pages, so that the cover becomes the outermost sheet.
///
/// # Errors
/// What Typst's PDF export refuses.
pub fn dummy(book: &Book, shown: &ScreenPages, stamp: Stamp) -> Result<Vec<u8>, Vec<Diagnostic>> {
    export(book, &bound(shown, 1), stamp, None)
}

/// The pages one by one on A4 sheets, for what is no book.
///
/// # Errors
/// What Typst's PDF export refuses.
pub fn sheets(
    book: &Book,
    shown: &ScreenPages,
    makes: Makes,
    stamp: Stamp,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    export(book, &reduced::reduced(&shown.interior, makes), stamp, None)
}

fn export(
    book: &Book,
    document: &PagedDocument,
    stamp: Stamp,
    standards: Option<PdfStandards>,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some(crate::TOOL.into())),
        timestamp: Some(Timestamp::new_utc(stamp.datetime())),
        tagged: standards.is_some(),
        standards: standards.unwrap_or_default(),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options)
        .map_err(|errors| errors.iter().map(|e| diag::from_typst(&book.world, e)).collect())
}

/// The interior between its covers, each with so many blank pages behind it.
fn bound(shown: &ScreenPages, blanks: usize) -> PagedDocument {
    let Some([front, back]) = &shown.covers else { return shown.interior.clone() };
    let blank = Page { frame: Frame::hard(front.frame.size()), fill: Smart::Custom(None), ..front.clone() };
    let shift = 1 + blanks;
    let mut pages = vec![front.clone()];
    pages.extend(std::iter::repeat_n(blank.clone(), blanks));
    pages.extend(shown.interior.pages().iter().cloned().map(|mut page| {
        move_links(&mut page.frame, shift);
        page
    }));
    pages.extend(std::iter::repeat_n(blank, blanks));
    pages.push(back.clone());
    PagedDocument::new(pages.into(), shown.interior.info().clone())
}

/// Links lead to pages by their numbers, which the front cover moves.
fn move_links(frame: &mut Frame, by: usize) {
    if !has_links(frame) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => move_links(&mut group.frame, by),
            FrameItem::Link(Destination::Position(position), _) => {
                position.page = position.page.saturating_add(by);
            }
            _ => {}
        }
        true
    });
}

/// Whether a frame has links; one without is not touched, because touching
/// copies it.
fn has_links(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Link(..) => true,
        FrameItem::Group(group) => has_links(&group.frame),
        _ => false,
    })
}
