//! What is made of photographs is kept from one build to the next: never
//! trusted without its hash, never a part of the result.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::json;

use super::{YELLOW, held, quadrants};
use crate::support::{Project, command, judge, tree};

fn project() -> Project {
    let project = Project::first_edition();
    project.write("data/photos/a.jpg", held(6));
    project.write("data/photos/b.png", quadrants(1800, 1500, YELLOW));
    for (id, file) in [("wang-fengrong", "a.jpg"), ("wang-qi", "b.png")] {
        project.edit(&format!("data/profiles/{id}.json"), |v| {
            v["photo"] = json!({ "file": format!("photos/{file}"), "focus": [0.5, 0.4] });
        });
    }
    project
}

/// All files of a build with a cache, by its own folder.
fn built(project: &Project, cache: Option<&Path>, args: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let _ = fs::remove_dir_all(project.path("out"));
    let mut run = command();
    run.args(["build", project.dir(), "--target", "screen,press,cover,preview"]).args(args);
    if let Some(cache) = cache {
        run.env("FENGCAI_CACHE", cache);
    }
    let output = run.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    tree(&project.path("out"))
}

/// The files of a cache.
fn kept(cache: &Path) -> BTreeMap<String, Vec<u8>> {
    tree(cache).into_iter().filter(|(_, bytes)| !bytes.is_empty()).collect()
}

#[test]
fn cold_warm_damaged_or_none_it_is_the_same_book() {
    let project = project();
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("not there yet");
    let plain = built(&project, None, &["--jobs", "1"]);
    assert_eq!(built(&project, Some(&cache), &[]), plain, "cold");
    let entries = kept(&cache);
    assert!(entries.len() >= 6, "two photos, looked at, for the press and for the screen: {}", entries.len());
    assert_eq!(built(&project, Some(&cache), &["--jobs", "3"]), plain, "warm");
    assert_eq!(kept(&cache), entries, "nothing is made twice");
    // Each entry is damaged in another place, or takes the name of another.
    let names: Vec<&String> = entries.keys().collect();
    for (i, name) in names.iter().enumerate() {
        let mut bytes = entries[*name].clone();
        let at = bytes.len() * i / names.len();
        bytes[at] ^= 0x10;
        fs::write(cache.join(name), bytes).unwrap();
    }
    assert_eq!(built(&project, Some(&cache), &[]), plain, "damaged");
    assert_eq!(kept(&cache), entries, "what was damaged is made anew");
    for (one, other) in names.iter().zip(names.iter().skip(1)) {
        fs::write(cache.join(one), &entries[*other]).unwrap();
    }
    assert_eq!(built(&project, Some(&cache), &[]), plain, "exchanged");
    // A folder that is a file keeps nothing, and nothing else happens.
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    assert_eq!(built(&project, Some(&file), &[]), plain, "no folder");
}

/// Where results are kept is as the README says.
#[test]
fn results_are_kept_where_the_environment_says() {
    let project = project();
    let home = tempfile::tempdir().unwrap();
    let kept_with = |vars: &[(&str, &str)]| {
        let mut run = command();
        run.env("HOME", home.path()).current_dir(home.path()).args(["check", project.dir()]);
        assert!(run.envs(vars.iter().copied()).output().unwrap().status.success());
        let kept = kept(home.path());
        fs::remove_dir_all(home.path()).unwrap();
        fs::create_dir(home.path()).unwrap();
        kept.into_keys().collect::<Vec<_>>()
    };
    assert_eq!(kept_with(&[("FENGCAI_CACHE", "")]), [""; 0]);
    let own = kept_with(&[("FENGCAI_CACHE", "own/folder")]);
    assert!(own.len() > 1 && own.iter().all(|file| file.starts_with("own/folder/")), "{own:?}");
    if cfg!(target_os = "linux") {
        let usual = kept_with(&[]);
        assert!(usual.iter().all(|file| file.starts_with(".cache/fengcai/")) && usual.len() == own.len());
        let named = home.path().join("x").to_string_lossy().into_owned();
        let named = kept_with(&[("XDG_CACHE_HOME", &named)]);
        assert!(named.iter().all(|file| file.starts_with("x/fengcai/")) && named.len() == own.len());
    }
}

/// A photo that was exchanged under its name is another one.
#[test]
fn another_photo_under_the_same_name_is_seen() {
    let project = project();
    let folder = tempfile::tempdir().unwrap();
    let before = built(&project, Some(folder.path()), &[]);
    project.write("data/photos/b.png", quadrants(1800, 1500, [10, 10, 10]));
    let after = built(&project, Some(folder.path()), &[]);
    assert_eq!(after, built(&project, None, &[]));
    assert_ne!(after["booklet-press.pdf"], before["booklet-press.pdf"]);
}

/// The same bytes on a processor of 2008 (no AVX), as an emulator plays it.
#[test]
fn every_processor_makes_the_same_bytes() {
    if !cfg!(target_arch = "x86_64") || judge("qemu-x86_64", &["--version"]).is_none() {
        return;
    }
    let project = project();
    let here = built(&project, None, &[]);
    let there = project.path("there");
    let program = command().get_program().to_owned();
    for processor in ["Nehalem", "qemu64"] {
        let mut emulated = std::process::Command::new("qemu-x86_64");
        emulated.env_clear().args(["-cpu", processor]).arg(&program);
        emulated.args(["build", project.dir(), "--target", "screen,press,cover,preview", "--out"]);
        let output = emulated.arg(&there).output().unwrap();
        assert!(output.status.success(), "{processor}: {}", String::from_utf8_lossy(&output.stderr));
        let there = tree(&there);
        for (name, bytes) in &here {
            assert!(there.get(name) == Some(bytes), "{name} on {processor}");
        }
    }
}
