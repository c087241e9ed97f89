//! One folder a code under `tests/suite/`: `fail.json` must bring the code
//! about, `pass.json` must not, and must bring about no error at all.
//!
//! A case is a list of changes to the starter project: `profile` and `booklet`
//! are merged into the first profile and the booklet (RFC 7396), `files` are
//! written as text, bytes, a file of the repository or a grey picture,
//! `template` replaces pieces of template files. Codes of the preflight (E07,
//! W07) are seen to fail in `preflight.rs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use fengcai::catalogue::Code;
use fengcai::diag::{Diagnostic, Severity};
use fengcai::session::Session;
use serde_json::Value;

use crate::support::{Project, asked, grey_png, root};

fn folder(code: Code) -> PathBuf {
    root().join("tests/suite").join(code.id())
}

/// A file that is not text: a fixture, a file of the source, a grey PNG.
fn made(what: &serde_json::Map<String, Value>) -> Vec<u8> {
    if let Some(size) = what.get("grey") {
        let [width, height]: [u32; 2] = serde_json::from_value(size.clone()).expect("width and height");
        return grey_png(width, height);
    }
    if let Some(size) = what.get("clear") {
        let [width, height]: [u32; 2] = serde_json::from_value(size.clone()).expect("width and height");
        let mut png = std::io::Cursor::new(Vec::new());
        image::RgbaImage::new(width, height).write_to(&mut png, image::ImageFormat::Png).expect("encodes");
        return png.into_inner();
    }
    if let Some(size) = what.get("uncalibrated") {
        let [width, height]: [u16; 2] = serde_json::from_value(size.clone()).expect("width and height");
        let mut jpeg = Vec::new();
        let mut encoder = jpeg_encoder::Encoder::new(&mut jpeg, 90);
        // Exif with the one word that its colours are of another space.
        let mut notes = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x1A".to_vec();
        notes.extend(b"\0\0\0\0\0\x01\xA0\x01\0\x03\0\0\0\x01\xFF\xFF\0\0\0\0\0\0");
        encoder.add_app_segment(1, notes).expect("a short segment");
        let grey = vec![90; usize::from(width) * usize::from(height) * 3];
        encoder.encode(&grey, width, height, jpeg_encoder::ColorType::Rgb).expect("encodes");
        return jpeg;
    }
    let path = match (what.get("fixture"), what.get("source")) {
        (Some(name), _) => root().join("tests/fixtures").join(name.as_str().expect("a name")),
        (_, Some(path)) => root().join(path.as_str().expect("a path")),
        _ => panic!("{what:?}"),
    };
    fs::read(path).expect("a file")
}

/// The findings of a case.
fn findings(case: &Value) -> Vec<Diagnostic> {
    let project = project(case);
    let session = Session::open(&project.path("")).expect("a project");
    session.examine().expect("readable").found
}

/// The project of a case.
fn project(case: &Value) -> Project {
    let project = Project::starter();
    for (file, patch) in [("data/profiles/example-one.json", "profile"), ("data/booklet.json", "booklet")] {
        if let Some(patch) = case.get(patch) {
            project.edit(file, |value| merge(value, patch));
        }
    }
    for (file, content) in case["files"].as_object().into_iter().flatten() {
        match content {
            Value::String(text) => project.write(file, text),
            Value::Object(what) => project.write(file, made(what)),
            bytes => project.write(file, serde_json::from_value::<Vec<u8>>(bytes.clone()).expect("bytes")),
        }
    }
    for (file, pieces) in case["template"].as_object().into_iter().flatten() {
        let path = format!("templates/spread/{file}");
        let embedded = if file.starts_with("common/") { format!("templates/{file}") } else { path.clone() };
        let text = fs::read_to_string(root().join(embedded)).expect("a template file");
        let (from, to) = (pieces[0].as_str().expect("text"), pieces[1].as_str().expect("text"));
        assert!(text.contains(from), "{from} in {file}");
        project.write(&path, text.replace(from, to));
    }
    for folder in case["folders"].as_array().into_iter().flatten() {
        let path = project.path(folder.as_str().expect("a path"));
        let _ = fs::remove_file(&path);
        fs::create_dir_all(path).expect("makes folders");
    }
    #[cfg(unix)]
    for name in case["strays"].as_array().into_iter().flatten() {
        use std::os::unix::ffi::OsStringExt;
        let name: Vec<u8> = serde_json::from_value(name.clone()).expect("bytes");
        fs::write(project.path("data/profiles").join(std::ffi::OsString::from_vec(name)), "{}")
            .expect("writes");
    }
    project
}

