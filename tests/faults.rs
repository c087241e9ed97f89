//! Every call of a command that changes files, once with an error of the disk
//! and once as the last thing the process does: what is said is true, and the
//! next run ends in one whole state.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use rayon::prelude::*;
use serde_json::json;

use crate::support::faults::{Fault, count, run};
use crate::support::{Project, copy, tree};

type Tree = BTreeMap<String, Vec<u8>>;

/// What a run leaves in a folder, without what is hidden or empty.
fn settled(folder: &Path) -> Tree {
    tree(folder)
        .into_iter()
        .filter(|(path, _)| !path.starts_with(".fengcai-") && !path.ends_with('/'))
        .collect()
}

fn leftovers(folder: &Path) -> Vec<String> {
    tree(folder).into_keys().filter(|path| path.contains(".fengcai-")).collect()
}

/// Faults at every call of `args` below `folder` (a path in the project); each
/// starts from the project as it is. `check` sees the project, what happened
/// and how the run ended.
fn at_every_call(
    project: &Project,
    args: &(dyn Fn(&Path) -> Vec<String> + Sync),
    folder: &str,
    check: impl Fn(&Project, Fault, &Output, &str) + Sync,
) {
    let fresh = || {
        let other = Project::empty();
        copy(&project.path(""), &other.path(""));
        other
    };
    let below = |project: &Project| -> PathBuf { project.path("").canonicalize().unwrap().join(folder) };
    let words = |project: &Project| args(&project.path(""));
    let counted = fresh();
    let counted_words = words(&counted);
    let counted_words: Vec<&str> = counted_words.iter().map(String::as_str).collect();
    let Some(calls) = count(&counted_words, &below(&counted)) else { return };
    assert!(calls > 10, "{calls}");
    eprintln!("{calls} calls of {counted_words:?}");
    let cases: Vec<_> = (1..=calls).flat_map(|at| [(at, Fault::Error), (at, Fault::Kill)]).collect();
    cases.par_iter().for_each(|(at, fault)| {
        let project = fresh();
        let words = words(&project);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = run(&words, &below(&project), *at, *fault).expect("runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if *fault == Fault::Kill {
            assert_eq!(output.status.code(), Some(137), "call {at}: {said}");
        }
        assert!(!said.contains("panicked"), "call {at}: {said}");
        check(&project, *fault, &output, &format!("call {at} {fault:?}: {said}"));
    });
}

/// A build with previews and delivery takes the place of one of other data.
#[test]
fn a_build_is_the_old_one_or_the_new_one_and_says_which() {
    let project = Project::starter();
    let first = ["--target", "all", "--delivery"];
    project.run("build", &first).succeeds();
    let old = settled(&project.path("out"));
    project.edit("data/profiles/example-one.json", |v| v["post"]["role"] = json!("主任"));
    let args = |dir: &Path| {
        let dir = dir.to_str().unwrap().to_owned();
        ["build", &dir, "--target", "screen,press,cover", "--lang", "zh"].map(ToOwned::to_owned).to_vec()
    };
    let anew = Project::empty();
    copy(&project.path("data"), &anew.path("data"));
    anew.run("build", &[]).succeeds();
    let new = settled(&anew.path("out"));
    // Also what is only read: a profile that cannot be is a finding, and then
    // nothing is written.
    at_every_call(&project, &args, "", |project, fault, output, what| {
        let now = settled(&project.path("out"));
        let said = String::from_utf8_lossy(&output.stderr);
        match (fault, output.status.code()) {
            (Fault::Kill, _) => {}
            (_, Some(0)) => assert!(now == new, "{what}"),
            (_, Some(1)) => assert!(said.contains("读不了") && now == old, "{what}"),
            (_, Some(2))
                if said.contains("原样未动")
                    || said.contains("没有写任何文件")
                    || said.contains("读不了") =>
            {
                assert!(now == old, "{what}")
            }
            (_, Some(2)) => assert!(said.contains("已经定稿") && said.contains("新旧混杂"), "{what}"),
            (_, code) => panic!("{code:?} {what}"),
        }
        if now != old && now != new {
            let told = project.run("verify", &["--format", "json"]);
            assert!(told.out.contains("unfinished"), "{what}: {}", told.out);
        }
        project.run("build", &[]).succeeds();
        assert!(settled(&project.path("out")) == new, "{what}");
        assert_eq!(leftovers(&project.path("out")), [""; 0], "{what}");
        project.run("verify", &[]).succeeds();
    });
}

