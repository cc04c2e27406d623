//! How each command is done: one file per file of `deskops_domain::api`.

mod days;
mod exports;
mod ledger;
mod periods;
mod records;
mod session;
mod sign_in;
mod users;
