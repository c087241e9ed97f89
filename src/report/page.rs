//! What a preflight found, as a page for the print shop: HTML that stands
//! alone.

use std::fmt::Write;

use crate::diag::{Diagnostic, Lang, Severity};
use crate::model::PrintJob;
use crate::preflight::Report;

const STYLE: &str = "body{font:15px/1.7 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;\
color:#222}h1{color:#a8121c}h2{margin-top:2rem}table{border-collapse:collapse;width:100%}\
td,th{border-bottom:1px solid #ddd;padding:.4rem .6rem;text-align:left;vertical-align:top}\
.error{color:#a8121c;font-weight:600}.warning{color:#8a6100;font-weight:600}.ok{color:#16602c}";

/// The page for the files that were judged.
pub fn page(judged: &[(String, Report)], job: &PrintJob, lang: Lang) -> String {
    let pick = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\"><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}</style>\n<h1>{title}</h1>\n<p>{}</p>\n",
        pick("zh-CN", "en"),
        escape(&sheet_line(job, lang)),
        title = pick("印前检查", "Preflight"),
    );
    for (name, report) in judged {
        let ink = format!("{:.0}", report.ink);
        let partial = match report.ink_is_partial {
            true => pick("（渐变、图案、蒙版的墨量未计）", " (gradients, patterns and masks not counted)"),
            false => "",
        };
        let facts = match lang {
            Lang::Zh => format!("{} 页，最大总墨量 {ink}%{partial}", report.pages),
            Lang::En => format!("{} pages, {ink} % ink at most{partial}", report.pages),
        };
        write!(html, "<h2>{}</h2>\n<p>{facts}</p>\n", escape(name)).expect("memory does not fail");
        if report.findings.is_empty() {
            let clean = pick("没有发现问题。", "Nothing was found.");
            writeln!(html, "<p class=\"ok\">{clean}</p>").expect("memory does not fail");
        } else {
            html += &table(&report.findings, lang);
        }
    }
    let note = pick("结构检查，不是认证。工具：", "Structural checks, not a certificate. Tool: ");
    html + &format!("<p>{note}{}</p>\n</html>\n", crate::TOOL)
}

fn sheet_line(job: &PrintJob, lang: Lang) -> String {
    let (width, height) = (job.trim.width.0, job.trim.height.0);
    let (id, limit) = (&job.condition.id, job.ink.limit);
    match lang {
        Lang::Zh => format!("成品 {width} × {height} 毫米，{id}，总墨量 {limit}%。"),
        Lang::En => format!("Trim {width} × {height} mm, {id}, total ink {limit} %."),
    }
}

fn table(findings: &[Diagnostic], lang: Lang) -> String {
    let heads = lang
        .pick(["页", "代码", "人物", "问题", "怎样改"], ["Page", "Code", "Person", "Finding", "What to do"]);
    let heads: String = heads.iter().map(|head| format!("<th>{head}</th>")).collect();
    let rows: String = findings.iter().map(|finding| row(finding, lang)).collect();
    format!("<table>\n<tr>{heads}</tr>\n{rows}</table>\n")
}

fn row(finding: &Diagnostic, lang: Lang) -> String {
    let class = if finding.severity == Severity::Error { "error" } else { "warning" };
    let page = finding.page.map(|page| page.to_string()).unwrap_or_default();
    let person =
        finding.person.as_ref().map(|p| p.name.clone().unwrap_or_else(|| p.id.clone())).unwrap_or_default();
    let field = finding.field.as_deref().unwrap_or_default();
    format!(
        "<tr><td>{page}</td><td class=\"{class}\">{}</td><td>{} {}</td><td>{}</td><td>{}</td></tr>\n",
        finding.code.id(),
        escape(&person),
        escape(field),
        escape(&finding.message(lang)),
        escape(&finding.hint(lang)),
    )
}

/// Text as it stands in HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn names_cannot_become_markup() {
        let finding = Diagnostic::new(Code::FontNotEmbedded).arg("font", "<b>");
        let report =
            Report { pages: 1, findings: vec![finding], ink: 0.0, ink_is_partial: true, fonts: vec![] };
        let html = page(&[("a&b".into(), report)], &PrintJob::default(), Lang::Zh);
        assert!(html.contains("&lt;b&gt;") && html.contains("a&amp;b") && !html.contains("<b>"));
        assert!(html.contains("E0715") && html.contains("印前检查"));
    }
}
