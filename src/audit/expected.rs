//! What has to stand on paper of each field of the data, as one text without
//! spaces: alternatives where a template may choose.

use crate::model::{Booklet, Photo, Profile};
use crate::view::{JOINER, SOFT_HYPHEN};

/// A text that stands on paper, and the slots that hold it.
#[derive(Clone)]
pub(super) struct Expected {
    /// Name of the slot, and path of the field.
    pub(super) field: String,
    /// The text, in one of these ways.
    pub(super) texts: Vec<String>,
}

/// A text as it is compared: without spaces, joiners and the hyphens at the ends
/// of lines.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && ![JOINER, SOFT_HYPHEN].contains(c)).collect()
}

fn one(field: &str, text: impl AsRef<str>) -> Vec<Expected> {
    several(field, vec![text.as_ref().to_owned()])
}

fn several(field: &str, texts: Vec<String>) -> Vec<Expected> {
    let mut texts: Vec<String> =
        texts.iter().map(|text| plain(text)).filter(|text| !text.is_empty()).collect();
    texts.dedup();
    if texts.is_empty() { vec![] } else { vec![Expected { field: field.to_owned(), texts }] }
}

/// What a slot or an entry of the contract prints of a person; nothing for
/// what the person does not have.
pub(super) fn of_person(field: &str, profile: &Profile, booklet: &Booklet) -> Vec<Expected> {
    if field.contains('+') {
        let parts = field.split('+').flat_map(|part| of_person(part, profile, booklet));
        let text: String = parts.filter_map(|part| part.texts.into_iter().next()).collect();
        return one(field, text);
    }
    let post = &profile.post;
    match field {
        "name" => one(field, &profile.name),
        "headline" => one(field, profile.headline.concat()),
        "post" => one(field, profile.post.parts().map(|(_, part)| part).collect::<String>()),
        "post.district" => one(field, &post.district),
        "post.street" => one(field, &post.street),
        "post.community" => one(field, &post.community),
        "post.role" => one(field, &post.role),
        "quote" => one(field, profile.quote.as_deref().unwrap_or_default()),
        "article" => one(field, profile.article.concat()),
        "figures" => {
            let figures = || profile.figures.iter();
            let first = figures().map(|f| format!("{}{}", f.value, f.label)).collect();
            several(field, vec![first, figures().map(|f| format!("{}{}", f.label, f.value)).collect()])
        }
        "honours" => honours(field, profile, booklet),
        "honours.community" => one(field, profile.honours.community.concat()),
        "honours.personal" => one(field, profile.honours.personal.concat()),
        "photo" => words("photo.caption", profile.photo.as_ref()),
        "photos" => photos(&profile.photos),
        "extra" => {
            let fields = profile.extra.iter();
            fields.flat_map(|(key, value)| one(&format!("extra.{key}"), value)).collect()
        }
        _ => match field.strip_prefix("extra.") {
            Some(key) => one(field, profile.extra.get(key).map_or("", String::as_str)),
            None => vec![],
        },
    }
}

/// The same of the edition.
pub(super) fn of_edition(field: &str, booklet: &Booklet) -> Vec<Expected> {
    match field {
        "series" => one(field, &booklet.series),
        "title" => one(field, booklet.title.concat()),
        "subtitle" => one(field, booklet.subtitle.concat()),
        "back" => one(field, booklet.back.concat()),
        "facts" => {
            let facts = |joint: &str| {
                booklet.facts.iter().map(|f| format!("{}{joint}{}", f.label, f.value)).collect::<String>()
            };
            several(field, vec![facts(""), facts("：")])
        }
        "sections" => {
            let sections = booklet.sections.iter().enumerate().map(|(i, section)| {
                let part = |name: &str, text: String| one(&format!("sections[{i}].{name}"), text);
                [
                    part("title", section.title.clone()),
                    part("paragraphs", section.paragraphs.concat()),
                    part("signature", section.signature.concat()),
                ]
                .concat()
            });
            sections.flatten().collect()
        }
        "groups" => {
            let groups = booklet.groups.iter().enumerate();
            groups.flat_map(|(i, group)| one(&format!("groups[{i}].title"), &group.title)).collect()
        }
        "past" => {
            let rounds = booklet.past.iter().enumerate().map(|(i, round)| {
                let persons =
                    round.persons.iter().map(|p| format!("{}{}", p.name, p.post)).collect::<String>();
                [one(&format!("past[{i}].title"), &round.title), one(&format!("past[{i}].persons"), persons)]
                    .concat()
            });
            rounds.flatten().collect()
        }
        "edition.photos" => photos(&booklet.photos),
        _ => vec![],
    }
}

/// Honours with what their kinds are called, or without.
fn honours(field: &str, profile: &Profile, booklet: &Booklet) -> Vec<Expected> {
    let kinds = [
        (&booklet.labels.community, &profile.honours.community),
        (&booklet.labels.personal, &profile.honours.personal),
    ];
    let kinds = || kinds.iter().filter(|(_, honours)| !honours.is_empty());
    let named = kinds().map(|(label, honours)| format!("{label}{}", honours.concat())).collect();
    several(field, vec![named, kinds().map(|(_, honours)| honours.concat()).collect()])
}

fn photos(photos: &[Photo]) -> Vec<Expected> {
    let photos = photos.iter().enumerate();
    photos.flat_map(|(i, photo)| words(&format!("photos[{i}].caption"), Some(photo))).collect()
}

/// The words of a photograph: what it shows, and who took it.
fn words(field: &str, photo: Option<&Photo>) -> Vec<Expected> {
    photo.map_or(vec![], |photo| one(field, format!("{}{}", photo.caption, photo.credit)))
}
