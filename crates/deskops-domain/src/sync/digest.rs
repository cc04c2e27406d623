//! What a month of one kind of record comes to, in one line: how two sides find that they differ
//! without sending rows.
//!
//! The hash is a sum over rows, so it is kept up as rows change, in any order. It is only compared
//! where both sides have heard the same feed up to the same position, and is never copied.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::sync::entity::Entity;
use crate::sync::row::Row;

/// The rows of one kind and month.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bucket {
    /// All of them, deleted ones too.
    pub count: i64,
    /// Those that are not deleted.
    pub live: i64,
    /// What those weigh.
    pub sum_kg: i64,
    /// Sum of the first 16 bytes of each row's hash, modulo 2^128, in hex on the wire.
    #[serde(with = "wide")]
    pub hash128: u128,
}

/// The buckets of a feed, by kind and month, `2026-11`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Digest(BTreeMap<(String, String), Bucket>);

impl Digest {
    /// Takes what a change made of a row into account: what it was, and what it is.
    pub fn turn(&mut self, was: Option<&Row>, is: Option<&Row>) {
        if let Some(row) = was {
            self.add(row, -1);
        }
        if let Some(row) = is {
            self.add(row, 1);
        }
    }

    /// The bucket of a kind and month.
    #[must_use]
    pub fn bucket(&self, entity: &str, month: &str) -> Bucket {
        self.0.get(&(entity.to_owned(), month.to_owned())).cloned().unwrap_or_default()
    }

    /// Kinds and months in which two sides differ, the ones to fetch again.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<(String, String)> {
        let mut places: Vec<_> = self.0.keys().chain(other.0.keys()).collect();
        places.sort_unstable();
        places.dedup();
        places.retain(|place| self.0.get(place) != other.0.get(place));
        places.into_iter().cloned().collect()
    }

    fn add(&mut self, row: &Row, sign: i64) {
        let month = row.date.get(..7).unwrap_or(&row.date).to_owned();
        let place = (row.entity.clone(), month);
        let bucket = self.0.entry(place.clone()).or_default();
        let mut wide = [0; 16];
        wide.copy_from_slice(&row.hash()[..16]);
        let hash = u128::from_be_bytes(wide);
        bucket.count += sign;
        bucket.hash128 = if sign < 0 {
            bucket.hash128.wrapping_sub(hash)
        } else {
            bucket.hash128.wrapping_add(hash)
        };
        if row.voided.is_none() {
            bucket.live += sign;
            bucket.sum_kg += sign * weight(row);
        }
        if *bucket == Bucket::default() {
            self.0.remove(&place);
        }
    }
}

/// What a row weighs.
#[must_use]
pub fn weight(row: &Row) -> i64 {
    let Some(entity) = Entity::find(&row.entity) else { return 0 };
    let kg = |shape: &crate::field::Shape| row.groups.get(shape.group)?.get(shape.column)?.as_i64();
    entity.weights().filter_map(kg).sum()
}

/// 128 bits as hex: JSON's numbers hold 53.
mod wide {
    use serde::{Deserialize as _, Deserializer, Serializer, de};

    pub fn serialize<S: Serializer>(wide: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{wide:032x}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        let text = String::deserialize(deserializer)?;
        u128::from_str_radix(&text, 16).map_err(de::Error::custom)
    }
}
