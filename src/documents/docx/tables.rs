//! Tables: rows and cells, with those that are merged.

use roxmltree::Node;

use super::super::package::{attribute, child};
use super::super::{Block, Cell, DocumentProblem, NoticeKind, Spot, Table, budget};
use super::inline::inline;
use super::{Reader, chosen, notes};

impl Reader {
    /// Reads a table.
    pub(super) fn table(&mut self, node: Node) -> Result<(), DocumentProblem> {
        self.tables += 1;
        let number = self.tables;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for row in within(node, "tr", "tbl") {
            let properties = child(row, "trPr");
            if let Some(gone) = properties.and_then(|properties| child(properties, "del")) {
                let (text, spot) = (notes::words(row), Spot::Table(number, rows.len() + 1, 1));
                self.notice(NoticeKind::Deleted, &spot, text, attribute(gone, "author").map(notes::short));
                continue;
            }
            let mut cells: Vec<Cell> = Vec::new();
            for cell in within(row, "tc", "tr") {
                let column = cells.len();
                let spot = Spot::Table(number, rows.len() + 1, column + 1);
                let properties = child(cell, "tcPr");
                let merge = properties.and_then(|properties| child(properties, "vMerge"));
                let goes_on = merge.is_some_and(|merge| attribute(merge, "val") != Some("restart"));
                let above = rows.last().and_then(|row| row.get(column)).filter(|_| goes_on);
                self.merged += above.map_or(0, |above| above.text.len());
                let text = match above {
                    Some(above) => above.text.clone(),
                    None => self.cell(cell, &spot),
                };
                self.cells += 1;
                let span = properties.and_then(|properties| child(properties, "gridSpan"));
                let span =
                    span.and_then(|span| attribute(span, "val")?.parse::<usize>().ok()).unwrap_or(1).max(1);
                cells.push(Cell { spot, text, merged: above.is_some() });
                for further in 1..span.min(budget::COLUMNS) {
                    let spot = Spot::Table(number, rows.len() + 1, column + 1 + further);
                    cells.push(Cell { spot, text: String::new(), merged: true });
                }
                self.cells += span.min(budget::COLUMNS) - 1;
                if self.merged > budget::CELL_BYTES
                    || self.cells > budget::CELLS
                    || cells.len() > budget::COLUMNS
                {
                    return Err(DocumentProblem::TooManyCells);
                }
            }
            rows.push(cells);
            if rows.len() > budget::ROWS {
                return Err(DocumentProblem::TooManyCells);
            }
        }
        self.document.blocks.push(Block::Table(Table { sheet: None, rows }));
        Ok(())
    }

    /// The text of a cell, with that of tables within it.
    fn cell(&mut self, cell: Node, spot: &Spot) -> String {
        let mut texts: Vec<String> = Vec::new();
        for paragraph in paragraphs(cell) {
            let said = inline(paragraph);
            self.tell(&said, spot);
            let label = self.numbering.label(paragraph, &self.styles);
            texts.push(format!("{label}{}", said.text.replace('\u{C}', "\n")));
        }
        while texts.last().is_some_and(|text| text.trim().is_empty()) {
            texts.pop();
        }
        texts.join("\n")
    }
}

/// The rows of a table, or the cells of a row: not those of tables within.
fn within<'a, 'i>(node: Node<'a, 'i>, name: &str, whole: &str) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    let mut stack: Vec<Node> = node.children().collect();
    stack.reverse();
    while let Some(node) = stack.pop() {
        match node.tag_name().name() {
            same if same == name => found.push(node),
            same if same == whole => {}
            "AlternateContent" => stack.extend(chosen(node)),
            "sdt" | "sdtContent" | "customXml" | "ins" | "Choice" | "Fallback" => {
                let from = stack.len();
                stack.extend(node.children());
                stack[from..].reverse();
            }
            _ => {}
        }
    }
    found
}

/// The paragraphs in a cell or a box, those of tables within too, and none
/// within another.
pub(super) fn paragraphs<'a, 'i>(node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let mut found = Vec::new();
    let mut stack: Vec<Node> = node.children().collect();
    stack.reverse();
    while let Some(node) = stack.pop() {
        match node.tag_name().name() {
            "p" => found.push(node),
            "txbxContent" | "del" | "moveFrom" => {}
            "AlternateContent" => stack.extend(chosen(node)),
            _ => {
                let from = stack.len();
                stack.extend(node.children());
                stack[from..].reverse();
            }
        }
    }
    found
}
