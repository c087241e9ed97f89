//! A stranger's project: links, devices, pipes and folders with our names, put
//! anywhere in it. Whatever is run on it, nothing outside is read, moved,
//! written or removed, and nothing hangs.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rayon::prelude::*;

use crate::support::{Project, Random, command, copy, tree};

/// Stands in every file outside; no output may hold it.
const SECRET: &str = "SECRET-7f3a-outside";
/// Projects that are made.
const PROJECTS: u64 = 2000;

/// Places in a project where something is planted.
const PLACES: [&str; 14] = [
    "",
    "out",
    "out/preview",
    "out/delivery",
    "data",
    "data/approvals",
    "data/archives",
    "data/archives/a",
    "data/photos",
    "data/profiles",
    "templates",
    "templates/spread",
    ".fengcai",
    "book",
];

/// Names that the tool gives or looks for.
const NAMES: [&str; 22] = [
    ".fengcai-writing",
    ".fengcai-decided",
    ".fengcai-decided-1",
    ".fengcai-writing-3",
    ".fengcai-lock",
    ".fengcai",
    ".fengcai-new-0000000000000000",
    "out",
    "preview",
    "delivery",
    "approvals",
    "archives",
    "last-print",
    "manifest.json",
    "report.json",
    "booklet.pdf",
    "booklet-press.pdf",
    "changes.html",
    "example-one.json",
    "press.json",
    "tokens.typ",
    "page-01.png",
];

/// Everything of a folder outside that could change: names, bytes, modes,
/// times.
fn state(outside: &Path) -> Vec<String> {
    let files = tree(outside);
    let told = |(path, bytes): (&String, &Vec<u8>)| {
        let metadata = fs::symlink_metadata(outside.join(path.trim_end_matches('/'))).unwrap();
        format!("{path} {} {:o} {}.{}", bytes.len(), metadata.mode(), metadata.mtime(), metadata.mtime_nsec())
    };
    files.iter().map(told).collect()
}

fn sha256(bytes: &[u8]) -> String {
    fengcai::digest::sha256(bytes)
}

/// A decided folder with a sound plan of a stranger's making.
fn plan(place: &Path, outside: &Path, random: &mut Random) {
    fs::create_dir_all(place).unwrap();
    let evil = b"planted";
    fs::write(place.join("0"), evil).unwrap();
    let file = match random.below(5) {
        0 => "../planted".to_owned(),
        1 => outside.join("planted").display().to_string(),
        2 => "link/planted".to_owned(),
        3 => "preview/planted".to_owned(),
        _ => "planted".to_owned(),
    };
    let removes =
        ["../victim", "link/victim", outside.join("victim").to_str().unwrap()].map(ToOwned::to_owned);
    let plan = serde_json::json!({
        "puts": [{ "file": file, "bytes": evil.len(), "sha256": sha256(evil) }],
        "removes": removes,
    });
    fs::write(place.join("plan.json"), plan.to_string()).unwrap();
    let _ = symlink(outside, place.parent().unwrap().join("link"));
}

/// Puts something hostile at a place.
fn plant(place: &Path, outside: &Path, random: &mut Random) {
    let Some(folder) = place.parent() else { return };
    if fs::create_dir_all(folder).is_err() || fs::symlink_metadata(place).is_ok() && random.below(2) == 0 {
        return;
    }
    let _ = if place.is_dir() { fs::remove_dir_all(place) } else { fs::remove_file(place) };
    let path = place.to_str().unwrap();
    let run =
        |program: &str, args: &[&str]| drop(Command::new(program).args(args).stderr(Stdio::null()).status());
    match random.below(11) {
        0 => drop(symlink(outside, place)),
        1 => drop(symlink(outside.join("victim"), place)),
        2 => drop(symlink(outside.join("not-there"), place)),
        3 => run("mkfifo", &[path]),
        4 => run("mknod", &[path, "c", "1", "5"]),
        5 => drop(std::os::unix::net::UnixListener::bind(place)),
        6 => {
            let _ = fs::create_dir_all(place).and_then(|()| symlink(outside, place.join("loot")));
        }
        7 => {
            let _ = fs::create_dir_all(place).and_then(|()| fs::write(place.join("loot"), "loot"));
        }
        8 => {
            let manifest = serde_json::json!({
                "version": 1, "tool": "fengcai 0.1.0",
                "wishes": { "targets": ["screen"], "marks": false, "delivery": false, "source_date_epoch": null },
                "inputs": [],
                "outputs": [
                    { "file": outside.join("victim"), "bytes": 3, "sha256": "0" },
                    { "file": "../victim", "bytes": 3, "sha256": "0" },
                    { "file": "link/victim", "bytes": 3, "sha256": "0" },
                ],
            });
            let _ = symlink(outside, folder.join("link"));
            let _ = fs::write(place, manifest.to_string());
        }
        _ => plan(place, outside, random),
    }
}

