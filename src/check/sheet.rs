//! `data/press.json` and the profile it names.

use super::{finding, structure, typed_value};
use crate::colour::Output;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::load::{Document, Draft};
use crate::profile::{Binding, Sheet};
use crate::project::Project;

/// The sheet and the output profile. Without the file, or when it is wrong,
/// they are those of the default preset; what is wrong is a finding.
pub(super) fn read(project: &Project, draft: &Draft, sink: &mut Vec<Diagnostic>) -> (Sheet, Output) {
    let Some(document) = &draft.press else { return (Sheet::default(), Output::embedded()) };
    let Some(sheet) = parse(document, sink) else { return (Sheet::default(), Output::embedded()) };
    let named = document.root.as_ref().and_then(|root| root.get("condition")?.get("id")).is_some();
    if sheet.condition.icc.is_some() && !named {
        // The default's name would stand over another profile.
        sink.push(finding(Code::MissingKey, document, "condition").arg("key", "id"));
    }
    let output = match &sheet.condition.icc {
        Some(file) => open(project, file).unwrap_or_else(|problem| {
            let found = finding(Code::ProfileUnfit, document, "condition.icc");
            sink.push(found.arg("file", file.as_str()).arg("problem", problem));
            Output::embedded()
        }),
        None => Output::embedded(),
    };
    (sheet, output)
}

/// The sheet of one document, for `preflight`, which needs no project.
pub(super) fn parse(document: &Document, sink: &mut Vec<Diagnostic>) -> Option<Sheet> {
    let sheet: Sheet = typed_value(document, &structure::PRESS, crate::profile::over_preset, sink)?;
    let mut wrong = |field, problem: Phrase| {
        sink.push(finding(Code::OutOfBounds, document, field).arg("problem", problem));
    };
    let side = |side: f64| (50.0..=1000.0).contains(&side);
    if !side(sheet.trim.width.0) || !side(sheet.trim.height.0) {
        wrong("trim", Phrase::TrimRange);
    }
    let bleed = [sheet.bleed.top, sheet.bleed.bottom, sheet.bleed.inside, sheet.bleed.outside];
    if bleed.iter().any(|edge| edge.0 > 20.0) {
        wrong("bleed", Phrase::BleedRange);
    }
    if sheet.ink.error < sheet.ink.limit {
        wrong("ink", Phrase::ErrorBelowLimit);
    }
    if sheet.ppi.error > sheet.ppi.warn
        || sheet.ppi.warn > sheet.ppi.most
        || sheet.ppi.line_error > sheet.ppi.line_warn
    {
        wrong("ppi", Phrase::PpiOrder);
    }
    match (sheet.binding, sheet.paper.thickness()) {
        (Binding::Perfect, None) => sink.push(finding(Code::CaliperMissing, document, "paper")),
        (Binding::Perfect, Some((caliper, true))) => {
            let estimated = finding(Code::CaliperEstimated, document, "paper.gsm");
            sink.push(estimated.arg("caliper", format!("{:.3}", caliper.0)));
        }
        _ => {}
    }
    Some(sheet)
}

fn open(project: &Project, file: &str) -> Result<Output, Phrase> {
    let bytes = project.read(file).map_err(|_| Phrase::NotThere)?;
    Output::read(bytes)
}
