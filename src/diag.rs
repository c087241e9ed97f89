//! Findings: what is wrong, with whom, where, and how to mend it. The only
//! room that knows how Typst's diagnostics look.

mod tally;

use std::collections::HashMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;
use typst::World;
use typst::WorldExt;
use typst::diag::SourceDiagnostic;
use typst::syntax::DiagSpan;

pub use crate::catalogue::{Code, Lang, Phrase, Severity, Spot};
pub use tally::{Tally, readable};

/// The person a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, JsonSchema)]
pub struct Person {
    /// File name of the profile without `.json`.
    pub id: String,
    /// Name, as far as it could be read.
    pub name: Option<String>,
}

/// A place in a file of the project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Path below the project, with forward slashes.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Byte range in the file.
    pub range: Range<usize>,
}

impl Place {
    /// Finds line and column of a byte range of `text`.
    pub fn new(file: &str, text: &str, range: Range<usize>) -> Self {
        let start = text.floor_char_boundary(range.start.min(text.len()));
        let end = text.ceil_char_boundary(range.end.clamp(start, text.len()));
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Self {
            file: file.into(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            range: start..end,
        }
    }
}

/// A value put into a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Arg {
    /// Text of the data, numbers, file names.
    Text(String),
    /// A phrase in both languages.
    Phrase(Phrase),
}

impl From<Phrase> for Arg {
    fn from(phrase: Phrase) -> Self {
        Self::Phrase(phrase)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<char> for Arg {
    fn from(c: char) -> Self {
        Self::Text(c.into())
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Text(number.to_string())
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Whom it is about.
    pub person: Option<Person>,
    /// Field in the data, such as `figures[0].value`.
    pub field: Option<String>,
    /// Where in which file.
    pub place: Option<Place>,
    /// Where in a delivered document what stands there came from: file and
    /// place.
    pub origin: Option<(String, Spot)>,
    /// Physical page, from 1.
    pub page: Option<usize>,
    /// How many more of the same kind there are that are not told one by one.
    pub more: usize,
    /// Values for the message.
    pub args: Vec<(&'static str, Arg)>,
}

impl Diagnostic {
    /// A finding of the code's own severity.
    pub fn new(code: Code) -> Self {
        let severity = code.severity();
        Self {
            code,
            severity,
            person: None,
            field: None,
            place: None,
            origin: None,
            page: None,
            more: 0,
            args: vec![],
        }
    }

    /// Sets a value of the message.
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Sets the person.
    pub fn person(mut self, person: Option<Person>) -> Self {
        self.person = person;
        self
    }

    /// Sets the field.
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Sets the place.
    pub fn at(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }

    /// Where what it is about stood in a delivered document, in a language.
    pub fn origin(&self, lang: Lang) -> Option<String> {
        self.origin.as_ref().map(|(file, spot)| format!("{file} {}", spot.text(lang)))
    }

    /// Sets the page.
    pub fn page(mut self, page: Option<usize>) -> Self {
        self.page = page;
        self
    }

    /// A value of the message, if it is text.
    pub fn value(&self, name: &str) -> Option<&str> {
        let value = self.args.iter().find(|(n, _)| *n == name).map(|(_, value)| value);
        value.and_then(|value| match value {
            Arg::Text(text) => Some(text.as_str()),
            Arg::Phrase(_) => None,
        })
    }

    /// What is wrong.
    pub fn message(&self, lang: Lang) -> String {
        self.fill(self.code.message(lang), lang)
    }

    /// How to mend it.
    pub fn hint(&self, lang: Lang) -> String {
        self.fill(self.code.hint(lang), lang)
    }

    /// The entry of `checks` in `booklet.json` that settles this finding alone,
    /// but for its reason.
    pub fn policy(&self, lang: Lang) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let mut entry = format!("{{ \"code\": \"{}\"", self.code.id());
        if let Some(person) = &self.person {
            entry += &format!(", \"person\": {}", quoted(&person.id));
        }
        if let Some(text) = self.value("text") {
            entry += &format!(", \"text\": {}", quoted(text));
        }
        entry + &format!(", \"reason\": \"{}\" }}", lang.pick("这里写理由", "the reason"))
    }

    /// The template with its holes filled. What is put in is never looked
    /// through for holes again.
    fn fill(&self, template: &str, lang: Lang) -> String {
        let mut text = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            text += before;
            if let Some(after) = after.strip_prefix("policy}") {
                text += &self.policy(lang);
                rest = after;
                continue;
            }
            let Some((name, after)) = after.split_once('}') else {
                text.push('{');
                rest = after;
                continue;
            };
            // A value that a finding does not have says nothing.
            match self.args.iter().find(|(known, _)| *known == name) {
                Some((_, Arg::Text(value))) => text += value,
                Some((_, Arg::Phrase(phrase))) => text += &phrase.text(lang),
                None => {}
            }
            rest = after;
        }
        text + rest
    }
}

/// Orders findings for people: errors first, what is of the whole book before
/// what is of a person, the persons in the book's order, and each person's from
/// the first field to the last.
pub fn sort(diagnostics: &mut [Diagnostic], order: &[&str]) {
    let places: HashMap<&str, usize> = order.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let key = |d: &Diagnostic| {
        let person = d.person.as_ref().map(|person| {
            let place = places.get(person.id.as_str()).copied();
            (place.unwrap_or(usize::MAX), person.id.clone())
        });
        let place = d.place.as_ref().map(|place| (place.file.clone(), place.range.start));
        (d.severity, person, place, d.page, d.code.id())
    };
    diagnostics.sort_by_cached_key(key);
}

/// Whether any finding is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|d| d.severity == Severity::Error)
}

/// Turns a message of Typst into a finding that points into the template.
pub(crate) fn from_typst(world: &dyn World, diagnostic: &SourceDiagnostic) -> Diagnostic {
    let code = match diagnostic.severity {
        typst::diag::Severity::Error => Code::TemplateError,
        typst::diag::Severity::Warning if diagnostic.message.contains("deprecated") => Code::TemplateWarning,
        typst::diag::Severity::Warning => Code::TemplateSays,
    };
    let at = |span: DiagSpan| {
        let id = span.id()?;
        let range = world.range(span)?;
        let bytes = world.file(id).ok()?;
        let text = std::str::from_utf8(&bytes).ok()?;
        Some(Place::new(id.vpath().get_without_slash(), text, range))
    };
    let place = at(diagnostic.span);
    let calls = diagnostic.trace.iter().filter_map(|point| at(point.span.into()));
    let calls: Vec<_> = calls.map(|place| (place.file, place.line)).collect();
    let hints = diagnostic.hints.iter().map(|hint| hint.v.to_string()).collect();
    Diagnostic::new(code)
        .at(place)
        .arg("message", Phrase::Foreign(diagnostic.message.to_string()))
        .arg("hints", Phrase::ForeignHints { hints, meant: None, calls })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_no_templates() {
        let told = Diagnostic::new(Code::UnknownKey).arg("key", "{known}").arg("known", "name");
        assert_eq!(told.message(Lang::En), "there is no field \"{known}\"");
    }

    #[test]
    fn place_counts_characters() {
        let place = Place::new("a.json", "一\n二三x", 10..11);
        assert_eq!((place.line, place.column), (2, 3));
        assert_eq!(Place::new("a.json", "一", 1..2).range, 0..3);
    }
}