/// A command that writes, or looks at what was written.
fn words(project: &Path, random: &mut Random) -> Vec<String> {
    let at = |below: &str| project.join(below).to_str().unwrap().to_owned();
    let dir = project.to_str().unwrap().to_owned();
    let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let with = |words: &[&str], more: &[String]| [own(words), more.to_vec()].concat();
    match random.below(13) {
        0 | 1 => with(&["build"], &[dir]),
        2 => with(&["build", "--target", "preview"], &[dir]),
        3 => with(&["build", "--delivery", "--target", "screen"], &[dir]),
        4 => with(&["build", "--out"], &[at("out"), dir]),
        5 => with(&["approve", "--all", "--by", "张三", "--project"], &[dir]),
        6 => with(&["approve", "--all", "--by", "张三", "--withdraw", "--project"], &[dir]),
        7 => with(&["archive", "b", "--project"], &[dir]),
        8 => with(&["diff", "--out"], &[at("out"), at("built"), dir]),
        9 => with(&["new"], &[at("book")]),
        10 => with(&["eject"], &[at("book"), "--project".into(), dir]),
        11 => with(
            &["impose", "--scheme", "two-up", "--sheet", "SRA3", "--out"],
            &[at("out/report.json"), at("built/booklet-press.pdf")],
        ),
        _ => match random.below(3) {
            0 => with(
                &["preflight", "--page"],
                &[at("out/preview"), at("built/cover-press.pdf"), "--project".into(), dir],
            ),
            1 => with(&["verify"], &[dir]),
            _ => with(&["status"], &[dir]),
        },
    }
}

/// Runs a command for a minute at most.
fn run(words: &[String]) -> (i32, String) {
    let mut command = command();
    command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let read = |from: &mut dyn std::io::Read| {
        let mut text = Vec::new();
        let _ = from.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    };
    let said = std::thread::spawn(move || (read(&mut out), read(&mut err)));
    for _ in 0..1200 {
        if let Some(status) = child.try_wait().unwrap() {
            let (out, err) = said.join().unwrap();
            return (status.code().unwrap_or(-1), format!("{out}{err}"));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    panic!("{words:?} hangs");
}

#[test]
fn nothing_outside_a_project_is_touched() {
    let model = Project::starter();
    model.run("build", &["--target", "all"]).succeeds();
    fs::rename(model.path("out"), model.path("built")).unwrap();
    let ended: Vec<i32> = (0..PROJECTS)
        .into_par_iter()
        .map(|seed| {
            let mut random = Random::new(seed);
            let here = tempfile::tempdir().unwrap();
            let (project, outside) = (here.path().join("project"), here.path().join("outside"));
            copy(&model.path(""), &project);
            fs::create_dir_all(outside.join("deep")).unwrap();
            for file in
                ["victim", "victim.json", "deep/victim", "booklet.pdf", "page-99.png", "0", "plan.json"]
            {
                fs::write(outside.join(file), SECRET).unwrap();
            }
            fs::set_permissions(outside.join("victim"), fs::Permissions::from_mode(0o640)).unwrap();
            if random.below(2) == 0 {
                copy(&model.path("built"), &project.join("out"));
            }
            for _ in 0..=random.below(4) {
                let (place, name) = (random.pick(&PLACES), random.pick(&NAMES));
                plant(&project.join(place).join(name), &outside, &mut random);
            }
            let before = (state(&outside), state(here.path()).len() - state(&project).len());
            let words = words(&project, &mut random);
            let (code, said) = run(&words);
            let what = || format!("seed {seed}, {words:?}: {code} {said}");
            assert!((0..=2).contains(&code), "{}", what());
            assert_eq!(state(&outside), before.0, "{}", what());
            let beside = state(here.path()).len() - state(&project).len();
            assert_eq!(beside, before.1, "{}", what());
            assert!(!said.contains(SECRET), "{}", what());
            for (path, bytes) in tree(&project) {
                let holds = bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes());
                assert!(!holds, "{path} {}", what());
            }
            code
        })
        .collect();
    let count = |wanted| ended.iter().filter(|code| **code == wanted).count();
    eprintln!("ended with 0: {}, 1: {}, 2: {}", count(0), count(1), count(2));
    assert!(count(0) > 300 && count(2) > 100);
}
