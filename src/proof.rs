//! 校样: the pages of the book, never set anew, in a wide margin that leads from
//! every line back to the data.

use serde::Serialize;
use typst::foundations::{Bytes, Smart};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Ratio, Size, Transform};
use typst::model::Document;
use typst::visualize::Curve;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, Timestamp};

use crate::audit::{self, ArticleLine};
use crate::check::Manuscript;
use crate::diag::{self, Diagnostic};
use crate::render::ScreenPages;
use crate::stamp::Stamp;
use crate::typeset::{Book, Field, typeset};
use crate::world::Files;

/// Main file of the proof in a template.
const MAIN: &str = "common/proof.typ";
/// Size of a page on the proof, of its own: that of most books, and of larger
/// pages as much as the sheet holds.
const SCALE: f64 = 0.75;
/// Room for a page on the sheet, in points.
const ROOM: (f64, f64) = (500.0, 660.0);
/// Where the pages stand on the A3 sheet, in points: in the middle, near the
/// head.
const SHEET: f64 = 1190.55;
const HEAD: f64 = 64.0;

#[derive(Serialize)]
struct Proof {
    title: String,
    hash: String,
    day: String,
    spreads: Vec<Spread>,
}

/// Two facing pages and what stands beside them.
#[derive(Default, Serialize)]
struct Spread {
    /// Physical pages, left and right; 0 for none.
    pages: [usize; 2],
    /// Whether it is the cover.
    cover: bool,
    person: Option<String>,
    file: Option<String>,
    /// Left edge and top of both pages and their size, in points.
    frames: Vec<[f64; 4]>,
    /// Side (0 left, 1 right), height on the sheet, text.
    notes: Vec<(usize, f64, String)>,
    lines: Vec<(usize, f64, usize)>,
}

/// What a proof is of.
pub struct Job<'a> {
    /// The interior as it was laid out.
    pub book: &'a Book,
    /// The cover, if it could be laid out.
    pub cover: Option<&'a Book>,
    /// Both in the colours of a screen.
    pub shown: &'a ScreenPages,
    /// What they were made from.
    pub manuscript: &'a Manuscript,
}

/// Makes `booklet-proof.pdf`: the cover, then the spreads.
///
/// # Errors
/// What the template or the export refuses.
pub fn proof(job: &Job, data_hash: &str, stamp: Stamp, mut files: Files) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let Job { book, cover, shown, manuscript } = *job;
    let cover = cover.zip(shown.cover());
    let mut spreads: Vec<Spread> = cover.map(|(cover, _)| cover_spread(cover)).into_iter().collect();
    spreads.extend(interior(book, manuscript));
    let proof = Proof {
        title: manuscript.booklet().full_title(),
        hash: data_hash.to_owned(),
        day: stamp.day().unwrap_or_default(),
        spreads,
    };
    files.insert("proof.json".into(), Bytes::new(serde_json::to_vec(&proof).expect("plain data serialises")));
    let (margin, found) = typeset(files, MAIN);
    let Some(margin) = margin else { return Err(found) };
    let cover = cover.map(|(_, page)| page);
    let document = merged(&margin.document, shown.interior(), cover, &proof.spreads);
    let options = PdfOptions {
        creator: Smart::Custom(Some(crate::TOOL.into())),
        timestamp: Some(Timestamp::new_utc(stamp.datetime())),
        tagged: false,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options)
        .map_err(|errors| errors.iter().map(|e| diag::from_typst(&margin.world, e)).collect())
}

/// Scale of pages of a size.
fn scale(size: Size) -> f64 {
    SCALE.min(ROOM.0 / size.x.to_pt()).min(ROOM.1 / size.y.to_pt())
}

/// The cover in one piece, with its fields.
fn cover_spread(cover: &Book) -> Spread {
    let size = cover.document.pages().first().map(|page| page.frame.size()).unwrap_or_default();
    let scale = SCALE.min(2.0 * ROOM.0 / size.x.to_pt()).min(ROOM.1 / size.y.to_pt());
    let (width, height) = (size.x.to_pt() * scale, size.y.to_pt() * scale);
    let frame = [(SHEET - width) / 2.0, HEAD, width, height];
    let fields = cover.map.pages.first().map(|page| page.fields.as_slice()).unwrap_or_default();
    let note = |field: &Field| (1, HEAD + field.area[1] * scale, field.field.clone());
    Spread { cover: true, frames: vec![frame], notes: fields.iter().map(note).collect(), ..Spread::default() }
}

