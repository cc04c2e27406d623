//! A change: the immutable unit of history and of sync. The change log *is* the audit trail.
//!
//! On disk since the first version: add optional parts, never rename or remove one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use crate::canonical;
use crate::entry::Moment;
use crate::id::Id;

/// Version of the record definitions, up to which changes are understood.
pub const SCHEMA: u32 = 1;

/// What a change does to its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Makes it, or sets some of its groups.
    Put,
    /// Deletes it; it stays readable.
    Void,
    /// Brings a deleted one back, and sets some of its groups.
    Restore,
    /// Says what holds where changes met: sets groups like a put, and leaves a deleted one deleted.
    Resolve,
}

/// Which laptop made a change, and as which of its changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Origin {
    /// Device.
    pub dev: Id,
    /// Incarnation of its database: a restored copy gets a new one.
    pub inc: Id,
    /// Counts from 1 without a gap within the incarnation.
    pub seq: i64,
    /// The change that had the number before. Of two clones of one database, each knows only its
    /// own; without this, one could go on under numbers of the other. None for the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prev: Option<Id>,
}

/// The position of the feed whose state the author was looking at; 0 before anything was heard.
/// What the author had changed on the same laptop before is told by [`Origin`], and not by this.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Base {
    /// Position.
    pub seq: i64,
    /// The mark of the chain there, [`crate::sync::chain::Link::mark`]; nothing at 0.
    pub chain: String,
}

/// One group of fields, before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FromTo {
    /// What the author saw; none for a new record.
    pub from: Option<Map<String, Json>>,
    /// What the author set.
    pub to: Map<String, Json>,
}

/// One immutable change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Change {
    /// Its id, random: the key by which it is applied once.
    pub op: Id,
    /// Who counts it.
    pub origin: Origin,
    /// Where it is ordered: `site:<id>` or `global`.
    pub feed: String,
    /// Kind of record.
    pub entity: String,
    /// The record.
    pub rec: Id,
    /// What is done.
    pub kind: ChangeKind,
    /// What the author had seen.
    pub base: Base,
    /// Groups that it sets. A deletion sets nothing: it may say which values its author saw, twice
    /// the same; of a group that it does not say, any change that its author had not seen counts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, FromTo>,
    /// Natural key, when a record with one is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Map<String, Json>>,
    /// Business day of the record; with the key, or by itself where there is none.
    pub date: String,
    /// Changes that met others, were held or refused, and are settled by this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resolves: Vec<Id>,
    /// Why, where it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Changes that stand or fall together, such as one paste.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Id>,
    /// Who.
    pub actor: String,
    /// The laptop's clock.
    pub at: Moment,
    /// How far that clock was from the server's, in milliseconds; none before it was ever compared.
    pub skew_ms: Option<i64>,
    /// The site's time zone.
    pub tz: String,
    /// Version of the record definitions.
    pub schema: u32,
    /// Version of DeskOps.
    pub app: String,
    /// What the laptop's key says of all of the above, once laptops have keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sig: Option<String>,
}

impl Change {
    /// The exact bytes that are stored, sent and chained.
    ///
    /// # Panics
    /// Never: a change is plain data.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        canonical::bytes(&self.json())
    }

    /// As JSON.
    ///
    /// # Panics
    /// Never: a change is plain data.
    #[must_use]
    pub fn json(&self) -> Json {
        serde_json::to_value(self).expect("a change is plain data")
    }

    /// The hash of what it says, [`payload_hash`].
    ///
    /// # Panics
    /// Never: a change is plain data.
    #[must_use]
    pub fn payload_hash(&self) -> String {
        payload_hash(self.json())
    }
}

/// SHA-256 in hex of a change without who counted it and who signed that, so that the same edit
/// re-stamped into a new incarnation is recognised.
#[must_use]
pub fn payload_hash(mut change: Json) -> String {
    if let Json::Object(map) = &mut change {
        map.remove("origin");
        map.remove("sig");
    }
    hex(&Sha256::digest(canonical::bytes(&change)))
}

/// Lower-case hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
