//! Counts wrong passwords by sign-in name, and says how long the next try has to wait.
//!
//! In memory and without a clock of its own: it never locks anybody out for longer than five minutes.

use std::collections::HashMap;

use deskops_domain::entry::Moment;

/// Wrong passwords that cost no waiting.
const FREE_TRIES: u32 = 5;
/// What the next ones cost, the last for all that follow.
const WAITS_MS: [i64; 3] = [30_000, 60_000, 300_000];
/// Names that are remembered: made-up ones must not fill the memory.
const MOST_NAMES: usize = 1_000;

/// Wrong passwords so far.
#[derive(Debug, Default)]
pub(crate) struct Tries(HashMap<String, Wrong>);

#[derive(Debug, Default)]
struct Wrong {
    n_tries: u32,
    last: Option<Moment>,
}

impl Wrong {
    /// Milliseconds still to wait. A clock that was set back begins the waiting anew.
    fn wait(&self, now: Moment) -> i64 {
        let Some(over) = self.n_tries.checked_sub(FREE_TRIES) else { return 0 };
        let at = usize::try_from(over).unwrap_or(usize::MAX).min(WAITS_MS.len() - 1);
        let since = self.last.map_or(0, |last| (now.0 - last.0).max(0));
        (WAITS_MS[at] - since).max(0)
    }
}

impl Tries {
    /// Counts a try before it is made, so that many at once are not free.
    ///
    /// # Errors
    /// The milliseconds to wait; the try is then not made and not counted.
    pub(crate) fn begin(&mut self, name: &str, now: Moment) -> Result<(), i64> {
        if self.0.len() >= MOST_NAMES && !self.0.contains_key(name) {
            self.0.retain(|_, wrong| wrong.wait(now) > 0);
            if self.0.len() >= MOST_NAMES {
                return Err(WAITS_MS[0]);
            }
        }
        let wrong = self.0.entry(name.to_owned()).or_default();
        match wrong.wait(now) {
            0 => {
                wrong.n_tries = wrong.n_tries.saturating_add(1);
                wrong.last = Some(now);
                Ok(())
            }
            wait => Err(wait),
        }
    }

    /// The password was right: the count begins anew.
    pub(crate) fn succeed(&mut self, name: &str) {
        self.0.remove(name);
    }
}

/// A time to wait in words, never less than there is: `30 seconds`, `5 minutes`.
pub(crate) fn wait_words(ms: i64) -> String {
    let seconds = (ms + 999) / 1_000;
    let (amount, unit) =
        if seconds <= 90 { (seconds, "second") } else { ((seconds + 59) / 60, "minute") };
    format!("{amount} {unit}{}", if amount == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_tries_are_free_then_the_waiting_grows_and_ends() {
        let mut tries = Tries::default();
        let mut now = Moment(1_000_000);
        for _ in 0..5 {
            assert_eq!(tries.begin("omar", now), Ok(()));
        }
        for wait in [30_000, 60_000, 300_000, 300_000] {
            assert_eq!(tries.begin("omar", now), Err(wait));
            assert_eq!(tries.begin("huda", now), Ok(()), "another name is not concerned");
            tries.succeed("huda");
            now.0 += wait - 1;
            assert_eq!(tries.begin("omar", now), Err(1));
            now.0 += 1;
            assert_eq!(tries.begin("omar", now), Ok(()), "nobody is locked out for ever");
        }
        tries.succeed("omar");
        assert_eq!(tries.begin("omar", now), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_longer() {
        let mut tries = Tries::default();
        for _ in 0..5 {
            assert_eq!(tries.begin("omar", Moment(9_000_000_000)), Ok(()));
        }
        assert_eq!(tries.begin("omar", Moment(0)), Err(30_000));
    }

    #[test]
    fn made_up_names_do_not_fill_the_memory() {
        let mut tries = Tries::default();
        for number in 0..5_000 {
            assert_eq!(tries.begin(&number.to_string(), Moment(0)), Ok(()));
        }
        assert!(tries.0.len() <= MOST_NAMES);
    }

    #[test]
    fn a_waiting_time_is_told_in_words() {
        let told: Vec<_> = [1, 1_000, 29_001, 60_000, 91_000, 300_000].map(wait_words).into();
        assert_eq!(
            told,
            ["1 second", "1 second", "30 seconds", "60 seconds", "2 minutes", "5 minutes"]
        );
    }
}
