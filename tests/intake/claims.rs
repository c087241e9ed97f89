//! What help, hints and README say of import and export.

use serde_json::Value;

use super::{log, persons};
use crate::support::{Project, fengcai, grey_png, root};

/// From nothing to a PDF in one command.
#[test]
fn a_book_is_made_in_one_command() {
    let project = Project::empty();
    let book = project.path("书");
    let files = root().join("tests/intake/excel-roster-and-word/in");
    project.write("照片/王凤荣.png", grey_png(1200, 1500));
    let photos = project.path("照片");
    let args = [
        "new",
        book.to_str().expect("a path"),
        "--from",
        files.to_str().expect("a path"),
        photos.to_str().expect("a path"),
    ];
    let run = fengcai(&args);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(book.join("out/booklet.pdf").is_file() && book.join("data/photos/王凤荣.png").is_file());
    assert!(book.join("data/source/事迹.docx").is_file() && book.join("data/source/事迹.docx.txt").is_file());
}

/// A dry run writes nothing, and says so.
#[test]
fn a_dry_run_writes_nothing() {
    let project = Project::empty();
    let files = root().join("tests/intake/word-table/in");
    let book = project.path("书");
    let run = fengcai(&[
        "--lang",
        "zh",
        "import",
        files.to_str().expect("a path"),
        "--project",
        book.to_str().expect("a path"),
        "--dry-run",
    ]);
    assert!(run.code == 0 && run.out.contains("什么都没有写"), "{}{}", run.out, run.err);
    assert!(!book.exists());
}

/// Single suggestions are taken by their ids, and only those.
#[test]
fn suggestions_are_taken_one_by_one() {
    let project = Project::empty();
    let text = root().join("tests/fixtures/fengcailu.txt");
    let text = text.to_str().expect("a path");
    let told = log(&["import", text, "--project", project.dir()]);
    let one = &told["persons"][0]["suggestions"][0];
    let id = one["id"].as_str().expect("an id");
    let told = log(&["import", text, "--project", project.dir(), "--accept", id]);
    assert_eq!(told["persons"][0]["suggestions"][0]["taken"], true);
    let all = persons(&project);
    let taken = all
        .iter()
        .filter(|person| person.get("honours").or(person.get("figures")).or(person.get("quote")).is_some());
    assert_eq!(taken.count(), 1);
    let again = log(&["import", text, "--project", project.dir(), "--accept", id]);
    assert_eq!(again["persons"][0]["suggestions"][0]["taken"], false, "it is there already");
}

/// A finding about words that came from a document says where they stood
/// there, until somebody changes them.
#[test]
fn findings_lead_back_to_the_document() {
    let project = Project::empty();
    let files = root().join("tests/intake/excel-roster-and-word/in");
    fengcai(&["import", files.to_str().expect("a path"), "--project", project.dir()]).succeeds();
    let origin = |project: &Project| -> Vec<Value> {
        let (found, _) = project.check();
        found
            .into_iter()
            .filter(|finding| finding["code"] == "W0332")
            .map(|finding| finding["origin"].clone())
            .collect()
    };
    let told = origin(&project);
    assert_eq!(told[0]["zh"].as_str(), Some("事迹.docx 第23段"), "{told:?}");
    let human = project.run("check", &["--lang", "zh"]);
    assert!(human.err.contains("原稿") && human.err.contains("事迹.docx 第23段"), "{}", human.err);
    project.replace("data/profiles/王琦.json", "熠熠生辉", "闪闪发光");
    assert!(origin(&project).iter().all(Value::is_null));
}

/// Documents are kept as they came, and the data are compared with them.
#[test]
fn documents_are_kept_and_compared_with() {
    let project = Project::empty();
    let file = root().join("tests/intake/word-by-python-docx/in/材料.docx");
    fengcai(&["import", file.to_str().expect("a path"), "--project", project.dir()]).succeeds();
    let kept = std::fs::read(project.path("data/source/材料.docx")).expect("reads");
    assert!(kept == std::fs::read(&file).expect("reads"));
    project.replace("data/profiles/王凤荣.json", "安装车棚17个", "安装车棚71个");
    let (found, code) = project.check();
    let differs = found.iter().find(|finding| finding["code"] == "E0211").expect("told");
    assert_eq!(code, 1);
    let message = format!("{} {}", differs["message"]["zh"], differs["hint"]["zh"]);
    assert!(message.contains("第8段"), "{message}");
}

/// Data files with slips stay as they are; the others are taken.
#[test]
fn broken_data_are_left_alone() {
    let project = Project::first_edition();
    let path = "data/profiles/wang-fengrong.json";
    project.replace(path, "\"name\": \"王凤荣\",", "\"name\": \"王凤荣\"，");
    let broken = project.read(path);
    let file = project.path("文稿.txt");
    std::fs::write(
        &file,
        project.read("tests/fixtures/fengcailu.txt").replace("安装车棚17个", "安装车棚18个"),
    )
    .expect("writes");
    let told = log(&["import", file.to_str().expect("a path"), "--project", project.dir()]);
    assert_eq!(project.read(path), broken);
    assert!(
        told["unreadable"].to_string().contains("wang-fengrong") || told["changes"].as_array().is_some(),
        "{told:#}"
    );
}
