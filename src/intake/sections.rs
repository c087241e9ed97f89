//! A text cut into the parts of its persons.

mod cluster;
mod titles;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use self::cluster::{Cluster, Item, clusters};
use self::titles::Habit;
pub(super) use self::titles::headline;
use super::heads::Heads;
use super::labels::labels;
use super::line::{Line, Look, ends_paragraph, of_contents};

/// The part of a person.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    /// Lines that name the person, and what they say.
    pub(super) cluster: Cluster,
    /// Lines of the headline.
    pub(super) titles: Vec<usize>,
    /// Lines of the article.
    pub(super) body: Vec<usize>,
}

/// A text, cut.
#[derive(Debug, Default)]
pub(super) struct Cut {
    pub(super) sections: Vec<Section>,
    /// Lines before the first person.
    pub(super) front: Vec<usize>,
    /// Lines that are no text: contents, page numbers.
    pub(super) furniture: Vec<usize>,
}

/// Cuts the lines of a document.
pub(super) fn cut(lines: &[Line], heads: &Heads) -> Cut {
    let mut furniture = contents(lines);
    furniture.extend(running_heads(lines, heads));
    let furniture = |at: usize| furniture.contains(&at) || lines[at].look == Look::Furniture;
    let item = |(at, line): (usize, &Line)| match line.look {
        _ if furniture(at) => Item::Nothing,
        Look::Blank | Look::Furniture => Item::Nothing,
        Look::Break => Item::Break,
        Look::Title | Look::Body => {
            let labels = labels(&line.text);
            if !labels.is_empty() && !line.boxed {
                return Item::Labels(labels);
            }
            match heads.of(line) {
                Some(head) => Item::Head(head),
                None if line.look == Look::Title => Item::Title,
                None => heads.opening(line).map_or(Item::Body, Item::Opening),
            }
        }
    };
    let items: Vec<Item> = lines.iter().enumerate().map(item).collect();
    let found = clusters(&items);
    let found = without_mentions(found, &items);
    let habit = Habit::of(&found, &items, &|at| super::book::is_of_book(&lines[at].text));
    let mut cut = Cut {
        furniture: (0..lines.len()).filter(|at| furniture(*at) && !lines[*at].text.is_empty()).collect(),
        ..Cut::default()
    };
    let mut last_end = 0;
    let count = found.len();
    for (i, cluster) in found.iter().enumerate() {
        let next = found.get(i + 1);
        let titles = habit.titles(i, &found, &items);
        let first = titles.iter().copied().chain(cluster.lines.clone()).min().unwrap_or(last_end);
        let before: Vec<usize> = (last_end..first).filter(|at| text(&items[*at])).collect();
        match cut.sections.last_mut() {
            Some(section) => section.body.extend(before),
            None => cut.front.extend(before),
        }
        let end = next.map_or(items.len(), |next| next.lines.start);
        let last_title = titles.iter().copied().max().map_or(0, |at| at + 1);
        let from = cluster.lines.end.max(last_title);
        // Titles right before the next person are looked at in its turn.
        let stop = if i + 1 < count { group_start(&items, end).max(from) } else { end };
        let between = (cluster.lines.end..from).filter(|at| text(&items[*at]) && !titles.contains(at));
        let body: Vec<usize> = between.chain((from..stop).filter(|at| text(&items[*at]))).collect();
        cut.sections.push(Section { cluster: cluster.clone(), titles, body });
        last_end = stop;
    }
    if count == 0 {
        cut.front = (0..items.len()).filter(|at| text(&items[*at])).collect();
    }
    cut
}

/// Whether an item is text of somebody.
fn text(item: &Item) -> bool {
    matches!(item, Item::Title | Item::Body | Item::Head(_) | Item::Opening(_))
}

/// Where the run of titles that ends before a line starts.
fn group_start(items: &[Item], end: usize) -> usize {
    let start =
        (0..end).rev().find(|at| matches!(items[*at], Item::Body | Item::Opening(_) | Item::Labels(_)));
    start.map_or(0, |at| at + 1)
}

/// Short lines that come again and again, page for page.
fn running_heads(lines: &[Line], heads: &Heads) -> Vec<usize> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.look == Look::Title) {
        let letters: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
        places.entry(letters).or_default().push(at);
    }
    // They part what belongs together; a subheading that many have does not.
    let parts = |at: usize| {
        let before = lines[..at].iter().rev().find(|line| matches!(line.look, Look::Title | Look::Body));
        before.is_some_and(|before| before.look == Look::Body && !ends_paragraph(&before.text))
    };
    let again = |at: &Vec<usize>| {
        let parting = at.iter().filter(|at| parts(**at)).count();
        at.len() > 2
            && 2 * parting >= at.len()
            && heads.of(&lines[at[0]]).is_none()
            && labels(&lines[at[0]].text).is_empty()
    };
    places.into_values().filter(again).flatten().collect()
}

/// Lines of a table of contents: two or more beside each other.
fn contents(lines: &[Line]) -> HashSet<usize> {
    let texts: Vec<usize> = (0..lines.len()).filter(|at| !lines[*at].text.is_empty()).collect();
    let entry = |at: &usize| of_contents(&lines[*at].text).is_some();
    let mut found = HashSet::new();
    let mut run: Vec<usize> = Vec::new();
    for at in texts.iter().chain(std::iter::once(&usize::MAX)) {
        if *at != usize::MAX && entry(at) {
            run.push(*at);
        } else {
            if run.len() > 1 {
                found.extend(run.iter().copied());
            }
            run.clear();
        }
    }
    let heading =
        |at: &usize| lines[*at].text.chars().filter(|c| !c.is_whitespace()).collect::<String>() == "目录";
    found.extend(texts.iter().copied().filter(heading));
    found
}

/// Persons that are only listed, with no text behind them, and have their part
/// elsewhere, are no parts.
fn without_mentions(found: Vec<Cluster>, items: &[Item]) -> Vec<Cluster> {
    let bodies: Vec<bool> = (0..found.len()).map(|i| has_body(&found, i, items)).collect();
    let listed = |i: usize| {
        // The last of a list has the text behind the list.
        let beside = i >= 2 && !bodies[i - 1] && !bodies[i - 2];
        !bodies[i] || beside
    };
    let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, cluster) in found.iter().enumerate() {
        by_name.entry(cluster.name.as_deref().unwrap_or_default()).or_default().push(i);
    }
    let same = |i: usize| by_name.get(found[i].name.as_deref()?);
    let elsewhere = |i: usize| {
        let others = same(i).into_iter().flatten().copied();
        others.filter(|other| *other != i && bodies[*other]).any(|other| !(listed(other) && other < i))
    };
    let keep: Vec<bool> = (0..found.len()).map(|i| !(listed(i) && elsewhere(i))).collect();
    found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(cluster, _)| cluster).collect()
}

/// Whether there is text between a person and the next.
fn has_body(found: &[Cluster], i: usize, items: &[Item]) -> bool {
    let range: Range<usize> =
        found[i].lines.end..found.get(i + 1).map_or(items.len(), |next| next.lines.start);
    items[range].iter().any(|item| matches!(item, Item::Body | Item::Opening(_)))
}
