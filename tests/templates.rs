//! Templates: the embedded ones over books of all sizes and trims, what a
//! designer does with them, and one that knows nothing of the program.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Project, fengcai, grey_png, judge, many, root};

/// Trims for which `spread` was drawn beside its own, with a setting in which
/// the first edition fits.
const TRIMS: [(f64, f64, &str); 4] = [
    (210.0, 297.0, "roomy"),
    (170.0, 240.0, "standard"),
    (185.0, 260.0, "standard"),
    (210.0, 210.0, "tight"),
];

fn trimmed(project: &Project, width: f64, height: f64) {
    let sheet = json!({ "trim": { "width": width, "height": height } });
    project.write("data/press.json", sheet.to_string());
}

/// The first edition in another template, on its own sheet.
fn in_template(name: &str, project: &Project) {
    let starter = Project::empty();
    let new = starter.path("new");
    fengcai(&["new", new.to_str().unwrap(), "--template", name]).succeeds();
    project.write("data/press.json", fs::read(new.join("data/press.json")).unwrap());
    let made: Value = serde_json::from_slice(&fs::read(new.join("data/booklet.json")).unwrap()).unwrap();
    project.edit("data/booklet.json", |b| {
        b["template"] = json!(name);
        b["setting"] = json!("standard");
        if !made["sections"].is_null() {
            b["sections"] = made["sections"].clone();
        }
    });
}

#[test]
fn nothing_is_found_in_books_of_any_size() {
    for template in ["spread", "certificate", "panel"] {
        for count in [1, 2, 3, 7, 10, 23, 40, 120] {
            let project = many::project(count);
            if template != "spread" {
                in_template(template, &project);
            }
            let (found, exit) = project.check();
            // Counted up, numbers grow: what is a matter of words is none of the template's.
            let of_template: Vec<_> =
                found.iter().filter(|f| f["code"].as_str().unwrap().starts_with('E')).collect();
            assert_eq!((of_template, exit), (vec![], 0), "{template} with {count}");
        }
    }
}

#[test]
fn nothing_is_found_on_any_trim() {
    for (width, height, setting) in TRIMS {
        let project = Project::first_edition();
        trimmed(&project, width, height);
        project.edit("data/booklet.json", |b| b["setting"] = json!(setting));
        let (found, exit) = project.check();
        let errors: Vec<_> = found.iter().filter(|f| f["severity"] == "error").collect();
        assert_eq!((errors, exit), (vec![], 0), "{width} × {height}");
    }
}

/// A book with everything that a commemorative book may have.
/// A book with everything that data may have.
pub(crate) fn whole_book() -> Project {
    let project = Project::without_source();
    project.write("data/photos/group.png", grey_png(4200, 2800));
    project.write("data/photos/work.png", grey_png(2400, 1600));
    project.write("data/photos/face.png", grey_png(1800, 2400));
    project.write(
        "data/emblem.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><circle cx=\"5\" cy=\"5\" r=\"5\" fill=\"#888\"/></svg>",
    );
    project.edit("data/booklet.json", |b| {
        b["sections"] = json!([
            { "title": "前言", "paragraphs": vec!["这一段话写在书的前面，用来说明这本书怎样编成。"; 40], "signature": ["编者"] },
            { "title": "评选办法", "paragraphs": ["评选按照公开的办法进行。"] },
            { "title": "后记", "paragraphs": ["书编成了，谢谢大家。"], "place": "after" },
        ]);
        b["groups"] = json!([{ "title": "前五位", "first": "wang-fengrong" }, { "title": "后五位", "first": "bian-hui" }]);
        b["past"] = json!([{ "title": "第一届", "persons": [{ "name": "张三", "post": "某社区党委书记" }, { "name": "李四" }] }]);
        b["photos"] = json!([{ "file": "photos/group.png", "role": "group", "caption": "合影", "credit": "张三摄" }]);
        b["back"] = json!(["把居民的小事", "当作自己的大事"]);
        b["emblem"] = json!("emblem.svg");
        b["labels"] = json!({ "community": "单位荣誉" });
        b["facts"] = json!([{ "label": "编印", "value": "某某单位" }]);
    });
    project.edit("data/profiles/yan-ping.json", |p| {
        p["article"].as_array_mut().unwrap().truncate(2);
        p["honours"] = json!({});
        p["photo"] = json!({ "file": "photos/face.png", "caption": "晏萍", "scale": 1.1 });
        p["photos"] = json!([{ "file": "photos/work.png", "role": "working", "caption": "在社区走访", "credit": "李四摄" }]);
        p["figures"] = json!([]);
    });
    project
}

