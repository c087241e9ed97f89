//! The files that the data name: portraits, fonts, a profile, the delivered
//! text. Read and decoded here, so that judging them needs no disk.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use super::delivered::{self, Delivered};
use super::portrait::{self, Portrait, PortraitProblem};
use super::{Document, Node, Value};
use crate::colour::Output;
use crate::diag::Phrase;
use crate::documents;
use crate::project::{Cache, Project};
use crate::templates::{self, Template};

/// Where the tables of a project's own are.
const TABLES: &str = "data/tables";

/// What the data name, by the paths that they write.
#[derive(Debug, Clone, Default)]
pub struct Attachments {
    /// Portraits, by path below `data/`.
    pub(crate) portraits: BTreeMap<String, Result<Portrait, PortraitProblem>>,
    /// Names of the files in `data/photos/`.
    pub(crate) photos: Vec<String>,
    /// Font files.
    pub(crate) fonts: BTreeMap<String, Vec<u8>>,
    /// The output profile of `condition.icc`, if one is named.
    pub(crate) profile: Option<Result<Output, Phrase>>,
    /// The delivered texts.
    pub(crate) sources: Vec<Delivered>,
    /// The emblem, if one is named.
    pub(crate) emblem: Option<Result<Vec<u8>, Phrase>>,
    /// Tables of words, names and places in `data/tables/`, by file name.
    pub(crate) tables: BTreeMap<String, Result<String, Phrase>>,
    /// Names of the templates that there are.
    pub(crate) templates: Vec<String>,
    /// The one that the booklet names.
    pub(crate) template: Option<Arc<Template>>,
    /// What was made of them before.
    pub(crate) cache: Cache,
}

impl Attachments {
    /// Reads whatever the documents name.
    pub(super) fn read<'a>(
        project: &Project,
        booklet: &'a Document,
        press: Option<&Document>,
        profiles: impl Iterator<Item = &'a Document>,
    ) -> Self {
        let text =
            |document: &Document, path: &[&str]| string(document.root.as_ref()?, path).map(ToOwned::to_owned);
        let named: BTreeSet<String> = profiles.chain([booklet]).flat_map(photos).collect();
        let portraits = named.into_par_iter().map(|file| (file.clone(), portrait::read(project, &file)));
        let templates = templates::names(project);
        let template = text(booklet, &["template"]).unwrap_or_else(|| templates::first().name);
        let fonts = booklet.root.as_ref().and_then(|root| root.get("extra_fonts"));
        let fonts = match fonts.map(|node| &node.value) {
            Some(Value::Array(fonts)) => fonts.as_slice(),
            _ => &[],
        };
        let fonts = fonts.iter().filter_map(|font| string(font, &["file"]));
        let icc = press.and_then(|press| text(press, &["condition", "icc"]));
        Self {
            portraits: portraits.collect::<Vec<_>>().into_iter().collect(),
            photos: project.list("data/photos", "").unwrap_or_default(),
            fonts: fonts.filter_map(|file| Some((file.to_owned(), project.read(file).ok()?))).collect(),
            profile: icc.map(|file| project.read(&file).map_err(not_read).and_then(Output::read)),
            sources: sources(booklet).map(|file| delivered(project, file)).collect(),
            emblem: text(booklet, &["emblem"]).map(|file| emblem(project, &file)),
            tables: tables(project),
            template: templates.contains(&template).then(|| Arc::new(Template::open(project, &template))),
            templates,
            cache: project.cache().clone(),
        }
    }
}

/// The tables of a project's own, as text.
fn tables(project: &Project) -> BTreeMap<String, Result<String, Phrase>> {
    let names = project.list(TABLES, "").unwrap_or_default();
    let read = |name: String| {
        let bytes = project.read(&format!("{TABLES}/{name}")).map_err(not_read);
        let text = bytes.and_then(|bytes| documents::decode(&bytes).map_err(Phrase::Document));
        (name, text)
    };
    names.into_iter().map(read).collect()
}

/// The photographs that a document names.
fn photos(document: &Document) -> Vec<String> {
    let Some(root) = document.root.as_ref() else { return vec![] };
    let others = match root.get("photos").map(|node| &node.value) {
        Some(Value::Array(photos)) => photos.as_slice(),
        _ => &[],
    };
    let photos = root.get("photo").into_iter().chain(others);
    photos.filter_map(|photo| Some(string(photo, &["file"])?.to_owned())).collect()
}

/// The file of an emblem, given by its path below `data/`.
fn emblem(project: &Project, file: &str) -> Result<Vec<u8>, Phrase> {
    let path = format!("data/{file}");
    let inside = !file.contains(['\\', '\0']) && !file.split('/').any(|part| part == "..");
    if inside { project.read(&path).map_err(not_read) } else { Err(Phrase::NotThere) }
}

/// The paths of the delivered texts: one, or a list.
fn sources(booklet: &Document) -> impl Iterator<Item = &str> {
    let node = booklet.root.as_ref().and_then(|root| root.get("source"));
    let list = match node.map(|node| &node.value) {
        Some(Value::Array(list)) => list.as_slice(),
        Some(_) => node.map_or(&[][..], std::slice::from_ref),
        None => &[],
    };
    let mut seen = HashSet::new();
    list.iter().filter_map(Node::as_str).filter(move |file| seen.insert(*file))
}

fn delivered(project: &Project, file: &str) -> Delivered {
    let bytes = project.read(file).map_err(|error| {
        // A path with the other slash, or without its folder.
        let plain = file.replace('\\', "/");
        let mut meant = [plain.clone(), format!("data/{plain}")].into_iter().filter(|path| path != file);
        meant.find(|path| project.read(path).is_ok()).map_or_else(|| not_read(error), Phrase::NotThereBut)
    });
    let (text, spots) = match bytes {
        Ok(bytes) => delivered::read(file, &bytes),
        Err(problem) => (Err(problem), vec![]),
    };
    Delivered { file: file.to_owned(), text, spots }
}

fn not_read(error: io::Error) -> Phrase {
    match error.kind() {
        io::ErrorKind::NotFound => Phrase::NotThere,
        kind => Phrase::Io(kind, error.to_string()),
    }
}

/// The text at a path of keys.
fn string<'a>(node: &'a Node, path: &[&str]) -> Option<&'a str> {
    path.iter().try_fold(node, |node, key| node.get(key))?.as_str()
}
