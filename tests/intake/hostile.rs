//! Documents that are made to do harm, or broken, are answered by a sentence;
//! what stands beside them is read all the same.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::log;
use crate::support::{Project, asked, fengcai, root};

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("writes");
        zip.write_all(bytes).expect("writes");
    }
    zip.finish().expect("a package").into_inner()
}

fn word(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    package(&[("word/document.xml", xml.as_bytes())])
}

fn workbook(sheets: usize, rows: &str) -> Vec<u8> {
    let (mut list, mut relations) = (String::new(), String::new());
    for n in 1..=sheets {
        write!(list, "<sheet name=\"s{n}\" r:id=\"r{n}\"/>").expect("memory");
        write!(relations, "<Relationship Id=\"r{n}\" Type=\"x/worksheet\" Target=\"sheet.xml\"/>")
            .expect("memory");
    }
    let workbook = format!("<workbook xmlns:r=\"r\"><sheets>{list}</sheets></workbook>");
    let relations = format!("<Relationships>{relations}</Relationships>");
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    package(&[
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/sheet.xml", sheet.as_bytes()),
    ])
}

/// Each is refused with a sentence, within seconds and little memory, and the
/// good document beside it is read.
#[test]
fn bombs_are_answered_by_a_sentence() {
    let zeros = vec![b' '; 400 << 20];
    let million: String = (1..=1_000_000).fold(String::new(), |mut rows, n| {
        write!(rows, "<row r=\"{n}\"><c r=\"A{n}\"><v>1</v></c></row>").expect("memory");
        rows
    });
    let nested = "<w:tbl><w:tr><w:tc>".repeat(10_000) + &"</w:tc></w:tr></w:tbl>".repeat(10_000);
    let deep = "<w:sdt>".repeat(1_000_000) + &"</w:sdt>".repeat(1_000_000);
    let entities = "<!DOCTYPE a [<!ENTITY b \"cccccccccc\"><!ENTITY d \"&b;&b;&b;&b;\">]><w:document xmlns:w=\"w\"><w:body>&d;</w:body></w:document>";
    let bombs: [(&str, Vec<u8>, Option<&str>); 9] = [
        ("zip.docx", package(&[("word/document.xml", &zeros)]), Some("太大")),
        ("zip.xlsx", package(&[("xl/workbook.xml", &zeros)]), Some("太大")),
        ("entities.docx", package(&[("word/document.xml", entities.as_bytes())]), Some("DTD")),
        ("rows.xlsx", workbook(1, &million), Some("表格太大")),
        ("sheets.xlsx", workbook(10_000, "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"), Some("表格太大")),
        ("far.xlsx", workbook(1, "<row r=\"1\"><c r=\"XFD1048576\"><v>1</v></c></row>"), Some("表格太大")),
        ("tables.docx", word(&nested), None),
        ("deep.docx", word(&deep), None),
        ("cut.docx", word("<w:p><w:r><w:t>一</w:t></w:r></w:p>")[..150].to_vec(), Some("打不开")),
    ];
    let project = Project::empty();
    let good = std::fs::read(root().join("tests/intake/text-boxes/in/文本框.docx")).expect("reads");
    project.write("in/好.docx", good);
    for (name, bytes, _) in &bombs {
        project.write(&format!("in/{name}"), bytes);
    }
    let files = project.path("in");
    let log = log(&[
        "import",
        files.to_str().expect("a path"),
        "--dry-run",
        "--project",
        project.path("p").to_str().expect("a path"),
    ]);
    let unread = log["unread"].as_array().expect("a list");
    for (name, _, sentence) in &bombs {
        let told = unread.iter().find(|one| one["file"] == *name).and_then(|one| one["reason"].as_str());
        match sentence {
            Some(sentence) => assert!(told.is_some_and(|told| told.contains(sentence)), "{name}: {told:?}"),
            None => assert!(told.is_none_or(|told| !told.is_empty()), "{name}: {told:?}"),
        }
    }
    assert_eq!(log["persons"].as_array().map(Vec::len), Some(1), "{log:#}");
}

/// No name in a document leads anywhere but to a profile.
#[test]
fn names_lead_nowhere() {
    let project = Project::first_edition();
    let before = crate::support::tree(&project.path("data"));
    let csv = "编号,姓名,职务,照片\r\n../../booklet,王一,书记,../../../etc/passwd\r\n/etc/x,王二,书记,C:\\x.jpg\r\nCON,王三,书记,\r\n..,王四,书记,\r\n";
    project.write("in/名单.csv", csv);
    let files = project.path("in");
    log(&["import", files.to_str().expect("a path"), "--project", project.dir()]);
    let after = crate::support::tree(&project.path("data"));
    for (path, bytes) in &before {
        assert!(path == "booklet.json" || after.get(path) == Some(bytes), "{path}");
    }
    let new: Vec<&String> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    let own = |path: &&String| path.starts_with("profiles/") || path.starts_with("source");
    assert!(new.iter().all(own) && new.iter().all(|path| !path.contains("..")), "{new:?}");
    assert!(!new.iter().any(|path| path.to_lowercase().ends_with("/con.json")), "{new:?}");
}

/// What a document says is text on the page.
#[test]
fn pages_hold_no_markup_of_others() {
    let project = Project::empty();
    project.write(
        "in/名单.csv",
        "姓名,职务,标题,<script>alert(1)</script>\r\n王一,书记,<img src=x onerror=alert(1)>,x\r\n",
    );
    let files = project.path("in/名单.csv");
    let page = project.path("导入.html");
    let args = [
        "import",
        files.to_str().expect("a path"),
        "--project",
        project.dir(),
        "--report",
        page.to_str().expect("a path"),
    ];
    fengcai(&args).succeeds();
    let html = project.read("导入.html");
    assert!(html.contains("&lt;img") && !html.contains("<img") && !html.contains("<script"), "{html}");
}

/// A link in the place of a folder is not followed, and a read-only project is
/// left as it is.
#[cfg(unix)]
#[test]
fn nothing_is_written_through_links() {
    let project = Project::empty();
    let outside = Project::empty();
    project.write("in/名单.csv", "姓名,职务\r\n王一,书记\r\n");
    std::fs::create_dir_all(project.path("data")).expect("makes");
    std::os::unix::fs::symlink(outside.path(""), project.path("data/profiles")).expect("links");
    let files = project.path("in/名单.csv");
    let run = fengcai(&["import", files.to_str().expect("a path"), "--project", project.dir()]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert!(crate::support::tree(&outside.path("")).is_empty());
    assert!(!project.path("data/booklet.json").exists());
}

/// Foreign documents, if there is a folder of them: none panics, whatever it
/// is. `FENGCAI_FOREIGN` names the folder.
#[test]
fn foreign_documents_are_read_or_refused() {
    let Some(folder) = asked("FENGCAI_FOREIGN") else { return };
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("lists") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("reads");
        if let Ok(document) = fengcai::documents::read(&name, &bytes) {
            let delivery = fengcai::intake::Delivery { name, document };
            fengcai::intake::understand(&[delivery], &Default::default(), &Default::default());
        }
        count += 1;
    }
    assert!(count > 100, "{count}");
}
