//! Opens the database file, or says exactly why it cannot be used. Never starts an empty one in
//! place of one that is damaged, newer or gone.

use std::fs::{File, TryLockError};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use deskops_domain::api::{Code, Refusal};
use deskops_domain::id::Id;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::embedded::migrations;
use crate::clock::{Clock, Dice};
use crate::error::StoreError;

const HISTORY: &str = "store_history";
/// "DkOp": marks a file as a DeskOps database.
const APPLICATION_ID: i32 = 0x446b_4f70;
/// The first release of SQLite without the WAL-reset corruption.
const LEAST_SQLITE: i32 = 3_051_003;
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

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
    #[error("The records in {} were written by a newer DeskOps (their version {theirs}, this one knows {ours}).", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        theirs: u32,
        /// The newest version known here.
        ours: u32,
    },
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
    pub fn damaged(path: &Path, why: &dyn std::fmt::Display) -> Self {
        Self::Damaged { path: path.to_owned(), why: why.to_string() }
    }

    fn not_writable(path: &Path, why: impl std::fmt::Display) -> Self {
        Self::NotWritable { path: path.to_owned(), why: why.to_string() }
    }

    /// What the person at the computer can do.
    #[must_use]
    pub fn what_to_do(&self) -> &'static str {
        match self {
            Self::InUse(_) => "Use the window that is open already, or close it and try again.",
            Self::NotWritable { .. } => {
                "Check that the folder exists, that the disk is not full or write-protected, and that you may write there. Then try again."
            }
            Self::Newer { .. } => {
                "Install the newest DeskOps on this computer. Your records are safe and have not been touched."
            }
            Self::Damaged { .. } => {
                "Do not delete the file. Put the last backup in its place, or give the file to your administrator. DeskOps has not changed it."
            }
        }
    }

    /// What every command is answered while it lasts.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        Refusal::new(Code::DatabaseUnavailable, self.to_string()).hint(self.what_to_do())
    }
}

/// The open file: one writer, and readers that see what was last saved.
pub struct Store {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    // Held as long as the store is open; the operating system lets go of it when the process ends.
    _lock: File,
}

impl Store {
    pub(crate) fn open(path: &Path, clock: &dyn Clock, dice: &dyn Dice) -> Result<Self, Trouble> {
        let lock = lock(path)?;
        let is_new = look_at_file(path)?;
        let mut writer =
            Connection::open(path).map_err(|error| Trouble::not_writable(path, error))?;
        if !is_new {
            check_health(path, &writer)?;
        }
        settle(&writer).map_err(|error| Trouble::not_writable(path, error))?;
        migrate(path, &mut writer, clock)?;
        name_this_desk(&writer, clock, dice).map_err(|error| Trouble::damaged(path, &error))?;
        assert_settings(&writer).map_err(|why| Trouble::damaged(path, &why))?;
        Ok(Self {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::default(),
            _lock: lock,
        })
    }

    /// Reads what was last saved; does not wait for a writer.
    ///
    /// # Errors
    /// What `work` fails with.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => open_reader(&self.path)?,
        };
        let done = work(&conn);
        self.readers.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        done
    }

    /// Writes in one transaction; nothing of it is kept when `work` fails.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut conn = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&tx)?;
        tx.commit()?;
        Ok(done)
    }

    pub(crate) fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let conn = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        conn.execute("vacuum into ?1", [file.to_string_lossy()])?;
        Ok(())
    }

    /// Size of the database in bytes.
    pub(crate) fn size(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |meta| meta.len())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// Takes the database for this process alone.
