//! The log of an import as a page: HTML that stands alone.

use std::fmt::Write;

use super::super::escape;
use super::{DoubtLog, ImportLog, PersonLog, Said};
use crate::catalogue::Lang;

const STYLE: &str = "@page{size:A4;margin:15mm}\
body{font:15px/1.7 system-ui,\"Noto Sans CJK SC\",\"PingFang SC\",\"Microsoft YaHei\",sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222}\
h1{color:#a8121c;margin-bottom:0}h2{margin:2rem 0 .3rem;border-bottom:2px solid #a8121c}h3{margin:1.2rem 0 .2rem}\
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top}\
th{white-space:nowrap;font-weight:600;color:#555}small{color:#666}ol{margin:.2rem 0 .6rem}li.chosen{font-weight:700}\
.ask{border-left:4px solid #b8860b;padding:.2rem 0 .2rem .9rem;margin:.9rem 0;break-inside:avoid}\
code{background:#f4f0e8;padding:0 .3rem;user-select:all}del{background:#ffe3e3;text-decoration:none}ins{background:#e2f4e2;text-decoration:none}\
.new{color:#16602c}nav{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}td{overflow-wrap:anywhere}\
@media print{body{margin:0;max-width:none;font-size:10.5pt}}";

/// The page. `written` says whether the import was written or only shown.
pub fn import_page(log: &ImportLog, written: bool, lang: Lang) -> String {
    let pick = |zh: &'static str, en: &'static str| lang.pick(zh, en);
    let title = pick("导入了什么", "What was imported");
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style>\n<h1>{title}</h1>\n",
        pick("zh-CN", "en"),
    );
    let state = match written {
        true => pick("已写进项目。", "Written into the project."),
        false => pick("只是看看，什么都没有写。", "Only shown; nothing was written."),
    };
    let open = log.doubts.iter().filter(|doubt| !doubt.answered).count();
    let sum = match lang {
        Lang::Zh => {
            format!("{} 个文件，{} 位人物，{open} 个问题要定。{state}", log.read.len(), log.persons.len())
        }
        Lang::En => {
            format!("{} files, {} persons, {open} questions open. {state}", log.read.len(), log.persons.len())
        }
    };
    put(&mut html, &format!("<p>{sum}</p>\n"));
    if !log.title.is_empty() {
        put(&mut html, &format!("<p>{} {}</p>\n", pick("书名：", "Title:"), escape(&log.title)));
    }
    let link = |(i, person): (usize, &PersonLog)| format!("<a href=\"#p{i}\">{}</a>", escape(&person.name));
    let links: Vec<String> = log.persons.iter().enumerate().map(link).collect();
    put(&mut html, &format!("<nav>{}</nav>\n", links.join(" ")));
    let unread: Vec<(String, String)> =
        log.unread.iter().map(|u| (u.file.clone(), u.reason.clone())).collect();
    rows(&mut html, pick("没有读的文件", "Files that were not read"), &unread);
    if !log.doubts.is_empty() {
        put(
            &mut html,
            &format!(
                "<h2>{}</h2>\n<p>{}</p>\n",
                pick("要您定的", "Questions"),
                pick(
                    "不回答就按第一项（或加粗的一项）办。回答：在命令后面加上 --answer 编号=第几项，或者在 data/source/answers.json 里写。",
                    "Without an answer the first choice holds, or the one in bold. Answer with --answer ID=NUMBER, or in data/source/answers.json.",
                )
            ),
        );
        log.doubts.iter().for_each(|doubt| put(&mut html, &question(doubt, lang)));
    }
    if !log.changes.is_empty() {
        put(&mut html, &format!("<h2>{}</h2>\n<table>\n", pick("改动", "Changes")));
        for change in &log.changes {
            let before = change
                .before
                .as_deref()
                .map_or(String::new(), |text| format!("<del>{}</del><br>", escape(text)));
            put(
                &mut html,
                &format!(
                    "<tr><th>{} · {}</th><td>{before}<ins>{}</ins><br><small>{}</small></td></tr>\n",
                    escape(&change.name),
                    escape(&change.label),
                    escape(&change.after),
                    escape(&change.place)
                ),
            );
        }
        put(&mut html, "</table>\n");
    }
    let kept: Vec<(String, String)> = log
        .kept
        .iter()
        .map(|kept| (kept.clone(), pick("保留项目里的改动", "the project's own edit stays").to_owned()))
        .collect();
    rows(&mut html, pick("没有动的", "Left as it is"), &kept);
    put(&mut html, &format!("<h2>{}</h2>\n", pick("人物", "Persons")));
    for (i, one) in log.persons.iter().enumerate() {
        put(&mut html, &person(i, one, lang));
    }
    let mends: Vec<(String, String)> = log
        .mends
        .iter()
        .map(|mend| (format!("{} × {}", mend.label, mend.count), mend.places.join(pick("、", ", "))))
        .collect();
    rows(&mut html, pick("改好的格式（文字没有动）", "Form mended (no word changed)"), &mends);
    let notices = log.notices.iter().map(|notice| {
        let by = notice.by.as_deref().map(|by| format!("{by}{}", pick("：", ": "))).unwrap_or_default();
        (format!("{} {}", notice.place, notice.label), format!("{by}{}", notice.text))
    });
    rows(
        &mut html,
        pick("修订、批注、隐藏的文字", "Tracked changes, comments, hidden words"),
        &notices.collect::<Vec<_>>(),
    );
    let left: Vec<(String, String)> =
        log.left.iter().map(|said| (said.place.clone(), said.text.clone())).collect();
    rows(&mut html, pick("没有用上的文字", "Words that were not used"), &left);
    let spare: Vec<(String, String)> =
        log.spare_photos.iter().map(|file| (file.clone(), String::new())).collect();
    rows(&mut html, pick("不知道是谁的照片", "Photos that are nobody's"), &spare);
    html + "</html>\n"
}

