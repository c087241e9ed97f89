//! Projects to test with, the binary under test, and judges we did not write.

pub(crate) mod browser;
pub(crate) mod faults;
pub(crate) mod many;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// The repository, which is the project of the first edition.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A project in a temporary folder.
pub(crate) struct Project(TempDir);

impl Project {
    /// A copy of the first edition's data.
    pub(crate) fn first_edition() -> Self {
        let project = Self::empty();
        copy(&root().join("data"), &project.path("data"));
        copy(&root().join("tests/fixtures"), &project.path("tests/fixtures"));
        project
    }

    /// The first edition without the delivered text, so that a test can change
    /// words and see what else is said.
    pub(crate) fn without_source() -> Self {
        let project = Self::first_edition();
        project.edit("data/booklet.json", |b| drop(b.as_object_mut().expect("an object").remove("source")));
        project
    }

    /// What `fengcai new` makes.
    pub(crate) fn starter() -> Self {
        let project = Self::empty();
        fengcai(&["new", project.dir()]).succeeds();
        project
    }

    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn dir(&self) -> &str {
        self.0.path().to_str().expect("a plain path")
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    pub(crate) fn write(&self, below: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("below the project")).expect("makes folders");
        fs::write(path, bytes).expect("writes");
    }

    pub(crate) fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).unwrap_or_else(|e| panic!("{below}: {e}"))
    }

    /// Replaces the only occurrence of a piece of a file.
    pub(crate) fn replace(&self, below: &str, from: &str, to: &str) {
        let text = self.read(below);
        assert_eq!(text.matches(from).count(), 1, "{from} in {below}");
        self.write(below, text.replace(from, to));
    }

    /// Changes a JSON file as a value.
    pub(crate) fn edit(&self, below: &str, change: impl FnOnce(&mut Value)) {
        self.edit_text(below, &self.read(below), change);
    }

    /// Writes a JSON text, changed as a value.
    pub(crate) fn edit_text(&self, below: &str, text: &str, change: impl FnOnce(&mut Value)) {
        let mut value = serde_json::from_str(text).expect("JSON");
        change(&mut value);
        self.write(below, serde_json::to_string_pretty(&value).expect("JSON"));
    }

    /// Runs `fengcai COMMAND DIR ARGS…`.
    pub(crate) fn run(&self, command: &str, args: &[&str]) -> Run {
        fengcai(&[&[command, self.dir()], args].concat())
    }

    /// Codes of the findings of `check`, with the exit code.
    pub(crate) fn check(&self) -> (Vec<Value>, i32) {
        let run = self.run("check", &["--format", "json"]);
        (run.json_lines(), run.code)
    }
}

/// What whoever runs the tests asks for.
#[allow(clippy::disallowed_methods, reason = "no test of what the program reads")]
pub(crate) fn asked(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}

/// Files below a folder, hidden ones too, with their bytes; what is no file
/// with what it is.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![String::new()];
    while let Some(below) = folders.pop() {
        let Ok(entries) = fs::read_dir(folder.join(&below)) else { continue };
        for entry in entries.map(|entry| entry.expect("an entry")) {
            let path = format!("{below}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().expect("a type");
            if kind.is_dir() {
                found.insert(format!("{path}/"), vec![]);
                folders.push(format!("{path}/"));
            } else if kind.is_file() {
                found.insert(path, fs::read(entry.path()).expect("reads"));
            } else {
                found.insert(path, format!("{kind:?} {:?}", fs::read_link(entry.path()).ok()).into_bytes());
            }
        }
    }
    found
}

/// Copies a folder of plain files.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("makes folders");
    for entry in fs::read_dir(from).expect("lists") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).expect("copies");
        }
    }
}

/// How the binary ended and what it said.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    fn new(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let code = output.status.code().unwrap_or(-1);
        Self { code, out: text(output.stdout), err: text(output.stderr) }
    }

    pub(crate) fn succeeds(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self
    }

    pub(crate) fn json_lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
    }
}

/// Runs the binary under test in a neutral environment.
pub(crate) fn fengcai(args: &[&str]) -> Run {
    Run::new(command().args(args).output().expect("the binary runs"))
}

/// The binary under test, to be set up further.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fengcai"));
    command.env_clear().env("LANG", "C.UTF-8");
    command
}

/// Output of an outside judge, or `None` where it is not installed. Under
/// `FENGCAI_REQUIRE_TOOLS=1` it must be.
pub(crate) fn judge(program: &str, args: &[&str]) -> Option<String> {
    match Command::new(program).args(args).output() {
        Ok(output) => {
            assert!(
                output.status.success(),
                "{program} {args:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            Some(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Err(error) => {
            #[allow(clippy::disallowed_methods, reason = "tests are told from outside what must be there")]
            let required = asked("FENGCAI_REQUIRE_TOOLS").is_some();
            assert!(!required, "{program}: {error}");
            eprintln!("{program} is not installed; skipped");
            None
        }
    }
}

/// Numbers that look random and are the same in every run (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self((seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below another.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % most
    }

    /// One of several.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// Text without white space, as texts are compared.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The profiles of the first edition in order: id and data.
pub(crate) fn profiles() -> Vec<(String, Value)> {
    let read = |path: &str| -> Value {
        let text = fs::read_to_string(root().join("data").join(path)).expect("a data file");
        serde_json::from_str(&text).expect("JSON")
    };
    let booklet = read("booklet.json");
    let order = booklet["order"].as_array().expect("a list");
    let ids = order.iter().map(|id| id.as_str().expect("text").to_owned());
    ids.map(|id| (id.clone(), read(&format!("profiles/{id}.json")))).collect()
}

/// The strings of a JSON list.
pub(crate) fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// A grey picture.
pub(crate) fn grey_png(width: u32, height: u32) -> Vec<u8> {
    let picture = image::GrayImage::from_fn(width, height, |x, y| image::Luma([(90 + (x + y) % 100) as u8]));
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    png.into_inner()
}
