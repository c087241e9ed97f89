//! What an attacker, a broken disk or an odd machine does: a sentence and the
//! right exit code each time.

use std::fs;
use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Project, command, fengcai, judge, many, root};

const ONE: &str = "data/profiles/example-one.json";

/// Characters that act on a terminal, from wherever they come.
#[test]
fn nothing_reaches_a_terminal_raw() {
    let evil = "a\u{1B}[31m\u{7}\u{9B}31m\u{202E}b";
    let project = Project::starter();
    project.edit(ONE, |v| v["name"] = json!(format!("张{evil}三")));
    project.edit("data/booklet.json", |b| b["series"] = json!(evil));
    project.write(&format!("data/profiles/{}.json", evil.replace('\u{9B}', "")), "{}");
    project.run("build", &["--out", project.path("x").to_str().unwrap()]);
    let other = Project::starter();
    other.run("build", &[]).succeeds();
    let out = other.path(&format!("o{evil}"));
    let (out, dir, evil_file) = (out.to_str().unwrap(), other.dir(), other.path(evil));
    fs::write(&evil_file, "%PDF-1.4 no").unwrap();
    let evil_file = evil_file.to_str().unwrap();
    let commands: &[&[&str]] = &[
        &["check", project.dir()],
        &["check", project.dir(), "--person", evil],
        &["status", project.dir()],
        &["fonts", "--names", project.dir()],
        &["fonts", evil],
        &["build", dir, "--out", out],
        &["verify", dir, "--out", out],
        &["diff", evil, dir],
        &["diff", dir, dir, "--out", out],
        &["approve", evil, "--by", evil, "--project", dir],
        &["approve", evil, "--by", "a", "--project", dir],
        &["archive", evil, "--project", dir],
        &["preflight", evil_file, "--project", dir],
        &["preflight", evil],
        &["impose", evil_file, "--scheme", "saddle", "--sheet", evil, "--out", out],
        &["impose", evil_file, "--scheme", "saddle", "--sheet", "A3", "--out", out],
        &["explain", evil],
        &["new", evil_file],
        &["eject", evil_file, "--project", dir],
        &["schema", evil],
        &[evil],
    ];
    let acts = |c: char| c != '\n' && c != '\t' && (c.is_control() || ('\u{202A}'..='\u{202E}').contains(&c));
    for words in commands {
        for format in ["human", "short", "json"] {
            let run = fengcai(&[words, &["--format", format][..]].concat());
            assert!((0..=2).contains(&run.code), "{words:?}: {}", run.err);
            for said in [&run.out, &run.err] {
                assert!(!said.contains(acts), "{words:?} {format}: {said:?}");
            }
        }
    }
}

#[test]
fn a_date_from_outside_is_whole_seconds_or_an_error() {
    let project = Project::starter();
    let run = |epoch: &str, words: &[&str]| {
        let output = command().args(words).env("SOURCE_DATE_EPOCH", epoch).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let build = ["build", project.dir(), "--target", "screen"];
    let approve = ["approve", "--all", "--by", "张三", "--project", project.dir()];
    for epoch in ["abc", "1e9", "-1", "+5", "100000000000000000000", " 1", "1.5", "253402300800"] {
        for words in [&build[..], &approve[..]] {
            let (code, said) = run(epoch, words);
            assert!(
                code == Some(2) && said.contains("SOURCE_DATE_EPOCH"),
                "{epoch} {words:?}: {code:?} {said}"
            );
        }
    }
    assert!(!project.path("out").exists() && !project.path("data/approvals").exists());
    for epoch in ["0", "1767225600", "253402300799", ""] {
        assert_eq!(run(epoch, &build).0, Some(0), "{epoch}");
    }
    assert_eq!(run("253402300799", &approve).0, Some(0));
    let signed: Value = serde_json::from_str(&project.read("data/approvals/example-one.json")).unwrap();
    assert_eq!(signed["signed"][0]["on"], "9999-12-31");
}

/// Told to end, a run ends as the shell expects and leaves nothing behind,
/// also where its parent ignored the signal.
#[cfg(unix)]
#[test]
fn signals_end_a_run_cleanly() {
    use std::os::unix::process::ExitStatusExt;
    let project = many::project(60);
    let mut ended = 0;
    for (number, name) in [(15, "TERM"), (2, "INT"), (1, "HUP"), (3, "QUIT")] {
        for pause in [0, 40, 150, 300, 450, 600, 750, 900] {
            let binary = env!("CARGO_BIN_EXE_fengcai");
            let script = format!("trap '' INT QUIT; exec {binary} build {} -q", project.dir());
            let mut child =
                std::process::Command::new("sh").args(["-c", &script]).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(pause));
            judge("kill", &["-s", name, &child.id().to_string()]);
            let status = child.wait().unwrap();
            let by_signal = status.code() == Some(128 + number) || status.signal() == Some(number);
            // It may have been done, or not yet a run that listens.
            assert!(by_signal || status.code() == Some(0), "{name} after {pause} ms: {status:?}");
            ended += usize::from(status.code() == Some(128 + number));
            let out = project.path("out");
            let hidden = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(".fengcai");
            let left = fs::read_dir(&out).into_iter().flatten().flatten().filter(hidden).count();
            assert_eq!(left, 0, "{name} after {pause} ms");
            if out.join("manifest.json").exists() {
                project.run("verify", &[]).succeeds();
            }
        }
    }
    assert!(ended > 0);
}

