//! Cover, title page, contents and colophon are part of the book: compared,
//! signed, printed anew like the persons' spreads.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Project, Run, fengcai, judge, squeeze};

const ONE: &str = "data/profiles/example-one.json";
const BOOKLET: &str = "data/booklet.json";

fn approve(project: &Project, args: &[&str]) -> Run {
    fengcai(&[&["approve", "--project", project.dir()], args].concat())
}

fn row(project: &Project, id: &str) -> Value {
    let rows = project.run("status", &["--format", "json"]).json_lines();
    rows.into_iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("{id}"))
}

/// What a signature that no longer holds is put down to.
fn causes(project: &Project) -> Vec<(String, String)> {
    let found = project.run("check", &["--format", "json"]).json_lines();
    let signed = found.iter().filter(|f| f["code"] == "E0601");
    let told = |f: &Value| {
        let message = f["message"]["zh"].as_str().unwrap();
        (f["person"]["id"].as_str().unwrap().to_owned(), message.rsplit_once('：').unwrap().1.to_owned())
    };
    signed.map(told).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn a_new_series_is_a_new_cover_and_title_page() {
    let project = Project::starter();
    project.run("build", &[]).succeeds();
    approve(&project, &["--all", "--by", "张三"]).succeeds();
    project.edit(BOOKLET, |b| b["series"] = json!("另一个总题"));
    let told = causes(&project);
    assert_eq!(told, pairs(&[("_cover", "总题"), ("_title", "总题")]));
    let out = project.path("changes");
    let before = project.path("out");
    let args =
        ["diff", before.to_str().unwrap(), project.dir(), "--out", out.to_str().unwrap(), "--lang", "zh"];
    approve(&project, &["封面", "title", "--by", "张三"]).succeeds();
    let run = fengcai(&args).succeeds();
    assert!(run.out.contains("要换印版：封面、第 1 页"), "{}", run.out);
    let html = project.read("changes/changes.html");
    assert!(html.contains("封面，原来") && html.contains("第 1 页，现在"));
    let pdf = out.join("changed-pages.pdf");
    let Some(said) = judge("pdfinfo", &["-box", "-l", "2", pdf.to_str().unwrap()]) else { return };
    assert!(said.contains("Pages:           2"), "{said}");
    judge("qpdf", &["--check", pdf.to_str().unwrap()]).unwrap();
    let sizes: Vec<&str> = said.lines().filter(|line| line.contains("TrimBox")).collect();
    assert!(
        sizes[0].contains("1199.06") || sizes[0].contains("1190.5") || sizes[0].contains("1199.0"),
        "{said}"
    );
    let text = judge("pdftotext", &[pdf.to_str().unwrap(), "-"]).unwrap();
    assert_eq!(squeeze(&text).matches("另一个总题").count(), 2, "{text}");
    let plates =
        judge("gs", &["-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=inkcov", "-o-", pdf.to_str().unwrap()])
            .unwrap();
    assert_eq!(plates.lines().count(), 2, "{plates}");
}

#[test]
fn parts_are_signed_by_their_names() {
    let project = Project::starter();
    for name in ["封面", "书名页", "contents", "_colophon"] {
        approve(&project, &[name, "--by", "张三"]).succeeds();
    }
    for id in ["_cover", "_title", "_contents", "_colophon"] {
        assert_eq!(row(&project, id)["rounds"][0]["by"], "张三", "{id}");
    }
    // The contents print names and pages.
    project.edit(ONE, |v| v["headline"] = json!(["另一个标题"]));
    assert_eq!(causes(&project), pairs(&[("_contents", "张三")]));
    project.edit(BOOKLET, |b| b["facts"] = json!([{ "label": "编印", "value": "某某" }]));
    assert_eq!(causes(&project), pairs(&[("_contents", "张三"), ("_colophon", "版权页事项")]));
    assert_eq!(approve(&project, &["封底", "--by", "张三"]).code, 2);
}

/// What changed since a signature is said as it is: neither what stands still
/// nor what is not printed.
#[test]
fn causes_are_exact() {
    let project = Project::starter();
    approve(&project, &["张三", "--by", "李四"]).succeeds();
    project.edit(BOOKLET, |b| b["$comment"] = json!("备注"));
    project.edit(ONE, |v| v["$comment"] = json!("备注"));
    project.edit("data/press.json", |p| {
        p["safety"] = json!(4.5);
        p["$comment"] = json!("备注");
    });
    assert_eq!(causes(&project), []);
    project.edit(BOOKLET, |b| b["setting"] = json!("standard"));
    assert_eq!(causes(&project), pairs(&[("example-one", "正文大小")]));
    project.edit(BOOKLET, |b| b["setting"] = json!("roomy"));
    project.edit(BOOKLET, |b| b["title"] = json!(["另一个书名"]));
    assert_eq!(causes(&project), [], "the title stands on no spread");
    project.edit(BOOKLET, |b| b["title"] = json!(["书名第一行", "书名第二行"]));
    project.edit(BOOKLET, |b| b["labels"] = json!({ "personal": "本人荣誉" }));
    assert_eq!(causes(&project), pairs(&[("example-one", "荣誉栏的名称")]));
    project.edit(BOOKLET, |b| drop(b.as_object_mut().unwrap().remove("labels")));
    assert_eq!(causes(&project), []);
    let tokens = fs::read_to_string(crate::support::root().join("templates/common/tokens.typ")).unwrap();
    project.write(
        "templates/spread/common/tokens.typ",
        tokens.replace("cmyk(8%, 100%, 88%, 12%)", "cmyk(8%, 100%, 88%, 13%)"),
    );
    assert_eq!(causes(&project), pairs(&[("example-one", "版式")]));
}

/// How a portrait is plated is part of what was signed.
#[test]
fn a_signature_is_for_the_plates_too() {
    let project = Project::starter();
    project.write("data/photos/p.png", crate::support::grey_png(1500, 2100));
    project.edit(ONE, |v| v["photo"] = json!({ "file": "photos/p.png" }));
    approve(&project, &["--all", "--by", "李四"]).succeeds();
    project.edit("data/press.json", |p| p["ink"] = json!({ "limit": 280.0 }));
    assert_eq!(causes(&project), pairs(&[("example-one", "总墨量")]));
}

/// The spread can be read again before it is signed again; only what goes to
/// the print shop is kept back, and what was there of it goes.
#[test]
fn a_broken_signature_keeps_back_only_the_press() {
    let project = Project::starter();
    project.run("build", &["--delivery"]).succeeds();
    approve(&project, &["张三", "--by", "李四"]).succeeds();
    project.edit(ONE, |v| v["post"]["role"] = json!("主任"));
    let run = project
        .run("build", &["--target", "screen,press,cover,preview,office", "--delivery", "--lang", "zh"]);
    assert_eq!(run.code, 1);
    assert!(
        run.err.contains("付印文件没有生成") && run.err.contains("待签") && run.err.contains("已删去"),
        "{}",
        run.err
    );
    for (file, there) in [
        ("booklet.pdf", true),
        ("booklet-office.pdf", true),
        ("preview/page-04.png", true),
        ("booklet-press.pdf", false),
        ("cover-press.pdf", false),
        ("delivery", false),
    ] {
        assert_eq!(project.path(&format!("out/{file}")).exists(), there, "{file}");
    }
    assert_eq!(project.run("verify", &[]).code, 0, "what is there is of these data");
    let pdf = project.path("out/booklet.pdf");
    let page = |n: &str| judge("pdftotext", &["-raw", "-f", n, "-l", n, pdf.to_str().unwrap(), "-"]);
    let Some(verso) = page("5") else { return };
    assert!(verso.contains("待签") && page("6").unwrap().contains("待签"), "{verso}");
    assert!(!page("7").unwrap().contains("待签"));
    if let Some(said) = judge("outloud", &[pdf.to_str().unwrap()]) {
        assert!(said.contains("0 error(s), 0 warning(s)"), "{said}");
    }
    // The press alone asked for: the screen edition is made all the same.
    fs::remove_dir_all(project.path("out")).unwrap();
    assert_eq!(project.run("build", &["--target", "press"]).code, 1);
    assert!(project.path("out/booklet.pdf").is_file() && !project.path("out/booklet-press.pdf").exists());
    approve(&project, &["张三", "--by", "李四"]).succeeds();
    project.run("build", &[]).succeeds();
    assert!(project.path("out/booklet-press.pdf").is_file());
    assert!(!page("5").unwrap().contains("待签"));
}

#[test]
fn rounds_are_told_and_taken_back() {
    let project = Project::starter();
    approve(&project, &["张三", "--by", "甲"]).succeeds();
    let run = approve(&project, &["--all", "--by", "乙", "--lang", "zh"]).succeeds();
    assert!(run.err.contains("轮次不同（一校、二校）"), "{}", run.err);
    approve(&project, &["李四明", "--by", "丙", "--round", "3"]).succeeds();
    let found = project.run("check", &["--format", "json"]).json_lines();
    let skipped = found.iter().find(|f| f["code"] == "W0604").expect("told");
    assert_eq!(skipped["person"]["name"], "李四明");
    approve(&project, &["李四明", "--by", "丙", "--withdraw"]).succeeds();
    assert!(project.run("check", &["--format", "json"]).json_lines().iter().all(|f| f["code"] != "W0604"));
    assert_eq!(row(&project, "example-two")["rounds"][2], Value::Null);
    let kept: Value = serde_json::from_str(&project.read("data/approvals/example-two.json")).unwrap();
    assert_eq!((&kept["withdrawn"][0]["by"], &kept["withdrawn"][0]["round"]), (&json!("丙"), &json!(3)));
    assert_eq!(approve(&project, &["李四明", "--by", "丙", "--withdraw", "--round", "2"]).code, 2);
    approve(&project, &["--all", "--by", "丙", "--withdraw"]).succeeds();
    assert_eq!(row(&project, "_cover")["rounds"][0], Value::Null);
    assert_eq!(row(&project, "example-one")["rounds"][0]["by"], "甲");
}

/// Signatures of 0.1.0 rest on another computation: that is said in one
/// sentence, and they no longer count.
#[test]
fn signatures_of_an_earlier_version_are_void_by_a_sentence() {
    let project = Project::starter();
    let old = json!({ "signed": [{
        "round": 1, "by": "李四", "on": "2026-06-01", "spread": "0".repeat(64),
        "template": "0".repeat(64), "fonts": "0".repeat(64), "data": { "name": "0123456789abcdef" },
    }] });
    for id in ["example-one", "example-two"] {
        project.write(&format!("data/approvals/{id}.json"), old.to_string());
    }
    let run = project.run("build", &["--format", "json"]).succeeds();
    let told: Vec<Value> = run.json_lines().into_iter().filter(|f| f["code"] == "W0605").collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0]["message"]["zh"].as_str().unwrap().starts_with("张三、李四明："), "{}", told[0]);
    assert!(project.path("out/booklet-press.pdf").is_file());
    approve(&project, &["--all", "--by", "李四"]).succeeds();
    assert!(project.run("check", &["--format", "json"]).json_lines().iter().all(|f| f["code"] != "W0605"));
    assert_eq!(row(&project, "example-one")["rounds"][0]["holds"], true);
}

