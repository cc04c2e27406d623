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
    /// Figures of stock do not come out of the records: `details` says which.
    ClosingMismatch,
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
    /// Somebody asks too often: `hint` says how long to wait. Made by a transport only.
    RateLimitExceeded,
    /// A browser sent something along that its page does not know of. Made by a transport only.
    CsrfMismatch,
    /// So many sign in at once that this one has to come back.
    Busy,
    /// The input is no JSON of the command's shape.
    BadRequest,
    /// The database cannot be used: `hint` says what to do.
    DatabaseUnavailable,
    /// The database refused a statement; it is logged under the reference in the message.
    DatabaseError,
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
            Self::Forbidden | Self::CsrfMismatch => 403,
            Self::TooManyTries | Self::RateLimitExceeded => 429,
            Self::NotFound | Self::SiteNotFound => 404,
            Self::DuplicateRecord
            | Self::IdReused
            | Self::RecordChanged
            | Self::SiteInactive
            | Self::PeriodLocked
            | Self::NotReady => 409,
            Self::DatabaseUnavailable | Self::FileUnavailable | Self::Offline | Self::Busy => 503,
            Self::ClosingMismatch => 422,
            Self::DatabaseError | Self::InternalError => 500,
        }
    }
}

impl Code {
    /// Whether nothing is wrong with what was sent: it waits for the store, or for somebody to sign
    /// in, and may be sent again as it is.
    #[must_use]
    pub fn is_of_the_store(self) -> bool {
        use Code::*;
        matches!(
            self,
            Offline
                | InternalError
                | DatabaseError
                | DatabaseUnavailable
                | Unauthorized
                | RateLimitExceeded
        )
    }
}

/// A command that was not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
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
    /// Seconds after which it may be tried again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

impl Refusal {
    /// A refusal of a kind.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            hint: None,
            details: Vec::new(),
            record: None,
            retry_after: None,
        }
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With the milliseconds after which it may be tried again.
    #[must_use]
    pub fn retry_after_ms(mut self, ms: i64) -> Self {
        self.retry_after = u64::try_from(ms.saturating_add(999) / 1_000).ok();
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