#[test]
fn a_whole_book_is_whole() {
    let project = whole_book();
    let (found, exit) = project.check();
    let errors: Vec<_> = found.iter().filter(|f| f["severity"] == "error").collect();
    assert_eq!((errors, exit), (vec![], 0));
    let run = project.run("build", &["--target", "screen,press,cover,proof"]).succeeds();
    assert!(run.err.contains("booklet-proof.pdf"), "{}", run.err);
    let report: Value = serde_json::from_str(&project.read("out/report.json")).unwrap();
    let kinds: Vec<&str> =
        report["page_map"]["pages"].as_array().unwrap().iter().map(|p| p["kind"].as_str().unwrap()).collect();
    for kind in ["section", "photo", "group", "past", "contents", "colophon"] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
    // The foreword runs over two pages; persons start on even ones all the same.
    assert!(kinds.iter().filter(|kind| **kind == "section").count() >= 4, "{kinds:?}");
    let pdf = project.path("out/booklet.pdf");
    let Some(text) = judge("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"]) else { return };
    for words in [
        "前言",
        "评选办法",
        "后记",
        "前五位",
        "第一届",
        "某社区党委书记",
        "当作自己的大事",
        "张三摄",
        "在社区走访",
        "单位荣誉",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

/// What is grown is compared and signed off like the rest.
#[test]
fn what_is_grown_is_compared_and_signed() {
    let project = whole_book();
    project.run("build", &[]).succeeds();
    fengcai(&["approve", "晏萍", "section", "--by", "张三", "--project", project.dir()]).succeeds();
    project
        .edit("data/booklet.json", |b| b["sections"][1]["paragraphs"][0] = json!("评选按照公布的办法进行。"));
    project.edit("data/profiles/yan-ping.json", |p| p["photos"][0]["caption"] = json!("在社区里走访"));
    let (found, _) = project.check();
    let broken: Vec<_> = found.iter().filter(|f| f["code"] == "E0601").collect();
    assert_eq!(broken.len(), 2, "{found:#?}");
    let before = project.path("out");
    let lines = fengcai(&["diff", before.to_str().unwrap(), project.dir(), "--format", "json"]).json_lines();
    let edits = format!("{lines:?}");
    assert!(edits.contains("photos[0].caption") && edits.contains("sections[1].paragraphs[0]"), "{edits}");
    assert!(
        lines.iter().filter(|l| l["change"] == "page").all(|l| l["expected"] != json!(false)),
        "{lines:#?}"
    );
}

#[test]
fn certificates_and_panels_go_all_the_way() {
    for (template, size) in [("certificate", "大对开"), ("panel", "1700x2100")] {
        let project = Project::empty();
        let dir = project.path("new");
        let dir = dir.to_str().unwrap();
        fengcai(&["new", dir, "--template", template]).succeeds();
        let run = fengcai(&["build", dir, "--target", "all", "--delivery", "--deny-warnings"]).succeeds();
        assert!(run.err.contains("booklet-office.pdf"), "{}", run.err);
        let press = project.path("new/out/booklet-press.pdf");
        let press = press.to_str().unwrap();
        let sheet = project.path("new/data/press.json");
        fengcai(&["preflight", press, "--sheet", sheet.to_str().unwrap()]).succeeds();
        judge("qpdf", &["--check", press]);
        judge("gs", &["-q", "-o", "-", "-sDEVICE=ink_cov", press]);
        let sheets = project.path("sheets.pdf");
        let sheets = sheets.to_str().unwrap();
        fengcai(&["impose", press, "--scheme", "two-up", "--sheet", size, "--out", sheets]).succeeds();
        judge("qpdf", &["--check", sheets]);
        if let Some(text) = judge("pdftotext", &[sheets, "-"]) {
            let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(text.contains("张三"), "{text}");
        }
        fengcai(&["approve", "张三", "--by", "李四", "--project", dir]).succeeds();
        let changed = fs::read_to_string(project.path("new/data/profiles/example-one.json")).unwrap();
        fs::write(
            project.path("new/data/profiles/example-one.json"),
            changed.replace("示例社区", "另一社区"),
        )
        .unwrap();
        let found = fengcai(&["check", dir, "--format", "json"]).json_lines();
        assert!(found.iter().any(|f| f["code"] == "E0601"), "{found:#?}");
        let edits = fengcai(&["diff", dir, "--format", "json"]).json_lines();
        assert!(edits.iter().any(|line| line["change"] == "person"), "{edits:#?}");
    }
    // An office printer gets a panel at a tenth.
    let panel = Project::empty();
    let dir = panel.path("p");
    fengcai(&["new", dir.to_str().unwrap(), "--template", "panel"]).succeeds();
    fengcai(&["build", dir.to_str().unwrap(), "--target", "office"]).succeeds();
    let office = dir.join("out/booklet-office.pdf");
    let Some(info) = judge("pdfinfo", &[office.to_str().unwrap()]) else { return };
    assert!(info.contains("595.276 x 841.89") || info.contains("A4"), "{info}");
}

#[test]
fn fields_of_a_templates_own_are_checked() {
    let project = Project::empty();
    let dir = project.path("new");
    fengcai(&["new", dir.to_str().unwrap(), "--template", "certificate"]).succeeds();
    let one = project.path("new/data/profiles/example-one.json");
    let text = fs::read_to_string(&one).unwrap();
    assert!(fs::read_to_string(project.path("new/data/profile.schema.json")).unwrap().contains("证书编号"));
    for (put, code) in [("\"nummer\"", "E0103"), ("\"number\": \"第１号\", \"_\"", "E0318")] {
        let changed = text.replacen("\"number\"", put, 1).replace("\"_\": \"证书编号\"", "\"$\": \"\"");
        let changed = changed.replace(", \"$\": \"\"", "");
        fs::write(&one, changed).unwrap();
        let found = fengcai(&["check", dir.to_str().unwrap(), "--format", "json"]).json_lines();
        assert!(found.iter().any(|f| f["code"] == code), "{code}: {found:#?}");
    }
    assert!(fengcai(&["schema", "profile", "--template", "certificate"]).succeeds().out.contains("证书编号"));
}

/// The template in the README, as a designer would copy it from there.
#[test]
fn the_readme_makes_a_template() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let block = |kind: &str| {
        let start = readme.find(&format!("```{kind}\n")).expect("a block") + kind.len() + 4;
        readme[start..start + readme[start..].find("```").unwrap()].to_owned()
    };
    let project = Project::starter();
    project.write("templates/card/template.json", block("json"));
    project.write("templates/card/main.typ", block("typst"));
    project.write(
        "data/press.json",
        json!({ "trim": { "width": 90, "height": 54 }, "page_multiple": 1 }).to_string(),
    );
    project.edit("data/booklet.json", |b| {
        b["template"] = json!("card");
        b["setting"] = json!("standard");
    });
    assert_eq!(project.check(), (vec![], 0));
    project.run("build", &["--target", "all"]).succeeds();
    let list = fengcai(&["template", "list", "--project", project.dir()]).succeeds().out;
    assert_eq!(
        list.lines().map(|line| line.split("  ").next().unwrap()).collect::<Vec<_>>(),
        ["card", "certificate", "panel", "spread"]
    );
}

