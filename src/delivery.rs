//! What goes with the files to the print shop: a slip, typeset by the same
//! engine, and a report. Both say what was measured and what the shop needs,
//! and nothing of the editors' notes.

mod licences;
mod report;

use serde::Serialize;
use typst::foundations::{Bytes, Smart};
use typst_pdf::{PdfOptions, Timestamp};

use crate::approval::{self, Approval, Approvals};
use crate::check::Manuscript;
use crate::colour;
use crate::diag::{self, Diagnostic, Lang, Phrase, Severity};
use crate::model::{Binding, Edges, Mm, Paper, PrintJob};
use crate::preflight;
use crate::report::{Output, Snapshot, part};
use crate::stamp::Stamp;
use crate::typeset::typeset;
use crate::world::Files;

pub use report::report;

/// Main file of the slip in a template.
const MAIN: &str = "common/delivery.typ";

/// What the slip is made from.
pub struct Facts<'a> {
    /// The manuscript.
    pub manuscript: &'a Manuscript,
    /// Pages of the interior.
    pub pages: usize,
    /// SHA-256 of the data.
    pub data_hash: &'a str,
    /// Date of the documents.
    pub stamp: Stamp,
    /// The files that are handed over.
    pub outputs: &'a [Output],
    /// What the preflight found, by file name.
    pub verdicts: &'a [(String, preflight::Report)],
    /// Signatures.
    pub approvals: &'a Approvals,
    /// The book as it is laid out.
    pub snapshot: &'a Snapshot,
}

#[derive(Serialize)]
struct Slip {
    title: String,
    facts: Vec<(&'static str, String)>,
    files: Vec<File>,
    checks: Vec<String>,
    signed: Vec<String>,
    fonts: Vec<String>,
    note: String,
}

#[derive(Serialize)]
struct File {
    name: String,
    size: String,
    sha256: String,
}

/// Typesets the slip as a PDF.
///
/// # Errors
/// What the template or the export refuses.
pub fn slip(facts: &Facts, mut files: Files) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let json = serde_json::to_vec(&Slip::new(facts)).expect("plain data serialises");
    files.insert("delivery.json".into(), Bytes::new(json));
    let (book, found) = typeset(files, MAIN);
    let Some(book) = book else { return Err(found) };
    let document = colour::for_screen(&book.document, facts.manuscript.output());
    let options = PdfOptions {
        creator: Smart::Custom(Some(crate::TOOL.into())),
        timestamp: Some(Timestamp::new_utc(facts.stamp.datetime())),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options)
        .map_err(|errors| errors.iter().map(|e| diag::from_typst(&book.world, e)).collect())
}

impl Slip {
    fn new(facts: &Facts) -> Self {
        let files = facts.outputs.iter().map(|output| File {
            name: output.file.clone(),
            size: format!("{} 字节", output.bytes),
            sha256: output.sha256.clone(),
        });
        let mut used: Vec<&str> =
            facts.verdicts.iter().flat_map(|(_, r)| &r.fonts).map(|name| plain(name)).collect();
        used.sort_unstable();
        used.dedup();
        let licence = |name: &&str| licences::of(name, facts.manuscript.extras());
        Self {
            title: facts.manuscript.booklet().full_title(),
            facts: rows(facts, facts.manuscript.job()),
            files: files.collect(),
            checks: facts.verdicts.iter().map(|(name, report)| verdict(name, report)).collect(),
            signed: signed(facts),
            fonts: used.iter().map(|name| format!("{name}（嵌入子集，{}）", licence(name))).collect(),
            note: note(facts),
        }
    }
}

/// What the checks came to, and what they are not.
fn note(facts: &Facts) -> String {
    let findings = || facts.verdicts.iter().flat_map(|(_, report)| &report.findings);
    let errors = findings().filter(|d| d.severity == Severity::Error).count();
    let checked = match errors {
        0 => "结构检查没有发现错误".to_owned(),
        n => format!("结构检查发现 {n} 处错误"),
    };
    let partial = facts.verdicts.iter().any(|(_, report)| report.ink_is_partial);
    let partial = if partial { "；总墨量是下限" } else { "" };
    format!("按 PDF/X-4（ISO 15930-7）制作，{checked}{partial}；未经第三方认证。")
}

