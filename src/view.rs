//! What a template sees: `/data.json`, with the page plan worked out, lines of
//! headlines and quotes broken, and figures split into number and measure
//! word. Templates only place things.

mod joints;
mod lines;

pub(crate) use joints::{JOINER, continues_number};
use rayon::prelude::*;
use serde::Serialize;

use crate::check::{Entry, Manuscript};
use crate::load::Portrait;
use crate::model::{self, Blanks, Fact, Honours, Post, Setting};

/// Contents entries on a page.
const ENTRIES_A_PAGE: usize = 5;
/// Widest line of a headline, in em of its size.
const HEADLINE_EM: f64 = 16.0;
/// Widest line of a quote, in em of its size.
const QUOTE_EM: f64 = 19.0;

/// The data of a book as templates get it.
#[derive(Debug, Serialize)]
pub(crate) struct View<'a> {
    edition: Edition<'a>,
    /// Persons of each page of contents, by index.
    contents: Vec<Vec<usize>>,
    persons: Vec<PersonView<'a>>,
    /// Blank pages that make up the count.
    blanks: BlankPages,
    extra_fonts: Vec<ExtraFontView<'a>>,
    /// Trim and bleed in millimetres.
    sheet: SheetView,
}

#[derive(Debug, Default, Serialize)]
struct BlankPages {
    after_title: usize,
    before_colophon: usize,
    end: usize,
}

#[derive(Debug, Serialize)]
struct SheetView {
    trim: model::Size,
    bleed: model::Edges,
    /// Thickness of the spine; nothing while it is not known.
    spine: f64,
}

#[derive(Debug, Serialize)]
struct ExtraFontView<'a> {
    family: &'a str,
    characters: &'a str,
}

#[derive(Debug, Serialize)]
struct Edition<'a> {
    series: &'a str,
    title: &'a [String],
    subtitle: &'a [String],
    full_title: String,
    setting: Setting,
    facts: &'a [Fact],
}

#[derive(Debug, Serialize)]
struct PersonView<'a> {
    id: &'a str,
    name: &'a str,
    /// The name on one line, or on two broken at a separator dot.
    name_lines: Vec<String>,
    /// The name as it stands in the article, with joiners.
    name_joined: String,
    /// Family that the whole name is set in when a character needs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    name_font: Option<&'a str>,
    monogram: &'a str,
    /// Physical page of the verso.
    page: usize,
    headline: Vec<String>,
    post: &'a Post,
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<PhotoView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<Vec<String>>,
    figures: Vec<FigureView<'a>>,
    article: Vec<String>,
    honours: &'a Honours,
}

#[derive(Debug, Serialize)]
struct PhotoView {
    path: String,
    focus: [f64; 2],
}

#[derive(Debug, Serialize)]
struct FigureView<'a> {
    number: &'a str,
    unit: &'a str,
    label: &'a str,
}

impl<'a> View<'a> {
    pub(crate) fn new(manuscript: &'a Manuscript, portraits: Portraits) -> Self {
        let booklet = manuscript.booklet();
        let indices: Vec<_> = (0..manuscript.entries().len()).collect();
        let mut contents: Vec<Vec<usize>> = indices.chunks(ENTRIES_A_PAGE).map(Into::into).collect();
        if contents.len() % 2 == 1 {
            contents.push(vec![]);
        }
        // Title, contents, spreads, colophon.
        let pages = 2 + contents.len() + 2 * manuscript.entries().len();
        let persons = manuscript.entries().par_iter().enumerate();
        let press = manuscript.job();
        let interior = pages.next_multiple_of(press.page_multiple);
        let mut blanks = BlankPages::default();
        *(match press.blanks {
            Blanks::AfterTitle => &mut blanks.after_title,
            Blanks::BeforeColophon => &mut blanks.before_colophon,
            Blanks::End => &mut blanks.end,
        }) = interior - pages;
        let first = 2 + blanks.after_title + contents.len();
        Self {
            edition: Edition {
                series: &booklet.series,
                title: &booklet.title,
                subtitle: &booklet.subtitle,
                full_title: booklet.full_title(),
                setting: booklet.setting,
                facts: &booklet.facts,
            },
            contents,
            persons: persons
                .map(|(i, entry)| PersonView::new(manuscript, entry, first + 2 * i, portraits))
                .collect(),
            blanks,
            extra_fonts: manuscript
                .extras()
                .iter()
                .map(|extra| ExtraFontView { family: &extra.family, characters: &extra.characters })
                .collect(),
            sheet: SheetView {
                trim: press.trim,
                bleed: press.bleed,
                spine: press.spine(interior).map_or(0.0, |spine| spine.0),
            },
        }
    }

    pub(crate) fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).expect("plain data serialises")
    }
}

impl<'a> PersonView<'a> {
    fn new(manuscript: &'a Manuscript, entry: &'a Entry, page: usize, portraits: Portraits) -> Self {
        let Entry { id, profile, .. } = entry;
        let extras = manuscript.extras();
        let listed = &manuscript.booklet().keep_together;
        let phrases = || listed.iter().chain([&profile.name]).map(String::as_str);
        Self {
            id,
            name: &profile.name,
            name_lines: lines::name(&profile.name),
            name_joined: joints::join(&profile.name, [profile.name.as_str()]),
            name_font: extras
                .iter()
                .find(|extra| profile.name.contains(|c| extra.characters.contains(c)))
                .map(|extra| extra.family.as_str()),
            monogram: model::monogram(&profile.name),
            page,
            headline: profile.headline.iter().flat_map(|line| lines::balance(line, HEADLINE_EM)).collect(),
            post: &profile.post,
            photo: profile.photo.as_ref().zip(entry.photo.as_ref()).map(|(photo, portrait)| PhotoView {
                path: photo_path(id, portrait, portraits),
                focus: photo.focus,
            }),
            quote: profile.quote.as_ref().map(|quote| lines::balance(quote, QUOTE_EM)),
            figures: profile.figures.iter().map(|f| FigureView::new(&f.value, &f.label)).collect(),
            article: profile.article.iter().map(|p| joints::join(p, phrases())).collect(),
            honours: &profile.honours,
        }
    }
}

impl<'a> FigureView<'a> {
    fn new(value: &'a str, label: &'a str) -> Self {
        let digits = value.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(value.len());
        let (number, unit) = value.split_at(digits);
        Self { number, unit, label }
    }
}

/// In which form templates get portraits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portraits {
    /// A stand-in of the same proportions, for our own layout: outputs put the
    /// rendition they need in its place.
    StandIns,
    /// The pictures themselves, for an ejected project.
    Files,
}

/// Where templates find a portrait: a name of our own, so that no name in the
/// data can take the place of another file.
pub(crate) fn photo_path(id: &str, portrait: &Portrait, portraits: Portraits) -> String {
    let extension = match portraits {
        Portraits::StandIns => "svg",
        Portraits::Files if portrait.extension == "jpg" => "jpg",
        Portraits::Files => "png",
    };
    format!("/portraits/{id}.{extension}")
}

const STAND_IN: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"portrait-";

/// The stand-in for the portrait of the person at a place in the order.
pub(crate) fn stand_in(index: usize, portrait: &Portrait) -> String {
    format!("{STAND_IN}{index}\" width=\"{}\" height=\"{}\"/>", portrait.width, portrait.height)
}

/// The place in the order that a stand-in is for.
pub(crate) fn stand_in_index(svg: &[u8]) -> Option<usize> {
    let rest = std::str::from_utf8(svg).ok()?.strip_prefix(STAND_IN)?;
    rest.split('"').next()?.parse().ok()
}
