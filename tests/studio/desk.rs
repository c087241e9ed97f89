//! What the desk writes: the files at once and whole, another's edit kept, all
//! of it undone.

use std::fs;

use serde_json::{Value, json};

use super::{Studio, WANG_QI};
use crate::support::faults::full_disk;
use crate::support::{Project, Random, tree};

#[test]
fn an_edit_changes_no_other_byte() {
    let project = Project::without_source();
    let text = project.read(WANG_QI);
    let studio = Studio::start(&project);
    let (status, answer) = studio.edit(WANG_QI, "name", json!("王琦"), json!("王琪"));
    assert_eq!((status, &answer["merged"]), (200, &json!(false)));
    assert_eq!(answer["files"][WANG_QI]["name"], "王琪");
    assert_eq!(project.read(WANG_QI), text.replacen("王琦", "王琪", 1));
    studio.until(|book| book["persons"].to_string().contains("王琪"));
    // What is undone is as it was, to the byte.
    studio.done(json!({ "do": "undo" }));
    assert_eq!(project.read(WANG_QI), text);
    studio.done(json!({ "do": "redo" }));
    assert_eq!(project.read(WANG_QI), text.replacen("王琦", "王琪", 1));
    assert_eq!(studio.order(json!({ "do": "redo" })).1["reason"], "nothing-left");
}

/// Somebody else's edit meanwhile: kept where it is apart, told of where it is
/// the same.
#[test]
fn anothers_edit_is_merged_or_told_of() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    let before = studio.json(&format!("/data.json?file={WANG_QI}"))["value"].clone();
    project.edit(WANG_QI, |value| value["article"][0] = json!("别人改过的第一段。"));
    let mut article = before["article"].clone();
    article[2] = json!("我改过的第三段。");
    let (status, answer) = studio.edit(WANG_QI, "article", before["article"].clone(), article);
    assert_eq!((status, &answer["merged"]), (200, &json!(true)), "{answer}");
    let now: Value = serde_json::from_str(&project.read(WANG_QI)).unwrap();
    assert_eq!(now["article"][0], "别人改过的第一段。");
    assert_eq!(now["article"][2], "我改过的第三段。");
    assert_eq!(now["article"][1], before["article"][1]);

    // The same paragraph, otherwise: nothing is written, both are shown.
    let (base, text) = (now["article"].clone(), project.read(WANG_QI));
    project.edit(WANG_QI, |value| value["article"][1] = json!("别人的第二段。"));
    let theirs = project.read(WANG_QI);
    let mut mine = base.clone();
    mine[1] = json!("我的第二段。");
    let (status, answer) = studio.edit(WANG_QI, "article", base, mine);
    assert_eq!((status, answer["reason"].as_str()), (409, Some("conflict")), "{answer}");
    assert_eq!(answer["theirs"][1], "别人的第二段。");
    assert_eq!(project.read(WANG_QI), theirs);
    assert_ne!(text, theirs);

    // Broken: read-only, with the place.
    project.write(WANG_QI, theirs.replacen("\",", "\"", 1));
    let (status, answer) = studio.edit(WANG_QI, "quote", before["quote"].clone(), json!("另一句"));
    assert_eq!((status, answer["reason"].as_str()), (422, Some("broken")), "{answer}");
    assert_eq!(answer["place"]["line"], 2);
    let read = studio.json(&format!("/data.json?file={WANG_QI}"));
    assert_eq!((&read["ok"], read["reason"].as_str()), (&json!(false), Some("broken")));
    // The others go on.
    let others = "data/profiles/yan-ping.json";
    let name = json!("晏萍");
    assert_eq!(studio.edit(others, "name", name, json!("晏平")).0, 200);
    studio.until(|book| book["stale"] == json!(["wang-qi"]) && book["persons"].to_string().contains("晏平"));
}

