//! The files of a template: those that all templates share, the embedded ones
//! of its name, and over both the project's own files of the same paths.

mod contract;
mod schema;
mod sound;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use typst::text::FontInfo;

use crate::assets;
use crate::diag::{self, Code, Diagnostic, Phrase, Place};
use crate::project::Project;

pub use contract::{
    Contract, ExtraField, Makes, Measure, Pages, Sizes, Stands, Start, TextSetting, Times, Title,
};
pub(crate) use contract::{OF_EDITION, OF_PERSON};
pub use schema::profile_schema;

/// Path from the root of the template → bytes.
pub type TemplateFiles = BTreeMap<String, Cow<'static, [u8]>>;

/// The folder of what all templates share, in the embedded folder, in a
/// project's, and in a template.
const COMMON: &str = "common";
/// The file of the contract.
pub(crate) const CONTRACT: &str = "template.json";
/// The template of a book that names none, whose contract also stands in for
/// one that cannot be read.
const FIRST: &str = "spread";
/// Endings of the files that a template may have.
const ENDINGS: [&str; 13] = [
    ".typ", ".json", ".txt", ".csv", ".toml", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".pdf", ".otf",
    ".ttf",
];
/// Deepest folder and most files of a project's own template.
const DEPTH: usize = 8;
const MOST: usize = 2_000;

/// A template as a book is made with it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Template {
    /// Its name.
    pub name: String,
    /// What it agrees on.
    pub contract: Contract,
    /// Its files.
    pub files: TemplateFiles,
    /// Paths of the files that are the project's own, below the template.
    pub own: BTreeMap<String, String>,
    /// What is wrong with it.
    pub found: Vec<Diagnostic>,
}

/// Names of the templates that a project can use, sorted.
pub fn names(project: &Project) -> Vec<String> {
    let mut names = embedded();
    names.extend(project.folders("templates").unwrap_or_default());
    names.retain(|name| name != COMMON);
    names.sort();
    names.dedup();
    names
}

/// Names of the embedded templates, sorted.
pub fn embedded() -> Vec<String> {
    let contracts = assets::TEMPLATES.iter().filter_map(|(path, _)| path.strip_suffix("/template.json"));
    contracts.map(Into::into).collect()
}

/// The embedded files of a folder of templates, by path below it.
pub fn embedded_files(folder: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let prefix = format!("{folder}/");
    assets::TEMPLATES.iter().filter_map(move |(path, bytes)| Some((path.strip_prefix(&prefix)?, *bytes)))
}

impl Template {
    /// Opens a template by its name; what is wrong with it is in `found`.
    pub fn open(project: &Project, name: &str) -> Self {
        let mut files = TemplateFiles::new();
        let mut own = BTreeMap::new();
        let mut found = Vec::new();
        let mut add = |path: String, bytes| drop(files.insert(path, bytes));
        for (path, bytes) in embedded_files(COMMON) {
            add(format!("{COMMON}/{path}"), Cow::Borrowed(bytes));
        }
        for (path, bytes) in embedded_files(name) {
            add(path.to_owned(), Cow::Borrowed(bytes));
        }
        for (folder, inside) in [(COMMON, "common/"), (name, "")] {
            let dir = format!("templates/{folder}");
            match below(project, &dir) {
                Ok(paths) => {
                    for path in paths {
                        let whole = format!("{dir}/{path}");
                        match project.read(&whole) {
                            Ok(bytes) => {
                                add(format!("{inside}{path}"), Cow::Owned(bytes));
                                own.insert(format!("{inside}{path}"), whole);
                            }
                            Err(error) => found.push(unreadable(&whole, &error)),
                        }
                    }
                }
                Err(error) => found.push(unreadable(&dir, &error)),
            }
        }
        let contract = read(name, &files, &mut found).unwrap_or_else(first);
        Self { name: name.to_owned(), contract, files, own, found }
    }

    /// What stands in for a template that is not there, so that what is settled
    /// of the data stays settled; nothing is laid out with it.
    pub(crate) fn stand_in(told: Diagnostic) -> Self {
        let own = BTreeMap::new();
        Self { name: FIRST.into(), contract: first(), files: TemplateFiles::new(), own, found: vec![told] }
    }

    /// What people call a file of the template.
    pub fn shown(&self, path: &str) -> String {
        let embedded = || match path.strip_prefix("common/") {
            Some(_) => format!("templates/{path}"),
            None => format!("templates/{}/{path}", self.name),
        };
        self.own.get(path).cloned().unwrap_or_else(embedded)
    }