fn lock(path: &Path) -> Result<File, Trouble> {
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| Trouble::not_writable(path, error))?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    let options = File::options().create(true).truncate(false).write(true).open(beside);
    let file = options.map_err(|error| Trouble::not_writable(path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Trouble::InUse(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(Trouble::not_writable(path, error)),
    }
}

/// Whether the file is to be made; a file that is there must be a database that may be written.
fn look_at_file(path: &Path) -> Result<bool, Trouble> {
    if !path.try_exists().map_err(|error| Trouble::not_writable(path, error))? {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let is_left_over = Path::new(&log).metadata().is_ok_and(|meta| meta.len() > 0);
        return if is_left_over {
            Err(Trouble::damaged(path, &"the file is gone, but its log is still there"))
        } else {
            Ok(true)
        };
    }
    let meta = path.metadata().map_err(|error| Trouble::not_writable(path, error))?;
    if meta.is_dir() {
        return Err(Trouble::not_writable(path, "it is a folder"));
    }
    if meta.permissions().readonly() {
        return Err(Trouble::not_writable(path, "the file is write-protected"));
    }
    let mut head = [0; 16];
    let mut file = File::open(path).map_err(|error| Trouble::not_writable(path, error))?;
    if file.read_exact(&mut head).is_err() || &head != MAGIC {
        return Err(Trouble::damaged(path, &"it is not a SQLite database"));
    }
    Ok(false)
}

/// Looks for damage before anything is written.
fn check_health(path: &Path, conn: &Connection) -> Result<(), Trouble> {
    let damaged = |error: rusqlite::Error| Trouble::damaged(path, &error);
    let found: String =
        conn.query_row("pragma quick_check(1)", [], |row| row.get(0)).map_err(damaged)?;
    if found != "ok" {
        return Err(Trouble::damaged(path, &found));
    }
    let application: i32 =
        conn.query_row("pragma application_id", [], |row| row.get(0)).map_err(damaged)?;
    if application != APPLICATION_ID {
        return Err(Trouble::damaged(path, &"it is a database of another program"));
    }
    let ours = newest_migration();
    let sql = format!("select coalesce(max(version), 0) from {HISTORY}");
    let theirs: u32 = conn.query_row(&sql, [], |row| row.get(0)).map_err(damaged)?;
    if theirs > ours { Err(Trouble::Newer { path: path.to_owned(), theirs, ours }) } else { Ok(()) }
}

fn newest_migration() -> u32 {
    migrations::runner()
        .get_migrations()
        .iter()
        .map(|migration| u32::try_from(migration.version()).unwrap_or(0))
        .max()
        .unwrap_or(0)
}

/// The settings under which nothing that was saved can be lost.
fn settle(conn: &Connection) -> Result<(), rusqlite::Error> {
    conn.set_prepared_statement_cache_capacity(256);
    conn.execute_batch(
        "pragma journal_mode = wal;
         pragma synchronous = full;
         pragma fullfsync = on;
         pragma checkpoint_fullfsync = on;
         pragma foreign_keys = on;
         pragma busy_timeout = 5000;
         pragma trusted_schema = off;
         pragma cell_size_check = on;
         pragma mmap_size = 0;
         pragma wal_autocheckpoint = 1000;
         pragma journal_size_limit = 67108864;
         pragma temp_store = memory;",
    )
}

fn migrate(path: &Path, conn: &mut Connection, clock: &dyn Clock) -> Result<(), Trouble> {
    let run = migrations::runner()
        .set_migration_table_name(HISTORY)
        .run(conn)
        .map_err(|error| Trouble::damaged(path, &error))?;
    if !run.applied_migrations().is_empty() {
        // The runner reads the computer's clock; ours is the only one.
        let stamp = format!("update {HISTORY} set applied_on = ?1 where version >= ?2");
        let first =
            run.applied_migrations().iter().map(|m| i64::from(m.version())).min().unwrap_or(0);
        conn.execute(&stamp, (clock.now().to_string(), first))
            .map_err(|error| Trouble::damaged(path, &error))?;
        conn.pragma_update(None, "application_id", APPLICATION_ID)
            .map_err(|error| Trouble::damaged(path, &error))?;
    }
    Ok(())
}

/// Gives a new database its device and incarnation.
fn name_this_desk(
    conn: &Connection,
    clock: &dyn Clock,
    dice: &dyn Dice,
) -> Result<(), rusqlite::Error> {
    let is_named: bool =
        conn.query_row("select exists (select 1 from desk)", [], |row| row.get(0))?;
    if !is_named {
        let new_id = || Id::random(clock.now().0, dice.roll());
        let (device, incarnation) = (new_id(), new_id());
        conn.execute(
            "insert into desk (only, device, incarnation, next_seq, unsent) values (1, ?1, ?2, 1, 0)",
            (device.as_str(), incarnation.as_str()),
        )?;
    }
    Ok(())
}

/// Reads the settings back: a setting that did not take is worse than none.
fn assert_settings(conn: &Connection) -> Result<(), String> {
    if rusqlite::version_number() < LEAST_SQLITE {
        return Err(format!("SQLite {} is too old", rusqlite::version()));
    }
    let expected = [
        ("journal_mode", Sql::Text("wal".into())),
        ("synchronous", Sql::Integer(2)),
        ("foreign_keys", Sql::Integer(1)),
        ("trusted_schema", Sql::Integer(0)),
        ("cell_size_check", Sql::Integer(1)),
        ("mmap_size", Sql::Integer(0)),
    ];
    for (name, wanted) in expected {
        let found: Sql = conn
            .pragma_query_value(None, name, |row| row.get(0))
            .map_err(|error| format!("{name} cannot be read: {error}"))?;
        if found != wanted {
            return Err(format!("{name} is {found:?} and not {wanted:?}"));
        }
    }
    Ok(())
}

fn open_reader(path: &Path) -> Result<Connection, rusqlite::Error> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    conn.set_prepared_statement_cache_capacity(128);
    conn.execute_batch(
        "pragma query_only = on; pragma busy_timeout = 5000; pragma trusted_schema = off; pragma mmap_size = 0; pragma cell_size_check = on;",
    )?;
    Ok(conn)
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
            Trouble::damaged(&path, &"x"),
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
}
