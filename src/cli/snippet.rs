//! A finding as text: the place underlined, the person, page and field named,
//! the way to mend it.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use fengcai::catalogue::Lang;
use fengcai::diag::{Diagnostic, Severity};

/// Columns of the underlined text; long paragraphs are cut around the place.
const WIDTH: usize = 100;

/// How many errors and warnings there are, and for whom.
pub(super) fn summary(found: &[Diagnostic], lang: Lang) -> String {
    let count = |severity| found.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let mut persons: BTreeMap<String, usize> = BTreeMap::new();
    for diagnostic in found {
        *persons
            .entry(who(diagnostic).unwrap_or_else(|| lang.pick("全书", "the book").into()))
            .or_default() += 1;
    }
    let list: Vec<_> = persons.iter().map(|(person, n)| format!("{person} {n}")).collect();
    shown(match lang {
        Lang::Zh => format!("{errors} 个错误，{warnings} 个警告：{}", list.join("，")),
        Lang::En => format!("{errors} errors, {warnings} warnings: {}", list.join(", ")),
    })
}

/// Text of the data as a terminal may show it: control characters pictured.
fn shown(text: String) -> String {
    let picture = |c: char| match c {
        '\n' => ' ',
        '\0'..='\x1F' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(' '),
        c if c.is_control() => '\u{FFFD}',
        c => c,
    };
    text.chars().map(picture).collect()
}

/// One line.
pub(super) fn short(diagnostic: &Diagnostic, lang: Lang) -> String {
    let place = diagnostic
        .place
        .as_ref()
        .map(|p| format!("{}:{}:{}: ", p.file, p.line, p.column))
        .unwrap_or_default();
    let level = level_name(diagnostic.severity, lang);
    let who = who(diagnostic).map(|who| format!("{who} ")).unwrap_or_default();
    shown(format!("{place}{level}[{}]: {who}{}", diagnostic.code.id(), diagnostic.message(lang)))
}

/// The finding at full length, with the line it is about when there is a text.
pub(super) fn human(diagnostic: &Diagnostic, text: Option<&str>, lang: Lang, color: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = shown(diagnostic.message(lang));
    let title = level
        .with_name(level_name(diagnostic.severity, lang))
        .primary_title(&message)
        .id(diagnostic.code.id());
    let about = shown(about(diagnostic, lang));
    let hint = diagnostic.hint(lang);
    let mut group = annotate_snippets::Group::with_title(title);
    if let (Some(place), Some(text)) = (&diagnostic.place, text) {
        let annotation = AnnotationKind::Primary.span(place.range.clone());
        group = group.element(Snippet::source(text).path(&place.file).fold(true).annotation(annotation));
    }
    if !about.is_empty() {
        group = group.element(Level::NOTE.with_name(lang.pick("位置", "where")).message(&about));
    }
    if !hint.is_empty() {
        group = group.element(Level::HELP.with_name(lang.pick("怎样改", "help")).message(&hint));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(WIDTH).render(&[group])
}

fn level_name(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("错误", "error"),
        Severity::Warning => lang.pick("警告", "warning"),
    }
}

fn who(diagnostic: &Diagnostic) -> Option<String> {
    diagnostic.person.as_ref().map(|p| p.name.clone().unwrap_or_else(|| p.id.clone()))
}

/// Person, field and page.
fn about(diagnostic: &Diagnostic, lang: Lang) -> String {
    let page = diagnostic.page.map(|page| match lang {
        Lang::Zh => format!("第 {page} 页"),
        Lang::En => format!("page {page}"),
    });
    let parts: Vec<_> = [who(diagnostic), diagnostic.field.clone().filter(|f| !f.is_empty()), page]
        .into_iter()
        .flatten()
        .collect();
    parts.join(" · ")
}
