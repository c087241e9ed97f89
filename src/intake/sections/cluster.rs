//! Lines beside each other that name one person.

use std::ops::Range;

use super::super::Field;
use super::super::columns::Column;
use super::super::heads::Head;
use super::super::names;

/// What a line is.
#[derive(Debug, Clone)]
pub(in crate::intake) enum Item {
    Head(Head),
    /// A sentence that says who somebody is, and begins the text.
    Opening(Head),
    /// Labels with their values.
    Labels(Vec<(Column, String)>),
    Title,
    Body,
    Break,
    Nothing,
}

/// Lines that name one person.
#[derive(Debug, Clone, Default)]
pub(in crate::intake) struct Cluster {
    /// From the first to the last of them.
    pub(in crate::intake) lines: Range<usize>,
    pub(in crate::intake) name: Option<String>,
    /// The line that has the name.
    pub(in crate::intake) name_at: usize,
    pub(in crate::intake) post: Option<String>,
    pub(in crate::intake) post_at: usize,
    /// Labels with their values, and the lines that they stand in.
    pub(in crate::intake) labels: Vec<(Column, String, usize)>,
    /// Whether the first of the lines is a name alone.
    pub(in crate::intake) name_first: bool,
}

/// The persons that lines name.
pub(super) fn clusters(items: &[Item]) -> Vec<Cluster> {
    let mut found: Vec<Cluster> = Vec::new();
    let mut open = false;
    for (at, item) in items.iter().enumerate() {
        match item {
            Item::Body => open = false,
            Item::Head(head) => {
                let last = found.last_mut().filter(|last| open && fits(last, head));
                match last {
                    Some(last) => join(last, head, at),
                    None => found.push(of_head(head, at)),
                }
                open = true;
            }
            Item::Opening(head) => {
                let known =
                    found.last().is_some_and(|last| last.name == head.name || open && last.name.is_none());
                if known {
                    let Some(last) = found.last_mut() else { continue };
                    let end = last.lines.end;
                    join(last, head, at);
                    last.lines.end = end;
                } else {
                    found.push(Cluster { lines: at..at, ..of_head(head, at) });
                }
                open = false;
            }
            Item::Labels(labels) => {
                let name = labels.iter().find(|(column, _)| *column == Column::Of(Field::Name));
                let begins = name.filter(|(_, value)| !value.is_empty());
                // Labels before the name are of the person that it begins.
                let leads = begins.is_none() && !open && leads_to_name(items, at);
                let fresh = begins.is_some_and(|(_, value)| {
                    found.last().is_none_or(|last| {
                        !open || last.name.as_ref().is_some_and(|name| *name != names::plain(value))
                    })
                });
                if found.is_empty() && begins.is_none() && !leads {
                    continue;
                }
                if fresh || leads {
                    found.push(Cluster { lines: at..at + 1, ..Cluster::default() });
                    open = true;
                }
                let Some(last) = found.last_mut() else { continue };
                for (column, value) in labels {
                    if *column == Column::Of(Field::Name) {
                        (last.name, last.name_at) = (Some(names::plain(value)), at);
                    }
                    last.labels.push((*column, value.clone(), at));
                }
                if open {
                    last.lines.end = at + 1;
                }
            }
            Item::Title | Item::Break | Item::Nothing => {}
        }
    }
    found
}

/// Whether labels are followed by that of a name before any text.
fn leads_to_name(items: &[Item], at: usize) -> bool {
    let name =
        |labels: &[(Column, String)]| labels.iter().any(|(column, _)| *column == Column::Of(Field::Name));
    for item in &items[at + 1..] {
        match item {
            Item::Labels(labels) if name(labels) => return true,
            Item::Body | Item::Head(_) | Item::Opening(_) => return false,
            _ => {}
        }
    }
    false
}

/// Whether a line says more of a person that is being named.
fn fits(cluster: &Cluster, head: &Head) -> bool {
    match (&cluster.name, &head.name) {
        (Some(known), Some(name)) => known == name,
        (Some(_), None) => cluster.post.is_none(),
        (None, Some(_)) => head.post.is_none() || cluster.post.is_none() || cluster.post == head.post,
        (None, None) => false,
    }
}

fn join(cluster: &mut Cluster, head: &Head, at: usize) {
    if cluster.name.is_none() && head.name.is_some() {
        (cluster.name, cluster.name_at) = (head.name.clone(), at);
    }
    if cluster.post.is_none() && head.post.is_some() {
        (cluster.post, cluster.post_at) = (head.post.clone(), at);
    }
    cluster.lines.end = at + 1;
}

fn of_head(head: &Head, at: usize) -> Cluster {
    Cluster {
        lines: at..at + 1,
        name: head.name.clone(),
        name_at: at,
        post: head.post.clone(),
        post_at: at,
        labels: vec![],
        name_first: head.post.is_none(),
    }
}
