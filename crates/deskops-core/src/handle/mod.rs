//! How each command is done: one file per file of `deskops_domain::api`.

mod balance;
mod completeness;
mod connection;
mod dashboard;
mod days;
mod devices;
mod exports;
mod guard;
mod ledger;
mod loads;
mod metrics;
mod periods;
mod rates;
mod records;
mod refresh;
mod security;
mod session;
mod sign_in;
mod snapshot;
mod users;

pub(crate) use session::person;
