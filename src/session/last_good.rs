//! A book that goes on while somebody's data are broken: what cannot be read
//! is laid out as it was when it could be, and everybody else as they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::json;

use super::{Error, Examination, Session};
use crate::check::keeps_out;
use crate::diag::Severity;
use crate::load::Document;

const BOOKLET: &str = "data/booklet.json";
const PRESS: &str = "data/press.json";

/// The data files as they could last be read.
#[derive(Debug, Default)]
pub struct LastGood {
    texts: BTreeMap<String, Arc<str>>,
}

/// What is known of the newest data, and the pages to show meanwhile.
#[non_exhaustive]
pub struct Current {
    /// The newest data, with all that is wrong with them.
    pub examination: Examination,
    /// The book with earlier data in place of what cannot be read; absent while
    /// the newest data are whole, or where that does not help.
    pub meanwhile: Option<Examination>,
    /// Persons whose pages are of earlier data.
    pub stale: Vec<String>,
}

impl Current {
    /// The examination whose pages are shown.
    pub fn shown(&self) -> &Examination {
        self.meanwhile.as_ref().unwrap_or(&self.examination)
    }
}

impl LastGood {
    /// Examines a project, and where some of it cannot be read, the rest with
    /// what could be read before.
    ///
    /// # Errors
    /// Those of [`Session::examine`].
    pub fn examine(&mut self, session: &Session) -> Result<Current, Error> {
        let examination = session.examine()?;
        let broken = broken(&examination);
        self.remember(&examination, &broken);
        let whole = examination.whole().is_some() && broken.iter().all(|path| path != PRESS);
        if whole || broken.is_empty() {
            return Ok(Current { examination, meanwhile: None, stale: vec![] });
        }
        let project = session.project().anew();
        for path in &broken {
            match self.texts.get(path) {
                Some(text) => project.edit(path, Some(text.as_bytes().to_vec())),
                None if path == PRESS => project.edit(path, None),
                None if path == BOOKLET => {}
                None => project.edit(path, Some(stand_in(path, &examination))),
            }
        }
        let meanwhile = session.with_project(project).examine().ok();
        let meanwhile = meanwhile.filter(|meanwhile| meanwhile.whole().is_some());
        let stale = broken.iter().filter_map(|path| id(path)).map(ToOwned::to_owned).collect();
        Ok(Current { examination, meanwhile, stale })
    }

    fn remember(&mut self, examination: &Examination, broken: &[String]) {
        let draft = &examination.draft;
        let documents = std::iter::once(&draft.booklet).chain(&draft.press).chain(draft.profiles.values());
        let good = documents.filter(|document| document.root.is_some() && !broken.contains(&document.path));
        let laid_out = examination.layout.is_some();
        for Document { path, text, .. } in good.filter(|_| laid_out) {
            self.texts.insert(path.clone(), text.clone());
        }
        if draft.press.is_none() {
            self.texts.remove(PRESS);
        }
    }
}

/// The person whose file it is.
fn id(path: &str) -> Option<&str> {
    path.strip_prefix("data/profiles/")?.strip_suffix(".json")
}

/// The files that keep something out of the book.
fn broken(examination: &Examination) -> Vec<String> {
    let draft = &examination.draft;
    let errors = || {
        let unread = examination.found.iter().filter(|d| d.severity == Severity::Error && keeps_out(d.code));
        unread.filter_map(|d| d.place.as_ref()).map(|place| place.file.as_str())
    };
    let mut broken: Vec<String> = match &examination.layout {
        Some(layout) => {
            let there = |id: &str| layout.manuscript.entries().iter().any(|entry| entry.id == id);
            let missing = draft.order().into_iter().filter(|id| !there(id) && !id.contains(['/', '\\']));
            missing.map(|id| format!("data/profiles/{id}.json")).collect()
        }
        None => errors().filter(|file| *file == BOOKLET || id(file).is_some()).map(Into::into).collect(),
    };
    broken.extend(errors().filter(|file| *file == PRESS).map(Into::into));
    broken.sort();
    broken.dedup();
    broken
}

/// Data in place of those that could never be read, which say so on the page.
fn stand_in(path: &str, examination: &Examination) -> Vec<u8> {
    let id = id(path).unwrap_or(path);
    let document = examination.draft.profiles.get(id);
    let name = document.and_then(|document| document.root.as_ref()?.get("name")?.as_str());
    let name = name.filter(|name| (2..60).contains(&name.chars().count()));
    let profile = json!({
        "name": name.map_or_else(|| format!("（{id}）"), ToOwned::to_owned),
        "headline": ["这里的资料还读不出来"],
        "post": { "role": "问题已经列出" },
        "article": ["问题列在旁边；改好，保存，这里就出现。", "What is wrong is listed; mend and save it, and the pages appear."],
    });
    profile.to_string().into_bytes()
}
