//! The edition as templates see it.

use serde::Serialize;

use super::{PhotoView, Portraits, display_lines, joints};
use crate::check::Manuscript;
use crate::model::{Fact, Labels, Position, Round};

#[derive(Debug, Serialize)]
pub(super) struct EditionView<'a> {
    series: &'a str,
    title: &'a [String],
    subtitle: Vec<String>,
    full_title: String,
    facts: &'a [Fact],
    sections: Vec<SectionView<'a>>,
    groups: Vec<GroupView<'a>>,
    past: &'a [Round],
    photos: Vec<PhotoView<'a>>,
    back: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    emblem: Option<EmblemView>,
    labels: &'a Labels,
}

#[derive(Debug, Serialize)]
struct SectionView<'a> {
    /// Place among the sections, from 0.
    index: usize,
    title: &'a str,
    paragraphs: Vec<String>,
    signature: &'a [String],
    place: Position,
}

#[derive(Debug, Serialize)]
struct GroupView<'a> {
    /// Place among the groups, from 0.
    index: usize,
    title: &'a str,
    /// Its persons, by place in the book's order.
    members: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct EmblemView {
    path: String,
    described: &'static str,
}

impl<'a> EditionView<'a> {
    pub(super) fn new(manuscript: &'a Manuscript, portraits: Portraits) -> Self {
        let booklet = manuscript.booklet();
        let phrases = || booklet.keep_together.iter().map(String::as_str);
        let joined = |paragraphs: &[String]| paragraphs.iter().map(|p| joints::join(p, phrases())).collect();
        let members = |place| {
            let entries = manuscript.entries().iter().enumerate();
            let inside =
                entries.filter(|(_, e)| manuscript.chapter_of(&e.id).is_some_and(|(at, _)| at == place));
            inside.map(|(i, _)| i).collect()
        };
        Self {
            series: &booklet.series,
            title: &booklet.title,
            subtitle: display_lines(&booklet.subtitle, "subtitle", manuscript),
            full_title: booklet.full_title(),
            facts: &booklet.facts,
            sections: booklet
                .sections
                .iter()
                .enumerate()
                .map(|(index, section)| SectionView {
                    index,
                    title: &section.title,
                    paragraphs: joined(&section.paragraphs),
                    signature: &section.signature,
                    place: section.place,
                })
                .collect(),
            groups: booklet
                .groups
                .iter()
                .enumerate()
                .map(|(index, group)| GroupView { index, title: &group.title, members: members(index) })
                .collect(),
            past: &booklet.past,
            photos: manuscript
                .exhibits_of(None)
                .map(|(index, exhibit)| PhotoView::new(index, exhibit, portraits))
                .collect(),
            back: &booklet.back,
            emblem: manuscript.emblem().map(|emblem| EmblemView { path: emblem.path(), described: "徽标" }),
            labels: &booklet.labels,
        }
    }
}
