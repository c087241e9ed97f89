//! Two pieces of work beside each other.

use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread::Builder;

/// Stack of the thread, as large as a main thread's.
const STACK: usize = 16 << 20;

/// Runs one piece of work on a thread of its own and the other on this one, or
/// one after the other where the system gives no thread. Not on a worker of the
/// pool: a layout waits for a thread that needs the pool, and a machine of one
/// core has one worker.
pub(super) fn beside<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    let waiting = Mutex::new(Some(one));
    let run = || {
        let work = waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        work.map(|work| work()).expect("run once")
    };
    std::thread::scope(|scope| {
        let thread = Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        let other = other();
        let one = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => run(),
        };
        (one, other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both run to their ends at the same time, and a panic of either is passed
    /// on.
    #[test]
    fn both_run() {
        let (tell, told) = std::sync::mpsc::channel();
        let (waited, ()) = beside(move || told.recv(), || tell.send(7).expect("somebody waits"));
        assert_eq!(waited, Ok(7));
        let panics = std::panic::catch_unwind(|| beside(|| panic!("of one"), || ()));
        assert!(panics.is_err());
    }
}