/// A profile whose name ends twice in `.json` is a person like any other.
#[test]
fn names_of_files_are_taken_as_they_are() {
    let project = Project::starter();
    fs::rename(project.path(ONE), project.path("data/profiles/a.json.json")).unwrap();
    project.edit(BOOKLET, |b| b["order"] = json!(["a.json", "example-two"]));
    approve(&project, &["--all", "--by", "李四"]).succeeds();
    assert!(project.path("data/approvals/a.json.json").is_file());
    assert_eq!(row(&project, "a.json")["rounds"][0]["by"], "李四");
    project.run("build", &[]).succeeds();
    project.run("verify", &[]).succeeds();
}

/// The slip says what was measured, from the data: licences of the fonts'
/// own, who signed and who did not; notes and reasons stay at home.
#[test]
fn the_slip_says_what_is_so() {
    let project = Project::starter();
    let font = fs::read(crate::support::root().join("tests/fixtures/rare-song.otf")).unwrap();
    project.write("fonts/rare.otf", font);
    project.edit(ONE, |v| {
        v["$comment"] = json!("私下的话");
        v["name"] = json!("张三");
    });
    project.edit(BOOKLET, |b| {
        b["$comment"] = json!("另一句私下的话");
        b["checks"] = json!([{ "code": "W0332", "reason": "这是理由" }]);
    });
    approve(&project, &["张三", "--by", "王五"]).succeeds();
    let run = project.run("build", &["--delivery", "--lang", "zh"]).succeeds();
    assert!(run.err.contains("没有签字：封面、书名页、目录、版权页、李四明"), "{}", run.err);
    for (path, bytes) in crate::support::tree(&project.path("out/delivery")) {
        for word in ["私下的话", "这是理由", project.dir()] {
            assert!(!bytes.windows(word.len()).any(|w| w == word.as_bytes()), "{word} in {path}");
        }
    }
    let slip = project.path("out/delivery/交付单.pdf");
    let Some(text) = judge("pdftotext", &[slip.to_str().unwrap(), "-"]) else { return };
    let text = squeeze(&text);
    for word in ["张三：一校王五", "没有签字：封面", "结构检查没有发现错误", "OFL-1.1", "小于24点的纯黑字"]
    {
        assert!(text.contains(word), "{word}: {text}");
    }
}

