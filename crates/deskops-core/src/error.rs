//! What can go wrong in the store, and what a caller is told of it.

use deskops_domain::api::{Code, Refusal};
use deskops_domain::id::Id;
use rusqlite::ErrorCode;

/// Why the store could not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused.
    #[error("the database refused a statement")]
    Sqlite(#[from] rusqlite::Error),
    /// A row does not read as what its table holds.
    #[error("row `{id}` of `{table}` is damaged: {what}")]
    Unreadable {
        /// Table.
        table: &'static str,
        /// Row.
        id: String,
        /// What is wrong with it.
        what: String,
    },
    /// A file could not be written.
    #[error(transparent)]
    Export(#[from] crate::export::ExportError),
    /// The command was refused, and its transaction with it.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl StoreError {
    /// What a caller is told: never internals. Logs the chain once, under the reference told.
    #[must_use]
    pub fn refusal(self, reference: &Id) -> Refusal {
        match &self {
            Self::Refused(refusal) => return refusal.clone(),
            Self::Export(told) => {
                tracing::warn!(%reference, error = ?self, "an export failed");
                return Refusal::new(Code::InternalError, told.to_string())
                    .hint("Check the folder and try again.");
            }
            Self::Sqlite(sqlite) if sqlite.sqlite_error_code() == Some(ErrorCode::DiskFull) => {
                tracing::error!(%reference, error = ?self, "the disk is full");
                return Refusal::new(Code::DatabaseUnavailable, "The disk is full. Nothing was saved.")
                    .hint("Free some space on this computer and try again; what you typed is still on the screen.");
            }
            Self::Sqlite(_) | Self::Unreadable { .. } => {}
        }
        tracing::error!(%reference, error = ?self, "a command failed");
        let hint = format!(
            "Try again. If it stays so, report the reference {reference}; what you typed is still on the screen."
        );
        Refusal::new(
            Code::InternalError,
            format!("Something failed inside DeskOps (reference {reference})."),
        )
        .hint(hint)
    }
}
