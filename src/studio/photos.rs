//! Photographs that an editor brings in, and small pictures of them.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::desk::{Act, Desk, Done};
use super::paths::{ASIDE, is_id, profile};
use super::refusal::Refusal;
use super::steps::{self, Step};
use crate::catalogue::{DocumentProblem, Lang, Phrase};
use crate::colour::Output;
use crate::digest::sha256;
use crate::documents;
use crate::load;
use crate::photo::{self, Crop, Ground, How, Kind, Limits};
use crate::project::Project;

/// Width and height of a small picture, at most, in pixels.
const SMALL: u32 = 560;
/// Small pictures that are kept.
const KEPT: usize = 256;

/// Small pictures by the hash of the file.
#[derive(Default)]
pub(super) struct Thumbnails(VecDeque<(String, Arc<Vec<u8>>)>);

impl Thumbnails {
    /// The small picture of a file, upright, as it is shown on a screen.
    pub(super) fn of(&mut self, project: &Project, file: &str) -> Option<Arc<Vec<u8>>> {
        let inside =
            file.starts_with("photos/") && !file.split('/').any(|step| step.is_empty() || step == "..");
        let path = format!("data/{file}");
        let hash = project.identify(&path).ok().filter(|_| inside)?;
        if let Some((_, jpeg)) = self.0.iter().find(|(known, _)| *known == hash) {
            return Some(jpeg.clone());
        }
        let bytes = project.read(&path).ok()?;
        let header = photo::header(&bytes).ok()?;
        let (width, height) = (f64::from(header.width), f64::from(header.height));
        let scale = (f64::from(SMALL) / width.max(height)).min(1.0);
        let limits = Limits { width: (width * scale) as u32, height: (height * scale) as u32 };
        let how = How { crop: Crop::WHOLE, limits, ground: Ground::paper(), kind: Kind::Shown };
        let shown = photo::develop(&photo::decode(&bytes).ok()?, &how, &Output::embedded())?;
        let jpeg = Arc::new(shown.jpeg().to_vec());
        self.0.push_back((hash, jpeg.clone()));
        while self.0.len() > KEPT {
            self.0.pop_front();
        }
        Some(jpeg)
    }
}

/// Gives a person a photo. The file is named after the person and what it
/// shows, so that none that is there is written over.
pub(super) fn put(desk: &mut Desk, id: &str, new: Usable, by: String, at: i64) -> Result<Done, Refusal> {
    if !is_id(id) {
        return Err(Refusal::Gone(id.into()));
    }
    let Usable { bytes, ending } = new;
    let file = profile(id);
    let text = steps::read(&desk.project(), &file)?.ok_or_else(|| Refusal::Gone(file.clone()))?;
    let before = steps::member(&steps::parsed(&file, &text)?, "photo");
    let name = free(&desk.project(), id, &bytes, ending)?;
    // Where the face is in the old one says nothing of the new one.
    let mut photo = match &before {
        Some(Json::Object(members)) => members.clone(),
        _ => Map::new(),
    };
    let old = photo.get("file").and_then(Json::as_str).map(ToOwned::to_owned);
    let aside = old.filter(|old| *old != name).and_then(|old| aside(&desk.project(), &file, &old));
    photo.insert("file".into(), name.as_str().into());
    photo.shift_remove("focus");
    photo.shift_remove("scale");
    let step = Step::Field { file, field: "photo".into(), before, after: Some(photo.into()), gone: None };
    let files = vec![(format!("data/{name}"), bytes)];
    let steps = aside.into_iter().chain([step]).collect();
    desk.act(Act { name: "photo", person: Some(id.into()), by, at, steps, files })
}

/// The step that keeps a photo aside that only one data file names; by its path
/// below `data/`.
pub(super) fn aside(project: &Project, file: &str, photo: &str) -> Option<Step> {
    let name = photo.strip_prefix("photos/").filter(|name| is_id(name))?;
    let profiles = project.list("data/profiles", ".json").ok()?;
    let profiles = profiles.iter().map(|name| format!("data/profiles/{name}"));
    let mut others = profiles.chain(["data/booklet.json".to_owned()]).filter(|other| other != file);
    let named = others.any(|other| {
        let text = steps::read(project, &other).ok().flatten();
        text.is_none_or(|text| text.contains(name))
    });
    (!named).then(|| Step::Moved { file: format!("data/{photo}"), to: format!("{ASIDE}/{name}") })
}

/// A photo that can be printed from.
pub(super) struct Usable {
    bytes: Vec<u8>,
    ending: &'static str,
}

impl Usable {
    /// Looks at a file, and decodes it to the end.
    pub(super) fn new(bytes: Vec<u8>) -> Result<Self, Refusal> {
        let ending = usable(&bytes)?;
        Ok(Self { bytes, ending })
    }
}

/// A name below `data/` that is free, or has these bytes already.
fn free(project: &Project, id: &str, bytes: &[u8], ending: &str) -> Result<String, Refusal> {
    let hash = sha256(bytes);
    let stem = format!("photos/{id}-{}", hash.get(..8).unwrap_or_default());
    let names =
        std::iter::once(format!("{stem}.{ending}")).chain((2..100).map(|n| format!("{stem}-{n}.{ending}")));
    let free = |name: &String| match project.read(&format!("data/{name}")) {
        Ok(there) => there == bytes,
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    names.into_iter().find(free).ok_or_else(|| Refusal::Taken(id.into()))
}

/// The ending of a photo that can be printed from.
fn usable(bytes: &[u8]) -> Result<&'static str, Refusal> {
    let refused = |text: &dyn Fn(Lang) -> String| Refusal::Photo([Lang::Zh, Lang::En].map(text));
    if bytes.get(4..8) == Some(b"ftyp") {
        return Err(refused(&|lang| DocumentProblem::PhonePicture.text(lang).to_owned()));
    }
    let ending = documents::picture(bytes).and_then(documents::Picture::ending);
    let ending = ending.ok_or_else(|| refused(&|lang| Phrase::UnknownPicture.text(lang)))?;
    photo::whole(bytes).map_err(|problem| refused(&|lang| problem.text(lang)))?;
    Ok(ending)
}

/// What there is to know of a photo before it is printed: its size.
pub(super) fn described(project: &Project, file: &str) -> Json {
    match load::portrait(project, file) {
        Ok(photo) => json!({ "width": photo.width, "height": photo.height, "alpha": photo.alpha }),
        Err(_) => Json::Null,
    }
}
