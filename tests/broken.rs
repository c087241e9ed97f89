//! Broken inputs: what is said, where it points, how the run ends.

use serde_json::{Value, json};

use crate::support::{Project, fengcai};

const WANG: &str = "data/profiles/wang-fengrong.json";

/// Checks a broken copy of the first edition: one finding of `code`, at
/// `place`, whose Chinese message holds `words`; nothing is written.
fn breaks(change: impl FnOnce(&Project), code: &str, place: &str, words: &[&str]) {
    let project = Project::without_source();
    change(&project);
    let (found, exit) = project.check();
    assert_eq!(exit, 1, "{found:?}");
    assert_eq!(found.len(), 1, "{found:#?}");
    let finding = &found[0];
    assert_eq!(finding["code"], code, "{finding}");
    let at =
        format!("{}:{}:{}", finding["file"].as_str().unwrap_or_default(), finding["line"], finding["column"]);
    assert!(at.ends_with(place), "{at} is not {place}");
    let message = finding["message"]["zh"].as_str().unwrap();
    for word in words {
        assert!(message.contains(word), "{word} not in {message}");
    }
    assert_eq!(project.run("build", &[]).code, 1);
    assert!(!project.path("out").exists());
}

#[test]
fn a_wrong_comma() {
    breaks(
        |p| p.replace(WANG, "\"王凤荣\",", "\"王凤荣\"，"),
        "E0101",
        "wang-fengrong.json:3:16",
        &["全角的“，”"],
    );
    breaks(
        |p| p.replace(WANG, "\"王凤荣\",", "\"王凤荣\""),
        "E0101",
        "wang-fengrong.json:3:16",
        &["少了逗号"],
    );
}

#[test]
fn an_unknown_key_and_a_missing_one() {
    breaks(|p| p.replace(WANG, "\"quote\"", "\"quot\""), "E0103", "wang-fengrong.json:14:3", &["quot"]);
    let remove = |p: &Project| p.edit(WANG, |v| drop(v.as_object_mut().unwrap().remove("article")));
    breaks(remove, "E0104", "wang-fengrong.json:1:1", &["article"]);
}

#[test]
fn a_wrong_type_and_a_key_twice() {
    breaks(|p| p.edit(WANG, |v| v["name"] = json!(7)), "E0105", "", &["文字"]);
    breaks(
        |p| p.replace(WANG, "\"name\"", "\"name\": \"王\",\n  \"name\""),
        "E0107",
        "wang-fengrong.json:4:3",
        &["name"],
    );
}

#[test]
fn evidence_that_is_not_in_the_article() {
    breaks(|p| p.edit(WANG, |v| v["quote"] = json!("把居民当亲人")), "E0201", "", &["把居民当亲人"]);
    breaks(
        |p| p.edit(WANG, |v| v["figures"][0]["evidence"] = json!("社区工作已有21年了")),
        "E0202",
        "",
        &["21年了"],
    );
    breaks(
        |p| p.edit(WANG, |v| v["honours"]["personal"][0] = json!("全国劳动模范")),
        "E0203",
        "",
        &["全国劳动模范"],
    );
    breaks(|p| p.edit(WANG, |v| v["figures"][0]["value"] = json!("12年")), "E0204", "", &["12年"]);
    breaks(|p| p.edit(WANG, |v| v["figures"][0]["label"] = json!("社区服务")), "E0205", "", &["服"]);
}

#[test]
fn an_article_that_does_not_fit() {
    let long = "这一段是为了试验版面而添加的文字，长得放不进一页，程序应当说出超了几行。".repeat(8);
    breaks(
        |p| p.edit(WANG, |v| v["article"].as_array_mut().unwrap().push(json!(long))),
        "E0501",
        "",
        &["正文超出 7 行，约删 159 字"],
    );
}

#[test]
fn characters_that_cannot_be_set() {
    let emoji = |p: &Project| p.edit(WANG, |v| v["post"]["street"] = json!("古林😀街道"));
    breaks(emoji, "E0301", "", &["U+1F600"]);
    let radical = |p: &Project| p.edit(WANG, |v| v["post"]["street"] = json!("古林\u{2F8A}街道"));
    let project = Project::without_source();
    radical(&project);
    let codes: Vec<_> = project.check().0.iter().map(|f| f["code"].clone()).collect();
    assert_eq!(codes, ["E0321"], "the rule, not the Hei that does not have it");
    let tab = |p: &Project| p.edit(WANG, |v| v["headline"][0] = json!("坚守初心\t甘奉献"));
    breaks(tab, "E0108", "", &["控制字符"]);
}

