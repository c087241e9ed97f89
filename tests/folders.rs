//! Where outputs go, what they are told against, and whose files they are.

use std::fs;

use serde_json::json;

use crate::support::{Project, command, fengcai, judge, squeeze, tree};

const ONE: &str = "data/profiles/example-one.json";

fn at(project: &Project, below: &str) -> String {
    project.path(below).to_str().unwrap().to_owned()
}

#[test]
fn a_build_has_its_folder_for_itself() {
    let project = Project::starter();
    project.run("build", &["--target", "all"]).succeeds();
    let before = tree(&project.path("out"));
    for below in ["out/preview", "out/new/deep"] {
        let run = project.run("build", &["--out", &at(&project, below), "--lang", "zh"]);
        assert!(run.code == 2 && run.err.contains("另一次生成"), "{below}: {}", run.err);
    }
    for below in ["out", "out/changes", "data/changes", "fonts"] {
        let run = fengcai(&["diff", project.dir(), project.dir(), "--out", &at(&project, below)]);
        assert_eq!(run.code, 2, "{below}: {}", run.err);
    }
    assert_eq!(tree(&project.path("out")), before);
}

/// What took the place of a file of ours is somebody's: it stays, and keeps
/// no build from coming to its end.
#[cfg(unix)]
#[test]
fn what_is_stale_is_taken_away_through_no_link() {
    let project = Project::starter();
    let elsewhere = Project::starter();
    project.run("build", &["--target", "all"]).succeeds();
    fs::rename(project.path("out/preview"), elsewhere.path("preview")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path("preview"), project.path("out/preview")).unwrap();
    let before = tree(&elsewhere.path("preview"));
    project.edit(ONE, |v| v["post"]["role"] = json!("主任"));
    let run = project.run("build", &["--target", "screen", "--lang", "zh"]).succeeds();
    assert!(run.err.contains("booklet-proof.pdf") && !run.err.contains("preview"), "{}", run.err);
    assert_eq!(tree(&elsewhere.path("preview")), before);
    // A link in the project is followed nowhere, also where it was named.
    std::os::unix::fs::symlink(elsewhere.path("preview"), project.path("press")).unwrap();
    let run = project.run("build", &["--out", &at(&project, "press"), "--lang", "zh"]);
    assert!(run.code == 2 && run.err.contains("链接"), "{}", run.err);
    assert_eq!(tree(&elsewhere.path("preview")), before);
}

/// A folder that only looks like one of ours is foreign; nobody waits for a
/// build that never was.
#[test]
fn a_plan_that_nobody_decided_is_foreign() {
    let project = Project::starter();
    project.run("build", &["--target", "screen"]).succeeds();
    project.write("out/.fengcai-decided/0", "another");
    let put = json!({ "file": "booklet.pdf", "bytes": 7, "sha256": "0" });
    project.write("out/.fengcai-decided/plan.json", json!({ "puts": [put], "removes": [] }).to_string());
    project.run("build", &["--target", "screen"]).succeeds();
    let run = project.run("verify", &["--format", "json"]);
    assert_eq!(run.code, 1);
    assert!(run.json_lines().iter().all(|line| line["difference"] == "output-foreign"), "{}", run.out);
    fs::remove_dir_all(project.path("out/.fengcai-decided")).unwrap();
    project.run("verify", &[]).succeeds();
}

#[test]
fn changes_are_told_against_what_was_built() {
    let project = Project::starter();
    let diff = |lang: &str| {
        let run = command().args(["diff", "--lang", lang]).current_dir(project.path("")).output().unwrap();
        (run.status.code(), String::from_utf8_lossy(&run.stderr).into_owned())
    };
    let (code, said) = diff("zh");
    assert!(code == Some(2) && said.contains("fengcai build"), "{said}");
    project.run("build", &["--target", "screen"]).succeeds();
    assert!(diff("zh").1.contains("还没有生成过付印文件"));
    project.run("build", &["--target", "press,cover"]).succeeds();
    assert!(diff("zh").1.contains("与上次生成付印文件时"));
    // Marks of the build are no change of the plates.
    project.run("build", &["--marks", "--target", "press,cover"]).succeeds();
    let run = command().args(["diff", "--format", "json"]).current_dir(project.path("")).output().unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert_eq!(said.lines().count(), 1, "{said}");
}

/// A signature that was broken keeps the press files back, and what `verify`
/// says is that, not that they come out otherwise.
#[test]
fn verify_says_what_waits_for_a_signature() {
    let project = Project::starter();
    project.run("build", &[]).succeeds();
    fengcai(&["approve", "封面", "--by", "李四", "--project", project.dir()]).succeeds();
    project.edit("data/booklet.json", |b| b["series"] = json!("另一个总题"));
    let run = project.run("verify", &["--lang", "zh"]);
    assert!(
        run.code == 1 && run.err.contains("签字") && !run.out.contains("结果不同"),
        "{}{}",
        run.out,
        run.err
    );
    assert_eq!(project.run("build", &["--target", "screen"]).code, 1);
    let first = ["-l", "1", &at(&project, "out/booklet.pdf"), "-"];
    let Some(cover) = judge("pdftotext", &first) else { return };
    assert!(squeeze(&cover).contains("待签"), "{cover}");
}

