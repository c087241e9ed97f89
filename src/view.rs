//! What a template sees: `/data.json`, with lines of display texts broken, and
//! figures split into number and measure word, and `/sheet.json`, what all pages
//! share. Templates only place things.

mod bans;
mod edition;
mod joints;
mod lines;
mod person;

pub(crate) use bans::{may_end, may_start};
pub(crate) use joints::{JOINER, SOFT_HYPHEN, parts};
use rayon::prelude::*;
use serde::Serialize;

use self::edition::EditionView;
use self::person::PersonView;
use crate::check::{Exhibit, Manuscript};
use crate::load::Portrait;
use crate::model::{self, Blanks, Role};
use crate::templates::Contract;

/// The data of a book as templates get it.
#[derive(Debug, Serialize)]
pub(crate) struct View<'a> {
    edition: EditionView<'a>,
    persons: Vec<PersonView<'a>>,
}

/// What of the print shop's sheet a template may see, and how text is set: apart
/// from the data, so that an edit leaves what hangs on it alone.
#[derive(Debug, Serialize)]
pub(crate) struct Sheet<'a> {
    /// Trim and bleed in millimetres.
    trim: model::Size,
    bleed: model::Edges,
    /// Thickness of the spine in millimetres; nothing while it is not known.
    spine: f64,
    /// The page count is a multiple of this; blank pages go there.
    multiple: usize,
    blanks: Blanks,
    /// Names of the papers of interior and cover.
    paper: &'a str,
    cover_paper: &'a str,
    /// Pixels an inch that photographs should have.
    ppi: f64,
    /// Name of the text setting.
    setting: &'a str,
    extra_fonts: Vec<ExtraFontView<'a>>,
}

#[derive(Debug, Serialize)]
struct ExtraFontView<'a> {
    family: &'a str,
    characters: &'a str,
}

/// A photograph as templates place it.
#[derive(Debug, Serialize)]
struct PhotoView<'a> {
    path: String,
    focus: [f64; 2],
    scale: f64,
    /// Size in pixels, upright.
    width: u32,
    height: u32,
    caption: String,
    credit: &'a str,
    role: Role,
    /// What reading aids are told.
    described: &'a str,
}

impl<'a> View<'a> {
    pub(crate) fn new(manuscript: &'a Manuscript, portraits: Portraits) -> Self {
        Self {
            edition: EditionView::new(manuscript, portraits),
            persons: manuscript
                .entries()
                .par_iter()
                .map(|entry| PersonView::new(manuscript, entry, portraits))
                .collect(),
        }
    }

    pub(crate) fn to_json(&self) -> Vec<u8> {
        json(self)
    }
}

impl<'a> Sheet<'a> {
    /// The sheet of a book whose interior has so many pages, as far as that is
    /// known yet.
    pub(crate) fn new(manuscript: &'a Manuscript, pages: Option<usize>) -> Self {
        let press = manuscript.job();
        let spine = pages.and_then(|pages| press.spine(pages));
        let fills_up = manuscript.contract().fills_up;
        Self {
            trim: press.trim,
            bleed: press.bleed,
            spine: spine.map_or(0.0, |spine| spine.0),
            multiple: if fills_up { press.page_multiple } else { 1 },
            blanks: press.blanks,
            paper: &press.paper.name,
            cover_paper: &press.cover.name,
            ppi: press.ppi.warn,
            setting: &manuscript.setting().name,
            extra_fonts: manuscript
                .extras()
                .iter()
                .map(|extra| ExtraFontView { family: &extra.family, characters: &extra.characters })
                .collect(),
        }
    }

    pub(crate) fn to_json(&self) -> Vec<u8> {
        json(self)
    }
}

fn json(view: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec_pretty(view).expect("plain data serialises")
}

impl<'a> PhotoView<'a> {
    fn new(index: usize, exhibit: &'a Exhibit, portraits: Portraits) -> Self {
        let photo = &exhibit.photo;
        Self {
            path: photo_path(index, &exhibit.portrait, portraits),
            focus: photo.focus,
            scale: photo.scale,
            width: exhibit.portrait.width,
            height: exhibit.portrait.height,
            caption: joints::join(&photo.caption, []),
            credit: &photo.credit,
            role: photo.role,
            described: if photo.caption.is_empty() { photo.role.described() } else { &photo.caption },
        }
    }
}

/// The lines of a display text as the contract says: those of the data, or
/// made out of all of them, each broken to the measure.
fn display_lines(text: &[String], field: &str, manuscript: &Manuscript) -> Vec<String> {
    let contract: &Contract = manuscript.contract();
    let Some(em) = contract.em(field, manuscript.job().trim) else { return text.to_vec() };
    let joined = contract.measures.get(field).is_some_and(|measure| measure.join);
    let text = if joined { vec![text.concat()] } else { text.to_vec() };
    text.iter().filter(|line| !line.is_empty()).flat_map(|line| lines::balance(line, em)).collect()
}

/// In which form templates get photographs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portraits {
    /// A stand-in of the same proportions, for our own layout: outputs put the
    /// rendition they need in its place.
    StandIns,
    /// The pictures themselves, for an ejected project.
    Files,
}

/// Where templates find a photograph: a name of our own, so that no name in
/// the data can take the place of another file.
pub(crate) fn photo_path(index: usize, portrait: &Portrait, portraits: Portraits) -> String {
    let extension = match portraits {
        Portraits::StandIns => "svg",
        Portraits::Files if portrait.extension == "jpg" => "jpg",
        Portraits::Files => "png",
    };
    format!("/photos/{}.{extension}", index + 1)
}

const STAND_IN: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"portrait-";

/// The stand-in for the photograph at a place in the gallery.
pub(crate) fn stand_in(index: usize, portrait: &Portrait) -> String {
    format!("{STAND_IN}{index}\" width=\"{}\" height=\"{}\"/>", portrait.width, portrait.height)
}

/// The place in the gallery that a stand-in is for.
pub(crate) fn stand_in_index(svg: &[u8]) -> Option<usize> {
    let rest = std::str::from_utf8(svg).ok()?.strip_prefix(STAND_IN)?;
    rest.split('"').next()?.parse().ok()
}
