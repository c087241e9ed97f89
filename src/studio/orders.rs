//! What a page may ask for, as JSON, and what it is answered.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::comments::{self, Remark};
use super::desk::{Act, Done};
use super::incoming::{Chosen, changes, texts};
use super::making::Wanted;
use super::refusal::Refusal;
use super::signing::{self, Signer};
use super::steps::Step;
use super::{Studio, held, persons, photos, shelf};
use crate::intake::figures_in;

/// An answer: the status that HTTP has for it, and JSON.
pub struct Answer {
    /// Status.
    pub status: u16,
    /// JSON.
    pub json: Vec<u8>,
}

impl From<Result<Json, Refusal>> for Answer {
    fn from(result: Result<Json, Refusal>) -> Self {
        let (status, json) = match result {
            Ok(json) => (200, json),
            Err(refusal) => (refusal.status(), refusal.to_json()),
        };
        Self { status, json: json.to_string().into_bytes() }
    }
}

#[derive(Deserialize)]
struct Order {
    /// Who does it.
    #[serde(default)]
    by: String,
    #[serde(flatten)]
    what: What,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
enum What {
    /// Gives fields of a file other values.
    Edit {
        file: String,
        changes: Vec<Change>,
        #[serde(default)]
        person: Option<String>,
    },
    Order {
        before: Vec<String>,
        after: Vec<String>,
    },
    Add {
        name: String,
    },
    Withdraw {
        id: String,
    },
    Restore {
        id: String,
    },
    Undo {
        #[serde(default)]
        pass: bool,
    },
    Redo,
    /// Gives a field the value that it had before an entry of the history.
    Revert {
        entry: u64,
        field: String,
    },
    Sign(Signer),
    Comment {
        remark: Remark,
    },
    Import(Box<Chosen>),
    /// Opens a book among several.
    Book {
        name: String,
    },
    /// Names the folder of a new book among several.
    Place {
        name: String,
    },
    /// Throws away what came in.
    Forget,
    /// Figures that a piece of an article tells of.
    Figures {
        text: String,
        #[serde(default)]
        name: String,
    },
    Make(Wanted),
    Cancel,
    Reveal {
        #[serde(default)]
        sheets: bool,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    field: String,
    #[serde(default)]
    before: Option<Json>,
    #[serde(default)]
    after: Option<Json>,
}

/// Longest name of who does something, in characters.
const NAME: usize = 40;

impl Studio {
    /// Does what a page asks for.
    pub fn order(&self, order: &[u8]) -> Answer {
        let order: Result<Order, _> = serde_json::from_slice(order);
        let result = match order {
            Err(problem) => Err(Refusal::Unclear(problem.to_string())),
            Ok(_) if !self.writes() => Err(Refusal::Forbidden("data".into())),
            Ok(Order { by, what }) => self.done(what, name_of(&by)),
        };
        result.into()
    }

    fn done(&self, what: What, by: String) -> Result<Json, Refusal> {
        let at = (self.0.around.now)();
        match what {
            What::Edit { file, changes, person } => {
                let step = |change: Change| {
                    let Change { field, before, after } = change;
                    // JSON has no value that is not there.
                    let there = |value: Option<Json>| value.filter(|value| !value.is_null());
                    Step::Field {
                        file: file.clone(),
                        field,
                        before: there(before),
                        after: there(after),
                        gone: None,
                    }
                };
                let steps = changes.into_iter().map(step).collect();
                let act = Act { name: "edit", person, by, at, steps, files: vec![] };
                self.at_desk(|desk| desk.act(act)).map(told)
            }
            What::Order { before, after } => {
                self.at_desk(|desk| persons::reorder(desk, before, after, by, at)).map(told)
            }
            What::Add { name } => self.at_desk(|desk| persons::add(desk, &name, by, at)).map(told_of),
            What::Withdraw { id } => self.at_desk(|desk| persons::withdraw(desk, &id, by, at)).map(told),
            What::Restore { id } => self.at_desk(|desk| persons::restore(desk, &id, by, at)).map(told_of),
            What::Undo { pass } => self.at_desk(|desk| desk.undo(pass, by, at)).map(told),
            What::Redo => self.at_desk(|desk| desk.redo(by, at)).map(told),
            What::Revert { entry, field } => {
                self.at_desk(|desk| desk.revert(entry, &field, by, at)).map(told)
            }
            What::Sign(signer) => {
                self.project()?;
                let session = self.session()?;
                let signed = signing::sign(&session, signer, &by, &(self.0.around.today)());
                self.refresh();
                signed
            }
            What::Comment { remark } => self.remark(remark, &by),
            What::Import(chosen) => self.import(*chosen, by),
            What::Book { name } => {
                self.open_book(&shelf::known_book(&self.folder(), &name)?)?;
                Ok(json!({ "ok": true }))
            }
            What::Place { name } => {
                let place = shelf::new_book(&self.folder(), self.0.holds_several, &name)?;
                *held(&self.0.place) = Some(place);
                Ok(json!({ "ok": true }))
            }
            What::Forget => {
                *held(&self.0.staged) = super::Staged::default();
                Ok(json!({ "ok": true }))
            }
            What::Figures { text, name } => Ok(json!({ "ok": true, "figures": figures_in(&text, &name) })),
            What::Make(wanted) => self.make(wanted),
            What::Cancel => {
                self.0.making.cancel();
                Ok(json!({ "ok": true }))
            }
            What::Reveal { sheets } => {
                self.project()?;
                let session = self.session()?;
                let out = if sheets { self.folder().join("sheets") } else { session.out()? };
                (self.0.around.reveal)(&out);
                Ok(json!({ "ok": true, "folder": out.display().to_string() }))
            }
        }
    }

