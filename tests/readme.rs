//! What the README says to editors works as it stands there.

use std::process::Stdio;
use std::time::Duration;

use crate::support::{Project, command, root};

/// The commands of the Chinese part, in order.
fn commands() -> Vec<String> {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README");
    let part = &readme[readme.find("## 给编辑").expect("the part for editors")..];
    let pieces = part.split('`').skip(1).step_by(2);
    pieces.filter(|piece| piece.starts_with("fengcai ")).map(ToOwned::to_owned).collect()
}

/// Every command of the part for editors, run in the book's folder as it says,
/// ends well and speaks Chinese.
#[test]
fn an_editor_can_follow_it() {
    let folder = Project::empty();
    crate::support::copy(&root().join("tests/intake/a-new-book/in"), &folder.path(""));
    let commands = commands();
    assert!(commands.len() > 15, "{commands:?}");
    for line in &commands {
        let words: Vec<String> = line
            .split_whitespace()
            .skip(1)
            .map(|word| word.replace("文件.pdf", "out/booklet-press.pdf"))
            .collect();
        let book = folder.path("我的书");
        let mut run = command();
        let outside = ["new", "studio"].contains(&words[0].as_str());
        run.args(&words).current_dir(if outside { folder.path("") } else { book });
        run.env("LANG", "C").env_remove("LC_ALL");
        if ["watch", "studio"].contains(&words[0].as_str()) {
            run.env("PATH", "");
            let mut child = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
            std::thread::sleep(Duration::from_millis(500));
            assert!(child.try_wait().expect("asked").is_none(), "{line} ended");
            child.kill().expect("ends");
            child.wait().expect("ended");
            continue;
        }
        let output = run.output().expect("runs");
        let said =
            format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(0), "{line}: {said}");
        let chinese = said.is_empty() || said.contains(|c: char| ('一'..='龥').contains(&c));
        assert!(chinese, "{line}: {said}");
    }
}
