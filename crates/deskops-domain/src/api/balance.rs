//! The mass balance of a site over a range of days.

use serde::{Deserialize, Serialize};

use super::{Command, Days};
use crate::access::Role;
use crate::balance::Balance;
use crate::day::Day;
use crate::rate_check::RateCheck;

/// Asks for the mass balance of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AskBalance {
    /// The site.
    pub site_id: String,
    /// From this day on.
    pub date_from: Day,
    /// Up to and with this day.
    pub date_to: Day,
}

impl Command for AskBalance {
    type Output = BalanceReport;
    const ACCESS: Role = Role::Operator;

    fn name() -> String {
        "balance/report".into()
    }

    fn site(&self) -> Option<&str> {
        Some(&self.site_id)
    }

    /// Who sees its first day sees all of it.
    fn days(&mut self) -> Days<'_> {
        Days::One(self.date_from)
    }
}

/// A mass balance with its totals: kilograms, and hundredths of a per cent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct BalanceReport {
    /// The sums of the records.
    pub balance: Balance,
    /// All that was fed.
    pub fed_kg: i64,
    /// All that was made.
    pub products_kg: i64,
    /// Fed, and neither a product nor residue nor loss.
    pub unexplained_kg: i64,
    /// What of the feed became products; none without feed.
    pub recovery: Option<i64>,
    /// What of the feed did not go to landfill; none without feed.
    pub diversion: Option<i64>,
    /// What of the feed was debris; none without feed.
    pub recycled_content: Option<i64>,
    /// Whether any figure rests on tons that were not weighed.
    pub is_estimated: bool,
    /// What came to the yard: received and opening.
    pub in_kg: i64,
    /// What became of it. The same, unless the ledger is damaged.
    pub out_kg: i64,
    /// Products that were worked out from hours and counted in these days.
    pub rates: Vec<RateCheck>,
}

impl BalanceReport {
    /// Of the sums of some days, and how their rate cards stood the test.
    #[must_use]
    pub fn new(balance: Balance, rates: Vec<RateCheck>) -> Self {
        Self {
            fed_kg: balance.fed_kg(),
            products_kg: balance.products_kg(),
            unexplained_kg: balance.unexplained_kg(),
            recovery: balance.recovery(),
            diversion: balance.diversion(),
            recycled_content: balance.recycled_content(),
            is_estimated: balance.is_estimated(),
            in_kg: balance.in_kg(),
            out_kg: balance.out_kg(),
            balance,
            rates,
        }
    }
}
