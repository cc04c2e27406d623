//! Which business day it is at a site: its time zone, and the hour at which its day begins.
//!
//! Apart from [`crate::day`], because the tables of the world's time zones are large and the page
//! never needs them: it is told the day.

use chrono::{DateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

use crate::catalogue::Site;
use crate::day::Day;
use crate::entry::Moment;

/// The business day of an instant at a site; `None` when the site's zone is not one of IANA's.
#[must_use]
pub fn business_day(site: &Site, at: Moment) -> Option<Day> {
    let zone: Tz = site.timezone.parse().ok()?;
    let local = zone.from_utc_datetime(&at.utc()?.naive_utc()).naive_local();
    let cut = TimeDelta::try_minutes(i64::from(site.day_cut_minutes))?;
    Some(Day(local.checked_sub_signed(cut)?.date()))
}

/// The civil date at the site of an ISO date-time that names its offset.
#[must_use]
pub fn local_day(site: &Site, date_time: &str) -> Option<Day> {
    let zone: Tz = site.timezone.parse().ok()?;
    Some(Day(DateTime::parse_from_rfc3339(date_time).ok()?.with_timezone(&zone).date_naive()))
}

/// Minutes that the site's clocks are ahead of UTC at an instant.
#[must_use]
pub fn offset_minutes(site: &Site, at: Moment) -> Option<i32> {
    let zone: Tz = site.timezone.parse().ok()?;
    Some(zone.offset_from_utc_datetime(&at.utc()?.naive_utc()).fix().local_minus_utc() / 60)
}

/// Whether this is the name of a time zone.
#[must_use]
pub fn is_known(timezone: &str) -> bool {
    timezone.parse::<Tz>().is_ok()
}

/// The names of all time zones, sorted.
#[must_use]
pub fn names() -> Vec<&'static str> {
    chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(timezone: &str, day_cut_minutes: u32) -> Site {
        Site {
            id: "s".into(),
            code: "S".into(),
            name: "S".into(),
            location: None,
            timezone: timezone.into(),
            day_cut_minutes,
            week_start: 7,
            days_off: vec![5],
            is_active: true,
        }
    }

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    #[test]
    fn d_32_the_business_day_is_the_sites_and_not_utc() {
        let jeddah = site("Asia/Riyadh", 0);
        assert_eq!(
            business_day(&jeddah, at("2026-11-21T21:00:00Z")).unwrap().to_string(),
            "2026-11-22"
        );
        assert_eq!(
            business_day(&jeddah, at("2026-11-21T20:59:59Z")).unwrap().to_string(),
            "2026-11-21"
        );
    }

    #[test]
    fn a_day_cut_books_the_night_shift_to_its_evening() {
        let night = site("Asia/Riyadh", 6 * 60);
        assert_eq!(
            business_day(&night, at("2026-11-22T02:59:00Z")).unwrap().to_string(),
            "2026-11-21"
        );
        assert_eq!(
            business_day(&night, at("2026-11-22T03:00:00Z")).unwrap().to_string(),
            "2026-11-22"
        );
    }

    #[test]
    fn a_midnight_that_a_browser_wrote_in_utc_is_the_local_day() {
        assert_eq!(
            local_day(&site("Asia/Riyadh", 0), "2026-11-21T21:00:00.000Z").unwrap().to_string(),
            "2026-11-22"
        );
    }

    #[test]
    fn the_hour_that_does_not_exist_has_a_day_all_the_same() {
        let berlin = site("Europe/Berlin", 0);
        assert_eq!(
            business_day(&berlin, at("2026-03-29T01:30:00Z")).unwrap().to_string(),
            "2026-03-29"
        );
        assert_eq!(offset_minutes(&berlin, at("2026-03-29T01:30:00Z")), Some(120));
    }

    #[test]
    fn a_zone_that_is_not_in_the_tables_gives_no_day() {
        assert_eq!(business_day(&site("Mars/Olympus", 0), at("2026-11-22T00:00:00Z")), None);
    }
}