#[test]
fn a_file_is_copied_changed_and_shown() {
    let project = Project::starter();
    let at = |args: &[&str]| fengcai(&[&["template"], args, &["--project", project.dir()]].concat());
    at(&["copy", "spread", "common/tokens.typ"]).succeeds();
    assert_eq!(at(&["copy", "spread", "common/tokens.typ"]).code, 2, "what is there stays");
    assert_eq!(at(&["copy", "spread", "lib/nothing.typ"]).code, 2);
    assert_eq!(at(&["copy", "spraed"]).code, 2);
    assert!(at(&["diff"]).succeeds().out.contains("the same as the embedded one"));
    project.replace(
        "templates/spread/common/tokens.typ",
        "cmyk(8%, 100%, 88%, 12%)",
        "cmyk(100%, 60%, 0%, 20%)",
    );
    let shown = at(&["diff"]).succeeds().out;
    assert!(shown.contains("+    4 #let red = cmyk(100%, 60%, 0%, 20%)"), "{shown}");
    assert_eq!(project.check(), (vec![], 0));
    at(&["copy", "certificate"]).succeeds();
    assert!(project.path("templates/certificate/main.typ").is_file());
}

#[test]
fn an_ejected_book_is_refreshed() {
    let project = Project::starter();
    let dir = project.path("ejected");
    let dir = dir.to_str().unwrap();
    assert_eq!(fengcai(&["eject", dir, "--refresh", "--project", project.dir()]).code, 2);
    fengcai(&["eject", dir, "--project", project.dir()]).succeeds();
    let main = project.path("ejected/main.typ");
    fs::write(&main, "// the designer's own\n").unwrap();
    project.edit("data/booklet.json", |b| b["series"] = json!("另一个总题"));
    fengcai(&["eject", dir, "--refresh", "--project", project.dir()]).succeeds();
    assert_eq!(fs::read_to_string(&main).unwrap(), "// the designer's own\n");
    assert!(fs::read_to_string(project.path("ejected/data.json")).unwrap().contains("另一个总题"));
}

