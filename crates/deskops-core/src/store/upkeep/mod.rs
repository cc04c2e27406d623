//! What an administrator does with the whole file: look it over, copy it, put a copy in its place.
//!
//! Apart from the store, because it also works beside a running server, and on files that no server
//! has opened yet: nothing here migrates, settles or signs anything.

mod copy;
mod log;
mod put_back;
pub(crate) mod verify;

pub use copy::{Copied, backup};
pub use put_back::{PutBack, put_back};
pub use verify::{Finding, Report, verify};

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest as _, Sha256};

use super::embedded::migrations;
use super::open::{APPLICATION_ID, HISTORY, MAGIC, newest_migration};
use super::trouble::Trouble;
use deskops_domain::change::hex;

/// Why something was not done with a file.
#[derive(Debug, thiserror::Error)]
pub enum UpkeepError {
    /// The database cannot be used.
    #[error("{0} {hint}", hint = .0.what_to_do())]
    Trouble(#[from] Trouble),
    /// A file is there already, and is not written over.
    #[error("{} is there already. Nothing is written over: choose another name.", .0.display())]
    Exists(std::path::PathBuf),
    /// The operating system refused.
    #[error("{}: {why}", path.display())]
    File {
        /// Which file.
        path: std::path::PathBuf,
        /// What it said.
        why: io::Error,
    },
}

impl UpkeepError {
    fn file(path: &Path) -> impl Fn(io::Error) -> Self {
        move |why| Self::File { path: path.to_owned(), why }
    }
}

/// Which migrations a file has, and which are still to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrations {
    /// The newest one that it has; 0 for none.
    pub done: u32,
    /// Those to come, as they are called.
    pub pending: Vec<String>,
}

/// Which migrations a file has, without running any.
///
/// # Errors
/// When it cannot be read, or a newer DeskOps wrote it.
pub fn migrations_of(path: &Path) -> Result<Migrations, Trouble> {
    let done = if path.exists() { version(path, &look(path)?)? } else { 0 };
    let mut pending: Vec<_> = migrations::runner()
        .get_migrations()
        .iter()
        .map(|each| (u32::try_from(each.version()).unwrap_or(u32::MAX), each.name().to_owned()))
        .filter(|(version, _)| *version > done)
        .collect();
    pending.sort();
    let pending = pending.into_iter().map(|(version, name)| format!("V{version}__{name}"));
    Ok(Migrations { done, pending: pending.collect() })
}

/// Opens a database of ours to look at it only: it may be in use, its log stays as it is.
fn look(path: &Path) -> Result<Connection, Trouble> {
    let of = |error: rusqlite::Error| Trouble::of(path, &error);
    let mut head = [0; 16];
    let mut file = File::open(path).map_err(|error| Trouble::not_writable(path, error))?;
    if file.read_exact(&mut head).is_err() || &head != MAGIC {
        return Err(Trouble::damaged(path, "it is not a SQLite database"));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(of)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(of)?;
    conn.execute_batch(
        "pragma query_only = on; pragma busy_timeout = 5000; pragma trusted_schema = off;
         pragma mmap_size = 0; pragma cell_size_check = on;",
    )
    .map_err(of)?;
    let application: i32 =
        conn.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(of)?;
    if application != APPLICATION_ID {
        return Err(Trouble::damaged(path, "it is a database of another program"));
    }
    let theirs = version(path, &conn)?;
    let ours = newest_migration();
    if theirs > ours {
        return Err(Trouble::Newer { path: path.to_owned(), theirs, ours });
    }
    Ok(conn)
}

fn version(path: &Path, conn: &Connection) -> Result<u32, Trouble> {
    let sql = format!("select coalesce(max(version), 0) from {HISTORY}");
    conn.query_row(&sql, [], |row| row.get(0)).map_err(|error| Trouble::of(path, &error))
}

/// Looks at every page of a file, and at every reference from one row to another.
fn check_pages(conn: &Connection) -> Result<Vec<String>, rusqlite::Error> {
    let mut said = conn.prepare("pragma integrity_check(20)")?;
    let mut found = said
        .query_map([], |row| row.get::<_, String>(0))?
        .filter(|said| !matches!(said, Ok(said) if said == "ok"))
        .collect::<Result<Vec<_>, _>>()?;
    let mut broken = conn.prepare("pragma foreign_key_check")?;
    let broken = broken.query_map([], |row| {
        let (from, row_id, to): (String, Option<i64>, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(format!("row {} of {from} names a row of {to} that is not there", row_id.unwrap_or(0)))
    })?;
    for each in broken {
        found.push(each?);
    }
    Ok(found)
}

/// The SHA-256 of a file, in hex, and its size.
fn digest(path: &Path) -> io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let (mut hash, mut bytes, mut part) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let n_read = file.read(&mut part)?;
        if n_read == 0 {
            return Ok((hex(&hash.finalize()), bytes));
        }
        hash.update(&part[..n_read]);
        bytes += n_read as u64;
    }
}

/// Makes a rename durable. A folder can be flushed on Unix only; elsewhere it is durable by itself.
fn flush_folder(of: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = of.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        File::open(folder)?.sync_all()?;
    }
    let _ = of;
    Ok(())
}
