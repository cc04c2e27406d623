//! Rows of an answer, read column by column.

use super::{Cell, Error, FromCell};

/// Rows of an answer. SQLite's come one by one; a server's are all here, so that the next statement
/// can be sent before the last row is read.
pub struct Rows<'a>(Coming<'a>);

enum Coming<'a> {
    Lite(rusqlite::Rows<'a>),
    #[cfg(feature = "postgres")]
    Post(std::vec::IntoIter<tokio_postgres::Row>, Option<tokio_postgres::Row>),
}

impl<'a> Rows<'a> {
    pub(super) fn lite(rows: rusqlite::Rows<'a>) -> Self {
        Self(Coming::Lite(rows))
    }

    #[cfg(feature = "postgres")]
    pub(super) fn post(rows: Vec<tokio_postgres::Row>) -> Self {
        Self(Coming::Post(rows.into_iter(), None))
    }

    /// The next row, while there is one.
    ///
    /// # Errors
    /// What the engine says.
    #[expect(clippy::should_implement_trait, reason = "a row is lent until the next is asked for")]
    pub fn next(&mut self) -> Result<Option<Row<'_>>, Error> {
        Ok(match &mut self.0 {
            Coming::Lite(rows) => rows.next()?.map(Row::Lite),
            #[cfg(feature = "postgres")]
            Coming::Post(rows, now) => {
                *now = rows.next();
                now.as_ref().map(Row::Post)
            }
        })
    }

    pub(super) fn map<T, F>(self, read: F) -> Mapped<'a, F>
    where
        F: FnMut(&Row<'_>) -> Result<T, Error>,
    {
        Mapped { rows: self, read }
    }
}

/// What is read of each row.
pub(super) struct Mapped<'a, F> {
    rows: Rows<'a>,
    read: F,
}

impl<T, F> Iterator for Mapped<'_, F>
where
    F: FnMut(&Row<'_>) -> Result<T, Error>,
{
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.rows.next() {
            Ok(Some(row)) => Some((self.read)(&row)),
            Ok(None) => None,
            Err(error) => Some(Err(error)),
        }
    }
}

/// One row.
pub enum Row<'a> {
    /// Of SQLite.
    #[doc(hidden)]
    Lite(&'a rusqlite::Row<'a>),
    /// Of PostgreSQL.
    #[cfg(feature = "postgres")]
    #[doc(hidden)]
    Post(&'a tokio_postgres::Row),
}

impl Row<'_> {
    /// What stands in a column, counted from 0.
    ///
    /// # Errors
    /// That it is of another kind.
    pub fn get<T: FromCell>(&self, at: usize) -> Result<T, Error> {
        let unreadable = |cell: Cell<'_>| {
            let what = match cell {
                Cell::Null => "nothing",
                Cell::Integer(_) => "a number that does not fit",
                Cell::Text(_) => "a text",
                Cell::Blob(_) => "bytes",
            };
            Error::Unreadable { at, what: what.into() }
        };
        self.cell(at, |cell| T::from_cell(cell).ok_or_else(|| unreadable(cell)))
    }

    /// Looks at what stands in a column.
    ///
    /// # Errors
    /// That it cannot be read; what `look` fails with.
    pub fn cell<T>(
        &self,
        at: usize,
        look: impl FnOnce(Cell<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        match self {
            Self::Lite(row) => look(Cell::of_lite(row.get_ref(at)?, at)?),
            #[cfg(feature = "postgres")]
            Self::Post(row) => super::postgres::look(row, at, look),
        }
    }
}
