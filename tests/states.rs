//! A folder of outputs is of one state of the data: after any sequence of
//! edits, builds and kills.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use rayon::prelude::*;
use serde_json::{Value, json};

use crate::support::{Project, Random, command, fengcai, tree};

const ONE: &str = "data/profiles/example-one.json";

fn manifest(project: &Project) -> Value {
    serde_json::from_str(&project.read("out/manifest.json")).unwrap()
}

/// Names of what lies in the output folder.
fn outputs(project: &Project) -> Vec<String> {
    tree(&project.path("out")).into_keys().filter(|path| !path.ends_with('/')).collect()
}

fn edit(project: &Project, random: &mut Random) {
    let role = ["书记", "副书记", "主任", "站长", "委员", "校长"][random.below(6)];
    match random.below(5) {
        0 => project.edit("data/booklet.json", |b| b["series"] = json!(format!("丛书{role}"))),
        1 => project.edit("data/booklet.json", |b| b["$comment"] = json!(role)),
        2 => project.edit("data/press.json", |p| p["ink"] = json!({ "limit": 290 + random.below(10) })),
        _ => project.edit(ONE, |v| v["post"]["role"] = json!(role)),
    }
}

fn targets(random: &mut Random) -> Vec<String> {
    let all = ["screen", "press", "cover", "office", "proof", "preview"];
    let mut wanted: Vec<&str> = all.into_iter().filter(|_| random.below(3) == 0).collect();
    if wanted.is_empty() {
        wanted.push("screen");
    }
    let mut args = vec!["--target".to_owned(), wanted.join(",")];
    if random.below(4) == 0 {
        args.push("--delivery".to_owned());
    }
    if random.below(6) == 0 {
        args.push("--marks".to_owned());
    }
    args
}

/// Three hundred sequences of edits, builds of some targets and kills: after
/// each build that ends, everything in the folder is what the data make now,
/// and nothing else is there.
#[test]
fn no_file_is_of_other_data_than_the_manifest() {
    (0..300_u64).into_par_iter().for_each(|seed| {
        let mut random = Random::new(seed);
        let project = Project::starter();
        let mut log = Vec::new();
        for _ in 0..3 + random.below(3) {
            if random.below(3) > 0 {
                edit(&project, &mut random);
                log.push("edit".to_owned());
            }
            let args = targets(&mut random);
            let words: Vec<&str> =
                ["build", project.dir(), "-q"].into_iter().chain(args.iter().map(String::as_str)).collect();
            if random.below(4) == 0 {
                let mut child =
                    command().args(&words).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
                std::thread::sleep(Duration::from_micros(random.below(120_000) as u64));
                let _ = child.kill();
                child.wait().unwrap();
                log.push(format!("killed {args:?}"));
                continue;
            }
            let run = fengcai(&words);
            log.push(format!("{args:?}"));
            assert_eq!(run.code, 0, "seed {seed} {log:?}: {}", run.err);
            let verified = project.run("verify", &[]);
            assert_eq!(verified.code, 0, "seed {seed} {log:?}: {}{}", verified.out, verified.err);
            assert_eq!(outputs(&project).len(), manifest(&project)["outputs"].as_array().unwrap().len() + 1);
        }
    });
}

