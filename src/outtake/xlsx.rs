//! The roster as a workbook: a row a person, a column a field.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    ProtectionOptions, Workbook, XlsxError,
};

use super::Book;
use super::person::Shape;
use crate::catalogue::Lang;

/// Name of the hidden sheet that says what each field was.
const OWN: &str = "fengcai";
/// Rows below the last person in which somebody may be added.
const SPARE: u32 = 200;
/// Longest list of choices, in characters (Excel's own limit).
const CHOICES: usize = 255;

pub(super) fn write(book: &Book, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let shape = Shape::of(&book.persons);
    let mut workbook = Workbook::new();
    // The same project is the same bytes, so the file bears no clock.
    let properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let head =
        Format::new().set_bold().set_background_color(Color::RGB(0x00F4_F0E8)).set_border(FormatBorder::Thin);
    let cell = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_unlocked();
    let id =
        Format::new().set_align(FormatAlign::Top).set_border(FormatBorder::Thin).set_font_color(Color::Gray);
    let heads = shape.heads();
    let last = u32::try_from(book.persons.len()).unwrap_or(u32::MAX);
    let sheet = workbook.add_worksheet().set_name(lang.pick("人物", "Persons"))?;
    for (column, (text, width)) in (0..).zip(&heads) {
        sheet.set_column_width(column, *width)?.write_string_with_format(0, column, text, &head)?;
    }
    for (row, person) in (1..).zip(&book.persons) {
        let cells = person.row(&shape);
        for (column, text) in (0..).zip(&cells) {
            let format = if column == 0 { &id } else { &cell };
            sheet.write_string_with_format(row, column, text, format)?;
        }
        sheet.set_row_height(row, height(&cells, &heads))?;
    }
    for row in last + 1..=last.saturating_add(SPARE) {
        for column in 0..u16::try_from(heads.len()).unwrap_or(u16::MAX) {
            sheet.write_blank(row, column, if column == 0 { &id } else { &cell })?;
        }
    }
    let long: usize = book.districts.iter().map(|district| district.chars().count() + 1).sum();
    if !book.districts.is_empty() && long <= CHOICES {
        let choices = DataValidation::new().allow_list_strings(&book.districts)?;
        sheet.add_data_validation(1, 2, last.saturating_add(SPARE), 2, &choices)?;
    }
    // Ids are kept, so that rows may be sorted and names corrected.
    let options = ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    };
    sheet.protect_with_options(&options);
    sheet.set_freeze_panes(1, 2)?.set_landscape().set_paper_size(8).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    let own = workbook.add_worksheet().set_name(OWN)?;
    for (row, person) in (0..).zip(&book.persons) {
        own.write_string(row, 0, &person.id)?.write_string(row, 1, person.prints())?;
    }
    for (row, (key, lines)) in (last..).zip(&book.titles) {
        own.write_string(row, 0, format!("={key}"))?.write_string(row, 1, lines.join("\n"))?;
    }
    own.write_string(last + 3, 0, "=prints")?.write_string(last + 3, 1, book.prints())?;
    own.set_hidden(true);
    workbook.save_to_buffer()
}

/// Height of a row in points, as its longest text needs, up to what a screen
/// shows. Han are as wide as two of the digits in which widths are counted.
fn height(cells: &[String], heads: &[(String, f64)]) -> f64 {
    let lines = cells.iter().zip(heads).map(|(text, (_, width))| {
        let line = |line: &str| {
            let digits: f64 = line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum();
            (digits / (width - 1.0)).ceil().max(1.0)
        };
        text.split('\n').map(line).sum::<f64>()
    });
    (lines.fold(1.0, f64::max) * 15.0).min(300.0)
}
