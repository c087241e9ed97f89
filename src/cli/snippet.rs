//! A finding as text: the place underlined, the person, page and field named,
//! the way to mend it.

use std::collections::{BTreeMap, HashMap};

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use fengcai::catalogue::{Lang, field_name};
use fengcai::diag::{Diagnostic, Phrase, Severity};
use fengcai::report::part;

use super::pages::list;
use super::plain::{plain_line, same_length};

/// Columns of the underlined text; long paragraphs are cut around the place.
const WIDTH: usize = 100;

/// Longest piece that is underlined, in bytes.
const LONGEST: usize = 240;

/// How many errors and warnings there are, and for whom.
pub(super) fn summary(found: &[Diagnostic], lang: Lang) -> String {
    let count = |severity| found.iter().filter(|d| d.severity == severity).map(|d| 1 + d.more).sum::<usize>();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let mut persons: BTreeMap<String, usize> = BTreeMap::new();
    for diagnostic in found {
        *persons
            .entry(who(diagnostic, lang).unwrap_or_else(|| lang.pick("全书", "the book").into()))
            .or_default() += 1 + diagnostic.more;
    }
    let list: Vec<_> = persons.iter().map(|(person, n)| format!("{person} {n}")).collect();
    plain_line(&match lang {
        Lang::Zh => format!("{errors} 个错误，{warnings} 个警告：{}", list.join("，")),
        Lang::En => format!("{errors} errors, {warnings} warnings: {}", list.join(", ")),
    })
}

/// Places of the same finding that are listed under the first.
const PLACES: usize = 8;

/// Findings of one code about one person, or one file, as one.
pub(super) struct Merged<'a> {
    pub(super) first: &'a Diagnostic,
    /// Those that differ from it and from each other by more than their page.
    others: Vec<&'a Diagnostic>,
    pages: Vec<usize>,
    /// With those that are only counted.
    count: usize,
}

/// Merges findings of one code about one person, in the order of the first of
/// each.
pub(super) fn merged(found: &[Diagnostic]) -> Vec<Merged<'_>> {
    let mut merged: Vec<Merged> = Vec::new();
    let mut known = HashMap::new();
    for diagnostic in found {
        let file = diagnostic.place.as_ref().map(|place| &place.file);
        let key = (diagnostic.code, diagnostic.severity, diagnostic.person.as_ref(), file);
        let at = *known.entry(key).or_insert(merged.len());
        match merged.get_mut(at) {
            Some(finding) => {
                let same =
                    |other: &Diagnostic| other.args == diagnostic.args && other.place == diagnostic.place;
                if !same(finding.first) && !finding.others.iter().any(|other| same(other)) {
                    finding.others.push(diagnostic);
                }
                finding.count += 1 + diagnostic.more;
                finding.pages.extend(diagnostic.page);
                finding.pages.dedup();
            }
            None => merged.push(Merged {
                first: diagnostic,
                others: vec![],
                pages: diagnostic.page.into_iter().collect(),
                count: 1 + diagnostic.more,
            }),
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

/// The further places of a finding, a line each, and how many more there are.
fn others(finding: &Merged, lang: Lang) -> String {
    let line = |other: &&Diagnostic| {
        let at = other.place.as_ref().map(|place| format!("{}:{} ", place.line, place.column));
        let field = other.field.as_deref().filter(|field| !field.is_empty());
        let field = field.map(|field| format!("{} ", field_name(field, lang)));
        format!(
            "    {}{}{}\n",
            plain_line(&field.unwrap_or_default()),
            at.unwrap_or_default(),
            plain_line(&other.message(lang))
        )
    };
    let mut lines: String = finding.others.iter().take(PLACES).map(line).collect();
    let listed = finding.others.len().min(PLACES);
    let pages = finding.pages.len().saturating_sub(1);
    let rest = finding.count.saturating_sub(1 + listed.max(pages));
    if rest > 0 && (listed > 0 || pages == 0) {
        lines += &match lang {
            Lang::Zh => format!("    ……还有 {rest} 处\n"),
            Lang::En => format!("    … and {rest} more\n"),
        };
    }
    lines
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
    let delivered = plain_line(&diagnostic.origin(lang).unwrap_or_default());
    let path = diagnostic.place.as_ref().map(|place| plain_line(&place.file)).unwrap_or_default();
    let mut group = annotate_snippets::Group::with_title(title);
    let place = diagnostic.place.as_ref();
    // A place that is none of this text would be none of its lines.
    match place.zip(text).filter(|(place, text)| text.get(place.range.clone()).is_some()) {
        Some((place, text)) => {
            // A long text is known by its beginning.
            let end = text.floor_char_boundary(place.range.end.min(place.range.start + LONGEST));
            let annotation = AnnotationKind::Primary.span(place.range.start..end.max(place.range.start));
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
    if !delivered.is_empty() {
        group = group.element(Level::NOTE.with_name(lang.pick("原稿", "delivered in")).message(&delivered));
    }
    if !hint.is_empty() {
        group = group.element(Level::HELP.with_name(lang.pick("怎样改", "help")).message(&hint));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let told = renderer.term_width(WIDTH).render(&[group]);
    let others = others(finding, lang);
    if others.is_empty() {
        return told;
    }
    format!("{told}\n  {}\n{}", lang.pick("同样的还有：", "the same again:"), others.trim_end())
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
    let field = diagnostic.field.as_deref().filter(|field| !field.is_empty());
    let field = field.map(|field| field_name(field, lang));
    let parts: Vec<_> = [who(diagnostic, lang), field, page].into_iter().flatten().collect();
    parts.join(" · ")
}
