//! Why a command was not done, as the caller may know it: one envelope for every transport.

use serde::{Deserialize, Serialize};

use crate::id::Id;
use crate::problem::{Problem, Problems};

/// The kind of a refusal. A kind exists only if somebody acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// Some fields are wrong: `details` says which.
    ValidationError,
    /// A record with this key exists: `record` says which.
    DuplicateRecord,
    /// The id of a new record is in use for something else.
    IdReused,
    /// Somebody changed the record since it was read.
    RecordChanged,
    /// The day or month is locked: `record` says since when and by whom.
    PeriodLocked,
    /// Something is missing before a day or month can be closed: `details` says what.
    NotReady,
    /// There is no such record or command.
    NotFound,
    /// There is no such site.
    SiteNotFound,
    /// The site takes no new records.
    SiteInactive,
    /// The caller's role is not enough.
    Forbidden,
    /// Nobody is signed in.
    Unauthorized,
    /// Too many wrong passwords: `hint` says how long to wait.
    TooManyTries,
    /// The input is no JSON of the command's shape.
    BadRequest,
    /// The database cannot be used: `hint` says what to do.
    DatabaseUnavailable,
    /// A file could not be written: `hint` says what to do.
    FileUnavailable,
    /// The other side cannot be reached. Made by a transport only.
    Offline,
    /// Something failed inside; it is logged under the reference in the message.
    InternalError,
}

impl Code {
    /// The HTTP status of this kind.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::ValidationError | Self::BadRequest => 400,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::TooManyTries => 429,
            Self::NotFound | Self::SiteNotFound => 404,
            Self::DuplicateRecord
            | Self::IdReused
            | Self::RecordChanged
            | Self::SiteInactive
            | Self::PeriodLocked
            | Self::NotReady => 409,
            Self::DatabaseUnavailable | Self::FileUnavailable | Self::Offline => 503,
            Self::InternalError => 500,
        }
    }
}

/// A command that was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Kind.
    pub code: Code,
    /// What happened.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Which fields are wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<Problem>,
    /// The record in the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Id>,
}

impl Refusal {
    /// A refusal of a kind.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, details: Vec::new(), record: None }
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Some fields are wrong.
    #[must_use]
    pub fn invalid(problems: Problems) -> Self {
        Self { details: problems.0, ..Self::new(Code::ValidationError, "Validation failed") }
    }

    /// One field of a command is wrong.
    #[must_use]
    pub fn one(path: &str, code: &str, message: impl Into<String>) -> Self {
        Self::invalid(Problems(vec![Problem::new(path, code, message)]))
    }

    /// A record with this key is already there.
    #[must_use]
    pub fn duplicate(record: Id, message: impl Into<String>) -> Self {
        Self { record: Some(record), ..Self::new(Code::DuplicateRecord, message) }
    }

    /// There is no such record.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "Record not found")
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        self.details.iter().try_for_each(|problem| write!(f, " {}", problem.message))
    }
}

impl std::error::Error for Refusal {}
