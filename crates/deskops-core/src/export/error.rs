//! Why there is no file, in words for the person who wanted one.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A file that was not written. None is left behind, not even a part.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// No space is left.
    #[error("The file was not written: the disk is full ({})", folder.display())]
    DiskFull {
        /// Where it should have gone.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The folder is somebody else's, or on a medium that cannot be written.
    #[error("The file was not written: DeskOps may not write into {}", folder.display())]
    NotAllowed {
        /// Where it should have gone.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// There is no such folder, and none could be made.
    #[error("The file was not written: there is no folder {}", folder.display())]
    NoFolder {
        /// Where it should have gone.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// Anything else between DeskOps and the disk.
    #[error("The file could not be written into {}", folder.display())]
    Failed {
        /// Where it should have gone.
        folder: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The records came to an end too early.
    #[error("The file was not written: the records could not be read to the end")]
    Rows(#[source] Box<dyn Error + Send + Sync>),
    /// More than one file holds.
    #[error(
        "The file was not written: there are more than 1,000,000 records from the first day to the last"
    )]
    TooManyRows,
}

impl ExportError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::DiskFull { .. } => "Make room on this disk, then export again.",
            Self::NotAllowed { .. } => {
                "Look whether the folder is write-protected or the disk is locked, then export again."
            }
            Self::NoFolder { .. } => {
                "Look whether the disk or the USB stick is still there, then export again."
            }
            Self::Failed { .. } => {
                "Look whether the disk is full or was taken out, then export again."
            }
            Self::Rows(_) => {
                "Export again. If it happens twice, keep a copy of the database and ask for help."
            }
            Self::TooManyRows => "Choose fewer days, then export again.",
        }
    }

    /// Tells the failures of a disk apart that a person can do something about.
    pub(super) fn from_io(folder: &Path, source: io::Error) -> Self {
        let folder = folder.to_owned();
        match innermost_kind(&source) {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull { folder, source },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                Self::NotAllowed { folder, source }
            }
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
                Self::NoFolder { folder, source }
            }
            _ => Self::Failed { folder, source },
        }
    }
}

/// The kind of the error that the system gave, however deep a library has wrapped it.
fn innermost_kind(error: &io::Error) -> ErrorKind {
    let mut kind = error.kind();
    let mut inner: Option<&(dyn Error + 'static)> = error.get_ref().map(|inner| inner as _);
    while let Some(error) = inner {
        if let Some(io) = error.downcast_ref::<io::Error>() {
            kind = io.kind();
        }
        inner = error.source();
    }
    kind
}
