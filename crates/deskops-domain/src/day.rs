//! A business day: a civil date of the site, never an instant.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The first day that DeskOps keeps records for. Earlier dates are typing errors.
pub const FIRST_DAY: Day = Day(match NaiveDate::from_ymd_opt(2000, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
});

/// One business day, written `2026-11-22` in files and on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub NaiveDate);

impl Day {
    /// Reads `YYYY-MM-DD`; `None` for anything else, 31 February among it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_shaped = text.len() == 10
            && text
                .bytes()
                .enumerate()
                .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
        is_shaped.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(Self)).flatten()
    }

    /// The day so many days later, or earlier when negative; stays put at the ends of the calendar.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        chrono::TimeDelta::try_days(days)
            .and_then(|d| self.0.checked_add_signed(d))
            .map_or(self, Self)
    }

    /// Days from `earlier` to this one.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_days()
    }

    /// The first day of its month.
    #[must_use]
    pub fn first_of_month(self) -> Self {
        self.0.with_day(1).map_or(self, Self)
    }

    /// The last day of its month.
    #[must_use]
    pub fn last_of_month(self) -> Self {
        self.first_of_month().plus(31).first_of_month().plus(-1)
    }

    /// The first day of its week, where weeks begin on this weekday (Monday 1 to Sunday 7). This is
    /// the one definition of a site's week.
    ///
    /// ```
    /// # use deskops_domain::day::Day;
    /// let friday = Day::parse("2026-11-20").unwrap();
    /// assert_eq!(friday.first_of_week(7).to_string(), "2026-11-15");
    /// assert_eq!(friday.first_of_week(5), friday);
    /// ```
    #[must_use]
    pub fn first_of_week(self, week_start: u32) -> Self {
        self.plus(-(i64::from(self.weekday()) - i64::from(week_start)).rem_euclid(7))
    }

    /// Monday 1 to Sunday 7, as ISO counts them.
    #[must_use]
    pub fn weekday(self) -> u32 {
        self.0.weekday().number_from_monday()
    }

    /// `Sun 22 Nov 2026`, for titles.
    #[must_use]
    pub fn long(self) -> String {
        self.0.format("%a %-d %b %Y").to_string()
    }

    /// `22 Nov`, for axes and sentences.
    #[must_use]
    pub fn short(self) -> String {
        self.0.format("%-d %b").to_string()
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            de::Error::custom(format!("`{text}` is not a date of the form 2026-11-22"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_dates_of_the_one_form_are_days() {
        assert!(Day::parse("2028-02-29").is_some());
        for text in [
            "2026-02-29",
            "2026-02-31",
            "2026-13-01",
            "22/11/2026",
            "2026-1-2",
            "",
            "+2026-01-1",
            "-001-01-01",
            "2026-011-2",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_is_written_as_it_is_read() {
        let day = Day::parse("2026-11-22").unwrap();
        assert_eq!(day.to_string(), "2026-11-22");
        assert_eq!(day.long(), "Sun 22 Nov 2026");
        assert_eq!(day.plus(-1).to_string(), "2026-11-21");
        assert_eq!(day.plus(9).since(day), 9);
    }
}
