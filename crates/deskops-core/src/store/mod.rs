//! The only SQL: opening the file, any record ↔ its table, the write door, sums.

pub mod catalogue;
pub mod changes;
pub(crate) mod days;
mod embedded;
pub mod open;
pub mod schema;
pub mod table;
pub mod totals;
pub mod trouble;
pub mod users;
pub mod write;

pub use rusqlite::Connection;
