//! How much of a delivered document is read. Books of a thousand persons stay
//! far below; what is made to do harm does not.

/// Largest document, in bytes.
pub(super) const FILE: usize = 128 << 20;
/// Largest part of a package that is read, unpacked, in bytes.
pub(super) const PART: u64 = 32 << 20;
/// Largest sheet of a workbook, unpacked, in bytes; it is read as a stream.
pub(super) const SHEET: u64 = 128 << 20;
/// All parts of a package together, unpacked, in bytes.
pub(super) const PACKAGE: u64 = 160 << 20;
/// Parts of a package.
pub(super) const PARTS: usize = 20_000;
/// Largest picture that is taken out, in bytes.
pub(super) const PICTURE: u64 = 64 << 20;
/// Elements and texts of an XML part.
pub(super) const NODES: u32 = 1_000_000;
/// Cells that are not empty, of all tables of a document.
pub(super) const CELLS: usize = 400_000;
/// Characters in all cells of a document.
pub(super) const CELL_BYTES: usize = 32 << 20;
/// Columns of a table.
pub(super) const COLUMNS: usize = 512;
/// Rows of a table that are not empty.
pub(super) const ROWS: usize = 50_000;
/// Sheets of a workbook.
pub(super) const SHEETS: usize = 256;
/// Bytes of a plain text.
pub(super) const TEXT: usize = 24 << 20;
/// Lines of a plain text.
pub(super) const LINES: usize = 400_000;
/// Attributes of an XML element.
pub(super) const ATTRIBUTES: usize = 500;
/// Characters of a name: of a sheet, an author, a style, a format.
pub(super) const NAME: usize = 200;
/// Cells that merged ones reach, and that fill rows up.
pub(super) const FILLED: usize = 1_000_000;
/// Joined cells of a sheet.
pub(super) const MERGED: usize = 10_000;
/// Notices of a document that are kept.
pub(super) const NOTICES: usize = 10_000;
