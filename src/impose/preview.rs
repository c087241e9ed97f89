//! Sheets as pictures, to be looked at before paper is.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

use super::plan::{Cell, Plan, Sheet};
use crate::catalogue::Lang;

/// Sides that are shown; more would make a page that no browser opens.
const SIDES: usize = 64;
/// Longest side of a picture, in pixels.
const LONGEST: f32 = 900.0;

const STYLE: &str = "body{font:15px/1.7 system-ui,sans-serif;margin:2rem;color:#222}h1{color:#a8121c}\
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(22rem,1fr));gap:1.5rem}\
figure{margin:0}img{width:100%;border:1px solid #bbb;background:#fff}figcaption{font-variant-numeric:tabular-nums}";

/// A page with the sides of finished sheets, and which pages stand where.
pub fn preview(pdf: &[u8], plan: &Plan, back_turned: bool, lang: Lang) -> String {
    let title = lang.pick("拼版预览", "Sheets");
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\"><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style>\n<h1>{title}</h1>\n",
        lang.pick("zh-CN", "en")
    );
    let sides: Vec<(usize, bool, Vec<Cell>, usize)> = plan
        .sheets
        .iter()
        .enumerate()
        .flat_map(|(i, sheet)| {
            let back = if back_turned { Sheet::half_turned(&sheet.back) } else { sheet.back.clone() };
            [(i + 1, false, sheet.front.clone(), sheet.columns), (i + 1, true, back, sheet.columns)]
        })
        .collect();
    if sides.len() > SIDES {
        html += &match lang {
            Lang::Zh => format!("<p>共 {} 面，只画前 {SIDES} 面。</p>\n", sides.len()),
            Lang::En => format!("<p>The first {SIDES} of {} sides are shown.</p>\n", sides.len()),
        };
    }
    html += "<main>\n";
    let drawn = pictures(pdf, sides.len().min(SIDES));
    for ((number, back, cells, columns), picture) in sides.iter().zip(drawn) {
        let side = match (lang, back) {
            (Lang::Zh, false) => format!("第 {number} 张正面"),
            (Lang::Zh, true) => format!("第 {number} 张反面"),
            (Lang::En, false) => format!("Sheet {number}, front"),
            (Lang::En, true) => format!("Sheet {number}, back"),
        };
        let image = match picture {
            Some(png) => {
                format!("<img alt=\"{side}\" src=\"data:image/png;base64,{}\">", STANDARD.encode(png))
            }
            None => String::new(),
        };
        html +=
            &format!("<figure>{image}<figcaption>{side}：{}</figcaption></figure>\n", row(cells, *columns));
    }
    html + "</main>\n</html>\n"
}

/// Pages of a side; those on their head with an arrow.
fn row(cells: &[Cell], columns: usize) -> String {
    let cell = |cell: &Cell| {
        let page = cell.page.map_or("—".into(), |page| page.to_string());
        if cell.turned { format!("{page}↓") } else { page }
    };
    let rows = cells.chunks(columns.max(1));
    rows.map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" | ")).collect::<Vec<_>>().join(" / ")
}

/// The first pages of a PDF as PNG; none for one that cannot be drawn.
fn pictures(pdf: &[u8], count: usize) -> Vec<Option<Vec<u8>>> {
    let Ok(pdf) = Pdf::new(Arc::new(pdf.to_vec())) else { return vec![None; count] };
    let cache = RenderCache::new();
    let picture = |index: usize| {
        let page = pdf.pages().get(index)?;
        let (width, height) = page.render_dimensions();
        let scale = (LONGEST / width.max(height)).min(2.0);
        let settings =
            RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..Default::default() };
        render(page, &cache, &InterpreterSettings::default(), &settings).into_png().ok()
    };
    (0..count).map(picture).collect()
}
