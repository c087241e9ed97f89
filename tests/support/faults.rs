//! One call that changes files fails, or is the last that a process makes.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// With an error of the disk.
    Error,
    /// Never: the process is gone.
    Kill,
}

/// The library that stands between the binary and the system, compiled once;
/// `None` where there is no C compiler, or no system that takes it.
fn shim() -> Option<&'static Path> {
    static SHIM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let compile = || {
        if !cfg!(target_os = "linux") {
            return None;
        }
        let library = tempfile::tempdir().ok()?.keep().join("faults.so");
        let source = super::root().join("tests/support/faults.c");
        let args =
            ["-shared", "-fPIC", "-O1", "-o", library.to_str()?, source.to_str()?, "-ldl", "-lpthread"];
        super::judge("cc", &args)?;
        Some(library)
    };
    SHIM.get_or_init(compile).as_deref()
}

/// A command whose calls below a folder are watched.
fn watched(args: &[&str], folder: &Path, kind: &str) -> Option<Command> {
    let mut command = super::command();
    command.args(args).env("LD_PRELOAD", shim()?).env("FAULT_DIR", folder).env("FAULT_KIND", kind);
    Some(command)
}

/// The environment in which the disk that a folder is on has no room left.
pub(crate) fn full_disk(folder: &Path) -> Option<Vec<(&'static str, String)>> {
    let (library, folder) =
        (shim()?.display().to_string(), folder.canonicalize().ok()?.display().to_string());
    Some(vec![("LD_PRELOAD", library), ("FAULT_DIR", folder), ("FAULT_KIND", "full".to_owned())])
}

/// Number of calls that change files below a folder.
pub(crate) fn count(args: &[&str], folder: &Path) -> Option<usize> {
    let log = tempfile::NamedTempFile::new().ok()?;
    let output = watched(args, folder, "count")?.env("FAULT_LOG", log.path()).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(log.path()).ok()?.trim().parse().ok()
}

/// Runs a command of which the call of a number, from 1, ends in a fault.
pub(crate) fn run(args: &[&str], folder: &Path, at: usize, fault: Fault) -> Option<Output> {
    let kind = if fault == Fault::Error { "error" } else { "kill" };
    watched(args, folder, kind)?.env("FAULT_AT", at.to_string()).output().ok()
}
