//! Working days of a site: which day to compare with.

use crate::catalogue::Site;
use crate::day::Day;

/// Whether the site works on that weekday.
#[must_use]
pub fn is_working_day(site: &Site, day: Day) -> bool {
    !site.days_off.contains(&day.weekday())
}

/// The working day before; the day before where a site has no working day at all.
#[must_use]
pub fn previous_working_day(site: &Site, day: Day) -> Day {
    (1..=7)
        .map(|back| day.plus(-back))
        .find(|day| is_working_day(site, *day))
        .unwrap_or_else(|| day.plus(-1))
}
