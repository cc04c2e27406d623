//! From machine hours to tons of each product, by the rate and the split that hold on the day.
//!
//! Pure, and apart from the settings themselves: the screen that asks and the door that writes work
//! out the same figures.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::entry::Entry;
use crate::quantity::Tons;
use crate::settings::{Rate, RateSplit};
use crate::share::divide;

/// Hundredths in an hour.
const HOUR: i64 = 100;

/// The rates and splits of a site.
#[derive(Debug, Clone, Default)]
pub struct Cards {
    rates: BTreeMap<String, BTreeMap<Day, i64>>,
    splits: BTreeMap<String, BTreeMap<Day, Vec<(String, i64)>>>,
}

/// What the machines of a day made, as their hours and cards say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WorkedOut {
    /// One line a product.
    pub lines: Vec<Line>,
    /// Splits that do not add up to their machine's rate, and are not used.
    pub off: Vec<Off>,
    /// Machines that ran, and have a card, of which none holds: nothing can be said of them.
    pub unknown: Vec<String>,
}

/// One product of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// The product.
    pub material_id: String,
    /// All of it, in kilograms.
    pub kg: i64,
    /// The machines that made it.
    pub parts: Vec<Part>,
}

/// What one machine made of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// The machine.
    pub equipment_id: String,
    /// Hours of all its units, in hundredths.
    pub hours: i64,
    /// In kilograms.
    pub kg: i64,
}

/// A split that does not make its machine's rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Off {
    /// The machine.
    pub equipment_id: String,
    /// The day from which it would hold.
    pub from: Day,
    /// What its products make together in an hour, in kilograms.
    pub sum_kg: i64,
    /// What the machine makes in an hour, in kilograms; none where that is not said.
    pub rate_kg: Option<i64>,
}

impl Off {
    /// `Jaw Crusher #1: the split from 9 Jul makes 240.000 t an hour; its rate is 250.000.`
    #[must_use]
    pub fn words(&self, machine: &str) -> String {
        let (from, sum) = (self.from.short(), Tons::kg(self.sum_kg).show());
        match self.rate_kg.map(|kg| Tons::kg(kg).show()) {
            Some(rate) if self.sum_kg == 0 => {
                format!("{machine}: its rate from {from} is {rate} t an hour, split into nothing.")
            }
            Some(rate) => format!(
                "{machine}: the split from {from} makes {sum} t an hour; its rate is {rate}."
            ),
            None => format!(
                "{machine}: the split from {from} makes {sum} t an hour; its rate is not said."
            ),
        }
    }
}

impl Cards {
    /// Of live settings, in any order.
    #[must_use]
    pub fn new(rates: Vec<Entry<Rate>>, splits: Vec<Entry<RateSplit>>) -> Self {
        let mut cards = Self::default();
        for rate in rates {
            let machine = cards.rates.entry(rate.body.equipment_id.0).or_default();
            machine.insert(rate.date, rate.body.per_hour_kg.raw());
        }
        for split in splits {
            let machine = cards.splits.entry(split.body.equipment_id.0).or_default();
            let products = machine.entry(split.date).or_default();
            products.push((split.body.material_id.0, split.body.per_hour_kg.raw()));
        }
        for products in cards.splits.values_mut().flat_map(BTreeMap::values_mut) {
            products.sort_unstable();
        }
        cards
    }

    /// The rate of a machine that holds on a day, and since when.
    fn rate(&self, machine: &str, day: Day) -> Option<(Day, i64)> {
        let (from, kg) = self.rates.get(machine)?.range(..=day).next_back()?;
        Some((*from, *kg))
    }

    /// The latest split that has begun and makes the rate of its day. Later ones that do not are
    /// noted as off.
    fn in_force(&self, machine: &str, day: Day, off: &mut Vec<Off>) -> Option<&[(String, i64)]> {
        for (from, products) in self.splits.get(machine)?.range(..=day).rev() {
            let sum = products.iter().map(|(_, kg)| kg).sum();
            let rate = self.rate(machine, *from).map(|(_, kg)| kg);
            if rate == Some(sum) {
                return Some(products);
            }
            off.push(Off {
                equipment_id: machine.to_owned(),
                from: *from,
                sum_kg: sum,
                rate_kg: rate,
            });
        }
        None
    }

    /// Machine, product and kilograms an hour of every split that holds on a day.
    #[must_use]
    pub fn splits_on(&self, day: Day) -> Vec<(String, String, i64)> {
        let machines = self
            .splits
            .keys()
            .filter_map(|machine| Some((machine, self.in_force(machine, day, &mut Vec::new())?)));
        let each = machines.flat_map(|(machine, split)| {
            split.iter().map(move |(product, kg)| (machine.clone(), product.clone(), *kg))
        });
        each.collect()
    }

