//! What readers say, tied to a person, a field and the words it is about, so
//! that it stays with them however lines and pages move.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use crate::project::{Project, Store, StoreError};
use crate::session::Error;

/// Where they are kept.
const FILE: &str = "data/comments.json";
/// Most comments of a project, and longest texts, in characters: what comes
/// from a phone has a budget.
const MOST: usize = 5_000;
const LONGEST: usize = 1_000;
const NAME: usize = 40;

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// Its number, from 1.
    pub id: u64,
    /// The person it is about; none for the book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The field; empty for the person as a whole.
    #[serde(default)]
    pub field: String,
    /// The words it is about.
    #[serde(default)]
    pub words: String,
    /// What is said; empty for “nothing to say”.
    pub text: String,
    /// Who says it.
    pub by: String,
    /// Seconds since 1970.
    pub at: i64,
    /// Whether it was dealt with.
    #[serde(default)]
    pub done: bool,
}

/// Something that is said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saying {
    /// The person.
    #[serde(default)]
    pub person: Option<String>,
    /// The field.
    #[serde(default)]
    pub field: String,
    /// The words it is about.
    #[serde(default)]
    pub words: String,
    /// What is said.
    pub text: String,
}

/// What is done with comments.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Remark {
    /// A new one.
    Say(Saying),
    /// It was dealt with, or not after all.
    Settle {
        /// Number of the comment.
        id: u64,
        /// Whether it was.
        done: bool,
    },
}

/// The comments of a project; a file that is none has none.
pub(super) fn read(project: &Project) -> Vec<Comment> {
    kept(project).unwrap_or_default()
}

fn kept(project: &Project) -> Result<Vec<Comment>, Refusal> {
    match project.read(FILE) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| Refusal::Changed(FILE.into())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(vec![]),
        Err(error) => Err(Refusal::Unreadable(FILE.into(), error)),
    }
}

/// Writes a comment down, or settles one.
pub(super) fn put(project: &Project, remark: Remark, by: &str, at: i64) -> Result<Vec<Comment>, Refusal> {
    let folder = project.folder("data").map_err(|_| Refusal::Forbidden(FILE.into()))?;
    let failed = |error: StoreError| Refusal::Session(Error::Store { folder: folder.clone(), error });
    let mut store = Store::open(&folder, &mut |hold| hold.seconds < 5).map_err(failed)?;
    let mut comments = kept(&project.anew())?;
    match remark {
        Remark::Say(Saying { person, field, words, text }) => {
            let long = text.chars().count() > LONGEST || words.chars().count() > LONGEST;
            let odd = |text: &str| text.chars().any(|c| c.is_control() && c != '\n');
            if comments.len() >= MOST || long || field.len() > 200 {
                return Err(Refusal::TooMuch);
            }
            if odd(&text)
                || odd(&words)
                || odd(&field)
                || person.as_deref().is_some_and(|id| odd(id) || id.len() > 400)
            {
                return Err(Refusal::Unclear("control characters".into()));
            }
            let id = comments.iter().map(|comment| comment.id).max().unwrap_or_default() + 1;
            let by = by.trim().chars().filter(|c| !c.is_control()).take(NAME).collect();
            comments.push(Comment {
                id,
                person,
                field,
                words,
                text: text.trim().into(),
                by,
                at,
                done: false,
            });
        }
        Remark::Settle { id, done } => {
            let comment = comments.iter_mut().find(|comment| comment.id == id);
            comment.ok_or_else(|| Refusal::Gone(FILE.into()))?.done = done;
        }
    }
    // Plain texts and numbers always serialise.
    let mut json = serde_json::to_vec_pretty(&comments).unwrap_or_default();
    json.push(b'\n');
    store.add("comments.json", &json).map_err(failed)?;
    store.commit().map_err(failed)?;
    Ok(comments)
}
