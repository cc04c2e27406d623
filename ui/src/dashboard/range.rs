//! Which days the charts show: by name, or as typed. The choice is kept until the next start.

use deskops_domain::day::Day;
use dioxus::prelude::*;

use crate::records::TypedDay;

/// Days by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// So many days up to the day.
    Last(i64),
    /// From the first of the day's month up to it.
    Month,
    /// The month before.
    MonthBefore,
    /// From the first of the day's year up to it.
    Year,
    /// As typed.
    Typed(Day, Day),
}

impl Range {
    const NAMED: [(Self, &'static str, &'static str); 6] = [
        (Self::Last(7), "7", "Last 7 days"),
        (Self::Last(30), "30", "Last 30 days"),
        (Self::Last(90), "90", "Last 90 days"),
        (Self::Month, "month", "This month"),
        (Self::MonthBefore, "month-before", "Last month"),
        (Self::Year, "year", "This year"),
    ];

    /// Its first and last day.
    #[must_use]
    pub fn days(self, day: Day) -> (Day, Day) {
        match self {
            Self::Last(days) => (day.plus(1 - days), day),
            Self::Month => (day.first_of_month(), day),
            Self::MonthBefore => {
                let last = day.first_of_month().plus(-1);
                (last.first_of_month(), last)
            }
            Self::Year => (day_of(day, 4, "-01-01"), day),
            Self::Typed(from, to) => (from, to),
        }
    }

    /// As it is kept.
    #[must_use]
    pub fn write(self) -> String {
        match self {
            Self::Typed(from, to) => format!("{from}~{to}"),
            named => {
                let found = Self::NAMED.iter().find(|(range, ..)| *range == named);
                found.map_or("30", |(_, code, _)| code).to_owned()
            }
        }
    }

    /// Reads what was kept; thirty days where it does not read.
    #[must_use]
    pub fn read(text: &str) -> Self {
        if let Some((from, to)) = text.split_once('~')
            && let (Some(from), Some(to)) = (Day::parse(from), Day::parse(to))
        {
            return Self::Typed(from, to);
        }
        let found = Self::NAMED.iter().find(|(_, code, _)| *code == text);
        found.map_or(Self::Last(30), |(range, ..)| *range)
    }
}

/// The day that begins like this one and ends otherwise.
fn day_of(day: Day, kept: usize, rest: &str) -> Day {
    Day::parse(&format!("{}{rest}", &day.to_string()[..kept])).unwrap_or(day)
}

/// The control of the days.
///
/// # Styling
/// `.field-inline`, `.typed-day`.
#[component]
pub fn RangeControl(
    /// The day to which named days are counted.
    day: Day,
    /// The days now.
    range: Range,
    /// Others are meant.
    on_range: EventHandler<Range>,
) -> Element {
    let (from, to) = range.days(day);
    let is_typed = matches!(range, Range::Typed(..));
    rsx! {
        label { class: "field-inline",
            span { class: "label-words", "Days" }
            select {
                id: "range",
                onchange: move |event| {
                    let title = event.value();
                    let named = Range::NAMED.iter().find(|(_, _, known)| *known == title);
                    on_range.call(named.map_or(Range::Typed(from, to), |(range, ..)| *range));
                },
                for (named , _ , title) in Range::NAMED {
                    option { key: "{title}", value: title, selected: named == range, "{title}" }
                }
                option { value: "From – to", selected: is_typed, "From – to" }
            }
        }
        if is_typed {
            TypedDay { label: "From", id: "range-from", value: Some(from), on_day: move |typed: Option<Day>| on_range.call(Range::Typed(typed.unwrap_or(from).min(to), to)) }
            TypedDay { label: "To", id: "range-to", value: Some(to), on_day: move |typed: Option<Day>| on_range.call(Range::Typed(from.min(typed.unwrap_or(to)), typed.unwrap_or(to))) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn days_by_name_end_at_the_day() {
        let at = day("2026-03-22");
        let of = |range: Range| {
            let (from, to) = range.days(at);
            (from.to_string(), to.to_string())
        };
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        assert_eq!(of(Range::Last(7)), pair("2026-03-16", "2026-03-22"));
        assert_eq!(of(Range::Month), pair("2026-03-01", "2026-03-22"));
        assert_eq!(of(Range::MonthBefore), pair("2026-02-01", "2026-02-28"));
        assert_eq!(of(Range::Year), pair("2026-01-01", "2026-03-22"));
    }

    #[test]
    fn days_are_read_as_they_were_kept() {
        let typed = Range::Typed(day("2026-01-02"), day("2026-02-03"));
        for range in Range::NAMED.iter().map(|(range, ..)| *range).chain([typed]) {
            assert_eq!(Range::read(&range.write()), range);
        }
        assert_eq!(Range::read("a~b"), Range::Last(30));
        assert_eq!(Range::read(""), Range::Last(30));
    }
}
