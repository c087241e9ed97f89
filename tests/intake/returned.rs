//! What people do to an export before it comes back, and to deliveries that
//! come one after another: nothing is poured over the book, nothing is lost.

use serde_json::{Value, json};

use super::exports::rewritten;
use super::{log, persons};
use crate::support::{Project, fengcai, grey_png, root, strings};

/// The export of the first edition with its text changed.
fn returned(project: &Project, change: impl Fn(&str) -> String) -> String {
    let file = project.path("送审稿.docx");
    let path = file.to_str().expect("a path").to_owned();
    fengcai(&["export", "--force", "--to", &path, project.dir()]).succeeds();
    let exported = std::fs::read(&file).expect("reads");
    std::fs::write(&file, rewritten(&exported, "word/document.xml", change)).expect("writes");
    path
}

/// The paragraph that a text ends.
fn paragraph(xml: &str, text: &str) -> String {
    let at = xml.find(text).expect("it stands there");
    let from = xml[..at].rfind("<w:p>").expect("a start");
    xml[from..at + xml[at..].find("</w:p>").expect("an end") + 6].to_owned()
}

fn unchanged(project: &Project, told: &Value) {
    assert_eq!(told["changes"], json!([]), "{told:#}");
    for (id, known) in crate::support::profiles() {
        let now: Value =
            serde_json::from_str(&project.read(&format!("data/profiles/{id}.json"))).expect("JSON");
        assert_eq!(now, known, "{id}");
    }
}

/// Programs that lose styles, and people who take away the line with the
/// number: everybody keeps what is theirs.
#[test]
fn a_returned_text_comes_apart_without_its_styles() {
    let plain = |xml: &str| {
        let mut out = String::new();
        for piece in xml.split("<w:pPr>") {
            out += piece.split_once("</w:pPr>").map_or(piece, |(_, rest)| rest);
        }
        out
    };
    let project = Project::first_edition();
    let path = returned(&project, plain);
    unchanged(&project, &log(&["import", &path, "--project", project.dir()]));
    let project = Project::first_edition();
    let path = returned(&project, |xml| xml.replacen(&paragraph(xml, "liu-wei<"), "", 1));
    unchanged(&project, &log(&["import", &path, "--project", project.dir()]));
}

/// A part copied with its number, to add somebody, is somebody else.
#[test]
fn a_copied_part_is_somebody_new() {
    let project = Project::first_edition();
    let path = returned(&project, |xml| {
        let from = xml.find("lin-zeyin<").expect("the last");
        let from = xml[..from].rfind("<w:p>").expect("a start");
        let end = xml.find("<w:sectPr>").expect("an end");
        let copy = xml[from..end].replace("林则银", "张新人").replace("宝翠花都社区", "示例社区");
        format!("{}{copy}{}", &xml[..end], &xml[end..])
    });
    let told = log(&["import", &path, "--project", project.dir()]);
    unchanged(&project, &told);
    assert_eq!(persons(&project).len(), 11);
    assert!(project.path("data/profiles/张新人.json").is_file());
}

/// Two who change different paragraphs of an article both stay.
#[test]
fn changes_of_different_paragraphs_both_stay() {
    let project = Project::first_edition();
    let path = returned(&project, |xml| xml.replace("安装车棚17个", "安装车棚18个"));
    project.replace("data/profiles/wang-fengrong.json", "勤勤恳恳、任劳任怨", "兢兢业业、任劳任怨");
    let told = log(&["import", &path, "--project", project.dir()]);
    assert_eq!(told["doubts"], json!([]), "{told:#}");
    let text = project.read("data/profiles/wang-fengrong.json");
    assert!(text.contains("安装车棚18个") && text.contains("兢兢业业"), "{text}");
    // What a correction brought is newer than the text that was delivered.
    let (found, _) = project.check();
    let about =
        |finding: &&Value| finding["person"]["id"] == "wang-fengrong" && finding["field"] == "article[1]";
    assert!(!found.iter().any(|finding| about(&finding) && finding["code"] == "E0211"), "{found:#?}");
}

/// Another document of the same name is kept beside the first, and an earlier
/// version of one is kept too.
#[test]
fn no_delivered_document_is_lost() {
    let project = Project::empty();
    let text = |name: &str| {
        format!(
            "示例标题\n示例区示例街道示例社区党委书记 {name}\n这是{name}的正文。这里有几句话，用来试一试。\n"
        )
    };
    let import = |text: String| {
        project.write("in/材料.txt", text);
        log(&["import", project.path("in/材料.txt").to_str().expect("a path"), "--project", project.dir()])
    };
    import(text("张三"));
    import(text("李思明"));
    assert_eq!(persons(&project).len(), 2);
    assert_eq!(project.read("data/source/材料.txt"), text("张三"));
    assert_eq!(project.read("data/source/2-材料.txt"), text("李思明"));
    import(text("张三").replace("几句", "两句"));
    let earlier = std::fs::read_dir(project.path("data/source/earlier")).expect("a folder").count();
    assert_eq!((earlier, project.read("data/source/材料.txt")), (1, text("张三").replace("几句", "两句")));
}

