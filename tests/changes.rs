//! `fengcai diff`: who changed, on which pages, and that all others are the
//! same, by fingerprint, by our renderer and by poppler's.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Project, fengcai, judge};

const WANG_QI: &str = "data/profiles/wang-qi.json";

/// A project with a build of it, and the folder of that build.
fn built() -> (Project, String) {
    let project = Project::without_source();
    project.run("build", &["--out", &format!("{}/before", project.dir())]).succeeds();
    let before = format!("{}/before", project.dir());
    (project, before)
}

fn diff(project: &Project, before: &str, args: &[&str]) -> (Vec<Value>, i32) {
    let run = fengcai(&[&["diff", before, project.dir(), "--format", "json"], args].concat());
    (run.json_lines(), run.code)
}

fn of<'a>(lines: &'a [Value], kind: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["change"] == kind).collect()
}

/// Pages of two PDFs that poppler draws otherwise, at 100 dpi.
fn drawn_otherwise(project: &Project, old: &str, new: &str) -> Option<Vec<usize>> {
    let draw = |pdf: &str, name: &str| {
        let prefix = project.path(name);
        judge("pdftoppm", &["-r", "100", pdf, prefix.to_str().unwrap()])
    };
    draw(old, "old")?;
    draw(new, "new")?;
    // The front cover comes first in the file.
    let page = |name: &str, n: usize| fs::read(project.path(&format!("{name}-{:02}.ppm", n + 1))).unwrap();
    Some((1..=24).filter(|n| page("old", *n) != page("new", *n)).collect())
}

#[test]
fn one_character_is_one_field_on_one_page() {
    let (project, before) = built();
    assert!(of(&diff(&project, &before, &[]).0, "page").is_empty());
    project.edit(WANG_QI, |v| {
        let text = v["article"][1].as_str().unwrap().replacen("首要", "紧要", 1);
        v["article"][1] = json!(text);
    });
    let (lines, code) = diff(&project, &before, &["--pixels", "--deny-unexpected"]);
    assert_eq!(code, 0);
    let persons = of(&lines, "person");
    assert_eq!(persons.len(), 1);
    assert_eq!((&persons[0]["id"], &persons[0]["name"]), (&json!("wang-qi"), &json!("王琦")));
    assert_eq!(persons[0]["edits"].as_array().unwrap().len(), 1);
    assert_eq!(persons[0]["edits"][0]["field"], "article[1]");
    assert!(persons[0]["edits"][0]["after"].as_str().unwrap().contains("紧要"));
    let pages = of(&lines, "page");
    assert_eq!(pages.len(), 1);
    assert_eq!((&pages[0]["new"], &pages[0]["state"]), (&json!(13), &json!("changed")));
    assert_eq!(of(&lines, "summary")[0]["identical"], 23);

    let human = fengcai(&["diff", &before, project.dir(), "--lang", "zh", "--pixels"]).succeeds();
    assert!(
        human.out.contains("王琦（第 12–13 页）") && human.out.contains("23 页完全相同"),
        "{}",
        human.out
    );
    assert!(human.out.contains("…工作的首要") || human.out.contains("首要，她推动"), "{}", human.out);
    assert!(human.err.contains("24 个相同的页在 100 ppi 下逐像素相同"), "{}", human.err);

    project.run("build", &[]).succeeds();
    let new = project.path("out/booklet.pdf");
    if let Some(pages) = drawn_otherwise(&project, &format!("{before}/booklet.pdf"), new.to_str().unwrap()) {
        assert_eq!(pages, [13]);
    }
}

#[test]
fn a_line_more_stays_on_its_spread() {
    let (project, before) = built();
    project.edit(WANG_QI, |v| {
        let text = format!(
            "{}她始终走在服务群众的最前面，把居民的事当作自己的事来办。",
            v["article"][1].as_str().unwrap()
        );
        v["article"][1] = json!(text);
    });
    let (lines, code) = diff(&project, &before, &["--pixels", "--deny-unexpected"]);
    assert_eq!(code, 0);
    let pages: Vec<_> = of(&lines, "page").iter().map(|page| page["new"].as_u64().unwrap()).collect();
    assert_eq!(pages, [13]);
    assert_eq!(of(&lines, "summary")[0]["identical"], 23);
}