/// Every mend that is offered as a button takes its finding away and brings no
/// error about.
#[test]
fn every_mend_takes_its_finding_away() {
    let mut mended = BTreeSet::new();
    for code in Code::ALL.iter().filter(|code| folder(**code).exists()) {
        let project = project(&case(*code, "fail.json"));
        let session = Session::open(&project.path("")).expect("a project");
        let before = session.examine().expect("readable");
        let count = |found: &[Diagnostic], code: Code| -> usize {
            found.iter().filter(|one| one.code == code).map(|one| 1 + one.more).sum()
        };
        let errors =
            |found: &[Diagnostic]| found.iter().filter(|one| one.severity == Severity::Error).count();
        for finding in &before.found {
            let Some(mend) = before.mend(finding) else { continue };
            let text = project.read(&mend.file);
            project.edit(&mend.file, |value| {
                let pointer = format!("/{}", mend.field.replace(['.', '['], "/").replace(']', ""));
                let place = value.pointer_mut(&pointer).expect("the field");
                assert_eq!(*place, Value::from(mend.before.as_str()), "{}", finding.code.id());
                *place = mend.after.as_str().into();
            });
            let after = session.examine().expect("readable");
            let told = || format!("{}: {mend:?}\n{:#?}", finding.code.id(), told(&after.found));
            assert!(count(&after.found, finding.code) < count(&before.found, finding.code), "{}", told());
            assert!(errors(&after.found) <= errors(&before.found), "{}", told());
            mended.insert(finding.code.id());
            project.write(&mend.file, text);
        }
    }
    let wanted =
        ["E0311", "E0312", "E0315", "E0316", "E0317", "E0318", "E0319", "E0320", "E0321", "E0322", "E0324"];
    for code in wanted.iter().chain(&["W0334", "W0341", "W0344", "E0210"]) {
        assert!(mended.contains(code), "{code} has no mend: {mended:?}");
    }
}

/// RFC 7396.
fn merge(value: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *value = patch.clone();
        return;
    };
    if !value.is_object() {
        *value = serde_json::json!({});
    }
    let object = value.as_object_mut().expect("made one above");
    for (key, change) in patch {
        match change {
            Value::Null => drop(object.remove(key)),
            change => merge(object.entry(key).or_insert(Value::Null), change),
        }
    }
}

