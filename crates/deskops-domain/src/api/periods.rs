//! Closing, locking and unlocking a day or a month, and what is still missing for it.

use serde::{Deserialize, Serialize};

use super::{Command, Days};
use crate::access::Role;
use crate::choice::{Choices as _, Module, PeriodKind};
use crate::day::Day;
use crate::entry::{Entry, Moment};
use crate::modules::Period;

/// Declares a command on a day or a month of a site.
macro_rules! period_command {
    ($(#[$doc:meta])* $name:ident, $verb:literal, $access:ident, $output:ty $(, { $(#[$each:meta])* $field:ident: $type:ty })?) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            /// The site.
            pub site_id: String,
            /// The day, or any day of the month.
            pub date: Day,
            /// A day where it is not said.
            #[serde(default = "day")]
            pub kind: PeriodKind,
            $($(#[$each])* pub $field: $type,)?
        }

        impl Command for $name {
            type Output = $output;
            const ACCESS: Role = Role::$access;

            fn name() -> String {
                concat!("periods/", $verb).into()
            }

            fn site(&self) -> Option<&str> {
                Some(&self.site_id)
            }

            fn days(&mut self) -> Days<'_> {
                Days::One(self.date)
            }
        }
    };
}

fn day() -> PeriodKind {
    PeriodKind::Day
}

period_command! {
    /// What is there and what is missing before a day or month can be closed.
    AskReady, "ready", Operator, Readiness
}
period_command! {
    /// Says that a day or month is whole. Refused while something is missing.
    Close, "close", Operator, Entry<Period>
}
period_command! {
    /// Approves a day or month: no change is taken any more. Refused while something is missing.
    Lock, "lock", Moderator, Entry<Period>
}
period_command! {
    /// Opens a closed or locked day or month again.
    Unlock, "unlock", Moderator, Entry<Period>, {
        /// Why, up to 500 characters.
        reason: String
    }
}

/// What is there and what is missing before a day or month can be closed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Readiness {
    /// What is said of the period so far.
    pub period: Option<Entry<Period>>,
    /// Set when the whole month of the day is locked.
    pub locked_month: Option<Entry<Period>>,
    /// The modules that are entered, in the order of the menu.
    pub inputs: Vec<Input>,
    /// The day whose closing the stock opens with; none where there is none before.
    pub opening_from: Option<Day>,
    /// Whether the stock to start from is known.
    pub has_opening: bool,
    /// Days of a month that are not closed although something is entered on them.
    pub open_days: Vec<Day>,
    /// Stock below nothing.
    pub negative: Vec<Negative>,
    /// Locked before the days before it changed: it does not open with what they closed with.
    pub off: Vec<super::ledger::Opening>,
}

/// A module of a day or month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// The module.
    pub module: Module,
    /// Whether a day cannot be closed without it.
    pub is_needed: bool,
    /// Records.
    pub rows: u64,
    /// Who said that nothing happened, and when.
    pub nil: Option<(String, Moment)>,
    /// Rows that are typed but not right.
    pub drafts: u64,
    /// Loads whose weight is pending.
    pub pending: u64,
}

impl Input {
    /// Whether it is entered, or said to be nothing.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.rows > 0 || self.nil.is_some()
    }
}

/// A material with less than nothing at the end of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Negative {
    /// The material.
    pub material_id: String,
    /// Its closing, in kilograms.
    pub closing_kg: i64,
    /// The first day since when it has been below nothing without a break.
    pub since: Day,
    /// What was noted about it on the day.
    pub reason: Option<String>,
}

impl Readiness {
    /// Everything that keeps the period from being closed, in sentences, with a code.
    #[must_use]
    pub fn missing(&self, kind: PeriodKind) -> Vec<(&'static str, String)> {
        let mut missing = missing(&self.inputs, self.has_opening, kind);
        if let Some(first) = self.open_days.first() {
            let message = format!(
                "{} days of the month are not closed, the first is {}.",
                self.open_days.len(),
                first.long()
            );
            missing.push(("days", message));
        }
        missing
    }
}

/// What of the inputs keeps a day or month from being closed, in sentences, with a code. The board
/// of all sites asks the same of each of its days.
#[must_use]
pub fn missing(
    inputs: &[Input],
    has_opening: bool,
    kind: PeriodKind,
) -> Vec<(&'static str, String)> {
    let mut missing = Vec::new();
    for input in inputs {
        let name = input.module.label();
        if kind == PeriodKind::Day && input.is_needed && !input.is_there() {
            let message = format!("{name} is not entered. Type it, or say \"Nothing today\".");
            missing.push((input.module.code(), message));
        }
        if input.drafts > 0 {
            let rows = if input.drafts == 1 { "row is" } else { "rows are" };
            let message = format!("{name}: {} {rows} not right yet.", input.drafts);
            missing.push((input.module.code(), message));
        }
        if kind == PeriodKind::Month && input.pending > 0 {
            let message = format!("{name}: the weight of {} loads is pending.", input.pending);
            missing.push((input.module.code(), message));
        }
    }
    if kind == PeriodKind::Day && !has_opening {
        let message = "There is no stock to start from. Type the opening stock, or say that the yard is empty.";
        missing.push(("opening", message.to_owned()));
    }
    missing
}
