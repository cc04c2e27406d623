//! What the migrations add up to, for the written schema and the test that holds it.

use rusqlite::Connection;

use super::embedded::migrations;
use crate::error::StoreError;

/// A database in memory with every migration done.
///
/// # Panics
/// When a migration of ours is no SQL.
#[must_use]
pub fn fresh() -> Connection {
    let mut conn = Connection::open_in_memory().expect("memory can be opened");
    migrations::runner().run(&mut conn).expect("our migrations are SQL");
    conn
}

/// Every statement that makes the schema, in the order in which it was made.
///
/// # Errors
/// When the database cannot be read.
pub fn statements() -> Result<String, StoreError> {
    let conn = fresh();
    let sql = "select sql || ';' from sqlite_schema where sql is not null and name not like 'refinery%' order by rowid";
    let mut statement = conn.prepare(sql)?;
    let all =
        statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(all.join("\n\n") + "\n")
}

/// One column of a table as it stands in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// `text` or `integer`.
    pub kind: String,
    /// Whether it may be null.
    pub is_nullable: bool,
}

/// The columns of a table.
///
/// # Errors
/// When the database cannot be read.
pub fn columns(conn: &Connection, table: &str) -> Result<Vec<Column>, StoreError> {
    let mut statement = conn.prepare(
        "select name, lower(type), \"notnull\" = 0 and pk = 0 from pragma_table_info(?1)",
    )?;
    let rows = statement.query_map([table], |row| {
        Ok(Column { name: row.get(0)?, kind: row.get(1)?, is_nullable: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The columns of a table's natural key, in order; none where it has no such unique index.
///
/// # Errors
/// When the database cannot be read.
pub fn key_columns(conn: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let sql = "select info.name from pragma_index_list(?1) list, pragma_index_info(list.name) info
               where list.name = ?1 || '_key' and list.\"unique\" = 1 order by info.seqno";
    let mut statement = conn.prepare(sql)?;
    let rows = statement.query_map([table], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
