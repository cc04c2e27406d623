//! Which records are meant: a period by name or by its days, and deleted ones instead of live ones.

use deskops_domain::api::records::Filter;
use deskops_domain::day::Day;
use dioxus::prelude::*;

use crate::desk::use_desk;
use crate::typed_day;

/// A period by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// No limit.
    All,
    /// The one day.
    Day,
    /// Seven days up to it.
    Week,
    /// Thirty days up to it.
    Thirty,
    /// From the first of its month up to it.
    Month,
    /// As typed.
    Custom,
}

impl Period {
    const LIST: [(Self, &'static str); 6] = [
        (Self::All, "All days"),
        (Self::Day, "This day"),
        (Self::Week, "Last 7 days"),
        (Self::Thirty, "Last 30 days"),
        (Self::Month, "This month"),
        (Self::Custom, "From – to"),
    ];

    /// Its first and last day.
    #[must_use]
    pub fn days(self, day: Day) -> (Option<Day>, Option<Day>) {
        match self {
            Self::All | Self::Custom => (None, None),
            Self::Day => (Some(day), Some(day)),
            Self::Week => (Some(day.plus(-6)), Some(day)),
            Self::Thirty => (Some(day.plus(-29)), Some(day)),
            Self::Month => (Some(day.first_of_month()), Some(day)),
        }
    }
}

/// The name of a filter's period.
#[must_use]
pub fn period(filter: &Filter, day: Day) -> Period {
    let named =
        Period::LIST.iter().map(|(period, _)| *period).filter(|period| *period != Period::Custom);
    named
        .into_iter()
        .find(|period| period.days(day) == (filter.date_from, filter.date_to))
        .unwrap_or(Period::Custom)
}

/// The filter controls of a list.
///
/// # Styling
/// `.field-inline`, `.typed-day[aria-invalid]`.
#[component]
pub fn Filters(
    /// The day to which periods are counted.
    day: Day,
    /// What is meant now.
    filter: Filter,
    /// Something else is meant.
    on_change: EventHandler<Filter>,
) -> Element {
    let shown = period(&filter, day);
    let (from, to, pick, check) = (filter.clone(), filter.clone(), filter.clone(), filter.clone());
    rsx! {
        label { class: "field-inline",
            span { class: "label-words", "Period" }
            select {
                id: "period",
                onchange: move |event| {
                    let found = Period::LIST.iter().find(|(_, title)| *title == event.value());
                    if let Some((period, _)) = found {
                        let (date_from, date_to) = match period {
                            Period::Custom => (pick.date_from.or(Some(day)), pick.date_to.or(Some(day.plus(-1)))),
                            named => named.days(day),
                        };
                        on_change.call(Filter { date_from, date_to, ..pick.clone() });
                    }
                },
                for (period , title) in Period::LIST {
                    option { key: "{title}", value: title, selected: period == shown, "{title}" }
                }
            }
        }
        TypedDay { label: "From", id: "date-from", value: filter.date_from, on_day: move |date_from| on_change.call(Filter { date_from, ..from.clone() }) }
        TypedDay { label: "To", id: "date-to", value: filter.date_to, on_day: move |date_to| on_change.call(Filter { date_to, ..to.clone() }) }
        label { class: "field-inline",
            input {
                r#type: "checkbox",
                id: "show-deleted",
                checked: filter.voided,
                onchange: move |event| on_change.call(Filter { voided: event.checked(), ..check.clone() }),
            }
            "Show deleted"
        }
    }
}

/// A day that is typed, or none.
///
/// # Styling
/// `.typed-day[aria-invalid]`, `.field-problem`.
#[component]
pub fn TypedDay(
    /// Which end of the days it is.
    label: &'static str,
    /// Id of the input.
    id: &'static str,
    /// The day.
    value: Option<Day>,
    /// Another day is meant.
    on_day: EventHandler<Option<Day>>,
) -> Element {
    let desk = use_desk();
    let mut problem = use_signal(|| None::<String>);
    let mut text = use_signal(String::new);
    // A period picked by name is seen as its days.
    use_effect(use_reactive!(|value| {
        text.set(value.map(|day| day.to_string()).unwrap_or_default());
        problem.set(None);
    }));
    rsx! {
        label { class: "field-inline",
            span { class: "label-words", "{label}" }
            input {
                r#type: "text",
                id,
                class: "typed-day",
                autocomplete: "off",
                placeholder: "any",
                title: typed_day::HINT,
                value: "{text}",
                oninput: move |event| text.set(event.value()),
                "aria-invalid": problem.read().is_some(),
                "aria-describedby": problem.read().as_ref().map(|_| format!("{id}-problem")),
                onchange: move |event| {
                    let typed = event.value();
                    if typed.trim().is_empty() {
                        problem.set(None);
                        on_day.call(None);
                        return;
                    }
                    match typed_day::read(&typed, desk.today()) {
                        Ok(day) => {
                            problem.set(None);
                            on_day.call(Some(day));
                        }
                        Err(why) => problem.set(Some(why)),
                    }
                },
            }
            if let Some(why) = problem.read().as_ref() {
                span { class: "field-problem", id: "{id}-problem", role: "alert", "{why}" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_known_by_its_days() {
        let day = Day::parse("2026-11-22").unwrap();
        let filter = |period: Period| {
            let (date_from, date_to) = period.days(day);
            Filter { date_from, date_to, ..Filter::all("s") }
        };
        for named in [Period::All, Period::Day, Period::Week, Period::Thirty, Period::Month] {
            assert_eq!(period(&filter(named), day), named);
        }
        assert_eq!(filter(Period::Month).date_from, Day::parse("2026-11-01"));
        assert_eq!(period(&Filter { date_to: None, ..filter(Period::Week) }, day), Period::Custom);
    }
}
