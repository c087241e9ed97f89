//! The files of a template: the embedded ones, each replaced by the project's
//! own `templates/<name>/` file of the same path where there is one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use crate::assets;
use crate::project::Project;

/// Path below the template's folder → text.
pub type Files = BTreeMap<String, Cow<'static, [u8]>>;

/// Names of the templates that a project can use, sorted.
pub fn names(project: &Project) -> Vec<String> {
    let mut names: Vec<String> = assets::TEMPLATES
        .iter()
        .filter_map(|(path, _)| path.strip_suffix("/main.typ"))
        .map(Into::into)
        .collect();
    if let Ok(own) = project.list("templates", "") {
        names.extend(own.into_iter().filter(|name| project.has_folder(&format!("templates/{name}"))));
    }
    names.sort();
    names.dedup();
    names
}

/// The files of one template.
///
/// # Errors
/// When one of the project's own files cannot be read.
pub fn files(project: &Project, name: &str) -> io::Result<Files> {
    let prefix = format!("{name}/");
    let embedded =
        assets::TEMPLATES.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(&prefix)?, *bytes)));
    let mut files: Files = embedded.map(|(path, bytes)| (path.to_owned(), Cow::Borrowed(bytes))).collect();
    for folder in ["", "lib/"] {
        let dir = format!("templates/{name}/{folder}");
        for extension in [".typ", ".png", ".jpg", ".jpeg", ".webp", ".svg"] {
            for file in project.list(&dir, extension)? {
                let bytes = project.read(&format!("{dir}{file}"))?;
                files.insert(format!("{folder}{file}"), Cow::Owned(bytes));
            }
        }
    }
    Ok(files)
}
