//! What can go wrong in the store, and what a caller is told of it.

use deskops_domain::api::{Code, Refusal};
use deskops_domain::id::Id;

use crate::accounts::password::PasswordError;
use crate::export::ExportError;
use crate::sql::Kind;
use crate::store::trouble::{WHEN_DAMAGED, WHEN_NOT_WRITABLE};

/// Why the store could not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused.
    #[error("the database refused a statement")]
    Sql(#[from] crate::sql::Error),
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
    Export(#[from] ExportError),
    /// A password could not be hashed or compared.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The command was refused, and its transaction with it.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error.into())
    }
}

impl StoreError {
    /// What a caller is told: never internals. Logs the chain once, under the reference told.
    #[must_use]
    pub fn refusal(self, reference: &Id) -> Refusal {
        if let Self::Refused(refusal) = self {
            return refusal;
        }
        tracing::error!(%reference, error = ?self, "a command failed");
        let told =
            |code, message: &str| Refusal::new(code, format!("{message} (reference {reference})."));
        match &self {
            Self::Export(ExportError::TooManyRows) => Refusal::one("filter", "E-ROWS", self.to_string()).hint("Choose fewer days."),
            Self::Export(export) => told(Code::FileUnavailable, &export.to_string()).hint(export.hint()),
            Self::Sql(sql) => match sql.kind() {
                Kind::Full => told(Code::DatabaseUnavailable, "The disk is full; nothing was saved")
                    .hint("Free some space on this computer and try again. What you typed is still on the screen."),
                Kind::NotWritable => {
                    told(Code::DatabaseUnavailable, "The records cannot be written; nothing was saved").hint(WHEN_NOT_WRITABLE)
                }
                Kind::Damaged => {
                    told(Code::DatabaseUnavailable, "The records are damaged; nothing was saved").hint(WHEN_DAMAGED)
                }
                Kind::Other => Refusal { code: Code::DatabaseError, ..failed(reference) },
            },
            Self::Unreadable { .. } | Self::Password(_) | Self::Refused(_) => failed(reference),
        }
    }
}

/// Something of ours went wrong.
fn failed(reference: &Id) -> Refusal {
    Refusal::new(
        Code::InternalError,
        format!("Something failed inside DeskOps (reference {reference})."),
    )
    .hint("Try again. If it stays so, report the reference; what you typed is still on the screen.")
}
