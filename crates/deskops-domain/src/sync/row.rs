//! A record as the feed carries it: place, key, groups and stamp, with one byte form.
//!
//! Apart from [`crate::entry::Entry`], which is typed: the feed holds records of every kind, also of
//! kinds and fields that only a later version knows, and both sides hash the same bytes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use sha2::{Digest as _, Sha256};

use crate::canonical;
use crate::change::Change;
use crate::entry::{Moment, Voided};
use crate::id::Id;

/// Who did something, and when by their clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl Touch {
    /// Of a change.
    #[must_use]
    pub fn of(change: &Change) -> Self {
        Self { by: change.actor.clone(), at: change.at }
    }
}

/// A record after the last change that altered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Kind of record.
    pub entity: String,
    /// The feed that orders its changes; it never moves to another.
    pub feed: String,
    /// Its id.
    pub rec: Id,
    /// Its business day.
    pub date: String,
    /// Natural key, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Map<String, Json>>,
    /// Values by group; what is computed is not here.
    pub groups: BTreeMap<String, Map<String, Json>>,
    /// First entered.
    pub made: Touch,
    /// Last altered.
    pub touched: Touch,
    /// Set while it is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voided: Option<Voided>,
    /// Position in the feed of the change that altered it last. It only grows, so that of two
    /// states of a record the later one is known.
    pub seq: i64,
}

impl Row {
    /// The record that a first change makes, without a value yet.
    #[must_use]
    pub fn begun(change: &Change) -> Self {
        Self {
            entity: change.entity.clone(),
            feed: change.feed.clone(),
            rec: change.rec.clone(),
            date: change.date.clone(),
            key: change.key.clone(),
            groups: BTreeMap::new(),
            made: Touch::of(change),
            touched: Touch::of(change),
            voided: None,
            seq: 0,
        }
    }

    /// Sets the columns that a change says of a group; those that it does not know stay.
    pub fn set(&mut self, group: &str, to: &Map<String, Json>) {
        match self.groups.get_mut(group) {
            Some(there) => there.extend(to.iter().map(|(key, value)| (key.clone(), value.clone()))),
            None => {
                self.groups.insert(group.to_owned(), to.clone());
            }
        }
    }

    /// Marks it as deleted by a change.
    pub fn void(&mut self, change: &Change) {
        self.voided =
            Some(Voided { at: change.at, by: change.actor.clone(), reason: change.reason.clone() });
    }

    /// Whether a group holds these values, of the columns that are named. A column that is not
    /// there is empty.
    #[must_use]
    pub fn holds(&self, group: &str, values: &Map<String, Json>) -> bool {
        self.groups.get(group).is_some_and(|there| {
            values.iter().all(|(key, value)| there.get(key).unwrap_or(&Json::Null) == value)
        })
    }

    /// SHA-256 of its canonical bytes.
    ///
    /// # Panics
    /// Never: a row is plain data.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        let json = serde_json::to_value(self).expect("a row is plain data");
        Sha256::digest(canonical::bytes(&json)).into()
    }
}
