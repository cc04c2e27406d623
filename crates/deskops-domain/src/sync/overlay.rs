//! What a laptop shows: the record as head office has it, and its own changes over it.
//!
//! A change of one's own stays over the record until its *id* comes back in the feed. What was
//! answered is not looked at, nor any number: an answer must not alter what a clerk sees.

use crate::change::{Change, ChangeKind};
use crate::sync::row::{Row, Touch};

/// A record with the changes over it that have not come back, oldest first.
#[must_use]
pub fn view<'a>(base: Option<&Row>, own: impl IntoIterator<Item = &'a Change>) -> Option<Row> {
    own.into_iter().fold(base.cloned(), |row, change| {
        let makes =
            matches!(change.kind, ChangeKind::Put | ChangeKind::Resolve) && !change.set.is_empty();
        let mut row = match row {
            Some(row) => row,
            None if makes => Row::begun(change),
            None => return None,
        };
        if change.kind == ChangeKind::Void {
            row.void(change);
        } else {
            for (group, set) in &change.set {
                row.set(group, &set.to);
            }
        }
        if change.kind == ChangeKind::Restore {
            row.voided = None;
        }
        row.touched = Touch::of(change);
        Some(row)
    })
}