/// Who is added, withdrawn, brought back and moved, and all of it undone step
/// by step: the data are as they were, to the byte.
#[test]
fn everything_is_undone() {
    let project = Project::without_source();
    let data = |project: &Project| {
        let mut files = tree(&project.path("data"));
        files.retain(|path, _| {
            !path.starts_with("history") && !path.ends_with('/') && !path.starts_with("photos")
        });
        files
    };
    let before = data(&project);
    let studio = Studio::start(&project);
    let added = studio.done(json!({ "do": "add", "name": "示例人物" }));
    assert_eq!(added["id"], "示例人物");
    studio.until(|book| book["persons"].as_array().unwrap().len() == 11);
    studio.done(json!({ "do": "withdraw", "id": "wang-qi" }));
    // A round that had read the persons before may still tell of who is aside.
    studio.until(|book| {
        book["withdrawn"] == json!([{ "id": "wang-qi", "name": "王琦" }])
            && book["persons"].as_array().unwrap().iter().all(|person| person["id"] != "wang-qi")
    });
    assert!(!project.path(WANG_QI).exists() && project.path("data/profiles/withdrawn/wang-qi.json").exists());
    studio.done(json!({ "do": "restore", "id": "wang-qi" }));
    let order = |project: &Project| -> Vec<String> {
        let booklet: Value = serde_json::from_str(&project.read("data/booklet.json")).unwrap();
        serde_json::from_value(booklet["order"].clone()).unwrap()
    };
    let seen = order(&project);
    let mut moved = seen.clone();
    assert_eq!(moved.last().unwrap(), "wang-qi");
    moved.reverse();
    studio.done(json!({ "do": "order", "before": seen, "after": moved }));
    assert_eq!(order(&project), moved);
    let photo = crate::photos::held(1);
    assert_eq!(studio.post("/photo?person=yan-ping&by=x", &photo).0, 200);
    studio.until(|book| book["persons"].to_string().contains("\"ppi\""));
    let file = project.read("data/profiles/yan-ping.json");
    let file: Value = serde_json::from_str(&file).unwrap();
    let name = file["photo"]["file"].as_str().unwrap();
    assert_eq!(fs::read(project.path(&format!("data/{name}"))).unwrap(), photo);
    assert_eq!(studio.get(&format!("/photo?file={name}")).0, 200);
    for _ in 0..5 {
        studio.done(json!({ "do": "undo" }));
    }
    assert_eq!(data(&project), before);
    assert_eq!(studio.order(json!({ "do": "undo" })).1["reason"], "nothing-left");
    for _ in 0..5 {
        studio.done(json!({ "do": "redo" }));
    }
    assert_eq!(order(&project), moved);
}

