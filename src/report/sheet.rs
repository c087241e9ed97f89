//! Findings as a list to send to whoever delivered the texts: a workbook, or
//! comma-separated values. One row a finding, in the order in which they are
//! told, and a column left free for the answer.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::listed::Listed;
use crate::diag::Lang;

/// Heads of the columns, and their widths in characters.
fn columns(lang: Lang) -> [(&'static str, f64); 10] {
    let widths = [5.0, 6.0, 9.0, 16.0, 5.0, 36.0, 30.0, 40.0, 8.0, 22.0];
    let heads = lang.pick(
        ["序号", "轻重", "人物", "位置", "页", "问题", "原文", "怎样改", "代码", "处理结果（请填）"],
        ["No.", "Severity", "Person", "Where", "Page", "Finding", "Text", "What to do", "Code", "Answer"],
    );
    std::array::from_fn(|i| (heads[i], widths[i]))
}

fn row(number: usize, listed: &Listed) -> [String; 10] {
    [
        number.to_string(),
        listed.severity.into(),
        listed.who.clone(),
        listed.place.clone(),
        listed.page.clone(),
        listed.message.clone(),
        listed.excerpt.concat(),
        listed.hint.clone(),
        listed.code.into(),
        String::new(),
    ]
}

/// A workbook (Office Open XML).
///
/// # Errors
/// When a text is longer than a cell may be, which none of ours is.
pub(super) fn workbook(listed: &[Listed], title: &str, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same findings are the same bytes, so the file bears no clock.
    let properties = rust_xlsxwriter::DocProperties::new()
        .set_title(title)
        .set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let sheet = workbook.add_worksheet().set_name(lang.pick("检查结果", "Findings"))?;
    let head =
        Format::new().set_bold().set_background_color(Color::RGB(0x00F4_F0E8)).set_border(FormatBorder::Thin);
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    for (column, (name, width)) in (0..).zip(columns(lang)) {
        sheet.set_column_width(column, width)?.write_string_with_format(0, column, name, &head)?;
    }
    for (i, listed) in (1..).zip(listed) {
        for (column, text) in (0..).zip(row(i as usize, listed)) {
            let text: String = text.chars().take(CELL).collect();
            sheet.write_string_with_format(i, column, text, &cell)?;
        }
        sheet.set_row_height(i, height(listed, lang))?;
    }
    sheet.set_freeze_panes(1, 0)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.autofilter(0, 0, u32::try_from(listed.len()).unwrap_or(u32::MAX), 9)?;
    workbook.save_to_buffer()
}

/// Height of a row in points, as its longest text needs: not every program
/// measures wrapped text when it opens a workbook. Han are as wide as two of
/// the digits in which widths are counted.
fn height(listed: &Listed, lang: Lang) -> f64 {
    let lines = row(0, listed).into_iter().zip(columns(lang)).map(|(text, (_, width))| {
        let digits: f64 = text.chars().take(CELL).map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum();
        (digits / (width - 1.0)).ceil()
    });
    (lines.fold(1.0, f64::max) * LINE).min(409.0)
}

/// Height of a line in points.
const LINE: f64 = 15.0;

/// Longest text of a cell, in characters: 32,767 by the format, and less is
/// more to whoever reads it.
const CELL: usize = 2_000;

/// Comma-separated values (RFC 4180) with the mark by which Excel knows UTF-8.
pub(super) fn csv(listed: &[Listed], lang: Lang) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.to_vec());
    let rows = (1..).zip(listed).map(|(i, listed)| row(i, listed).map(harmless));
    let heads = columns(lang).map(|(name, _)| name.to_owned());
    for row in std::iter::once(heads).chain(rows) {
        // Memory does not fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A text that no program takes for a formula (OWASP, CSV injection).
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}
