//! OpenDocument workbooks (ISO/IEC 26300): cells say how they are shown.

use roxmltree::Node;

use super::super::package::{Package, attribute, parse};
use super::super::{Block, Cell, Document, DocumentProblem, Notice, NoticeKind, Spot, budget};
use super::grid::{Grid, Left};

/// Name of the sheet in which our exports keep what they know.
const OWN: &str = "fengcai";

/// Reads a workbook.
pub(in crate::documents) fn read(bytes: &[u8]) -> Result<Document, DocumentProblem> {
    let mut package = Package::open(bytes)?;
    if package.text("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(DocumentProblem::Encrypted);
    }
    let text = package.text("content.xml")?.ok_or(DocumentProblem::Broken)?;
    let xml = parse(&text)?;
    let mut document = Document::default();
    let mut left = Left::default();
    let is_table = |node: &Node| {
        node.tag_name().name() == "table"
            && node.parent().is_some_and(|p| p.tag_name().name() == "spreadsheet")
    };
    for (i, table) in xml.root_element().descendants().filter(is_table).enumerate() {
        if i >= budget::SHEETS {
            return Err(DocumentProblem::TooManyCells);
        }
        let name = attribute(table, "name").unwrap_or_default();
        let mut grid = Grid::new(name);
        let (mut row, mut hides) = (0, false);
        for node in rows(table) {
            let times = repeated(node, "number-rows-repeated");
            hides |= matches!(attribute(node, "visibility"), Some("collapse" | "filter"));
            let cells = written(node);
            // A row that is repeated to the end of the sheet is empty.
            for place in (row + 1..=row + times).take(if cells.is_empty() { 0 } else { budget::ROWS }) {
                put(&cells, place, &mut grid, &mut left)?;
            }
            row += times;
        }
        if hides {
            let spot = Spot::Whole;
            document.notices.push(Notice {
                spot,
                kind: NoticeKind::HiddenRows,
                text: name.to_owned(),
                by: None,
            });
        }
        let table = grid.table()?;
        if name == OWN {
            let pair = |row: &Vec<Cell>| Some((row.first()?.text.clone(), row.get(1)?.text.clone()));
            document.own.extend(table.rows.iter().filter_map(pair));
        } else {
            document.blocks.push(Block::Table(table));
        }
    }
    Ok(document)
}

/// The rows of a table, those in groups and headers too.
fn rows<'a, 'i>(table: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    let mut stack: Vec<Node> = table.children().collect();
    stack.reverse();
    while let Some(node) = stack.pop() {
        match node.tag_name().name() {
            "table-row" => found.push(node),
            "table-row-group" | "table-header-rows" | "table-rows" => {
                let from = stack.len();
                stack.extend(node.children());
                stack[from..].reverse();
            }
            _ => {}
        }
    }
    found
}

/// A cell that is not empty: column, how often it stands there, its text, rows
/// and columns that it spans.
struct Written {
    column: usize,
    times: usize,
    text: String,
    span: (usize, usize),
}

/// The cells of a row that are not empty.
fn written(row: Node) -> Vec<Written> {
    let mut found = Vec::new();
    let mut column = 0_usize;
    for cell in row.children() {
        let covered = cell.tag_name().name() == "covered-table-cell";
        if !covered && cell.tag_name().name() != "table-cell" {
            continue;
        }
        let times = repeated(cell, "number-columns-repeated");
        let text = if covered { String::new() } else { shown(cell) };
        if !text.trim().is_empty() {
            let span = (repeated(cell, "number-rows-spanned"), repeated(cell, "number-columns-spanned"));
            found.push(Written { column: column + 1, times, text, span });
        }
        column = column.saturating_add(times);
    }
    found
}

/// Puts the cells of a row.
fn put(cells: &[Written], row: usize, grid: &mut Grid, left: &mut Left) -> Result<(), DocumentProblem> {
    for Written { column, times, text, span } in cells {
        for at in *column..column + times.min(&(budget::COLUMNS + 1)) {
            grid.put(row, at, text.clone(), left)?;
        }
        if span.0 > 1 || span.1 > 1 {
            grid.merge([row, *column, row + span.0 - 1, column + span.1 - 1]);
        }
    }
    Ok(())
}

/// How often a row or cell stands there.
fn repeated(node: Node, name: &str) -> usize {
    let times: usize = attribute(node, name).and_then(|times| times.parse().ok()).unwrap_or(1);
    times.clamp(1, 1 << 24)
}

/// A cell as it is shown: its paragraphs, without annotations and phonetic
/// guides.
fn shown(cell: Node) -> String {
    let mut text = String::new();
    let mut stack: Vec<(Node, bool)> = cell.children().map(|child| (child, false)).collect();
    stack.reverse();
    while let Some((node, within)) = stack.pop() {
        if node.is_text() {
            text += node.text().filter(|_| within).unwrap_or_default();
            continue;
        }
        let name = node.tag_name().name();
        match name {
            "annotation" | "ruby-text" | "note" | "frame" | "shapes" => continue,
            "p" if !text.is_empty() => text.push('\n'),
            "s" => text += &" ".repeat(repeated(node, "c").min(100)),
            "tab" => text.push('\t'),
            "line-break" => text.push('\n'),
            _ => {}
        }
        let from = stack.len();
        stack.extend(node.children().map(|child| (child, within || name == "p")));
        stack[from..].reverse();
    }
    text
}
