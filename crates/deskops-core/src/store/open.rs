//! Opens the database file, or says exactly why it cannot be used. Never starts an empty one in
//! place of one that is damaged, newer or gone.

use std::fs::{self, File, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use deskops_domain::id::Id;
use rusqlite::config::DbConfig;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection as Lite, OpenFlags};

use super::embedded::migrations;
use super::keeper::in_transaction;
use super::trouble::Trouble;
use crate::clock::{Clock, Dice};
use crate::error::StoreError;
use crate::sql::{Connection, Error};

/// Which migrations were done.
pub(super) const HISTORY: &str = "store_history";
/// "DkOp": marks a file as a DeskOps database.
const APPLICATION_ID: i32 = 0x446b_4f70;
/// The first release of SQLite without the WAL-reset corruption.
const LEAST_SQLITE: i32 = 3_051_003;
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// Up to this size every page is looked at on every start (a few tenths of a second); larger files
/// only after a start that was not followed by a proper close.
const QUICKLY_CHECKED: u64 = 256 << 20;
/// Idle readers that are kept; more come and go with a burst of questions.
const MOST_IDLE_READERS: usize = 8;

/// The open file: one writer, and readers that see what was last saved.
pub struct Kept {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    // Held as long as the store is open; the operating system lets go of it when the process ends.
    _lock: File,
}

