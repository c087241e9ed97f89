//! One person as templates see them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{PhotoView, Portraits, display_lines, joints, lines};
use crate::check::{Entry, Manuscript};
use crate::model::{self, Honours, Post};

#[derive(Debug, Serialize)]
pub(super) struct PersonView<'a> {
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
    headline: Vec<String>,
    post: &'a Post,
    /// District and street, unit and role, broken to the measure.
    post_lines: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    photo: Option<PhotoView<'a>>,
    photos: Vec<PhotoView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<Vec<String>>,
    figures: Vec<FigureView<'a>>,
    article: Vec<String>,
    honours: &'a Honours,
    extra: &'a BTreeMap<String, String>,
    /// Title of the chapter.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    /// Place of the chapter that begins here.
    #[serde(skip_serializing_if = "Option::is_none")]
    opens: Option<usize>,
}

#[derive(Debug, Serialize)]
struct FigureView<'a> {
    number: &'a str,
    unit: &'a str,
    label: &'a str,
}

impl<'a> PersonView<'a> {
    pub(super) fn new(manuscript: &'a Manuscript, entry: &'a Entry, portraits: Portraits) -> Self {
        let Entry { id, profile, .. } = entry;
        let extras = manuscript.extras();
        let listed = &manuscript.booklet().keep_together;
        let phrases = || listed.iter().chain([&profile.name]).map(String::as_str);
        let post = &profile.post;
        let post_lines =
            [format!("{}{}", post.district, post.street), format!("{}{}", post.community, post.role)];
        let quote = profile.quote.as_ref().map(std::slice::from_ref);
        let (photo, photos) =
            manuscript.exhibits_of(Some(id)).partition::<Vec<_>, _>(|(_, e)| e.field == "photo");
        let shown = |(index, exhibit)| PhotoView::new(index, exhibit, portraits);
        let chapter = manuscript.chapter_of(id);
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
            headline: display_lines(&profile.headline, "headline", manuscript),
            post,
            post_lines: display_lines(&post_lines, "post", manuscript),
            photo: photo.into_iter().next().map(shown),
            photos: photos.into_iter().map(shown).collect(),
            quote: quote.map(|quote| display_lines(quote, "quote", manuscript)),
            figures: profile.figures.iter().map(|f| FigureView::new(&f.value, &f.label)).collect(),
            article: profile.article.iter().map(|p| joints::join(p, phrases())).collect(),
            honours: &profile.honours,
            extra: &profile.extra,
            group: chapter.map(|(_, group)| group.title.as_str()),
            opens: chapter.filter(|(_, group)| group.first == *id).map(|(place, _)| place),
        }
    }
}

impl<'a> FigureView<'a> {
    fn new(value: &'a str, label: &'a str) -> Self {
        let number = |c: char| c.is_ascii_digit() || ".,".contains(c);
        // 3 862 is one number (GB/T 15835-2011, 5.1.1).
        let inner =
            |at: usize, c: char| c == ' ' && value[at + 1..].starts_with(|c: char| c.is_ascii_digit());
        let other = value.char_indices().find(|(at, c)| !number(*c) && !inner(*at, *c));
        let digits = other.map_or(value.len(), |(at, _)| at);
        let (number, unit) = value.split_at(digits);
        Self { number, unit, label }
    }
}
