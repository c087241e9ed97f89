//! Workbooks (Office Open XML), of Excel, WPS, LibreOffice and Numbers.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::package::{Package, attribute as of, child, parse};
use super::super::{Block, Document, DocumentProblem, Notice, NoticeKind, Spot, budget};
use super::formats;
use super::grid::{Grid, Left};
use super::strings::{Open, attribute, characters, event, shared, unescaped};

/// Name of the sheet in which our exports keep what they know.
const OWN: &str = "fengcai";

/// What the cells of all sheets refer to.
struct Book {
    strings: Vec<String>,
    /// The format of each style of cells, where it has one.
    formats: Vec<Option<String>>,
    from_1904: bool,
}

/// Reads a workbook.
pub(in crate::documents) fn read(bytes: &[u8]) -> Result<Document, DocumentProblem> {
    let mut package = Package::open(bytes)?;
    let main = package.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
    let main = main.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    let relations = package.relations(&main)?;
    let target = |kind: &str| relations.iter().find(|r| r.kind == kind).map(|r| r.target.clone());
    let workbook = package.text(&main)?.ok_or(DocumentProblem::Broken)?;
    let strings = target("sharedStrings").map_or(Ok(None), |part| package.text(&part))?;
    let styles = target("styles").map_or(Ok(None), |part| package.text(&part))?;
    let xml = parse(&workbook)?;
    let named =
        |name: &'static str| xml.root_element().children().find(move |node| node.tag_name().name() == name);
    let from_1904 = named("workbookPr").and_then(|node| of(node, "date1904"));
    let book = Book {
        strings: strings.as_deref().map_or(Ok(vec![]), shared)?,
        formats: styles.as_deref().map_or(Ok(vec![]), cell_formats)?,
        from_1904: matches!(from_1904, Some("1" | "true")),
    };
    let mut document = Document::default();
    let mut left = Left::default();
    let sheets =
        named("sheets").into_iter().flat_map(|node| node.children()).filter(roxmltree::Node::is_element);
    for (i, sheet) in sheets.enumerate() {
        if i >= budget::SHEETS {
            return Err(DocumentProblem::TooManyCells);
        }
        let name = of(sheet, "name").unwrap_or_default();
        let id = of(sheet, "id").unwrap_or_default();
        let Some(relation) = relations.iter().find(|r| r.id == id && r.kind == "worksheet") else { continue };
        let hidden = matches!(of(sheet, "state"), Some("hidden" | "veryHidden"));
        if hidden && name != OWN {
            document.notices.push(whole(name, NoticeKind::HiddenSheet));
            continue;
        }
        let Some(text) = package.sheet(&relation.target)? else { continue };
        let (grid, hides) = rows(&text, name, &book, &mut left)?;
        if hides {
            document.notices.push(whole(name, NoticeKind::HiddenRows));
        }
        if name == OWN {
            let texts =
                |row: &Vec<super::super::Cell>| row.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>();
            let pairs = grid.table()?.rows.iter().map(texts).collect::<Vec<_>>();
            let pair = |row: Vec<String>| Some((row.first()?.clone(), row.get(1)?.clone()));
            document.own.extend(pairs.into_iter().filter_map(pair));
        } else {
            document.blocks.push(Block::Table(grid.table()?));
        }
    }
    Ok(document)
}

fn whole(name: &str, kind: NoticeKind) -> Notice {
    Notice { spot: Spot::Whole, kind, text: name.to_owned(), by: None }
}

/// The formats of cells, by the number of their style.
fn cell_formats(text: &str) -> Result<Vec<Option<String>>, DocumentProblem> {
    let xml = parse(text)?;
    let root = xml.root_element();
    let number = |node: roxmltree::Node| of(node, "numFmtId").and_then(|id| id.parse::<u32>().ok());
    let own = child(root, "numFmts").into_iter().flat_map(|node| node.children());
    let own: HashMap<u32, &str> =
        own.filter_map(|node| Some((number(node)?, of(node, "formatCode")?))).collect();
    let cells = child(root, "cellXfs").into_iter().flat_map(|node| node.children());
    let format = |node: roxmltree::Node| {
        let id = number(node)?;
        let own = own.get(&id).copied().filter(|code| code.len() <= budget::NAME);
        own.filter(|code| !code.eq_ignore_ascii_case("general"))
            .or_else(|| formats::built_in(id))
            .map(ToOwned::to_owned)
    };
    Ok(cells.filter(roxmltree::Node::is_element).map(format).collect())
}

