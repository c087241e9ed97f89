//! The pages of two books, and their covers, beside each other.

use std::collections::{BTreeMap, BTreeSet};

use super::{Changes, PageChange, PageState, causes};
use crate::fingerprint::Fingerprint;
use crate::report::Snapshot;
use crate::typeset::PageUse;

/// What makes two pages the same place in a book: whose they are, of what
/// kind, and the how many-th of that kind.
pub(super) type Key<'a> = (Option<&'a str>, &'a str, usize);

fn keys(book: &Snapshot) -> Vec<Key<'_>> {
    let mut seen: BTreeMap<(Option<&str>, &str), usize> = BTreeMap::new();
    let pages = book.page_map.pages.iter().map(|page| {
        let nth = seen.entry((page.person.as_deref(), &page.kind)).or_default();
        *nth += 1;
        (page.person.as_deref(), page.kind.as_str(), *nth)
    });
    pages.collect()
}

pub(super) fn pages(old: &Snapshot, new: &Snapshot, changes: &Changes) -> Vec<PageChange> {
    let (old_surfaces, new_surfaces) = (surfaces(old), surfaces(new));
    let places: BTreeMap<Key, &Surface> = old_surfaces.iter().map(|surface| (surface.key, surface)).collect();
    let kept: BTreeSet<Key> = new_surfaces.iter().map(|surface| surface.key).collect();
    let around = old.around != new.around;
    let mut found = Vec::new();
    for surface in &new_surfaces {
        found.push(compare(places.get(&surface.key).copied(), surface, around, changes));
    }
    for surface in old_surfaces.iter().filter(|surface| !kept.contains(&surface.key)) {
        let state = PageState::Removed;
        let expected = causes::accounted(&surface.key, &[surface.page], state, false, changes);
        let (kind, person) = named(&surface.key);
        found.push(PageChange {
            old: Some(surface.number),
            new: None,
            kind,
            person,
            state,
            plate: false,
            expected,
        });
    }
    found
}

/// The kind of the cover.
pub(super) const COVER: &str = "cover";

/// A page, or the cover as a whole.
struct Surface<'a> {
    key: Key<'a>,
    /// From 1; the cover has 0.
    number: usize,
    page: &'a PageUse,
    print: &'a Fingerprint,
    /// Its pictures as they were plated, if they were.
    rendition: Option<&'a str>,
}

fn surfaces(book: &Snapshot) -> Vec<Surface<'_>> {
    let rendition = |number| {
        let made = book.renditions.as_ref()?;
        Some(made.iter().find(|(page, _)| *page == number).map_or("", |(_, print)| print.as_str()))
    };
    let pages = keys(book).into_iter().zip(&book.page_map.pages).zip(&book.fingerprints).enumerate();
    let pages = pages.map(|(i, ((key, page), print))| Surface {
        key,
        number: i + 1,
        page,
        print,
        rendition: rendition(i + 1),
    });
    let cover = book.page_map.cover.as_ref().zip(book.cover.as_ref());
    let cover = cover.map(|(page, print)| Surface {
        key: (None, COVER, 0),
        number: 0,
        page,
        print,
        rendition: book.cover_rendition.as_deref(),
    });
    cover.into_iter().chain(pages).collect()
}

fn compare(was: Option<&Surface>, is: &Surface, around: bool, changes: &Changes) -> PageChange {
    let state = match was {
        None => PageState::Added,
        Some(was) if was.number == is.number && was.print.page == is.print.page => PageState::Identical,
        Some(was) if was.number != is.number && was.print.content == is.print.content => PageState::Moved,
        Some(_) => PageState::Changed,
    };
    let plate = was.is_none_or(|was| {
        let pictures = match (was.rendition, is.rendition) {
            (Some(was), Some(is)) => was != is,
            _ => was.print.pictures != is.print.pictures,
        };
        around || was.number != is.number || was.print.plate != is.print.plate || pictures
    });
    let uses: Vec<&PageUse> = was.iter().map(|was| was.page).chain([is.page]).collect();
    let expected = causes::accounted(&is.key, &uses, state, plate, changes);
    let (kind, person) = named(&is.key);
    PageChange { old: was.map(|was| was.number), new: Some(is.number), kind, person, state, plate, expected }
}

fn named(key: &Key) -> (String, Option<String>) {
    (key.1.to_owned(), key.0.map(ToOwned::to_owned))
}
