//! The changes as a page for people, with pictures before and after: HTML that
//! stands alone.

use std::fmt::Write;

use base64::prelude::{BASE64_STANDARD, Engine};

use super::{Changes, Common, Counts, Edit, PageChange, PageState, PersonChange, Pictures, Presence};
use crate::diag::Lang;
use crate::report::escape;

const STYLE: &str = "body{font:15px/1.7 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;\
color:#222}h1,h2{color:#a8121c}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;\
padding:.4rem .6rem;text-align:left;vertical-align:top}del{background:#fbe3e4;text-decoration:none}\
ins{background:#e2f3e6;text-decoration:none}figure{display:inline-block;width:48%;margin:.5rem .5%}\
img{width:100%;border:1px solid #ccc}.warn{color:#a8121c;font-weight:600}";

/// What tells a page of changes from other files of that name.
pub const MARK: &str = "fengcai diff";

/// Writes the page.
pub fn page(changes: &Changes, pictures: Option<&Pictures>, lang: Lang) -> String {
    let title = lang.pick("改动", "Changes");
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\"><meta charset=\"utf-8\"><meta name=\"generator\" content=\"{MARK}\">\
         <title>{title}</title><style>{STYLE}</style>\n<h1>{title}</h1>\n<p>{}</p>\n",
        lang.pick("zh-CN", "en"),
        changes.summary(lang),
    );
    for common in &changes.common {
        let _ = writeln!(html, "<p class=\"warn\">{}</p>", common.sentence(lang));
    }
    for (file, edits) in [("data/booklet.json", &changes.edition), ("data/press.json", &changes.press)] {
        if !edits.is_empty() {
            let _ = write!(html, "<h2>{file}</h2>\n{}", table(edits, lang));
        }
    }
    for person in &changes.persons {
        let heading = format!("{}{}", escape(&person.name), person.whereabouts(lang));
        let _ = write!(html, "<h2>{heading}</h2>\n{}", table(&person.edits, lang));
        for page in changes.pages.iter().filter(|page| page.person.as_ref() == Some(&person.id)) {
            html += &before_and_after(page, pictures, lang);
        }
    }
    let others = |page: &&PageChange| {
        page.person.as_ref().is_none_or(|id| changes.person(id).is_none())
            && page.state != PageState::Identical
    };
    let others: Vec<_> = changes.pages.iter().filter(others).collect();
    if !others.is_empty() {
        let _ = writeln!(html, "<h2>{}</h2>", lang.pick("其他改动的页", "Other pages that changed"));
    }
    for page in others {
        html += &before_and_after(page, pictures, lang);
    }
    html + "</html>\n"
}

fn table(edits: &[Edit], lang: Lang) -> String {
    if edits.is_empty() {
        return String::new();
    }
    let heads = lang.pick(["字段", "原来", "现在"], ["Field", "Before", "After"]);
    let heads: String = heads.iter().map(|head| format!("<th>{head}</th>")).collect();
    let row = |edit: &Edit| {
        let (before, after) = edit.pieces();
        let (field, before, after) = (escape(&edit.field), escape(&before), escape(&after));
        format!("<tr><td>{field}</td><td><del>{before}</del></td><td><ins>{after}</ins></td></tr>\n")
    };
    format!("<table>\n<tr>{heads}</tr>\n{}</table>\n", edits.iter().map(row).collect::<String>())
}

/// Two pictures of a page that changed. A page that only moved needs none.
fn before_and_after(page: &PageChange, pictures: Option<&Pictures>, lang: Lang) -> String {
    let Some(pictures) = pictures.filter(|_| !matches!(page.state, PageState::Identical | PageState::Moved))
    else {
        return String::new();
    };
    let figure = |png: Option<Vec<u8>>, number: Option<usize>, when: &str| {
        let (Some(png), Some(number)) = (png, number) else { return String::new() };
        let caption = match (number, lang) {
            (0, Lang::Zh) => format!("封面，{when}"),
            (0, Lang::En) => format!("Cover, {when}"),
            (_, Lang::Zh) => format!("第 {number} 页，{when}"),
            (_, Lang::En) => format!("Page {number}, {when}"),
        };
        let data = BASE64_STANDARD.encode(&png);
        format!(
            "<figure><img src=\"data:image/png;base64,{data}\" alt=\"{caption}\">\
             <figcaption>{caption}</figcaption></figure>\n"
        )
    };
    let old = page.old.and_then(|number| pictures.before(number));
    let new = page.new.and_then(|number| pictures.after(number));
    figure(old, page.old, lang.pick("原来", "before")) + &figure(new, page.new, lang.pick("现在", "after"))
}

impl Changes {
    /// How many pages changed and how many did not, as a sentence.
    pub fn summary(&self, lang: Lang) -> String {
        let Counts { identical, moved, changed, added, removed, cover, .. } = self.counts();
        let cover = match cover {
            Some(PageState::Identical) => lang.pick("封面相同。", " The cover is identical."),
            Some(_) => lang.pick("封面有改动。", " The cover changed."),
            None => "",
        };
        match lang {
            Lang::Zh => format!(
                "{changed} 页有改动，{added} 页新增，{removed} 页删去，{moved} 页只换了页码，{identical} 页完全相同。{cover}"
            ),
            Lang::En => format!(
                "{changed} pages changed, {added} added, {removed} removed, {moved} only moved, {identical} identical.{cover}"
            ),
        }
    }
}

impl Common {
    /// What changed, as a sentence.
    pub fn sentence(self, lang: Lang) -> &'static str {
        match self {
            Self::Tool => lang.pick("程序换了版本", "the tool is of another version"),
            Self::Template => lang.pick("版式文件改了", "files of the template changed"),
            Self::Fonts => lang.pick("字体换了", "the fonts changed"),
        }
    }
}

impl PersonChange {
    /// Where the person stands now and stood before, in brackets.
    pub fn whereabouts(&self, lang: Lang) -> String {
        let pages = |pages: &[usize]| match (pages.first(), pages.last()) {
            (Some(first), Some(last)) if first != last => format!("{first}–{last}"),
            (Some(first), _) => first.to_string(),
            _ => String::new(),
        };
        let (old, new) = (pages(&self.old_pages), pages(&self.new_pages));
        match (self.presence, lang) {
            (Presence::Added, Lang::Zh) => format!("（新增，第 {new} 页）"),
            (Presence::Added, Lang::En) => format!(" (added, pages {new})"),
            (Presence::Removed, Lang::Zh) => format!("（删去，原在第 {old} 页）"),
            (Presence::Removed, Lang::En) => format!(" (removed, was on pages {old})"),
            (Presence::Moved, Lang::Zh) => format!("（由第 {old} 页移到第 {new} 页）"),
            (Presence::Moved, Lang::En) => format!(" (moved from pages {old} to {new})"),
            (Presence::Stays, Lang::Zh) => format!("（第 {new} 页）"),
            (Presence::Stays, Lang::En) => format!(" (pages {new})"),
        }
    }
}
