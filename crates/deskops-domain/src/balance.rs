//! What went into the plant and onto the yard, and what became of it: the mass balance of a period.
//!
//! Everything here is computed from sums, in kilograms, that a spreadsheet of the exported rows
//! gives too. What is not explained is a figure of its own and never hidden in another.

use serde::{Deserialize, Serialize};

use crate::summary::change_percent;

/// Sums of a period, as the records say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Balance {
    /// What was fed into the machines.
    pub feeds: Vec<Feed>,
    /// What they made.
    pub products: Vec<Product>,
    /// Went to landfill.
    pub residue_kg: i64,
    /// Moisture and dust.
    pub loss_kg: i64,
    /// The yard.
    pub stock: Stock,
    /// Loads that came or left and have no weight yet: they are in no figure here.
    pub pending_loads: u64,
}

/// One material that was fed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Feed {
    /// The material.
    pub material_id: String,
    /// Whether it is debris that came in to be recycled.
    pub is_raw: bool,
    /// How much.
    pub kg: i64,
    /// How much of that was not weighed.
    pub estimated_kg: i64,
}

/// One material that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Product {
    /// The material.
    pub material_id: String,
    /// How much.
    pub kg: i64,
    /// How much of that was worked out from machine hours.
    pub from_hours_kg: i64,
}

/// All heaps of the site together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Stock {
    /// Before the first day.
    pub opening_kg: i64,
    /// Came in.
    pub received_kg: i64,
    /// How much of that was not weighed.
    pub received_estimated_kg: i64,
    /// Left.
    pub dispatched_kg: i64,
    /// How much of that was not weighed.
    pub dispatched_estimated_kg: i64,
    /// Added and taken away by hand.
    pub typed_kg: i64,
    /// Counted less computed.
    pub variance_kg: i64,
    /// What days opened with, less what the days before them closed with: stock that was set.
    pub set_kg: i64,
    /// After the last day.
    pub closing_kg: i64,
}

impl Balance {
    /// All that was fed.
    #[must_use]
    pub fn fed_kg(&self) -> i64 {
        self.feeds.iter().map(|feed| feed.kg).sum()
    }

    /// What of it came in to be recycled.
    #[must_use]
    pub fn raw_kg(&self) -> i64 {
        self.feeds.iter().filter(|feed| feed.is_raw).map(|feed| feed.kg).sum()
    }

    /// All that was made.
    #[must_use]
    pub fn products_kg(&self) -> i64 {
        self.products.iter().map(|product| product.kg).sum()
    }

    /// Fed, and neither a product nor residue nor loss; less than nothing where more came out than
    /// went in.
    #[must_use]
    pub fn unexplained_kg(&self) -> i64 {
        self.fed_kg() - self.products_kg() - self.residue_kg - self.loss_kg
    }

    /// What of the feed became products, in hundredths of a per cent; none without feed.
    #[must_use]
    pub fn recovery(&self) -> Option<i64> {
        part(self.products_kg(), self.fed_kg())
    }

    /// What of the feed did not go to landfill; none without feed.
    #[must_use]
    pub fn diversion(&self) -> Option<i64> {
        part(self.fed_kg() - self.residue_kg, self.fed_kg())
    }

    /// What of the feed was debris; none without feed.
    #[must_use]
    pub fn recycled_content(&self) -> Option<i64> {
        part(self.raw_kg(), self.fed_kg())
    }

    /// Whether any figure rests on tons that were not weighed.
    #[must_use]
    pub fn is_estimated(&self) -> bool {
        let fed = self.feeds.iter().any(|feed| feed.estimated_kg != 0);
        fed || self.stock.received_estimated_kg != 0 || self.stock.dispatched_estimated_kg != 0
    }

    /// What came to the yard: received and opening.
    #[must_use]
    pub fn in_kg(&self) -> i64 {
        self.stock.received_kg + self.stock.opening_kg
    }

    /// What became of it: dispatched, closing, residue, loss, unexplained, less what people added.
    #[must_use]
    pub fn out_kg(&self) -> i64 {
        let stock = &self.stock;
        let said = stock.typed_kg + stock.variance_kg + stock.set_kg;
        let gone = self.residue_kg + self.loss_kg + self.unexplained_kg();
        stock.dispatched_kg + stock.closing_kg + gone - said
    }
}

/// A part of a whole in hundredths of a per cent, the nearest; none where there is no whole.
#[must_use]
pub fn part(of: i64, whole: i64) -> Option<i64> {
    change_percent(whole.checked_add(of)?, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn balance(fed: i64, made: i64) -> Balance {
        let feed = Feed { material_id: "MAT016".into(), is_raw: true, kg: fed, estimated_kg: 0 };
        let product = Product { material_id: "MAT002".into(), kg: made, from_hours_kg: 0 };
        Balance { feeds: vec![feed], products: vec![product], ..Balance::default() }
    }

    #[test]
    fn parts_are_of_the_feed_and_what_is_left_is_unexplained() {
        let day = Balance { residue_kg: 50_000, loss_kg: 10_000, ..balance(1_000_000, 900_000) };
        assert_eq!(day.unexplained_kg(), 40_000);
        assert_eq!(
            (day.recovery(), day.diversion(), day.recycled_content()),
            (Some(9_000), Some(9_500), Some(10_000))
        );
    }

    #[test]
    fn without_feed_there_is_no_part_and_more_out_than_in_is_shown() {
        let none = Balance { feeds: Vec::new(), ..balance(0, 900) };
        assert_eq!(
            (none.recovery(), none.diversion(), none.recycled_content()),
            (None, None, None)
        );
        assert_eq!(none.unexplained_kg(), -900);
        assert_eq!(balance(900, 1_000).recovery(), Some(11_111));
        assert_eq!(part(1, 3), Some(3_333));
        assert_eq!(part(2, 3), Some(6_667));
    }
}
