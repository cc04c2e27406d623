//! Time and chance come in here, so that tests and the demo can say what they are.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use deskops_domain::entry::Moment;

/// Says what time it is.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// The computer's own clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where time comes in")]
    fn now(&self) -> Moment {
        let since =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands until it is set. Clones of an `Arc` of it are one clock.
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// A clock that shows this instant.
    #[must_use]
    pub fn at(moment: Moment) -> Self {
        Self(AtomicI64::new(moment.0))
    }

    /// Sets it.
    pub fn set(&self, moment: Moment) {
        self.0.store(moment.0, Ordering::Relaxed);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        Moment(self.0.load(Ordering::Relaxed))
    }
}

impl<C: Clock> Clock for std::sync::Arc<C> {
    fn now(&self) -> Moment {
        (**self).now()
    }
}

/// Rolls the random part of ids.
pub trait Dice: Send + Sync {
    /// Eighty random bits.
    fn roll(&self) -> [u8; 10];
}

/// The operating system's randomness.
pub struct SystemDice;

impl Dice for SystemDice {
    fn roll(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        getrandom::fill(&mut bytes).expect("the operating system has randomness");
        bytes
    }
}

/// The same row of numbers for the same seed, for demo data and tests.
pub struct SeededDice(Mutex<u64>);

impl SeededDice {
    /// Dice that always fall the same way.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }

    /// The next number of the row (splitmix64).
    pub fn next(&self) -> u64 {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl Dice for SeededDice {
    fn roll(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.next().to_be_bytes());
        bytes[8..].copy_from_slice(&self.next().to_be_bytes()[..2]);
        bytes
    }
}

impl<D: Dice> Dice for std::sync::Arc<D> {
    fn roll(&self) -> [u8; 10] {
        (**self).roll()
    }
}