/// One slip is one error, in the language asked for, with the name that was
/// meant and the calls that led there.
#[test]
fn designers_are_told_what_is_wrong() {
    let project = Project::starter();
    let spread = |file: &str| fs::read_to_string(root().join("templates/spread").join(file)).unwrap();
    let told = |file: &str, text: String| {
        project.write(&format!("templates/spread/{file}"), text);
        let run = project.run("check", &["--format", "json"]);
        fs::remove_file(project.path(&format!("templates/spread/{file}"))).unwrap();
        run.json_lines()
    };
    let verso = spread("lib/verso.typ");
    let found = told(
        "lib/verso.typ",
        verso.replace("set text(font: hei, fill: white)", "set text(font: hei, fill: whit)"),
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    let (message, hint) = (&found[0]["message"]["zh"], &found[0]["hint"]["zh"]);
    assert_eq!(message, "版式出错：没有名为“whit”的变量");
    assert!(hint.as_str().unwrap().contains("是不是“white”"), "{hint}");
    assert!(hint.as_str().unwrap().contains("templates/spread/main.typ:"), "{hint}");
    let found = told(
        "lib/verso.typ",
        verso.replacen("#let quote-block(person, y) = {", "#let quote-block(person, y) = {{", 1),
    );
    assert_eq!(found.len(), 1, "{found:#?}");
    let found = told("lib/verso.typ", verso.replace("font: hei", "font: \"Source Han Sans SC\""));
    let families: Vec<_> = found.iter().filter(|f| f["code"] == "E0905").collect();
    assert_eq!(families.len(), 1, "{found:#?}");
    assert_eq!(families[0]["file"], "templates/spread/lib/verso.typ");
    assert!(families[0]["line"].as_u64().unwrap() > 1);
}

/// What is settled stays settled while a template is broken.
#[test]
fn a_broken_template_unsettles_nothing() {
    let project = Project::first_edition();
    project.edit("data/profiles/wang-qi.json", |p| {
        let text = p["article"][2].as_str().unwrap().replace("5G", "5Ｇ");
        p["article"][2] = json!(text);
    });
    let (before, _) = project.check();
    for (file, text) in [("main.typ", "#("), ("template.json", "{"), ("common/base.typ", "#let")] {
        project.write(&format!("templates/spread/{file}"), text);
        let (found, exit) = project.check();
        fs::remove_file(project.path(&format!("templates/spread/{file}"))).unwrap();
        assert_eq!(exit, 1, "{file}");
        let of_data: Vec<_> =
            found.iter().filter(|f| !f["code"].as_str().unwrap().starts_with("E09")).collect();
        assert!(of_data.iter().all(|f| before.contains(f)), "{file}: {found:#?}");
    }
}

/// Pages as small pictures, looked at when they were made: `UPDATE=1` makes
/// them anew.
#[test]
fn pages_look_as_they_were_approved() {
    let sheets = |template| {
        let project = Project::without_source();
        in_template(template, &project);
        project
    };
    let books: [(&str, Project, &[usize]); 8] = [
        ("210x285", Project::first_edition(), &[1, 2, 4, 5, 6, 14, 24]),
        ("210x297", on_trim(210.0, 297.0, "roomy"), &[4, 5]),
        ("170x240", on_trim(170.0, 240.0, "standard"), &[4, 5]),
        ("185x260", on_trim(185.0, 260.0, "standard"), &[4, 5]),
        ("210x210", on_trim(210.0, 210.0, "tight"), &[4, 5]),
        ("whole", whole_book(), &[2, 8, 10, 16, 17]),
        ("panel", sheets("panel"), &[1]),
        ("certificate", sheets("certificate"), &[1]),
    ];
    let mut wrong = Vec::new();
    for (name, project, pages) in books {
        project.run("build", &["--target", "preview"]).succeeds();
        for page in pages {
            let png = fs::read(project.path(&format!("out/preview/page-{page:02}.png"))).unwrap();
            let picture = image::load_from_memory(&png).unwrap().to_rgb8();
            let (width, height) = (64, picture.height() * 64 / picture.width());
            let small =
                image::imageops::resize(&picture, width, height, image::imageops::FilterType::Triangle);
            let file = root().join(format!("tests/reference/{name}-{page:02}.png"));
            if crate::support::asked("UPDATE").is_some() {
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                small.save(&file).unwrap();
            }
            let approved = image::open(&file).expect("a reference page").to_rgb8();
            let far = |(a, b): (&u8, &u8)| u64::from(a.abs_diff(*b));
            let apart: u64 = approved.as_raw().iter().zip(small.as_raw()).map(far).sum();
            let mean = apart as f64 / small.as_raw().len() as f64;
            if approved.dimensions() != small.dimensions() || mean > 1.0 {
                wrong.push(format!("{name} page {page}: {mean:.2} apart"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn on_trim(width: f64, height: f64, setting: &str) -> Project {
    let project = Project::first_edition();
    trimmed(&project, width, height);
    project.edit("data/booklet.json", |b| b["setting"] = json!(setting));
    project
}
