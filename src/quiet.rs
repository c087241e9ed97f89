//! Work whose panic is an answer: the libraries that open foreign files may
//! panic on damaged ones, and nobody wants to read how.

use std::cell::Cell;
use std::panic::{UnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::thread::Result;

thread_local! {
    /// Whether a panic of this thread is to be told of.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs work; its panic comes back as an error and is not told of.
pub(crate) fn quietly<T>(work: impl FnOnce() -> T + UnwindSafe) -> Result<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let told = take_hook();
        set_hook(Box::new(move |panic| {
            if !QUIET.get() {
                told(panic);
            }
        }));
    });
    let before = QUIET.replace(true);
    let result = catch_unwind(work);
    QUIET.set(before);
    result
}
