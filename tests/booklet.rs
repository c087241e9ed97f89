//! The real booklet, judged by programs that we did not write.

use std::fs;

use serde_json::Value;

use crate::support::{Project, judge, profiles, root, squeeze, strings};

/// Builds the first edition with the template of the repository.
fn built() -> (Project, String) {
    let project = Project::first_edition();
    project.run("build", &[]).succeeds();
    let pdf = project.path("out/booklet.pdf").to_str().unwrap().to_owned();
    (project, pdf)
}

#[test]
fn every_person_has_the_spread_of_the_plan() {
    let (project, _) = built();
    let report: Value = serde_json::from_str(&project.read("out/report.json")).unwrap();
    assert_eq!(report["page_count"], 24);
    assert_eq!(report["diagnostics"], serde_json::json!([]));
    for (k, (id, _)) in profiles().iter().enumerate() {
        assert_eq!(report["page_map"]["persons"][id], serde_json::json!([4 + 2 * k, 5 + 2 * k]), "{id}");
    }
    let kinds: Vec<_> =
        report["page_map"]["pages"].as_array().unwrap().iter().map(|p| p["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds[..5], ["title", "contents", "contents", "verso", "recto"]);
    assert_eq!(kinds[23], "colophon");
}

#[test]
fn each_recto_holds_the_whole_article() {
    let (_project, pdf) = built();
    for (k, (id, profile)) in profiles().iter().enumerate() {
        // The front cover comes first in the file.
        let page = |n: usize| {
            let n = (n + 1).to_string();
            judge("pdftotext", &["-raw", "-f", &n, "-l", &n, &pdf, "-"])
        };
        let (Some(verso), Some(recto)) = (page(4 + 2 * k), page(5 + 2 * k)) else { return };
        let (verso, recto) = (squeeze(&verso), squeeze(&recto));
        let article = squeeze(&strings(&profile["article"]).concat());
        assert!(recto.contains(&article), "{id}: {recto}");
        assert!(recto.contains(&squeeze(&strings(&profile["headline"]).concat())), "{id}");
        let post = &profile["post"];
        for wanted in [&profile["name"], &profile["quote"], &post["street"], &post["role"]] {
            assert!(verso.contains(wanted.as_str().unwrap()), "{id}: {wanted} in {verso}");
        }
        for figure in profile["figures"].as_array().unwrap() {
            assert!(verso.contains(figure["value"].as_str().unwrap()), "{id}: {figure} in {verso}");
            assert!(verso.contains(figure["label"].as_str().unwrap()), "{id}: {figure} in {verso}");
        }
        assert!(!recto.contains('\u{2060}') && !recto.contains('\u{3000}'));
    }
}

#[test]
fn only_our_fonts_embedded_and_subset() {
    let (_project, pdf) = built();
    let Some(list) = judge("pdffonts", &[&pdf]) else { return };
    let rows: Vec<_> = list.lines().skip(2).collect();
    assert_eq!(rows.len(), 6, "{list}");
    for row in rows {
        let name = row.split_once('+').map(|(_, name)| name).unwrap_or_else(|| panic!("not subset: {row}"));
        assert!(
            ["NotoSerifSC-", "NotoSansSC-", "LXGWWenKai-"].iter().any(|ours| name.starts_with(ours)),
            "{row}"
        );
        let flags: Vec<_> = row.split_whitespace().rev().skip(2).take(3).collect();
        assert_eq!(flags, ["yes", "yes", "yes"], "embedded, subset, unicode: {row}");
    }
}

#[test]
fn the_file_is_sound_and_opens_as_facing_pages() {
    let (project, pdf) = built();
    assert!(fs::metadata(&pdf).unwrap().len() < 3_000_000);
    if let Some(said) = judge("qpdf", &["--check", &pdf]) {
        assert!(said.contains("No syntax or stream encoding errors"), "{said}");
    }
    if let Some(info) = judge("pdfinfo", &[&pdf]) {
        for wanted in ["Pages:           26", "Tagged:          yes", "身边的榜样 奋进的力量——第二届"]
        {
            assert!(info.contains(wanted), "{wanted}: {info}");
        }
        assert!(info.contains("595.276 x 807.874 pts"), "{info}");
    }
    let bytes = fs::read(project.path("out/booklet.pdf")).unwrap();
    let has = |needle: &str| bytes.windows(needle.len()).any(|w| w == needle.as_bytes());
    for wanted in
        ["/PageLayout/TwoPageLeft", "/DisplayDocTitle true", "/Lang(zh", "pdfuaid:part>1", "pdfaid:part>2"]
    {
        assert!(has(wanted), "{wanted}");
    }
    assert!(!has("/DeviceCMYK"), "screen colours are sRGB");
    if let Some(outline) = judge("mutool", &["show", &pdf, "outline"]) {
        for (_, profile) in profiles() {
            assert!(outline.contains(profile["name"].as_str().unwrap()), "{outline}");
        }
    }
}

#[test]
fn contents_lead_to_the_spreads() {
    let (_project, pdf) = built();
    let Some(json) = judge("qpdf", &["--json", "--json-key=qpdf", "--json-key=pages", &pdf]) else { return };
    let json: Value = serde_json::from_str(&json).unwrap();
    let objects = &json["qpdf"][1];
    let page_objects: Vec<_> =
        json["pages"].as_array().unwrap().iter().map(|p| p["object"].as_str().unwrap().to_owned()).collect();
    let mut targets = Vec::new();
    for object in objects.as_object().unwrap().values() {
        let value = &object["value"];
        if value["/Subtype"] == "/Link" {
            let named = format!("obj:{}", value["/Dest"].as_str().unwrap_or_default());
            let dest = &objects[named.as_str()]["value"];
            let page = dest[0].as_str().unwrap_or_else(|| panic!("a page: {value}"));
            targets.push(page_objects.iter().position(|p| p == page).unwrap() + 1);
        }
    }
    targets.sort();
    targets.dedup();
    // Behind the front cover.
    assert_eq!(targets, (0..10).map(|k| 1 + 4 + 2 * k).collect::<Vec<_>>());
}

/// 26 pages, called by the numbers that are printed on them.
#[test]
fn covers_bind_the_book_and_page_four_is_page_four() {
    let (_project, pdf) = built();
    let Some(json) =
        judge("qpdf", &["--json", "--json-key=pagelabels", "--json-key=outlines", "--json-key=pages", &pdf])
    else {
        return;
    };
    let json: Value = serde_json::from_str(&json).unwrap();
    let labels: Vec<_> = json["pagelabels"].as_array().unwrap().iter().collect();
    let label = |i: usize| (&labels[i]["index"], &labels[i]["label"]);
    assert_eq!(labels.len(), 3, "{labels:?}");
    assert_eq!((label(0).0, &label(0).1["/P"]), (&0.into(), &"u:封面".into()));
    assert_eq!((label(1).0, &label(1).1["/S"], &label(1).1["/St"]), (&1.into(), &"/D".into(), &1.into()));
    assert_eq!((label(2).0, &label(2).1["/P"]), (&25.into(), &"u:封底".into()));
    let outlines = json["outlines"].as_array().unwrap();
    for (k, (_, profile)) in profiles().iter().enumerate() {
        let entry = outlines.iter().find(|entry| entry["title"] == profile["name"]).expect("a bookmark");
        assert_eq!(entry["destpageposfrom1"], 1 + 4 + 2 * k, "{entry}");
    }
    let page = |n: &str| judge("pdftotext", &["-raw", "-f", n, "-l", n, &pdf, "-"]).unwrap();
    assert!(squeeze(&page("1")).contains("党旗在基层一线高高飘扬") && squeeze(&page("1")).contains("林则银"));
    assert_eq!(squeeze(&page("26")), "身边的榜样奋进的力量");
}

/// Judges of accessibility that others wrote find nothing.
#[test]
fn readers_that_read_aloud_are_served() {
    let project = Project::first_edition();
    project.write("data/photos/p.png", crate::support::grey_png(1500, 2100));
    project
        .edit("data/profiles/wang-qi.json", |v| v["photo"] = serde_json::json!({ "file": "photos/p.png" }));
    project.run("build", &["--target", "screen"]).succeeds();
    for pdf in [built().1, project.path("out/booklet.pdf").to_str().unwrap().to_owned()] {
        let Some(said) = judge("pdfua", &["check", &pdf]) else { return };
        assert!(said.contains("errors=0 warnings=0"), "{said}");
        let said = judge("outloud", &[&pdf]).unwrap();
        assert!(said.contains("0 error(s), 0 warning(s)"), "{said}");
    }
}

#[test]
fn same_inputs_give_the_same_bytes() {
    let project = Project::first_edition();
    let outs: Vec<_> = ["one", "a/deeper/two"].iter().map(|out| project.path(out)).collect();
    for (out, jobs) in outs.iter().zip(["1", "2"]) {
        project.run("build", &["--target", "all", "--jobs", jobs, "--out", out.to_str().unwrap()]).succeeds();
    }
    for file in
        ["booklet.pdf", "report.json", "preview/page-01.png", "preview/page-15.png", "preview/page-24.png"]
    {
        assert!(fs::read(outs[0].join(file)).unwrap() == fs::read(outs[1].join(file)).unwrap(), "{file}");
    }
    assert_eq!(fs::read_dir(outs[0].join("preview")).unwrap().count(), 24);
}

#[test]
fn the_repository_is_the_project_of_the_first_edition() {
    let out = Project::empty();
    let args = ["build", root().to_str().unwrap(), "--out", out.dir(), "--deny-warnings"];
    crate::support::fengcai(&args).succeeds();
    let (project, _) = built();
    assert!(fs::read(out.path("booklet.pdf")).unwrap() == fs::read(project.path("out/booklet.pdf")).unwrap());
}