    /// What the machines of a day made: hours of all units of each, in hundredths.
    #[must_use]
    pub fn work_out(&self, day: Day, hours: &BTreeMap<String, i64>) -> WorkedOut {
        let mut worked = WorkedOut::default();
        let mut products: BTreeMap<&str, Vec<Part>> = BTreeMap::new();
        let machines: BTreeSet<&String> = self.rates.keys().chain(self.splits.keys()).collect();
        for machine in machines {
            let ran = hours.get(machine).copied().unwrap_or_default();
            let split = self.in_force(machine, day, &mut worked.off);
            let rate = self.rate(machine, day);
            let (Some(split), Some((since, rate))) = (split, rate) else {
                if let (Some((from, rate)), None) = (rate, worked.off_of(machine)) {
                    let equipment_id = machine.clone();
                    worked.off.push(Off { equipment_id, from, sum_kg: 0, rate_kg: Some(rate) });
                }
                let has_begun = rate.is_some() || worked.off_of(machine).is_some();
                if ran > 0 && has_begun {
                    worked.unknown.push(machine.clone());
                }
                continue;
            };
            let weights: Vec<i64> = split.iter().map(|(_, kg)| *kg).collect();
            let sum = weights.iter().sum();
            if sum != rate && worked.off_of(machine).is_none() {
                let equipment_id = machine.clone();
                worked.off.push(Off {
                    equipment_id,
                    from: since,
                    sum_kg: sum,
                    rate_kg: Some(rate),
                });
            }
            for ((product, _), kg) in split.iter().zip(divide(made(rate, ran), &weights)) {
                if kg > 0 {
                    let part = Part { equipment_id: machine.clone(), hours: ran, kg };
                    products.entry(product).or_default().push(part);
                }
            }
        }
        worked.lines = products
            .into_iter()
            .map(|(product, parts)| Line {
                material_id: product.to_owned(),
                kg: parts.iter().map(|part| part.kg).sum(),
                parts,
            })
            .collect();
        worked
    }
}

impl WorkedOut {
    fn off_of(&self, machine: &str) -> Option<&Off> {
        self.off.iter().find(|off| off.equipment_id == machine)
    }
}

/// What a machine makes in so many hundredths of an hour: whole kilograms, the nearest.
#[must_use]
pub fn made(rate_kg: i64, hundredths: i64) -> i64 {
    let exact = i128::from(rate_kg) * i128::from(hundredths);
    i64::try_from((exact + i128::from(HOUR / 2)) / i128::from(HOUR)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn cards(rates: &[(&str, i64)], splits: &[(&str, &[(&str, i64)])]) -> Cards {
        let mut cards = Cards::default();
        let rates = rates.iter().map(|(from, tons)| (day(from), tons * 1_000)).collect();
        cards.rates.insert("EQ001".into(), rates);
        let products = |of: &[(&str, i64)]| {
            of.iter().map(|(id, tons)| ((*id).to_owned(), tons * 1_000)).collect()
        };
        let splits = splits.iter().map(|(from, of)| (day(from), products(of))).collect();
        cards.splits.insert("EQ001".into(), splits);
        cards
    }

    fn of(cards: &Cards, on: &str, hundredths: i64) -> (Vec<(String, i64)>, WorkedOut) {
        let hours = BTreeMap::from([("EQ001".to_owned(), hundredths)]);
        let worked = cards.work_out(day(on), &hours);
        (worked.lines.iter().map(|line| (line.material_id.clone(), line.kg)).collect(), worked)
    }

    #[test]
    fn a_split_that_does_not_add_up_is_not_used_and_named() {
        let cards = cards(
            &[("2026-01-01", 250)],
            &[("2026-01-01", &[("A", 200), ("B", 50)]), ("2026-07-09", &[("A", 190), ("B", 50)])],
        );
        let (lines, worked) = of(&cards, "2026-07-10", 800);
        assert_eq!(lines, [("A".to_owned(), 1_600_000), ("B".to_owned(), 400_000)]);
        let words: Vec<_> = worked.off.iter().map(|off| off.words("Jaw")).collect();
        assert_eq!(
            words,
            ["Jaw: the split from 9 Jul makes 240.000 t an hour; its rate is 250.000."]
        );
        let (_, before) = of(&cards, "2026-07-08", 800);
        assert!(before.off.is_empty(), "on the 8th it has not begun");
    }

    #[test]
    fn a_machine_without_a_split_that_holds_is_unknown_and_not_nothing() {
        let cards = cards(&[("2026-01-01", 250)], &[("2026-01-01", &[("A", 200)])]);
        let (lines, worked) = of(&cards, "2026-07-10", 800);
        assert_eq!((lines.len(), worked.unknown), (0, vec!["EQ001".to_owned()]));
        let (_, idle) = of(&cards, "2026-07-10", 0);
        assert!(idle.unknown.is_empty(), "it did not run");
        let (_, before) = of(&cards, "2025-12-31", 800);
        assert!(before.unknown.is_empty(), "it had no card yet");
    }

    #[test]
    fn a_later_rate_scales_the_split_and_is_said() {
        let cards = cards(
            &[("2026-01-01", 250), ("2026-07-01", 300)],
            &[("2026-01-01", &[("A", 200), ("B", 50)])],
        );
        let (lines, worked) = of(&cards, "2026-07-01", 100);
        assert_eq!(lines, [("A".to_owned(), 240_000), ("B".to_owned(), 60_000)]);
        assert_eq!(worked.off.len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn the_products_of_a_machine_add_up_to_rate_times_hours(
            tons in proptest::collection::vec(1_i64..=9_999, 1..9),
            hundredths in 0_i64..=240_000,
        ) {
            let names: Vec<String> = (0..tons.len()).map(|n| format!("M{n}")).collect();
            let products: Vec<(&str, i64)> =
                names.iter().map(String::as_str).zip(tons.iter().copied()).collect();
            let rate = tons.iter().sum::<i64>();
            let cards = cards(&[("2026-01-01", rate)], &[("2026-01-01", &products)]);
            let (lines, _) = of(&cards, "2026-07-01", hundredths);
            let sum: i64 = lines.iter().map(|(_, kg)| kg).sum();
            proptest::prop_assert_eq!(sum, made(rate * 1_000, hundredths));
        }
    }
}
