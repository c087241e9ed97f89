//! Books of any size: the ten persons again and again, their numbers counted
//! up, so that no two layouts are alike and all evidence still holds.

use super::{Project, profiles};

/// A project with `count` persons.
pub(crate) fn project(count: usize) -> Project {
    let project = Project::first_edition();
    let persons = profiles();
    let mut order = Vec::new();
    for i in 0..count {
        let (id, profile) = &persons[i % persons.len()];
        let id = format!("{id}-{i}");
        let text = count_up(&profile.to_string(), i / persons.len());
        project.write(&format!("data/profiles/{id}.json"), text);
        order.push(id);
    }
    for (id, _) in &persons {
        std::fs::remove_file(project.path(&format!("data/profiles/{id}.json"))).expect("the original goes");
    }
    project.edit("data/booklet.json", |booklet| {
        booklet["order"] = order.into();
        booklet["checks"] = serde_json::json!([]);
        booklet.as_object_mut().expect("an object").remove("source");
    });
    project
}

/// Adds `by` to every number of a text.
fn count_up(text: &str, by: usize) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[start..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |n| start + n);
        let number: usize = rest[start..digits].parse().expect("a number");
        out += &rest[..start];
        out += &(number + by).to_string();
        rest = &rest[digits..];
    }
    out + rest
}
