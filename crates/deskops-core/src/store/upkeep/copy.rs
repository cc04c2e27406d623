//! A backup: one file of one moment, also while a server writes, looked over before it gets its name.
//!
//! SQLite's own backup runs in a single step on a reading connection of ours. In WAL mode a reader
//! sees what was last saved and stops nobody from writing; the lock beside the database is for the
//! one that writes, and is not needed.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::{UpkeepError, check_pages, digest, flush_folder, look};
use crate::store::open::beside;
use crate::store::trouble::Trouble;

/// A backup that was written and looked over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Where it is.
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256 in hex.
    pub sha256: String,
    /// How many changes it holds, so that one can see how far it reaches.
    pub changes: u64,
}

/// Copies the database to a new file, and looks over what was written.
///
/// # Errors
/// That the file is there already, that either cannot be used, or what is wrong with the copy.
pub fn backup(database: &Path, file: &Path) -> Result<Copied, UpkeepError> {
    if file.try_exists().map_err(UpkeepError::file(file))? {
        return Err(UpkeepError::Exists(file.to_owned()));
    }
    let source = look(database)?;
    let part = beside(file, ".part");
    let copied = write(&source, &part).and_then(|changes| {
        let (sha256, bytes) = digest(&part).map_err(UpkeepError::file(&part))?;
        // A second name is refused where there is one already; a rename would write over it.
        fs::hard_link(&part, file).map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => UpkeepError::Exists(file.to_owned()),
            _ => UpkeepError::file(file)(error),
        })?;
        Ok(Copied { file: file.to_owned(), bytes, sha256, changes })
    });
    remove(&part)?;
    flush_folder(file).map_err(UpkeepError::file(file))?;
    copied
}

/// Copies what a connection sees to a file of its own, whole on the disk. How many changes it holds.
pub(super) fn write(source: &Connection, to: &Path) -> Result<u64, UpkeepError> {
    remove(to)?;
    // Only its owner may read it: it holds the hashes of passwords.
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(to).map_err(UpkeepError::file(to))?;
    let of = |error: rusqlite::Error| Trouble::of(to, &error);
    let mut copy = Connection::open(to).map_err(of)?;
    let step = Backup::new(source, &mut copy).and_then(|backup| backup.step(-1)).map_err(of)?;
    if step != StepResult::Done {
        return Err(Trouble::not_writable(to, "the database was busy; try again").into());
    }
    // One file, with nothing beside it.
    let mode: String = copy
        .pragma_update_and_check(None, "journal_mode", "delete", |row| row.get(0))
        .map_err(of)?;
    if mode != "delete" {
        return Err(Trouble::not_writable(to, format!("its log stayed `{mode}`")).into());
    }
    let found = check_pages(&copy).map_err(of)?;
    if let Some(first) = found.first() {
        return Err(Trouble::damaged(to, first).into());
    }
    let changes: i64 =
        copy.query_row("select count(*) from changes", [], |row| row.get(0)).map_err(of)?;
    copy.close().map_err(|(_, error)| of(error))?;
    fs::File::options()
        .write(true)
        .open(to)
        .and_then(|file| file.sync_all())
        .map_err(UpkeepError::file(to))?;
    Ok(u64::try_from(changes).unwrap_or(0))
}

/// Removes what an earlier try has left.
fn remove(part: &Path) -> Result<(), UpkeepError> {
    for ending in ["", "-journal", "-wal", "-shm"] {
        let left = beside(part, ending);
        if left.exists() {
            fs::remove_file(&left).map_err(UpkeepError::file(&left))?;
        }
    }
    Ok(())
}
