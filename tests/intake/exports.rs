//! What goes out comes back: nothing changes by itself, and a correction is
//! exactly that correction.

use std::io::{Cursor, Read, Write};

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{log, persons};
use crate::support::{Project, Random, fengcai, judge, strings};

/// Exports a project into a file beside it and imports the file into another.
fn through(project: &Project, ending: &str, target: &Project) -> Value {
    let file = project.path(&format!("out.{ending}"));
    let file = file.to_str().expect("a path");
    fengcai(&["export", "--force", "--to", file, project.dir()]).succeeds();
    log(&["import", file, "--project", target.dir()])
}

/// Pieces of sentences that an import leaves as they are.
const PIECES: &[&str] = &[
    "社区服务居民",
    "“一刻钟便民圈”",
    "在2024年5月",
    "办结诉求1200余件",
    "《民情日记》",
    "（含网格员）",
    "App Store",
    "24小时",
    "95.5%",
    "1+N",
    "䶮",
    "——",
    "……",
    "·",
    "3:2",
    "https://example.org/a?b=c&d",
    "=1+1",
    "-5",
    "'引",
    "<b>",
    "&amp;",
    "；",
    "、",
];

fn sentence(random: &mut Random, most: usize) -> String {
    let count = 1 + random.below(most);
    let text: String = (0..count).map(|_| random.pick(PIECES)).collect();
    fengcai::check::mended(&format!("第{}句{text}", random.below(1000))).0
}

/// A project of a few persons, valid or not, with every field that there is.
fn random_project(seed: u64) -> Project {
    let mut random = Random::new(seed);
    let project = Project::starter();
    let mut order = Vec::new();
    for n in 0..1 + random.below(4) {
        let name = ["王凤荣", "赵金梅", "欧阳修文", "阿依古丽·买买提", "王䶮"][(n + seed as usize) % 5];
        let list = |most: usize, random: &mut Random| -> Vec<String> {
            (0..random.below(most + 1)).map(|_| sentence(random, 4)).collect()
        };
        let figures: Vec<Value> = list(3, &mut random)
            .into_iter()
            .map(|text| json!({ "value": "17个", "label": text, "evidence": fengcai::check::mended(&format!("{text}17个")).0 }))
            .collect();
        let mut article = list(5, &mut random);
        article.push(fengcai::check::mended(&(sentence(&mut random, 30) + "。")).0);
        let mut profile = json!({
            "$schema": "../profile.schema.json",
            "$comment": "给同事的话",
            "name": name,
            "headline": [sentence(&mut random, 2)],
            "post": { "district": "河西区", "street": "友谊路街道", "community": format!("第{n}社区"), "role": "党委书记" },
            "quote": sentence(&mut random, 3),
            "figures": figures,
            "article": article,
            "honours": { "community": list(3, &mut random), "personal": list(2, &mut random) },
        });
        if random.below(3) == 0 {
            profile.as_object_mut().expect("an object").remove("quote");
        }
        let id = format!("person-{n}");
        project.write(
            &format!("data/profiles/{id}.json"),
            serde_json::to_string_pretty(&profile).expect("JSON"),
        );
        order.push(id);
    }
    for example in ["example-one", "example-two"] {
        std::fs::remove_file(project.path(&format!("data/profiles/{example}.json"))).expect("goes");
    }
    project.edit("data/booklet.json", |booklet| booklet["order"] = order.into());
    project
}

/// A profile without what no export has, and without empty lists.
fn bare(mut profile: Value) -> Value {
    let object = profile.as_object_mut().expect("an object");
    object.remove("$comment");
    object.remove("photo");
    object.retain(|key, value| key != "figures" || *value != json!([]));
    if let Some(honours) = object.get_mut("honours").and_then(Value::as_object_mut) {
        honours.retain(|_, list| *list != json!([]));
        if honours.is_empty() {
            object.remove("honours");
        }
    }
    profile
}

/// import(export(x)) = x, for the ten and for 200 random projects: into the
/// project itself nothing is new; into an empty folder the persons are the same.
#[test]
fn what_goes_out_comes_back() {
    let random = (0..200).map(random_project);
    for (n, project) in std::iter::once(Project::first_edition()).chain(random).enumerate() {
        let before = crate::support::tree(&project.path("data/profiles"));
        for ending in ["xlsx", "docx", "csv"] {
            let told = through(&project, ending, &project);
            assert_eq!(
                (&told["changes"], &told["doubts"]),
                (&json!([]), &json!([])),
                "{n} {ending}: {told:#}"
            );
            assert_eq!(crate::support::tree(&project.path("data/profiles")), before, "{n} {ending}");
            let empty = Project::empty();
            through(&project, ending, &empty);
            let (got, wanted) = (persons(&empty), persons(&project));
            let all = |list: Vec<Value>| list.into_iter().map(bare).collect::<Vec<_>>();
            for (got, wanted) in all(got).into_iter().zip(all(wanted.clone())) {
                for (key, value) in wanted.as_object().expect("an object") {
                    assert_eq!(got.get(key), Some(value), "{n} {ending}");
                }
            }
            assert_eq!(persons(&empty).len(), wanted.len(), "{n} {ending}");
        }
    }
}

