//! A file judged by a process of its own: a file that breaks its reader, takes
//! all memory or never ends is a finding about that file, and the others are
//! judged all the same.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::super::Exit;

/// Memory that a file may take, in bytes, beside eight times its own size.
const MEMORY: u64 = 1 << 30;
/// Time that a file may take, and what each of its megabytes adds.
const TIME: Duration = Duration::from_secs(15);
const TIME_OF_MEGABYTE: Duration = Duration::from_secs(4);
/// How often a process is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// How the judging of a file ended.
pub(super) enum Ended {
    /// It told what it found, and ended so.
    Told(Exit),
    /// The reader broke, or was stopped.
    Broke,
}

/// Runs this program with other arguments; none where that cannot be.
pub(super) fn run(arguments: &[OsString], size: u64) -> Option<Ended> {
    let program = std::env::current_exe().ok()?;
    let mut command = Command::new(program);
    let mut child = command.args(arguments).stdin(Stdio::null()).stderr(Stdio::piped()).spawn().ok()?;
    // What it says is passed on when it has come to its end; how it broke is
    // nobody's concern.
    let mut said = child.stderr.take();
    let said = std::thread::spawn(move || {
        let mut all = Vec::new();
        let read = said.as_mut().map(|said| said.read_to_end(&mut all));
        read.map(|_| all).unwrap_or_default()
    });
    let time = TIME + TIME_OF_MEGABYTE * u32::try_from(size >> 20).unwrap_or(u32::MAX >> 8);
    let begun = Instant::now();
    let mut wait = Duration::from_micros(200);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => {
                let ended = ended(status);
                if let (Ended::Told(_), Ok(said)) = (&ended, said.join()) {
                    // Nobody may be listening.
                    let _ = std::io::stderr().write_all(&said);
                }
                return Some(ended);
            }
            Ok(None) if begun.elapsed() < time && memory(&child) < MEMORY + 8 * size => {
                std::thread::sleep(wait);
                wait = (wait * 2).min(LOOK);
            }
            _ => {
                // It may have ended meanwhile; then there is nothing to stop.
                let _ = child.kill();
                let _ = child.wait();
                return Some(Ended::Broke);
            }
        }
    }
}

fn ended(status: ExitStatus) -> Ended {
    match status.code() {
        Some(0) => Ended::Told(Exit::Clean),
        Some(1) => Ended::Told(Exit::Findings),
        Some(2) => Ended::Told(Exit::Failure),
        _ => Ended::Broke,
    }
}

/// Memory of a process in bytes, as Linux tells it; elsewhere its time alone is
/// bounded.
fn memory(child: &Child) -> u64 {
    let told = std::fs::read_to_string(Path::new("/proc").join(child.id().to_string()).join("statm"));
    let pages = told.ok().and_then(|text| text.split_whitespace().nth(1)?.parse::<u64>().ok());
    pages.unwrap_or(0) * 4096
}
