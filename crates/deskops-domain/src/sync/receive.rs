//! Whether a change is new, was had before, or is out of order: what is looked at before any merge.
//!
//! An id makes a change count once, whatever number it comes under; a number makes none go missing.
//! A laptop whose database was restored or cloned gives numbers twice; it is told so, takes a new
//! incarnation, and sends what it has again under new numbers.

use crate::id::Id;
use crate::sync::op::Op;

/// What head office knows that bears on a change: its id and its laptop's last number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    /// The hash of the change that it has under this id, refused ones too.
    pub hash: Option<&'a str>,
    /// The last number of this laptop and incarnation; 0 before the first.
    pub last: i64,
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
    /// Another change had this number: the laptop's database was restored or cloned.
    NumberReused,
    /// One before it is missing. Nothing behind it is taken.
    Gap {
        /// The number that is missing.
        expected: i64,
    },
}

/// Where the incarnation of a laptop stands: which of its numbers is due.
#[must_use]
pub fn receive(known: Known<'_>, op: &Op) -> Receipt {
    let expected = known.last + 1;
    let seq = op.change().origin.seq;
    let is_counted = seq == expected;
    match known.hash {
        Some(hash) if hash == op.payload_hash() => Receipt::Again { is_counted },
        Some(_) => Receipt::IdReused { is_counted },
        None if is_counted => Receipt::New,
        None if seq < expected => Receipt::NumberReused,
        None => Receipt::Gap { expected },
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
