//! The delivered text against the data: no word changed, dropped or added.

use super::{Entry, finding, finding_in};
use crate::diag::{Code, Diagnostic};
use crate::load::Draft;
use crate::model::Booklet;

/// Characters shown of what differs.
const SHOWN: usize = 8;

/// Compares headlines, posts, names and articles with the delivered text.
pub(super) fn check(draft: &Draft, booklet: &Booklet, entries: &[Entry], sink: &mut Vec<Diagnostic>) {
    let Some(file) = &booklet.source else { return };
    let source = draft.attachments.source.as_ref().and_then(|bytes| std::str::from_utf8(bytes).ok());
    let Some(source) = source else {
        sink.push(finding(Code::SourceMissing, &draft.booklet, "source").arg("file", file.as_str()));
        return;
    };
    let source = plain(source);
    for entry in entries {
        let document = &draft.profiles[&entry.id];
        let profile = &entry.profile;
        for (i, paragraph) in profile.article.iter().enumerate() {
            if let Some((at, there)) = differs(paragraph, &source) {
                let here: String = paragraph[at..].chars().take(SHOWN).collect();
                let found = finding_in(
                    Code::DiffersFromSource,
                    document,
                    &format!("article[{i}]"),
                    at..at + here.len(),
                );
                sink.push(found.arg("text", here).arg("source", there));
            }
        }
        let post = &profile.post;
        let whole = [&post.district, &post.street, &post.community, &post.role, &profile.name];
        for (field, text) in [
            ("headline", profile.headline.concat()),
            ("post", whole.into_iter().map(String::as_str).collect()),
        ] {
            if let Some((at, there)) = differs(&text, &source) {
                let here: String = text[at..].chars().take(SHOWN).collect();
                let found = finding(Code::DiffersFromSource, document, field);
                sink.push(found.arg("text", here).arg("source", there));
            }
        }
    }
}

/// Where a text leaves the source, and how the source goes on there.
fn differs(text: &str, source: &str) -> Option<(usize, String)> {
    if source.contains(&plain(text)) {
        return None;
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    // The longest beginning that stands in the source: it only gets rarer as
    // it grows.
    let stands = |end: usize| source.contains(&plain(&text[..end]));
    let at = ends[ends.partition_point(|end| stands(*end)).saturating_sub(1)];
    let beginning = plain(&text[..at]);
    let after = source.find(&beginning).map_or(0, |start| start + beginning.len());
    let there = if at == 0 { String::new() } else { source[after..].chars().take(SHOWN).collect() };
    Some((at, there))
}

/// A text without white space, its punctuation full-width.
fn plain(text: &str) -> String {
    let mark = |c| match c {
        ',' => '，',
        ':' => '：',
        ';' => '；',
        '!' => '！',
        '?' => '？',
        other => other,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_found() {
        let source = plain("推动安装车棚17个,主动为小区\n\n安全“加码”。");
        assert_eq!(differs("推动安装车棚17个，主动为小区安全“加码”。", &source), None);
        let (at, there) = differs("推动安装车棚71个，主动", &source).unwrap();
        assert_eq!((at, there.as_str()), ("推动安装车棚".len(), "17个，主动为小"));
        assert_eq!(differs("别的", &source).unwrap().0, 0);
    }
}
