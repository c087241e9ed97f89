//! The evidence rule: quote, figures and honours stand in the article.

use super::finding;
use super::source::letters;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::load::Document;
use crate::model::{Figure, Profile};

pub(super) fn check(document: &Document, profile: &Profile, sink: &mut Vec<Diagnostic>) {
    let stands = |text: &str| profile.article.iter().any(|paragraph| paragraph.contains(text));
    let mut verbatim = |code, field: String, text: &str| {
        if !stands(text) {
            let meant = letters::written(text, &profile.article)
                .map_or(Phrase::Verbatim(String::new()), Phrase::WrittenAs);
            sink.push(finding(code, document, &field).arg("text", text).arg("meant", meant));
        } else if !profile.article.iter().any(|paragraph| whole_number(paragraph, text)) {
            sink.push(finding(Code::NumberCut, document, &field).arg("text", text));
        }
    };
    if let Some(quote) = &profile.quote {
        verbatim(Code::QuoteNotInArticle, "quote".into(), quote);
    }
    for (i, figure) in profile.figures.iter().enumerate() {
        verbatim(Code::EvidenceNotInArticle, format!("figures[{i}].evidence"), &figure.evidence);
    }
    let honours = [("community", &profile.honours.community), ("personal", &profile.honours.personal)];
    for (kind, list) in honours {
        for (i, honour) in list.iter().enumerate() {
            verbatim(Code::HonourNotInArticle, format!("honours.{kind}[{i}]"), honour);
        }
    }
    for (i, item) in profile.figures.iter().enumerate() {
        figure(document, i, item, sink);
    }
}

fn figure(document: &Document, i: usize, figure: &Figure, sink: &mut Vec<Diagnostic>) {
    let Figure { value, label, evidence } = figure;
    if evidence.contains(value) && !whole_number(evidence, value) {
        let diagnostic = finding(Code::NumberCut, document, &format!("figures[{i}].value"));
        sink.push(diagnostic.arg("text", value.as_str()));
    }
    if !evidence.contains(value) {
        let diagnostic = finding(Code::ValueNotInEvidence, document, &format!("figures[{i}].value"));
        sink.push(diagnostic.arg("text", value.as_str()).arg("evidence", evidence.as_str()));
    }
    if let Some(char) = label.chars().find(|c| !evidence.contains(*c)) {
        let diagnostic = finding(Code::LabelNotInEvidence, document, &format!("figures[{i}].label"));
        sink.push(
            diagnostic.arg("text", label.as_str()).arg("char", char).arg("evidence", evidence.as_str()),
        );
    }
}

/// Whether a piece stands in a text without cutting a number: 7个 is not in
/// 17个, nor 1.5 in 21.5.
fn whole_number(text: &str, piece: &str) -> bool {
    let part = |c: char| c.is_ascii_digit() || c == '.';
    let starts = piece.starts_with(part);
    let ends = piece.ends_with(part);
    text.match_indices(piece).any(|(at, _)| {
        let before = starts && text[..at].ends_with(part);
        let after = ends && text[at + piece.len()..].starts_with(part);
        !before && !after
    })
}