#[test]
fn photos_missing_outside_and_unreadable() {
    let photo =
        |file: &'static str| move |p: &Project| p.edit(WANG, |v| v["photo"] = json!({ "file": file }));
    breaks(photo("photos/none.jpg"), "E0401", "", &["data/photos/none.jpg"]);
    breaks(photo("../../etc/passwd"), "E0402", "", &["../../etc/passwd"]);
    let text = |p: &Project| {
        p.write("data/photos/text.jpg", "这不是照片");
        photo("photos/text.jpg")(p);
    };
    breaks(text, "E0403", "", &["data/photos/text.jpg"]);
    #[cfg(unix)]
    breaks(
        |p: &Project| {
            std::fs::create_dir_all(p.path("data/photos")).unwrap();
            std::os::unix::fs::symlink("/etc/hostname", p.path("data/photos/link.jpg")).unwrap();
            photo("photos/link.jpg")(p);
        },
        "E0402",
        "",
        &["photos/link.jpg"],
    );
}

/// A name off by a letter: the order names nobody, and somebody is left out.
#[test]
fn an_order_that_names_nobody() {
    let project = Project::without_source();
    project.replace("data/booklet.json", "\"yan-ping\"", "\"yan-pin\"");
    let (found, exit) = project.check();
    let codes: Vec<_> = found.iter().map(|f| f["code"].as_str().unwrap()).collect();
    // Who is left out is who was meant.
    assert_eq!((codes.as_slice(), exit), (&["E0111"][..], 1));
    assert!(found[0]["hint"]["zh"].as_str().unwrap().contains("是不是“yan-ping”"), "{found:?}");
    assert_eq!((found[0]["line"].as_u64(), found[0]["column"].as_u64()), (Some(15), Some(5)));
}

#[test]
fn everything_is_reported_at_once() {
    let project = Project::without_source();
    project.replace(WANG, "\"王凤荣\",", "\"王凤荣\"，");
    project.edit("data/profiles/wang-qi.json", |v| v["quote"] = json!("无中生有"));
    let long = "放不下的一段话。".repeat(60);
    project.edit("data/profiles/liu-wei.json", |v| v["article"].as_array_mut().unwrap().push(json!(long)));
    project.edit("data/profiles/wang-yang.json", |v| v["surname"] = json!("王"));
    let (found, exit) = project.check();
    let codes: Vec<_> = found.iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!((codes.as_slice(), exit), (&["E0101", "E0103", "E0201", "E0501"][..], 1));
    let names: Vec<_> = found.iter().map(|f| &f["person"]["name"]).collect();
    assert_eq!(names[3], "刘伟");
    assert_eq!(found[3]["page"], Value::Null, "pages mean nothing while somebody is missing");
    let human = project.run("check", &["--lang", "zh"]);
    assert!(human.err.contains("4 个错误，0 个警告"), "{}", human.err);
    let english = project.run("check", &["--lang", "en", "--format", "short"]);
    assert!(english.err.contains("data/profiles/wang-qi.json:"), "{}", english.err);
    assert_eq!(english.err.lines().count(), 4, "{}", english.err);
}

#[test]
fn not_utf8_and_no_project() {
    let project = Project::without_source();
    project.write(WANG, [0xCD, 0xF5, 0xB7, 0xEF]);
    let (found, exit) = project.check();
    assert_eq!((found[0]["code"].as_str(), exit), (Some("E0102"), 1));
    let empty = Project::empty();
    let run = fengcai(&["build", empty.dir(), "--lang", "zh"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("不是项目文件夹"), "{}", run.err);
    assert_eq!(fengcai(&["check", "/does/not/exist"]).code, 2);
}

#[test]
fn warnings_fail_only_when_denied() {
    let project = Project::without_source();
    project.write("data/profiles/extra.json", project.read(WANG));
    assert_eq!(project.check().1, 0);
    assert_eq!(project.run("check", &["--deny-warnings"]).code, 1);
}

/// One digit pair turned, in a sentence that no figure quotes.
#[test]
fn a_word_that_differs_from_the_delivered_text() {
    let project = Project::first_edition();
    project.replace(WANG, "推动安装车棚17个", "推动安装车棚71个");
    let (found, exit) = project.check();
    assert_eq!((found.len(), exit), (1, 1), "{found:#?}");
    let message = found[0]["message"]["zh"].as_str().unwrap();
    assert!(message.contains("这里是“安装车棚71个，主动”，原稿第 17 行是“安装车棚17个,主动”"), "{message}");
    assert_eq!(found[0]["field"], "article[1]");
}