/// Changes a part of a package.
pub(super) fn rewritten(package: &[u8], part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(package)).expect("a package");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        let text = if name == part { change(&text) } else { text };
        out.start_file(name, SimpleFileOptions::default()).expect("writes");
        out.write_all(text.as_bytes()).expect("writes");
    }
    out.finish().expect("a package").into_inner()
}

const MARK: &str = "w:id=\"1\" w:author=\"李主任\" w:date=\"2026-07-01T09:00:00Z\"";

/// A leader's tracked change in the exported text is that change, and nothing
/// else; the project's own edits meanwhile stay.
#[test]
fn a_correction_comes_back_as_exactly_that() {
    let project = Project::first_edition();
    let file = project.path("送审稿.docx");
    let path = file.to_str().expect("a path");
    fengcai(&["export", "--to", path, project.dir()]).succeeds();
    let exported = std::fs::read(&file).expect("reads");
    let corrected = rewritten(&exported, "word/document.xml", |xml| {
        let change = format!(
            "安装车棚</w:t></w:r><w:del {MARK}><w:r><w:delText>17</w:delText></w:r></w:del>\
             <w:ins {MARK}><w:r><w:t>18</w:t></w:r></w:ins><w:r><w:t xml:space=\"preserve\">个"
        );
        assert_eq!(xml.matches("安装车棚17个").count(), 1);
        xml.replace("安装车棚17个", &change)
    });
    std::fs::write(&file, corrected).expect("writes");
    // Meanwhile somebody edits another field, and another person.
    project.replace("data/profiles/wang-fengrong.json", "情系居民勇担当", "情系居民敢担当");
    project.replace("data/profiles/zhao-jinmei.json", "暖民心聚人心", "暖民心聚民心");
    let before = project.read("data/profiles/wang-fengrong.json");
    let told = log(&["import", path, "--project", project.dir()]);
    let changes = told["changes"].as_array().expect("a list");
    assert_eq!((changes.len(), &told["doubts"]), (1, &json!([])), "{told:#}");
    let text = |key: &str| changes[0][key].as_str().unwrap_or_default().to_owned();
    assert_eq!((text("name"), text("label")), ("王凤荣".into(), "正文".into()));
    assert!(text("before").contains("安装车棚17个") && text("after").contains("安装车棚18个"), "{told:#}");
    assert_eq!(
        project.read("data/profiles/wang-fengrong.json"),
        before.replace("安装车棚17个", "安装车棚18个")
    );
    assert_eq!(strings(&told["kept"]).len(), 2, "{told:#}");
    // Again: nothing new.
    let again = log(&["import", path, "--project", project.dir()]);
    assert_eq!(again["changes"], json!([]));
    // Both sides changed: asked, kept until answered, taken when answered so.
    project.replace("data/profiles/wang-fengrong.json", "安装车棚18个", "安装车棚19个");
    let corrected = rewritten(&std::fs::read(&file).expect("reads"), "word/document.xml", |xml| {
        xml.replace("<w:t>18</w:t>", "<w:t>20</w:t>")
    });
    std::fs::write(&file, corrected).expect("writes");
    let told = log(&["import", path, "--project", project.dir()]);
    let doubts = told["doubts"].as_array().expect("a list");
    assert_eq!((doubts.len(), &told["changes"]), (1, &json!([])), "{told:#}");
    assert!(project.read("data/profiles/wang-fengrong.json").contains("安装车棚19个"));
    let answer = format!("{}=2", doubts[0]["id"].as_str().expect("an id"));
    log(&["import", path, "--project", project.dir(), "--answer", &answer]);
    assert!(project.read("data/profiles/wang-fengrong.json").contains("安装车棚20个"));
    // The answer is kept: a second run asks nothing.
    let again = log(&["import", path, "--project", project.dir()]);
    assert_eq!((&again["doubts"], &again["changes"]), (&json!([]), &json!([])), "{again:#}");
}

/// Deleted, added and moved paragraphs and honours, and a corrected roster.
#[test]
fn whole_entries_come_and_go() {
    let project = Project::first_edition();
    let file = project.path("送审稿.docx");
    let path = file.to_str().expect("a path");
    fengcai(&["export", "--to", path, project.dir()]).succeeds();
    let exported = std::fs::read(&file).expect("reads");
    let corrected = rewritten(&exported, "word/document.xml", |xml| {
        let paragraph = |text: &str| {
            let at = xml.find(text).expect("it stands there");
            let (from, to) =
                (xml[..at].rfind("<w:p>").expect("a start"), at + xml[at..].find("</w:p>").expect("an end"));
            xml[from..to + 6].to_owned()
        };
        let honour = paragraph(">全国模范“小巷总理”<");
        let last = paragraph("晏萍日复一日");
        xml.replacen(&honour, "", 1)
            .replace(&last, &format!("{last}<w:p><w:r><w:t>新加的一段。</w:t></w:r></w:p>"))
    });
    std::fs::write(&file, corrected).expect("writes");
    log(&["import", path, "--project", project.dir()]);
    let profile = |id: &str| -> Value {
        serde_json::from_str(&project.read(&format!("data/profiles/{id}.json"))).expect("JSON")
    };
    let zhao = profile("zhao-jinmei");
    assert_eq!(strings(&zhao["honours"]["personal"]), ["全国劳动模范", "天津市优秀共产党员"]);
    assert_eq!(strings(&profile("yan-ping")["article"]).last(), Some(&"新加的一段。"));
}

