//! Outputs are whole or not there; whatever ends a build, the last one is
//! still there, and the next one cleans up.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;

use crate::support::{Project, command, judge};

const WANG_QI: &str = "data/profiles/wang-qi.json";

/// Files of a folder with their bytes, hidden ones too.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.is_file());
    files.map(|p| (p.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(p).unwrap())).collect()
}

/// Names of everything in a folder.
fn entries(folder: &Path) -> Vec<String> {
    let dir = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = dir.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const ALL: [&str; 5] =
    ["booklet-press.pdf", "booklet.pdf", "cover-press.pdf", "manifest.json", "report.json"];

/// Moments to kill at, in microseconds: the same in every run of the tests,
/// which moment of a build they hit differs.
fn moments(count: usize, most: u64) -> impl Iterator<Item = Duration> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    (0..count).map(move |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        Duration::from_micros(state % most)
    })
}

/// Kills a command after a while, with no chance to clean up.
fn kill_after(args: &[&str], moment: Duration) {
    let mut child = command().args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(moment);
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
fn a_failed_build_leaves_the_last_one() {
    let project = Project::first_edition();
    project.run("build", &[]).succeeds();
    let before = contents(&project.path("out"));
    project.edit(WANG_QI, |v| v["quote"] = json!("无中生有"));
    assert_eq!(project.run("build", &[]).code, 1);
    assert!(before == contents(&project.path("out")));
    assert_eq!(entries(&project.path("out")), ALL);
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
fn killed_approvals_keep_every_signature() {
    let project = Project::without_source();
    let sign = ["approve", "王琦", "--by", "张三", "--round", "1", "--project", project.dir()];
    project.run("build", &[]).succeeds();
    crate::support::fengcai(&sign).succeeds();
    let file = "data/approvals/wang-qi.json";
    let signatures = || {
        let value: serde_json::Value = serde_json::from_str(&project.read(file)).expect("whole JSON");
        value["signed"].as_array().unwrap().clone()
    };
    let mut before = signatures();
    for (i, moment) in moments(200, 90_000).enumerate() {
        kill_after(&sign, moment);
        let after = signatures();
        assert!(after.starts_with(&before) && after.len() <= before.len() + 1, "kill {i}");
        before = after;
    }
    crate::support::fengcai(&sign).succeeds();
    assert_eq!(entries(&project.path("data/approvals")), ["wang-qi.json"]);
    project.run("check", &[]).succeeds();
}

/// A folder that holds two megabytes, until it is dropped.
struct Small<'a>(&'a Path);

impl Drop for Small<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_the_last_build() {
    let project = Project::without_source();
    let out = project.path("small");
    fs::create_dir(&out).unwrap();
    let mounted = judge("mount", &["-t", "tmpfs", "-o", "size=2m", "tmpfs", out.to_str().unwrap()]);
    let Some(_) = mounted else { return };
    let _small = Small(&out);
    let path = out.to_str().unwrap();
    project.run("build", &["--out", path]).succeeds();
    let before = contents(&out);
    let text = project.read(WANG_QI);
    project.write(WANG_QI, text.replace("王琦", "王琪"));
    let run = project.run("build", &["--out", path, "--lang", "zh"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("磁盘满了") && run.err.contains("原样未动"), "{}", run.err);
    assert!(contents(&out) == before);
    assert_eq!(entries(&out), ALL);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_keeps_its_files() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::without_source();
    project.run("build", &[]).succeeds();
    fs::set_permissions(project.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    let before = contents(&project.path("out"));
    // A binary below a private folder cannot be run by others.
    let copy = project.path("fengcai");
    fs::copy(env!("CARGO_BIN_EXE_fengcai"), &copy).unwrap();
    let Some(_) = judge("setpriv", &["--version"]) else { return };
    let user = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let run = Command::new("setpriv").args(user).arg(copy).args(["build", project.dir()]).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("Earlier files are untouched"), "{run:?}");
    assert!(contents(&project.path("out")) == before);
}

#[test]
fn two_builds_at_once_end_as_one_of_them() {
    let project = Project::without_source();
    project.run("build", &[]).succeeds();
    let alone = contents(&project.path("out"));
    for _ in 0..10 {
        let start = || command().args(["build", "-q", project.dir()]).spawn().unwrap();
        let mut both = [start(), start()];
        for build in &mut both {
            assert_eq!(build.wait().unwrap().code(), Some(0));
        }
        assert!(contents(&project.path("out")) == alone);
    }
    assert_eq!(entries(&project.path("out")), ALL);
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_the_folder_and_not_out_of_it() {
    let project = Project::without_source();
    fs::create_dir(project.path("elsewhere")).unwrap();
    fs::create_dir(project.path("private")).unwrap();
    std::os::unix::fs::symlink(project.path("elsewhere"), project.path("out")).unwrap();
    project.run("build", &[]).succeeds();
    assert_eq!(entries(&project.path("elsewhere")), ALL);
    assert!(project.path("out").is_symlink());
    std::os::unix::fs::symlink(project.path("private"), project.path("elsewhere/preview")).unwrap();
    assert_eq!(project.run("build", &["--target", "preview"]).code, 2);
    assert_eq!(entries(&project.path("private")), [""; 0]);
}

/// The first edition with five portraits of five kinds.
fn with_photos() -> Project {
    let project = Project::first_edition();
    let picture = crate::photos::quadrants(1500, 2100, [90, 120, 60]);
    let picture = image::load_from_memory(&picture).unwrap();
    let encoded = |format| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    };
    let photos = [
        ("wang-fengrong", "a.png", encoded(image::ImageFormat::Png)),
        ("zhao-jinmei", "b.tif", encoded(image::ImageFormat::Tiff)),
        ("yan-ping", "c.webp", encoded(image::ImageFormat::WebP)),
        ("wang-yang", "d.jpg", crate::photos::held(8)),
        ("wang-qi", "e.png", crate::support::grey_png(1500, 2100)),
    ];
    for (id, file, bytes) in photos {
        project.write(&format!("data/photos/{file}"), bytes);
        let photo = json!({ "file": format!("photos/{file}") });
        project.edit(&format!("data/profiles/{id}.json"), |v| v["photo"] = photo);
    }
    project
}

/// The same project makes the same bytes wherever, by whom and however it is
/// built, and `verify` says so.
#[test]
fn builds_are_the_same_bytes() {
    let here = with_photos();
    here.run("build", &["--target", "all", "--delivery"]).succeeds();
    let wanted = contents(&here.path("out"));
    let elsewhere = with_photos();
    let deep = format!("{}/深 处/a", elsewhere.dir());
    fs::create_dir_all(&deep).unwrap();
    for folder in ["data", "tests"] {
        fs::rename(elsewhere.path(folder), format!("{deep}/{folder}")).unwrap();
    }
    let environments: [&[(&str, &str)]; 4] = [
        &[("TZ", "Asia/Shanghai"), ("LANG", "zh_CN.UTF-8")],
        &[("TZ", "America/Los_Angeles"), ("LC_ALL", "de_DE.UTF-8"), ("HOME", "/nowhere")],
        &[("LANG", "C"), ("RAYON_NUM_THREADS", "7"), ("USER", "somebody")],
        &[],
    ];
    for (environment, jobs) in environments.into_iter().zip(["1", "2", "3", "1"]) {
        let mut build = command();
        build.args(["build", &deep, "-q", "--target", "all", "--delivery", "--jobs", jobs]);
        assert!(build.envs(environment.iter().copied()).status().unwrap().success());
        let found = contents(&Path::new(&deep).join("out"));
        for (file, bytes) in &wanted {
            assert!(found[file] == *bytes, "{file} under {environment:?}, {jobs} jobs");
        }
        assert_eq!(found.len(), wanted.len());
    }
    here.run("verify", &[]).succeeds();
    if let Some(code) = as_nobody_in_the_open(&here) {
        assert_eq!(code, 0);
        assert!(contents(&here.path("out")) == wanted, "another user");
    }
    // What was altered, or changed since, is named.
    fs::write(here.path("out/booklet.pdf"), "altered").unwrap();
    let text = here.read("data/booklet.json");
    here.write("data/booklet.json", format!("{text}\n"));
    let run = here.run("verify", &["--format", "json"]);
    assert_eq!(run.code, 1);
    let told: Vec<_> =
        run.json_lines().iter().map(|line| format!("{} {}", line["difference"], line["file"])).collect();
    assert!(told.contains(&"\"output-changed\" \"booklet.pdf\"".to_owned()), "{told:?}");
    assert!(told.contains(&"\"input-changed\" \"data/booklet.json\"".to_owned()), "{told:?}");
}

/// Builds as another user in a folder that is theirs.
fn as_nobody_in_the_open(project: &Project) -> Option<i32> {
    judge("setpriv", &["--version"])?;
    let copy = project.path("fengcai");
    fs::copy(env!("CARGO_BIN_EXE_fengcai"), &copy).ok()?;
    judge("chown", &["-R", "65534:65534", project.dir()])?;
    let user = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    let args = ["build", project.dir(), "-q", "--target", "all", "--delivery"];
    Command::new("setpriv").args(user).arg(copy).args(args).status().ok()?.code()
}
