//! How far a day or a month is closed. Written by commands of its own, which check that it may be.

use crate::choice::{PeriodKind, PeriodState};
use crate::field::Rule::*;
use crate::problem::Problems;
use crate::record::{Rules, record};

record! {
    /// A day, or the month that begins on its date: open, closed, or locked.
    Period, "period", "Closed days", PERIOD {
        /// A day, or the month that begins on it.
        kind: PeriodKind => "kind", "Period", [Key, Default("DAY")], "";
        /// How far it is closed.
        state: PeriodState => "state", "State", [], "state";
        /// Why it was opened again.
        reason: Option<String> => "reason", "Reason", [Longest(500)], "state";
    }
}

impl Rules for Period {
    fn rules(&self, _: &mut Problems) {}
}