impl Kept {
    pub(super) fn open(path: &Path, clock: &dyn Clock, dice: &dyn Dice) -> Result<Self, Trouble> {
        let mut lock = lock(path)?;
        if !is_there(path, &mut lock)? {
            begin(path, clock, dice)?;
        }
        let of = |error: rusqlite::Error| Trouble::of(path, &error);
        let mut writer = Lite::open(path).map_err(of)?;
        check_health(path, &writer)?;
        settle(&writer).map_err(of)?;
        migrate(path, &mut writer, clock)?;
        assert_settings(&writer).map_err(|why| Trouble::not_writable(path, why))?;
        sign(&mut lock, &writer).map_err(|error| Trouble::not_writable(path, error))?;
        Ok(Self {
            path: path.to_owned(),
            writer: Mutex::new(Connection::lite(writer)),
            readers: Mutex::default(),
            _lock: lock,
        })
    }

    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let conn = match idle {
            Some(conn) => conn,
            None => Connection::lite(open_reader(&self.path).map_err(Error::from)?),
        };
        // One transaction, so that an answer of several questions is of one moment.
        let done = in_transaction(&conn, "begin", false, work);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < MOST_IDLE_READERS {
            readers.push(conn);
        }
        done
    }

    pub(super) fn change<T>(
        &self,
        is_kept: bool,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let conn = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        in_transaction(&conn, "begin immediate", is_kept, work)
    }

    pub(super) fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let conn = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        conn.execute("vacuum into ?1", [file.to_string_lossy().as_ref()])?;
        Ok(())
    }

    /// Size of the database and its log in bytes.
    pub(super) fn size(&self) -> u64 {
        let size = |file: &Path| fs::metadata(file).map_or(0, |meta| meta.len());
        size(&self.path) + size(&beside(&self.path, "-wal"))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// A file of the same name with something behind it.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Takes the database for this process alone.
fn lock(path: &Path) -> Result<File, Trouble> {
    let not_writable = |error: std::io::Error| Trouble::not_writable(path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    fs::create_dir_all(folder.unwrap_or(Path::new("."))).map_err(not_writable)?;
    let mut options = File::options();
    options.create(true).truncate(false).read(true).write(true);
    let file = options.open(beside(path, ".lock")).map_err(not_writable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Trouble::InUse(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(not_writable(error)),
    }
}

/// Writes this desk's name into its lock, so that a database that goes missing is missed.
fn sign(lock: &mut File, conn: &Lite) -> Result<(), std::io::Error> {
    let device: String = conn
        .query_row("select device from desk", [], |row| row.get(0))
        .map_err(std::io::Error::other)?;
    if lock.metadata()?.len() == 0 {
        lock.write_all(device.as_bytes())?;
        lock.sync_all()?;
    }
    Ok(())
}

/// Whether the database is there. One that is must be writable and look like one; one that is not
/// must never have been there.
fn is_there(path: &Path, lock: &mut File) -> Result<bool, Trouble> {
    let not_writable = |error: std::io::Error| Trouble::not_writable(path, error);
    if !path.try_exists().map_err(not_writable)? {
        let has_log = beside(path, "-wal").metadata().is_ok_and(|meta| meta.len() > 0);
        let was_there = lock.metadata().map_err(not_writable)?.len() > 0;
        return if has_log || was_there { Err(Trouble::Gone(path.to_owned())) } else { Ok(false) };
    }
    let meta = path.metadata().map_err(not_writable)?;
    if meta.is_dir() {
        return Err(Trouble::not_writable(path, "it is a folder"));
    }
    if meta.permissions().readonly() {
        return Err(Trouble::not_writable(path, "the file is write-protected"));
    }
    let mut file = File::options().read(true).write(true).open(path).map_err(not_writable)?;
    let mut head = [0; 16];
    if file.read_exact(&mut head).is_err() || &head != MAGIC {
        return Err(Trouble::damaged(path, "it is not a SQLite database"));
    }
    Ok(true)
}

/// Makes a new database under another name and puts it in its place whole, so that a first start
/// that is cut off leaves nothing that looks like a damaged one.
fn begin(path: &Path, clock: &dyn Clock, dice: &dyn Dice) -> Result<(), Trouble> {
    let of = |error: rusqlite::Error| Trouble::of(path, &error);
    let not_writable = |error: std::io::Error| Trouble::not_writable(path, error);
    let fresh = beside(path, ".new");
    for ending in ["", "-journal", "-wal", "-shm"] {
        let left = beside(&fresh, ending);
        if left.exists() {
            fs::remove_file(left).map_err(not_writable)?;
        }
    }
    let mut conn = Lite::open(&fresh).map_err(of)?;
    migrate(path, &mut conn, clock)?;
    name_this_desk(&conn, clock, dice).map_err(of)?;
    conn.close().map_err(|(_, error)| of(error))?;
    File::options()
        .write(true)
        .open(&fresh)
        .and_then(|file| file.sync_all())
        .map_err(not_writable)?;
    fs::rename(&fresh, path).map_err(not_writable)?;
    // A folder can be flushed on Unix only; elsewhere the rename is durable by itself.
    #[cfg(unix)]
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(not_writable)?;
    }
    Ok(())
}

/// Looks whose database it is, of which version, and whether it is damaged, before anything is
/// written. Not even its log is moved over while it is not known to be ours.
fn check_health(path: &Path, conn: &Lite) -> Result<(), Trouble> {
    let of = |error: rusqlite::Error| Trouble::of(path, &error);
    let keep_log = |keep| conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep);
    keep_log(true).map_err(of)?;
    if conn.is_readonly("main").map_err(of)? {
        return Err(Trouble::not_writable(path, "you may only read it"));
    }
    let has_log = beside(path, "-wal").metadata().is_ok_and(|meta| meta.len() > 0);
    let application: i32 =
        conn.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(of)?;
    if application != APPLICATION_ID {
        return Err(Trouble::damaged(path, "it is a database of another program"));
    }
    let ours = newest_migration();
    let sql = format!("select coalesce(max(version), 0) from {HISTORY}");
    let theirs: u32 = conn.query_row(&sql, [], |row| row.get(0)).map_err(of)?;
    if theirs > ours {
        return Err(Trouble::Newer { path: path.to_owned(), theirs, ours });
    }
    if has_log || path.metadata().is_ok_and(|meta| meta.len() <= QUICKLY_CHECKED) {
        let found: String =
            conn.query_row("pragma quick_check(1)", [], |row| row.get(0)).map_err(of)?;
        if found != "ok" {
            return Err(Trouble::damaged(path, found));
        }
    }
    keep_log(false).map_err(of)?;
    Ok(())
}

fn newest_migration() -> u32 {
    let versions = migrations::runner().get_migrations().iter().map(|each| each.version()).max();
    versions.and_then(|newest| u32::try_from(newest).ok()).unwrap_or(0)
}

/// The settings under which nothing that was saved can be lost.
fn settle(conn: &Lite) -> Result<(), rusqlite::Error> {
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

fn migrate(path: &Path, conn: &mut Lite, clock: &dyn Clock) -> Result<(), Trouble> {
    let run = migrations::runner().set_migration_table_name(HISTORY).run(conn);
    let run = run.map_err(|error| match error.kind() {
        refinery::error::Kind::DivergentVersion(..) | refinery::error::Kind::MissingVersion(..) => {
            Trouble::damaged(path, &error)
        }
        _ => Trouble::of(path, &error),
    })?;
    let first = run.applied_migrations().iter().map(|each| i64::from(each.version())).min();
    let Some(first) = first else { return Ok(()) };
    // The runner reads the computer's clock; ours is the only one.
    let stamp = format!("update {HISTORY} set applied_on = ?1 where version >= ?2");
    conn.execute(&stamp, (clock.now().to_string(), first))
        .and_then(|_| conn.pragma_update(None, "application_id", APPLICATION_ID))
        .map_err(|error| Trouble::of(path, &error))
}

/// Gives a new database its device and incarnation.
fn name_this_desk(conn: &Lite, clock: &dyn Clock, dice: &dyn Dice) -> Result<(), rusqlite::Error> {
    let new_id = || Id::random(clock.now().0, dice.roll());
    let (device, incarnation) = (new_id(), new_id());
    let sql =
        "insert into desk (only, device, incarnation, next_seq, unsent) values (1, ?1, ?2, 1, 0)";
    conn.execute(sql, (device.as_str(), incarnation.as_str()))?;
    Ok(())
}

/// Reads the settings back: a setting that did not take is worse than none.
fn assert_settings(conn: &Lite) -> Result<(), String> {
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

fn open_reader(path: &Path) -> Result<Lite, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Lite::open_with_flags(path, flags)?;
    conn.set_prepared_statement_cache_capacity(128);
    conn.execute_batch(
        "pragma query_only = on; pragma busy_timeout = 5000; pragma trusted_schema = off;
         pragma mmap_size = 0; pragma cell_size_check = on;",
    )?;
    Ok(conn)
}