#[test]
fn a_new_project_is_whole_or_made_by_the_next_run() {
    let whole = Project::starter();
    let whole = settled(&whole.path(""));
    let args = |dir: &Path| vec!["new".to_owned(), dir.join("book").to_str().unwrap().to_owned()];
    at_every_call(&Project::empty(), &args, "book", |project, _, output, what| {
        let book = project.path("book");
        // A folder that is whole already is refused as not empty.
        if output.status.code() != Some(0) || !leftovers(&book).is_empty() {
            crate::support::fengcai(&["new", book.to_str().unwrap()]);
        }
        assert!(settled(&book) == whole, "{what}");
        assert_eq!(leftovers(&book), [""; 0], "{what}");
    });
}

#[test]
fn an_ejected_book_is_whole_or_made_by_the_next_run() {
    let project = Project::starter();
    let args = |dir: &Path| {
        let (book, dir) = (dir.join("book"), dir.to_str().unwrap().to_owned());
        vec!["eject".to_owned(), book.to_str().unwrap().to_owned(), "--project".to_owned(), dir]
    };
    let other = Project::starter();
    let words = args(&other.path(""));
    crate::support::fengcai(&words.iter().map(String::as_str).collect::<Vec<_>>()).succeeds();
    let whole = settled(&other.path("book"));
    at_every_call(&project, &args, "book", |project, _, output, what| {
        if output.status.code() != Some(0) || !leftovers(&project.path("book")).is_empty() {
            let words = args(&project.path(""));
            crate::support::fengcai(&words.iter().map(String::as_str).collect::<Vec<_>>());
        }
        assert!(settled(&project.path("book")) == whole, "{what}");
        assert_eq!(leftovers(&project.path("book")), [""; 0], "{what}");
    });
}

#[test]
fn a_signature_is_there_or_not() {
    let project = Project::starter();
    let sign = |dir: &Path, by: &str| {
        let dir = dir.to_str().unwrap().to_owned();
        ["approve", "--all", "--by", by, "--project", &dir].map(ToOwned::to_owned).to_vec()
    };
    let first = sign(&project.path(""), "张三");
    crate::support::fengcai(&first.iter().map(String::as_str).collect::<Vec<_>>()).succeeds();
    let args = |dir: &Path| sign(dir, "李四");
    let signatures = |project: &Project| {
        let files = settled(&project.path("data/approvals"));
        let text = |bytes: &Vec<u8>| String::from_utf8(bytes.clone()).unwrap();
        files.values().map(|bytes| text(bytes).matches("\"by\": \"李四\"").count()).collect::<Vec<_>>()
    };
    at_every_call(&project, &args, "data/approvals", |project, fault, output, what| {
        let now = signatures(project);
        let said = String::from_utf8_lossy(&output.stderr);
        let decided = !said.contains("untouched");
        match (fault, output.status.code()) {
            (Fault::Kill, _) => {}
            (_, Some(0)) => assert!(now.iter().all(|n| *n == 1), "{what}"),
            // A file of signatures that cannot be read keeps everybody from signing.
            (_, Some(1)) => assert!(said.contains("E0602") && now.iter().all(|n| *n == 0), "{what}"),
            (_, Some(2)) => assert!(decided || now.iter().all(|n| *n == 0), "{what}"),
            (_, code) => panic!("{code:?} {what}"),
        }
        // Whatever was decided is there after the next signature, once.
        let third = sign(&project.path(""), "王五");
        crate::support::fengcai(&third.iter().map(String::as_str).collect::<Vec<_>>()).succeeds();
        let now = signatures(project);
        assert!(now.iter().all(|n| *n == now[0] && *n <= 1), "{now:?} {what}");
        assert_eq!(leftovers(&project.path("data/approvals")), [""; 0], "{what}");
        project.run("status", &[]).succeeds();
    });
}