/// What is of earlier data goes, and it is said; what is of the same data
/// stays, renewed.
#[test]
fn what_is_stale_goes_and_what_is_current_stays() {
    let project = Project::starter();
    project.run("build", &["--target", "screen,press,cover,preview", "--delivery"]).succeeds();
    let run = project.run("build", &["--target", "proof", "--lang", "zh"]).succeeds();
    assert!(!run.err.contains("已删去"), "{}", run.err);
    for file in [
        "booklet.pdf",
        "booklet-press.pdf",
        "booklet-proof.pdf",
        "delivery/交付单.pdf",
        "preview/page-08.png",
    ] {
        assert!(project.path(&format!("out/{file}")).is_file(), "{file}");
    }
    project.edit(ONE, |v| v["headline"] = json!(["另一个标题"]));
    let run = project.run("build", &["--target", "screen", "--lang", "zh"]).succeeds();
    assert!(
        run.err.contains("已删去") && run.err.contains("delivery/") && run.err.contains("preview/"),
        "{}",
        run.err
    );
    assert_eq!(outputs(&project), ["booklet.pdf", "manifest.json", "report.json"]);
    project.run("verify", &[]).succeeds();
    // The first build for the print shop is still what changes are told against.
    let run = fengcai(&["diff", "--format", "json", "--project-of-no-use"]);
    assert_eq!(run.code, 2);
    let run = command().args(["diff", "--format", "json"]).current_dir(project.path("")).output().unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(said.contains("\"headline"), "{said}{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn verify_names_what_does_not_belong() {
    let project = Project::starter();
    project.run("build", &["--target", "all", "--delivery"]).succeeds();
    project.run("verify", &[]).succeeds();
    let planted = [
        "booklet (1).pdf",
        "delivery/old.pdf",
        "preview/page-99.png",
        "deep/er/note.txt",
        "delivery/.hidden",
    ];
    for file in planted {
        project.write(&format!("out/{file}"), "planted");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", project.path("out/link.pdf")).unwrap();
    let run = project.run("verify", &["--format", "json"]);
    assert_eq!(run.code, 1);
    for file in planted {
        let named = |line: &Value| line["difference"] == "output-foreign" && line["file"] == file;
        assert!(run.json_lines().iter().any(named), "{file}: {}", run.out);
    }
    assert_eq!(run.json_lines().len(), planted.len() + usize::from(cfg!(unix)), "{}", run.out);
    // The next build leaves alone what is not its own.
    project.edit(ONE, |v| v["post"]["role"] = json!("主任"));
    project.run("build", &[]).succeeds();
    assert!(planted.iter().all(|file| project.path(&format!("out/{file}")).is_file()));
    assert_eq!(project.run("verify", &[]).code, 1);
}

/// A manifest that names places outside, devices and pipes: nothing is read
/// there, and nobody waits.
#[cfg(unix)]
#[test]
fn a_manifest_is_not_trusted() {
    let project = Project::starter();
    project.run("build", &["--target", "screen"]).succeeds();
    let mut value = manifest(&project);
    for file in ["/etc/shadow", "/dev/zero", "../data/booklet.json", "pipe", "link"] {
        let output = json!({ "file": file, "bytes": 1_000_000_000_000_u64, "sha256": "0" });
        value["outputs"].as_array_mut().unwrap().push(output);
    }
    project.write("out/manifest.json", value.to_string());
    std::os::unix::fs::symlink("/etc/hostname", project.path("out/link")).unwrap();
    std::process::Command::new("mkfifo").arg(project.path("out/pipe")).status().unwrap();
    let run = project.run("verify", &["--format", "json"]);
    assert_eq!(run.code, 1);
    let of = |file: &str, kind: &str| {
        let lines = run.json_lines();
        assert!(lines.iter().any(|l| l["file"] == file && l["difference"] == kind), "{file}: {}", run.out);
    };
    for file in ["/etc/shadow", "/dev/zero", "../data/booklet.json", "link"] {
        of(file, "output-outside");
    }
    of("pipe", "output-missing");
    // A pipe where the report should be keeps nobody waiting either.
    fs::remove_file(project.path("out/report.json")).unwrap();
    std::process::Command::new("mkfifo").arg(project.path("out/report.json")).status().unwrap();
    let out = project.path("out");
    assert_eq!(fengcai(&["diff", out.to_str().unwrap(), project.dir()]).code, 2);
}

/// A folder of somebody's is not written into, nor the project itself.
#[test]
fn a_folder_of_outputs_is_ours_or_empty() {
    let project = Project::starter();
    project.write("mine/booklet.pdf", "mine");
    project.write("mine/preview/page-1.png", "mine");
    project.write("mine/.fengcai-mine/thing", "mine");
    let before = tree(&project.path("mine"));
    let out = |below: &str| project.path(below).to_str().unwrap().to_owned();
    for folder in ["mine", "data/profiles", "data", "templates/spread", "fonts/x", ".", "data/new"] {
        let run = project.run("build", &["--target", "all", "--out", &out(folder)]);
        assert_eq!(run.code, 2, "{folder}: {}", run.err);
        assert!(run.err.contains("Nothing was written"), "{folder}: {}", run.err);
    }
    let run = fengcai(&["diff", project.dir(), project.dir(), "--out", &out("mine")]);
    assert_eq!(run.code, 0, "no file of these names: {}", run.err);
    fs::remove_file(project.path("mine/changes.html")).unwrap();
    assert_eq!(tree(&project.path("mine")), before);
    project.write("mine/changes.html", "mine");
    assert_eq!(fengcai(&["diff", project.dir(), project.dir(), "--out", &out("mine")]).code, 2);
    assert_eq!(project.read("mine/changes.html"), "mine");
    project.run("check", &[]).succeeds();
    // A file of somebody's in a folder of ours is not written over.
    project.run("build", &["--target", "screen", "--out", &out("ours")]).succeeds();
    project.write("ours/booklet-proof.pdf", "mine");
    let run = project.run("build", &["--target", "proof", "--out", &out("ours"), "--lang", "zh"]);
    assert_eq!((run.code, project.read("ours/booklet-proof.pdf")), (2, "mine".to_owned()), "{}", run.err);
    assert!(run.err.contains("booklet-proof.pdf") && run.err.contains("移走"), "{}", run.err);
}

/// A file where a folder of ours has to go is said before anything is decided.
#[test]
fn a_file_where_a_folder_must_be_is_told_first() {
    let project = Project::starter();
    project.run("build", &[]).succeeds();
    let before = tree(&project.path("out"));
    project.write("out/preview", "");
    let run = project.run("build", &["--target", "all", "--lang", "zh"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("out/preview") && run.err.contains("原样未动"), "{}", run.err);
    fs::remove_file(project.path("out/preview")).unwrap();
    assert_eq!(tree(&project.path("out")), before);
    project.run("build", &["--target", "all"]).succeeds();
}

/// Archives: kept as they were, compared by their names, never overwritten.
#[test]
fn archives_are_compared_by_name() {
    let project = Project::starter();
    let archive = |name: &str| fengcai(&["archive", name, "--project", project.dir(), "--lang", "zh"]);
    assert_eq!(archive("送审一稿").code, 2, "nothing is built yet");
    project.run("build", &[]).succeeds();
    archive("送审一稿").succeeds();
    assert_eq!(archive("送审一稿").code, 2);
    for name in ["", "../x", "a/b", ".x", "a\u{7}b", &"长".repeat(61)] {
        assert_eq!(archive(name).code, 2, "{name}");
    }
    project.edit(ONE, |v| v["headline"] = json!(["另一个标题"]));
    project.run("build", &[]).succeeds();
    let list = fengcai(&["archive", "--project", project.dir()]).succeeds();
    assert_eq!(list.out, "送审一稿\n");
    let run = fengcai(&["diff", "送审一稿", project.dir(), "--format", "json"]).succeeds();
    assert!(run.out.contains("\"headline"), "{}", run.out);
    let run = fengcai(&["diff", "没有这个", project.dir()]);
    assert_eq!(run.code, 2);
    let folder = project.path("data/archives/送审一稿");
    let names: Vec<_> = tree(&folder).into_keys().collect();
    assert_eq!(
        names,
        ["booklet-press.pdf", "booklet.pdf", "cover-press.pdf", "manifest.json", "report.json"]
    );
    assert!(Path::new(&folder).is_dir());
}
