//! One value on its way to or from a database: nothing, a whole number, a text, or bytes.

use rusqlite::types::{ToSqlOutput, ValueRef};

use super::Error;

/// A value as it is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

/// A value that is kept until it is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
}

/// What can be handed to a statement.
pub trait ToCell {
    /// The value itself.
    fn cell(&self) -> Cell<'_>;
}

impl ToCell for Value {
    fn cell(&self) -> Cell<'_> {
        match self {
            Self::Null => Cell::Null,
            Self::Integer(raw) => Cell::Integer(*raw),
            Self::Text(text) => Cell::Text(text),
        }
    }
}

impl ToCell for str {
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self)
    }
}

impl ToCell for String {
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self)
    }
}

impl ToCell for [u8] {
    fn cell(&self) -> Cell<'_> {
        Cell::Blob(self)
    }
}

impl ToCell for Vec<u8> {
    fn cell(&self) -> Cell<'_> {
        Cell::Blob(self)
    }
}

impl ToCell for bool {
    fn cell(&self) -> Cell<'_> {
        Cell::Integer(i64::from(*self))
    }
}

impl<T: ToCell + ?Sized> ToCell for &T {
    fn cell(&self) -> Cell<'_> {
        (**self).cell()
    }
}

impl<T: ToCell> ToCell for Option<T> {
    fn cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Null, ToCell::cell)
    }
}

macro_rules! whole_numbers {
    ($($number:ty),*) => {$(
        impl ToCell for $number {
            fn cell(&self) -> Cell<'_> {
                Cell::Integer(i64::from(*self))
            }
        }

        impl FromCell for $number {
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                match cell {
                    Cell::Integer(raw) => raw.try_into().ok(),
                    _ => None,
                }
            }
        }
    )*};
}
whole_numbers!(i64, i32, u32, u8);

/// What can be read of a row.
pub trait FromCell: Sized {
    /// The value, where it is of this kind.
    fn from_cell(cell: Cell<'_>) -> Option<Self>;
}

impl FromCell for String {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

impl FromCell for Vec<u8> {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Blob(bytes) => Some(bytes.to_owned()),
            _ => None,
        }
    }
}

impl FromCell for bool {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Integer(raw) => Some(raw != 0),
            _ => None,
        }
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            other => T::from_cell(other).map(Some),
        }
    }
}

impl rusqlite::ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(raw) => ValueRef::Integer(*raw),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl<'a> Cell<'a> {
    pub(super) fn of_lite(value: ValueRef<'a>, at: usize) -> Result<Self, Error> {
        match value {
            ValueRef::Null => Ok(Self::Null),
            ValueRef::Integer(raw) => Ok(Self::Integer(raw)),
            ValueRef::Blob(bytes) => Ok(Self::Blob(bytes)),
            ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Self::Text(text)),
                Err(error) => Err(Error::Unreadable { at, what: error.to_string() }),
            },
            ValueRef::Real(_) => Err(Error::Unreadable { at, what: "a Real".into() }),
        }
    }
}

/// The values of a statement.
pub trait Params {
    /// Hands them over.
    fn with<T>(self, take: impl FnOnce(&[Cell<'_>]) -> T) -> T;
}

impl<V: ToCell, const N: usize> Params for [V; N] {
    fn with<T>(self, take: impl FnOnce(&[Cell<'_>]) -> T) -> T {
        take(&self.each_ref().map(ToCell::cell))
    }
}

/// Values of which there are as many as it takes.
pub struct Many<V>(Vec<V>);

/// Values of which there are as many as it takes.
pub fn params_from_iter<V: ToCell>(values: impl IntoIterator<Item = V>) -> Many<V> {
    Many(values.into_iter().collect())
}

impl<V: ToCell> Params for Many<V> {
    fn with<T>(self, take: impl FnOnce(&[Cell<'_>]) -> T) -> T {
        take(&self.0.iter().map(ToCell::cell).collect::<Vec<_>>())
    }
}

impl Params for () {
    fn with<T>(self, take: impl FnOnce(&[Cell<'_>]) -> T) -> T {
        take(&[])
    }
}

macro_rules! tuples {
    ($(($($name:ident),+))*) => {$(
        impl<$($name: ToCell),+> Params for ($($name,)+) {
            #[expect(non_snake_case, reason = "a tuple's parts are called like their types")]
            fn with<Out>(self, take: impl FnOnce(&[Cell<'_>]) -> Out) -> Out {
                let ($($name,)+) = &self;
                take(&[$($name.cell()),+])
            }
        }
    )*};
}
tuples! {
    (A, B)
    (A, B, C)
    (A, B, C, D)
    (A, B, C, D, E)
    (A, B, C, D, E, F)
    (A, B, C, D, E, F, G)
    (A, B, C, D, E, F, G, H)
    (A, B, C, D, E, F, G, H, I)
    (A, B, C, D, E, F, G, H, I, J)
    (A, B, C, D, E, F, G, H, I, J, K)
    (A, B, C, D, E, F, G, H, I, J, K, L)
}