    /// A reader's or the editor's word on a comment.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn remark(&self, remark: Remark, by: &str) -> Result<Json, Refusal> {
        let project = self.project()?;
        let comments = comments::put(&project, remark, by, (self.0.around.now)())?;
        self.0.live.notice("comments", &json!(comments.len()));
        Ok(json!({ "ok": true, "comments": comments }))
    }

    fn make(&self, wanted: Wanted) -> Result<Json, Refusal> {
        self.project()?;
        if let Some(desk) = held(&self.0.desk).as_mut() {
            desk.rest();
        }
        let studio = self.clone();
        let tell = move |json: &Json| {
            studio.0.live.notice("making", json);
            // What was made is what changes are told against from now on.
            if json["done"] == true {
                studio.refresh();
            }
        };
        let epoch = self.0.around.source_date_epoch;
        if self.0.making.begin(self.session()?, wanted, epoch, Arc::new(tell)) {
            Ok(json!({ "ok": true }))
        } else {
            Err(Refusal::Busy)
        }
    }

    fn import(&self, chosen: Chosen, by: String) -> Result<Json, Refusal> {
        let place = held(&self.0.place).clone().filter(|_| !self.is_open());
        let folder = place.unwrap_or_else(|| self.folder());
        let before = self.project().ok().map(|project| texts(&project));
        let mut staged = held(&self.0.staged);
        let (said, written) = staged.import(&folder, chosen, self.lang())?;
        if let Some(files) = written {
            if let (Some(before), Some(desk)) = (before, held(&self.0.desk).as_mut()) {
                let steps = changes(&files, &before, &texts(&desk.project()));
                desk.note("import", by, (self.0.around.now)(), steps);
            }
            *staged = super::Staged::default();
            drop(staged);
            if !self.is_open() {
                self.open_book(&folder)?;
            }
            self.refresh();
        }
        Ok(said)
    }

    /// Keeps a file that was dropped on the page.
    pub fn incoming(&self, name: &str, bytes: &[u8]) -> Answer {
        if !self.writes() {
            return Answer::from(Err(Refusal::Forbidden("data".into())));
        }
        let mut staged = held(&self.0.staged);
        staged.add(name, bytes).map(|()| json!({ "ok": true, "files": staged.names() })).into()
    }

    /// Gives a person a photo.
    pub fn photo(&self, id: &str, bytes: Vec<u8>, by: &str) -> Answer {
        if !self.writes() {
            return Answer::from(Err(Refusal::Forbidden("data".into())));
        }
        let (at, by) = ((self.0.around.now)(), name_of(by));
        // Decoded before anybody has to wait for it.
        let photo = photos::Usable::new(bytes);
        photo.and_then(|photo| self.at_desk(|desk| photos::put(desk, id, photo, by, at))).map(told).into()
    }
}

/// Who does something, as it can be written down.
fn name_of(by: &str) -> String {
    by.trim().chars().filter(|c| !c.is_control()).take(NAME).collect()
}

fn told(done: Done) -> Json {
    let files: serde_json::Map<String, Json> =
        done.files.into_iter().map(|(path, value)| (path, value.unwrap_or(Json::Null))).collect();
    json!({ "ok": true, "merged": done.merged, "files": files, "entry": done.entry })
}

fn told_of((id, done): (String, Done)) -> Json {
    let mut told = told(done);
    told["id"] = id.into();
    told
}
