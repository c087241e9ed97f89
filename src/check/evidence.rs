//! The evidence rule: quote, figures and honours stand in the article.

use super::finding;
use crate::diag::{Code, Diagnostic};
use crate::load::Document;
use crate::profile::{Figure, Profile};

pub(super) fn check(document: &Document, profile: &Profile, sink: &mut Vec<Diagnostic>) {
    let stands = |text: &str| profile.article.iter().any(|paragraph| paragraph.contains(text));
    let mut verbatim = |code, field: String, text: &str| {
        if !stands(text) {
            sink.push(finding(code, document, &field).arg("text", text));
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
