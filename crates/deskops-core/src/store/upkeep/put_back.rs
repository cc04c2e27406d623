//! Puts a backup in the place of the database, and the database aside, whole and with its log.

use std::fs;
use std::path::{Path, PathBuf};

use deskops_domain::id::Id;
use rusqlite::Connection;

use super::copy::write;
use super::{UpkeepError, flush_folder, look};
use crate::clock::{Clock, Dice};
use crate::store::open::{beside, lock};
use crate::store::trouble::Trouble;

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutBack {
    /// How many changes the records hold now.
    pub changes: u64,
    /// The folder with the database that was there; none where there was none.
    pub aside: Option<PathBuf>,
}

/// Puts a copy of a backup in the place of the database. The backup itself stays as it is.
///
/// The restored database is a new incarnation: what it counts from now on is not mistaken for what
/// the replaced one has counted.
///
/// # Errors
/// That a DeskOps runs on the database, or what is wrong with either file; nothing is moved then.
pub fn put_back(
    file: &Path,
    database: &Path,
    clock: &dyn Clock,
    dice: &dyn Dice,
) -> Result<PutBack, UpkeepError> {
    let _alone = lock(database)?;
    let fresh = beside(database, ".restored");
    let changes = write(&look(file)?, &fresh)?;
    begin_anew(&fresh, clock, dice).map_err(|error| Trouble::of(&fresh, &error))?;
    let aside = put_aside(database, clock)?;
    fs::rename(&fresh, database).map_err(UpkeepError::file(database))?;
    flush_folder(database).map_err(UpkeepError::file(database))?;
    Ok(PutBack { changes, aside })
}

fn begin_anew(file: &Path, clock: &dyn Clock, dice: &dyn Dice) -> Result<(), rusqlite::Error> {
    let conn = Connection::open(file)?;
    conn.execute_batch("pragma synchronous = full; pragma fullfsync = on;")?;
    let incarnation = Id::random(clock.now().0, dice.roll());
    conn.execute("update desk set incarnation = ?1, next_seq = 1", [incarnation.as_str()])?;
    // What was ended since the backup must not open again.
    let sql = "select exists (select 1 from sqlite_schema where name = 'sessions')";
    if conn.query_row(sql, [], |row| row.get(0))? {
        conn.execute("delete from sessions", [])?;
    }
    conn.close().map_err(|(_, error)| error)
}

/// Moves the database with its log to a folder of its own, under the names that it has, so that it
/// can be opened there as it was.
fn put_aside(database: &Path, clock: &dyn Clock) -> Result<Option<PathBuf>, UpkeepError> {
    let there: Vec<PathBuf> = ["", "-wal", "-shm"]
        .into_iter()
        .map(|ending| beside(database, ending))
        .filter(|file| file.exists())
        .collect();
    if there.is_empty() {
        return Ok(None);
    }
    let at = clock.now().to_string().replace(['-', ':'], "").replace('.', "-");
    let folder = beside(database, &format!(".replaced-{at}"));
    fs::create_dir(&folder).map_err(UpkeepError::file(&folder))?;
    for file in there {
        let Some(name) = file.file_name() else { continue };
        fs::rename(&file, folder.join(name)).map_err(UpkeepError::file(&file))?;
    }
    flush_folder(&folder.join("x")).map_err(UpkeepError::file(&folder))?;
    Ok(Some(folder))
}
