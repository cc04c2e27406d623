//! Production lines worked out from machine hours: what would be written, and writing it.

use serde::{Deserialize, Serialize};

use super::ledger::Cascade;
use super::{Command, Days};
use crate::access::Role;
use crate::day::Day;
use crate::entry::Entry;
use crate::modules::Production;
use crate::rate_card::{Line, Off};

/// Asks what the hours of a day's machines come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Propose {
    /// The site.
    pub site_id: String,
    /// The day.
    pub date: Day,
}

impl Command for Propose {
    type Output = Proposal;
    const ACCESS: Role = Role::Operator;

    fn name() -> String {
        "rates/propose".into()
    }

    fn site(&self) -> Option<&str> {
        Some(&self.site_id)
    }

    fn days(&mut self) -> Days<'_> {
        Days::One(self.date)
    }
}

/// Writes what the hours of a day's machines come to; what somebody typed stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Apply {
    /// The site.
    pub site_id: String,
    /// The day.
    pub date: Day,
}

impl Command for Apply {
    type Output = Applied;
    const ACCESS: Role = Role::Operator;

    fn name() -> String {
        "rates/apply".into()
    }

    fn site(&self) -> Option<&str> {
        Some(&self.site_id)
    }

    fn days(&mut self) -> Days<'_> {
        Days::One(self.date)
    }
}

/// What [`Apply`] would move on other days, without writing anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreviewApply {
    /// The site.
    pub site_id: String,
    /// The day.
    pub date: Day,
}

impl Command for PreviewApply {
    type Output = Cascade;
    const ACCESS: Role = Apply::ACCESS;

    fn name() -> String {
        "rates/preview-apply".into()
    }

    fn site(&self) -> Option<&str> {
        Some(&self.site_id)
    }

    fn days(&mut self) -> Days<'_> {
        Days::One(self.date)
    }
}

/// What the hours of a day's machines come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Proposal {
    /// One line a product.
    pub lines: Vec<Proposed>,
    /// Lines from hours that no hours speak for any more: they would be taken back.
    pub gone: Vec<Entry<Production>>,
    /// Splits that do not add up to their machine's rate, and are not used.
    pub off: Vec<Off>,
    /// Machines that ran, and have a card, of which none holds.
    pub unknown: Vec<String>,
}

/// One proposed line, and what stands in its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Proposed {
    /// What the hours come to.
    pub line: Line,
    /// The live record in its place.
    pub there: Option<Entry<Production>>,
    /// Whether that was not worked out from hours, so that it stays.
    pub stays: bool,
}

impl Proposal {
    /// Whether writing it would change anything.
    #[must_use]
    pub fn changes_anything(&self) -> bool {
        let differs = |proposed: &Proposed| {
            let there = proposed.there.as_ref().map(|there| there.body.qty_kg.raw());
            !proposed.stays && there != Some(proposed.line.kg)
        };
        !self.gone.is_empty() || self.lines.iter().any(differs)
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Applied {
    /// Lines that were written or taken back, as they now are.
    pub written: Vec<Entry<Production>>,
    /// Records on this computer that head office does not have yet.
    pub unsent: u64,
}
