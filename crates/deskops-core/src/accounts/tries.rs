//! Counts tries to sign in, and says how long the next one has to wait.
//!
//! The count is in the store, where every server on it sees it. It never locks anybody out for
//! longer than five minutes.

use deskops_domain::entry::Moment;

use crate::error::StoreError;
use crate::store::{Connection, tries};

/// Wrong passwords that cost no waiting.
const FREE_TRIES: u32 = 5;
/// What the next ones cost, the last for all that follow.
const WAITS_MS: [i64; 3] = [30_000, 60_000, 300_000];
/// After so long without a try, wrong passwords are forgotten.
const FORGOTTEN_MS: i64 = 24 * 60 * 60 * 1_000;
/// Names that are remembered: made-up ones must not fill the disk. More than can be hashed while
/// the longest wait lasts.
const MOST_NAMES: i64 = 10_000;

/// Milliseconds that a try of a concern still has to wait.
pub(crate) fn wait(conn: &Connection, concern: &str, now: Moment) -> Result<i64, StoreError> {
    Ok(left(tries::of(conn, concern)?, now))
}

/// Counts a try before it is made, so that many at once are not free. The inner error is the
/// milliseconds to wait; the try is then not made and not counted.
pub(crate) fn begin(
    tx: &Connection,
    concern: &str,
    now: Moment,
) -> Result<Result<(), i64>, StoreError> {
    begin_among(tx, concern, now, MOST_NAMES)
}

fn begin_among(
    tx: &Connection,
    concern: &str,
    now: Moment,
    most: i64,
) -> Result<Result<(), i64>, StoreError> {
    let found = tries::of(tx, concern)?;
    if found.is_none() {
        tries::forget_before(tx, Moment(now.0 - FORGOTTEN_MS))?;
        if tries::n_concerns(tx)? >= most {
            tries::forget_before(tx, Moment(now.0 - WAITS_MS[2]))?;
            if tries::n_concerns(tx)? >= most {
                return Ok(Err(WAITS_MS[0]));
            }
        }
    }
    match left(found, now) {
        0 => tries::count(tx, concern, now).map(Ok),
        wait => Ok(Err(wait)),
    }
}

/// A clock that was set back begins the waiting anew.
fn left(found: Option<(u32, Moment)>, now: Moment) -> i64 {
    let Some((n_tries, last)) = found else { return 0 };
    let Some(over) = n_tries.checked_sub(FREE_TRIES) else { return 0 };
    let at = usize::try_from(over).unwrap_or(usize::MAX).min(WAITS_MS.len() - 1);
    (WAITS_MS[at] - (now.0 - last.0).max(0)).max(0)
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
    use crate::desk::{Desk, Place};

    /// Tries in a new store, of which nothing is kept.
    fn with_store(work: impl FnOnce(&Connection)) {
        let folder = tempfile::TempDir::new().unwrap();
        let desk = Desk::open(Place::in_folder(folder.path())).unwrap();
        let done = desk.store.try_out(|tx| {
            work(tx);
            Ok(())
        });
        done.unwrap();
    }

    #[test]
    fn five_tries_are_free_then_the_waiting_grows_and_ends() {
        with_store(|tx| {
            let begin = |name, now| begin(tx, name, now).unwrap();
            let mut now = Moment(1_000_000);
            for _ in 0..5 {
                assert_eq!(begin("omar", now), Ok(()));
            }
            for ms in [30_000, 60_000, 300_000, 300_000] {
                assert_eq!(begin("omar", now), Err(ms));
                assert_eq!(wait(tx, "omar", now).unwrap(), ms);
                assert_eq!(begin("huda", now), Ok(()), "another name is not concerned");
                tries::forget(tx, "huda").unwrap();
                now.0 += ms - 1;
                assert_eq!(begin("omar", now), Err(1));
                now.0 += 1;
                assert_eq!(begin("omar", now), Ok(()), "nobody is locked out for ever");
            }
            tries::forget(tx, "omar").unwrap();
            assert_eq!(begin("omar", now), Ok(()));
        });
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_longer() {
        with_store(|tx| {
            for _ in 0..5 {
                assert_eq!(begin(tx, "omar", Moment(9_000_000_000)).unwrap(), Ok(()));
            }
            assert_eq!(begin(tx, "omar", Moment(0)).unwrap(), Err(30_000));
        });
    }

    #[test]
    fn made_up_names_do_not_fill_the_disk() {
        with_store(|tx| {
            let begin = |name: &str, now| begin_among(tx, name, Moment(now), 100).unwrap();
            for number in 0..100 {
                assert_eq!(begin(&number.to_string(), 0), Ok(()));
            }
            assert_eq!(begin("one more", 0), Err(30_000));
            assert_eq!(begin("7", 0), Ok(()), "who is counted already goes on");
            assert_eq!(begin("one more", 300_001), Ok(()), "the others were forgotten");
            assert!(tries::n_concerns(tx).unwrap() <= 100);
        });
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
