//! Paints that are more than ink: spot colours, gradients, patterns, masks, on
//! the screen and on the plates.

use std::fs;

use serde_json::json;

use crate::support::{Project, judge, root};

/// A starter project whose title page is painted with more than ink.
fn painted(paint: &str) -> Project {
    let project = Project::starter();
    let title = fs::read_to_string(root().join("templates/spread/lib/title.typ")).unwrap();
    let with = format!("  bar(inner, 2 * row - 10pt)\n  ornament(at(60pt, 420pt, {paint}))\n");
    project
        .write("templates/spread/lib/title.typ", title.replacen("  bar(inner, 2 * row - 10pt)\n", &with, 1));
    project
}

/// The pixel in the middle of what was painted, in the preview of the title
/// page.
fn shown(project: &Project) -> [u8; 3] {
    project.run("build", &["--target", "screen,press,cover,preview"]).succeeds();
    let png = fs::read(project.path("out/preview/page-1.png"))
        .or_else(|_| fs::read(project.path("out/preview/page-01.png")));
    let picture = image::load_from_memory(&png.expect("the title page")).unwrap().to_rgb8();
    // Seams between the cells of a pattern are paler: the middle of what lies around.
    let (x, y) = ((110.0 * 120.0 / 72.0) as u32, (445.0 * 120.0 / 72.0) as u32);
    let mut around: Vec<[u8; 3]> = (0..400).map(|i| picture.get_pixel(x + i % 20, y + i / 20).0).collect();
    around.sort_unstable_by_key(|pixel| pixel.iter().map(|v| u32::from(*v)).sum::<u32>());
    around[100]
}

#[test]
fn gradients_and_patterns_have_a_screen_rendition() {
    let plain = shown(&painted("rect(width: 100pt, height: 50pt, fill: cmyk(0%, 100%, 100%, 0%))"));
    let gradient = "rect(width: 100pt, height: 50pt, fill: gradient.linear(cmyk(0%, 100%, 100%, 0%), cmyk(0%, 100%, 100%, 0%), space: cmyk))";
    assert_eq!(shown(&painted(gradient)), plain);
    for gradient in ["radial", "conic"] {
        let paint = format!(
            "rect(width: 100pt, height: 50pt, fill: gradient.{gradient}(red, gold, ivory, space: cmyk))"
        );
        shown(&painted(&paint));
    }
    let pattern = "rect(width: 100pt, height: 50pt, fill: tiling(size: (5pt, 5pt), rect(width: 5pt, height: 5pt, fill: cmyk(0%, 100%, 100%, 0%))))";
    let [r, g, b] = shown(&painted(pattern));
    let near = |a: u8, b: u8| a.abs_diff(b) < 12;
    assert!(near(r, plain[0]) && near(g, plain[1]) && near(b, plain[2]), "{:?} {plain:?}", [r, g, b]);
}

/// 烫金: a separation of its own on the plates, its alternate on the screen.
#[test]
fn a_spot_colour_is_a_plate_and_shows_as_its_alternate() {
    let alternate = shown(&painted("rect(width: 100pt, height: 50pt, fill: gold)"));
    let paint = "rect(width: 100pt, height: 50pt, fill: color.spot(\"GOLD FOIL\", gold).tint(100%))";
    let project = painted(paint);
    let refused = project.run("build", &["--target", "press", "--format", "json"]).json_lines();
    assert!(
        refused.iter().any(|f| f["message"]["en"].as_str().unwrap_or_default().contains("GOLD FOIL")),
        "{refused:#?}"
    );
    project.edit("data/press.json", |p| p["spots"] = json!(["GOLD FOIL"]));
    assert_eq!(shown(&project), alternate);
    let press = project.path("out/booklet-press.pdf");
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("p.tif");
    let pages = ["-dFirstPage=1", "-dLastPage=1"];
    let args = [
        "-q",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=tiffsep",
        "-r72",
        pages[0],
        pages[1],
        "-o",
        out.to_str().unwrap(),
        press.to_str().unwrap(),
    ];
    let Some(_) = judge("gs", &args) else { return };
    let plate = image::open(dir.path().join("p(GOLD FOIL).tif")).expect("a plate of its own").to_luma8();
    assert!(plate.pixels().filter(|p| p.0[0] < 10).count() > 4_000, "the foil is on its plate");
}

/// The grey of a mask is no ink: half stays half.
#[test]
fn masks_are_no_paint() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='50'><mask id='m'><rect width='100' height='50' fill='#808080'/></mask><rect width='100' height='50' fill='#000' mask='url(#m)'/></svg>";
    let project = painted("image(\"/mask.svg\", width: 100pt, height: 50pt)");
    project.write("templates/spread/mask.svg", svg);
    let [r, ..] = shown(&project);
    let press = project.path("out/booklet-press.pdf");
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("p.png");
    let args = [
        "-q",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=pngmono",
        "-r72",
        "-o",
        "/dev/null",
        press.to_str().unwrap(),
    ];
    judge("gs", &args);
    let Some(_) = judge(
        "mutool",
        &["draw", "-q", "-r", "72", "-c", "gray", "-o", out.to_str().unwrap(), press.to_str().unwrap(), "1"],
    ) else {
        return;
    };
    let picture = image::open(&out).unwrap().to_luma8();
    // The page has 3 mm of bleed.
    let plated = picture.get_pixel(118, 453).0[0];
    assert!(
        plated.abs_diff(r) < 40 && (90..190).contains(&plated),
        "{plated} on the plate, {r} on the screen"
    );
}
