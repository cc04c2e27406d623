//! How many passwords may be hashed at once: each takes its memory, and a flood would take all.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use deskops_domain::api::{Code, Refusal};

/// Hashes at once; with 64 MiB each this is 256 MiB.
const MOST_AT_ONCE: u32 = 4;
/// Who waits for one; further ones are sent away at once.
const MOST_WAITING: u32 = 32;
/// How long anybody waits.
const PATIENCE: Duration = Duration::from_secs(10);

/// Lets so many hash, so many wait, and sends the others away.
pub(crate) struct Hashing {
    most_at_once: u32,
    most_waiting: u32,
    patience: Duration,
    now: Mutex<(u32, u32)>,
    freed: Condvar,
}

impl Default for Hashing {
    fn default() -> Self {
        Self::new(MOST_AT_ONCE, MOST_WAITING, PATIENCE)
    }
}

/// Somebody hashes until this is dropped.
pub(crate) struct Turn<'a>(&'a Hashing);

impl Hashing {
    fn new(most_at_once: u32, most_waiting: u32, patience: Duration) -> Self {
        Self { most_at_once, most_waiting, patience, now: Mutex::default(), freed: Condvar::new() }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// When too many wait, or it takes too long.
    pub(crate) fn turn(&self) -> Result<Turn<'_>, Refusal> {
        let busy = || {
            Refusal::new(Code::Busy, "Too many people sign in at this moment.")
                .hint("Try again in a few seconds.")
                .retry_after_ms(5_000)
        };
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if now.0 >= self.most_at_once {
            if now.1 >= self.most_waiting {
                return Err(busy());
            }
            now.1 += 1;
            let full = |now: &mut (u32, u32)| now.0 >= self.most_at_once;
            let waited = self.freed.wait_timeout_while(now, self.patience, full);
            let (back, waited) = waited.unwrap_or_else(PoisonError::into_inner);
            now = back;
            now.1 -= 1;
            if waited.timed_out() {
                return Err(busy());
            }
        }
        now.0 += 1;
        Ok(Turn(self))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.now.lock().unwrap_or_else(PoisonError::into_inner).0 -= 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_hash_and_the_others_are_told_when_to_come_back() {
        let hashing = Hashing::new(2, 0, Duration::ZERO);
        let one = hashing.turn().unwrap();
        let two = hashing.turn().unwrap();
        let told = hashing.turn().err().unwrap();
        assert_eq!((told.code, told.retry_after), (Code::Busy, Some(5)));
        drop(one);
        assert!(hashing.turn().is_ok());
        drop(two);
        let patient = Hashing::new(1, 1, Duration::from_millis(5));
        let held = patient.turn().unwrap();
        assert_eq!(patient.turn().err().unwrap().code, Code::Busy, "it has waited long enough");
        drop(held);
        assert!(patient.turn().is_ok(), "whoever gave up is not counted any more");
    }
}