#[test]
fn a_new_person_moves_the_others() {
    let (project, before) = built();
    let text = project.read(WANG_QI).replace("王琦", "张三丰");
    project.write("data/profiles/new-one.json", text);
    fs::remove_file(project.path("data/profiles/bian-hui.json")).unwrap();
    project.edit("data/booklet.json", |b| {
        let order = b["order"].as_array_mut().unwrap();
        let at = order.iter().position(|id| id == "bian-hui").unwrap();
        order.remove(at);
        order.insert(3, json!("new-one"));
    });
    let (lines, code) = diff(&project, &before, &["--deny-unexpected"]);
    assert_eq!(code, 0, "{lines:#?}");
    let presence = |id: &str| {
        let persons = of(&lines, "person");
        persons.iter().find(|p| p["id"] == id).map(|p| (p["presence"].clone(), p["new_pages"].clone()))
    };
    assert_eq!(presence("new-one"), Some((json!("added"), json!([10, 11]))));
    assert_eq!(presence("bian-hui"), Some((json!("removed"), json!([]))));
    assert_eq!(presence("wang-yang"), Some((json!("moved"), json!([12, 13]))));
    assert_eq!(presence("wang-fengrong"), None);
    assert_eq!(presence("liu-wei"), None);
    let moved = of(&lines, "page").into_iter().filter(|page| page["state"] == "moved");
    let moved: Vec<_> = moved.map(|page| page["new"].as_u64().unwrap()).collect();
    assert_eq!(moved, [12, 13, 14, 15]);
}

#[test]
fn what_nobody_edited_is_unexpected() {
    let (project, before) = built();
    let tokens = fs::read_to_string(crate::support::root().join("templates/common/tokens.typ")).unwrap();
    let other = tokens.replace("cmyk(12%, 32%, 68%, 10%)", "cmyk(12%, 32%, 68%, 20%)");
    assert_ne!(tokens, other);
    project.write("templates/spread/common/tokens.typ", other);
    let (lines, code) = diff(&project, &before, &["--deny-unexpected"]);
    assert_eq!(code, 1);
    assert_eq!(of(&lines, "common")[0]["what"], "template");
    assert!(of(&lines, "person").is_empty());
    assert_eq!(diff(&project, &before, &[]).1, 0);
}

#[test]
fn the_print_shop_gets_the_changed_pages() {
    let (project, before) = built();
    let text = project.read(WANG_QI);
    project.write(WANG_QI, text.replace("王琦", "王琪"));
    let out = format!("{}/changes", project.dir());
    let run = fengcai(&["diff", &before, project.dir(), "--out", &out]).succeeds();
    assert!(run.err.contains("changed-pages.pdf: the cover, pages 2, 12–13"), "{}", run.err);
    let html = project.read("changes/changes.html");
    assert_eq!(html.matches("<img src=\"data:image/png;base64,").count(), 8);
    assert!(html.contains("王琪") && html.contains("<del>王琦</del>"));
    let pdf = format!("{out}/changed-pages.pdf");
    let (Some(info), Some(_)) = (judge("pdfinfo", &["-box", &pdf]), judge("qpdf", &["--check", &pdf])) else {
        return;
    };
    assert!(info.contains("Pages:           4") && info.contains("PDF version:     1.6"), "{info}");
    let bytes = fs::read(&pdf).unwrap();
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    assert!(has(b"GTS_PDFX") && has(b"PDF/X-4"));
    let shown = judge("pdftotext", &["-raw", &pdf, "-"]).unwrap();
    assert!(shown.contains("王琪") && !shown.contains("边晖始终"), "{shown}");

    // The same from two folders that builds wrote, and from their reports.
    project.run("build", &[]).succeeds();
    let now = format!("{}/out", project.dir());
    for (old, new) in
        [(before.clone(), now.clone()), (format!("{before}/report.json"), format!("{now}/report.json"))]
    {
        let run = fengcai(&["diff", &old, &new, "--format", "json"]).succeeds();
        assert_eq!(of(&run.json_lines(), "person").len(), 1);
    }
    assert_eq!(fengcai(&["diff", &format!("{before}/booklet.pdf"), &now]).code, 2);
}
