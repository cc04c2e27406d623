//! Why a database cannot be used, and what the person at the computer can do about it.

use std::error::Error;
use std::path::{Path, PathBuf};

use deskops_domain::api::{Code, Refusal};

use crate::sql::{self, Kind};

/// What to do when records are damaged. A backup beside an old log would be damaged by it.
pub(crate) const WHEN_DAMAGED: &str = "Do not delete anything. Close DeskOps, move deskops.db together with deskops.db-wal and \
     deskops.db-shm to another folder, and put the last backup in its place; or give the files to your administrator.";

/// What to do when the disk does not let DeskOps write.
pub(crate) const WHEN_NOT_WRITABLE: &str = "Check that the folder exists, that the disk is not full or write-protected, and that \
     you may write there. Then try again.";

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Another DeskOps has it open.
    #[error("DeskOps is already open on the records in {}.", .0.display())]
    InUse(PathBuf),
    /// The file or its folder cannot be written.
    #[error("DeskOps cannot write its records to {} ({why}).", path.display())]
    NotWritable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        why: String,
    },
    /// A newer DeskOps wrote it.
    #[error(
        "The records in {} were written by a newer DeskOps (their version {theirs}, this one knows {ours}).",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        theirs: u32,
        /// The newest version known here.
        ours: u32,
    },
    /// There were records, and the file is not there any more.
    #[error("The records are not where they were: {} is gone.", .0.display())]
    Gone(PathBuf),
    /// It does not read as a DeskOps database.
    #[error("The records in {} are damaged ({why}).", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        why: String,
    },
}

impl Trouble {
    /// The database reads wrongly.
    #[must_use]
    pub fn damaged(path: &Path, why: impl std::fmt::Display) -> Self {
        Self::Damaged { path: path.to_owned(), why: why.to_string() }
    }

    pub(super) fn not_writable(path: &Path, why: impl std::fmt::Display) -> Self {
        Self::NotWritable { path: path.to_owned(), why: why.to_string() }
    }

    /// What an error of the database means: only SQLite's own word for it is damage. A full disk or
    /// a missing right must not make anybody throw good records away.
    pub(crate) fn of(path: &Path, error: &(dyn Error + 'static)) -> Self {
        match kind(error) {
            Some(Kind::Damaged) => Self::damaged(path, error),
            _ => Self::not_writable(path, error),
        }
    }

    /// What the person at the computer can do.
    #[must_use]
    pub fn what_to_do(&self) -> &'static str {
        match self {
            Self::InUse(_) => "Use the window that is open already, or close it and try again.",
            Self::NotWritable { .. } => WHEN_NOT_WRITABLE,
            Self::Newer { .. } => {
                "Install the newest DeskOps on this computer. Your records are safe and have not been touched."
            }
            Self::Gone(_) => {
                "Put the file back, or the last backup in its place. To begin anew on purpose, delete deskops.db.lock beside it."
            }
            Self::Damaged { .. } => WHEN_DAMAGED,
        }
    }

    /// What every command is answered while it lasts.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        Refusal::new(Code::DatabaseUnavailable, self.to_string()).hint(self.what_to_do())
    }
}

/// What an error of the database means, however deep it lies.
fn kind(error: &(dyn Error + 'static)) -> Option<Kind> {
    let mut at = Some(error);
    while let Some(error) = at {
        if let Some(sql) = error.downcast_ref::<sql::Error>() {
            return Some(sql.kind());
        }
        if let Some(lite) = error.downcast_ref::<rusqlite::Error>() {
            return Some(sql::lite_kind(lite));
        }
        at = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_says_what_to_do() {
        let path = PathBuf::from("deskops.db");
        let all = [
            Trouble::InUse(path.clone()),
            Trouble::not_writable(&path, "no"),
            Trouble::Newer { path: path.clone(), theirs: 9, ours: 6 },
            Trouble::Gone(path.clone()),
            Trouble::damaged(&path, "x"),
        ];
        for trouble in all {
            let refusal = trouble.refusal();
            assert_eq!(refusal.code, Code::DatabaseUnavailable);
            assert!(
                refusal.message.contains("deskops.db") && refusal.hint.is_some(),
                "{trouble:?}"
            );
        }
    }

    #[test]
    fn a_full_disk_is_not_called_damage() {
        let path = Path::new("deskops.db");
        let error = |code| rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        let full = error(rusqlite::ffi::SQLITE_FULL);
        let corrupt = error(rusqlite::ffi::SQLITE_CORRUPT);
        assert!(matches!(Trouble::of(path, &full), Trouble::NotWritable { .. }));
        assert!(matches!(Trouble::of(path, &corrupt), Trouble::Damaged { .. }));
    }
}
