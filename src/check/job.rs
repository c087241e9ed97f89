//! `data/press.json` and the profile it names.

use super::{finding, structure, typed_value};
use crate::colour::Output;
use crate::diag::{Code, Diagnostic, Phrase};
use crate::load::{Document, Draft};
use crate::model::{Binding, Condition, PrintJob};

/// The sheet and the output profile. Without the file, or when it is wrong,
/// they are those of the default preset; what is wrong is a finding.
pub(super) fn read(draft: &Draft, sink: &mut Vec<Diagnostic>) -> (PrintJob, Output) {
    let Some(document) = &draft.press else { return (PrintJob::default(), Output::embedded()) };
    let Some(mut job) = parse(document, sink) else { return (PrintJob::default(), Output::embedded()) };
    let named = document.root.as_ref().and_then(|root| root.get("condition")?.get("id")).is_some();
    if job.condition.icc.is_some() && !named {
        // The default's name would stand over another profile.
        sink.push(finding(Code::MissingKey, document, "condition").arg("key", "id"));
    }
    let output = match (&job.condition.icc, &draft.attachments.profile) {
        (Some(_), Some(Ok(output))) => output.clone(),
        (Some(file), problem) => {
            let problem = problem.as_ref().and_then(|read| read.as_ref().err()).cloned();
            let found = finding(Code::ProfileUnfit, document, "condition.icc").arg("file", file.as_str());
            sink.push(found.arg("problem", problem.unwrap_or(Phrase::NotThere)));
            Output::embedded()
        }
        (None, _) => Output::embedded(),
    };
    let condition = &job.condition;
    if condition.icc.is_none() && !condition.id.starts_with(&Condition::default().id) {
        let other = finding(Code::OtherCondition, document, "condition.id");
        sink.push(other.arg("id", condition.id.as_str()));
    }
    describe_condition(document, &mut job, &output);
    (job, output)
}

/// What the default says of its own condition is nothing to say of another: a
/// condition that was named is described by the sheet, else by its profile,
/// else not at all.
fn describe_condition(document: &Document, job: &mut PrintJob, output: &Output) {
    let written = |key: &str| {
        let condition = document.root.as_ref().and_then(|root| root.get("condition"));
        condition.and_then(|condition| condition.get(key)).is_some()
    };
    let default = Condition::default();
    if job.condition.id == default.id && job.condition.icc.is_none() {
        return;
    }
    if !written("registry") {
        job.condition.registry.clear();
    }
    if !written("info") {
        let profile = job.condition.icc.as_ref().and_then(|_| output.description());
        job.condition.info = profile.unwrap_or_default();
    }
}

/// The print job of one document, for `preflight`, which needs no project.
pub(super) fn parse(document: &Document, sink: &mut Vec<Diagnostic>) -> Option<PrintJob> {
    let mut job: PrintJob = typed_value(document, &structure::PRESS, crate::model::over_preset, sink)?;
    let mut wrong = |field, problem: Phrase| {
        let found = finding(Code::OutOfBounds, document, field).arg("problem", problem);
        sink.push(found.arg("example", Phrase::Example(field.into())));
    };
    let side = |side: f64| (50.0..=2500.0).contains(&side);
    // What cannot be is laid out by the default, so that nothing follows from it.
    if !side(job.trim.width.0) || !side(job.trim.height.0) {
        wrong("trim", Phrase::TrimRange);
        job.trim = PrintJob::default().trim;
    }
    let bleed = [job.bleed.top, job.bleed.bottom, job.bleed.inside, job.bleed.outside];
    if bleed.iter().any(|edge| edge.0 > 20.0) {
        wrong("bleed", Phrase::BleedRange);
        job.bleed = PrintJob::default().bleed;
    }
    if job.ink.error < job.ink.limit {
        wrong("ink", Phrase::ErrorBelowLimit);
    }
    if job.ppi.error > job.ppi.warn || job.ppi.warn > job.ppi.most || job.ppi.line_error > job.ppi.line_warn {
        wrong("ppi", Phrase::PpiOrder);
    }
    match (job.binding, job.paper.thickness()) {
        (Binding::Perfect, None) => sink.push(finding(Code::CaliperMissing, document, "paper")),
        (Binding::Perfect, Some((caliper, true))) => {
            let estimated = finding(Code::CaliperEstimated, document, "paper.gsm");
            sink.push(estimated.arg("caliper", format!("{:.3}", caliper.0)));
        }
        _ => {}
    }
    Some(job)
}
