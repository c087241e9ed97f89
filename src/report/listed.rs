//! Findings as rows: what people read of each.

use super::part;
use crate::catalogue::field_name;
use crate::diag::{Diagnostic, Lang, Phrase, Place, Severity};

/// Characters of the text shown on either side of what is wrong.
const AROUND: usize = 16;
/// Most characters of what is wrong that are shown.
const WRONG: usize = 60;

/// A finding in a language.
pub(super) struct Listed {
    pub(super) error: bool,
    pub(super) severity: &'static str,
    /// Whom it is about; the book where it is nobody.
    pub(super) who: String,
    /// The field, as people call it, else the file.
    pub(super) place: String,
    pub(super) page: String,
    pub(super) message: String,
    /// Before, what is wrong, after.
    pub(super) excerpt: [String; 3],
    pub(super) hint: String,
    pub(super) code: &'static str,
    /// File and line.
    pub(super) file: String,
}

impl Listed {
    /// `text` gives the text of a file that a finding points into.
    pub(super) fn new<'a>(diagnostic: &Diagnostic, text: impl Fn(&str) -> Option<&'a str>, lang: Lang) -> Self {
        let place = diagnostic.place.as_ref();
        let field = diagnostic.field.as_deref().filter(|field| !field.is_empty());
        let file = place.map(|place| format!("{}:{}", place.file, place.line)).unwrap_or_default();
        let who = diagnostic.person.as_ref().map(|person| match part(&person.id) {
            Some(kind) => Phrase::Part(kind.into()).text(lang),
            None => person.name.clone().unwrap_or_else(|| person.id.clone()),
        });
        let more = match (diagnostic.more, lang) {
            (0, _) => String::new(),
            (n, Lang::Zh) => format!("（还有 {n} 处）"),
            (n, Lang::En) => format!(" (and {n} more)"),
        };
        let excerpt = place.and_then(|place| Some(excerpt(place, text(&place.file)?))).unwrap_or_default();
        Self {
            error: diagnostic.severity == Severity::Error,
            severity: match diagnostic.severity {
                Severity::Error => lang.pick("错误", "error"),
                Severity::Warning => lang.pick("警告", "warning"),
            },
            who: who.unwrap_or_else(|| lang.pick("全书", "the book").into()),
            place: field.map_or_else(|| file.clone(), |field| field_name(field, lang)),
            page: diagnostic.page.map(|page| page.to_string()).unwrap_or_default(),
            message: diagnostic.message(lang) + &more,
            excerpt,
            hint: diagnostic.hint(lang),
            code: diagnostic.code.id(),
            file,
        }
    }
}

/// The text around a place, within its line: before, at, after.
pub(crate) fn excerpt(place: &Place, text: &str) -> [String; 3] {
    let (Some(before), Some(at), Some(after)) =
        (text.get(..place.range.start), text.get(place.range.clone()), text.get(place.range.end..))
    else {
        return Default::default();
    };
    let at = at.lines().next().unwrap_or_default();
    let before = before.rsplit('\n').next().unwrap_or_default().trim_start();
    let after = after.split('\n').next().unwrap_or_default().trim_end();
    let skipped = before.chars().count().saturating_sub(AROUND);
    let start: String = before.chars().skip(skipped).collect();
    let end: String = after.chars().take(AROUND).collect();
    let cut = |text: &str| if text.is_empty() { "" } else { "…" };
    let rest = after.chars().nth(AROUND).map_or("", |_| "…");
    let shown: String = at.chars().take(WRONG).collect();
    let long = if at.chars().nth(WRONG).is_some() { "…" } else { "" };
    let lead = if skipped > 0 { cut(&start) } else { "" };
    [format!("{lead}{start}"), format!("{shown}{long}"), format!("{end}{rest}")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_cut_around_the_place() {
        let text = "{\n  \"name\": \"王风荣\",\n}";
        let at = text.find("风").expect("it is there");
        let shown = excerpt(&Place::new("a.json", text, at..at + 3), text);
        assert_eq!(shown, ["\"name\": \"王".to_owned(), "风".into(), "荣\",".into()]);
        let out = Place { range: 500..501, ..Place::new("a.json", text, 0..0) };
        assert_eq!(excerpt(&out, text), <[String; 3]>::default());
    }
}
