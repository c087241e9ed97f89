//! Outputs are whole or not there; a failed build leaves the last one alone.

use std::fs;

use serde_json::json;

use crate::support::{Project, command};

#[test]
fn a_failed_build_leaves_the_last_one() {
    let project = Project::first_edition();
    project.run("build", &[]).succeeds();
    let before = fs::read(project.path("out/booklet.pdf")).unwrap();
    project.edit("data/profiles/wang-qi.json", |v| v["quote"] = json!("无中生有"));
    assert_eq!(project.run("build", &[]).code, 1);
    assert!(before == fs::read(project.path("out/booklet.pdf")).unwrap());
    assert_eq!(entries(&project), ["booklet-press.pdf", "booklet.pdf", "cover-press.pdf", "report.json"]);
}

#[test]
fn a_file_in_the_way_is_an_error_of_output() {
    let project = Project::first_edition();
    project.write("out", "not a folder");
    let run = project.run("build", &["--lang", "zh"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("写不进"), "{}", run.err);
    assert_eq!(project.read("out"), "not a folder");
}

#[test]
fn killed_builds_leave_whole_files() {
    let project = Project::first_edition();
    project.run("build", &[]).succeeds();
    let before = fs::read(project.path("out/booklet.pdf")).unwrap();
    for i in 0..20 {
        let mut build =
            command().args(["build", project.dir()]).stderr(std::process::Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(8 * i));
        let _ = build.kill();
        build.wait().unwrap();
        assert!(before == fs::read(project.path("out/booklet.pdf")).unwrap(), "kill {i}");
    }
    project.run("build", &[]).succeeds();
}

#[test]
fn stale_previews_go() {
    let project = Project::starter();
    project.write("out/preview/page-99.png", "old");
    project.write("out/preview/notes.txt", "mine");
    project.run("build", &["--target", "preview"]).succeeds();
    assert!(!project.path("out/preview/page-99.png").exists());
    assert!(project.path("out/preview/notes.txt").exists());
    assert!(project.path("out/preview/page-08.png").exists());
}

fn entries(project: &Project) -> Vec<String> {
    let dir = fs::read_dir(project.path("out")).unwrap();
    let mut names: Vec<_> = dir.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
