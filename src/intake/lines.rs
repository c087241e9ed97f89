//! A document as lines, whatever it was made of: paragraphs, their line breaks,
//! text boxes, cells that only lay out a page.

use super::line::{Line, Look};
use super::{Delivery, Place};
use crate::documents::{Block, Paragraph, Spot, Style, Table};

/// Lines of a text by which it is told to be wrapped by hand.
const WRAPPED: usize = 12;

/// The lines of a document; tables for which `aside` says so are left out.
pub(super) fn of(delivery: &Delivery, aside: &dyn Fn(usize) -> bool) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, block) in delivery.document.blocks.iter().enumerate() {
        match block {
            Block::Paragraph(paragraph) => add(paragraph, at, &delivery.name, &mut lines),
            Block::Table(_) if aside(at) => lines.push(blank(at, &delivery.name)),
            Block::Table(table) => {
                for (text, spot) in texts(table) {
                    let paragraph = Paragraph { spot, text, style: Style::Body, indented: false };
                    add(&paragraph, at, &delivery.name, &mut lines);
                }
            }
            Block::Break => {
                let place = Place { file: delivery.name.clone(), spot: Spot::Whole };
                lines.push(Line { look: Look::Break, ..empty(place, at) });
            }
        }
    }
    if lines.iter().all(|line| matches!(line.place.spot, Spot::Line(_) | Spot::Whole)) {
        lines = unwrapped(lines);
    }
    lines
}

/// The texts of a table that lays out a page, cell by cell.
fn texts(table: &Table) -> Vec<(String, Spot)> {
    let cells = table.rows.iter().flatten().filter(|cell| !cell.merged && !cell.text.trim().is_empty());
    cells.map(|cell| (cell.text.clone(), cell.spot.clone())).collect()
}

fn empty(place: Place, block: usize) -> Line {
    Line {
        text: String::new(),
        place,
        style: Style::Body,
        indented: false,
        boxed: false,
        block,
        look: Look::Blank,
    }
}

fn blank(at: usize, file: &str) -> Line {
    empty(Place { file: file.to_owned(), spot: Spot::Whole }, at)
}

fn add(paragraph: &Paragraph, block: usize, file: &str, lines: &mut Vec<Line>) {
    for (i, text) in paragraph.text.split(['\n', '\u{B}', '\u{2028}', '\r']).enumerate() {
        let place = Place { file: file.to_owned(), spot: paragraph.spot.clone() };
        let indented = if i == 0 { paragraph.indented } else { text.starts_with("\u{3000}") };
        let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        let close = unspaced(trimmed);
        let trimmed = close.as_deref().unwrap_or(trimmed);
        lines.push(Line {
            look: Look::of(trimmed, &paragraph.style),
            text: trimmed.to_owned(),
            style: paragraph.style.clone(),
            indented,
            boxed: matches!(paragraph.spot, Spot::Box(_)),
            ..empty(place, block)
        });
    }
}

/// A line without spaces, if nearly all of its characters stand apart, as
/// scanners write them.
fn unspaced(text: &str) -> Option<String> {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let single = tokens.iter().filter(|token| token.chars().count() <= 2).count();
    (tokens.len() > 5 && 5 * single > 4 * tokens.len() && !text.is_ascii()).then(|| tokens.concat())
}

/// Width of a text in columns: Han are as wide as two letters.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// A text whose lines were ended by hand where they were full, as paragraphs:
/// a full line goes on in the next one.
fn unwrapped(lines: Vec<Line>) -> Vec<Line> {
    let texts: Vec<&Line> = lines.iter().filter(|line| !line.text.is_empty()).collect();
    let Some(full) = texts.iter().map(|line| width(&line.text)).max() else { return lines };
    let is_full = |line: &Line| width(&line.text) + 5 >= full;
    let many = texts.iter().filter(|line| is_full(line)).count();
    if full > 130 || many < WRAPPED || 3 * many < texts.len() {
        return lines;
    }
    let mut out: Vec<Line> = Vec::new();
    let mut open = false;
    for line in lines {
        let text = line.look != Look::Break && !line.text.is_empty();
        match out.last_mut().filter(|_| open && text && !line.indented) {
            Some(last) => {
                open = is_full(&line);
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                if latin(last.text.chars().next_back())
                    && latin(line.text.chars().next())
                    && full < 100
                    && line.text.is_ascii()
                {
                    last.text.push(' ');
                }
                last.text += &line.text;
                last.look = Look::Body;
            }
            None => {
                open = text && is_full(&line);
                out.push(line);
            }
        }
    }
    out
}