/// A condition of the shop's own is not described in the words of another.
#[test]
fn an_output_condition_is_that_of_its_profile() {
    let project = Project::starter();
    fs::copy(crate::support::root().join("src/colour/fogra39/fogra39.icc"), project.path("data/x.icc"))
        .unwrap();
    project
        .write("data/press.json", json!({ "condition": { "id": "SHOP", "icc": "data/x.icc" } }).to_string());
    project.run("build", &["--target", "press"]).succeeds();
    let document = lopdf::Document::load(project.path("out/booklet-press.pdf")).unwrap();
    let intent = document.catalog().unwrap().get(b"OutputIntents").unwrap().as_array().unwrap()[0]
        .as_dict()
        .unwrap()
        .clone();
    let text = |key: &[u8]| intent.get(key).ok().map(|value| lopdf::decode_text_string(value).unwrap());
    assert_eq!(text(b"OutputConditionIdentifier").as_deref(), Some("SHOP"));
    assert_eq!(text(b"RegistryName"), None);
    let description = lcms2::Profile::new_icc(&fs::read(project.path("data/x.icc")).unwrap()).unwrap();
    let description = description.info(lcms2::InfoType::Description, lcms2::Locale::none()).unwrap();
    assert_eq!(text(b"OutputCondition").unwrap(), description.trim_matches('\0'));
    let file = project.path("out/booklet-press.pdf");
    fengcai(&["preflight", file.to_str().unwrap(), "--project", project.dir()]).succeeds();
}
