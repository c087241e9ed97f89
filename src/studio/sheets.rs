//! Sheets of the interior, as a print shop or an office printer wants them.

use serde_json::{Value as Json, json};

use crate::impose::Source;
use crate::impose::fit::{self, Grid, Pages};
use crate::impose::place::{Options, Words, place};
use crate::impose::plan::{Duplex, Order, Plan, Scheme};
use crate::model::{Binding, Marks, Mm, Size};
use crate::project::write_file;
use crate::session::{Error, Examination, Session};

/// The interior among the files of a build.
pub(super) const INTERIOR: &str = "booklet-press.pdf";
/// The folder that sheets go to.
const FOLDER: &str = "sheets";

/// Which sheets are wanted.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sheets {
    /// Name or size of the sheet.
    pub(super) sheet: String,
}

/// Imposes the interior as it is bound, and says what came of it.
pub(super) fn impose(
    session: &Session,
    examination: &Examination,
    pdf: &[u8],
    wanted: &Sheets,
) -> Result<Json, Error> {
    let refused = |zh: String, en: String| json!({ "failed": { "zh": zh, "en": en } });
    let Some(sheet) = fit::sheet(&wanted.sheet) else {
        let name = &wanted.sheet;
        return Ok(refused(format!("不知道“{name}”这种纸"), format!("there is no sheet \"{name}\"")));
    };
    let (Ok(source), Some(layout)) = (Source::read(pdf), &examination.layout) else {
        return Ok(refused("内文读不出来".into(), "the interior cannot be read".into()));
    };
    let job = layout.manuscript.job();
    let scheme = match job.binding {
        Binding::Saddle => Scheme::Saddle,
        _ => Scheme::Perfect { section: 16 },
    };
    let bleed = Mm((source.bleed() * 25.4 / 72.0 * 100.0).round() / 100.0).0.min(3.0);
    let bleed = Mm(bleed);
    let pages = Pages { trim: job.trim, bleed, gutter: Mm(2.0 * bleed.0), folded: true };
    let (grid, up) = match Grid::fullest(sheet, pages, &[2, 4, 8], true) {
        Ok(fullest) => fullest,
        Err(small) => {
            let size = |s: Size| format!("{:.0} × {:.0}", s.width.0, s.height.0);
            let (needed, given) = (size(small.needed), size(small.sheet));
            return Ok(refused(
                format!(
                    "放不下：连出血和标记需要 {needed} 毫米，这张纸是 {given} 毫米；放得下的有 {}",
                    small.would_do.join("、")
                ),
                format!(
                    "it does not fit: {needed} mm are needed, the sheet is {given} mm; these would do: {}",
                    small.would_do.join(", ")
                ),
            ));
        }
    };
    let order = Order { pages: source.len(), scheme, up, blanks_after: None, right_bound: false };
    let plan = Plan::new(&order);
    let caliper = job.paper.thickness().map_or(Mm(0.0), |(caliper, _)| caliper);
    let options = Options {
        duplex: Duplex::LongEdge,
        caliper,
        scale: 1.0,
        marks: Marks::ALL,
        collate: matches!(scheme, Scheme::Perfect { .. }),
        words: INTERIOR,
        note: &[],
        slug: Words::Zh,
    };
    let sheets = plan.sheets.len();
    let made = place(source, &plan, &grid, &options);
    let name = format!("booklet-{}.pdf", wanted.sheet.replace(|c: char| !c.is_alphanumeric(), "-"));
    let folder = session.project().folder(FOLDER).map_err(|_| Error::LeadsOut(FOLDER.into()))?;
    let path = folder.join(&name);
    write_file(&path, &made).map_err(|error| Error::Store { folder, error })?;
    Ok(json!({ "file": path.display().to_string(), "sheets": sheets, "up": up }))
}
