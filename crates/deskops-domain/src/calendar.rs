//! Working days of a site: which day to compare with.

use std::collections::BTreeMap;

use crate::catalogue::Site;
use crate::day::Day;

/// Holidays do not last longer than this.
const LONGEST_REST: i64 = 60;

/// The week of a site, and single days of which something else is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    days_off: Vec<u32>,
    said: BTreeMap<Day, bool>,
}

impl Calendar {
    /// The calendar of a site, with the days of which it is said whether they are worked.
    #[must_use]
    pub fn of(site: &Site, said: impl IntoIterator<Item = (Day, bool)>) -> Self {
        Self { days_off: site.days_off.clone(), said: said.into_iter().collect() }
    }

    /// Whether the site works on a day.
    #[must_use]
    pub fn is_working(&self, day: Day) -> bool {
        self.said.get(&day).copied().unwrap_or(!self.days_off.contains(&day.weekday()))
    }

    /// The working day before; the day before where there is none within two months.
    #[must_use]
    pub fn working_day_before(&self, day: Day) -> Day {
        let found = (1..=LONGEST_REST).map(|back| day.plus(-back));
        found.into_iter().find(|day| self.is_working(*day)).unwrap_or_else(|| day.plus(-1))
    }

    /// Working days after a day, up to and with another; no more than `most` are counted.
    #[must_use]
    pub fn working_days_after(&self, day: Day, last: Day, most: usize) -> usize {
        (1..=last.since(day)).filter(|at| self.is_working(day.plus(*at))).take(most).count()
    }
}

/// Whether the site works on that weekday.
#[must_use]
pub fn is_working_day(site: &Site, day: Day) -> bool {
    !site.days_off.contains(&day.weekday())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_day_goes_before_its_weekday() {
        let day = |text: &str| Day::parse(text).unwrap();
        let site = Site {
            id: "s".into(),
            code: "S".into(),
            name: "S".into(),
            location: None,
            timezone: "Asia/Riyadh".into(),
            day_cut_minutes: 0,
            week_start: 7,
            days_off: vec![5],
            is_active: true,
        };
        let calendar = Calendar::of(&site, [(day("2026-11-19"), false), (day("2026-11-13"), true)]);
        assert!(!calendar.is_working(day("2026-11-20")), "a Friday");
        assert!(calendar.is_working(day("2026-11-13")), "a Friday that is worked");
        assert_eq!(
            calendar.working_day_before(day("2026-11-21")),
            day("2026-11-18"),
            "Friday is off, and Thursday is a holiday"
        );
        assert_eq!(
            calendar.working_days_after(day("2026-11-18"), day("2026-11-22"), 9),
            2,
            "Saturday and Sunday"
        );
        let never = Calendar { days_off: (1..=7).collect(), said: BTreeMap::new() };
        assert_eq!(never.working_day_before(day("2026-11-21")), day("2026-11-20"));
    }
}