fn put(html: &mut String, piece: &str) {
    html.push_str(piece);
}

fn rows(html: &mut String, title: &str, rows: &[(String, String)]) {
    if rows.is_empty() {
        return;
    }
    put(html, &format!("<h2>{title}</h2>\n<table>\n"));
    for (head, text) in rows {
        put(html, &format!("<tr><th>{}</th><td>{}</td></tr>\n", escape(head), escape(text)));
    }
    put(html, "</table>\n");
}

fn question(doubt: &DoubtLog, lang: Lang) -> String {
    let sides = doubt.sides.as_ref().map_or(String::new(), |[here, there]| {
        format!(
            "<p>{} <del>{}</del><br>{} <ins>{}</ins></p>\n",
            lang.pick("项目里：", "Here:"),
            escape(here),
            lang.pick("文件里：", "There:"),
            escape(there)
        )
    });
    let choices: String = doubt
        .choices
        .iter()
        .enumerate()
        .map(|(i, choice)| {
            let class = if i + 1 == doubt.choice { " class=\"chosen\"" } else { "" };
            format!("<li{class}>{}</li>", escape(choice))
        })
        .collect();
    format!(
        "<div class=\"ask\"><b>{}</b> <small>{}</small>\n{sides}<ol>{choices}</ol><small>--answer <code>{}={}</code></small></div>\n",
        escape(&doubt.question),
        escape(&doubt.place),
        escape(&doubt.id),
        doubt.choice
    )
}

fn person(i: usize, person: &PersonLog, lang: Lang) -> String {
    let new = if person.new {
        lang.pick("<small class=\"new\">新</small>", "<small class=\"new\">new</small>")
    } else {
        ""
    };
    let mut html = format!("<h3 id=\"p{i}\">{} {new}</h3>\n<table>\n", escape(&person.name));
    for field in &person.fields {
        let entries: Vec<String> = field
            .entries
            .iter()
            .map(|entry: &Said| format!("{} <small>{}</small>", escape(&entry.text), escape(&entry.place)))
            .collect();
        put(
            &mut html,
            &format!("<tr><th>{}</th><td>{}</td></tr>\n", escape(&field.label), entries.join("<br>")),
        );
    }
    for suggestion in person.suggestions.iter().filter(|suggestion| !suggestion.needless) {
        let state =
            if suggestion.taken { lang.pick("已采用", "taken") } else { lang.pick("建议", "suggested") };
        let _ = writeln!(
            html,
            "<tr><th>{state} · {}</th><td>{} <small>{} <code>{}</code></small></td></tr>",
            escape(&suggestion.label),
            escape(&suggestion.text),
            escape(&suggestion.evidence),
            escape(&suggestion.id)
        );
    }
    html + "</table>\n"
}
