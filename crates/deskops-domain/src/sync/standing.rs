//! What a merge has to know of a record: its row, who wrote each group, and what is still open.
//!
//! The accepted writes are an index of the log (record, group, position, device, incarnation,
//! number). All of them count and not only the last: whoever wrote last may have been the author
//! of the change himself, over somebody whom he never saw.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::change::{Change, Origin};
use crate::entry::Moment;
use crate::id::Id;
use crate::sync::conflict::Conflict;
use crate::sync::row::Row;

/// One accepted write of a group, or one deletion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write {
    /// Its position in the feed.
    pub at: i64,
    /// The change.
    pub op: Id,
    /// Which laptop counted it, and how.
    pub origin: Origin,
    /// Who.
    pub actor: String,
    /// When, by the clock of then.
    pub when: Moment,
}

impl Write {
    /// Of a change that is accepted at a position.
    #[must_use]
    pub fn of(change: &Change, at: i64) -> Self {
        Self {
            at,
            op: change.op.clone(),
            origin: change.origin.clone(),
            actor: change.actor.clone(),
            when: change.at,
        }
    }
}

/// A record as a change finds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The record; none before its first accepted change.
    pub row: Option<Row>,
    /// Accepted writes by group, oldest first. Where the base of a change is known, those at or
    /// before it may be left out but for the last, because their author had seen them.
    pub writes: BTreeMap<String, Vec<Write>>,
    /// The deletion in force.
    pub tombstone: Option<Write>,
    /// What of it is open.
    pub open: Vec<Conflict>,
}

/// What the author of a change had seen.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    change: &'a Change,
    is_base_known: bool,
}

impl<'a> Sight<'a> {
    /// Of a change. Where its base is not in the feed, history was rewritten since, and nothing
    /// that others wrote was seen for certain.
    #[must_use]
    pub fn of(change: &'a Change, is_base_known: bool) -> Self {
        Self { change, is_base_known }
    }

    /// Whether the author had seen a write: it came before the base, or is the author's own and
    /// earlier. Another incarnation of the same laptop is somebody else: what it wrote may be
    /// missing from this database.
    #[must_use]
    pub fn saw(&self, write: &Write) -> bool {
        let (mine, theirs) = (&self.change.origin, &write.origin);
        let is_before = self.is_base_known && write.at <= self.change.base.seq;
        let is_own = theirs.dev == mine.dev && theirs.inc == mine.inc && theirs.seq < mine.seq;
        is_before || is_own
    }
}

impl Standing {
    /// The last write of a group that the author of a change had not seen.
    #[must_use]
    pub fn unseen(&self, group: &str, sight: Sight<'_>) -> Option<&Write> {
        self.writes.get(group)?.iter().rev().find(|write| !sight.saw(write))
    }

    /// The last write of a group.
    #[must_use]
    pub fn last(&self, group: &str) -> Option<&Write> {
        self.writes.get(group)?.last()
    }

    /// Notes an accepted write of a group.
    pub fn wrote(&mut self, group: &str, write: Write) {
        self.writes.entry(group.to_owned()).or_default().push(write);
    }

    /// Whether the record is there and deleted.
    #[must_use]
    pub fn is_voided(&self) -> bool {
        self.row.as_ref().is_some_and(|row| row.voided.is_some())
    }
}
