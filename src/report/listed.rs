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
    /// With those that are only counted.
    pub(super) count: usize,
    /// File name of the person's data; empty for the book.
    pub(super) id: String,
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
    pub(super) fn new<'a>(
        diagnostic: &Diagnostic,
        text: impl Fn(&str) -> Option<&'a str>,
        lang: Lang,
    ) -> Self {
        let place = diagnostic.place.as_ref();
        let field = diagnostic.field.as_deref().filter(|field| !field.is_empty());
        let mut file = place.map(|place| format!("{}:{}", place.file, place.line)).unwrap_or_default();
        if let Some(origin) = diagnostic.origin(lang) {
            file += &format!("{}{origin}", lang.pick("，原稿：", ", delivered in "));
        }
        let who = diagnostic.person.as_ref().map(|person| match part(&person.id) {
            Some(kind) => Phrase::Part(kind.into()).text(lang),
            None => person.name.clone().unwrap_or_else(|| person.id.clone()),
        });
        let more = match (diagnostic.more, lang) {
            (0, _) => String::new(),
            (n, Lang::Zh) => format!("（还有 {n} 处）"),
            (n, Lang::En) => format!(" (and {n} more)"),
        };
        let excerpt = excerpt(diagnostic, text);
        Self {
            error: diagnostic.severity == Severity::Error,
            count: 1 + diagnostic.more,
            id: diagnostic.person.as_ref().map(|person| person.id.clone()).unwrap_or_default(),
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

/// The text around the place of a finding: before, at, after. Of a field it is
/// the field's text, else the line of the file.
pub(crate) fn excerpt<'a>(found: &Diagnostic, text: impl Fn(&str) -> Option<&'a str>) -> [String; 3] {
    let Some(place) = &found.place else { return Default::default() };
    let Some([before, at, after]) = text(&place.file).and_then(|text| around(place, text)) else {
        return Default::default();
    };
    if found.field.as_deref().is_none_or(str::is_empty) {
        return shortened(before.trim_start(), at, after.trim_end());
    }
    match at.strip_prefix('"').and_then(|at| at.strip_suffix('"')) {
        Some(whole) => shortened("", whole, ""),
        None => {
            let before = before.rsplit('"').next().unwrap_or_default();
            shortened(before.trim_start(), at, after.split('"').next().unwrap_or_default().trim_end())
        }
    }
}

/// What stands before, at and after a place in its line.
fn around<'a>(place: &Place, text: &'a str) -> Option<[&'a str; 3]> {
    let before = text.get(..place.range.start)?;
    let (at, after) = (text.get(place.range.clone())?, text.get(place.range.end..)?);
    let last = before.rsplit('\n').next().unwrap_or_default();
    Some([last, at.lines().next().unwrap_or_default(), after.split('\n').next().unwrap_or_default()])
}

fn shortened(before: &str, at: &str, after: &str) -> [String; 3] {
    let skipped = before.chars().count().saturating_sub(AROUND);
    let start: String = before.chars().skip(skipped).collect();
    let end: String = after.chars().take(AROUND).collect();
    let wrong: String = at.chars().take(WRONG).collect();
    let dots = |cut: bool| if cut { "…" } else { "" };
    let (long, rest) = (at.chars().nth(WRONG).is_some(), after.chars().nth(AROUND).is_some());
    [
        format!("{}{start}", dots(skipped > 0)),
        format!("{wrong}{}", dots(long)),
        format!("{end}{}", dots(rest)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn the_text_is_cut_around_the_place() {
        let text = "{\n  \"name\": \"王风荣\",\n}";
        let at = text.find("风").expect("it is there");
        let found = Diagnostic::new(Code::JsonSyntax).at(Some(Place::new("a.json", text, at..at + 3)));
        assert_eq!(excerpt(&found, |_| Some(text)).join("|"), "\"name\": \"王|风|荣\",");
        let named = found.clone().field("name");
        assert_eq!(excerpt(&named, |_| Some(text)).join("|"), "王|风|荣");
        let whole = Place::new("a.json", text, at - 4..at + 7);
        assert_eq!(excerpt(&named.clone().at(Some(whole)), |_| Some(text)).join("|"), "|王风荣|");
        let out = Place { range: 500..501, ..Place::new("a.json", text, 0..0) };
        assert_eq!(excerpt(&named.at(Some(out)), |_| Some(text)), <[String; 3]>::default());
    }
}
