//! The house keeps its order: who may import whom, one comemo, nothing that
//! dials out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::root;

/// The rooms in the order of the flow. A room may import any room before it.
const FLOW: &[&str] = &[
    "catalogue",
    "diag",
    "digest",
    "quiet",
    "model",
    "stamp",
    "assets",
    "documents",
    "colour",
    "photo",
    "fonts",
    "project",
    "templates",
    "starter",
    "load",
    "check",
    "intake",
    "view",
    "world",
    "typeset",
    "pictures",
    "fingerprint",
    "audit",
    "marks",
    "press",
    "render",
    "impose",
    "preflight",
    "report",
    "outtake",
    "manifest",
    "change",
    "approval",
    "delivery",
    "proof",
    "session",
    "studio",
    "server",
];

/// Rooms of the library that the command line may use: what a session is, what
/// it returns, and finished files that need no project.
const FRONT: &[&str] = &[
    "approval",
    "catalogue",
    "change",
    "check",
    "diag",
    "digest",
    "fonts",
    "impose",
    "intake",
    "load",
    "manifest",
    "model",
    "outtake",
    "preflight",
    "press",
    "project",
    "report",
    "server",
    "session",
    "stamp",
    "starter",
    "studio",
    "templates",
    "world",
];

/// Files of the library that look at the world beyond the project's files, and
/// what for: saves are noticed by the clock and the disk, a request has to be
/// there in time, a photo is the same by its stamp, a round is timed, a layout
/// that takes all memory is seen by what the system tells of it.
const LOOKOUTS: &[&str] =
    &["project/kept.rs", "server/http.rs", "session/saves.rs", "studio/rounds.rs", "typeset/budget.rs"];

/// Every `.rs` file below `dir`.
fn sources(dir: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            let name = path.strip_prefix(root().join("src")).unwrap().to_str().unwrap().replace('\\', "/");
            found.push((name, fs::read_to_string(path).unwrap()));
        }
    }
    found
}

/// The room a file belongs to.
fn room(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

/// Rooms named behind `prefix`, in code outside of tests' own modules.
fn named<'a>(text: &'a str, prefix: &str) -> BTreeSet<&'a str> {
    let word = |rest: &'a str| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
    let mut found: BTreeSet<_> = text.split(prefix).skip(1).map(word).filter(|w| !w.is_empty()).collect();
    for list in text.split(&format!("{prefix}{{")).skip(1) {
        let inside = list.split('}').next().unwrap();
        found.extend(inside.split(',').map(|part| word(part.trim())));
    }
    found
}

#[test]
fn rooms_import_only_what_stands_before_them() {
    let place = |room: &str| FLOW.iter().position(|r| *r == room);
    for (file, text) in sources(&root().join("src")) {
        let here = room(&file);
        if ["main", "cli"].contains(&here) {
            for used in named(&text, "fengcai::") {
                assert!(FRONT.contains(&used), "{file} uses fengcai::{used}");
            }
            continue;
        }
        for used in named(&text, "crate::") {
            let constant = used.chars().all(|c| c.is_ascii_uppercase());
            let before = place(used).is_some_and(|u| here == "lib" || place(here).is_some_and(|h| u <= h));
            assert!(constant || before, "{file} uses crate::{used}");
        }
    }
}

/// The judge must not share what the maker knows.
#[test]
fn preflight_knows_nothing_of_how_a_file_was_made() {
    for (file, text) in sources(&root().join("src")) {
        if room(&file) == "preflight" {
            let used = named(&text, "crate::");
            let known: BTreeSet<_> = ["diag", "model", "preflight", "quiet"].into();
            assert!(used.is_subset(&known), "{file} uses {used:?}");
            assert!(!text.contains("lopdf"), "{file} reads with the library that writes");
        }
    }
}

