//! Loads without a weight become tons, by what a load of the material usually weighs.

use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::ledger::Cascade;
use super::records::record_command;
use super::{Command, Days};
use crate::access::Role;
use crate::day::Day;
use crate::record::Record;

record_command! {
    /// Works out the tons of loads whose weight is pending, on open days, and marks them estimated.
    Estimate, "estimate", Entered, Estimated, |estimate| Some(&estimate.site_id),
    sees |estimate| Days::One(estimate.date_from), {
        /// The site.
        site_id: String,
        /// From this day on.
        date_from: Day,
        /// Up to and with this day.
        date_to: Day,
    }
}

record_command! {
    /// What [`Estimate`] would move on other days, without writing anything.
    PreviewEstimate, "preview-estimate", Entered, Cascade, |preview| Some(&preview.site_id),
    sees |preview| Days::One(preview.date_from), {
        /// The site.
        site_id: String,
        /// From this day on.
        date_from: Day,
        /// Up to and with this day.
        date_to: Day,
    }
}

/// What was worked out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Estimated {
    /// Records that have tons now.
    pub estimated: u64,
    /// Their tons, in kilograms.
    pub kg: i64,
    /// Materials for which it is not said what a load weighs, and their records.
    pub without_factor: Vec<(String, u64)>,
    /// Records that stay as they are because their day is closed.
    pub closed: u64,
    /// Records on this computer that head office does not have yet.
    pub unsent: u64,
}