/// Somebody else holds the folder: it is said who, and waited for.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_is_held_is_waited_for() {
    let project = Project::starter();
    project.run("build", &["--target", "screen"]).succeeds();
    let out = project.path("out");
    let mut holder = std::process::Command::new("flock")
        .args([out.to_str().unwrap(), "sh", "-c", "echo held; sleep 2.5"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = [0; 4];
    std::io::Read::read_exact(holder.stdout.as_mut().unwrap(), &mut line).unwrap();
    let run = project.run("build", &["--target", "screen", "--lang", "zh"]).succeeds();
    assert!(run.err.contains("flock") && run.err.contains("Ctrl-C"), "{}", run.err);
    holder.wait().unwrap();
}

/// Files of a project that bear the names of the template's are none of it.
#[test]
fn a_template_error_is_shown_where_it_is() {
    let project = Project::starter();
    for file in ["cover.typ", "main.typ", "template.json", "common/base.typ", "common/proof.typ"] {
        project.write(file, "短");
    }
    for file in ["cover.typ", "main.typ"] {
        let text = fs::read_to_string(root().join("templates/spread").join(file)).unwrap();
        project.write(&format!("templates/spread/{file}"), format!("{text}\n#nobody"));
        let run = project.run("build", &[]);
        assert_eq!(run.code, 1, "{file}: {}", run.err);
        assert!(
            run.err.contains("#nobody") && run.err.contains(&format!("templates/spread/{file}:")),
            "{}",
            run.err
        );
        fs::remove_file(project.path(&format!("templates/spread/{file}"))).unwrap();
    }
}

/// Ends what another thread does, also when an assertion fails.
struct Over(std::sync::Arc<std::sync::atomic::AtomicBool>);

impl Drop for Over {
    fn drop(&mut self) {
        self.0.store(true, std::sync::atomic::Ordering::Relaxed);
    }
}

/// Data and template are rewritten again and again while they are read.
#[test]
fn what_changes_while_it_is_read_never_ends_a_run_in_a_bug() {
    let project = Project::starter();
    let data = project.read(ONE);
    let tokens = fs::read_to_string(root().join("templates/common/tokens.typ")).unwrap();
    let own = project.path("templates/spread/common/tokens.typ");
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    let over = Over(std::sync::Arc::default());
    let flag = over.0.clone();
    let one = project.path(ONE);
    let writer = std::thread::spawn(move || {
        let mut turn = 0;
        while !flag.load(std::sync::atomic::Ordering::Relaxed) {
            turn += 1;
            let short = if turn % 2 == 0 { "// short\n#let x = (" } else { &tokens };
            let _ = fs::write(&own, short);
            // A save in two pieces, as programs make it.
            let Ok(mut file) = fs::File::create(&one) else { return };
            let half = data.floor_char_boundary(data.len() / 2);
            let _ = file.write_all(&data.as_bytes()[..half]);
            std::thread::sleep(Duration::from_millis(3));
            let _ = file.write_all(&data.as_bytes()[half..]);
            drop(file);
            std::thread::sleep(Duration::from_millis(30));
        }
    });
    for _ in 0..40 {
        let run = project.run("build", &["--target", "screen", "--lang", "en"]);
        assert!(run.code < 2, "{}", run.err);
        assert!(!run.err.contains("panicked"), "{}", run.err);
    }
    drop(over);
    writer.join().unwrap();
}

/// Names that are no text, keys that look like holes of a message, files that
/// are too large, a screen that takes nothing.
#[cfg(unix)]
#[test]
fn odd_names_and_sizes_are_findings() {
    use std::os::unix::ffi::OsStringExt;
    let project = Project::starter();
    let stray = std::ffi::OsString::from_vec(vec![0xCD, 0xF5, b'.', b'j', b's', b'o', b'n']);
    fs::write(project.path("data/profiles").join(stray), "{}").unwrap();
    let (found, code) = project.check();
    assert_eq!((code, &found[0]["code"]), (0, &json!("W0115")), "{found:?}");

    project.edit(ONE, |v| v["{known}"] = json!(1));
    let (found, _) = project.check();
    let unknown = found.iter().find(|f| f["code"] == "E0103").unwrap();
    assert_eq!(unknown["message"]["en"], "there is no field \"{known}\"");
    project.edit(ONE, |v| drop(v.as_object_mut().unwrap().remove("{known}")));

    fs::create_dir_all(project.path("data/photos")).unwrap();
    fs::File::create(project.path("data/photos/large.jpg")).unwrap().set_len((512 << 20) + 1).unwrap();
    project.edit(ONE, |v| v["photo"] = json!({ "file": "photos/large.jpg" }));
    let (found, code) = project.check();
    assert_eq!(code, 1);
    assert!(
        found.iter().any(|f| f["message"]["zh"].as_str().unwrap().contains("文件超过 512 MB")),
        "{found:?}"
    );
    let large = project.path("data/photos/large.jpg");
    let run = fengcai(&["preflight", large.to_str().unwrap(), "--lang", "zh"]);
    assert!(run.code == 2 && run.err.contains("文件超过 512 MB"), "{}", run.err);

    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    for words in
        [&["--help"][..], &["build", "--help", "--lang", "zh"], &["--version"], &["explain"], &["schema"]]
    {
        let status = command().args(words).stdout(full()).stderr(Stdio::null()).status().unwrap();
        assert_eq!(status.code(), Some(2), "{words:?}");
    }
}

/// What is ejected and what is shown to the print shop says nothing of where
/// it was made.
#[test]
fn copies_are_clean() {
    let project = Project::starter();
    let camera = crate::photos::held(6);
    project.write("data/photos/p.jpg", &camera);
    project.write("data/photos/q.png", crate::support::grey_png(1500, 2100));
    project.edit(ONE, |v| v["photo"] = json!({ "file": "photos/p.jpg" }));
    project.edit("data/profiles/example-two.json", |v| v["photo"] = json!({ "file": "photos/q.png" }));
    let book = project.path("book");
    fengcai(&["eject", book.to_str().unwrap(), "--project", project.dir()]).succeeds();
    let has = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    assert!(has(&camera, b"GPS-SECRET"));
    let copy = fs::read(book.join("photos/1.jpg")).unwrap();
    assert!(!has(&copy, b"GPS-SECRET") && has(&copy, b"Exif"), "only how it was held stays");
    let (a, b) = (image::load_from_memory(&camera).unwrap(), image::load_from_memory(&copy).unwrap());
    assert_eq!(a, b);
    assert!(book.join("photos/2.png").is_file());

    project.run("build", &["--target", "press"]).succeeds();
    let page = project.path("page.html");
    let file = project.path("out/booklet-press.pdf");
    let words =
        ["preflight", file.to_str().unwrap(), "--page", page.to_str().unwrap(), "--project", project.dir()];
    fengcai(&words).succeeds();
    let html = fs::read_to_string(page).unwrap();
    assert!(html.contains("booklet-press.pdf") && !html.contains(project.dir()), "{html}");
}

/// Signatures are not written through a link.
#[cfg(unix)]
#[test]
fn signatures_stay_in_the_project() {
    let (project, elsewhere) = (Project::starter(), Project::empty());
    std::os::unix::fs::symlink(elsewhere.path(""), project.path("data/approvals")).unwrap();
    let run = fengcai(&["approve", "--all", "--by", "张三", "--project", project.dir()]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert_eq!(fs::read_dir(elsewhere.path("")).unwrap().count(), 0);
}

/// A print job that cannot be read judges nothing.
#[test]
fn no_file_is_judged_by_a_print_job_that_cannot_be_read() {
    let project = Project::starter();
    project.run("build", &["--target", "press"]).succeeds();
    let file = project.path("out/booklet-press.pdf");
    let judge = || fengcai(&["preflight", file.to_str().unwrap(), "--project", project.dir()]);
    judge().succeeds();
    project.write("data/press.json", "{ broken");
    let run = judge();
    assert!(run.code == 2 && !run.err.contains("ready to plate"), "{}", run.err);
    project.write("data/press.json", "{ \"trimm\": 1 }");
    assert_eq!(judge().code, 2);
    fs::remove_file(project.path("data/press.json")).unwrap();
    fs::create_dir(project.path("data/press.json")).unwrap();
    let run = judge();
    assert!(run.code == 2 && !run.err.contains("no data/press.json"), "{}", run.err);
}