#[test]
fn only_the_command_line_touches_the_world() {
    for (file, whole) in sources(&root().join("src")) {
        let text = whole.split("#[cfg(test)]").next().unwrap();
        let command_line = ["main", "cli"].contains(&room(&file));
        let lookout = LOOKOUTS.contains(&file.as_str());
        for word in ["println!", "std::env", "process::exit", "SystemTime", "Instant::now"] {
            let example = file == "lib.rs";
            assert!(command_line || lookout || example || !text.contains(word), "{file}: {word}");
        }
        let door = room(&file) == "project";
        assert!(command_line || lookout || door || !text.contains("std::fs"), "{file} opens files");
        assert!(!text.contains("TODO") && !text.contains("todo!") && !text.contains("FIXME"), "{file}");
        assert!(
            whole.lines().count() <= 300 || file.starts_with("catalogue/"),
            "{file} is too long for a room"
        );
    }
}

/// Files are short: half of them at most 150 lines.
#[test]
fn rooms_are_small() {
    let mut lines: Vec<_> =
        sources(&root().join("src")).iter().map(|(_, text)| text.lines().count()).collect();
    lines.sort_unstable();
    assert!(lines[lines.len() / 2] <= 150, "{}", lines[lines.len() / 2]);
}

/// Inside a room no two files import each other.
#[test]
fn files_of_a_room_form_no_circle() {
    let all = sources(&root().join("src"));
    let module = |file: &str| file.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
    let mut imports: Vec<(String, String)> = Vec::new();
    for (file, text) in &all {
        let (code, own) = (text.split("#[cfg(test)]").next().unwrap(), module(file));
        let Some((parent, _)) = own.rsplit_once("::") else { continue };
        imports.extend(
            named(code, "super::").into_iter().map(|used| (own.clone(), format!("{parent}::{used}"))),
        );
    }
    for (a, b) in &imports {
        assert!(a == b || !imports.contains(&(b.clone(), a.clone())), "{a} and {b} import each other");
    }
}

#[test]
fn only_assets_names_the_embedded_folders() {
    for (file, text) in sources(&root().join("src")) {
        assert!(
            file == "assets.rs" || !text.contains("include_bytes!") && !text.contains("include_str!"),
            "{file}"
        );
    }
}

#[test]
fn one_comemo_and_nothing_that_dials_out() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let count = |name: &str| lock.matches(&format!("name = \"{name}\"\n")).count();
    assert_eq!(count("comemo"), 1, "two would make evict a silent no-op");
    assert_eq!(count("typst"), 1);
    for name in ["openssl", "openssl-sys", "native-tls", "reqwest", "ureq", "hyper", "tokio", "rustls"] {
        assert_eq!(count(name), 0, "{name}");
    }
}

/// A feature that only a development dependency asks for would compile Typst
/// a second time for the tests.
#[test]
fn run_and_test_share_compiled_dependencies() {
    let tree = |edges| {
        let args = [
            "tree",
            "--offline",
            "--locked",
            "--prefix",
            "none",
            "--no-dedupe",
            "-f",
            "{p} [{f}]",
            "-e",
            edges,
        ];
        let output =
            std::process::Command::new(env!("CARGO")).args(args).current_dir(root()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(ToOwned::to_owned).collect::<BTreeSet<_>>()
    };
    let (run, test) = (tree("normal,build"), tree("normal,build,dev"));
    let lost: Vec<_> = run.difference(&test).collect();
    assert!(lost.is_empty(), "built otherwise for tests: {lost:?}");
}

#[test]
fn fonts_stay_under_75_megabytes_and_have_licences() {
    let files = fengcai::fonts::files();
    let (mut bytes, mut licences) = (0, 0);
    for (path, data) in files {
        bytes += data.len();
        licences += usize::from(path.ends_with("OFL.txt"));
    }
    assert!(bytes < 75_000_000, "{bytes}");
    assert_eq!(licences, 3);
}

#[test]
fn readme_opens_with_the_two_commands() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for command in ["cargo run --release -- build", "cargo test --release"] {
        assert!(readme.lines().take(30).any(|line| line.contains(command)), "{command}");
    }
}
