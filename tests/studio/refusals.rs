//! Nothing outside of the list is ever written, whatever is asked for.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Studio;
use crate::support::{Project, Random, tree};

/// Names that lead elsewhere, or to what is none of the studio's.
const FILES: &[&str] = &[
    "data/booklet.json",
    "data/press.json",
    "data/profiles/wang-qi.json",
    "data/profiles/neu.json",
    "data/profiles/../booklet.json",
    "data/profiles/../../x.json",
    "data/../out/manifest.json",
    "out/manifest.json",
    "templates/spread/main.typ",
    "data/profile.schema.json",
    "data/approvals/wang-qi.json",
    "data/source/a.txt",
    "/etc/passwd",
    "/tmp/fengcai-x.json",
    "data\\profiles\\x.json",
    "data/profiles/a\u{0}.json",
    "data/profiles/.json",
    "data/profiles/a/b.json",
    "data/profiles/withdrawn/a.json",
    ".git/config",
    "Cargo.toml",
    "",
    ".",
    "data",
    "data/tables/words.txt",
    "data/history/edits.jsonl",
    "data/comments.json",
    "data/photos/x.json",
    "data/profiles/~a.json",
    "data/profiles/a?.json",
];
const FIELDS: &[&str] = &[
    "name",
    "quote",
    "order",
    "$schema",
    "article[0]",
    "../x",
    "",
    "__proto__",
    "checks",
    "trim",
    "template",
    "source",
    "emblem",
];
const NAMES: &[&str] = &[
    "wang-qi",
    "../wang-qi",
    "/etc/passwd",
    "王琦",
    "",
    "a/b",
    "..",
    "CON",
    "neu",
    "x\u{202E}y",
    "data",
    "withdrawn",
];

/// A random order, right or wrong.
fn order(random: &mut Random) -> Value {
    let value = |random: &mut Random| match random.below(8) {
        0 => Value::Null,
        1 => json!("另一句"),
        2 => json!(["一", "二"]),
        3 => json!({ "file": "../../../etc/passwd" }),
        4 => json!(7),
        5 => json!("<script>alert(1)</script>"),
        6 => json!(["../x", "/etc/passwd"]),
        _ => json!({ "name": "甲", "role": "乙" }),
    };
    let (file, field, name) = (random.pick(FILES), random.pick(FIELDS), random.pick(NAMES));
    match random.below(14) {
        0..6 => json!({ "do": "edit", "file": file, "by": name,
            "changes": [{ "field": field, "before": value(random), "after": value(random) }] }),
        6 => json!({ "do": "add", "name": name }),
        7 => json!({ "do": "withdraw", "id": name }),
        8 => json!({ "do": "restore", "id": name }),
        9 => json!({ "do": "order", "after": [name, "wang-qi"] }),
        10 => json!({ "do": if random.below(2) == 0 { "undo" } else { "redo" } }),
        11 => json!({ "do": "revert", "entry": random.below(40), "field": field }),
        12 => {
            json!({ "do": "comment", "by": name, "remark": { "say": { "person": name, "field": field, "words": file, "text": "看" } } })
        }
        _ => json!({ "do": "sign", "by": name, "ids": [name, file] }),
    }
}

/// A path that the studio may write.
fn may_be_written(path: &str) -> bool {
    let below = |folder: &str| {
        path.strip_prefix(folder).is_some_and(|rest| !rest.contains('/') && !rest.starts_with('.'))
    };
    ["data/booklet.json", "data/press.json", "data/comments.json", "data/history/edits.jsonl"].contains(&path)
        || below("data/profiles/")
        || below("data/profiles/withdrawn/")
        || below("data/photos/")
        || below("data/photos/aside/")
        || below("data/approvals/")
        || path.ends_with('/')
}