/// The spreads of the interior with their notes.
fn interior(book: &Book, manuscript: &Manuscript) -> Vec<Spread> {
    let pages = book.document.pages();
    let size = pages.first().map(|page| page.frame.size()).unwrap_or_default();
    let scale = scale(size);
    let (width, height) = (size.x.to_pt() * scale, size.y.to_pt() * scale);
    let left = (SHEET - 2.0 * width) / 2.0;
    let lines = audit::article_lines(book);
    let mut spreads: Vec<Spread> = Vec::new();
    for verso in (0..=pages.len()).step_by(2) {
        let mut spread = Spread { pages: [verso, verso + 1], ..Spread::default() };
        for (side, page) in [verso, verso + 1].into_iter().enumerate() {
            if page == 0 || page > pages.len() {
                spread.pages[side] = 0;
                continue;
            }
            spread.frames.push([left + side as f64 * width, HEAD, width, height]);
            let about = &book.map.pages[page - 1];
            if let Some(id) = &about.person {
                spread.file = Some(format!("data/profiles/{id}.json"));
                let entry = manuscript.entries().iter().find(|entry| entry.id == *id);
                spread.person = entry.map(|entry| entry.profile.name.clone());
            }
            for field in about.fields.iter().filter(|field| field.field != "article") {
                let before = about.fields.iter().take_while(|other| *other != field);
                let same = before.filter(|other| other.field == field.field).count();
                let several = about.fields.iter().filter(|other| other.field == field.field).count() > 1;
                let name = if several { format!("{}[{same}]", field.field) } else { field.field.clone() };
                spread.notes.push((side, HEAD + field.area[1] * scale, name));
            }
            annotate(&mut spread, (side, scale), page, &lines, manuscript);
        }
        if spread.pages != [0, 0] {
            spreads.push(spread);
        }
    }
    spreads
}

/// Numbers the lines of an article and names the paragraph that each begins.
fn annotate(
    spread: &mut Spread,
    (side, scale): (usize, f64),
    page: usize,
    lines: &[ArticleLine],
    manuscript: &Manuscript,
) {
    let mut set = 0;
    for (number, line) in lines.iter().filter(|line| line.page == page).enumerate() {
        let height = HEAD + line.baseline * scale;
        spread.lines.push((side, height, number + 1));
        let entry = manuscript.entries().iter().find(|entry| entry.id == line.person);
        let mut before = 0;
        for (i, paragraph) in entry.iter().flat_map(|entry| &entry.profile.article).enumerate() {
            if before == set {
                spread.notes.push((side, height, format!("article[{i}]")));
            }
            before += paragraph.chars().filter(|c| !c.is_whitespace()).count();
        }
        set += line.text.chars().count();
    }
}

/// Puts the pages of the book, and its cover, under the margins' frames.
fn merged(
    margin: &PagedDocument,
    book: &PagedDocument,
    cover: Option<&Page>,
    spreads: &[Spread],
) -> PagedDocument {
    let mut pages = margin.pages().to_vec();
    for (page, spread) in pages.iter_mut().zip(spreads) {
        let numbers = spread.pages.iter().filter(|number| **number > 0);
        let own = numbers.filter_map(|number| book.pages().get(number - 1));
        let own = cover.filter(|_| spread.cover).into_iter().chain(own);
        for (own, [left, top, width, _]) in own.zip(&spread.frames) {
            let mut frame = own.frame.clone();
            if let Smart::Custom(Some(fill)) = &own.fill {
                frame.fill(fill.clone());
            }
            without_links(&mut frame);
            let scale = Ratio::new(width / own.frame.width().to_pt());
            let transform = Transform::scale(scale, scale);
            let clip = Some(Curve::rect(own.frame.size()));
            let group = GroupItem { transform, clip, ..GroupItem::new(frame) };
            page.frame.prepend(Point::new(Abs::pt(*left), Abs::pt(*top)), FrameItem::Group(group));
        }
    }
    PagedDocument::new(pages.into(), margin.info().clone())
}

/// Links and marks lead into another document.
fn without_links(frame: &mut Frame) {
    frame.retain(|item| match item {
        FrameItem::Link(..) | FrameItem::Tag(_) => false,
        FrameItem::Group(group) => {
            without_links(&mut group.frame);
            true
        }
        _ => true,
    });
}
