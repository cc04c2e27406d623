//! What an engine says when it cannot do something, and what that means for whoever asked.

use rusqlite::ErrorCode;

/// Why a database did not answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite's own words.
    #[error(transparent)]
    Lite(#[from] rusqlite::Error),
    /// PostgreSQL's own words.
    #[cfg(feature = "postgres")]
    #[error(transparent)]
    Post(#[from] tokio_postgres::Error),
    /// No connection to the database server.
    #[error("the database server does not answer: {0}")]
    Away(String),
    /// There is no such row.
    #[error("there is no such row")]
    NoRow,
    /// A column holds something of another kind.
    #[error("column {at} holds {what}")]
    Unreadable {
        /// Its place, from 0.
        at: usize,
        /// What it holds.
        what: String,
    },
}

/// What an error means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// No space is left.
    Full,
    /// The records may not be written, or not be reached.
    NotWritable,
    /// The records are damaged.
    Damaged,
    /// Anything else: a fault of ours.
    Other,
}

impl Error {
    /// What it means.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Lite(error) => lite_kind(error),
            #[cfg(feature = "postgres")]
            Self::Post(error) => super::postgres::kind(error),
            Self::Away(_) => Kind::NotWritable,
            Self::NoRow | Self::Unreadable { .. } => Kind::Other,
        }
    }
}

/// What an error of SQLite means.
pub(crate) fn lite_kind(error: &rusqlite::Error) -> Kind {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Kind::Full,
        Some(
            ErrorCode::ReadOnly
            | ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied,
        ) => Kind::NotWritable,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Kind::Damaged,
        _ => Kind::Other,
    }
}

/// No row is an answer, too.
pub trait OptionalExtension<T> {
    /// `None` where there is no row.
    ///
    /// # Errors
    /// Every other error.
    fn optional(self) -> Result<Option<T>, Error>;
}

impl<T> OptionalExtension<T> for Result<T, Error> {
    fn optional(self) -> Result<Option<T>, Error> {
        match self {
            Ok(found) => Ok(Some(found)),
            Err(Error::NoRow) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