    /// The faces that it brings along, below `fonts/`: path and description.
    pub(crate) fn faces(&self) -> impl Iterator<Item = (&str, FontInfo)> {
        let fonts = self.files.iter().filter(|(path, _)| is_font(path));
        fonts.flat_map(|(path, bytes)| FontInfo::iter(bytes).map(move |info| (path.as_str(), info)))
    }

    /// Whether nothing in it keeps a book from being laid out.
    pub fn is_sound(&self) -> bool {
        !diag::has_errors(&self.found)
    }

    /// The place of a string of the contract.
    pub(crate) fn place(&self, text: &str) -> Option<Place> {
        let file = self.files.get(CONTRACT)?;
        let whole = std::str::from_utf8(file).ok()?;
        let quoted = serde_json::to_string(text).ok()?;
        let at = whole.find(&quoted).unwrap_or_default();
        Some(Place::new(&self.shown(CONTRACT), whole, at..at + quoted.len().min(whole.len() - at)))
    }
}

/// Whether a file of a template is a font of its own.
pub(crate) fn is_font(path: &str) -> bool {
    path.starts_with("fonts/")
        && [".otf", ".ttf"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending))
}

/// The contract of the template of a book that names none.
pub fn first() -> Contract {
    embedded_contract(FIRST).expect("a test reads every embedded contract")
}

/// The contract of the template that a project's booklet names.
pub fn contract_of(project: &Project) -> Contract {
    let named = project.read("data/booklet.json").ok().and_then(|bytes| {
        let booklet: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
        Some(booklet.get("template")?.as_str()?.to_owned())
    });
    match named.filter(|name| names(project).contains(name)) {
        Some(name) => Template::open(project, &name).contract,
        None => first(),
    }
}

/// The contract of an embedded template.
pub fn embedded_contract(name: &str) -> Option<Contract> {
    let (_, bytes) = embedded_files(name).find(|(path, _)| *path == CONTRACT)?;
    serde_json::from_slice(bytes).ok()
}

fn read(name: &str, files: &TemplateFiles, found: &mut Vec<Diagnostic>) -> Option<Contract> {
    let path = format!("templates/{name}/{CONTRACT}");
    let mut refused = |place: Place, problem: String| {
        let told = Diagnostic::new(Code::TemplateContract).at(Some(place));
        found.push(told.arg("problem", Phrase::Foreign(problem)));
        None
    };
    let Some(bytes) = files.get(CONTRACT) else {
        let told = Diagnostic::new(Code::TemplateContract).at(Some(Place::new(&path, "", 0..0)));
        found.push(told.arg("problem", Phrase::NotThere));
        return None;
    };
    let text = String::from_utf8_lossy(bytes);
    match serde_json::from_str::<Contract>(&text) {
        Ok(contract) => match sound::fault(&contract, name, files) {
            None => Some(contract),
            Some((fault, at)) => {
                let quoted = serde_json::to_string(&at).unwrap_or_default();
                let start = text.find(&quoted).unwrap_or_default();
                let end = (start + quoted.len()).min(text.len());
                refused(Place::new(&path, &text, start..end), fault)
            }
        },
        Err(error) => {
            let line_start: usize =
                text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let at = (line_start + error.column().saturating_sub(1)).min(text.len());
            let at = text.floor_char_boundary(at);
            // Where is said already.
            let said = error.to_string();
            let said = said.split(" at line ").next().unwrap_or(&said).to_owned();
            refused(Place::new(&path, &text, at..at), said)
        }
    }
}

/// Paths of the files below a folder that a template may have.
fn below(project: &Project, dir: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![(String::new(), 0)];
    while let Some((inside, depth)) = folders.pop() {
        let here = format!("{dir}/{inside}");
        for file in project.list(&here, "")? {
            if ENDINGS.iter().any(|ending| file.to_ascii_lowercase().ends_with(ending)) {
                found.push(format!("{inside}{file}"));
            }
        }
        if depth < DEPTH && found.len() < MOST {
            folders.extend(
                project.folders(&here)?.into_iter().map(|name| (format!("{inside}{name}/"), depth + 1)),
            );
        }
    }
    found.truncate(MOST);
    Ok(found)
}

fn unreadable(path: &str, error: &io::Error) -> Diagnostic {
    let problem = Phrase::Io(error.kind(), error.to_string());
    let place = Place::new(path, "", 0..0);
    Diagnostic::new(Code::FileUnreadable).at(Some(place)).arg("file", path).arg("problem", problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_contract_is_sound() {
        for name in embedded() {
            let files = embedded_files(&name).map(|(path, bytes)| (path.to_owned(), Cow::Borrowed(bytes)));
            let files: TemplateFiles = files.collect();
            let contract: Contract = serde_json::from_slice(&files[CONTRACT]).unwrap();
            assert_eq!(sound::fault(&contract, &name, &files), None);
        }
    }
}
