//! A change as it travels: with the very bytes that were sent.
//!
//! Apart from [`Change`], because the bytes are what is stored, hashed and chained: a newer laptop
//! may have said more than this version reads, and that must not be lost on the way.

use serde::Deserialize as _;
use serde_json::Value as Json;

use crate::canonical;
use crate::change::{Change, payload_hash};

/// The most bytes of one change. The longest that DeskOps writes has a tenth of it.
pub const MOST_BYTES: usize = 64 * 1024;

/// A change, its bytes and the hash of what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Op {
    change: Change,
    raw: Vec<u8>,
    hash: String,
}

/// Why bytes are no change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// They are more than [`MOST_BYTES`].
    TooLong,
    /// They are no JSON, or not in the one form that is hashed.
    NotCanonical,
    /// They hold a number that is not whole.
    NotWhole,
    /// They are JSON of another shape, or of a kind that a later version knows.
    NotAChange(String),
}

impl Op {
    /// What was made here.
    #[must_use]
    pub fn of(change: Change) -> Self {
        let json = change.json();
        Self { raw: canonical::bytes(&json), hash: payload_hash(json), change }
    }

    /// Reads what came from outside.
    ///
    /// # Errors
    /// Why it is no change.
    pub fn read(raw: &[u8]) -> Result<Self, Unreadable> {
        if raw.len() > MOST_BYTES {
            return Err(Unreadable::TooLong);
        }
        let json: Json = serde_json::from_slice(raw).map_err(|_| Unreadable::NotCanonical)?;
        if !is_whole(&json) {
            return Err(Unreadable::NotWhole);
        }
        if canonical::bytes(&json) != raw {
            return Err(Unreadable::NotCanonical);
        }
        let change = Change::deserialize(&json)
            .map_err(|error| Unreadable::NotAChange(error.to_string()))?;
        Ok(Self { change, raw: raw.to_vec(), hash: payload_hash(json) })
    }

    /// What it says.
    #[must_use]
    pub fn change(&self) -> &Change {
        &self.change
    }

    /// The very bytes.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The hash of what it says, without who counted it.
    #[must_use]
    pub fn payload_hash(&self) -> &str {
        &self.hash
    }
}

/// Whether every number is whole: amounts are exact, and a float has more than one form.
fn is_whole(json: &Json) -> bool {
    match json {
        Json::Number(number) => number.is_i64(),
        Json::Array(items) => items.iter().all(is_whole),
        Json::Object(map) => map.values().all(is_whole),
        Json::Null | Json::Bool(_) | Json::String(_) => true,
    }
}
