//! The commands as their users run them.

use std::fs;

use crate::support::{Project, command, fengcai, judge, squeeze};

#[test]
fn a_new_project_builds_with_nothing_around() {
    let empty = Project::empty();
    let binary = empty.path("fengcai");
    fs::copy(env!("CARGO_BIN_EXE_fengcai"), &binary).unwrap();
    let run = |args: &[&str]| {
        let output =
            std::process::Command::new(&binary).args(args).current_dir(empty.dir()).env_clear().output();
        output.unwrap()
    };
    assert!(run(&["new", "x"]).status.success());
    let build = run(&["build", "x", "--deny-warnings"]);
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
    assert!(empty.path("x/out/booklet.pdf").is_file());
    assert!(!run(&["new", "x"]).status.success(), "refuses a folder that is not empty");
    assert_eq!(run(&["new", "x"]).status.code(), Some(2));
}

#[test]
fn blanks_fill_up_to_four_before_the_colophon() {
    let project = Project::starter();
    let run = project.run("build", &["--lang", "zh"]).succeeds();
    assert!(!run.err.contains("留白"), "2 persons need none: {}", run.err);
    project.edit("data/booklet.json", |b| b["order"] = serde_json::json!(["example-one"]));
    let run = project.run("build", &["--lang", "zh"]).succeeds();
    assert!(run.err.contains("第 3, 6, 7 页留白"), "{}", run.err);
    assert!(run.err.contains("W0113"), "the other is not printed: {}", run.err);
}

#[test]
fn an_ejected_project_is_the_same_book() {
    let (project, ejected) = (Project::first_edition(), Project::empty());
    let dir = ejected.path("book");
    fengcai(&["eject", dir.to_str().unwrap(), "--project", project.dir()]).succeeds();
    for file in [
        "main.typ",
        "data.json",
        "sheet.json",
        "lib/grid.typ",
        "common/tokens.typ",
        "fonts/lxgw-wenkai/LXGWWenKai-Regular.ttf",
        "fonts/noto-sans-sc/OFL.txt",
    ] {
        assert!(dir.join(file).is_file(), "{file}");
    }
    project.run("build", &[]).succeeds();
    // Typst itself is no part of CI (ten minutes to compile); where it is
    // installed it must agree.
    let pdf = dir.join("main.pdf");
    let args = ["compile", "main.typ", "--root", ".", "--font-path", "fonts", "--ignore-system-fonts"];
    let Ok(typst) = std::process::Command::new("typst").args(args).current_dir(&dir).status() else { return };
    assert!(typst.success());
    let text = |pdf: &std::path::Path| {
        judge("pdftotext", &["-raw", pdf.to_str().unwrap(), "-"])
            .map(|t| squeeze(&t).replace(['\u{2060}', '\u{AD}'], "").replace('･', "·"))
    };
    assert_eq!(text(&pdf), text(&project.path("out/booklet.pdf")));
}

#[test]
fn fonts_tell_which_sets_a_character() {
    let list = fengcai(&["fonts"]).succeeds().out;
    assert_eq!(list.lines().count(), 11, "{list}");
    assert_eq!(list.matches("OFL-1.1").count(), 11);
    let found = fengcai(&["fonts", "莹", "--format", "json"]).succeeds().json_lines();
    assert_eq!(found[0]["families"], serde_json::json!(["LXGW WenKai", "Noto Sans SC", "Noto Serif SC"]));
    let missing = fengcai(&["fonts", "😀", "--lang", "zh"]);
    assert_eq!(missing.code, 1);
    assert!(missing.out.contains("U+1F600  没有字体有此字"), "{}", missing.out);
}

#[test]
fn help_and_mistakes_are_in_the_chosen_language() {
    let zh = fengcai(&["build", "--help", "--lang", "zh"]).succeeds().out;
    assert!(zh.contains("用法") && zh.contains("输出文件夹") && !zh.contains("Usage"), "{zh}");
    let locale = command().args(["--help"]).env("LANG", "zh_CN.UTF-8").output().unwrap();
    assert!(String::from_utf8(locale.stdout).unwrap().contains("付印"));
    let en = fengcai(&["--help"]).succeeds().out;
    assert!(en.contains("print-ready Chinese booklet"), "{en}");
    for args in [&["nonsense"][..], &["build", "--nonsense"], &["build", "--target", "poster"]] {
        assert_eq!(fengcai(args).code, 2, "{args:?}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(fengcai(&["completions", shell]).succeeds().out.contains("fengcai"));
    }
}

#[test]
fn a_designer_overrides_one_file() {
    let project = Project::starter();
    let tokens = fs::read_to_string(crate::support::root().join("templates/common/tokens.typ")).unwrap();
    project.run("build", &[]).succeeds();
    let before = fs::read(project.path("out/booklet.pdf")).unwrap();
    project.write(
        "templates/spread/common/tokens.typ",
        tokens.replace("8%, 100%, 88%, 12%", "100%, 60%, 0%, 20%"),
    );
    project.run("build", &[]).succeeds();
    assert!(before != fs::read(project.path("out/booklet.pdf")).unwrap());
    project.write("templates/spread/common/tokens.typ", "#let red = cmyk(");
    let run = project.run("build", &["--lang", "zh"]);
    assert_eq!(run.code, 1);
    assert!(
        run.err.contains("E0901") && run.err.contains("templates/spread/common/tokens.typ:1:16"),
        "{}",
        run.err
    );
}

/// A layout waits for a thread that needs a worker of the pool; with one worker
/// it must not be the worker that waits.
#[test]
fn one_core_is_enough() {
    let project = Project::starter();
    let mut command = crate::support::command();
    command
        .args(["build", project.dir(), "--target", "press,cover,screen,proof"])
        .env("RAYON_NUM_THREADS", "1");
    assert!(command.output().unwrap().status.success());
    assert!(project.path("out/booklet-proof.pdf").is_file());
}
