//! A bell that rings when something was saved here, for whoever waits for that.
//!
//! It says only that something was: what it was stands in the log of changes, where other processes
//! on the same database write, too.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A bell.
#[derive(Default)]
pub struct Bell {
    n_rung: Mutex<u64>,
    rings: Condvar,
}

impl Bell {
    /// Rings it.
    pub fn ring(&self) {
        let mut n_rung = self.n_rung.lock().unwrap_or_else(PoisonError::into_inner);
        *n_rung = n_rung.wrapping_add(1);
        self.rings.notify_all();
    }

    /// Waits until it was rung more often than was heard, but no longer than so; how often it was.
    pub fn wait(&self, heard: u64, patience: Duration) -> u64 {
        let n_rung = self.n_rung.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.rings.wait_timeout_while(n_rung, patience, |n_rung| *n_rung == heard);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bell_wakes_who_waits_and_nobody_misses_a_ring() {
        let bell = Bell::default();
        assert_eq!(bell.wait(0, Duration::from_millis(1)), 0, "nobody rang");
        std::thread::scope(|scope| {
            let heard = scope.spawn(|| bell.wait(0, Duration::from_secs(20)));
            bell.ring();
            assert_eq!(heard.join().unwrap(), 1);
        });
        bell.ring();
        assert_eq!(bell.wait(1, Duration::from_secs(20)), 2, "it rang before anybody waited");
    }
}