/// Who signed what and still holds, and what nobody signed.
fn signed(facts: &Facts) -> Vec<String> {
    let snapshot = facts.snapshot;
    let name = |id: &str| match part(id) {
        Some(kind) => Phrase::Part(kind.into()).text(Lang::Zh),
        None => snapshot.name(id).to_owned(),
    };
    let unsigned = approval::unsigned(facts.approvals, snapshot);
    let all = snapshot.parts().into_iter().chain(snapshot.order().into_iter().map(ToOwned::to_owned));
    let mut lines: Vec<String> = all
        .filter(|id| !unsigned.contains(id))
        .filter_map(|id| {
            let last = facts.approvals.get(&id).and_then(Approval::last)?;
            let round = Phrase::Round(last.round).text(Lang::Zh);
            Some(format!("{}：{round} {} {}", name(&id), last.by, last.on))
        })
        .collect();
    if !unsigned.is_empty() {
        let names: Vec<String> = unsigned.iter().map(|id| name(id)).collect();
        lines.push(format!("没有签字：{}", names.join("、")));
    }
    lines
}

fn rows(facts: &Facts, job: &PrintJob) -> Vec<(&'static str, String)> {
    let mm = |length: Mm| format!("{}", (length.0 * 100.0).round() / 100.0);
    let Edges { top, bottom, inside, outside } = job.bleed;
    let binding = match job.binding {
        Binding::Saddle => "骑马订".to_owned(),
        Binding::Perfect => {
            let spine = job.spine(facts.pages).map_or("未定".into(), |spine| format!("{} 毫米", mm(spine)));
            format!("胶装，书脊 {spine}")
        }
    };
    let condition = &job.condition;
    let condition = match condition.info.as_str() {
        "" => condition.id.clone(),
        info => format!("{}（{info}）", condition.id),
    };
    let overprint = format!(
        "四色（C M Y K）；小于 {} 点的纯黑字、细于 {} 点的纯黑线叠印",
        job.overprint.text, job.overprint.rules
    );
    vec![
        ("成品尺寸", format!("{} × {} 毫米", mm(job.trim.width), mm(job.trim.height))),
        ("出血", format!("上 {}　下 {}　内 {}　外 {}　毫米", mm(top), mm(bottom), mm(inside), mm(outside))),
        ("内文页数", facts.pages.to_string()),
        ("装订", binding),
        ("内文用纸", paper(&job.paper)),
        ("封面用纸", paper(&job.cover)),
        ("印色", overprint),
        ("印刷条件", condition),
        ("总墨量", format!("不超过 {}%", job.ink.limit)),
        ("资料", facts.data_hash.to_owned()),
        ("工具", crate::TOOL.into()),
    ]
}

fn paper(paper: &Paper) -> String {
    let thickness = paper.thickness().map(|(thickness, estimated)| {
        format!("每张 {:.3} 毫米{}", thickness.0, if estimated { "（按克重估算）" } else { "" })
    });
    let weight = paper.gsm.map(|gsm| format!("{gsm} 克"));
    let name = Some(paper.name.clone()).filter(|name| !name.is_empty());
    let known: Vec<String> = [name, weight, thickness].into_iter().flatten().collect();
    if known.is_empty() { "未填（data/press.json）".into() } else { known.join("，") }
}

fn verdict(name: &str, report: &preflight::Report) -> String {
    let errors = report.findings.iter().filter(|d| d.severity == Severity::Error).count();
    let told = match (errors, report.findings.len() - errors) {
        (0, 0) => "没有问题".to_owned(),
        (0, warnings) => format!("{warnings} 条警告，见 report.json"),
        (errors, warnings) => format!("{errors} 条错误、{warnings} 条警告，见 report.json"),
    };
    format!("{name}：{} 页，最大总墨量 {:.0}%，{told}", report.pages, report.ink)
}

/// A font name without the tag of its subset.
fn plain(name: &str) -> &str {
    name.split_once('+').map_or(name, |(_, plain)| plain)
}