#[test]
fn nothing_outside_the_list_is_written() {
    let outer = Project::empty();
    let project = Project::without_source();
    outer.write("beside.txt", "somebody's");
    crate::support::copy(&project.path(""), &outer.path("book"));
    outer.write("book/templates/mine/main.typ", "// mine");
    let files = |outer: &Project| -> BTreeMap<String, Vec<u8>> {
        tree(&outer.path("")).into_iter().filter(|(path, _)| !path.contains(".fengcai")).collect()
    };
    let before = files(&outer);
    let studio = Studio::at(&outer.path("book"), &[]);
    let mut random = Random::new(2026);
    let photo = crate::photos::held(1);
    for _ in 0..600 {
        let asked = order(&mut random);
        let (status, answer) = studio.order(asked.clone());
        assert!([200, 400, 403, 404, 409, 422].contains(&status), "{asked}: {status} {answer}");
        if random.below(12) == 0 {
            let person: String = random.pick(NAMES).bytes().map(|byte| format!("%{byte:02X}")).collect();
            let (status, _) = studio.post(&format!("/photo?person={person}"), &photo);
            assert!([200, 403, 404, 409, 422].contains(&status), "{person}: {status}");
        }
    }
    drop(studio);
    let after = files(&outer);
    for (path, bytes) in &after {
        let below = path.strip_prefix("book/");
        let changed = before.get(path) != Some(bytes);
        assert!(!changed || below.is_some_and(may_be_written), "{path}");
    }
    for path in before.keys() {
        assert!(after.contains_key(path) || path.starts_with("book/data/profiles/"), "{path} is gone");
    }
    // Whatever was written is whole.
    for (path, bytes) in after.iter().filter(|(path, _)| path.ends_with(".json")) {
        assert!(serde_json::from_slice::<Value>(bytes).is_ok(), "{path}");
    }
}

/// A link in the place of a folder or file of the data leads nowhere out.
#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let outside = Project::empty();
    outside.write("loot.json", "{\"name\": \"somebody's\"}");
    let project = Project::without_source();
    symlink(outside.path("loot.json"), project.path("data/profiles/loot.json")).unwrap();
    symlink(outside.path(""), project.path("data/photos")).unwrap();
    symlink(outside.path(""), project.path("data/history")).unwrap();
    symlink(outside.path("comments.json"), project.path("data/comments.json")).unwrap();
    let before = tree(&outside.path(""));
    let studio = Studio::start(&project);
    let (status, _) = studio.edit("data/profiles/loot.json", "name", json!("somebody's"), json!("mine"));
    assert_ne!(status, 200);
    assert_ne!(studio.post("/photo?person=wang-qi", &crate::photos::held(1)).0, 200);
    let remark = json!({ "do": "comment", "by": "x", "remark": { "say": { "text": "看" } } });
    assert_ne!(studio.order(remark).0, 200);
    studio.edit("data/profiles/wang-qi.json", "name", json!("王琦"), json!("王琪"));
    std::thread::sleep(std::time::Duration::from_secs(4));
    drop(studio);
    assert_eq!(tree(&outside.path("")), before);
}

/// Documents and photos that are none, or too many: a sentence, and nothing is
/// written.
#[test]
fn what_comes_in_is_judged() {
    let project = Project::empty();
    let studio = Studio::start(&project);
    assert_eq!(studio.json("/book.json")["start"], true);
    assert_eq!(studio.order(json!({ "do": "undo" })).1["reason"], "no-project");
    for (name, bytes) in [
        ("a.docx", &b"PK\x03\x04broken"[..]),
        ("../../etc/x.txt", b"\xFF\xFE\x00"),
        ("b.xlsx", b""),
        ("c.jpg", b"\xFF\xD8\xFFnothing"),
        ("d.heic", b"\0\0\0\x18ftypheic"),
    ] {
        let name: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        assert_eq!(studio.post(&format!("/incoming?name={name}"), bytes).0, 200);
    }
    let (status, answer) = studio.order(json!({ "do": "import", "write": true }));
    assert_eq!(
        (status, &answer["written"], &answer["nobody"]),
        (200, &json!(false), &json!(true)),
        "{answer}"
    );
    assert!(answer["log"]["unread"].as_array().is_some_and(|unread| unread.len() >= 3), "{answer}");
    let there: Vec<String> = tree(&project.path("")).into_keys().collect();
    assert!(there.iter().all(|path| path.contains(".fengcai")), "{there:?}");
}
