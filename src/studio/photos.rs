//! Photographs that an editor brings in, and small pictures of them.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::desk::{Act, Desk, Done};
use super::persons;
use super::refusal::Refusal;
use super::steps::{self, Step, is_id};
use crate::catalogue::{DocumentProblem, Lang, Phrase};
use crate::colour::Output;
use crate::diag::Arg;
use crate::digest::sha256;
use crate::documents;
use crate::photo::{self, Crop, Ground, Limits};
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
        let bytes = project.read(&format!("data/{file}")).ok().filter(|_| inside)?;
        let hash = sha256(&bytes);
        if let Some((_, jpeg)) = self.0.iter().find(|(known, _)| *known == hash) {
            return Some(jpeg.clone());
        }
        let header = photo::header(&bytes).ok()?;
        let (width, height) = (f64::from(header.width), f64::from(header.height));
        let scale = (f64::from(SMALL) / width.max(height)).min(1.0);
        let limits = Limits { width: (width * scale) as u32, height: (height * scale) as u32 };
        let picture = photo::decode(&bytes).ok()?;
        let shown = photo::show(picture, &Crop::WHOLE, limits, &Ground::paper(), &Output::embedded())?;
        let jpeg = Arc::new(shown.jpeg);
        self.0.push_back((hash, jpeg.clone()));
        while self.0.len() > KEPT {
            self.0.pop_front();
        }
        Some(jpeg)
    }
}

/// Gives a person a photo. The file is named after the person and what it
/// shows, so that none that is there is written over.
pub(super) fn put(desk: &mut Desk, id: &str, bytes: Vec<u8>, by: String, at: i64) -> Result<Done, Refusal> {
    if !is_id(id) {
        return Err(Refusal::Gone(id.into()));
    }
    let ending = usable(&bytes)?;
    let file = persons::path(id);
    let text = steps::read(&desk.project(), &file)?.ok_or_else(|| Refusal::Gone(file.clone()))?;
    let before = steps::member(&steps::parsed(&file, &text)?, "photo");
    let hash = sha256(&bytes);
    let name = format!("photos/{id}-{}.{ending}", hash.get(..8).unwrap_or_default());
    // Where the face is in the old one says nothing of the new one.
    let mut photo = match &before {
        Some(Json::Object(members)) => members.clone(),
        _ => Map::new(),
    };
    photo.insert("file".into(), name.as_str().into());
    photo.shift_remove("focus");
    photo.shift_remove("scale");
    let step = Step::Field { file, field: "photo".into(), before, after: Some(photo.into()) };
    let files = vec![(format!("data/{name}"), bytes)];
    desk.act(Act { name: "photo", person: Some(id.into()), by, at, steps: vec![step], files })
}

/// The ending of a photo that can be printed from.
fn usable(bytes: &[u8]) -> Result<&'static str, Refusal> {
    let refused = |text: &dyn Fn(Lang) -> String| Refusal::Photo([Lang::Zh, Lang::En].map(text));
    if bytes.get(4..8) == Some(b"ftyp") {
        return Err(refused(&|lang| DocumentProblem::PhonePicture.text(lang).to_owned()));
    }
    let ending = documents::picture(bytes).and_then(documents::Picture::ending);
    let ending = ending.ok_or_else(|| refused(&|lang| Phrase::UnknownPicture.text(lang)))?;
    photo::decode(bytes).map_err(|problem| {
        refused(&|lang| match &problem {
            Arg::Text(text) => text.clone(),
            Arg::Phrase(phrase) => phrase.text(lang),
        })
    })?;
    Ok(ending)
}

/// What there is to know of a photo before it is printed: its size.
pub(super) fn described(project: &Project, file: &str) -> Json {
    let header = project.read(&format!("data/{file}")).ok().and_then(|bytes| photo::header(&bytes).ok());
    match header {
        Some(header) => json!({ "width": header.width, "height": header.height, "alpha": header.alpha }),
        None => Json::Null,
    }
}
