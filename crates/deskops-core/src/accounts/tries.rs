//! Counts tries to sign in, and says how long the next one has to wait.
//!
//! The count is in the store, where every server on it sees it. It never locks anybody out for
//! longer than five minutes.

use deskops_domain::entry::Moment;

use super::concern::Concern;
use crate::error::StoreError;
use crate::store::{Connection, tries};

/// What the wrong passwords cost that are not free, the last for all that follow.
const WAITS_MS: [i64; 3] = [30_000, 60_000, 300_000];
/// Concerns that strangers can make up and that are remembered: they must not fill the disk. More
/// than can be hashed while the longest wait lasts.
const MOST_CONCERNS: i64 = 10_000;

/// How much is borne of a concern.
struct Patience {
    /// Wrong passwords that cost no waiting.
    free: u32,
    /// After so long without a try, they are forgotten.
    forgotten_ms: i64,
}

impl Patience {
    /// After so long, nothing is remembered of any concern.
    const LONGEST_MS: i64 = 24 * 60 * 60 * 1_000;

    /// A whole office may share an address, and each of its people may mistype.
    fn with(concern: &Concern) -> Self {
        match concern {
            Concern::Address(_) => Self { free: 30, forgotten_ms: 15 * 60 * 1_000 },
            _ => Self { free: 5, forgotten_ms: Self::LONGEST_MS },
        }
    }

    /// Milliseconds to wait still. A clock that was set back begins the waiting anew.
    fn left(&self, found: Option<(u32, Moment)>, now: Moment) -> i64 {
        let Some((n_tries, last)) = found.filter(|found| !self.is_forgotten(found.1, now)) else {
            return 0;
        };
        let Some(over) = n_tries.checked_sub(self.free) else { return 0 };
        let at = usize::try_from(over).unwrap_or(usize::MAX).min(WAITS_MS.len() - 1);
        (WAITS_MS[at] - (now.0 - last.0).max(0)).max(0)
    }

    fn is_forgotten(&self, last: Moment, now: Moment) -> bool {
        now.0 - last.0 >= self.forgotten_ms
    }
}

/// Milliseconds that a try still has to wait: the longest of its concerns.
pub(crate) fn wait(
    conn: &Connection,
    concerns: &[Concern],
    now: Moment,
) -> Result<i64, StoreError> {
    concerns.iter().try_fold(0, |longest, concern| {
        let found = tries::of(conn, &concern.written())?;
        Ok(Patience::with(concern).left(found, now).max(longest))
    })
}

/// Counts a try before it is made, so that many at once are not free. The inner error is the
/// milliseconds to wait; the try is then not made and not counted.
pub(crate) fn begin(
    tx: &Connection,
    concerns: &[Concern],
    now: Moment,
) -> Result<Result<(), i64>, StoreError> {
    begin_among(tx, concerns, now, MOST_CONCERNS)
}

fn begin_among(
    tx: &Connection,
    concerns: &[Concern],
    now: Moment,
    most: i64,
) -> Result<Result<(), i64>, StoreError> {
    let mut longest = wait(tx, concerns, now)?;
    for concern in concerns.iter().filter(|concern| concern.is_made_up()) {
        if tries::of(tx, &concern.written())?.is_none() && !has_room(tx, now, most)? {
            longest = longest.max(WAITS_MS[0]);
        }
    }
    if longest > 0 {
        return Ok(Err(longest));
    }
    for concern in concerns {
        let written = concern.written();
        let last = tries::of(tx, &written)?.map(|(_, last)| last);
        if last.is_some_and(|last| Patience::with(concern).is_forgotten(last, now)) {
            tries::forget(tx, &written)?;
        }
        tries::count(tx, &written, now)?;
    }
    Ok(Ok(()))
}

/// Whether one more concern can be remembered, when those are forgotten that nobody tries any more.
fn has_room(tx: &Connection, now: Moment, most: i64) -> Result<bool, StoreError> {
    tries::forget_before(tx, Moment(now.0 - Patience::LONGEST_MS))?;
    if tries::n_concerns(tx)? >= most {
        tries::forget_before(tx, Moment(now.0 - WAITS_MS[2]))?;
    }
    Ok(tries::n_concerns(tx)? < most)
}

