//! The report for the print shop: files, what was read in them, what was found
//! there. The data, notes and reasons stay at home.

use serde::Serialize;

use super::Facts;
use crate::model::Size;
use crate::report::{Output, Record, Verdict};

/// Version of the shape.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct DeliveryReport<'a> {
    version: u32,
    tool: &'static str,
    title: String,
    data_hash: &'a str,
    trim: Size,
    page_count: usize,
    condition: &'a str,
    /// By paths below the output folder.
    outputs: Vec<Output>,
    preflight: Vec<Verdict>,
    diagnostics: Vec<Record>,
}

/// The report as JSON text; `slip` is the slip that goes with it, `folder` the
/// folder of both below the output folder.
pub fn report(facts: &Facts, slip: Output, folder: &str) -> Vec<u8> {
    let job = facts.manuscript.job();
    let findings = facts.verdicts.iter().flat_map(|(_, report)| &report.findings);
    let below = |output: &Output| Output { file: format!("{folder}/{}", output.file), ..output.clone() };
    let report = DeliveryReport {
        version: VERSION,
        tool: crate::TOOL,
        title: facts.manuscript.booklet().full_title(),
        data_hash: facts.data_hash,
        trim: job.trim,
        page_count: facts.pages,
        condition: &job.condition.id,
        outputs: facts.outputs.iter().chain([&slip]).map(below).collect(),
        preflight: facts.verdicts.iter().map(|(file, report)| Verdict::new(file, report)).collect(),
        diagnostics: findings.map(Record::new).collect(),
    };
    let mut json = serde_json::to_vec_pretty(&report).expect("plain data serialises");
    json.push(b'\n');
    json
}
