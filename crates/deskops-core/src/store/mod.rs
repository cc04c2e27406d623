//! The only SQL: opening the file, any record ↔ its table, the write door, sums.

pub(crate) mod balance;
mod blend;
pub(crate) mod board;
pub mod catalogue;
pub mod changes;
pub(crate) mod connection;
pub(crate) mod days;
pub(crate) mod devices;
mod embedded;
mod filter;
pub mod guard;
pub(crate) mod heaps;
pub(crate) mod inputs;
pub mod keeper;
pub mod ledger;
pub mod open;
pub mod periods;
pub(crate) mod rates;
pub(crate) mod readiness;
pub mod schema;
pub(crate) mod security;
#[cfg(feature = "postgres")]
pub mod server;
pub(crate) mod sessions;
pub mod settings;
pub mod since;
pub(crate) mod span;
pub(crate) mod stock;
pub mod table;
pub(crate) mod texts;
pub mod totals;
pub(crate) mod tries;
pub mod trouble;
pub mod upkeep;
pub mod users;
pub mod write;

pub use crate::sql::Connection;
