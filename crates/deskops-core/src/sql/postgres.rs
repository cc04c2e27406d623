//! How PostgreSQL is asked. The store's work is done on threads that may wait, so each question
//! waits for its answer here.

use bytes::BytesMut;
use deadpool_postgres::Object;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use tokio::runtime::Handle;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

pub(crate) use tokio_postgres::Statement;

use super::{Cell, Error, Kind, dialect};

/// A connection out of the pool, and what waits for its answers.
pub struct Client {
    object: Object,
    handle: Handle,
}

impl Client {
    pub(crate) fn new(object: Object, handle: Handle) -> Self {
        Self { object, handle }
    }

    /// The connection itself.
    pub(crate) fn object(&mut self) -> &mut Object {
        &mut self.object
    }

    pub(super) fn prepare(&self, sql: &str) -> Result<Statement, Error> {
        let said = dialect::statement(sql);
        Ok(self.handle.block_on(self.object.prepare_cached(&said))?)
    }

    pub(super) fn query(
        &self,
        statement: &Statement,
        cells: &[Cell<'_>],
    ) -> Result<Vec<tokio_postgres::Row>, Error> {
        let values: Vec<&(dyn ToSql + Sync)> =
            cells.iter().map(|cell| cell as &(dyn ToSql + Sync)).collect();
        Ok(self.handle.block_on(self.object.query(statement, &values))?)
    }

    pub(super) fn execute(
        &self,
        statement: &Statement,
        cells: &[Cell<'_>],
    ) -> Result<usize, Error> {
        let values: Vec<&(dyn ToSql + Sync)> =
            cells.iter().map(|cell| cell as &(dyn ToSql + Sync)).collect();
        let n_rows = self.handle.block_on(self.object.execute(statement, &values))?;
        Ok(usize::try_from(n_rows).unwrap_or(usize::MAX))
    }

    pub(super) fn batch(&self, sql: &str) -> Result<(), Error> {
        Ok(self.handle.block_on(self.object.batch_execute(sql))?)
    }
}

/// What an error of PostgreSQL means.
pub(super) fn kind(error: &tokio_postgres::Error) -> Kind {
    match error.code() {
        Some(code) if *code == SqlState::DISK_FULL => Kind::Full,
        Some(code)
            if *code == SqlState::READ_ONLY_SQL_TRANSACTION
                || *code == SqlState::INSUFFICIENT_PRIVILEGE
                || *code == SqlState::ADMIN_SHUTDOWN
                || *code == SqlState::CRASH_SHUTDOWN
                || *code == SqlState::CANNOT_CONNECT_NOW
                || *code == SqlState::IO_ERROR =>
        {
            Kind::NotWritable
        }
        Some(code) if *code == SqlState::DATA_CORRUPTED || *code == SqlState::INDEX_CORRUPTED => {
            Kind::Damaged
        }
        Some(_) => Kind::Other,
        None if error.is_closed() => Kind::NotWritable,
        None => Kind::Other,
    }
}

/// Looks at a column. Sums are exact decimals there, and whole numbers all the same.
pub(super) fn look<T>(
    row: &tokio_postgres::Row,
    at: usize,
    look: impl FnOnce(Cell<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let kind = row.columns().get(at).map(|column| column.type_().clone());
    let kind = kind.ok_or_else(|| Error::Unreadable { at, what: "no such column".into() })?;
    let whole = |raw: Option<i64>| raw.map_or(Cell::Null, Cell::Integer);
    match kind {
        Type::INT8 => look(whole(row.try_get(at)?)),
        Type::INT4 => look(whole(row.try_get::<_, Option<i32>>(at)?.map(i64::from))),
        Type::INT2 => look(whole(row.try_get::<_, Option<i16>>(at)?.map(i64::from))),
        Type::BOOL => look(whole(row.try_get::<_, Option<bool>>(at)?.map(i64::from))),
        Type::NUMERIC => {
            let found: Option<Decimal> = row.try_get(at)?;
            let fraction = || Error::Unreadable { at, what: "a number that is not whole".into() };
            let raw = found
                .map(|raw| raw.is_integer().then(|| raw.to_i64()).flatten().ok_or_else(fraction))
                .transpose()?;
            look(whole(raw))
        }
        Type::BYTEA => look(row.try_get::<_, Option<&[u8]>>(at)?.map_or(Cell::Null, Cell::Blob)),
        _ => look(row.try_get::<_, Option<&str>>(at)?.map_or(Cell::Null, Cell::Text)),
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Blob(bytes) => bytes.to_sql(kind, out),
            Self::Integer(raw) => match *kind {
                Type::INT4 => i32::try_from(*raw)?.to_sql(kind, out),
                Type::INT2 => i16::try_from(*raw)?.to_sql(kind, out),
                Type::BOOL => (*raw != 0).to_sql(kind, out),
                Type::NUMERIC => Decimal::from(*raw).to_sql(kind, out),
                _ => raw.to_sql(kind, out),
            },
        }
    }

    fn accepts(kind: &Type) -> bool {
        <&str as ToSql>::accepts(kind)
            || matches!(
                *kind,
                Type::INT8 | Type::INT4 | Type::INT2 | Type::BOOL | Type::NUMERIC | Type::BYTEA
            )
    }

    to_sql_checked!();
}