/// A print job that is there and cannot be read judges and imposes nothing.
#[test]
fn a_broken_print_job_is_never_the_default() {
    let project = Project::starter();
    project.run("build", &["--target", "press"]).succeeds();
    let pdf = at(&project, "out/booklet-press.pdf");
    let sheets = at(&project, "sheets.pdf");
    let impose = [
        "impose",
        &pdf,
        "--scheme",
        "saddle",
        "--sheet",
        "SRA3",
        "--out",
        &sheets,
        "--project",
        project.dir(),
    ];
    let refused = |why: &str| {
        for run in [fengcai(&["preflight", &pdf, "--project", project.dir()]), fengcai(&impose)] {
            assert_eq!(run.code, 2, "{why}: {}", run.err);
        }
        assert!(!project.path("sheets.pdf").exists(), "{why}");
    };
    project.write("data/press.json", "{ \"paper\": ");
    refused("broken");
    #[cfg(unix)]
    for target in ["nowhere.json", "/etc/hostname"] {
        fs::remove_file(project.path("data/press.json")).unwrap();
        std::os::unix::fs::symlink(target, project.path("data/press.json")).unwrap();
        refused(target);
    }
}

/// Who started it with `nohup` wants it to outlive the terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_is_ignored_ends_nothing() {
    use std::io::{BufRead, BufReader};
    use std::os::unix::process::ExitStatusExt;
    let project = Project::starter();
    let mut shell = std::process::Command::new("sh");
    shell.args([
        "-c",
        "trap '' HUP; exec \"$0\" \"$@\"",
        env!("CARGO_BIN_EXE_fengcai"),
        "watch",
        project.dir(),
    ]);
    let mut run = shell.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(run.stdout.take().unwrap()).read_line(&mut line).unwrap();
    for signal in ["-HUP", "-TERM"] {
        std::process::Command::new("kill").args([signal, &run.id().to_string()]).status().unwrap();
    }
    let status = run.wait().unwrap();
    assert!(status.code() == Some(143) || status.signal() == Some(15), "{status:?}");
}

/// A slip of the hand in `--page` or `--out` costs no data and no PDF.
#[test]
fn nothing_is_written_over_a_file_of_another_kind() {
    let project = Project::starter();
    project.run("build", &["--target", "press"]).succeeds();
    let before = tree(&project.path(""));
    let pdf = at(&project, "out/booklet-press.pdf");
    for slip in ["out/booklet-press.pdf", "data/press.json", ONE] {
        let page = ["preflight", &pdf, "--project", project.dir(), "--page", &at(&project, slip)];
        assert_eq!(fengcai(&page).code, 2, "{slip}");
        let out = ["impose", &pdf, "--scheme", "saddle", "--sheet", "SRA3", "--out", &at(&project, slip)];
        assert_eq!(fengcai(&out).code, 2, "{slip}");
    }
    assert!(tree(&project.path("")) == before);
    let page = at(&project, "page.html");
    for _ in 0..2 {
        fengcai(&["preflight", &pdf, "--project", project.dir(), "--page", &page]).succeeds();
    }
}

/// A folder in a project that is a link leads no output of any command out.
#[cfg(unix)]
#[test]
fn no_named_place_leads_out_of_a_project() {
    let project = Project::starter();
    let elsewhere = Project::starter();
    project.run("build", &["--target", "press"]).succeeds();
    std::os::unix::fs::symlink(elsewhere.path(""), project.path("linked")).unwrap();
    let before = tree(&elsewhere.path(""));
    let (pdf, dir) = (at(&project, "out/booklet-press.pdf"), project.dir());
    let place = |name: &str| at(&project, &format!("linked/{name}"));
    let runs: [&[&str]; 5] = [
        &["impose", &pdf, "--scheme", "saddle", "--sheet", "SRA3", "--out", &place("i.pdf")],
        &["preflight", &pdf, "--project", dir, "--page", &place("page.html")],
        &["eject", &place("e"), "--project", dir],
        &["diff", dir, dir, "--out", &place("d")],
        &["new", &place("n")],
    ];
    for words in runs {
        let run = fengcai(&[words, &["--lang", "zh"]].concat());
        assert!(run.code == 2 && run.err.contains("链接"), "{words:?}: {}", run.err);
    }
    assert!(tree(&elsewhere.path("")) == before);
}
