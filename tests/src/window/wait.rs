//! Waiting for something to become true, with a deadline; the one place of the tests that pauses.

use std::thread;
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_millis(20);

/// Looks until there is something to see.
///
/// # Panics
/// After the limit, with what was waited for.
pub fn until<T>(what: &str, limit: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(start.elapsed() < limit, "waited {} s for {what}", limit.as_secs());
        thread::sleep(PAUSE);
    }
}

/// Lets time pass in which others are at work.
pub fn let_pass(time: Duration) {
    thread::sleep(time);
}
