//! A finding as text: the place underlined, the person, page and field named,
//! the way to mend it.

use std::collections::{BTreeMap, HashMap};

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use fengcai::catalogue::Lang;
use fengcai::diag::{Diagnostic, Phrase, Severity};
use fengcai::report::part;

use super::pages::list;
use super::plain::{plain_line, same_length};

/// Columns of the underlined text; long paragraphs are cut around the place.
const WIDTH: usize = 100;

/// How many errors and warnings there are, and for whom.
pub(super) fn summary(found: &[Diagnostic], lang: Lang) -> String {
    let count = |severity| found.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let mut persons: BTreeMap<String, usize> = BTreeMap::new();
    for diagnostic in found {
        *persons
            .entry(who(diagnostic, lang).unwrap_or_else(|| lang.pick("全书", "the book").into()))
            .or_default() += 1;
    }
    let list: Vec<_> = persons.iter().map(|(person, n)| format!("{person} {n}")).collect();
    plain_line(&match lang {
        Lang::Zh => format!("{errors} 个错误，{warnings} 个警告：{}", list.join("，")),
        Lang::En => format!("{errors} errors, {warnings} warnings: {}", list.join(", ")),
    })
}

/// Findings that say the same of several pages, as one.
pub(super) struct Merged<'a> {
    pub(super) first: &'a Diagnostic,
    pages: Vec<usize>,
    count: usize,
}

/// Merges findings that differ by their page alone, in the order of the first
/// of each.
pub(super) fn merged(found: &[Diagnostic]) -> Vec<Merged<'_>> {
    let mut merged: Vec<Merged> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for diagnostic in found {
        let alone = Diagnostic { page: None, ..diagnostic.clone() };
        let at = *known.entry(format!("{alone:?}")).or_insert(merged.len());
        if at == merged.len() {
            merged.push(Merged { first: diagnostic, pages: vec![], count: 0 });
        }
        if let Some(finding) = merged.get_mut(at) {
            finding.count += 1;
            finding.pages.extend(diagnostic.page);
            finding.pages.dedup();
        }
    }
    merged
}

/// One line.
pub(super) fn short(finding: &Merged, lang: Lang) -> String {
    let diagnostic = finding.first;
    let place = diagnostic
        .place
        .as_ref()
        .map(|p| format!("{}:{}:{}: ", p.file, p.line, p.column))
        .unwrap_or_default();
    let level = level_name(diagnostic.severity, lang);
    let who = who(diagnostic, lang).map(|who| format!("{who} ")).unwrap_or_default();
    let pages = if finding.count > 1 { format!(" ({})", pages(finding, lang)) } else { String::new() };
    plain_line(&format!("{place}{level}[{}]: {who}{}{pages}", diagnostic.code.id(), diagnostic.message(lang)))
}

/// The pages of a finding, and how often it is there.
fn pages(finding: &Merged, lang: Lang) -> String {
    let list = list(&finding.pages);
    let pages = match (finding.pages.is_empty(), lang) {
        (true, _) => String::new(),
        (_, Lang::Zh) => format!("第 {list} 页"),
        (_, Lang::En) => format!("pages {list}"),
    };
    match (finding.count, lang) {
        (1, _) => pages,
        (n, Lang::Zh) => format!("{pages}，共 {n} 处").trim_start_matches('，').to_owned(),
        (n, Lang::En) => format!("{pages}, {n} times").trim_start_matches(", ").to_owned(),
    }
}

/// The finding at full length, with the line it is about when there is a text.
pub(super) fn human(finding: &Merged, text: Option<&str>, lang: Lang, color: bool) -> String {
    let diagnostic = finding.first;
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = plain_line(&diagnostic.message(lang));
    let title = level
        .with_name(level_name(diagnostic.severity, lang))
        .primary_title(&message)
        .id(diagnostic.code.id());
    let about = plain_line(&about(finding, lang));
    let hint = plain_line(&diagnostic.hint(lang));
    let path = diagnostic.place.as_ref().map(|place| plain_line(&place.file)).unwrap_or_default();
    let mut group = annotate_snippets::Group::with_title(title);
    let place = diagnostic.place.as_ref();
    // A place that is none of this text would be none of its lines.
    match place.zip(text).filter(|(place, text)| text.get(place.range.clone()).is_some()) {
        Some((place, text)) => {
            let annotation = AnnotationKind::Primary.span(place.range.clone());
            group = group
                .element(Snippet::source(same_length(text)).path(&path).fold(true).annotation(annotation));
        }
        None => {
            let origin = place.map(|place| Origin::path(&path).line(place.line).char_column(place.column));
            group = group.elements(origin);
        }
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

fn who(diagnostic: &Diagnostic, lang: Lang) -> Option<String> {
    let person = diagnostic.person.as_ref()?;
    Some(match part(&person.id) {
        Some(kind) => Phrase::Part(kind.into()).text(lang),
        None => person.name.clone().unwrap_or_else(|| person.id.clone()),
    })
}

/// Person, field and page.
fn about(finding: &Merged, lang: Lang) -> String {
    let diagnostic = finding.first;
    let page = match (finding.count, diagnostic.page, lang) {
        (1, Some(page), Lang::Zh) => Some(format!("第 {page} 页")),
        (1, Some(page), Lang::En) => Some(format!("page {page}")),
        (1, None, _) => None,
        _ => Some(pages(finding, lang)),
    };
    let parts: Vec<_> = [who(diagnostic, lang), diagnostic.field.clone().filter(|f| !f.is_empty()), page]
        .into_iter()
        .flatten()
        .collect();
    parts.join(" · ")
}
