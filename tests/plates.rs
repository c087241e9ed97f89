//! What `diff` says of pages and plates against what the finished files say:
//! the separations that Ghostscript makes, and the pictures that poppler draws.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::support::{Project, copy, fengcai, grey_png, judge, root};

const ONE: &str = "data/profiles/example-one.json";
const PRESS: &str = "data/press.json";
const BOOKLET: &str = "data/booklet.json";

/// Bytes of every separation of every page of a press file, by page from 1.
fn separations(pdf: &Path, dir: &Path) -> Option<BTreeMap<usize, Vec<Vec<u8>>>> {
    fs::create_dir_all(dir).unwrap();
    let out = format!("-o{}/p-%03d.tif", dir.display());
    judge("gs", &["-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r60", &out, pdf.to_str().unwrap()])?;
    let mut pages: BTreeMap<usize, Vec<Vec<u8>>> = BTreeMap::new();
    let mut files: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let number: usize = name[2..5].parse().unwrap();
        // The files carry the time of day.
        let mut decoder = tiff::decoder::Decoder::new(fs::File::open(&file).unwrap()).unwrap();
        let tiff::decoder::DecodingResult::U8(pixels) = decoder.read_image().unwrap() else {
            panic!("{name}")
        };
        pages.entry(number).or_default().push([&name.as_bytes()[5..], &pixels].concat());
    }
    Some(pages)
}

/// Pictures of every page of a screen edition.
fn pictures(pdf: &Path, dir: &Path) -> Option<Vec<Vec<u8>>> {
    fs::create_dir_all(dir).unwrap();
    let prefix = dir.join("s");
    judge("pdftoppm", &["-r", "60", pdf.to_str().unwrap(), prefix.to_str().unwrap()])?;
    let mut files: Vec<PathBuf> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    Some(files.iter().map(|file| fs::read(file).unwrap()).collect())
}

