//! What became of a change. Every one ends as one of these, keeps its number, and comes back in the
//! feed with it, so that author and supervisor see what was not taken.

use serde::{Deserialize, Serialize};

use crate::problem::Problems;

/// What became of a change. On disk and in the chain: add, never rename.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Outcome {
    /// It altered its record as it says.
    Applied,
    /// The record was like that already.
    Converged,
    /// It met what its author had not seen; some or all of it is open, nothing is lost.
    Conflict,
    /// It waits for somebody, and may be taken afterwards.
    Held {
        /// Why.
        reason: Reason,
    },
    /// It is wrong in itself, and is kept to be seen and entered again.
    Rejected {
        /// Why.
        reason: Reason,
    },
}

impl Outcome {
    /// Whether all of it is in force.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Applied | Self::Converged)
    }

    /// Whether nothing of it is in force before somebody looks at it.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        matches!(self, Self::Held { .. } | Self::Rejected { .. })
    }
}

/// Why nothing of a change is in force before somebody looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// It waits for somebody.
    Held(Reason),
    /// It is wrong in itself.
    Rejected(Reason),
}

impl Stop {
    /// Waits for somebody.
    #[must_use]
    pub fn held(why: Why) -> Self {
        Self::Held(Reason { why, problems: Problems::default() })
    }

    /// Is wrong in itself.
    #[must_use]
    pub fn rejected(why: Why) -> Self {
        Self::Rejected(Reason { why, problems: Problems::default() })
    }

    /// Is wrong in these fields.
    #[must_use]
    pub fn wrong(problems: Problems) -> Self {
        Self::Rejected(Reason { why: Why::Field, problems })
    }
}

impl From<Stop> for Outcome {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Held(reason) => Self::Held { reason },
            Stop::Rejected(reason) => Self::Rejected { reason },
        }
    }
}

/// Why a change was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The kind of reason.
    pub why: Why,
    /// Field by field, where fields are wrong.
    #[serde(default, skip_serializing_if = "Problems::is_empty")]
    pub problems: Problems,
}

/// The kinds of reason. The first are found by the merge itself, the last by head office, which
/// knows rights, lists and closed days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It was made by a later version, with definitions that are not known here.
    Newer,
    /// Its kind of record is not known here.
    UnknownEntity,
    /// The record that it changes is not there; its first change may be held.
    NoRecord,
    /// With what others entered, the record contradicts itself.
    Contradiction,
    /// Another change that stands or falls with it was not taken.
    Together,
    /// It says a field, or a value, that is not allowed.
    Field,
    /// Its id is not that of its key, or the key is missing.
    Key,
    /// It names another feed, kind or day than its record has.
    Elsewhere,
    /// It says nothing, or what its kind does not say.
    Form,
    /// Another change had its id.
    IdReused,
    /// Its bytes do not read.
    Unreadable,
    /// Its day or month is locked.
    PeriodLocked,
    /// Its author may not do this, or not there.
    NoRight,
    /// It names an item of a list that is not there or not in use.
    UnknownItem,
    /// Another record has this code.
    DuplicateCode,
}

impl Why {
    /// What a clerk reads.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Newer => {
                "It was made with a newer DeskOps; head office takes it after its update."
            }
            Self::UnknownEntity => "Head office does not know this kind of record yet.",
            Self::NoRecord => "Head office does not have the record that it changes.",
            Self::Contradiction => {
                "Together with what others entered, the record contradicts itself."
            }
            Self::Together => "Another change that belongs to it was not taken.",
            Self::Field => "A field is not as it may be.",
            Self::Key => "The record's id does not belong to its key.",
            Self::Elsewhere => "The record is of another site, kind or day.",
            Self::Form => "It says nothing that can be done.",
            Self::IdReused => "Another change has the same id.",
            Self::Unreadable => "It does not read.",
            Self::PeriodLocked => "The day or month is locked.",
            Self::NoRight => "Its author may not do this here.",
            Self::UnknownItem => "It names something that is not on the lists, or not in use.",
            Self::DuplicateCode => "Another entry of the list has this code.",
        }
    }
}