/// A roster and a manuscript that come again, corrected, change what they
/// correct; what the project edited meanwhile stays.
#[test]
fn a_manuscript_comes_again() {
    let project = Project::empty();
    let text =
        std::fs::read_to_string(crate::support::root().join("tests/fixtures/fengcailu.txt")).expect("reads");
    project.write("in/文稿.txt", &text);
    let path = project.path("in/文稿.txt");
    let import = || log(&["import", path.to_str().expect("a path"), "--project", project.dir()]);
    import();
    let twice = import();
    assert_eq!((&twice["changes"], &twice["doubts"]), (&json!([]), &json!([])));
    project.replace("data/profiles/王洋.json", "百诸纷繁一肩挑", "百事纷繁一肩挑");
    std::fs::write(&path, text.replace("安装车棚17个", "安装车棚18个")).expect("writes");
    let told = import();
    assert_eq!(told["changes"].as_array().map(Vec::len), Some(1), "{told:#}");
    assert_eq!(told["changes"][0]["name"], "王凤荣");
    assert_eq!(told["doubts"], json!([]), "{told:#}");
    assert_eq!(strings(&told["kept"]), ["王洋 · 标题"]);
    // A person who is no longer in it: asked.
    let without = text.replace(&text[text.find("“五常五送”").expect("the last")..], "");
    std::fs::write(&path, without).expect("writes");
    let told = import();
    let gone = told["doubts"].as_array().expect("a list");
    assert!(
        gone.len() == 1 && gone[0]["question"].as_str().is_some_and(|q| q.contains("林则银")),
        "{told:#}"
    );
    assert_eq!(persons(&project).len(), 10);
    let answer = format!("{}=2", gone[0]["id"].as_str().expect("an id"));
    log(&["import", path.to_str().expect("a path"), "--project", project.dir(), "--answer", &answer]);
    assert_eq!(persons(&project).len(), 9);
    assert!(project.path("data/profiles/林则银.json").is_file(), "kept aside");
}

/// Programs that people use open what is exported.
#[test]
fn exports_are_opened_by_others() {
    let project = Project::first_edition();
    for ending in ["docx", "xlsx", "csv", "txt"] {
        let file = project.path(&format!("名单.{ending}"));
        fengcai(&["export", "--to", file.to_str().expect("a path"), project.dir()]).succeeds();
        let once = std::fs::read(&file).expect("reads");
        let again = ["export", "--force", "--to", file.to_str().expect("a path"), project.dir()];
        fengcai(&again).succeeds();
        assert!(std::fs::read(&file).expect("reads") == once, "{ending}: the same project is the same bytes");
    }
    let script = "import sys, docx\n\
        d = docx.Document(sys.argv[1])\n\
        print(sum(p.style.name == 'fengcai article' for p in d.paragraphs), d.settings.element.xpath('count(//w:trackRevisions)'))";
    let path = project.path("名单.docx");
    if let Some(read) = judge("python3", &["-c", script, path.to_str().expect("a path")]) {
        assert_eq!(read.trim(), "29 1.0");
    }
    let script = "import sys, openpyxl\n\
        b = openpyxl.load_workbook(sys.argv[1]); s = b.active\n\
        print(s.max_row > 10, s.freeze_panes, s['B2'].value, s.protection.sheet, s['A2'].protection.locked, s['B2'].protection.locked, b['fengcai'].sheet_state, len(s.data_validations.dataValidation), all(c.data_type != 'f' for r in s.rows for c in r))";
    let path = project.path("名单.xlsx");
    if let Some(read) = judge("python3", &["-c", script, path.to_str().expect("a path")]) {
        assert_eq!(read.trim(), "True C2 王凤荣 True True False hidden 1 True");
    }
    // What is there is not written over, and a file of another kind not even so.
    let run =
        fengcai(&["export", "--to", project.path("名单.docx").to_str().expect("a path"), project.dir()]);
    assert!(run.code == 2 && run.err.contains("--force"), "{}", run.err);
    project.write("信.docx", "my own");
    let letter = project.path("信.docx");
    let run = fengcai(&["export", "--force", "--to", letter.to_str().expect("a path"), project.dir()]);
    assert!(run.code == 2 && project.read("信.docx") == "my own");
}