/// A photo with a caption, as a camera writes it, and one with other pixels.
fn jpeg(caption: &str, change: u8) -> Vec<u8> {
    let picture: Vec<u8> =
        (0..1800 * 2400 * 3_u32).map(|i| ((i / 7) as u8).wrapping_mul(3).wrapping_add(change)).collect();
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 92);
    encoder.add_app_segment(1, caption.as_bytes().to_vec()).unwrap();
    encoder.encode(&picture, 1800, 2400, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

type Change = (&'static str, Box<dyn Fn(&Project) + Sync + Send>);

fn set(file: &'static str, path: &'static str, value: Value) -> Change {
    let change = move |project: &Project| {
        project
            .edit(file, |json| *json.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = value.clone());
    };
    (path, Box::new(change))
}

/// Adds what was not there.
fn add(file: &'static str, key: &'static str, value: Value) -> Change {
    (key, Box::new(move |project| project.edit(file, |json| json[key] = value.clone())))
}

/// A piece of a file of the template.
fn token(file: &'static str, from: &'static str, to: &'static str) -> Change {
    let change = move |project: &Project| {
        let path = format!("templates/spread/{file}");
        let embedded = if file.starts_with("common/") { format!("templates/{file}") } else { path.clone() };
        let text = fs::read_to_string(root().join(embedded)).unwrap();
        assert!(text.contains(from), "{from}");
        project.write(&path, text.replace(from, to));
    };
    (from, Box::new(change))
}

/// Each setting once. Together they touch every field of both files.
fn changes() -> Vec<Change> {
    vec![
        set(PRESS, "/trim/width", json!(208)),
        add(PRESS, "bleed", json!({ "top": 4.0 })),
        add(PRESS, "condition", json!({ "id": "SHOP", "icc": "data/shop.icc" })),
        add(PRESS, "condition", json!({ "id": "FOGRA39", "info": "in words" })),
        set(PRESS, "/ink/limit", json!(150)),
        set(PRESS, "/ink/limit", json!(299.9)),
        set(PRESS, "/ink/error", json!(330)),
        add(PRESS, "ppi", json!({ "warn": 200, "error": 10 })),
        add(PRESS, "ppi", json!({ "error": 20 })),
        add(PRESS, "ppi", json!({ "most": 300.0, "warn": 290, "error": 10 })),
        add(PRESS, "overprint", json!({ "text": 5.0, "text_required": 0.0 })),
        add(PRESS, "overprint", json!({ "text": 24.5 })),
        add(PRESS, "overprint", json!({ "rules": 0.0, "rules_required": 0.0 })),
        add(PRESS, "safety", json!(4.0)),
        add(PRESS, "page_multiple", json!(2)),
        add(PRESS, "page_multiple", json!(16)),
        add(PRESS, "blanks", json!("end")),
        add(PRESS, "paper", json!({ "name": "157 克", "caliper": 0.12 })),
        add(PRESS, "cover", json!({ "gsm": 250 })),
        add(PRESS, "spine_allowance", json!(1.0)),
        (
            "perfect",
            Box::new(|p| {
                p.edit(PRESS, |v| {
                    v["binding"] = json!("perfect");
                    v["paper"] = json!({ "caliper": 1.0 });
                })
            }),
        ),
        add(PRESS, "marks", json!({ "trim": true })),
        add(PRESS, "marks", json!({ "slug": true })),
        add(PRESS, "spots", json!(["PANTONE 871 C"])),
        add(PRESS, "$comment", json!("只是备注")),
        set(BOOKLET, "/series", json!("另一个总题")),
        set(BOOKLET, "/title/0", json!("另一个书名")),
        set(BOOKLET, "/subtitle/0", json!("另一个副题")),
        ("order", Box::new(|p| p.edit(BOOKLET, |v| v["order"].as_array_mut().unwrap().reverse()))),
        add(BOOKLET, "setting", json!("standard")),
        add(BOOKLET, "date", json!("2026-07-01")),
        add(BOOKLET, "districts", json!(["示例区"])),
        add(BOOKLET, "exact", json!(["一个不会出现的名称"])),
        add(BOOKLET, "keep_together", json!(["不会出现的词语"])),
        add(BOOKLET, "facts", json!([{ "label": "编印", "value": "某某" }])),
        add(BOOKLET, "sections", json!([{ "title": "前言", "paragraphs": ["一段话。"] }])),
        add(BOOKLET, "groups", json!([{ "title": "一章", "first": "example-one" }])),
        add(BOOKLET, "past", json!([{ "title": "第一届", "persons": [{ "name": "王五" }] }])),
        add(BOOKLET, "back", json!(["封底的话"])),
        add(BOOKLET, "labels", json!({ "personal": "本人荣誉" })),
        add(BOOKLET, "$comment", json!("只是备注")),
        token("common/tokens.typ", "cmyk(12%, 32%, 68%, 10%)", "cmyk(12%, 32%, 68%, 20%)"),
        token("lib/grid.typ", "210mm * 48)", "210mm * 47)"),
        token("lib/colophon.typ", "let label-width = 72pt", "let label-width = 71pt"),
        token("main.typ", "// The booklet", "// A booklet"),
        ("caption", Box::new(|p| p.write("data/photos/p.jpg", jpeg("another caption", 0)))),
        ("pixels", Box::new(|p| p.write("data/photos/p.jpg", jpeg("caption", 9)))),
        ("focus", Box::new(|p| p.edit(ONE, |v| v["photo"]["focus"] = json!([0.5, 0.9])))),
        ("name", Box::new(|p| p.edit(ONE, |v| v["post"]["role"] = json!("主任")))),
        ("evidence", Box::new(|p| p.edit(ONE, |v| v["$comment"] = json!("备注")))),
        ("nothing", Box::new(|_| {})),
    ]
}

/// A project with a portrait, rules in black, and everything that is changed.
fn model() -> Project {
    let project = Project::starter();
    project.write("data/photos/p.jpg", jpeg("caption", 0));
    project.write("data/photos/grey.png", grey_png(1200, 1600));
    fs::copy(root().join("src/colour/fogra39/fogra39.icc"), project.path("data/shop.icc")).unwrap();
    project.write(PRESS, json!({ "trim": { "width": 210, "height": 285 }, "ink": { "limit": 300, "error": 320 }, "ppi": { "error": 10 } }).to_string());
    project.edit(ONE, |v| v["photo"] = json!({ "file": "photos/p.jpg" }));
    project.edit("data/profiles/example-two.json", |v| v["photo"] = json!({ "file": "photos/grey.png" }));
    // A black rule on a tint and one on paper.
    let path = "templates/spread/lib/colophon.typ";
    let text = fs::read_to_string(root().join(path)).unwrap();
    let rules =
        "  ornament(at(100pt, 300pt, line(length: 50pt, stroke: 1pt + ink)))\n  let label-width = 72pt";
    project.write(path, text.replacen("  let label-width = 72pt", rules, 1));
    project
}

struct Seen {
    plates: BTreeSet<usize>,
    pages: BTreeSet<usize>,
}

/// Where two sides of numbered things differ.
fn differing<T: PartialEq>(a: &BTreeMap<usize, T>, b: &BTreeMap<usize, T>) -> BTreeSet<usize> {
    let all: BTreeSet<usize> = a.keys().chain(b.keys()).copied().collect();
    all.into_iter().filter(|n| a.get(n) != b.get(n)).collect()
}

struct Files {
    plates: BTreeMap<usize, Vec<Vec<u8>>>,
    pages: BTreeMap<usize, Vec<u8>>,
}

/// All that can be seen of a build: the cover's plates as page 0, the front
/// cover as page 0, the back cover with it.
fn files(project: &Project, name: &str) -> Option<Files> {
    let (out, dir) = (project.path("out"), project.path(name));
    let mut plates = separations(&out.join("booklet-press.pdf"), &dir.join("interior"))?;
    plates.insert(0, separations(&out.join("cover-press.pdf"), &dir.join("cover"))?.remove(&1)?);
    let mut shown = pictures(&out.join("booklet.pdf"), &dir.join("screen"))?;
    let back = shown.pop()?;
    let mut pages: BTreeMap<usize, Vec<u8>> = shown.into_iter().enumerate().collect();
    pages.get_mut(&0)?.extend(back);
    Some(Files { plates, pages })
}

/// Each setting changed alone: `diff` names the plates whose separations
/// differ and the pages that look otherwise, no more and no fewer.
#[test]
fn diff_says_what_the_separations_say() {
    let model = model();
    model.run("build", &["--target", "screen,press,cover"]).succeeds();
    let Some(before) = files(&model, "before") else { return };
    let wrong: Vec<String> = changes()
        .into_par_iter()
        .enumerate()
        .filter_map(|(i, (what, change))| {
            let project = Project::empty();
            for folder in ["data", "templates", "out"] {
                copy(&model.path(folder), &project.path(folder));
            }
            change(&project);
            let out = project.path("out");
            fs::rename(&out, project.path("old")).unwrap();
            let run = project.run("build", &["--target", "screen,press,cover"]);
            assert_eq!(run.code, 0, "{what}: {}", run.err);
            let after = files(&project, "after").unwrap();
            let old = project.path("old");
            let run = fengcai(&["diff", old.to_str().unwrap(), out.to_str().unwrap(), "--format", "json"]);
            assert_eq!(run.code, 0, "{what}: {}", run.err);
            let lines = run.json_lines();
            let of = |wanted: &dyn Fn(&Value) -> bool| -> BTreeSet<usize> {
                let pages = lines.iter().filter(|line| line["change"] == "page" && wanted(line));
                pages
                    .filter_map(|line| line["new"].as_u64().or(line["old"].as_u64()))
                    .map(|n| n as usize)
                    .collect()
            };
            let told = Seen {
                plates: of(&|page| page["plate"] == true),
                pages: of(&|page| page["state"] != "identical"),
            };
            let count = after.pages.len().max(before.pages.len()) - 1;
            // A page that is gone needs no plate.
            let plates: BTreeSet<usize> = differing(&before.plates, &after.plates)
                .into_iter()
                .filter(|n| after.plates.contains_key(n))
                .collect();
            let pages = differing(&before.pages, &after.pages);
            let mut said = Vec::new();
            if told.plates != plates {
                said.push(format!("{i} {what}: plates {:?} told, {plates:?} differ", told.plates));
            }
            // Persons that change places leave pages at the same numbers that
            // are other pages.
            if told.pages != pages && what != "order" && count == before.pages.len() - 1 {
                said.push(format!("{i} {what}: pages {:?} told, {pages:?} differ", told.pages));
            }
            (!said.is_empty()).then(|| said.join("\n"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
