//! The figures of the customer's contract for a window of days, each against the window before.
//!
//! Apart from the dashboard's board, because this shape is fixed by the contract and read by others.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Command, Days};
use crate::access::Role;
use crate::day::Day;
use crate::quantity::{Hours, Tons};

/// Asks for the figures: of the business day, of one day, or of a range.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Metrics {
    /// The site.
    #[serde(default)]
    pub site_id: String,
    /// First day.
    #[serde(default)]
    pub date_from: Option<Day>,
    /// Last day.
    #[serde(default)]
    pub date_to: Option<Day>,
}

impl Command for Metrics {
    type Output = Figures;
    const ACCESS: Role = Role::Operator;

    fn name() -> String {
        "dashboard/metrics".into()
    }

    fn site(&self) -> Option<&str> {
        (!self.site_id.is_empty()).then_some(&*self.site_id)
    }

    fn days(&mut self) -> Days<'_> {
        self.date_from.or(self.date_to).map_or(Days::None, Days::One)
    }
}

/// A run of days, and the run of the same length before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Window {
    /// The days that are meant: none given is today, one given is that day, both are the range.
    #[must_use]
    pub fn of(from: Option<Day>, to: Option<Day>, today: Day) -> Self {
        match (from, to) {
            (None, None) => Self { from: today, to: today },
            (Some(day), None) | (None, Some(day)) => Self { from: day, to: day },
            (Some(from), Some(to)) => Self { from, to },
        }
    }

    /// As many days just before.
    #[must_use]
    pub fn before(self) -> Self {
        let to = self.from.plus(-1);
        Self { from: to.plus(self.from.since(self.to)), to }
    }
}

/// The figures of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Tons made.
    pub total_production: Change,
    /// Tons that left.
    pub total_dispatched: Change,
    /// Tons that came in.
    pub total_received: Change,
    /// Hours of machines: count times hours.
    pub equipment_utilization: Utilization,
    /// Tons that lie there at the end: the latest closing of each material.
    pub current_inventory_status: Change,
}

/// A figure now and before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "FigureChange"))]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// In the window.
    pub current: Number,
    /// In the window before.
    pub previous: Number,
    /// From before to now, not rounded; 100 where there was nothing before and something now.
    pub percentage_change: Number,
}

impl Change {
    /// Tons now and before.
    #[must_use]
    pub fn tons(current_kg: i64, previous_kg: i64) -> Self {
        Self::between(Tons::kg(current_kg).decimal(), Tons::kg(previous_kg).decimal())
    }

    /// Hours now and before.
    #[must_use]
    pub fn hours(current: i64, previous: i64) -> Self {
        Self::between(Hours::hundredths(current).decimal(), Hours::hundredths(previous).decimal())
    }

    fn between(current: Decimal, previous: Decimal) -> Self {
        let percent = if !previous.is_zero() {
            (current - previous) / previous * Decimal::ONE_HUNDRED
        } else if current > Decimal::ZERO {
            Decimal::ONE_HUNDRED
        } else {
            Decimal::ZERO
        };
        Self {
            current: Number(current),
            previous: Number(previous),
            percentage_change: Number(percent),
        }
    }
}

/// Hours of machines now and before, and how much of the planned hours that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Utilization {
    /// Hours run.
    #[serde(flatten)]
    pub hours: Change,
    /// Hours run in a hundred planned ones; none where none were planned nor recorded.
    pub utilization_pct: Option<Number>,
}

impl Utilization {
    /// Hours run now and before, and planned hours now, in hundredths.
    #[must_use]
    pub fn of(run: i64, run_before: i64, scheduled: i64) -> Self {
        let (run_hours, planned) = (Hours::hundredths(run), Hours::hundredths(scheduled));
        let utilization_pct = (scheduled > 0)
            .then(|| Number(run_hours.decimal() * Decimal::ONE_HUNDRED / planned.decimal()));
        Self { hours: Change::hours(run, run_before), utilization_pct }
    }
}

/// A number on the wire: exact, and with as many digits as a JSON number carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = self.0.normalize().to_string();
        let number: serde_json::Number = text.parse().map_err(serde::ser::Error::custom)?;
        number.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        let text = number.to_string();
        let read =
            if text.contains(['e', 'E']) { Decimal::from_scientific(&text) } else { text.parse() };
        read.map(Self).map_err(|_| de::Error::custom(format!("`{text}` is not a figure")))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_change_is_written_in_numbers() {
        let change = serde_json::to_value(Change::tons(128_450, 100_000)).unwrap();
        assert_eq!(change, json!({"current": 128.45, "previous": 100, "percentageChange": 28.45}));
        let third = serde_json::to_value(Change::tons(4_000, 3_000)).unwrap();
        assert!(third["percentageChange"].to_string().starts_with("33.33333333333333"), "{third}");
    }

    #[test]
    fn hours_are_set_against_the_planned_ones() {
        let hours = serde_json::to_value(Utilization::of(600, 0, 800)).unwrap();
        assert_eq!(
            hours,
            json!({"current": 6, "previous": 0, "percentageChange": 100, "utilizationPct": 75})
        );
        assert_eq!(Utilization::of(0, 0, 0).utilization_pct, None);
    }

    #[test]
    fn the_window_before_is_as_long_and_ends_the_day_before() {
        let window =
            Window::of(Some(day("2026-11-10")), Some(day("2026-11-16")), day("2026-11-22"));
        let before = window.before();
        assert_eq!((before.from, before.to), (day("2026-11-03"), day("2026-11-09")));
        let today = Window::of(None, None, day("2026-11-22"));
        assert_eq!(today.before(), Window { from: day("2026-11-21"), to: day("2026-11-21") });
        let one = Window::of(None, Some(day("2026-11-10")), day("2026-11-22"));
        assert_eq!((one.from, one.to), (day("2026-11-10"), day("2026-11-10")));
    }
}
