//! How each command is done: one file per file of `deskops_domain::api`.

mod dashboard;
mod days;
mod exports;
mod ledger;
mod metrics;
mod periods;
mod records;
mod session;
mod sign_in;
mod users;
