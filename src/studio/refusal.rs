//! Why something was not done: typed, and in words that an editor knows.

use std::io;

use serde_json::{Value as Json, json};

use crate::catalogue::{Lang, Phrase, field_name};
use crate::diag::Diagnostic;
use crate::project::StoreError;
use crate::session::Error;

/// Why something was not done.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// It cannot be understood.
    Unclear(String),
    /// The file is none that may be written here.
    Forbidden(String),
    /// A data file is broken.
    Broken(Box<Diagnostic>),
    /// Somebody else changed the same field.
    Conflict {
        /// The file.
        file: String,
        /// The field.
        field: String,
        /// What it is now.
        theirs: Option<Json>,
    },
    /// Somebody else changed the file.
    Changed(String),
    /// The file is not there any more, or is no object.
    Gone(String),
    /// The file is no UTF-8.
    NotText(String),
    /// The file cannot be read.
    Unreadable(String, io::Error),
    /// What a session says.
    Session(Error),
    /// There is nothing to undo or to do again.
    NothingLeft,
    /// There is no project yet.
    NoProject,
    /// There is a project, or there are files, where one was to be made.
    Occupied(String),
    /// A name that nobody can have.
    NoName,
    /// There is such a person already.
    Taken(String),
    /// A photo that cannot be used.
    Photo([String; 2]),
    /// More than is taken at a time.
    TooMuch,
    /// Something is being made.
    Busy,
    /// There are errors that have to be mended first: how many.
    Errors(usize),
    /// Nothing can be laid out yet.
    NotLaidOut,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Session(error)
    }
}

impl Refusal {
    /// The status that HTTP has for it (RFC 9110, 15.5 and 15.6).
    pub fn status(&self) -> u16 {
        match self {
            Self::Unclear(_) => 400,
            Self::Forbidden(_) => 403,
            Self::Gone(_) => 404,
            Self::TooMuch => 413,
            Self::Conflict { .. } | Self::Changed(_) | Self::Busy | Self::Taken(_) | Self::Occupied(_) => 409,
            Self::Session(Error::Store { error, .. }) if is_full(error) => 507,
            Self::Unreadable(_, error) if error.kind() == io::ErrorKind::PermissionDenied => 403,
            Self::Session(Error::LeadsOut(_)) => 403,
            Self::Session(_) | Self::Unreadable(..) => 500,
            _ => 422,
        }
    }

    /// A word for it.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Unclear(_) => "unclear",
            Self::Forbidden(_) => "forbidden",
            Self::Broken(_) | Self::NotText(_) => "broken",
            Self::Conflict { .. } => "conflict",
            Self::Changed(_) => "changed",
            Self::Gone(_) => "gone",
            Self::Unreadable(..) | Self::Session(_) => "failed",
            Self::NothingLeft => "nothing-left",
            Self::NoProject => "no-project",
            Self::Occupied(_) => "occupied",
            Self::NoName => "no-name",
            Self::Taken(_) => "taken",
            Self::Photo(_) => "photo",
            Self::TooMuch => "too-much",
            Self::Busy => "busy",
            Self::Errors(_) => "errors",
            Self::NotLaidOut => "not-laid-out",
        }
    }

    /// The sentence in a language.
    pub fn sentence(&self, lang: Lang) -> String {
        let pick = |zh: String, en: String| lang.pick(zh, en);
        match self {
            Self::Unclear(problem) => pick(
                format!("这个请求读不懂：{problem}"),
                format!("the request cannot be understood: {problem}"),
            ),
            Self::Forbidden(file) => pick(
                format!("“{file}”不在编辑台可以写的文件之内"),
                format!("the studio does not write \"{file}\""),
            ),
            Self::Broken(finding) => {
                let place = finding.place.as_ref();
                let (file, line, column) =
                    place.map_or(("", 0, 0), |place| (place.file.as_str(), place.line, place.column));
                let message = finding.message(lang);
                pick(
                    format!(
                        "{file} 第 {line} 行第 {column} 个字：{message}。改好之前这里只能看，写的字先留在页面上"
                    ),
                    format!(
                        "{file}, line {line}, column {column}: {message}. Until it is mended this can only be read; what you wrote stays on the page"
                    ),
                )
            }
            Self::Conflict { field, .. } => {
                let field = field_name(field, lang);
                pick(
                    format!("{field}刚才在别处也改了，改法不同；两种都列在下面，请选一种"),
                    format!("{field} was changed elsewhere too, and otherwise; both are shown, choose one"),
                )
            }
            Self::Changed(file) => pick(
                format!("{file} 刚才在别处改了，没有动它"),
                format!("{file} was changed elsewhere; it was left alone"),
            ),
            Self::Gone(file) => pick(format!("{file} 不在了"), format!("{file} is gone")),
            Self::NotText(file) => {
                pick(format!("{file} 不是 UTF-8 文字"), format!("{file} is no UTF-8 text"))
            }
            Self::Unreadable(file, error) => {
                let problem = Phrase::Io(error.kind(), error.to_string()).text(lang);
                pick(format!("读不了 {file}：{problem}"), format!("{file} cannot be read: {problem}"))
            }
            Self::Session(error) => error.sentence(lang),
            Self::NothingLeft => {
                pick("没有可以撤销或重做的".into(), "there is nothing to undo or redo".into())
            }
            Self::NoProject => pick("还没有书".into(), "there is no book yet".into()),
            Self::Occupied(name) => pick(
                format!("“{name}”已经有了，换一个名字"),
                format!("there is \"{name}\" already; choose another name"),
            ),
            Self::NoName => pick(
                "姓名要有两个字以上，不能有 / 等符号".into(),
                "a name has at least two characters and no marks such as /".into(),
            ),
            Self::Taken(name) => pick(format!("已经有“{name}”了"), format!("there is \"{name}\" already")),
            Self::Photo(both) => {
                let [zh, en] = both.clone();
                pick(zh, en)
            }
            Self::TooMuch => pick(
                "一次放进来的太多；分几次放".into(),
                "that is more than is taken at a time; bring it in several times".into(),
            ),
            Self::Busy => {
                pick("正在生成，等它做完或先取消".into(), "something is being made; wait or cancel it".into())
            }
            Self::Errors(count) => pick(
                format!("还有 {count} 个错误要先改好"),
                format!("there are {count} errors to be mended first"),
            ),
            Self::NotLaidOut => {
                pick("资料还排不出来，先改好错误".into(), "nothing can be laid out yet".into())
            }
        }
    }

    /// As the page is told.
    pub fn to_json(&self) -> Json {
        let mut told = json!({
            "ok": false,
            "reason": self.reason(),
            "message": { "zh": self.sentence(Lang::Zh), "en": self.sentence(Lang::En) },
        });
        if let Self::Conflict { field, theirs, .. } = self {
            told["field"] = field.as_str().into();
            told["theirs"] = theirs.clone().unwrap_or(Json::Null);
        }
        if let Self::Broken(finding) = self
            && let Some(place) = &finding.place
        {
            told["place"] = json!({ "file": place.file, "line": place.line, "column": place.column });
        }
        told
    }
}

fn is_full(error: &StoreError) -> bool {
    let kind = match error {
        StoreError::Untouched(error) | StoreError::Unfinished { error, .. } => error.kind(),
        _ => return false,
    };
    matches!(kind, io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
