//! Who keeps the records: a file of this computer, or a database server. What can be done with
//! either is the same, and stands here.

use std::path::{Path, PathBuf};

use super::open::Kept;
#[cfg(feature = "postgres")]
use super::server::Server;
use super::trouble::Trouble;
use crate::clock::{Clock, Dice};
use crate::error::StoreError;
use crate::sql::Connection;

/// The open records: one writer at a time, and readers that see what was last saved.
pub enum Store {
    /// In a file.
    #[doc(hidden)]
    File(Kept),
    /// On a database server.
    #[cfg(feature = "postgres")]
    #[doc(hidden)]
    Server(Server),
}

impl Store {
    /// Opens the file.
    pub(crate) fn open(path: &Path, clock: &dyn Clock, dice: &dyn Dice) -> Result<Self, Trouble> {
        Kept::open(path, clock, dice).map(Self::File)
    }

    /// Opens the database of a server.
    #[cfg(feature = "postgres")]
    pub(crate) fn connect(url: &str, clock: &dyn Clock, dice: &dyn Dice) -> Result<Self, Trouble> {
        Server::open(url, clock, dice).map(Self::Server)
    }

    /// Says honestly that this program knows no database servers.
    #[cfg(not(feature = "postgres"))]
    pub(crate) fn connect(_: &str, _: &dyn Clock, _: &dyn Dice) -> Result<Self, Trouble> {
        let why = "this program keeps its records in a file and knows no database servers";
        Err(Trouble::not_writable(Path::new("postgres"), why))
    }

    /// Whether other processes may write the same records.
    pub(crate) fn is_shared(&self) -> bool {
        !matches!(self, Self::File(_))
    }

    /// Reads one state, what was last saved; does not wait for a writer.
    ///
    /// # Errors
    /// What `work` fails with.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self {
            Self::File(kept) => kept.read(work),
            #[cfg(feature = "postgres")]
            Self::Server(server) => server.read(work),
        }
    }

    /// Writes in one transaction; nothing of it is kept when `work` fails.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.change(true, work)
    }

    /// Writes in one transaction and keeps nothing of it.
    pub(crate) fn try_out<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.change(false, work)
    }

    fn change<T>(
        &self,
        is_kept: bool,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self {
            Self::File(kept) => kept.change(is_kept, work),
            #[cfg(feature = "postgres")]
            Self::Server(server) => server.change(is_kept, work),
        }
    }

    /// Writes a compact copy to a new file.
    pub(crate) fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        match self {
            Self::File(kept) => kept.copy_to(file),
            #[cfg(feature = "postgres")]
            Self::Server(server) => Err(server.no_copy().into()),
        }
    }

    /// Bytes that the records take.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Self::File(kept) => kept.size(),
            #[cfg(feature = "postgres")]
            Self::Server(server) => server.size(),
        }
    }

    /// The folder on this computer that has to have room for the records.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match self {
            Self::File(kept) => kept.path().parent(),
            #[cfg(feature = "postgres")]
            Self::Server(_) => None,
        }
    }

    /// Where the records are, as it may be shown.
    pub(crate) fn place(&self) -> PathBuf {
        match self {
            Self::File(kept) => kept.path().to_owned(),
            #[cfg(feature = "postgres")]
            Self::Server(server) => server.place().to_owned(),
        }
    }
}

/// Does some work in a transaction. It is taken back unless it is to be kept and all went well, also
/// when the work panics.
pub(super) fn in_transaction<T>(
    conn: &Connection,
    begin: &str,
    is_kept: bool,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    conn.batch(begin)?;
    let open = Open(conn);
    let done = work(conn)?;
    if is_kept {
        conn.batch("commit")?;
        std::mem::forget(open);
    }
    Ok(done)
}

/// A transaction that nobody has committed.
struct Open<'a>(&'a Connection);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        // An engine that has already taken it back, or has gone, says so; nothing is kept either way.
        if let Err(error) = self.0.batch("rollback") {
            tracing::debug!(%error, "a transaction was over before it was taken back");
        }
    }
}
