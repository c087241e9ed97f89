//! Workbooks and lists of values: rows of cells as they are shown.

mod csv;
mod formats;
mod grid;
mod ods;
mod strings;
mod xls;
mod xlsx;

pub(super) use csv::{is_table, read as csv};
pub(super) use ods::read as ods;
pub(super) use xls::read as xls;
pub(super) use xlsx::read as xlsx;
