//! The line from a laptop to head office: a real desk in a real server, over real TLS.
#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

mod head;
mod keyring;
mod laptop;
mod look;
mod sign_in;
mod stay;
mod trust;
