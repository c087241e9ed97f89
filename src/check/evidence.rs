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
/// 17个, nor 1.5 in 21.5, 200人 in 1,200人, 12 in 12万, 二十 in 一百二十.
fn whole_number(text: &str, piece: &str) -> bool {
    text.match_indices(piece).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + piece.len()..]);
        !goes_on(before.chars().rev(), piece.chars().next(), "")
            && !goes_on(after.chars(), piece.chars().next_back(), "万亿千百十%％‰余多几")
    })
}

/// Whether the number at an edge of a piece goes on outside of it: `outside`
/// are the characters from the edge on, `scales` those that may follow digits.
fn goes_on(mut outside: impl Iterator<Item = char>, edge: Option<char>, scales: &str) -> bool {
    let han = |c: char| "〇零一二两三四五六七八九十百千万亿几".contains(c);
    let (Some(edge), Some(next)) = (edge, outside.next()) else { return false };
    if edge.is_ascii_digit() || edge == '.' {
        let joint = ".,，/～~—–-".contains(next) && outside.next().is_some_and(|c| c.is_ascii_digit());
        return next.is_ascii_digit() || joint || scales.contains(next);
    }
    han(edge) && han(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_whole() {
        for (text, piece) in [
            ("安装车棚17个", "17个"),
            ("服务2000余人次", "2000余人次"),
            ("共12.5万元", "12.5万元"),
            ("5G智慧车棚", "5G"),
            ("一百二十项", "一百二十项"),
            ("年，3项工作", "3项"),
        ] {
            assert!(whole_number(text, piece), "{piece} in {text}");
        }
        for (text, piece) in [
            ("安装车棚17个", "7个"),
            ("服务1,200人", "200人"),
            ("服务1，200人", "200人"),
            ("增长3—5项", "5项"),
            ("占3/4份", "4份"),
            ("安装12万项", "12"),
            ("增长12%", "12"),
            ("服务1200多人", "1200"),
            ("一百二十项", "二十项"),
            ("三百多位", "百多位"),
        ] {
            assert!(!whole_number(text, piece), "{piece} in {text}");
        }
    }
}
