//! The files of a template: the embedded ones, each replaced by the project's
//! own `templates/<name>/` file of the same path where there is one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use crate::assets;
use crate::diag::{Code, Diagnostic, Phrase, Place};
use crate::project::Project;

/// Path below the template's folder → text.
pub type TemplateFiles = BTreeMap<String, Cow<'static, [u8]>>;

/// Names of the templates that a project can use, sorted.
pub fn names(project: &Project) -> Vec<String> {
    let mut names: Vec<String> = assets::TEMPLATES
        .iter()
        .filter_map(|(path, _)| path.strip_suffix("/main.typ"))
        .map(Into::into)
        .collect();
    names.extend(project.folders("templates").unwrap_or_default());
    names.sort();
    names.dedup();
    names
}

/// Endings of the files that a template may have.
const ENDINGS: [&str; 6] = [".typ", ".png", ".jpg", ".jpeg", ".webp", ".svg"];

/// The files of one template.
///
/// # Errors
/// A finding when one of the project's own files cannot be read.
pub fn files(project: &Project, name: &str) -> Result<TemplateFiles, Box<Diagnostic>> {
    let prefix = format!("{name}/");
    let embedded =
        assets::TEMPLATES.iter().filter_map(|(path, bytes)| Some((path.strip_prefix(&prefix)?, *bytes)));
    let mut files: TemplateFiles =
        embedded.map(|(path, bytes)| (path.to_owned(), Cow::Borrowed(bytes))).collect();
    for folder in ["", "lib/"] {
        let dir = format!("templates/{name}/{folder}");
        let own = project.list(&dir, "").map_err(|error| unreadable(&dir, &error))?;
        for file in own.iter().filter(|file| ENDINGS.iter().any(|ending| file.ends_with(ending))) {
            let path = format!("{dir}{file}");
            let bytes = project.read(&path).map_err(|error| unreadable(&path, &error))?;
            files.insert(format!("{folder}{file}"), Cow::Owned(bytes));
        }
    }
    Ok(files)
}

fn unreadable(path: &str, error: &io::Error) -> Box<Diagnostic> {
    let problem = Phrase::Io(error.kind(), error.to_string());
    let place = Place::new(path, "", 0..0);
    Box::new(Diagnostic::new(Code::FileUnreadable).at(Some(place)).arg("file", path).arg("problem", problem))
}
