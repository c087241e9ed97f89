//! Pages on the paper of an office printer, one a sheet: panels at a tenth,
//! other things as large as the sheet allows, but no larger than they are.

use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Ratio, Size, Transform};
use typst::model::Document;
use typst::visualize::Curve;
use typst_layout::{Page, PagedDocument};

use crate::templates::Makes;

/// A4, upright, in millimetres.
const SHEET: (f64, f64) = (210.0, 297.0);
/// Scale of a panel.
const TENTH: f64 = 0.1;

/// The pages in the middle of A4 sheets that lie as the pages do.
pub(super) fn reduced(document: &PagedDocument, makes: Makes) -> PagedDocument {
    let pages = document.pages().iter().map(|page| {
        let size = page.frame.size();
        let upright = size.y >= size.x;
        let (short, long) = (Abs::mm(SHEET.0), Abs::mm(SHEET.1));
        let sheet = if upright { Size::new(short, long) } else { Size::new(long, short) };
        let fit = (sheet.x / size.x).min(sheet.y / size.y).min(1.0);
        let scale = if makes == Makes::Panel { fit.min(TENTH) } else { fit };
        let mut inner = page.frame.clone();
        if let Some(fill) = page.fill_or_transparent() {
            inner.fill(fill);
        }
        let ratio = Ratio::new(scale);
        let clip = Some(Curve::rect(size));
        let group = GroupItem { transform: Transform::scale(ratio, ratio), clip, ..GroupItem::new(inner) };
        let mut frame = Frame::hard(sheet);
        let at = Point::new((sheet.x - size.x * scale) / 2.0, (sheet.y - size.y * scale) / 2.0);
        frame.push(at, FrameItem::Group(group));
        Page { frame, ..page.clone() }
    });
    PagedDocument::new(pages.collect(), document.info().clone())
}
