//! Documents of every kind end in the right project, with the doubts that they
//! must raise and no others. The cases are in `tests/intake/`, made by `make.py`
//! there; what is told of each is `told.txt`, written with `UPDATE=1`.

mod claims;
mod exports;
mod hostile;
mod patches;
mod returned;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Project, asked, fengcai, profiles, root, strings};

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/intake")).expect("cases");
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    cases.retain(|path| path.is_dir() && path.join("in").is_dir());
    cases.sort();
    cases
}

/// What a run says, as `--format json` does.
fn log(args: &[&str]) -> Value {
    let run = fengcai(&[&["--format", "json", "--lang", "zh"], args].concat());
    assert!(run.code <= 1, "{args:?}: {}", run.err);
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{args:?}: {error}: {}{}", run.out, run.err))
}

/// The profiles of a project, in the order of its booklet.
fn persons(project: &Project) -> Vec<Value> {
    let booklet: Value = serde_json::from_str(&project.read("data/booklet.json")).expect("JSON");
    let read = |id: &str| project.read(&format!("data/profiles/{id}.json"));
    strings(&booklet["order"]).into_iter().map(|id| serde_json::from_str(&read(id)).expect("JSON")).collect()
}

/// How a profile compares with that of the first edition.
fn compared(profile: &Value, first: &[(String, Value)]) -> String {
    let name = profile["name"].as_str().unwrap_or("-");
    let Some((_, known)) = first.iter().find(|(_, known)| known["name"] == profile["name"]) else {
        return format!("{name}: {}", profile["article"]);
    };
    let fields = ["headline", "post", "article"].into_iter();
    let differ: Vec<String> = fields
        .filter(|field| profile[field] != known[field])
        .map(|field| format!("{field} {}", profile[field]))
        .collect();
    let photo = profile["photo"]["file"].as_str().map(|file| format!(", {file}")).unwrap_or_default();
    format!(
        "{name}: as in the first edition{photo}{}",
        differ.iter().map(|d| format!(", but {d}")).collect::<String>()
    )
}

fn told(case: &Path, first: &[(String, Value)]) -> String {
    let project = Project::empty();
    let files = case.join("in");
    let log = log(&["import", files.to_str().expect("a path"), "--project", project.dir()]);
    let mut told = String::new();
    for profile in persons(&project) {
        told += &compared(&profile, first);
        told += "\n";
    }
    // What was just delivered is what the data say.
    let compared = ["E0211", "E0212", "E0213", "E0214", "E0215", "E0216", "W0217"];
    for finding in project.check().0 {
        assert!(!compared.iter().any(|code| finding["code"] == *code), "{}: {finding:#}", case.display());
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for unread in log["unread"].as_array().expect("a list") {
        told += &format!("not read: {} {}\n", text(&unread["file"]), text(&unread["reason"]));
    }
    for doubt in log["doubts"].as_array().expect("a list") {
        let choices = strings(&doubt["choices"]).join(" | ");
        told += &format!("doubt: {} ({}): {choices}\n", text(&doubt["question"]), text(&doubt["place"]));
    }
    for mend in log["mends"].as_array().expect("a list") {
        told += &format!("mended: {} {}\n", text(&mend["label"]), mend["count"]);
    }
    for notice in log["notices"].as_array().expect("a list") {
        let by = text(&notice["by"]);
        told += &format!(
            "notice: {} {} {by} {}\n",
            text(&notice["place"]),
            text(&notice["label"]),
            text(&notice["text"])
        );
    }
    for left in log["left"].as_array().expect("a list") {
        told += &format!("left: {} {}\n", text(&left["place"]), text(&left["text"]));
    }
    for photo in strings(&log["spare_photos"]) {
        told += &format!("nobody's photo: {photo}\n");
    }
    told
}

#[test]
fn every_case_ends_in_the_right_project() {
    let first = profiles();
    assert!(cases().len() > 20, "{:?}", cases());
    for case in cases() {
        let told = told(&case, &first);
        let path = case.join("told.txt");
        if asked("UPDATE").is_some() {
            fs::write(&path, &told).expect("writes");
        }
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), told, "{}", case.display());
    }
}

/// The raw text becomes the committed data, character for character; honours
/// and figures are among the suggestions.
#[test]
fn the_first_edition_comes_out_of_its_raw_text() {
    let project = Project::empty();
    let text = root().join("tests/fixtures/fengcailu.txt");
    let log = log(&["import", text.to_str().expect("a path"), "--project", project.dir()]);
    let (got, first) = (persons(&project), profiles());
    assert_eq!(got.len(), 10);
    let (mut honours, mut figures, mut missed) = (0, 0, Vec::new());
    for ((got, (_, known)), told) in got.iter().zip(&first).zip(log["persons"].as_array().expect("persons")) {
        for field in ["name", "headline", "post", "article"] {
            assert_eq!(got[field], known[field], "{}", known["name"]);
        }
        assert!(got.get("honours").is_none() && got.get("figures").is_none(), "suggestions are no facts");
        let suggested = |label: &str| -> Vec<&str> {
            let all = told["suggestions"].as_array().expect("a list").iter();
            all.filter(|one| one["label"] == label).filter_map(|one| one["text"].as_str()).collect()
        };
        let wanted = |key: &str| strings(&known["honours"][key]);
        if suggested("社区荣誉") == wanted("community") && suggested("个人荣誉") == wanted("personal")
        {
            honours += 1;
        } else {
            missed.push(format!("{} {:?} {:?}", known["name"], suggested("社区荣誉"), suggested("个人荣誉")));
        }
        let values = suggested("数字");
        let has =
            |figure: &Value| values.iter().any(|value| value.split(' ').next() == figure["value"].as_str());
        if known["figures"].as_array().expect("a list").iter().all(has) {
            figures += 1;
        } else {
            missed.push(format!("{} {values:?}", known["name"]));
        }
    }
    assert!(honours >= 9 && figures >= 8, "{honours} {figures} {missed:#?}");
    let booklet: Value = serde_json::from_str(&project.read("data/booklet.json")).expect("JSON");
    assert_eq!(booklet["series"], "党旗在基层一线高高飘扬");
    let (found, code) = project.check();
    assert_eq!(code, 0, "{found:#?}");
}

/// Every suggestion holds: taken over, nothing is told of it.
#[test]
fn what_is_suggested_is_right_by_every_rule() {
    let project = Project::empty();
    let text = root().join("tests/fixtures/fengcailu.txt");
    fengcai(&["import", text.to_str().expect("a path"), "--project", project.dir(), "--all"]).succeeds();
    let (found, code) = project.check();
    assert_eq!(code, 0, "{found:#?}");
    let with_honours = persons(&project).iter().filter(|person| person["honours"].is_object()).count();
    assert!(with_honours == 10 && persons(&project).iter().all(|p| strings(&p["article"]).len() > 1));
}
