//! Rate cards held against counts: what a machine would have to make in an hour for the stock that
//! was counted.
//!
//! Apart from the cards, because it looks back: they say what hours come to, this says how well.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::balance::Product;
use crate::day::Day;
use crate::rate_card::Cards;

/// A product that was worked out from hours, and counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RateCheck {
    /// The product.
    pub material_id: String,
    /// What its hours came to in these days, in kilograms.
    pub from_hours_kg: i64,
    /// What its counts found more (or, below nothing, less) than was computed, in kilograms.
    pub variance_kg: i64,
    /// What each machine makes of it in an hour, and would have to.
    pub cards: Vec<CardCheck>,
}

/// What a machine makes of a product in an hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CardCheck {
    /// The machine.
    pub equipment_id: String,
    /// By the split in force on the last day, in kilograms.
    pub per_hour_kg: i64,
    /// What would have made what was counted, in whole kilograms, the nearest.
    pub suggested_kg: i64,
}

/// Holds what was made from hours against counts. What was weighed is not doubted: the whole
/// difference of a product's counts is put down to its lines from hours, and to all machines alike.
#[must_use]
pub fn check(
    products: &[Product],
    variances: &BTreeMap<String, i64>,
    cards: &Cards,
    last: Day,
) -> Vec<RateCheck> {
    let splits = cards.splits_on(last);
    let checked = products.iter().filter(|product| product.from_hours_kg > 0);
    checked
        .filter_map(|product| {
            let variance_kg = *variances.get(&product.material_id)?;
            let from_hours_kg = product.from_hours_kg;
            let counted = (from_hours_kg + variance_kg).max(0);
            let of_it = splits.iter().filter(|(_, material, _)| *material == product.material_id);
            let cards = of_it.map(|(machine, _, per_hour_kg)| CardCheck {
                equipment_id: machine.clone(),
                per_hour_kg: *per_hour_kg,
                suggested_kg: nearest(*per_hour_kg, counted, from_hours_kg),
            });
            Some(RateCheck {
                material_id: product.material_id.clone(),
                from_hours_kg,
                variance_kg,
                cards: cards.collect(),
            })
        })
        .collect()
}

/// `amount × part / whole` in whole kilograms, the nearest; none of them is below nothing.
fn nearest(amount: i64, part: i64, whole: i64) -> i64 {
    let exact = i128::from(amount) * i128::from(part) * 2 + i128::from(whole);
    i64::try_from(exact / (i128::from(whole) * 2)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(kg: i64, from_hours_kg: i64) -> Product {
        Product { material_id: "MAT002".into(), kg, from_hours_kg }
    }

    #[test]
    fn what_was_not_counted_or_not_made_from_hours_is_not_checked() {
        let cards = Cards::default();
        let day = crate::day::FIRST_DAY;
        assert!(check(&[product(500, 500)], &BTreeMap::new(), &cards, day).is_empty());
        let counted = BTreeMap::from([("MAT002".to_owned(), -20)]);
        assert!(check(&[product(500, 0)], &counted, &cards, day).is_empty());
        assert_eq!(check(&[product(700, 500)], &counted, &cards, day)[0].variance_kg, -20);
    }

    #[test]
    fn a_suggestion_is_the_nearest_kilogram_and_never_below_nothing() {
        assert_eq!(nearest(150_000, 1_140_000, 1_200_000), 142_500);
        assert_eq!(nearest(100, 2, 3), 67);
        assert_eq!(nearest(100, 1, 3), 33);
        assert_eq!(nearest(100, 0, 3), 0);
        assert_eq!(nearest(i64::MAX, 3, 1), i64::MAX);
    }
}
