//! Workbooks of Excel 97 to 2003 (MS-XLS), as WPS still writes them too.
//!
//! The library that reads them makes room for whatever a file claims, so the
//! claims are looked through first.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, SheetVisible, Xls};

use super::super::{Block, Document, DocumentProblem, Notice, NoticeKind, Spot, budget};
use super::formats;
use super::grid::{Grid, Left};

/// Cells that a sheet may span, empty ones too.
const SPAN: usize = 4_000_000;

/// Reads a workbook.
pub(in crate::documents) fn read(bytes: &[u8]) -> Result<Document, DocumentProblem> {
    within_budget(&stream(bytes)?)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => DocumentProblem::Encrypted,
        _ => DocumentProblem::OldSheet,
    })?;
    let mut document = Document::default();
    let mut left = Left::default();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            let notice =
                Notice { spot: Spot::Whole, kind: NoticeKind::HiddenSheet, text: sheet.name, by: None };
            document.notices.push(notice);
            continue;
        }
        let Ok(range) = book.worksheet_range(&sheet.name) else { continue };
        let mut grid = Grid::new(&sheet.name);
        let (top, first) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            grid.put(top as usize + row + 1, first as usize + column + 1, shown(value), &mut left)?;
        }
        for merged in book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() {
            let place = |(row, column): (u32, u32)| [row as usize + 1, column as usize + 1];
            let ([top, left], [bottom, right]) = (place(merged.start), place(merged.end));
            grid.merge([top, left, bottom, right]);
        }
        document.blocks.push(Block::Table(grid.table()?));
    }
    Ok(document)
}

fn shown(value: &Data) -> String {
    match value {
        Data::String(text) => text.replace("\r\n", "\n").replace('\r', "\n"),
        Data::Float(number) => formats::plain(*number),
        Data::Int(number) => number.to_string(),
        Data::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(date) => formats::shown(date.as_f64(), "yyyy-m-d", false),
        Data::DateTimeIso(text) => text.clone(),
        _ => String::new(),
    }
}

/// The stream that holds the workbook.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, DocumentProblem> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| DocumentProblem::Broken)?;
    let name = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let stream = file.open_stream(name).map_err(|_| DocumentProblem::Broken)?;
    let mut records = Vec::new();
    stream.take(budget::FILE as u64 + 1).read_to_end(&mut records).map_err(|_| DocumentProblem::Broken)?;
    if records.len() > budget::FILE { Err(DocumentProblem::TooLarge) } else { Ok(records) }
}

/// Looks through the records (MS-XLS, 2.4): how far the cells of each sheet
/// reach, and how far they claim to.
fn within_budget(records: &[u8]) -> Result<(), DocumentProblem> {
    const BOUND_SHEET: u16 = 0x0085;
    const BOF: u16 = 0x0809;
    const DIMENSIONS: u16 = 0x0200;
    const CELLS: [u16; 11] =
        [0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E, 0x0002, 0x0003, 0x0004];
    let word = |data: &[u8], at: usize| {
        data.get(at..at + 2).map_or(0, |two| usize::from(u16::from_le_bytes([two[0], two[1]])))
    };
    let double = |data: &[u8], at: usize| word(data, at) + (word(data, at + 2) << 16);
    let (mut at, mut sheets, mut span) = (0, 0, 0_usize);
    let (mut low, mut high) = ((usize::MAX, usize::MAX), (0, 0));
    while let Some(head) = records.get(at..at + 4) {
        let (kind, length) =
            (u16::from_le_bytes([head[0], head[1]]), usize::from(u16::from_le_bytes([head[2], head[3]])));
        let data = records.get(at + 4..at + 4 + length).unwrap_or_default();
        match kind {
            BOUND_SHEET => sheets += 1,
            BOF => (low, high) = ((usize::MAX, usize::MAX), (0, 0)),
            DIMENSIONS if length >= 14 => {
                let claimed = double(data, 4).saturating_mul(word(data, 10));
                span = span.max(claimed);
            }
            DIMENSIONS => span = span.max(word(data, 2).saturating_mul(word(data, 6))),
            kind if CELLS.contains(&kind) => {
                let (row, column) = (word(data, 0), word(data, 2));
                let last = if kind == 0x00BD { word(data, length.saturating_sub(2)) } else { column };
                low = (low.0.min(row), low.1.min(column));
                high = (high.0.max(row), high.1.max(column).max(last));
                span = span.max((high.0 - low.0 + 1).saturating_mul(high.1 - low.1 + 1));
            }
            _ => {}
        }
        if sheets > budget::SHEETS || span > SPAN {
            return Err(DocumentProblem::TooManyCells);
        }
        at += 4 + length;
    }
    // Each sheet may claim the same records.
    if span.saturating_mul(sheets.max(1)) > 4 * SPAN { Err(DocumentProblem::TooManyCells) } else { Ok(()) }
}