/// Every change of every field is kept with time and who, and can be gone back
/// to; also by a studio that is opened later.
#[test]
fn the_history_is_gone_back_through() {
    let project = Project::without_source();
    let mut studio = Studio::start(&project);
    let quote = |to: &str, from: &str| studio.edit(WANG_QI, "quote", json!(from), json!(to)).0;
    let first = "民有所呼，我有所应；民有所求，我有所为";
    assert_eq!(quote("第二稿", first), 200);
    assert_eq!(studio.edit(WANG_QI, "name", json!("王琦"), json!("王琪")).0, 200);
    assert_eq!(quote("第三稿", "第二稿"), 200);
    let told = studio.json(&format!("/history.json?file={WANG_QI}&field=quote"));
    let entries = told["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 2, "{told}");
    assert_eq!((&entries[0]["after"], &entries[1]["before"]), (&json!("第三稿"), &json!(first)));
    assert!(
        entries.iter().all(|entry| entry["by"] == "编辑甲" && entry["at"].as_i64() > Some(1_600_000_000))
    );
    // Typing rests, then what was typed is in the history on the disk.
    let kept = || fs::read_to_string(project.path("data/history/edits.jsonl")).unwrap_or_default();
    for _ in 0..3000 {
        if kept().contains("第三稿") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(kept().contains("第三稿"), "{}", kept());
    studio.kill();
    let studio = Studio::start(&project);
    let told = studio.json(&format!("/history.json?file={WANG_QI}&field=quote"));
    let oldest = told["entries"].as_array().unwrap().last().unwrap().clone();
    studio.done(json!({ "do": "revert", "entry": oldest["n"], "field": "quote" }));
    let now: Value = serde_json::from_str(&project.read(WANG_QI)).unwrap();
    assert_eq!((&now["quote"], &now["name"]), (&json!(first), &json!("王琪")));
}

/// A thousand saves: each is there at once, the JSON stays as it is written,
/// nothing grows without end.
#[test]
fn a_thousand_saves() {
    let project = Project::without_source();
    let text = project.read(WANG_QI);
    let studio = Studio::start(&project);
    let mut last = json!("王琦");
    for i in 0..1000 {
        let next = json!(format!("王琦{}", i % 7));
        let (status, answer) = studio.edit(WANG_QI, "name", last.clone(), next.clone());
        assert_eq!(status, 200, "{answer}");
        last = next;
    }
    assert_eq!(project.read(WANG_QI), text.replacen("王琦", last.as_str().unwrap(), 1));
    let history = fs::metadata(project.path("data/history/edits.jsonl")).map_or(0, |metadata| metadata.len());
    assert!(history < 1 << 20, "{history}");
    studio.until(|book| book["persons"].to_string().contains(last.as_str().unwrap()));
    let leftovers: Vec<String> =
        tree(&project.path("data")).into_keys().filter(|path| path.contains(".fengcai-")).collect();
    assert!(leftovers.is_empty(), "{leftovers:?}");
}

/// However it ends, every order that was answered is on the disk, whole.
#[test]
fn a_killed_studio_loses_nothing_that_was_answered() {
    let project = Project::without_source();
    let mut random = Random::new(15);
    let mut last = json!("王琦");
    for round in 0..6 {
        let mut studio = Studio::start(&project);
        for i in 0..10 + random.below(12) {
            let next = json!(format!("王琦{round}{i}"));
            assert_eq!(studio.edit(WANG_QI, "name", last.clone(), next.clone()).0, 200);
            last = next;
        }
        studio.kill();
        let now: Value = serde_json::from_str(&project.read(WANG_QI)).expect("a whole file");
        assert_eq!(now["name"], last, "round {round}");
    }
}

/// Two pages at one desk: each writes its own field, neither loses the other's.
#[test]
fn two_write_at_once() {
    let project = Project::without_source();
    let studio = Studio::start(&project);
    std::thread::scope(|scope| {
        for (field, from) in [("name", "王琦"), ("quote", "民有所呼，我有所应；民有所求，我有所为")]
        {
            let studio = &studio;
            scope.spawn(move || {
                let mut last = json!(from);
                for i in 0..40 {
                    let next = json!(format!("{from}{i}"));
                    let (status, answer) = studio.edit(WANG_QI, field, last, next.clone());
                    assert_eq!(status, 200, "{answer}");
                    last = next;
                }
            });
        }
    });
    let now: Value = serde_json::from_str(&project.read(WANG_QI)).unwrap();
    assert_eq!(now["name"], "王琦39");
    assert_eq!(now["quote"], "民有所呼，我有所应；民有所求，我有所为39");
}

/// Signed is what is laid out, with its errors judged; made is what `build`
/// makes, byte for byte.
#[test]
fn signing_and_making_are_those_of_the_command_line() {
    let project = Project::first_edition();
    let studio = Studio::start(&project);
    let book = studio.until(|book| book["revision"].as_u64() > Some(0));
    let page = book["pages"].as_array().unwrap().iter().find(|page| page["person"] == "wang-qi").unwrap();
    let sign = |seen: &Value| {
        studio.order(json!({ "do": "sign", "by": "张编辑", "ids": ["wang-qi"], "seen": [seen] }))
    };
    assert_eq!(sign(&json!("0000")).0, 409, "what was not looked at is not signed");
    assert_eq!(studio.order(json!({ "do": "sign", "by": " ", "ids": ["wang-qi"] })).0, 422);
    let (status, answer) = sign(&page["hash"]);
    assert_eq!((status, answer["signed"][0]["name"][0].as_str()), (200, Some("王琦")), "{answer}");
    let signed = |book: &Value| {
        let person = book["persons"].as_array().unwrap().iter().find(|person| person["id"] == "wang-qi");
        person.map(|person| (person["rounds"][0]["by"].clone(), person["changed_since"].clone()))
    };
    studio.until(|book| signed(book) == Some((json!("张编辑"), json!(false))));
    assert!(project.run("status", &[]).out.contains("张编辑"));
    studio.edit(
        WANG_QI,
        "quote",
        json!("民有所呼，我有所应；民有所求，我有所为"),
        json!("民有所呼，我有所应"),
    );
    studio.until(|book| signed(book) == Some((json!("张编辑"), json!(true))));
    studio.done(json!({ "do": "undo" }));
    studio.until(|book| signed(book) == Some((json!("张编辑"), json!(false))));

    studio.done(json!({ "do": "make", "targets": [], "delivery": true }));
    let made = studio.made();
    assert_eq!(made["done"], true, "{made}");
    assert!(
        made["unsigned"].to_string().contains("王凤荣") && !made["unsigned"].to_string().contains("王琦")
    );
    assert!(made["files"].to_string().contains("delivery/"), "{made}");
    project.run("verify", &[]).succeeds();
    let (status, press) = studio.get("/output?file=booklet-press.pdf");
    assert_eq!((status, press), (200, fs::read(project.path("out/booklet-press.pdf")).unwrap()));
    assert_eq!(studio.get("/output?file=../data/booklet.json").0, 404);
    // Sheets of it.
    studio.done(json!({ "do": "make", "targets": ["press"], "sheets": { "sheet": "大对开" } }));
    let made = studio.made();
    assert!(made["sheets"]["sheets"].as_u64() > Some(0), "{made}");
    let sheets = fs::read(made["sheets"]["file"].as_str().unwrap()).unwrap();
    assert!(sheets.starts_with(b"%PDF"));
    project.run("verify", &[]).succeeds();
    // With an error nothing is made, and it is said what.
    studio.edit(WANG_QI, "quote", json!("民有所呼，我有所应；民有所求，我有所为"), json!("无中生有"));
    studio.done(json!({ "do": "make", "targets": ["press"] }));
    let made = studio.made();
    assert!(made["errors"].as_u64() > Some(0) && made["shown"].to_string().contains("E0201"), "{made}");
}

/// What is cancelled writes nothing; what is there stays.
#[test]
fn making_can_be_cancelled() {
    let project = crate::support::many::project(120);
    project.run("build", &["--target", "screen"]).succeeds();
    let before = tree(&project.path("out"));
    let studio = Studio::start(&project);
    studio.done(json!({ "do": "make", "targets": ["press", "proof", "preview"] }));
    assert_eq!(studio.order(json!({ "do": "make", "targets": ["press"] })).0, 409);
    studio.done(json!({ "do": "cancel" }));
    let made = studio.made();
    assert_eq!(made["cancelled"], true, "{made}");
    assert_eq!(tree(&project.path("out")), before);
}

/// A full disk is said, and the file stays as it was.
#[test]
fn a_full_disk_is_told_of() {
    let project = Project::without_source();
    let text = project.read(WANG_QI);
    let Some(environment) = full_disk(&project.path("data")) else { return };
    let environment: Vec<(&str, &str)> = environment.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let studio = Studio::at(std::path::Path::new(project.dir()), &environment);
    let (status, answer) = studio.edit(WANG_QI, "name", json!("王琦"), json!("王琪"));
    assert_eq!(status, 507, "{answer}");
    assert!(answer["message"]["zh"].as_str().is_some_and(|text| !text.is_empty()), "{answer}");
    assert_eq!(project.read(WANG_QI), text);
    // The page goes on.
    assert_eq!(studio.get("/book.json").0, 200);
}
