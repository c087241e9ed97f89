//! The slip that goes with the files to the print shop: what it says, and its
//! typesetting by the same engine.

use serde::Serialize;
use typst::foundations::{Bytes, Smart};
use typst_pdf::{PdfOptions, Timestamp};

use crate::check::Manuscript;
use crate::colour;
use crate::diag::{self, Diagnostic};
use crate::export::Stamp;
use crate::fonts;
use crate::preflight;
use crate::profile::{Binding, Edges, Mm, Paper, Sheet};
use crate::report::Output;
use crate::typeset::typeset;
use crate::world::Files;

/// Main file of the slip in a template.
const MAIN: &str = "delivery.typ";

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
    pub judged: &'a [(String, preflight::Report)],
}

#[derive(Serialize)]
struct Slip {
    title: String,
    facts: Vec<(&'static str, String)>,
    files: Vec<File>,
    checks: Vec<String>,
    fonts: Vec<String>,
    note: &'static str,
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
        let sheet = facts.manuscript.sheet();
        let files = facts.outputs.iter().map(|output| File {
            name: output.file.clone(),
            size: format!("{} 字节", output.bytes),
            sha256: output.sha256.clone(),
        });
        let mut used: Vec<&str> =
            facts.judged.iter().flat_map(|(_, r)| &r.fonts).map(|name| plain(name)).collect();
        used.sort_unstable();
        used.dedup();
        Self {
            title: facts.manuscript.booklet().full_title(),
            facts: rows(facts, sheet),
            files: files.collect(),
            checks: facts.judged.iter().map(|(name, report)| judged(name, report)).collect(),
            fonts: used.iter().map(|name| format!("{name}（嵌入子集，{}）", fonts::LICENCE)).collect(),
            note: "按 PDF/X-4（ISO 15930-7）制作，结构检查已通过；未经第三方认证。",
        }
    }
}

fn rows(facts: &Facts, sheet: &Sheet) -> Vec<(&'static str, String)> {
    let mm = |length: Mm| format!("{}", (length.0 * 100.0).round() / 100.0);
    let Edges { top, bottom, inside, outside } = sheet.bleed;
    let binding = match sheet.binding {
        Binding::Saddle => "骑马订".to_owned(),
        Binding::Perfect => {
            let spine =
                sheet.spine(facts.pages).map_or("未定".into(), |spine| format!("{} 毫米", mm(spine)));
            format!("胶装，书脊 {spine}")
        }
    };
    vec![
        ("成品尺寸", format!("{} × {} 毫米", mm(sheet.trim.width), mm(sheet.trim.height))),
        ("出血", format!("上 {}　下 {}　内 {}　外 {}　毫米", mm(top), mm(bottom), mm(inside), mm(outside))),
        ("内文页数", facts.pages.to_string()),
        ("装订", binding),
        ("内文用纸", paper(&sheet.paper)),
        ("封面用纸", paper(&sheet.cover)),
        ("印色", "四色（C M Y K），小黑字叠印".into()),
        ("印刷条件", format!("{}（{}）", sheet.condition.id, sheet.condition.info)),
        ("总墨量", format!("不超过 {}%", sheet.ink.limit)),
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

fn judged(name: &str, report: &preflight::Report) -> String {
    let warnings = report.findings.len();
    let told = if warnings == 0 {
        "没有问题".to_owned()
    } else {
        format!("{warnings} 条警告，见 report.json")
    };
    format!("{name}：{} 页，最大总墨量 {:.0}%，{told}", report.pages, report.ink)
}

/// A font name without the tag of its subset.
fn plain(name: &str) -> &str {
    name.split_once('+').map_or(name, |(_, plain)| plain)
}
