//! What a template may take. A template is a program: it may never end, or
//! make pages that no press and no renderer can take.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use typst::layout::Abs;
use typst_layout::PagedDocument;

use super::Book;
use crate::diag::{Code, Diagnostic, Phrase};

/// Longest side of a page in millimetres: two hundred inches, the most of a PDF
/// page (ISO 32000-1, Annex C).
const SIDE: f64 = 5080.0;
/// Most pages: those of 10,000 persons take 24,000.
const PAGES: usize = 100_000;
/// Longest time in seconds, and bytes of data that give a second more: a book
/// of 1,000 persons, 4 MB of data, takes three seconds.
const SECONDS: u64 = 60;
const BYTES_A_SECOND: u64 = 10_000;
/// How often memory is looked at.
const LOOK: Duration = Duration::from_millis(200);
/// Part of the memory that was free at the start.
const SHARE: f64 = 0.8;
/// Stack of the thread that lays out, as large as a main thread's.
const STACK: usize = 16 << 20;

type Compiled = (Option<Book>, Vec<Diagnostic>);

/// Runs a layout of so many bytes of data beside this thread and gives it up
/// when it takes too long or too much memory. What was given up goes on until
/// the process ends.
pub(super) fn within(bytes: u64, work: impl FnOnce() -> Compiled + Send + 'static) -> Compiled {
    let share = |free: u64| (free as f64 * SHARE) as u64;
    let memory = free_memory().zip(used_memory()).map(|(free, used)| used + share(free));
    watch(SECONDS + bytes / BYTES_A_SECOND, memory, work)
}

/// Runs work for so many seconds at most, while the process takes so many
/// bytes of memory at most.
fn watch(seconds: u64, memory: Option<u64>, work: impl FnOnce() -> Compiled + Send + 'static) -> Compiled {
    let (tell, told) = channel();
    let run = move || {
        // Nobody listens any more when it was given up.
        let _ = tell.send(work());
    };
    let thread = match std::thread::Builder::new().stack_size(STACK).spawn(run) {
        Ok(thread) => thread,
        Err(error) => return (None, vec![refused(Phrase::Io(error.kind(), error.to_string()))]),
    };
    for _ in 0..seconds * 1000 / LOOK.as_millis() as u64 {
        match told.recv_timeout(LOOK) {
            Ok(compiled) => return compiled,
            Err(RecvTimeoutError::Disconnected) => match thread.join() {
                Ok(()) => return (None, vec![]),
                Err(panic) => std::panic::resume_unwind(panic),
            },
            Err(RecvTimeoutError::Timeout) => {}
        }
        if let (Some(most), Some(used)) = (memory, used_memory())
            && used > most
        {
            return (None, vec![refused(Phrase::TooMuchMemory)]);
        }
    }
    (None, vec![refused(Phrase::TooLong(seconds))])
}

/// What of a finished layout is more than a book can be.
pub(super) fn exceeded(document: &PagedDocument) -> Option<Diagnostic> {
    let pages = document.pages();
    if pages.len() > PAGES {
        return Some(refused(Phrase::TooManyPages(pages.len())));
    }
    let most = Abs::mm(SIDE);
    let large = pages.iter().position(|page| !(page.frame.width() <= most && page.frame.height() <= most))?;
    Some(refused(Phrase::TooLargePage).page(Some(large + 1)))
}

fn refused(problem: Phrase) -> Diagnostic {
    Diagnostic::new(Code::TemplateBudget).arg("problem", problem)
}

/// Bytes that are free on the machine, where the system tells.
fn free_memory() -> Option<u64> {
    let text = linux("/proc/meminfo")?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

/// Bytes that this process takes, where the system tells.
fn used_memory() -> Option<u64> {
    let text = linux("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1024)
}

fn linux(file: &str) -> Option<String> {
    if cfg!(target_os = "linux") { std::fs::read_to_string(file).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    /// Work that goes on until the test is over.
    fn endless(keep: usize) -> impl FnOnce() -> Compiled + Send + 'static {
        static OVER: AtomicBool = AtomicBool::new(false);
        move || {
            let held = vec![1_u8; keep];
            while !OVER.load(Ordering::Relaxed) {
                std::thread::sleep(LOOK);
            }
            (None, vec![Diagnostic::new(Code::TemplateBudget).arg("problem", held.len())])
        }
    }

    #[test]
    fn what_does_not_end_is_given_up() {
        let (_, found) = watch(1, None, endless(0));
        assert_eq!(found, [refused(Phrase::TooLong(1))]);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_takes_all_memory_is_given_up() {
        let most = used_memory().unwrap() + (64 << 20);
        let (_, found) = watch(60, Some(most), endless(256 << 20));
        assert_eq!(found, [refused(Phrase::TooMuchMemory)]);
    }

    #[test]
    fn a_panic_is_passed_on() {
        let panicked = std::panic::catch_unwind(|| watch(60, None, || panic!("of a layout")));
        assert!(panicked.is_err());
    }
}
