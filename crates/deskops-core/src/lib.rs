//! Does the commands, on a SQLite file or on a PostgreSQL server.
//!
//! A [`Desk`] is an open store, a clock and a folder for files; a [`Router`] is every command by
//! name. The window, HTTP and tests call the router and nothing else; SQL stands under `store/`.

#![deny(missing_docs)]

pub mod accounts;
mod asking;
mod bell;
pub mod clock;
mod database_url;
mod desk;
pub mod error;
pub mod export;
mod handle;
pub mod head_office;
mod opener;
mod router;
mod sight;
pub mod sql;
pub mod store;

pub use accounts::AccountRules;
pub use asking::Asking;
pub use bell::Bell;
pub use database_url::DatabaseUrl;
pub use desk::{Desk, Place};
pub use error::StoreError;
pub use opener::Opener;
pub use router::{Handle, Router};
pub use store::trouble::Trouble;

/// Version of DeskOps, as it stands in changes and files.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Version of the record definitions, as it stands in changes.
pub use deskops_domain::change::SCHEMA;