/// A cell that is being read.
#[derive(Default)]
struct OpenCell {
    kind: String,
    style: usize,
    value: String,
    in_value: bool,
    inline: Open,
}

/// The rows of a sheet, and whether some are hidden.
fn rows(text: &str, name: &str, book: &Book, left: &mut Left) -> Result<(Grid, bool), DocumentProblem> {
    let mut reader = Reader::from_str(text);
    let (mut grid, mut hides) = (Grid::new(name), false);
    let (mut row, mut column) = (0, 0);
    let mut cell = OpenCell::default();
    loop {
        let event = event(&mut reader)?;
        match &event {
            Event::Eof => return Ok((grid, hides)),
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "row" => {
                    row = attribute(tag, "r").and_then(|r| r.parse().ok()).unwrap_or(row + 1);
                    column = 0;
                    hides |= matches!(&event, Event::Start(_)) && is_hidden(tag);
                }
                "c" => {
                    let place = attribute(tag, "r").and_then(|r| position(&r));
                    (row, column) = place.unwrap_or((row, column + 1));
                    let style = attribute(tag, "s").and_then(|s| s.parse().ok()).unwrap_or(usize::MAX);
                    cell = OpenCell {
                        kind: attribute(tag, "t").unwrap_or_default(),
                        style,
                        ..OpenCell::default()
                    };
                }
                "v" => cell.in_value = matches!(&event, Event::Start(_)),
                "mergeCell" => {
                    let range = attribute(tag, "ref").unwrap_or_default();
                    let ends = range.split_once(':').and_then(|(a, b)| Some((position(a)?, position(b)?)));
                    if let Some(((top, left), (bottom, right))) = ends {
                        grid.merge([top, left, bottom, right]);
                    }
                }
                _ => cell.inline.take(&event),
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" => cell.in_value = false,
                "c" => {
                    let text = book.shown(&cell);
                    grid.put(row, column, text, left)?;
                    cell = OpenCell::default();
                }
                _ => cell.inline.take(&event),
            },
            event if cell.in_value => cell.value += &characters(event),
            event => cell.inline.take(event),
        }
    }
}

fn is_hidden(tag: &BytesStart) -> bool {
    matches!(attribute(tag, "hidden").as_deref(), Some("1" | "true"))
}

impl Book {
    /// A cell as it is shown.
    fn shown(&self, cell: &OpenCell) -> String {
        let value = cell.value.as_str();
        match cell.kind.as_str() {
            "s" => value
                .trim()
                .parse()
                .ok()
                .and_then(|i: usize| self.strings.get(i))
                .cloned()
                .unwrap_or_default(),
            "inlineStr" => unescaped(&cell.inline.text),
            "str" => unescaped(value),
            "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "e" => String::new(),
            "d" => value.split('T').next().unwrap_or_default().to_owned(),
            _ => match (value.trim().parse::<f64>(), self.formats.get(cell.style).and_then(Option::as_deref))
            {
                (Ok(number), Some(format)) => formats::shown(number, format, self.from_1904),
                (Ok(number), None) => formats::plain(number),
                (Err(_), _) => unescaped(if value.is_empty() { &cell.inline.text } else { value }),
            },
        }
    }
}

/// Row and column of a place such as B5.
fn position(place: &str) -> Option<(usize, usize)> {
    let place = place.replace('$', "");
    let digits = place.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = place.split_at(digits);
    let letter = |column: usize, c: char| {
        let value = c.to_ascii_uppercase() as usize;
        (c.is_ascii_alphabetic()).then(|| column.saturating_mul(26).saturating_add(value - 'A' as usize + 1))
    };
    let column = letters.chars().try_fold(0, letter)?;
    Some((row.parse().ok().filter(|row| *row > 0)?, column)).filter(|(_, column)| *column > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_where_they_say() {
        assert_eq!(position("B5"), Some((5, 2)));
        assert_eq!(position("$AA$10"), Some((10, 27)));
        assert_eq!((position("5"), position("B"), position("B0"), position("Ä1")), (None, None, None, None));
    }
}
