//! What can be asked of the stock ledger: what an edit would move before it is made, and the day's stock.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::Command;
use super::records::{Saved, record_command};
use crate::access::Role;
use crate::day::Day;
use crate::draft::Draft;
use crate::id::Id;
use crate::modules::Inventory;
use crate::record::Record;

record_command! {
    /// What a change would move on other days, without making it: a new record, new values of one,
    /// or its deletion where no values are given.
    Preview, "preview", Operator, Cascade, |preview| preview.draft.as_ref().and_then(super::records::draft_site), {
        /// The record; none for a new one.
        #[serde(default)]
        id: Option<Id>,
        /// What was typed; none to delete the record.
        #[serde(default)]
        #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::DraftOf<R>>"))]
        draft: Option<Draft>,
    }
}

/// Enters what somebody says of a material's day in the words of the contract: figures that follow
/// from the records are compared with them, and none is taken that does not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Snapshot {
    /// What was sent: the fields that are typed of the stock, and besides `openingTon`,
    /// `producedTon`, `receivedTon`, `dispatchedTon`, `adjustmentTon`, `closingTon`, `isCalculated`.
    pub draft: Draft,
}

impl Command for Snapshot {
    type Output = Saved<Inventory>;
    const ACCESS: Role = Role::Operator;

    fn name() -> String {
        "inventory/snapshot".into()
    }

    fn site(&self) -> Option<&str> {
        super::records::draft_site(&self.draft)
    }
}

/// What a change moves on other days than its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Cascade {
    /// Stock that closes otherwise, or is off a count by another amount.
    pub moved: Vec<Moved>,
    /// Locked days, which keep their figures, and now do not open with what the day before closed with.
    pub locked: Vec<Opening>,
}

/// A material's day that comes out otherwise, in kilograms before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "MovedStock"))]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// The day.
    pub day: Day,
    /// The material.
    pub material_id: String,
    /// Its closing.
    pub closing: (i64, i64),
    /// Counted less computed.
    pub variance: (i64, i64),
}

/// A locked day that does not open with what the day before closed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Opening {
    /// The day.
    pub day: Day,
    /// The material.
    pub material_id: String,
    /// Its opening less the closing before, in kilograms.
    pub off_kg: i64,
}

impl Cascade {
    /// Whether nothing moves on other days.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.moved.is_empty() && self.locked.is_empty()
    }

    /// Notes a day that comes out otherwise; the last word on it counts.
    pub fn moved(&mut self, moved: Moved) {
        let same =
            |other: &&mut Moved| (other.day, &other.material_id) == (moved.day, &moved.material_id);
        match self.moved.iter_mut().find(same) {
            Some(known) => {
                known.closing.1 = moved.closing.1;
                known.variance.1 = moved.variance.1;
            }
            None => self.moved.push(moved),
        }
    }

    /// `4 days, 2 materials change`.
    #[must_use]
    pub fn words(&self) -> String {
        let days: BTreeSet<Day> = self.moved.iter().map(|moved| moved.day).collect();
        let materials: BTreeSet<&str> =
            self.moved.iter().map(|moved| moved.material_id.as_str()).collect();
        let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
        let verb = if materials.len() == 1 { "changes" } else { "change" };
        format!("{}, {} {verb}", count(days.len(), "day"), count(materials.len(), "material"))
    }
}
