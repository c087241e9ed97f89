//! Findings as a page to read or print: HTML that stands alone, a table a
//! person, in the book's order.

use super::escape;
use super::listed::Listed;
use super::sheet;
use crate::diag::{Diagnostic, Lang};

const STYLE: &str = "@page{size:A4;margin:15mm}\
body{font:15px/1.7 system-ui,\"Noto Sans CJK SC\",\"PingFang SC\",\"Microsoft YaHei\",sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222}\
h1{color:#a8121c;margin-bottom:0}h2{margin:2rem 0 .3rem;border-bottom:2px solid #a8121c}\
.sum{font-size:1.1em;margin:.2rem 0 1rem}ul.sum{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;padding:0;list-style:none}\
article{border-left:4px solid #b8860b;padding:.2rem 0 .2rem .9rem;margin:.9rem 0;break-inside:avoid}\
article.error{border-color:#a8121c}h3{font-size:1rem;margin:0}p{margin:.15rem 0}\
.level{color:#8a6100}.error .level{color:#a8121c}small,.where{color:#555}\
q{quotes:none;background:#f4f0e8;padding:.1rem .5rem;overflow-wrap:anywhere}mark{background:#ffd7d7;color:#a8121c;font-weight:700}\
.mend{overflow-wrap:anywhere}@media print{body{margin:0;max-width:none;font-size:10.5pt}a{color:inherit}}";

/// A form in which findings are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A page.
    Html,
    /// A workbook.
    Xlsx,
    /// Comma-separated values.
    Csv,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 3] = [Self::Html, Self::Xlsx, Self::Csv];

    /// The end of the file name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// How such a file begins.
    pub fn begins(self) -> &'static [u8] {
        match self {
            Self::Html => b"<!doctype html>",
            Self::Xlsx => b"PK",
            Self::Csv => b"\xEF\xBB\xBF",
        }
    }
}

/// The findings about a book in a form; `text` gives the text of a file that a
/// finding points into.
///
/// # Errors
/// When there are more of them than a workbook has rows.
pub fn findings<'a>(
    found: &[Diagnostic],
    title: &str,
    text: impl Fn(&str) -> Option<&'a str>,
    form: Form,
    lang: Lang,
) -> std::io::Result<Vec<u8>> {
    let listed: Vec<Listed> = found.iter().map(|d| Listed::new(d, &text, lang)).collect();
    Ok(match form {
        Form::Html => page(&listed, title, lang).into_bytes(),
        Form::Xlsx => sheet::workbook(&listed, title, lang).map_err(std::io::Error::other)?,
        Form::Csv => sheet::csv(&listed, lang),
    })
}

fn page(listed: &[Listed], title: &str, lang: Lang) -> String {
    let (errors, warnings) = {
        let count = |error: bool| listed.iter().filter(|l| l.error == error).map(|l| l.count).sum::<usize>();
        (count(true), count(false))
    };
    let sum = match (listed.is_empty(), lang) {
        (true, Lang::Zh) => "没有发现问题。".to_owned(),
        (true, Lang::En) => "Nothing was found.".to_owned(),
        (_, Lang::Zh) => format!("{errors} 个错误（改好才能付印），{warnings} 个警告（看一看）。"),
        (_, Lang::En) => {
            format!("{errors} errors, to be mended before printing; {warnings} warnings, to be looked at.")
        }
    };
    let mut persons: Vec<(&str, Vec<&Listed>)> = Vec::new();
    for one in listed {
        // They come person by person.
        match persons.last_mut().filter(|(_, list)| list[0].id == one.id) {
            Some((_, list)) => list.push(one),
            None => persons.push((&one.who, vec![one])),
        }
    }
    let counts: String = persons
        .iter()
        .enumerate()
        .map(|(i, (who, list))| format!("<li><a href=\"#p{i}\">{}</a> {}</li>", escape(who), list.len()))
        .collect();
    let sections: String = persons
        .iter()
        .enumerate()
        .map(|(i, (who, list))| {
            let articles: String = list.iter().map(|listed| article(listed, lang)).collect();
            format!("<h2 id=\"p{i}\">{}</h2>\n{articles}", escape(who))
        })
        .collect();
    let head = lang.pick("检查结果", "Findings");
    format!(
        "<!doctype html>\n<html lang=\"{}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{head} · {title}</title>\
         <style>{STYLE}</style>\n<h1>{head}</h1>\n<p class=\"where\">{title}</p>\n<p class=\"sum\">{sum}</p>\n\
         <ul class=\"sum\">{counts}</ul>\n{sections}<p><small>{}</small></p>\n</html>\n",
        lang.pick("zh-CN", "en"),
        crate::TOOL,
        title = escape(title),
    )
}

fn article(listed: &Listed, lang: Lang) -> String {
    let page = match (listed.page.as_str(), lang) {
        ("", _) => String::new(),
        (page, Lang::Zh) => format!(" · 第 {page} 页"),
        (page, Lang::En) => format!(" · page {page}"),
    };
    let [before, at, after] = listed.excerpt.each_ref().map(|piece| escape(piece));
    let quote = match listed.excerpt.iter().all(String::is_empty) {
        true => String::new(),
        false => format!("<p><q>{before}<mark>{at}</mark>{after}</q></p>\n"),
    };
    let mend = match listed.hint.as_str() {
        "" => String::new(),
        hint => format!(
            "<p class=\"mend\"><b>{}</b>{}</p>\n",
            lang.pick("怎样改：", "What to do: "),
            escape(hint)
        ),
    };
    format!(
        "<article class=\"{}\"><h3><span class=\"level\">{}</span> {}</h3>\n\
         <p class=\"where\">{}{page}</p>\n{quote}{mend}<p><small>{} · {}</small></p></article>\n",
        if listed.error { "error" } else { "warning" },
        listed.severity,
        escape(&listed.message),
        escape(&listed.place),
        listed.code,
        escape(&listed.file),
    )
}
