//! Any bytes as a profile: read, parsed, checked, told in both languages.
//!
//!     RUSTC_BOOTSTRAP=1 cargo fuzz run profile --fuzz-dir tests/fuzz --sanitizer none -- -runs=1000000

#![no_main]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use fengcai::check::check;
use fengcai::load::{Draft, load, parse};
use fengcai::project::Project;
use fengcai::report::Record;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

/// A starter project on disk; its first profile is replaced in memory.
static STARTER: LazyLock<(TempDir, Draft)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a folder");
    for (path, text) in fengcai::starter::files(fengcai::catalogue::Lang::En, &fengcai::templates::first()) {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("makes folders");
        std::fs::write(path, text).expect("writes");
    }
    let project = Project::open(dir.path()).expect("a project");
    let (draft, _) = load(&project).expect("readable");
    (dir, draft)
});

fuzz_target!(|data: &[u8]| {
    let (_, draft) = &*STARTER;
    let mut found = Vec::new();
    let profile = parse("data/profiles/example-one.json", data, &mut found);
    let profiles = BTreeMap::from([
        ("example-one".to_owned(), profile),
        ("example-two".to_owned(), draft.profiles["example-two"].clone()),
    ]);
    let mut draft = draft.clone();
    draft.press = None;
    draft.profiles = profiles;
    found.extend(check(&draft).1);
    for diagnostic in &found {
        serde_json::to_string(&Record::new(diagnostic)).expect("plain data");
    }
});
