//! Whether a change is new, was had before, or is out of order: what is looked at before any merge.
//!
//! An id makes a change count once, whatever number it comes under; a number makes none go missing.
//! A laptop whose database was restored or cloned gives numbers twice; it is told so, takes a new
//! incarnation, and sends what it has again under new numbers.

use crate::id::Id;
use crate::sync::op::Op;

/// What head office knows that bears on a change: its id, and the numbers of its laptop in this
/// incarnation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    /// The hash of the change that it has under this id, refused ones too.
    pub hash: Option<&'a str>,
    /// The last number that counted; 0 before the first.
    pub last: i64,
    /// The change that counted under this very number.
    pub holder: Option<&'a Id>,
    /// The change that counted under the number before.
    pub before: Option<&'a Id>,
}

/// What to do with a change that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// Merge it, and count its number.
    New,
    /// It was had: answer as then. Its number counts where it is the next one, because a change
    /// that is sent again under a new incarnation has one there.
    Again {
        /// Whether its number is the next one.
        is_counted: bool,
    },
    /// It is not the one that was had under this id: refuse it, and say so aloud. Its number counts
    /// where it is the next one, so that those behind it are not held up.
    IdReused {
        /// Whether its number is the next one.
        is_counted: bool,
    },
    /// Another change had this number, or the one before: the laptop's database was restored or
    /// cloned. It takes a new incarnation and numbers anew what has not come back to it.
    NumberReused,
    /// One before it is missing. Nothing behind it is taken; the laptop sends again from there on,
    /// also what came back to it long ago, because head office may have been restored.
    Gap {
        /// The number that is missing.
        expected: i64,
    },
}

/// Looks at the number and the id of a change.
///
/// What counts is kept as device, incarnation, number and id, also for a change that was had under
/// another number: a number belongs to one change for ever.
#[must_use]
pub fn receive(known: Known<'_>, op: &Op) -> Receipt {
    let (change, origin) = (op.change(), &op.change().origin);
    let expected = known.last + 1;
    if origin.seq > expected {
        return Receipt::Gap { expected };
    }
    let is_counted = origin.seq == expected;
    let is_other = if is_counted {
        // The numbers up to here are of a database that has gone another way.
        origin.seq > 1 && origin.prev.is_some() && origin.prev.as_ref() != known.before
    } else {
        known.holder != Some(&change.op)
    };
    match known.hash {
        _ if is_other => Receipt::NumberReused,
        Some(hash) if hash == op.payload_hash() => Receipt::Again { is_counted },
        Some(_) => Receipt::IdReused { is_counted },
        None => Receipt::New,
    }
}

/// Which changes of a push stand or fall together: runs of one `group`, in the order in which they
/// were numbered. A laptop never cuts a run into two pushes, so a run is whole.
pub fn runs<'a>(ops: &'a [&'a Op]) -> impl Iterator<Item = &'a [&'a Op]> {
    ops.chunk_by(|one, next| {
        let group: Option<&Id> = one.change().group.as_ref();
        group.is_some() && group == next.change().group.as_ref()
    })
}
