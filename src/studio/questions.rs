//! What a page asks to know: data, schemas, comments, history, files that were
//! made.

use serde_json::{Value as Json, json};

use super::orders::Answer;
use super::refusal::Refusal;
use super::{Studio, comments, held, paths, photos, steps};
use crate::audit::Words;
use crate::model;
use crate::session::Session;
use crate::templates::profile_schema;

impl Studio {
    /// What readers said.
    pub fn comments(&self) -> Answer {
        let placed = |comment: &comments::Comment| {
            let words = Words {
                person: comment.person.clone(),
                field: comment.field.clone(),
                words: comment.words.clone(),
            };
            let spot = self.0.live.place_of(&words).map(|(page, area)| json!({ "page": page, "area": area }));
            let mut told = json!(comment);
            told["spot"] = spot.unwrap_or(Json::Null);
            told
        };
        let read = |project| comments::read(&project).iter().map(placed).collect::<Vec<Json>>();
        self.project().map(|project| json!({ "ok": true, "comments": read(project) })).into()
    }

    /// A data file as its form shows it.
    pub fn document(&self, file: &str) -> Answer {
        let read = || {
            let project = self.project()?;
            if !paths::may_write(file) {
                return Err(Refusal::Forbidden(file.into()));
            }
            let text = steps::read(&project, file)?.ok_or_else(|| Refusal::Gone(file.into()))?;
            let document = steps::parsed(file, &text)?;
            let value = document.root.as_ref().map(crate::load::Node::to_json);
            let photo = value.as_ref().and_then(|value| value["photo"]["file"].as_str());
            let photo = photo.map(|photo| photos::described(&project, photo));
            Ok(json!({ "ok": true, "file": file, "value": value, "photo": photo }))
        };
        read().into()
    }

    /// What forms are drawn from: the schemas, with the template's own fields.
    pub fn schemas(&self) -> Answer {
        let read = || {
            let project = self.project()?;
            let contract = crate::templates::contract_of(&project);
            let labels = crate::catalogue::field_labels();
            Ok(json!({
                "profile": profile_schema(&contract), "booklet": model::booklet_schema(),
                "press": model::press_schema(), "labels": labels,
                "sheets": crate::impose::fit::SHEETS.iter().map(|(name, ..)| *name).collect::<Vec<_>>(),
            }))
        };
        read().into()
    }

    /// What was done, the newest first.
    pub fn history(&self, file: Option<&str>, field: Option<&str>) -> Answer {
        let desk = held(&self.0.desk);
        let told = desk.as_ref().ok_or(Refusal::NoProject);
        let told = told.map(|desk| {
            json!({
                "ok": true, "entries": desk.ledger.told(file, field), "counts": desk.ledger.counts(),
                "undo": desk.ledger.to_undo().map(|entry| entry.n),
                "redo": desk.ledger.to_redo().map(|entry| entry.n),
            })
        });
        told.into()
    }

    /// What is being made, or was made last.
    pub fn making(&self) -> Json {
        self.0.making.json()
    }

    /// A file that a build wrote, by its name in the folder of outputs.
    pub fn output(&self, name: &str) -> Option<Vec<u8>> {
        self.project().ok()?;
        Session::open(&self.folder()).ok()?.output(name)
    }
}
