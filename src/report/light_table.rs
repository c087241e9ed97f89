//! Pages on a light table: plates that can be switched on and off, a map of the
//! ink, overprint taken away, and the spots that findings are about.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use super::html::escape;
use crate::diag::Lang;
use crate::model::Ink;
use crate::preflight::{Report, Separations};

/// Pages that are shown; more would make a page that no browser opens.
const PAGES: usize = 12;
/// How inks are shown, and what stands for a spot ink.
const COLOURS: [(&str, [u8; 3]); 4] =
    [("c", [0, 158, 224]), ("m", [226, 0, 122]), ("y", [255, 237, 0]), ("k", [29, 29, 27])];
const INKS: [&str; 4] = ["青", "品红", "黄", "黑"];
const SPOT: (&str, [u8; 3]) = ("s", [120, 110, 170]);

/// Rules of style of a light table.
pub(super) const STYLE: &str = "figure{margin:1rem 0}figure label{margin-right:1rem;white-space:nowrap}\
.stage{position:relative;background:#fff;border:1px solid #bbb;max-width:40rem;margin-top:.5rem;isolation:isolate}\
.stage img{position:absolute;inset:0;width:100%;height:100%;mix-blend-mode:multiply}\
.trim{position:absolute;border:1px dashed #767676;pointer-events:none}\
.mark{position:absolute;transform:translate(-50%,-50%);min-width:1.5rem;height:1.5rem;line-height:1.5rem;\
border-radius:1rem;background:#a8121c;color:#fff;text-align:center;font-size:.8rem;text-decoration:none;\
box-shadow:0 0 0 2px #fff}.flat,.heat{display:none}\
figure:has(.off:checked) .over{display:none}figure:has(.off:checked) .flat{display:block}\
figure:has(.map:checked) .heat{display:block}figure:has(.map:checked) .plate{display:none}\
figure:has(input.c:not(:checked)) img.c,figure:has(input.m:not(:checked)) img.m,figure:has(input.y:not(:checked)) img.y,\
figure:has(input.k:not(:checked)) img.k,figure:has(input.s:not(:checked)) img.s{display:none}";

/// A page as it is printed, and without overprint.
pub struct Drawn {
    /// As it is printed.
    pub plates: Separations,
    /// Without overprint.
    pub flat: Separations,
}

/// The pages of a report that are worth being drawn: the first with a place.
pub fn pages_to_draw(report: &Report) -> Vec<usize> {
    let placed = report.findings.iter().zip(&report.places).filter(|(_, place)| place.is_some());
    let pages: BTreeSet<usize> = placed.filter_map(|(finding, _)| finding.page).collect();
    pages.into_iter().take(PAGES).collect()
}

/// The figures of a file; findings go by their number, from 1.
pub(super) fn figures(report: &Report, drawn: &[Drawn], ink: Ink, lang: Lang) -> String {
    drawn.iter().map(|drawn| figure(report, drawn, ink, lang)).collect()
}

fn figure(report: &Report, Drawn { plates, flat }: &Drawn, ink: Ink, lang: Lang) -> String {
    let Separations { page, width, height, trim, .. } = plates;
    let mut html = format!(
        "<figure>\n<figcaption>{}</figcaption>\n",
        match lang {
            Lang::Zh => format!("第 {page} 页"),
            Lang::En => format!("Page {page}"),
        }
    );
    let mut known = BTreeSet::new();
    for (index, (name, _)) in plates.plates.iter().enumerate() {
        let (class, _) = COLOURS.get(index).copied().unwrap_or(SPOT);
        if known.insert(class) {
            let shown = match (lang, INKS.get(index)) {
                (Lang::Zh, Some(ink)) => (*ink).to_owned(),
                (_, None) => lang.pick("专色", "spot inks").to_owned(),
                _ => name.clone(),
            };
            let shown = escape(&shown);
            html += &format!("<label><input type=\"checkbox\" class=\"{class}\" checked> {shown}</label>\n");
        }
    }
    let [off, map] = lang.pick(["不看叠印", "墨量图"], ["without overprint", "ink map"]);
    html += &format!("<label><input type=\"checkbox\" class=\"off\"> {off}</label>\n");
    html += &format!("<label><input type=\"checkbox\" class=\"map\"> {map}</label>\n");
    html += &format!("<div class=\"stage\" style=\"aspect-ratio:{width}/{height}\">\n");
    for (kind, plates) in [("over", plates), ("flat", flat)] {
        for (index, (name, pixels)) in plates.plates.iter().enumerate() {
            let (class, colour) = COLOURS.get(index).copied().unwrap_or(SPOT);
            if pixels.iter().any(|v| *v > 0) {
                let rgba: Vec<u8> =
                    pixels.iter().flat_map(|v| [colour[0], colour[1], colour[2], *v]).collect();
                html += &picture(&rgba, plates, &format!("plate {kind} {class}"), name);
            }
        }
    }
    html += &picture(&heat(plates, ink), plates, "heat", map);
    let percent = |v: f64, of: usize| v * 100.0 / of as f64;
    let (left, top) = (percent(trim.0, *width), percent(trim.1, *height));
    html += &format!(
        "<div class=\"trim\" style=\"left:{left:.2}%;top:{top:.2}%;right:{left:.2}%;bottom:{top:.2}%\"></div>\n"
    );
    for (number, (finding, place)) in report.findings.iter().zip(&report.places).enumerate() {
        if let Some((x, y)) = place.filter(|_| finding.page == Some(*page)) {
            let (x, y) = (percent(x + trim.0, *width), percent(y + trim.1, *height));
            html += &format!(
                "<a class=\"mark\" style=\"left:{:.2}%;top:{:.2}%\" title=\"{}\">{}</a>\n",
                x.clamp(1.0, 99.0),
                y.clamp(1.0, 99.0),
                escape(&finding.message(lang)),
                number + 1,
            );
        }
    }
    html + "</div>\n</figure>\n"
}

/// Total ink in colours: nothing, little, near the limit, over it.
fn heat(plates: &Separations, ink: Ink) -> Vec<u8> {
    let size = plates.width * plates.height;
    let mut totals = vec![0_u32; size];
    for (_, pixels) in &plates.plates {
        totals.iter_mut().zip(pixels).for_each(|(total, v)| *total += u32::from(*v));
    }
    let colour = |total: u32| -> [u8; 4] {
        match f64::from(total) / 2.55 {
            p if p < 1.0 => [255, 255, 255, 255],
            p if p <= ink.limit * 0.5 => [200, 220, 235, 255],
            p if p <= ink.limit * 0.8 => [130, 180, 210, 255],
            p if p <= ink.limit + 1.0 => [60, 120, 170, 255],
            p if p <= ink.error + 1.0 => [245, 180, 40, 255],
            _ => [190, 20, 30, 255],
        }
    };
    totals.into_iter().flat_map(colour).collect()
}

fn picture(rgba: &[u8], plates: &Separations, class: &str, name: &str) -> String {
    let mut png = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Default, FilterType::Adaptive);
    let (width, height) = (plates.width as u32, plates.height as u32);
    match encoder.write_image(rgba, width, height, ExtendedColorType::Rgba8) {
        Ok(()) => {
            let data = STANDARD.encode(&png);
            let name = escape(name);
            format!("<img class=\"{class}\" alt=\"{name}\" src=\"data:image/png;base64,{data}\">\n")
        }
        // A page that cannot be drawn is still told of in words.
        Err(_) => String::new(),
    }
}