/// Photos may come alone; ids that are not asked are named; an export that is
/// there is not written over.
#[test]
fn small_things_that_happen_every_day() {
    let project = Project::first_edition();
    project.write("照片/王琦.png", grey_png(1500, 1900));
    let photos = project.path("照片");
    let told = log(&["import", photos.to_str().expect("a path"), "--project", project.dir()]);
    assert_eq!(told["changes"][0]["label"], "照片", "{told:#}");
    assert!(project.path("data/photos/wang-qi.png").is_file());
    let again = log(&["import", photos.to_str().expect("a path"), "--project", project.dir()]);
    assert_eq!(again["changes"], json!([]));
    let text = root().join("tests/fixtures/fengcailu.txt");
    let args = [
        "import",
        text.to_str().expect("a path"),
        "--project",
        project.dir(),
        "--answer",
        "foo=1",
        "--accept",
        "zz",
    ];
    assert_eq!(strings(&log(&args)["unasked"]), ["foo", "zz"]);
    assert!(
        !project.path("data/source/answers.json").is_file()
            || !project.read("data/source/answers.json").contains("foo")
    );
    project.write("data/source/answers.json", "{bad");
    let run =
        fengcai(&["--lang", "zh", "import", text.to_str().expect("a path"), "--project", project.dir()]);
    assert!(run.code == 2 && run.err.contains("answers.json"), "{}", run.err);
    assert_eq!(project.read("data/source/answers.json"), "{bad");
}

/// A manuscript that was sent before a correction came does not take it back,
/// and what it corrects itself is taken; the check knows which text is whose.
#[test]
fn manuscripts_that_cross_on_the_way() {
    let project = Project::empty();
    let text = std::fs::read_to_string(root().join("tests/fixtures/fengcailu.txt")).expect("reads");
    let import = |name: &str, text: &str| {
        project.write(&format!("in/{name}"), text);
        let path = project.path(&format!("in/{name}"));
        log(&["import", path.to_str().expect("a path"), "--project", project.dir()])
    };
    let sound = || {
        let (found, code) = project.check();
        assert_eq!(code, 0, "{found:#?}");
    };
    import("文稿.txt", &text);
    sound();
    import("甲改.txt", &text.replace("安装车棚17个", "安装车棚18个"));
    let told = import("乙改.txt", &text.replace("晏萍日复一日", "晏萍天天"));
    assert_eq!(told["changes"].as_array().map(Vec::len), Some(1), "{told:#}");
    assert!(project.read("data/profiles/王凤荣.json").contains("安装车棚18个"));
    // One person alone, under another name, and then under the same.
    let from = text.find("坚守初心甘奉献").expect("the first");
    let to = text.find("当好“小巷总理”").expect("the second");
    import("王凤荣.txt", &text[from..to].replace("安装车棚17个", "安装车棚19个"));
    assert!(project.read("data/profiles/王凤荣.json").contains("安装车棚19个"));
    sound();
    let told = import("乙改.txt", &text[from..to].replace("安装车棚17个", "安装车棚20个"));
    assert!(project.read("data/profiles/王凤荣.json").contains("安装车棚20个"), "{told:#}");
    sound();
}

/// Two corrected copies of one export in one go.
#[test]
fn copies_of_an_export_have_one_title() {
    let project = Project::first_edition();
    let one = returned(&project, |xml| xml.replace("安装车棚17个", "安装车棚18个"));
    let first = project.path("李.docx");
    std::fs::rename(one, &first).expect("moves");
    let other = returned(&project, |xml| xml.replace("晏萍日复一日", "晏萍天天"));
    let both = [first.to_str().expect("a path"), &other];
    let dry = log(&["import", both[0], both[1], "--dry-run", "--project", project.dir()]);
    assert_eq!((&dry["doubts"], dry["changes"].as_array().map(Vec::len)), (&json!([]), Some(2)), "{dry:#}");
    // A title that only one of them corrected is that one's.
    let second = std::fs::read(&other).expect("reads");
    let titled = rewritten(&second, "word/document.xml", |xml| xml.replace(">奋进的力量<", ">前进的力量<"));
    std::fs::write(&other, titled).expect("writes");
    for files in [both, [both[1], both[0]]] {
        let told = log(&["import", files[0], files[1], "--dry-run", "--project", project.dir()]);
        assert_eq!(told["doubts"], json!([]), "{told:#}");
        assert_eq!(told["changes"].as_array().map(Vec::len), Some(3), "{told:#}");
    }
}