/// The try was the right password: what it was counted by begins anew. At an address only this one
/// try is taken back, or one right password would buy any number of wrong ones there.
pub(crate) fn forgive(tx: &Connection, concerns: &[Concern]) -> Result<(), StoreError> {
    for concern in concerns {
        match concern {
            Concern::Address(_) => tries::take_back(tx, &concern.written())?,
            _ => tries::forget(tx, &concern.written())?,
        }
    }
    Ok(())
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

    fn name(name: &str) -> [Concern; 1] {
        [Concern::Name(name.into())]
    }

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
            let begin = |typed, now| begin(tx, &name(typed), now).unwrap();
            let mut now = Moment(1_000_000);
            for _ in 0..5 {
                assert_eq!(begin("omar", now), Ok(()));
            }
            for ms in [30_000, 60_000, 300_000, 300_000] {
                assert_eq!(begin("omar", now), Err(ms));
                assert_eq!(wait(tx, &name("omar"), now).unwrap(), ms);
                assert_eq!(begin("huda", now), Ok(()), "another name is not concerned");
                forgive(tx, &name("huda")).unwrap();
                now.0 += ms - 1;
                assert_eq!(begin("omar", now), Err(1));
                now.0 += 1;
                assert_eq!(begin("omar", now), Ok(()), "nobody is locked out for ever");
            }
            forgive(tx, &name("omar")).unwrap();
            assert_eq!(begin("omar", now), Ok(()));
        });
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_longer() {
        with_store(|tx| {
            for _ in 0..5 {
                assert_eq!(begin(tx, &name("omar"), Moment(9_000_000_000)).unwrap(), Ok(()));
            }
            assert_eq!(begin(tx, &name("omar"), Moment(0)).unwrap(), Err(30_000));
        });
    }

    #[test]
    fn made_up_names_do_not_fill_the_disk() {
        with_store(|tx| {
            let begin = |typed: &str, now| begin_among(tx, &name(typed), Moment(now), 100).unwrap();
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
    fn an_address_bears_what_an_office_mistypes_and_forgets_it_within_the_hour() {
        with_store(|tx| {
            let at = [Concern::Address("10.0.0.7".parse().unwrap())];
            let mut now = Moment(1_000_000);
            for _ in 0..30 {
                assert_eq!(begin(tx, &at, now).unwrap(), Ok(()));
            }
            assert_eq!(begin(tx, &at, now).unwrap(), Err(30_000));
            forgive(tx, &at).unwrap();
            assert_eq!(begin(tx, &at, now).unwrap(), Ok(()), "a right password takes back itself");
            assert_eq!(begin(tx, &at, now).unwrap(), Err(30_000), "and no wrong one");
            now.0 += 15 * 60 * 1_000;
            for _ in 0..30 {
                assert_eq!(begin(tx, &at, now).unwrap(), Ok(()));
            }
        });
    }

    #[test]
    fn a_try_waits_as_long_as_the_longest_of_its_concerns_and_then_counts_for_none() {
        with_store(|tx| {
            let both = [name("omar")[0].clone(), Concern::Address("10.0.0.7".parse().unwrap())];
            let now = Moment(1_000_000);
            for _ in 0..5 {
                assert_eq!(begin(tx, &name("omar"), now).unwrap(), Ok(()));
            }
            for _ in 0..100 {
                assert_eq!(begin(tx, &both, now).unwrap(), Err(30_000));
            }
            assert_eq!(wait(tx, &both[1..], now).unwrap(), 0);
        });
    }

    #[test]
    fn a_device_goes_on_where_made_up_names_have_taken_all_the_room() {
        with_store(|tx| {
            for number in 0..100 {
                let typed = name(&number.to_string());
                assert_eq!(begin_among(tx, &typed, Moment(0), 100).unwrap(), Ok(()));
            }
            let device = [Concern::Device(deskops_domain::id::Id::random(1, [7; 10]))];
            assert_eq!(begin_among(tx, &device, Moment(0), 100).unwrap(), Ok(()));
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
