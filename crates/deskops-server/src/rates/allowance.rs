//! An allowance: so many requests in a minute, and so many within a second, for each who asks.
//!
//! governor does the arithmetic (GCRA on a monotonic clock); what it knows of each is kept in a list
//! of our own, because its own lists grow with whoever comes.

use std::hash::Hash;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use governor::clock::{Clock, MonotonicClock, Reference as _};
use governor::middleware::StateInformationMiddleware;
use governor::{NotUntil, Quota, RateLimiter};

use super::few::Few;

/// Everybody of a large office, and many strangers for each of them: about 10 MB.
const MOST: usize = 100_000;
/// How often a full list is looked through, which takes a few milliseconds.
const SWEPT_EVERY: Duration = Duration::from_secs(1);

/// How much of an allowance is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Left {
    /// Requests in a minute.
    pub limit: u32,
    /// Requests that may come now.
    pub remaining: u32,
    /// Seconds until all of them may come again.
    pub whole_after: u64,
    /// Seconds after which the next one may come, where this one may not.
    pub retry_after: Option<u64>,
}

/// So many requests for each who asks.
pub(super) struct Allowance<K: Hash + Eq + Clone, C: Clock + Clone = MonotonicClock> {
    limit: u32,
    minute: Limiter<K, C>,
    second: Option<Limiter<K, C>>,
}

impl<K: Hash + Eq + Clone> Allowance<K> {
    /// So many in a minute, of which so many may come at once; none where nothing is limited. 0
    /// limits nothing within a second.
    pub fn of(per_minute: u32, at_once: u32, per_second: u32) -> Option<Self> {
        Self::on(&MonotonicClock, MOST, [per_minute, at_once, per_second])
    }
}

impl<K: Hash + Eq + Clone, C: Clock + Clone> Allowance<K, C> {
    fn on(clock: &C, most: usize, [per_minute, at_once, per_second]: [u32; 3]) -> Option<Self> {
        let limit = NonZeroU32::new(per_minute)?;
        let at_once = NonZeroU32::new(at_once).unwrap_or(limit);
        let second = NonZeroU32::new(per_second).map(Quota::per_second);
        Some(Self {
            limit: per_minute,
            minute: Limiter::new(Quota::per_minute(limit).allow_burst(at_once), clock, most),
            second: second.map(|quota| Limiter::new(quota, clock, most)),
        })
    }

    /// Takes one request from the allowance of who asks, and says how much is left.
    pub fn take(&self, key: &K) -> Left {
        // A request that comes too soon takes nothing from the minute.
        let at_once = self.second.as_ref().map_or(Ok(u32::MAX), |second| second.take(key));
        let taken = at_once.and_then(|at_once| Ok((self.minute.take(key)?, at_once)));
        let (remaining, retry_after) = match taken {
            Ok((remaining, at_once)) => (remaining.min(at_once), None),
            Err(wait) => (0, Some(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))),
        };
        let missing = u64::from(self.limit.saturating_sub(remaining));
        let whole_after = (missing * 60).div_ceil(u64::from(self.limit));
        Left { limit: self.limit, remaining, whole_after, retry_after }
    }
}

/// One limit of an allowance.
struct Limiter<K: Hash + Eq + Clone, C: Clock> {
    of: RateLimiter<K, Few<K>, C, StateInformationMiddleware>,
    most: usize,
    swept: Mutex<Option<C::Instant>>,
}

impl<K: Hash + Eq + Clone, C: Clock + Clone> Limiter<K, C> {
    fn new(quota: Quota, clock: &C, most: usize) -> Self {
        let of = RateLimiter::new(quota, Few::of(most), clock.clone());
        Self { of, most, swept: Mutex::default() }
    }

    /// How many may still come, or how long the next one has to wait.
    fn take(&self, key: &K) -> Result<u32, Duration> {
        if self.of.len() >= self.most {
            self.sweep();
        }
        let taken = self.of.check_key(key);
        taken
            .map(|left| left.remaining_burst_capacity())
            .map_err(|until: NotUntil<C::Instant>| until.wait_time_from(self.of.clock().now()))
    }

    /// Forgets everybody whose allowance is whole again.
    fn sweep(&self) {
        let now = self.of.clock().now();
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = swept.is_none_or(|at| now.duration_since(at) >= SWEPT_EVERY.into());
        if is_due {
            self.of.retain_recent();
            *swept = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn on(
        clock: &FakeRelativeClock,
        most: usize,
        rates: [u32; 3],
    ) -> Allowance<String, FakeRelativeClock> {
        Allowance::on(clock, most, rates).unwrap()
    }

    #[test]
    fn an_allowance_is_used_up_and_comes_back_little_by_little() {
        let clock = FakeRelativeClock::default();
        let programs = on(&clock, 10, [100, 100, 20]);
        let (one, other) = ("one".to_owned(), "other".to_owned());
        for n in 1..=20 {
            let left = programs.take(&one);
            assert_eq!((left.limit, left.retry_after), (100, None));
            assert_eq!(left.remaining, 20 - n, "no more may come within this second");
        }
        assert_eq!(programs.take(&one).retry_after, Some(1), "twenty within a second");
        assert_eq!(programs.take(&other).retry_after, None, "others are not held up");
        for second in 1..5 {
            clock.advance(Duration::from_secs(1));
            for _ in 0..20 {
                assert_eq!(programs.take(&one).retry_after, None, "{second}");
            }
        }
        clock.advance(Duration::from_secs(1));
        let more = (0..20).filter(|_| programs.take(&one).retry_after.is_none()).count();
        assert_eq!(more, 8, "a hundred, and what came back in five seconds");
        let told = programs.take(&one);
        assert_eq!((told.remaining, told.whole_after, told.retry_after), (0, 60, Some(1)));
        clock.advance(Duration::from_secs(60));
        assert_eq!(programs.take(&one).remaining, 19);
    }

    #[test]
    fn a_list_that_is_full_forgets_only_who_may_ask_as_if_new() {
        let clock = FakeRelativeClock::default();
        let doors = on(&clock, 3, [5, 10, 0]);
        let one = "one".to_owned();
        for _ in 0..10 {
            assert_eq!(doors.take(&one).retry_after, None);
        }
        assert_eq!(doors.take(&one).retry_after, Some(12));
        let come = |n: usize| doors.take(&format!("made up {n}")).retry_after.is_none();
        let n_let_in = (0..100).filter(|n| come(*n)).count();
        assert_eq!(n_let_in, 12, "two by themselves, and ten of all others together");
        assert_eq!(doors.take(&one).retry_after, Some(12), "nobody was given a new allowance");
        clock.advance(Duration::from_secs(13));
        assert!(come(500) && doors.take(&one).retry_after.is_none());
    }

    #[test]
    fn nothing_is_limited_by_nought() {
        assert!(Allowance::<String>::of(0, 10, 20).is_none());
    }
}