fn case(code: Code, name: &str) -> Value {
    let path = folder(code).join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn told(found: &[Diagnostic]) -> Vec<String> {
    use fengcai::catalogue::Lang;
    found.iter().map(|d| format!("{} {}", d.code.id(), d.message(Lang::Zh))).collect()
}

/// Codes that no data bring about: a bug of ours, and a picture that Typst's
/// export changed on the way, as it does with none that is known.
const UNPROVOKED: [Code; 2] = [Code::InternalError, Code::PictureReencoded];

/// The codes of projects; those of finished files have other fixtures.
fn suite() -> impl Iterator<Item = Code> {
    let codes = Code::ALL.iter().copied().filter(|code| !code.id()[1..].starts_with("07"));
    codes.filter(|code| !UNPROVOKED.contains(code))
}

#[test]
fn every_code_has_a_case_that_fails() {
    let mut silent = Vec::new();
    for code in suite() {
        let found = findings(&case(code, "fail.json"));
        if !found.iter().any(|d| d.code == code) {
            silent.push((code.id(), told(&found)));
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

/// What people read of a case: whom it is about, where, what and how to mend it.
fn as_read(found: &Diagnostic) -> String {
    use fengcai::catalogue::{Lang, field_name};
    let person = found.person.as_ref().map_or("-", |p| p.name.as_deref().unwrap_or(&p.id));
    let field = found.field.as_deref().unwrap_or("-");
    let place = found.place.as_ref();
    let place = place.map_or("-".to_owned(), |p| format!("{}:{}:{}", p.file, p.line, p.column));
    let name = field_name(field, Lang::Zh);
    let mut text = format!("{person} | {field} ({name}) | {place}\n");
    for lang in [Lang::Zh, Lang::En] {
        text += &format!("{}\n  {}\n", found.message(lang), found.hint(lang));
    }
    // Versions and hashes are not what this is about.
    text.replace(fengcai::TOOL, "TOOL")
}

/// Place, field, person and words of each case, as `UPDATE=1` wrote them down
/// when somebody last read them.
#[test]
fn every_case_reads_as_it_was_approved() {
    let mut wrong = Vec::new();
    for code in suite() {
        let found = findings(&case(code, "fail.json"));
        let Some(first) = found.iter().find(|d| d.code == code) else { continue };
        let read = as_read(first);
        let path = folder(code).join("told.txt");
        if asked("UPDATE").is_some() {
            fs::write(&path, &read).expect("writes");
        }
        let approved = fs::read_to_string(&path).unwrap_or_default();
        if read != approved {
            wrong.push(format!("{}:\n{read}\nwas:\n{approved}", code.id()));
        }
        for hole in ["{meant}", "{example}", "{advice}", "{policy}", "{known}", "{problem}", "{where}"] {
            assert!(!read.contains(hole), "{} shows {hole}", code.id());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A finding that tells how to settle it is settled by exactly that, and a
/// finding that does not tell has no other way than to be mended.
#[test]
fn what_a_hint_gives_for_checks_settles_it() {
    use fengcai::catalogue::Lang;
    let mut tried = 0;
    for code in Code::ALL.iter().filter(|code| code.hint(Lang::Zh).contains("{policy}")) {
        assert!(code.adjustable() && code.hint(Lang::En).contains("{policy}"), "{}", code.id());
        let mut case = case(*code, "fail.json");
        let found = findings(&case);
        let mine: Vec<_> = found.iter().filter(|d| d.code == *code).collect();
        let entries: Vec<Value> = mine
            .iter()
            .map(|d| {
                serde_json::from_str(&d.policy(Lang::Zh).replace("这里写理由", "为了这个测试")).expect("JSON")
            })
            .collect();
        let others = found.len() - mine.len();
        let booklet =
            case.as_object_mut().expect("an object").entry("booklet").or_insert(serde_json::json!({}));
        booklet["checks"] = Value::Array(entries);
        let after = findings(&case);
        assert!(!after.iter().any(|d| d.code == *code), "{}: {:?}", code.id(), told(&after));
        assert_eq!(after.len(), others, "{}: {:?}", code.id(), told(&after));
        tried += 1;
    }
    assert!(tried > 10, "{tried}");
    for code in Code::ALL.iter().filter(|code| code.hint(Lang::Zh).contains("checks")) {
        let of_checks = [Code::PolicyCode, Code::PolicyUnused].contains(code);
        assert!(code.adjustable() || of_checks, "{} advises what it does not allow", code.id());
    }
}

#[test]
fn every_code_has_a_case_that_passes() {
    let mut wrong = Vec::new();
    for code in suite() {
        let found = findings(&case(code, "pass.json"));
        if found.iter().any(|d| d.code == code || d.severity == Severity::Error) {
            wrong.push((code.id(), told(&found)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_folder_is_a_code() {
    let folders = fs::read_dir(root().join("tests/suite")).expect("the suite");
    let folders: BTreeSet<_> =
        folders.map(|f| f.expect("an entry").file_name().into_string().expect("a name")).collect();
    let codes: BTreeSet<_> = suite().map(|code| code.id().to_owned()).collect();
    assert_eq!(folders, codes);
}
