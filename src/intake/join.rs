//! Lines → paragraphs: pieces that a page, a column or a line end parted are
//! put together again.

use super::Place;
use super::line::{Line, Look, ends_paragraph, without_number};
use crate::documents::{Spot, Style};

/// Longest subheading, in characters.
const SUBHEAD: usize = 24;

/// The paragraphs of a text, each with the place of its first piece.
pub(super) fn paragraphs(lines: &[&Line]) -> Vec<(String, Place)> {
    let mut found: Vec<(String, Place)> = Vec::new();
    let mut open = false;
    for line in lines {
        match line.look {
            Look::Blank | Look::Break | Look::Furniture => continue,
            Look::Title | Look::Body => {}
        }
        let heading = is_subhead(line);
        match found.last_mut().filter(|_| open && !heading && !begins(line)) {
            Some((last, _)) => {
                let words = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
                if words(last.chars().next_back()) && words(line.text.chars().next()) {
                    last.push(' ');
                }
                *last += &line.text;
            }
            None => found.push((line.text.clone(), line.place.clone())),
        }
        open = !heading && found.last().is_some_and(|(text, _)| !ends_paragraph(text));
    }
    found
}

/// Whether a line can be nothing but the start of a paragraph.
fn begins(line: &Line) -> bool {
    matches!(line.place.spot, Spot::Line(_))
        && line.indented
        && !line.text.starts_with(|c: char| "，。、；：！？”’）》".contains(c))
}

/// Whether a line is a heading within a text: its style says so, or it is
/// short, numbered or without any mark.
fn is_subhead(line: &Line) -> bool {
    if matches!(line.style, Style::Heading(_)) {
        return true;
    }
    if line.text.matches('“').count() != line.text.matches('”').count() {
        return false;
    }
    let count = line.text.chars().count();
    let numbered = without_number(&line.text).len() < line.text.len();
    let marked = line.text.contains(['，', '。', '；', '：', ',', '、']);
    line.look == Look::Title
        && (numbered && count <= 2 * SUBHEAD && !line.text.contains(['。', '；'])
            || !marked && count <= SUBHEAD)
        && !line.text.starts_with(|c: char| "，。、；：！？”’）》".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(texts: &[&str]) -> Vec<String> {
        let line = |text: &&str| Line {
            look: Look::of(text, &Style::Body),
            text: (*text).to_owned(),
            place: Place { file: "a".into(), spot: Spot::Whole },
            style: Style::Body,
            indented: false,
            boxed: false,
            block: 0,
        };
        let lines: Vec<Line> = texts.iter().map(line).collect();
        paragraphs(&lines.iter().collect::<Vec<_>>()).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn pieces_are_put_together() {
        assert_eq!(
            joined(&["坚持把群众满意作为第一目标，提升治理精细", "", "化水平。王洋创建平台。"]).len(),
            1
        );
        assert_eq!(joined(&["第一段完了。", "第二段完了。"]).len(), 2);
        assert_eq!(joined(&["她组建“志愿", "队”，奋战在第一线。"]), ["她组建“志愿队”，奋战在第一线。"]);
        assert_eq!(joined(&["一、党建引领聚合力", "她推动组建宣讲团。"]).len(), 2);
        assert_eq!(joined(&["做强党建引领", "她推动组建宣讲团。"]).len(), 2);
        assert_eq!(joined(&["第一段没有完，", "— 3 —", "接着说完。"]).len(), 1);
    }
}
