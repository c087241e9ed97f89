//! What a preflight found, as a page for the print shop: HTML that stands
//! alone.

use crate::diag::{Diagnostic, Lang, Severity};
use crate::model::PrintJob;
use crate::preflight::{Report, Verdict};

use super::html::escape;
use super::light_table::{self, Drawn};

const STYLE: &str = "body{font:15px/1.7 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;\
color:#222}h1{color:#a8121c}h2{margin-top:2rem}table{border-collapse:collapse;width:100%}\
th{white-space:nowrap}td,th{border-bottom:1px solid #ddd;padding:.4rem .6rem;text-align:left;vertical-align:top}\
.error{color:#a8121c;font-weight:600}.warning{color:#8a6100;font-weight:600}.ok{color:#16602c}";

/// The page for the files that were judged, of which these are the sections.
pub fn page(sections: &[String], job: &PrintJob, lang: Lang) -> String {
    let pick = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let head = format!(
        "<!doctype html>\n<html lang=\"{}\"><meta charset=\"utf-8\"><title>{title}</title>\
         <style>{STYLE}{}</style>\n<h1>{title}</h1>\n<p>{}</p>\n",
        pick("zh-CN", "en"),
        light_table::STYLE,
        escape(&sheet_line(job, lang)),
        title = pick("印前检查", "Preflight"),
    );
    let note = pick("结构检查，不是认证。工具：", "Structural checks, not a certificate. Tool: ");
    format!("{head}{}<p>{note}{}</p>\n</html>\n", sections.concat(), crate::TOOL)
}

/// The section of a file.
pub fn section(name: &str, report: &Report, drawn: &[Drawn], job: &PrintJob, lang: Lang) -> String {
    let pick = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let (pages, ink) = (report.pages, format!("{:.0}", report.ink));
    let most = match report.ink_is_partial {
        true => pick("最大总墨量至少", "at least"),
        false => pick("最大总墨量", "at most"),
    };
    let facts = match lang {
        Lang::Zh => format!("{pages} 页，{most} {ink}%"),
        Lang::En => format!("{pages} pages, {ink} % ink {most}"),
    };
    let verdict = match report.verdict() {
        Verdict::Sound => pick("没有不许付印的问题。", "Nothing forbids printing."),
        Verdict::Wrong => pick("有问题，不能付印。", "It is wrong and must not be printed."),
        Verdict::NotJudged => {
            pick("没有全部查完，不能算合格。", "Not all of it was judged; it is not sound.")
        }
    };
    let class = if report.passes() { "ok" } else { "error" };
    let head = format!("<h2>{}</h2>\n<p>{facts}</p>\n<p class=\"{class}\">{verdict}</p>\n", escape(name));
    if report.findings.is_empty() {
        return head;
    }
    head + &table(&report.findings, lang) + &light_table::figures(report, drawn, job.ink, lang)
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
    let heads = lang.pick(
        ["号", "页", "代码", "人物", "问题", "怎样改"],
        ["No.", "Page", "Code", "Person", "Finding", "What to do"],
    );
    let heads: String = heads.iter().map(|head| format!("<th>{head}</th>")).collect();
    let rows: String = findings.iter().enumerate().map(|(i, finding)| row(i + 1, finding, lang)).collect();
    format!("<table>\n<tr>{heads}</tr>\n{rows}</table>\n")
}

fn row(number: usize, finding: &Diagnostic, lang: Lang) -> String {
    let class = if finding.severity == Severity::Error { "error" } else { "warning" };
    let page = finding.page.map(|page| page.to_string()).unwrap_or_default();
    let person =
        finding.person.as_ref().map(|p| p.name.clone().unwrap_or_else(|| p.id.clone())).unwrap_or_default();
    let field = finding.field.as_deref().unwrap_or_default();
    format!(
        "<tr><td>{number}</td><td>{page}</td><td class=\"{class}\">{}</td><td>{} {}</td><td>{}</td><td>{}</td></tr>\n",
        finding.code.id(),
        escape(&person),
        escape(field),
        escape(&match finding.more {
            0 => finding.message(lang),
            more => format!("{} (× {})", finding.message(lang), more + 1),
        }),
        escape(&finding.hint(lang)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    #[test]
    fn names_cannot_become_markup() {
        let finding = Diagnostic::new(Code::FontNotEmbedded).arg("font", "<b>");
        let report = Report { pages: 1, findings: vec![finding], ..Report::default() };
        let html = page(
            &[section("a&b", &report, &[], &PrintJob::default(), Lang::Zh)],
            &PrintJob::default(),
            Lang::Zh,
        );
        assert!(html.contains("&lt;b&gt;") && html.contains("a&amp;b") && !html.contains("<b>"));
        assert!(html.contains("E0715") && html.contains("印前检查"));
    }
}
