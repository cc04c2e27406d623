//! One way to ask a database, two engines: SQLite in a file, PostgreSQL on a server.
//!
//! The store writes each statement once, in the SQL that both understand, with `?` or `?1` for
//! values. Here stands only how a statement reaches its engine and how a row comes back; no
//! statement of the store's own.

mod cell;
#[cfg(feature = "postgres")]
pub(crate) mod dialect;
mod error;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
mod rows;

pub use cell::{Cell, FromCell, Params, ToCell, Value, params_from_iter};
pub(crate) use error::lite_kind;
pub use error::{Error, Kind, OptionalExtension};
pub use rows::{Row, Rows};

/// A connection to the records, whichever engine keeps them.
pub struct Connection(pub(crate) Engine);

pub(crate) enum Engine {
    /// A file of this computer.
    Lite(rusqlite::Connection),
    /// A database server.
    #[cfg(feature = "postgres")]
    Post(postgres::Client),
}

impl Connection {
    /// A connection to a SQLite file.
    #[must_use]
    pub fn lite(conn: rusqlite::Connection) -> Self {
        Self(Engine::Lite(conn))
    }

    /// A statement that is asked again and again.
    ///
    /// # Errors
    /// When the engine does not understand it.
    pub fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>, Error> {
        match &self.0 {
            Engine::Lite(conn) => Ok(Statement(Prepared::Lite(conn.prepare_cached(sql)?))),
            #[cfg(feature = "postgres")]
            Engine::Post(client) => Ok(Statement(Prepared::Post(client, client.prepare(sql)?))),
        }
    }

    /// The first row of a statement's answer.
    ///
    /// # Errors
    /// [`Error::NoRow`] where there is none; what the engine says.
    pub fn query_row<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.prepare_cached(sql)?.query_row(values, read)
    }

    /// Does a statement; how many rows it changed.
    ///
    /// # Errors
    /// What the engine says.
    pub fn execute(&self, sql: &str, values: impl Params) -> Result<usize, Error> {
        self.prepare_cached(sql)?.execute(values)
    }

    /// Does statements that take no values and give no rows.
    pub(crate) fn batch(&self, sql: &str) -> Result<(), Error> {
        match &self.0 {
            Engine::Lite(conn) => Ok(conn.execute_batch(sql)?),
            #[cfg(feature = "postgres")]
            Engine::Post(client) => client.batch(sql),
        }
    }
}

/// A statement that its engine has understood.
pub struct Statement<'a>(Prepared<'a>);

enum Prepared<'a> {
    Lite(rusqlite::CachedStatement<'a>),
    #[cfg(feature = "postgres")]
    Post(&'a postgres::Client, postgres::Statement),
}

impl Statement<'_> {
    /// Every row of the answer, one at a time.
    ///
    /// # Errors
    /// What the engine says.
    pub fn query(&mut self, values: impl Params) -> Result<Rows<'_>, Error> {
        match &mut self.0 {
            Prepared::Lite(statement) => values
                .with(|cells| Ok(Rows::lite(statement.query(rusqlite::params_from_iter(cells))?))),
            #[cfg(feature = "postgres")]
            Prepared::Post(client, statement) => {
                values.with(|cells| Ok(Rows::post(client.query(statement, cells)?)))
            }
        }
    }

    /// What is read of each row.
    ///
    /// # Errors
    /// What the engine says.
    pub fn query_map<T, F>(
        &mut self,
        values: impl Params,
        read: F,
    ) -> Result<impl Iterator<Item = Result<T, Error>>, Error>
    where
        F: FnMut(&Row<'_>) -> Result<T, Error>,
    {
        Ok(self.query(values)?.map(read))
    }

    /// What is read of the first row.
    ///
    /// # Errors
    /// [`Error::NoRow`] where there is none; what the engine says.
    pub fn query_row<T>(
        &mut self,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut rows = self.query(values)?;
        match rows.next()? {
            Some(row) => read(&row),
            None => Err(Error::NoRow),
        }
    }

    /// Does the statement; how many rows it changed.
    ///
    /// # Errors
    /// What the engine says.
    pub fn execute(&mut self, values: impl Params) -> Result<usize, Error> {
        match &mut self.0 {
            Prepared::Lite(statement) => {
                values.with(|cells| Ok(statement.execute(rusqlite::params_from_iter(cells))?))
            }
            #[cfg(feature = "postgres")]
            Prepared::Post(client, statement) => {
                values.with(|cells| client.execute(statement, cells))
            }
        }
    }
}
