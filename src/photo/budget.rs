//! Memory for pictures that are open at the same time, all together: what does
//! not fit waits until others are closed.

use std::sync::{Condvar, Mutex, PoisonError};

/// Bytes for all of them. A picture that wants more is opened alone.
const TOGETHER: u64 = 320 << 20;

/// What open pictures take.
static TAKEN: Mutex<u64> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

/// A share of the memory, given back when it is dropped. Who holds one must not
/// wait for another, nor for work that may wait for one.
#[derive(Debug)]
pub(super) struct Share(u64);

impl Share {
    /// Waits until there is room.
    pub(super) fn of(bytes: u64) -> Self {
        let taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut u64| *taken > 0 && taken.saturating_add(bytes) > TOGETHER;
        let mut taken = FREED.wait_while(taken, full).unwrap_or_else(PoisonError::into_inner);
        *taken += bytes;
        Self(bytes)
    }

    /// None, for what is small beside the share that its maker holds.
    pub(super) fn held_by_another() -> Self {
        Self(0)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap_or_else(PoisonError::into_inner) -= self.0;
        FREED.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn what_does_not_fit_waits() {
        static OPEN: AtomicU64 = AtomicU64::new(0);
        let open = |bytes: u64| {
            let share = Share::of(bytes);
            let now = OPEN.fetch_add(bytes, Ordering::SeqCst) + bytes;
            assert!(now <= TOGETHER || now == bytes, "{now}");
            thread::yield_now();
            OPEN.fetch_sub(bytes, Ordering::SeqCst);
            drop(share);
        };
        thread::scope(|scope| {
            for bytes in [TOGETHER / 3, TOGETHER / 2, TOGETHER * 4, 1, TOGETHER] {
                scope.spawn(move || (0..200).for_each(|_| open(bytes)));
            }
        });
        assert_eq!(OPEN.load(Ordering::SeqCst), 0);
    }
}
