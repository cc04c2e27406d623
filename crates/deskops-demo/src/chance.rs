//! Chance that falls the same way for the same seed and day, so that a shorter story has the same days.

use deskops_core::clock::SeededDice;
use deskops_domain::day::{Day, FIRST_DAY};

/// The chance of one module on one day.
pub(crate) struct Chance(SeededDice);

impl Chance {
    /// For one purpose on one day; purposes do not disturb each other.
    pub(crate) fn of(seed: u64, day: Day, purpose: u64) -> Self {
        let day = day.since(FIRST_DAY).unsigned_abs();
        Self(SeededDice::new(SeededDice::new(seed).next() ^ (day << 8) ^ purpose))
    }

    /// From `low` to `high`, both included.
    pub(crate) fn between(&self, low: i64, high: i64) -> i64 {
        let width = high.abs_diff(low) + 1;
        low.saturating_add_unsigned(self.0.next() % width)
    }

    /// The same in steps, as scales and clocks have them.
    pub(crate) fn in_steps(&self, low: i64, high: i64, step: i64) -> i64 {
        self.between(low / step, high / step) * step
    }

    /// A count from `low` to `high`, both included.
    pub(crate) fn count(&self, low: u32, high: u32) -> u32 {
        u32::try_from(self.between(i64::from(low), i64::from(high))).unwrap_or(low)
    }

    /// True so many times in a thousand.
    pub(crate) fn per_mille(&self, times: i64) -> bool {
        self.between(0, 999) < times
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&self, from: &'a [T]) -> &'a T {
        let last = i64::try_from(from.len()).unwrap_or(1) - 1;
        &from[usize::try_from(self.between(0, last)).unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_day_fall_the_same_way_and_others_do_not() {
        let row = |seed, day: Day, purpose| {
            let chance = Chance::of(seed, day, purpose);
            (0..8).map(|_| chance.between(0, 1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(row(1, FIRST_DAY, 1), row(1, FIRST_DAY, 1));
        assert_ne!(row(1, FIRST_DAY, 1), row(2, FIRST_DAY, 1));
        assert_ne!(row(1, FIRST_DAY, 1), row(1, FIRST_DAY.plus(1), 1));
        assert_ne!(row(1, FIRST_DAY, 1), row(1, FIRST_DAY, 2));
    }

    #[test]
    fn steps_stay_within_their_ends() {
        let chance = Chance::of(7, FIRST_DAY, 0);
        for _ in 0..1_000 {
            let kg = chance.in_steps(28_000, 51_000, 20);
            assert!((28_000..=51_000).contains(&kg) && kg % 20 == 0);
            assert!((-2..=2).contains(&chance.between(-2, 2)));
        }
    }
}
