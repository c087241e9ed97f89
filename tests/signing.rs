//! `approve` and `status`: what was signed stays signed until it changes.

use serde_json::{Value, json};

use crate::support::{Project, Run, fengcai, judge};

const WANG_QI: &str = "data/profiles/wang-qi.json";

fn approve(project: &Project, args: &[&str]) -> Run {
    fengcai(&[&["approve", "--project", project.dir()], args].concat())
}

fn status(project: &Project, id: &str) -> (Value, i32) {
    let run = project.run("status", &["--format", "json"]);
    let row = run.json_lines().into_iter().find(|row| row["id"] == id).expect("a row a person");
    (row, run.code)
}

#[test]
fn a_signed_spread_that_changes_is_an_error_until_signed_anew() {
    let project = Project::without_source();
    approve(&project, &["王琦", "--by", "张三"]).succeeds();
    approve(&project, &["wang-qi", "--by", "李四"]).succeeds();
    let (row, code) = status(&project, "wang-qi");
    assert_eq!((code, &row["pages"], &row["changed_since"]), (0, &json!([12, 13]), &json!(false)));
    assert_eq!(
        (&row["rounds"][0]["by"], &row["rounds"][1]["by"], &row["rounds"][2]),
        (&json!("张三"), &json!("李四"), &Value::Null)
    );
    project.run("build", &[]).succeeds();

    // Not on paper, no error: another evidence for the same figure, a space in
    // the file, the person on another page.
    let text = project.read(WANG_QI);
    project.write(WANG_QI, format!("{text}\n\n"));
    project.edit("data/booklet.json", |b| b["order"].as_array_mut().unwrap().swap(0, 4));
    project.run("check", &["--deny-warnings"]).succeeds();
    project.edit("data/booklet.json", |b| b["order"].as_array_mut().unwrap().swap(0, 4));

    project.edit(WANG_QI, |v| v["figures"] = json!([]));
    let run = project.run("build", &["--format", "json"]);
    assert_eq!(run.code, 1);
    let found = &run.json_lines()[0];
    assert_eq!(
        (&found["code"], &found["person"]["name"], &found["page"]),
        (&json!("E0601"), &json!("王琦"), &json!(12))
    );
    let message = found["message"]["zh"].as_str().unwrap();
    assert!(
        message.contains("二校（李四") && message.contains("数字") && !message.contains("正文"),
        "{message}"
    );
    assert_eq!(status(&project, "wang-qi").1, 1);
    // A proof is still made, to be read and signed; nothing for the print shop.
    let run = project.run("build", &["--target", "proof"]);
    assert_eq!(run.code, 1);
    assert!(project.path("out/booklet-proof.pdf").exists());

    approve(&project, &["王琦", "--by", "李四"]).succeeds();
    let (row, code) = status(&project, "wang-qi");
    assert_eq!((code, &row["rounds"][1]["holds"], &row["rounds"][2]), (0, &json!(true), &Value::Null));
    project.run("build", &[]).succeeds();
    let table = project.run("status", &["--lang", "zh"]).succeeds().out;
    assert!(table.lines().next().unwrap().starts_with("姓名"), "{table}");
    // Cover, title page, contents, colophon, ten persons.
    assert_eq!(table.lines().count(), 15, "{table}");
}

#[test]
fn a_portrait_and_the_template_count() {
    let project = Project::without_source();
    project.write("data/photos/p.png", crate::support::grey_png(1500, 2100));
    project.edit(WANG_QI, |v| v["photo"] = json!({ "file": "photos/p.png", "focus": [0.5, 0.4] }));
    approve(&project, &["--all", "--by", "张三"]).succeeds();
    project.write("data/photos/p.png", crate::support::grey_png(1500, 2101));
    let found = project.run("check", &["--format", "json"]).json_lines();
    let signed: Vec<_> = found.iter().filter(|f| f["code"] == "E0601").collect();
    assert_eq!(signed.len(), 1);
    assert!(signed[0]["message"]["en"].as_str().unwrap().contains("photo.file"), "{}", signed[0]);
}

#[test]
fn nobody_signs_errors_or_strangers() {
    let project = Project::without_source();
    project.edit(WANG_QI, |v| v["quote"] = json!("无中生有"));
    assert_eq!(approve(&project, &["王琦", "--by", "张三"]).code, 1);
    assert_eq!(approve(&project, &["--all", "--by", "张三"]).code, 1);
    assert!(!project.path("data/approvals/wang-qi.json").exists());
    approve(&project, &["王芳", "--by", "张三"]).succeeds();
    assert_eq!(approve(&project, &["无此人", "--by", "张三"]).code, 2);
    assert_eq!(approve(&project, &["王芳", "--by", " "]).code, 2);
    assert_eq!(approve(&project, &["--by", "张三"]).code, 2);
}

/// Two people sign on two machines; git merges what they did.
#[test]
fn signatures_of_two_people_merge() {
    let project = Project::without_source();
    let git = |args: &[&str]| {
        let who = ["-C", project.dir(), "-c", "user.name=a", "-c", "user.email=a@localhost"];
        judge("git", &[&who, args].concat())
    };
    let Some(_) = git(&["init", "-q", "-b", "main"]) else { return };
    git(&["add", "."]);
    git(&["commit", "-qm", "data"]);
    git(&["checkout", "-qb", "one"]);
    approve(&project, &["王琦", "--by", "张三"]).succeeds();
    git(&["add", "."]);
    git(&["commit", "-qm", "one"]);
    git(&["checkout", "-q", "main"]);
    approve(&project, &["王芳", "--by", "李四"]).succeeds();
    git(&["add", "."]);
    git(&["commit", "-qm", "two"]);
    git(&["merge", "-q", "--no-edit", "one"]);
    assert_eq!(status(&project, "wang-qi").0["rounds"][0]["by"], "张三");
    assert_eq!(status(&project, "wang-fang").0["rounds"][0]["by"], "李四");
}
